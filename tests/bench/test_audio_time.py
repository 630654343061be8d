"""Calls on audio time: the service's own parts hear a caller, faster than the caller speaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.language.load import load_flow
from tests.bench.audio_call import Room
from tests.bench.audio_loop import on_audio_time
from tests.bench.audio_takes import Outcome, Scene, Take
from tests.bench.corpus_cases import callers
from tests.bench.corpus_rooms import spoken
from tests.bench.corpus_texts import lines

pytestmark = pytest.mark.model

FLOW = Path(__file__).with_name("dictation.yaml")
CASES = {case.name: case for case in callers()}
ACCOUNT = CASES["b014_bm_george"]


def held(scene: Scene, take: Take) -> Outcome:
    async def hold() -> Outcome:
        room = Room({"dictation": load_flow(FLOW)})
        await room.learn()
        return await room.hold(scene, take)

    return on_audio_time(hold())


class TestHold:
    def test_an_answer_is_taken_after_it_was_said(self) -> None:
        """
        The whole way works: packets, voice, words, meaning, the dialogue's slot; and nobody is cut off.
        """
        take = spoken(ACCOUNT, "clean")

        outcome = held(ACCOUNT.scene, take)

        assert [turn.value for turn in outcome.turns] == ["44192065"]
        assert outcome.turns[0].at_ms > take.ends_ms
        assert outcome.turns[0].words == ACCOUNT.text

    def test_lost_packets_are_not_heard(self) -> None:
        """
        Losses happen to packets on their way to the line: with all of them lost nobody has spoken.
        """
        take = spoken(ACCOUNT, "clean")

        outcome = held(ACCOUNT.scene, replace(take, lost=frozenset(range(30, len(take.pcm)))))

        assert not outcome.turns

    def test_wideband_is_heard_as_it_was_sent(self) -> None:
        """
        A telephone with 16 kHz brings 20 ms a packet too, no more and no less.
        """
        take = spoken(ACCOUNT, "wide")

        outcome = held(ACCOUNT.scene, take)

        heard = np.frombuffer(b"".join(outcome.frames), "<i2")
        assert len(outcome.frames) == pytest.approx(outcome.turns[-1].at_ms / 20, abs=20)
        assert np.abs(heard).max() == np.abs(take.pcm).max()
        assert outcome.turns[0].value == "44192065"

    def test_the_echo_of_a_prompt_comes_back(self) -> None:
        """
        What the caller's telephone plays returns as loud and as late as it is told to.
        """
        tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(8000) / 8000)).astype("<i2")
        quiet = np.zeros(8000 * 2, np.int16)
        take = Take(quiet, 8000, 0, 2000, prompt=tone.tobytes(), echo_db=-18.0, echo_ms=120)

        outcome = held(ACCOUNT.scene, take)

        sent, heard = (np.frombuffer(b"".join(side), "<i2") for side in (outcome.sent, outcome.frames))
        assert np.abs(sent).max() > 7000
        assert np.abs(heard).max() == pytest.approx(np.abs(sent).max() / 8, rel=0.1)

    def test_plain_vosk_hears_the_same_audio(self) -> None:
        """
        It hears what the line handed on, in one piece, and its words are read by the same parser.
        """

        async def hold() -> tuple[str, str]:
            room = Room({"dictation": load_flow(FLOW)})
            await room.learn()
            outcome = await room.hold(ACCOUNT.scene, spoken(ACCOUNT, "clean"))
            plain = room.plain(outcome.frames, 8000)
            return plain.text, room.value(ACCOUNT.scene, plain)

        assert on_audio_time(hold()) == (ACCOUNT.text, "44192065")


class TestTruth:
    def test_every_closed_sentence_has_a_value(self) -> None:
        """
        Heard rightly, each answer fills its slot; account and card numbers have all their digits.
        """

        async def values() -> dict[str, list[tuple[str, str]]]:
            room = Room({"dictation": load_flow(FLOW)})
            await room.learn()
            read: dict[str, list[tuple[str, str]]] = {}
            for line in lines():
                if line.slot:
                    scene = Scene("dictation", f"tell-{line.slot}", line.slot)
                    read.setdefault(line.slot, []).append((line.text, room.truth(scene, line.text)))
            return read

        read = on_audio_time(values())

        assert [text for told in read.values() for text, value in told if not value] == []
        assert {len(value) for _, value in read["account"]} == {8}
        assert {len(value) for _, value in read["card"]} == {16}
