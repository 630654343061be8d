"""The test numbers that need no dialogue, over a line without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ivr_ari.engines import VoiceEngine
from ivr_ari.events import Part
from ivr_ari.language.load import parse_flow
from ivr_ari.media.g711 import PCMU, SAMPLE_RATE
from ivr_ari.media.line import Line
from ivr_ari.media.pacing import Progress
from ivr_ari.media.rtp import RtpPacket, Sender
from ivr_ari.modes import GREETING, Mode, mode_of
from tests.speech.callers import clips, frames, line

TONE = (8000 * np.sin(np.arange(1600) * 2 * np.pi * 440 / SAMPLE_RATE)).astype("<i2").tobytes()  # 200 ms
SILENCE = bytes(320)


class Voice(VoiceEngine):
    """A voice without a worker: writes down what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def speak(
        self,
        call: str,
        id: str,
        parts: Sequence[Part],
        *,
        sensitive: bool = False,
        speed: float = 1.0,
        year: int | None = None,
        rate_hz: int = 8000,
        after_ms: int = 0,
    ) -> None:
        self.asked.append(f"{call} {id}: {' '.join(map(str, parts))}")

    def cancel(self, call: str, id: str = "") -> None:
        self.asked.append(f"{call} cancelled")


class Bench:
    """A test number that was dialled, and both ends of its line."""

    def __init__(self, kind: str) -> None:
        flow = parse_flow(f"flow: qa-{kind}\nmode: {kind}\ngreeting: Speak now.\n", "qa.yaml")
        self.voice = Voice()
        self.progress: list[Progress] = []
        self.line = Line(PCMU, Sender(7, 0, 0), lambda pcm: None)
        self.mode: Mode = mode_of("ivr-1", flow, self.line, self.voice)
        self.mode.start()
        self.line.on_progress = self._told
        self.far = Sender(99, 0, 0)
        self._now_ms = 0.0

    def _told(self, step: Progress) -> None:
        self.progress.append(step)
        self.mode.progress(step)

    def greeted(self) -> Bench:
        """Let the greeting be spoken to its end."""
        self.mode.chunk(GREETING, SILENCE)
        self.mode.voiced(GREETING, 20)
        self.out()
        return self

    def out(self) -> bytes:
        """Return the next 20 ms that the caller hears, as 16-bit samples."""
        self._now_ms += 20
        packet = RtpPacket.parse(self.line.tick(self._now_ms))
        return PCMU.decode(packet.payload).astype("<i2").tobytes()

    def hear(self, audio: bytes) -> list[bytes]:
        """Say *audio* to the service; return what comes back meanwhile, a frame each 20 ms."""
        heard = []
        for frame in frames(audio):
            payload = PCMU.encode(np.frombuffer(frame, "<i2"))
            self.line.hear(self.far.send(payload).serialize(), self._now_ms)
            heard.append(self.out())
        return heard

    def states(self, prompt: str) -> list[str]:
        return [step.state for step in self.progress if step.id == prompt]


def loud(frame: bytes) -> bool:
    return bool(np.abs(np.frombuffer(frame, "<i2").astype(int)).max() > 500)


def sounds(heard: Sequence[bytes]) -> int:
    """Count the stretches of sound in *heard*."""
    marks = [False, *map(loud, heard)]
    return sum(not before and now for before, now in zip(marks, marks[1:], strict=False))


class TestMode:
    def test_greeting_is_spoken_and_played(self) -> None:
        """
        The caller hears what to do, whole.
        """
        bench = Bench("echo")
        bench.mode.chunk(GREETING, TONE)
        bench.mode.voiced(GREETING, 200)

        heard = [bench.out() for _ in range(12)]

        assert bench.voice.asked == ["ivr-1 greeting: Speak now."]
        assert [loud(frame) for frame in heard] == [True] * 10 + [False] * 2
        assert bench.states(GREETING) == ["began", "whole"]

    def test_key_ends_the_greeting(self) -> None:
        """
        Who knows the test need not hear the words again.
        """
        bench = Bench("latency")
        bench.mode.chunk(GREETING, TONE)
        bench.out()

        bench.mode.key("1")
        bench.out()

        assert not any(loud(bench.out()) for _ in range(5))
        assert bench.voice.asked[-1] == "ivr-1 cancelled"
        assert bench.states(GREETING) == ["began", "cut"]

    def test_nothing_is_heard_after_the_end(self) -> None:
        """
        Frames still under way when the call ends are nobody's.
        """
        bench = Bench("echo").greeted()
        bench.mode.stop()

        assert not any(map(loud, bench.hear(TONE)))
        assert bench.voice.asked[-1] == "ivr-1 cancelled"


class TestEcho:
    def test_what_is_said_comes_back(self) -> None:
        """
        In the next packet, and the same but for one more G.711 coding.
        """
        heard = b"".join(Bench("echo").greeted().hear(TONE))

        there, back = np.frombuffer(TONE, "<i2").astype(float), np.frombuffer(heard, "<i2").astype(float)
        assert np.corrcoef(there, back)[0, 1] > 0.99

    def test_greeting_is_not_echoed_into(self) -> None:
        """
        While it is spoken nothing comes back: echo and greeting would take turns.
        """
        bench = Bench("echo")
        bench.mode.chunk(GREETING, SILENCE * 20)

        assert not any(map(loud, bench.hear(TONE)))

    def test_key_before_the_greeting_starts_the_echo(self) -> None:
        """
        The voice may not have spoken a word yet, and now never will.
        """
        bench = Bench("echo")
        bench.mode.key("1")

        assert any(map(loud, bench.hear(TONE)))

    def test_a_voice_that_dies_does_not_end_the_test(self) -> None:
        """
        The greeting is broken off, and what is said comes back.
        """
        bench = Bench("echo")
        bench.mode.chunk(GREETING, SILENCE)
        bench.mode.voice_lost("voice")
        bench.out()

        assert any(map(loud, bench.hear(TONE)))


class TestLatency:
    def test_a_beep_follows_each_sentence(self) -> None:
        """
        Two sentences, two beeps of a fifth of a second, none while the caller speaks.
        """
        (sentence, *_) = clips("b024")
        audio = line(200, sentence, 800, sentence, 800)

        heard = Bench("latency").greeted().hear(audio)

        assert sounds(heard) == 2
        assert sum(map(loud, heard)) in range(20, 24)

    def test_beep_is_a_kilohertz(self) -> None:
        """
        A tone that a meter at the other end can find.
        """
        (sentence, *_) = clips("b024")

        heard = [frame for frame in Bench("latency").greeted().hear(line(200, sentence, 800)) if loud(frame)]

        spectrum = np.abs(np.fft.rfft(np.frombuffer(b"".join(heard), "<i2").astype(float)))
        peak = np.argmax(spectrum) * SAMPLE_RATE / (2 * (len(spectrum) - 1))
        assert abs(peak - 1000) < 20

    def test_silence_is_no_sentence(self) -> None:
        """
        Nobody spoke, so nothing is answered.
        """
        assert not any(map(loud, Bench("latency").greeted().hear(SILENCE * 100)))


def test_sample_flows_are_of_these_modes() -> None:
    """
    The flows of the test numbers name the modes that there are.
    """
    folder = Path(__file__).parents[1] / "flows"
    modes = {parse_flow((folder / f"qa-{kind}.yaml").read_text(), kind).mode for kind in ("echo", "latency")}

    assert modes == {"echo", "latency"}
