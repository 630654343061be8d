"""The test numbers a QA engineer dials: echo, read-back, keys, latency, each through the service."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import numpy as np
import pytest

from asterisk.stage import Stage
from ivr_ari.media.g711 import Pcm
from ivr_ari.prompts.tones import beep
from ivr_ari.robot.call import Call
from ivr_ari.robot.phone import Phone

from .lab import eventually
from .staging import dialled, voice

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(400)]

RATE = 8000


@asynccontextmanager
async def greeted(stage: Stage, phone: Phone, number: str, *, skip: bool = False) -> AsyncIterator[Call]:
    """Dial a number and wait until its greeting is over, or *skip* it by a key."""
    call = await phone.dial(number)
    await call.first_audio_after(0)
    if skip:
        await call.send_keys("1").over.wait()
    await quiet(call)
    yield call
    await call.hangup()
    await eventually(lambda: stage.health()[1].get("calls") == 0)


async def quiet(call: Call, ms: float = 600) -> None:
    """Wait until nothing has been heard for so long, by the packets' own time."""

    def silent() -> bool:
        levels = call.ear.levels()
        loud = [sound.at for sound in levels if sound.level > -45]
        return bool(loud) and (levels[-1].at - loud[-1]) * 1000 > ms

    await call.heard(silent)


def pitch(pcm: Pcm) -> float:
    """Return the strongest frequency, Hz."""
    spectrum = np.abs(np.fft.rfft(pcm.astype(float) * np.hanning(pcm.size)))
    return float(np.argmax(spectrum)) * RATE / pcm.size


def heard_since(call: Call, at: float) -> Pcm:
    """Return what was loud since *at*."""
    loud = [sound.pcm for sound in call.ear.sounds if sound.at >= at and sound.level > -45]
    return np.concatenate(loud) if loud else np.zeros(0, np.int16)


class TestEcho:
    async def test_a_tone_comes_back(
        self, stage: Stage, phone: Phone, record_property: Callable[[str, object], None]
    ) -> None:
        """9901: what the caller sends comes back through PBX and service; a key skips the greeting."""
        tone = beep(440, 1000)
        async with greeted(stage, phone, "9901", skip=True) as call:
            began = time.monotonic()
            said = call.say(tone)
            await said.over.wait()
            first = await call.first_audio_after(began)
            await quiet(call)
            back = heard_since(call, first)

        assert said.began_at is not None
        record_property("echo_ms", round(1000 * (first - said.began_at)))
        print(f"echo after {1000 * (first - said.began_at):.0f} ms")
        assert pitch(back[:RATE]) == pytest.approx(440, abs=5)
        assert back.size == pytest.approx(tone.size, rel=0.1)


class TestReadBack:
    async def test_says_what_was_recognised(self, stage: Stage, phone: Phone) -> None:
        """9902: the words come back, with the confidence."""
        async with dialled(stage, phone, "9902") as talk:
            await talk.says("Please say something")
            await quiet(talk.call)
            await talk.speaks("what are your opening hours")
            await talk.says("your opening hours. Confidence")
            await talk.hears()


class TestKeys:
    async def test_says_the_keys(self, stage: Stage, phone: Phone) -> None:
        """9903: each key pressed arrives once, in order."""
        async with dialled(stage, phone, "9903") as talk:
            await talk.says("Please press some keys")
            await talk.keys("1590#")
            await talk.says("You pressed 1590.")
            await talk.says("Next ones")
            await talk.keys("77#")
            await talk.says("You pressed 77.")


class TestLatency:
    async def test_a_beep_for_each_utterance(
        self, stage: Stage, phone: Phone, record_property: Callable[[str, object], None]
    ) -> None:
        """9904: after each pause a beep of 1 kHz; the gap is what everything but the engines costs."""
        gaps = []
        async with greeted(stage, phone, "9904") as call:
            for sentence in ("yes please", "what's my balance"):
                said = call.say(voice(sentence))
                await said.over.wait()
                assert said.ended_at is not None
                beeped = await call.first_audio_after(said.ended_at, quiet_ms=0)
                await quiet(call)
                gaps.append(1000 * (beeped - said.ended_at))
                assert pitch(heard_since(call, beeped)) == pytest.approx(1000, abs=20)
                await asyncio.sleep(0)
        record_property("latency_ms", [round(gap) for gap in gaps])
        print("beeps after", *(f"{gap:.0f} ms" for gap in gaps))
