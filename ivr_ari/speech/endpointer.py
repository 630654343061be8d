"""
Where voice begins, pauses and goes on: decided by counting 20 ms frames of audio, never a clock.

A pause is no end of turn. The recogniser is flushed at each, and whoever knows what the caller was
asked decides how long the silence must last; `silence_ms` tells how long it has lasted.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

__all__ = ["FRAME_MS", "Endpointer", "Mark", "Paused", "Resumed", "VoiceBegan"]

FRAME_MS = 20
"""Audio in one frame."""


@dataclass(frozen=True, slots=True)
class VoiceBegan:
    """The caller began to speak; *at_ms* is the beginning of the first voiced frame."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Paused:
    """The caller has been silent since *at_ms*."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """The caller went on in the same turn; *at_ms* is the beginning of the first voiced frame."""

    at_ms: int


Mark = VoiceBegan | Paused | Resumed


class Endpointer:
    """
    Turns one bool a frame into marks.

    Voice counts once it fills most of a short window, so that a click neither begins a turn nor ends a
    pause, and one frame missed by the detector does not hide a word.
    """

    def __init__(self, onset_ms: int = 100, pause_ms: int = 160, resume_ms: int = 60) -> None:
        """
        *onset_ms* of voice begin a turn, *pause_ms* of silence pause it, *resume_ms* of voice resume it.

        Each is a multiple of 20 ms. The voice may lie in a window two frames (onset), one (resume) longer.
        """
        self.audio_ms = 0
        self._pause = pause_ms
        self._onset = (onset_ms // FRAME_MS, onset_ms // FRAME_MS + 2)
        self._resume = (resume_ms // FRAME_MS, resume_ms // FRAME_MS + 1)
        self._recent: deque[bool] = deque(maxlen=max(self._onset[1], self._resume[1]))
        self._in_turn = False
        self._paused = False
        self._quiet_from: int | None = 0

    @property
    def silence_ms(self) -> int:
        """How long no voice has been heard; a click too short to count does not end the silence."""
        return 0 if self._quiet_from is None else self.audio_ms - self._quiet_from

    def frame(self, voiced: bool) -> Mark | None:
        """Take the next frame; return what it makes certain."""
        self._recent.append(voiced)
        self.audio_ms += FRAME_MS
        if not self._in_turn:
            return self._listen()
        return self._resumed() if self._paused else self._spoken(voiced)

    def end_turn(self) -> None:
        """The turn is over for those who decide it: the next voice begins another."""
        self._in_turn = self._paused = False
        self._recent.clear()
        if self._quiet_from is None:
            self._quiet_from = self.audio_ms

    def _listen(self) -> VoiceBegan | None:
        at_ms = self._voice(*self._onset)
        if at_ms is None:
            return None
        self._in_turn, self._quiet_from = True, None
        return VoiceBegan(at_ms)

    def _resumed(self) -> Resumed | None:
        at_ms = self._voice(*self._resume)
        if at_ms is None:
            return None
        self._paused, self._quiet_from = False, None
        return Resumed(at_ms)

    def _spoken(self, voiced: bool) -> Paused | None:
        if voiced:
            # one voiced frame in a silence is a click, two are speech
            if self._quiet_from is not None and len(self._recent) > 1 and self._recent[-2]:
                self._quiet_from = None
            return None
        if self._quiet_from is None:
            self._quiet_from = self.audio_ms - FRAME_MS
        if self.silence_ms < self._pause:
            return None
        self._paused = True
        return Paused(self._quiet_from)

    def _voice(self, needed: int, window: int) -> int | None:
        """Return where the voice in the last *window* frames began if at least *needed* are voiced."""
        recent = list(self._recent)[-window:]
        if sum(recent) < needed or not recent[-1]:
            return None
        return self.audio_ms - FRAME_MS * (len(recent) - recent.index(True))
