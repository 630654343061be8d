"""Who interrupts a prompt in a real call, and who does not: speech, a cough, the line's own echo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from asterisk.stage import Stage
from ivr_ari.media.codecs import Pcm
from ivr_ari.robot.phone import Phone
from tests.bench.disturbances import cough, music

from .staging import Talk, dialled, until

ECHO_DB = -18.0

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(180)]


@pytest.fixture
async def greeted(stage: Stage, phone: Phone) -> AsyncIterator[Talk]:
    """A call in which the greeting has just begun to be heard."""
    async with dialled(stage, phone) as talk:
        await talk.hears()
        yield talk


async def prompts(talk: Talk) -> list[dict[str, Any]]:
    """Wait until greeting and question have ended; return what the dialogue was told of each."""

    async def both() -> list[dict[str, Any]]:
        told = await talk.events("Spoken")
        return told[:2] if len(told) >= 2 else []

    return await until(both, 60.0)


def returns(talk: Talk) -> None:
    """From now on the telephone returns all it hears, 18 dB weaker."""
    talk.call.on_sound = lambda sound: talk.call.line.speech.give_back(sound.pcm, ECHO_DB)


@pytest.mark.parametrize("echo", [False, True], ids=["quiet", "echo"])
async def test_speech_interrupts(greeted: Talk, echo: bool) -> None:
    """What is being said is cut, the dialogue learns that, and what the caller said is understood."""
    if echo:
        returns(greeted)
    await greeted.speaks("what's my balance")

    understood = (await until(lambda: greeted.events("Understood"), 60.0))[0]

    assert [request["intent"] for request in understood["meaning"]["requests"]] == ["balance"]
    assert not all(told["whole"] for told in await greeted.events("Spoken"))


@pytest.mark.parametrize("sound", [cough(1), music(2)[:8000]], ids=["cough", "music"])
async def test_a_sound_does_not(greeted: Talk, sound: Pcm) -> None:
    """Greeting and question are said to their ends, and no turn was taken because of what sounded."""
    greeted.call.say(sound)

    assert [told["whole"] for told in await prompts(greeted)] == [True, True]
    assert await greeted.events("Understood") == []
    assert await greeted.events("Noise") == []


async def test_our_own_echo_does_not(greeted: Talk) -> None:
    """A telephone that returns all it hears, 18 dB weaker, hears both to their ends."""
    returns(greeted)

    assert [told["whole"] for told in await prompts(greeted)] == [True, True]
    assert await greeted.events("Understood") == []
