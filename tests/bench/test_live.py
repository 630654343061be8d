"""The short form of the live bench: a call whose every turn is answered, and timed on both sides."""

from __future__ import annotations

import asyncio

import pytest

from asterisk.demo import CALLERS
from asterisk.stage import Stage
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.phone import Phone

from .live_caller import REQUESTS, Caller, Reply, Talkative, Voices
from .live_stage import QUESTIONS, STAGES, Turns, live
from .processes import Usage

pytestmark = pytest.mark.pbx

TURNS = 4
"""A request and three of the closed questions."""


async def talk(stage: Stage, turns: Turns) -> list[Reply]:
    lab = stage.lab
    async with Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone:
        await phone.register()
        caller = await Caller.dial(phone, QUESTIONS, turns)
        talkative = Talkative(caller, Voices(Clips.load(CALLERS)), seed=3)
        await talkative.begin()
        replies = [await talkative.turn() for _ in range(TURNS)]
        await caller.hang_up()
    return replies


def test_turns_are_answered_and_timed_on_both_sides() -> None:
    """
    Each answer is heard after the caller's end of speech, and the service's stages lie between the two in
    their order; what was said stands nowhere in the log; every process of ours is known by its role.
    """
    with live("bench-short") as (stage, turns):
        replies = asyncio.run(talk(stage, turns))
        assert stage.service is not None
        usage = Usage.of(stage.service.pid)
        log = stage.log.read_text()
    assert [reply.first_at is not None for reply in replies] == [True] * TURNS
    records = [reply.service for reply in replies if reply.service is not None]
    assert records, "no turn was found in the service's log"
    for record in records:
        moments = [record.after_ms[stage] for stage in STAGES if stage in record.after_ms]
        assert moments == sorted(moments)
    assert not any(words in log for words in REQUESTS)
    assert {"controller", "recogniser", "understanding", "voice"} <= usage.cpu_s.keys()
