"""Test extensions that need no dialogue: echo through our media path, and a beep that shows its delay."""

from __future__ import annotations

from abc import ABC, abstractmethod

from .dialogue.flow import Flow
from .engines import VoiceEngine
from .media.line import Line
from .media.pacing import Progress, echo
from .prompts.tones import beep
from .speech.endpointer import Endpointer, Paused
from .speech.webrtc_vad import WebrtcVad

GREETING = "greeting"


class Mode(ABC):
    """Plays the flow's greeting, then does its one thing until stopped."""

    def __init__(self, call_id: str, flow: Flow, line: Line, voice: VoiceEngine) -> None:
        self._call_id, self._flow, self._line, self._voice = call_id, flow, line, voice
        self.greeted = False
        """The greeting is over, or was cut."""

    def start(self) -> None:
        self._line.on_frame, self._line.on_progress = self.frame, self.progress
        self._voice.speak(self._call_id, GREETING, (self._flow.greeting,), rate_hz=self._line.rate_hz)

    def stop(self) -> None:
        self._voice.cancel(self._call_id)
        self._line.on_frame = lambda pcm: None

    def progress(self, progress: Progress) -> None:
        self.greeted = self.greeted or (progress.id == GREETING and progress.state != "began")

    def chunk(self, say: str, pcm: bytes) -> None:
        self._line.say(say, pcm)

    def voiced(self, say: str, total_ms: int) -> None:
        self._line.end(say)

    def voice_lost(self, name: str) -> None:
        """Voice *name* died: if it is ours, there will be no more of the greeting."""
        if name == self._voice.name:
            self._line.end(GREETING)

    def key(self, key: str) -> None:
        """A key ends the greeting, even one of which nothing was heard yet."""
        self._voice.cancel(self._call_id)
        self._line.cut(GREETING)
        self.greeted = True

    @abstractmethod
    def frame(self, pcm: bytes) -> None:
        """Take 20 ms of the caller's audio."""


class Echo(Mode):
    """Everything comes back: what is heard has gone through the PBX, our socket, our decoder and back."""

    def frame(self, pcm: bytes) -> None:
        # Prompts are said one after the other, and the echo is one that never ends.
        if self.greeted:
            echo(self._line.playout, pcm)


class Latency(Mode):
    """A beep as soon as a pause is noticed: the delay of everything but recognition and dialogue."""

    def __init__(self, call_id: str, flow: Flow, line: Line, voice: VoiceEngine) -> None:
        super().__init__(call_id, flow, line, voice)
        self._ear, self._vad, self._count = Endpointer(), WebrtcVad(line.rate_hz), 0

    def frame(self, pcm: bytes) -> None:
        if isinstance(self._ear.frame(self._vad.voiced(pcm)), Paused):
            self._ear.end_turn()
            self._count += 1
            name = f"beep {self._count}"
            self._line.say(name, beep(1000, 200, self._line.rate_hz).tobytes())
            self._line.end(name)


def mode_of(call_id: str, flow: Flow, line: Line, voice: VoiceEngine) -> Mode:
    """Return the mode that the flow's ``mode`` names (``echo`` or ``latency``)."""
    return {"echo": Echo, "latency": Latency}[flow.mode](call_id, flow, line, voice)
