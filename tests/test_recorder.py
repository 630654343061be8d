"""A recorded call sounds as it was, without what its transcript masks."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.adapters.wave_files import WaveFiles
from ivr_ari.call import Call
from ivr_ari.events import Began, Expect
from ivr_ari.language.load import parse_flow
from ivr_ari.media.codecs import PCMU
from ivr_ari.media.line import Line as RtpLine
from ivr_ari.media.rtp import Sender
from ivr_ari.orders import Line
from ivr_ari.recorder import Recorder, Tape
from tests.dialogue.small import SMALL

DAY = "2026-03-15"
LOUD = np.full(160, 4000, "<i2").tobytes()


class Bench:
    """One recorded call, 20 ms after 20 ms."""

    def __init__(self, files: WaveFiles) -> None:
        self.call, _ = Call.begin(parse_flow(SMALL, "small.yaml"), Began(DAY), now=0.0)
        self.heard: list[bytes] = []
        self.line = RtpLine(PCMU, Sender(7, 0, 0), self.heard.append)
        self.tape: Tape = Recorder(files, keep_days=30).record("ivr-1/x", DAY, self.line, self.call)

    def go_on(self, frames: int) -> None:
        for _ in range(frames):
            self.line.on_frame(LOUD)
            self.line.tick(0.0)


def loud(path: Path) -> list[bool]:
    """Return of each 20 ms whether there is sound."""
    with wave.open(str(path), "rb") as file:
        sound = file.readframes(file.getnframes())
    return [any(sound[start : start + 320]) for start in range(0, len(sound), 320)]


def test_two_files_of_a_call(tmp_path: Path) -> None:
    """Each side is a file as long as the call, named by it; who listened before still does."""
    with WaveFiles(tmp_path) as files:
        bench = Bench(files)
        bench.line.say("a", LOUD * 10)
        bench.line.end("a")
        bench.go_on(100)
        bench.tape.close()

    assert loud(tmp_path / DAY / "ivr-1_x-caller.wav") == [True] * 100
    assert loud(tmp_path / DAY / "ivr-1_x-service.wav") == [True] * 10 + [False] * 90
    assert len(bench.heard) == 100


def test_a_sensitive_question_is_silence(tmp_path: Path) -> None:
    """While a PIN is asked for neither side is kept."""
    with WaveFiles(tmp_path) as files:
        bench = Bench(files)
        bench.go_on(20)
        bench.call.expect = Expect(slot="pin", sensitive="pin")
        bench.go_on(20)
        bench.tape.close()

    assert loud(tmp_path / DAY / "ivr-1_x-caller.wav") == [True] * 20 + [False] * 20


@pytest.mark.parametrize(("words", "kept"), [("my number is (pii-1)", False), ("where is my order", True)])
def test_what_the_transcript_masks_is_withdrawn(tmp_path: Path, words: str, kept: bool) -> None:
    """A turn is kept as sound if its words are kept as text."""
    with WaveFiles(tmp_path) as files:
        bench = Bench(files)
        bench.go_on(20)
        bench.call.turn.began = 1.0
        bench.go_on(80)
        bench.tape.lines([Line(1.0, "caller", words)])
        bench.tape.close()

    assert loud(tmp_path / DAY / "ivr-1_x-caller.wav")[20:] == [kept] * 80


def test_a_turn_that_was_never_understood_is_left_out(tmp_path: Path) -> None:
    """Who hangs up in mid-sentence may have said a PIN: what the service says is no judgement of it."""
    with WaveFiles(tmp_path) as files:
        bench = Bench(files)
        bench.go_on(60)
        bench.call.turn.began = 1.0
        bench.go_on(40)
        bench.tape.lines([Line(1.0, "ivr", "are you still there?")])
        bench.tape.close()

    assert loud(tmp_path / DAY / "ivr-1_x-caller.wav") == [True] * 35 + [False] * 65


def test_what_nobody_listens_to_is_left_out(tmp_path: Path) -> None:
    """A call that is over, or plays what may not be interrupted, judges nothing that is said."""
    with WaveFiles(tmp_path) as files:
        bench = Bench(files)
        bench.go_on(40)
        bench.call.over = True
        bench.go_on(20)
        bench.tape.close()

    assert loud(tmp_path / DAY / "ivr-1_x-caller.wav") == [True] * 40 + [False] * 20


def test_words_of_the_service_withdraw_nothing(tmp_path: Path) -> None:
    """Only what the caller said is judged by the transcript."""
    with WaveFiles(tmp_path) as files:
        bench = Bench(files)
        bench.go_on(40)
        bench.tape.lines([Line(1.0, "ivr", "(…)")])
        bench.go_on(40)
        bench.tape.close()

    assert loud(tmp_path / DAY / "ivr-1_x-caller.wav") == [True] * 80
