"""
The last resort: espeak-ng itself speaks, from its helper process.

It is understood but sounds like the machine it is, so it speaks only where settings name it. espeak-ng
flutters its pitch at random and takes no seed: two takes of a sentence are alike, not the same samples.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from ..errors import EngineFailed
from .espeak import COMMAND, Pronouncer
from .ipa import GIVEN, espeak_names
from .script import Phrase, Sentence
from .voice import Cancelled, Pcm, WordTime, engine_failures, never
from .whole import WholeTake

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
        """
        Return the sentence, see `Voice.take`; it takes some milliseconds.

        The pause behind its last phrase is made by whoever joins sentences.
        """
        made: list[Pcm] = []
        words: list[WordTime] = []
        numbered = list(enumerate(sentence.phrases))
        # phrases of one manner are said in one go: apart, each would fall at its end
        for (pace, stress), group in groupby(numbered, lambda entry: (entry[1].pace, entry[1].stress)):
            run: list[tuple[int, Phrase]] = []
            for entry in group:
                run.append(entry)
                if entry[1].pause_ms and entry[0] + 1 < len(sentence.phrases):
                    self._add(run, pace * speed, stress, made, words, entry[1].pause_ms)
                    run = []
            self._add(run, pace * speed, stress, made, words)
        return WholeTake(np.concatenate(made) if made else np.zeros(0, np.int16), tuple(words))

    def speak(self, text: str, *, speed: float = 1.0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        """Yield the audio of *text*, see `Voice.speak`."""
        yield from self.take(Sentence((Phrase(text),)), speed=speed).audio(0, cancelled)

    def _add(
        self,
        run: Sequence[tuple[int, Phrase]],
        percent: float,
        stress: bool,
        made: list[Pcm],
        words: list[WordTime],
        pause_ms: int = 0,
    ) -> None:
        """Speak phrases of one manner and the pause after them."""
        text, starts = _laid_out(run)
        if starts:
            begin = sum(map(len, made))
            pcm, heard = self._say(text, percent * (STRESSED_PACE / 100 if stress else 1.0), stress)
            words += _placed(begin, pcm, heard, starts)
            made.append(pcm)
        made.append(np.zeros(pause_ms * RATE_HZ // 1000, np.int16))

    def _say(self, text: str, percent: float, stress: bool) -> tuple[Pcm, list[tuple[int, int]]]:
        rate = round(min(max(WORDS_A_MINUTE * percent / 100, SLOWEST), FASTEST))
        pitch = STRESSED_PITCH if stress else PITCH
        answer = self.helper.ask({"say": text, "voice": self.espeak_voice, "rate": rate, "pitch": pitch})
        if "error" in answer:
            raise EngineFailed("voice.failed", why=str(answer["error"])[:100])
        with engine_failures():
            pcm = np.frombuffer(base64.b64decode(str(answer["pcm"])), "<i2").astype(np.int16)
            found = answer["words"]
            heard = [(int(place), int(sample)) for place, sample in found] if isinstance(found, list) else []
        return pcm, heard


def _laid_out(run: Sequence[tuple[int, Phrase]]) -> tuple[str, list[tuple[int, str, int]]]:
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
    begin: int, pcm: Pcm, heard: Sequence[tuple[int, int]], starts: Sequence[tuple[int, str, int]]
) -> Iterator[WordTime]:
    """Yield when each word is heard; one that espeak tells nothing of is part of the word before it."""
    ends = [*(first for first, _, _ in starts[1:]), 1 << 30]
    firsts: list[tuple[int, str, int]] = []
    for (first, word, phrase), end in zip(starts, ends, strict=True):
        sample = next((sample for place, sample in heard if first < place <= end), None)
        if sample is not None:
            firsts.append((sample, word, phrase))
    for number, (sample, word, phrase) in enumerate(firsts):
        until = firsts[number + 1][0] if number + 1 < len(firsts) else len(pcm)
        loud = np.flatnonzero(np.abs(pcm[sample:until].astype(np.int32)) > STEADY)
        last = sample + int(loud[-1]) + 1 if len(loud) else until
        yield WordTime(word, begin + sample, begin + last, phrase)
