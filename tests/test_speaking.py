"""Prompts between the voice and the line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pytest

from ivr_ari.engine_set import Engines, known_as
from ivr_ari.engines import SpeechEngine, UnderstandingEngine, VoiceEngine
from ivr_ari.events import Say, Spoken
from ivr_ari.interruption import DUCK_DB
from ivr_ari.media.g711 import PCMU
from ivr_ari.media.line import Line
from ivr_ari.media.pacing import Progress
from ivr_ari.media.rtp import Sender
from ivr_ari.speaking import Speaking
from tests.standins import Deaf, Voice

LOUD = np.full(1600, 4000, "<i2").tobytes()
"""200 ms."""


def say(id: str, **more: object) -> Say:
    return Say(id, "hello", ("Good day.",), **more)  # type: ignore[arg-type]


@dataclass
class Bench:
    voice: Voice = field(default_factory=Voice)
    spoken: list[Spoken] = field(default_factory=list)
    now: float = 0.0

    def __post_init__(self) -> None:
        self.line = Line(PCMU, Sender(7, 0, 0), lambda pcm: None)
        deaf = Deaf()
        engines = Engines(
            cast(SpeechEngine, deaf), cast(UnderstandingEngine, deaf), cast(VoiceEngine, self.voice)
        )
        self.speaking = Speaking("ivr-1", self.line, engines, 2026, self.spoken.append)
        self.line.on_progress = self.speaking.progress
        self.sent: list[int] = []
        self.line.on_sent = lambda pcm: self.sent.append(int(np.abs(np.frombuffer(pcm, "<i2")).max()))

    def play(self, packets: int) -> None:
        for _ in range(packets):
            self.now += 20
            self.line.tick(self.now)


@pytest.fixture
def bench() -> Bench:
    return Bench()


class TestSpeaking:
    def test_a_prompt_from_voice_to_ear(self, bench: Bench) -> None:
        """
        It is told when the last of it has left, with its length.
        """
        bench.speaking.say(say("s1"))
        bench.speaking.chunk("s1", LOUD)
        bench.speaking.voiced("s1", 200)
        bench.play(11)

        assert bench.spoken == [Spoken("s1", 200, True, 200)]

    def test_the_rest_of_a_prompt(self, bench: Bench) -> None:
        """
        The voice is told how much was heard; if nothing is left, all of it was.
        """
        bench.speaking.say(say("s1+1"), 700)
        assert bench.voice.after_ms == [700]
        bench.speaking.voiced("s1+1", 0)

        assert bench.spoken == [Spoken("s1+1", 0, True)]

    def test_stop(self, bench: Bench) -> None:
        """
        The one that plays tells how far it came, those behind it that nothing of them was heard.
        """
        bench.speaking.say(say("s1"))
        bench.speaking.say(say("s2"))
        bench.speaking.chunk("s1", LOUD)
        bench.play(3)
        bench.speaking.stop()

        assert bench.spoken == [Spoken("s1", 60, False), Spoken("s2", 0, False)]
        bench.speaking.chunk("s1", LOUD)
        bench.play(3)
        assert bench.sent[-1] == 0

    def test_what_a_stopped_prompt_leads_to_is_said(self, bench: Bench) -> None:
        """
        The end of a prompt may cause another one, at once; that one was not stopped.
        """
        bench.speaking.say(say("s1"))
        bench.speaking.chunk("s1", LOUD)
        bench.play(3)

        def told(step: Progress) -> None:
            bench.speaking.progress(step)
            bench.speaking.say(say("s2"))

        bench.line.on_progress = told
        bench.speaking.stop()

        assert [report.id for report in bench.spoken] == ["s1"]
        assert [id for id, _, _ in bench.voice.spoken] == ["s1", "s2"]

    def test_duck(self, bench: Bench) -> None:
        """
        The prompt goes on in time, quieter, until it gets its voice back.
        """
        bench.speaking.say(say("s1"))
        bench.speaking.chunk("s1", LOUD)
        bench.play(2)
        bench.speaking.duck()
        bench.play(2)
        bench.speaking.unduck()
        bench.play(2)

        loud, quiet = bench.sent[1], bench.sent[3]
        assert 20 * np.log10(loud / quiet) == pytest.approx(DUCK_DB, abs=0.5)
        assert bench.sent[5] == loud

    def test_a_voice_that_comes_back(self, bench: Bench) -> None:
        """
        What had begun ends where it is, what had not is asked for again.
        """
        bench.speaking.say(say("s1"))
        bench.speaking.say(say("s2"))
        bench.speaking.chunk("s1", LOUD)
        bench.speaking.lost("voice")
        bench.play(11)
        assert bench.spoken == [Spoken("s1", 200, True)]

        bench.speaking.back("voice")
        assert [id for id, _, _ in bench.voice.spoken] == ["s1", "s2", "s2"]


def test_to_the_dialogue_there_is_one_recogniser() -> None:
    """
    Workers of further languages are told apart by their titles.
    """
    assert known_as("speech-es") == "speech"
