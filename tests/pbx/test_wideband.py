"""A caller whose telephone speaks wideband, from the greeting to an answer."""

from __future__ import annotations

import numpy as np
import pytest

from asterisk.stage import Stage
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.sdp import WIDE

from .staging import dialled, gone

pytestmark = [pytest.mark.pbx, pytest.mark.model, pytest.mark.timeout(400)]


async def test_a_wideband_caller_is_understood_and_answered(stage: Stage) -> None:
    """
    The recogniser hears 16 kHz; prompts come at 16 kHz, in time: a voice, and neither slow nor fast.
    """
    lab = stage.lab
    where = (lab.sip_host, lab.sip_port)
    async with Phone("caller", lab.phones["caller"], where, abilities=WIDE) as phone:
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            await talk.speaks("what are your opening hours")
            await talk.says("open")
            rate_hz, recording = talk.call.ear.rate_hz, talk.call.ear.recording()
        await gone(stage)

    spectrum = np.abs(np.fft.rfft(recording.astype(float))) ** 2
    edge = 4000 * recording.size // rate_hz
    assert rate_hz == 16_000
    assert spectrum[edge:].sum() > spectrum.sum() / 10_000  # no 8 kHz line carries that
