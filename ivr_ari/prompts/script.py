"""
What is to be said: sentences of phrases, in words, and how each is to sound.

A script is made of a prompt's parts (see `ivr_ari.events.Say`) before any engine sees it. It decides what
is kept: a sentence said before is taken from the cache, whatever prompt it was said in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from ..events import Part, Pause, Slotted, Style
from .lexicon import PLAIN, Lexicon, possessive
from .words.normalise import normalise
from .words.questions import rises
from .words.rules import ONE, VALUE
from .words.spoken import DIGITS, KINDS, LANGUAGES, spoken

__all__ = ["Phrase", "Script", "Sentence", "script"]

UNCHANGED = {"digits", "spell", "clarity", "phone"}
"""Manners that say sign by sign: what they make is no word of a lexicon."""

LONGEST = 120
"""
Characters of a sentence, some 7 s; a longer one is cut, so that it begins as soon as others: a caller waits
for the encoder, and that reads all of it. Of 1,013 sentences of our own flows one is longer.
"""

SHORTEST = 50
"""Characters on either side of a cut."""

SIGNS = re.compile(r"[^\w\s.,;:?!'\u0300-\u036f-]|_")
"""What is neither a letter nor a mark: the voice has no sound for it, and a slash means one here."""

CLAUSES = re.compile(rf"(?<=[,;:])\s+(?!(?:{'|'.join(DIGITS)})\b)")
"""Not between groups of digits."""

ENDS = re.compile(r"(?<=[.?!])\s+")
MARKS = re.compile(r"[.,;:?!]+")
GLUED = re.compile(r"['’][^\W\d_]+(?!\w)")
"""What belongs to the value before it: "'s"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are said in one manner."""

    words: str
    """
    Words and the marks that make pauses. ``/ˈtoʊmɛ/`` stands for a word whose sounds (IPA) are known;
    a slash means nothing else here.
    """

    fixed: bool = True
    """Whether the flow says it word for word; values differ from call to call."""

    pace: int = 100
    """Percent of the pace of the prompt."""

    stress: bool = False
    pause_ms: int = 0
    """Silence wanted after it, beyond what its marks make."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a voice speaks in one go, and what the cache keeps."""

    phrases: tuple[Phrase, ...]
    rises: bool = False
    """Whether its pitch rises to its end, as a question's does that wants a yes or a no."""

    @property
    def words(self) -> str:
        """All of its words, as a reader would write them."""
        return " ".join(phrase.words for phrase in self.phrases if phrase.words)

    @property
    def key(self) -> str:
        """Everything of it that can be heard."""
        heard = [(phrase.words, phrase.pace, phrase.stress, phrase.pause_ms) for phrase in self.phrases]
        return json.dumps([*heard, "rises"] if self.rises else heard, ensure_ascii=False)


Script = tuple[Sentence, ...]


def script(
    parts: Iterable[Part], language: str = "en", year: int | None = None, lexicon: Lexicon = PLAIN
) -> Script:
    """
    Return what is said of a prompt: its texts and values as words, cut at the ends of sentences.

    Dates in *year* are said without it. A phrase ends where fixed text, values and styles meet and where a
    pause is wanted; a pause before any word is a phrase without words. A sentence that ends without a mark
    gets a full stop: at none, voices leave their pitch up in the air. A long sentence is cut at a comma.
    Values are read in English where nobody knows how *language* reads them.
    """
    writer = _Writer(lexicon, language)
    joined = list(_joined(parts))
    for before, part, behind in zip(["", *joined], joined, [*joined[1:], ""], strict=False):
        match part:
            case str():
                writer.text(part, language, _stands_for(before), _stands_for(behind) and VALUE)
            case Slotted():
                exact = part.manner in UNCHANGED or part.said.startswith("/")
                leads = before if isinstance(before, str) else ""
                follows = _follows(part, behind, language) if isinstance(behind, str) else ""
                writer.words(_said(part, language, year, leads, follows), fixed=part.fixed, exact=exact)
            case Pause():
                writer.pause(part.pause_ms)
            case Style():
                writer.style = part
    return writer.finished()


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Texts that follow one another are one: what is said of a sign depends on what is beside it."""
    for kind, alike in groupby(parts, lambda part: isinstance(part, str)):
        if kind:
            yield "".join(part for part in alike if isinstance(part, str))
        else:
            yield from alike


def _said(part: Slotted, language: str, year: int | None, before: str, behind: str) -> str:
    if part.said:
        return part.said if part.said.startswith("/") else _fixed(part.said, language)
    manner = part.manner if part.manner in KINDS else "text"
    known = language[:2] if language[:2] in LANGUAGES else "en"
    words = spoken(part.value, manner, known, year=year, groups=part.groups, before=before, behind=behind)
    next_sign = behind.lstrip()[:1]
    if next_sign.islower() or MARKS.match(next_sign):  # the dot of "Acme Inc." ends no sentence there
        words = words.rstrip(".,;:")
    return SIGNS.sub(" ", words)


def _stands_for(part: Part) -> str:
    """What stands for a value while the text beside it is read."""
    if not isinstance(part, Slotted):
        return ""
    return ONE if part.value == "1" else VALUE


def _follows(part: Slotted, behind: str, language: str) -> str:
    """The words behind a value: a number agrees with "hours", not with "h"."""
    words = _fixed(behind, language, _stands_for(part))
    return words if MARKS.match(words) or not words else f" {words}"


@lru_cache(maxsize=4096)
def _fixed(text: str, language: str, before: str = "", behind: str = "") -> str:
    """Return a flow's own text as words, marks kept; the same few hundred of them come again and again."""
    return SIGNS.sub(" ", normalise(text, language, whole=False, before=before, behind=behind))


class _Writer:
    """A script while it is being written."""

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        self.style = Style()
        self._lexicon, self._language = lexicon, language
        self._done: list[list[Phrase]] = []
        self._open: list[Phrase] = []

    def text(self, text: str, language: str, before: str = "", behind: str = "") -> None:
        """Add a text; *before* and *behind* stand for values beside it."""
        glued = GLUED.match(text) if self._open else None
        if glued:
            last, signs = self._open[-1], glued[0].replace("’", "'")
            said = possessive(last.words) if signs == "'s" else last.words + signs
            self._open[-1] = replace(last, words=said)
            text = text[glued.end() :]
        self.words(_fixed(text, language, before, behind), fixed=True)

    def pause(self, pause_ms: int) -> None:
        phrases = self._open or (self._done[-1] if self._done else self._open)
        if phrases:
            phrases[-1] = replace(phrases[-1], pause_ms=phrases[-1].pause_ms + pause_ms)
        else:
            self._open.append(Phrase("", pause_ms=pause_ms))

    def finished(self) -> Script:
        self._end()
        return tuple(sentence for phrases in self._done for sentence in self._sentences(phrases))

    def _sentences(self, phrases: list[Phrase]) -> Iterator[Sentence]:
        *before, last = _cut(phrases)
        yield from map(Sentence, before)
        yield Sentence(last, rises(" ".join(phrase.words for phrase in phrases), self._language))

    def words(self, words: str, *, fixed: bool, exact: bool = False) -> None:
        """Add words with their marks; what is *exact* is no word of the lexicon."""
        words = words.strip()
        leading = MARKS.match(words)
        if leading:
            self._mark(leading[0][0])
        for piece in ENDS.split(words[leading.end() :] if leading else words):
            piece = piece.strip()
            if not piece:
                continue
            said = piece if exact else self._lexicon.apply(piece)
            self._open.append(Phrase(said, fixed, self.style.pace, self.style.stress))
            if piece[-1] in ".?!":
                self._end()

    def _mark(self, mark: str) -> None:
        """Put a mark behind what is already written; it ends the sentence, or is a pause in it."""
        if not self._open or not self._open[-1].words:
            return
        if self._open[-1].words[-1] not in ".,;:?!":
            self._add_to_last(mark)
        if mark in ".?!":
            self._end()

    def _add_to_last(self, signs: str) -> None:
        self._open[-1] = replace(self._open[-1], words=self._open[-1].words + signs)

    def _end(self) -> None:
        if self._open and self._open[-1].words and self._open[-1].words[-1] not in ".?!":
            last = self._open[-1]
            self._open[-1] = replace(last, words=last.words.rstrip(",;:") + ".")
        if self._open:
            self._done.append(self._open)
            self._open = []


def _cut(phrases: list[Phrase]) -> Iterator[tuple[Phrase, ...]]:
    """Yield a sentence, a long one in parts: cut at commas, but not inside a value."""
    left = _length(phrases)
    if left <= LONGEST:
        yield tuple(phrases)
        return
    part: list[Phrase] = []
    for clause in _clauses(phrases):
        if part and _length(part) + _length(clause) > LONGEST and left >= SHORTEST:
            yield tuple(part)
            part = []
        for piece in clause:
            _append(part, piece)
        left -= _length(clause)
    yield tuple(part)


def _length(phrases: list[Phrase]) -> int:
    return sum(len(phrase.words) + 1 for phrase in phrases)


def _clauses(phrases: list[Phrase]) -> Iterator[list[Phrase]]:
    clause: list[Phrase] = []
    for phrase in phrases:
        *before, last = CLAUSES.split(phrase.words) if phrase.fixed else [phrase.words]
        pieces = [replace(phrase, words=words, pause_ms=0) for words in before]
        for piece in [*pieces, replace(phrase, words=last)]:
            clause.append(piece)
            if piece.words.endswith((",", ";", ":")):
                yield clause
                clause = []
    if clause:
        yield clause


def _append(part: list[Phrase], piece: Phrase) -> None:
    """Put a piece behind the others, in one phrase with the last where it was one."""
    same = part and replace(part[-1], words="", pause_ms=piece.pause_ms) == replace(piece, words="")
    if same and piece.fixed and not part[-1].pause_ms:
        part[-1] = replace(piece, words=f"{part[-1].words} {piece.words}")
    else:
        part.append(piece)
