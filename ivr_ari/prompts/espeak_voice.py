"""
The last resort: espeak-ng itself speaks, from its helper process.

It is understood but sounds like the machine it is, so it speaks only where settings name it. espeak-ng
flutters its pitch at random and takes no seed: two takes of a sentence are alike, not the same samples.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence

import numpy as np

from ..errors import EngineFailed
from .espeak import COMMAND, Pronouncer
from .ipa import GIVEN, espeak_names
from .script import Sentence
from .voice import Pcm, WordTime, engine_failures
from .whole import Run, WholeTake, spoken_whole

__all__ = ["EspeakVoice"]

ESPEAK_VOICES = {"en": "en-us"}
"""espeak-ng's voice of a language, where it is not called like the language."""

RATE_HZ = 22_050
WORDS_A_MINUTE = 160
SLOWEST, FASTEST = 80, 450
"""What espeak-ng takes (espeakRATE)."""

PITCH, STRESSED_PITCH, STRESSED_PACE = 50, 62, 90
STEADY = 150
"""Samples below are silence."""


class EspeakVoice:
    """See `Voice`."""

    rate_hz = RATE_HZ
    gain_db = 0.0

    def __init__(self, language: str, *, command: Sequence[str] = COMMAND) -> None:
        """Start the helper with the voice of *language*. Raises EngineFailed if it has none."""
        self.espeak_voice = ESPEAK_VOICES.get(language, language)
        self.name = f"espeak-{self.espeak_voice}"
        self.helper = Pronouncer(self.espeak_voice, command=command)
        self.helper.phonemes("ready")

    def close(self) -> None:
        """End the helper process."""
        self.helper.close()

    def take(self, sentence: Sentence, *, speed: float = 1.0) -> WholeTake:
        """Return the sentence, see `Voice.take`; it takes some milliseconds."""
        return spoken_whole(sentence, speed, RATE_HZ, self._say)

    def _say(self, run: Run, percent: float, stress: bool) -> tuple[Pcm, list[WordTime]]:
        text, starts = _laid_out(run)
        if not starts:
            return np.zeros(0, np.int16), []
        words_a_minute = WORDS_A_MINUTE * percent / 100 * (STRESSED_PACE / 100 if stress else 1.0)
        request = {
            "say": text,
            "voice": self.espeak_voice,
            "rate": round(min(max(words_a_minute, SLOWEST), FASTEST)),
            "pitch": STRESSED_PITCH if stress else PITCH,
        }
        answer = self.helper.ask(request)
        if "error" in answer:
            raise EngineFailed("voice.failed", why=str(answer["error"])[:100])
        with engine_failures():
            pcm = np.frombuffer(base64.b64decode(str(answer["pcm"])), "<i2").astype(np.int16)
            found = answer["words"]
            heard = [(int(place), int(sample)) for place, sample in found] if isinstance(found, list) else []
        return pcm, list(_placed(pcm, heard, starts))


def _laid_out(run: Run) -> tuple[str, list[tuple[int, str, int]]]:
    """Return the text for espeak, and of each word its first character, the word and its phrase's number."""
    text = ""
    starts = []
    for number, phrase in run:
        for word in phrase.words.replace("[", " ").replace("]", " ").split():
            given = GIVEN.search(word)
            said = f"[[{espeak_names(given[1])}]]{word[given.end() :]}" if given else word
            plain = given[0] if given else re.sub(r"^\W+|\W+$", "", word)
            if plain:
                starts.append((len(text), plain, number))
            text += f"{said} "
    return text, starts


def _placed(
    pcm: Pcm, heard: Sequence[tuple[int, int]], starts: Sequence[tuple[int, str, int]]
) -> Iterator[WordTime]:
    """Yield when each word is heard; one that espeak tells nothing of is part of the word before it."""
    ends = [*(first for first, _, _ in starts[1:]), 1 << 30]
    firsts: list[tuple[int, str, int]] = []
    for (first, word, phrase), end in zip(starts, ends, strict=True):
        sample = next((sample for place, sample in heard if first < place <= end), None)
        if sample is not None:
            firsts.append((sample, word, phrase))
    untils = [*(sample for sample, _, _ in firsts[1:]), len(pcm)]
    for (sample, word, phrase), until in zip(firsts, untils, strict=True):
        loud = np.flatnonzero(np.abs(pcm[sample:until].astype(np.int32)) > STEADY)
        yield WordTime(word, sample, sample + int(loud[-1]) + 1 if len(loud) else until, phrase)
