"""
Barge-in: what becomes of a prompt while the caller's line is not quiet. Counts 20 ms frames, no clock.

Voice makes the prompt quieter within 60 ms, which nobody minds if it was a cough. Words, or voice that lasts
longer than a cough or an "mhm", make it silent. Whatever turns out to be neither gives it its voice back,
from the first word on that was not heard.
"""

from __future__ import annotations

from collections import deque
from typing import Literal

from .events import Expect

__all__ = ["DUCK_DB", "Change", "Interruption", "telling"]

DUCK_DB = 18.0
"""How much quieter a prompt gets when the caller seems to speak."""

FRAME_MS = 20

ONSET = (3, 4)
"""Frames of sound in so many that make a prompt quieter: 60 ms, one frame of it may be missed."""

RELEASE_MS = 200
"""Silence after a sound that was no turn (a click, a cough) after which the prompt is loud again."""

SURE_MS = 400
VOICED_MS = 200
"""A sound that lasts so long, and was a voice for so long, is taken for speech before there are words."""

WORDLESS_MS = 1200
"""Sound that has brought no word this long after it began is noise: music, a street, a neighbour."""

CALM_MS = 1000
"""Silence after which a line that was noisy is an ordinary one again."""


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


FILLERS = {
    "en": words_of("a the and um uh er ah eh oh huh hm hmm [unk]"),
    "es": words_of("el la y e a eh em este ah oh hm [unk]"),
}
"""What recognisers write for a cough or a breath, and what callers say who think."""

YES = {"en": words_of("yes yeah yep yup ya yea"), "es": words_of("sí si")}

LISTENING = {
    "en": words_of("mm mhm hmm uh-huh okay ok right all alright i see got it sure good great fine"),
    "es": words_of("ajá aja mm mhm ya entiendo entendido veo vale ok bueno bien claro"),
}
"""Said while somebody else speaks, these tell that one listens (back-channel)."""

Change = Literal["duck", "unduck", "stop", "noise"]


def telling(text: str, expect: Expect, *, asked: bool) -> bool:
    """
    Whether *text*, said into a prompt, means to interrupt it.

    A yes does where a question is *asked* that it answers, and so does "mhm" after yes or no; elsewhere both
    say that somebody listens.
    """
    language = expect.language[:2] if expect.language[:2] in LISTENING else "en"
    words = frozenset(text.lower().split()) - FILLERS[language]
    if asked and (expect.confirm or "yesno" in expect.kinds):
        return bool(words) or _listens(text, language)
    if asked and "choice" in expect.kinds:
        return bool(words - LISTENING[language])
    return bool(words - LISTENING[language] - YES[language])


def _listens(text: str, language: str) -> bool:
    """Whether fillers alone make up an "uh huh"."""
    return language == "en" and text.lower().split()[-2:] in (["uh", "huh"], ["mm", "hmm"], ["hm", "hmm"])


class Interruption:
    """How loud the prompts of one call are; who hears frames and words tells it, and carries out changes."""

    def __init__(self) -> None:
        self.state: Literal["loud", "ducked", "stopped"] = "loud"
        self.onset_ms = 0
        """How long ago the voice began that is being dealt with, in audio."""

        self._recent: deque[bool] = deque(maxlen=ONSET[1])
        self._voiced_ms = 0
        self._quiet_ms = 0
        self._worded = False
        self.noisy = False
        """The voice on the line has proved to be noise; only words interrupt, until it is quiet."""

    def frame(self, voiced: bool, sounding: bool, *, playing: bool, in_turn: bool) -> Change | None:
        """
        Take 20 ms of the caller's audio: a voice, a *sound* that may be one?

        Are prompts *playing*, has the caller's turn begun?
        """
        self._recent.append(sounding)
        self._quiet_ms = 0 if sounding else self._quiet_ms + FRAME_MS
        if self._quiet_ms >= CALM_MS:
            self.noisy = False
        if self.state == "loud":
            return self._duck() if playing and sounding and not self.noisy else None
        self.onset_ms += FRAME_MS
        self._voiced_ms += FRAME_MS if voiced else 0
        if self.state == "ducked":
            return self._settle(in_turn)
        if not self._worded and self.onset_ms >= WORDLESS_MS and not self._quiet_ms:
            return self._noise()
        return None

    def words(self) -> Change | None:
        """The caller says something that counts."""
        stops = self.state != "stopped"
        self.state, self._worded = "stopped", True
        return "stop" if stops else None

    def over(self) -> None:
        """It is decided what becomes of the prompt."""
        self.state = "loud"
        self.onset_ms = self._voiced_ms = 0
        self._worded = False
        self._recent.clear()

    def _duck(self) -> Change | None:
        if sum(self._recent) < ONSET[0]:
            return None
        self.state = "ducked"
        self.onset_ms, self._voiced_ms = FRAME_MS * ONSET[0], 0
        return "duck"

    def _settle(self, in_turn: bool) -> Change | None:
        if in_turn and self.onset_ms >= SURE_MS and self._voiced_ms >= VOICED_MS and not self._quiet_ms:
            self.state = "stopped"
            return "stop"
        if in_turn:
            return None
        if self._quiet_ms >= RELEASE_MS:
            self.over()
            return "unduck"
        return self._noise() if self.onset_ms >= WORDLESS_MS else None

    def _noise(self) -> Change:
        self.noisy = True
        return "noise"
