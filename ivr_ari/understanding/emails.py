"""
E-mail addresses as people say them: "john dot smith at g mail dot com", "j for john dash four two".

What is told is written in small letters (RFC 5321, 4.1.2, as far as telephone callers use it). Words are run
together as they stand: "john smith at example dot com" is johnsmith, and john.smith is kept as another
reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..events import Value
from .ids import spelled
from .letters import letter_at
from .numbers import digit_readings
from .words import DIGITS, FILLERS, PLURALS, REPEATS, TEENS, TENS, Words, has, listed, phrases

__all__ = ["begun_email", "find_emails"]

SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("dot", "point", "period"), "."),
    **dict.fromkeys(("dash", "hyphen", "minus"), "-"),
    "underscore": "_",
    "underline": "_",
    "plus": "+",
}
PROVIDERS: Mapping[str, str] = {
    "gmail": "com",
    "hotmail": "com",
    "outlook": "com",
    "yahoo": "com",
    "icloud": "com",
    "aol": "com",
    "msn": "com",
    "live": "com",
    "protonmail": "com",
    "comcast": "net",
    "verizon": "net",
    "gmx": "net",
}
"""Domains that are told without their end, and misheard without their "at"."""

MERGED = phrases("""
    g mail | gee mail | hot mail | out look | i cloud | eye cloud | a o l | proton mail | m s n | g m x
    dot com | dotcom | point | period | under score | under line | at sign | at symbol
""")
MEANT: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("point",): ("dot",),
    ("period",): ("dot",),
    ("gee", "mail"): ("gmail",),
    ("eye", "cloud"): ("icloud",),
    ("dotcom",): ("dot", "com"),
    ("dot", "com"): ("dot", "com"),
    ("at", "sign"): ("at",),
    ("at", "symbol"): ("at",),
}
ENDS = frozenset(
    listed("com org net edu gov mil info biz io co us uk ca de es fr eu me tv app dev mx au ie nz")
)
TAKES_BACK = ("no", "sorry", "actually", "wait")

SKIPPED = FILLERS | frozenset(listed("capital uppercase lowercase letter symbol sign then okay so space"))
ASIDES = phrases("""
    the number | the letter | the digit | together
    all lower case | lower case | all one word | one word | all together | no spaces | no space | all caps
    all small letters | small letters | as one word
""")
BEGINS = frozenset(
    listed(
        "is it's its that's that address email mail my me to use under was be no sorry wait actually yes yeah"
        " sure okay hi hello the at well please send reach"
    )
)
"""In front of the first word of an address."""

HOMOPHONES: Mapping[str, str] = {"for": "4", "to": "2", "too": "2"}
NUMBERS = frozenset({*DIGITS, *PLURALS, *TEENS, *TENS, "hundred", "thousand"})
VALID = re.compile(r"[a-z0-9]+(?:[._+-]+[a-z0-9]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}")
LONGEST = 254
"""Characters (RFC 5321, 4.5.3.1.3)."""

MOST_WORDS = 30
SURE, GUESSED = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an address; *joined* to the one before by nothing but a gap between words."""

    text: str
    end: int
    word: bool = False


def find_emails(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the e-mail addresses in *words*.

    Where one is *asked* for, "jo at gmail" needs no "dot com", and "jo gmail dot com" no "at".
    """
    plain, places = _corrected(*_merged(words)) if asked else _merged(words)
    found: list[Value] = []
    for at in range(len(plain)):
        sign = has(plain, at, "at") or (
            asked and has(plain, at, "add", "ad", "and") and _domain(plain, at + 1, False)
        )
        missing = asked and plain[at] in PROVIDERS and not has(plain, at - 1, "at", "add", "ad", "and", "dot")
        if not (sign or missing) or (found and places[at][0] <= found[-1].last):
            continue
        domain = _domain(plain, at if missing else at + 1, asked)
        local = _local(plain, at) if domain else None
        if domain is None or local is None:
            continue
        first, readings = local
        written = [f"{reading}@{name}" for reading in readings for name in domain[0]]
        right = [text for text in dict.fromkeys(written) if VALID.fullmatch(text) and len(text) <= LONGEST]
        if right:
            sure = SURE if sign and domain[2] and len(readings) == 1 else GUESSED
            span = places[first][0], places[domain[1] - 1][1]
            found.append(Value("email", right[0], *span, sure, tuple(right[1:4])))
    return tuple(found)


def begun_email(words: Words) -> bool:
    """Return whether an address was begun that has no end yet: "john dot smith", "... at example"."""
    plain, _ = _merged(words)
    signs = any(word in SIGNS for word in plain)
    return bool(plain) and (
        plain[-1] in SIGNS or plain[-1] == "at" or (signs and not find_emails(words, asked=True))
    )


def _merged(words: Words) -> tuple[list[str], list[tuple[int, int]]]:
    """Words with those of one meaning put together, and the (first, last) of each; asides are left out."""
    plain: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        aside = next((one for one in ASIDES if tuple(words[at : at + len(one)]) == one), None)
        if aside:
            at += len(aside)
            continue
        phrase = next((one for one in MERGED if tuple(words[at : at + len(one)]) == one), None)
        meant = MEANT.get(phrase, ("".join(phrase),)) if phrase else (words[at],)
        last = at + (len(phrase) if phrase else 1) - 1
        plain += meant
        places += [(at, last)] * len(meant)
        at = last + 1
    return plain, places


def _corrected(plain: list[str], places: list[tuple[int, int]]) -> tuple[list[str], list[tuple[int, int]]]:
    """Leave out what was taken back: "... dot com no dot org", "at example no at sample dot com"."""
    for at in range(len(plain) - 1, 0, -1):
        again = plain[at + 1] if at + 1 < len(plain) else ""
        if plain[at] in TAKES_BACK and again in ("at", "dot") and again in plain[:at]:
            since = at - 1 - plain[:at][::-1].index(again)
            return plain[:since] + plain[at + 1 :], places[:since] + places[at + 1 :]
    return plain, places


def _domain(words: Words, at: int, asked: bool) -> tuple[tuple[str, ...], int, bool] | None:
    """Read "example dot com" from *at*: its readings, the index behind, whether its end was told."""
    text, end, gaps = "", at, 0
    while end < len(words) and end - at < MOST_WORDS:
        if words[end] == "dot" and text and (ending := _ending(words, end + 1)):
            name, end = ending
            text = f"{text}.{name}"
            if not (has(words, end, "dot") and _ending(words, end + 1)):
                readings = (text, text.replace(" ", "-")) if gaps and " " in text else (text,)
                return tuple(one.replace(" ", "") for one in readings), end, True
            continue
        if words[end] == "dot" and text and text[-1] != ".":
            text, end = f"{text}.", end + 1
            continue
        letters = spelled(words, end)
        if letters and text and _alike(letters[0], text.split(" ")[-1]):
            text, end = letters[0], letters[1]
            continue
        if words[end] in PROVIDERS and not text and not has(words, end + 1, "dot"):
            return ((f"{words[end]}.{PROVIDERS[words[end]]}",), end + 1, False) if asked else None
        part = _part(words, end, domain=True)
        if part is None:
            return None
        gap = part.word and text[-1:].isalpha()
        gaps += bool(gap)
        text, end = text + " " * bool(gap) + part.text, part.end
    return None


def _ending(words: Words, at: int) -> tuple[str, int] | None:
    """Read "com", "co", "u k"."""
    for size in (3, 2):
        letters = words[at : at + size]
        if len(letters) == size and all(len(letter) == 1 for letter in letters) and "".join(letters) in ENDS:
            return "".join(letters), at + size
    return (words[at], at + 1) if at < len(words) and words[at] in ENDS else None


def _local(words: Words, end: int) -> tuple[int, tuple[str, ...]] | None:
    """Read the part in front of "at", back to a word that begins an address: where, and its readings."""
    start = end
    while start > 0 and end - start < MOST_WORDS and _may_stand(words, start - 1, end):
        start -= 1
    for first in range(start, end):
        parts = list(_parts(words, first, end))
        if parts and parts[-1].end == end and parts[0].text[0].isalnum():
            return first, tuple(_readings(parts))
    return None


def _may_stand(words: Words, at: int, end: int) -> bool:
    if words[at] not in BEGINS:
        return True
    if words[at] in ("that's", "is") and at and (letters := spelled(words[:end], at + 1)):
        return _alike(letters[0], words[at - 1])
    # "to" and "at" begin an address, unless numbers stand beside them
    beside = has(words, at - 1, *NUMBERS, *SIGNS) or has(words, at - 1, "double")
    return words[at] in HOMOPHONES and beside and at + 1 < end


def _parts(words: Words, at: int, end: int) -> Iterator[Part]:
    before = ""
    while at < end:
        if words[at] in SKIPPED:
            at += 1
            continue
        letters = spelled(words[:end], at + has(words, at, "that's", "is"))
        if letters and before and _alike(letters[0], before):
            # "smith s m i t h": the letters say how the word before them is written
            yield Part("\b" + letters[0], letters[1])
            at = letters[1]
            continue
        part = _part(words[:end], at)
        if part is None:
            return
        yield part
        before = part.text if part.word else ""
        at = part.end


def _alike(letters: str, word: str) -> bool:
    return len(letters) > 2 and letters[0] == word[0] and abs(len(letters) - len(word)) <= 2


def _part(words: Words, at: int, *, domain: bool = False) -> Part | None:
    """Read one sign, letter, number or word."""
    word = words[at]
    if word in SIGNS and not (domain and word == "dot"):
        return Part(SIGNS[word], at + 1)
    if word == "dot":
        return Part(".", at + 1) if not domain else None
    if word in REPEATS and at + 1 < len(words) and (letter := letter_at(words, at + 1)):
        return Part(letter[0].lower() * REPEATS[word], letter[1])
    letter = letter_at(words, at)
    if letter and (
        letter[1] > at + 1 or len(word) == 1 or word in ("bee", "cee", "dee", "jay", "kay", "ess", "zee")
    ):
        return Part(letter[0].lower(), letter[1])
    end = at
    while end < len(words) and (
        words[end] in NUMBERS or (words[end] in REPEATS and has(words, end + 1, *DIGITS))
    ):
        end += 1
    if end > at and (digits := digit_readings(words[at:end])):
        return Part(digits[0], end)
    plain = re.sub(r"[^a-z0-9]", "", word)
    return Part(plain, at + 1, word=True) if plain and (domain or plain.isascii()) else None


def _readings(parts: list[Part]) -> Iterator[str]:
    """The words run together, then joined by a dot; "for" as a four where it stands between others."""
    text, spaced = "", ""
    for at, part in enumerate(parts):
        if part.text.startswith("\b"):
            kept = len(parts[at - 1].text)
            text, spaced = text[:-kept] + part.text[1:], spaced[:-kept] + part.text[1:]
            continue
        written = HOMOPHONES.get(part.text, part.text) if part.word and at > 0 else part.text
        gap = part.word and at and parts[at - 1].word and written.isalpha()
        text, spaced = text + written, spaced + "." * bool(gap) + written
    yield text
    if spaced != text:
        yield spaced
        yield spaced.replace(".", "_")
