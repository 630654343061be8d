"""
Spanish digit strings, cardinals and ordinals.

People dictate one by one ("cuatro uno cero cero"), in pairs ("cuarenta y uno doble cero"), in hundreds. The
same words can stand for several strings; how many digits are wanted decides, the others are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ...events import Value
from ..words import Words, has, listed
from .words import (
    DIGITS,
    FILLERS,
    HUNDREDS,
    NUMBER_WORDS,
    PLURALS,
    REPEATS,
    SCALES,
    TENS,
    UNITS,
    below_hundred,
    cardinal,
    ordinal,
)

__all__ = ["digit_readings", "find_cardinals", "find_digits", "find_ordinals"]

SEPARATORS = FILLERS | frozenset(listed("guion raya luego despues coma espacio"))
MOST_READINGS = 8
SPOKEN_ONE_BY_ONE = 3
"""So many digits in a row are a digit string even where none is asked for."""

ARTICLES = frozenset(("un", "una", "uno"))
MOMENTS = frozenset(listed("momento momentito segundo segundito instante poco"))
COUNTED = frozenset(listed("digitos cifras numeros letras"))
PLACES = frozenset(listed("numero opcion"))
NOT_A_NUMBER_BEFORE_ONE = frozenset(listed("el la este ese otro cada ningun algun esta esa otra a"))

Reading = tuple[int, str]
"""A cost, 0 for the plainest way of reading, and the digits."""


def find_digits(words: Words, least: int = 0, most: int = 0, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the digit strings in *words*, best reading first.

    *least* and *most* are the digits wanted, 0 if that is unknown. *asked*: the question was for digits, so
    that a single word may be one.
    """
    values = [
        value
        for start, end in _runs(words, asked)
        if not _tells_how_many(words, start, end)
        and (asked or _dictated(words[start:end]))
        and (value := _value(words, start, end, least, most))
    ]
    if asked and len(values) > 1 and not any(_fits(value.value, least, most) for value in values):
        whole = "".join(str(value.value) for value in values)
        if least and _fits(whole, least, most):
            return (Value("digits", whole, values[0].first, values[-1].last, 0.7),)
    return tuple(values)


def _tells_how_many(words: Words, start: int, end: int) -> bool:
    """Whether the number counts digits and is none: "los últimos cuatro dígitos son"."""
    return end - start == 1 and (
        has(words, end, *COUNTED) or has(words, start - 1, "ultimos", "ultimas", "primeros", "primeras")
    )


def digit_readings(words: Words) -> tuple[str, ...]:
    """Return every way to read a run of number words as digits, plainest first."""
    return tuple(dict.fromkeys(text for _, text in sorted(_readings(tuple(words))) if text))


def find_cardinals(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the numbers in *words*.

    A lone "un", "una" counts only where a number is *asked* for, as do halves, dozens and none at all.
    """
    found, at = [], 0
    while at < len(words):
        if asked and (loose := _loose(words, at)):
            found.append(Value("number", loose[0], at, loose[1] - 1, 0.85))
            at = loose[1]
            continue
        read = cardinal(words, at)
        if read is None:
            at += 1
            continue
        number, end = read
        article = end - at == 1 and words[at] in ARTICLES
        pronoun = has(words, at - 1, *NOT_A_NUMBER_BEFORE_ONE) or has(words, end, *MOMENTS)
        if not article or (asked and not pronoun):
            found.append(Value("number", str(number), at, end - 1, 0.9 if asked else 0.6))
        at = end
    return tuple(found)


def _loose(words: Words, at: int) -> tuple[str, int] | None:
    """Read "un par", "media docena", "ninguno", "dos y medio", "tres coma cinco"."""
    if has(words, at, "ninguno", "ninguna"):
        return "0", at + 1
    if has(words, at, "un") and has(words, at + 1, "par"):
        return "2", at + 2
    if has(words, at, "media", "medio") and has(words, at + 1, "docena", "millon"):
        return ("6" if words[at + 1] == "docena" else "500000"), at + 2
    read = cardinal(words, at)
    if read is None:
        return None
    number, end = read
    if has(words, end, "docena", "docenas"):
        return str(12 * number), end + 1
    if has(words, end, "y") and has(words, end + 1, "medio", "media"):
        return f"{number}.5", end + 2
    part = cardinal(words, end + 1) if has(words, end, "coma", "punto") else None
    return (f"{number}.{part[0]}", part[1]) if part else None


LAST = frozenset(("ultimo", "ultima"))
NEXT_TO_LAST = frozenset(("penultimo", "penultima"))
QUARTERS_BEHIND = frozenset(("y", "menos", "un"))
"""In front of "cuarto" these make it a quarter of an hour."""


def find_ordinals(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """Return the ordinals, the last of several as -1; "un segundo" and "menos cuarto" are none."""
    found: list[Value] = []
    for at, word in enumerate(words):
        if word in NEXT_TO_LAST:
            found.append(Value("ordinal", "-2", at, at, 0.8))
        elif word in LAST and (asked or has(words, at - 1, "el", "la")) and not has(words, at + 1, "mes"):
            found.append(Value("ordinal", "-1", at, at, 0.8))
        elif asked and word in PLACES and (place := cardinal(words, at + 1)):
            found.append(Value("ordinal", str(place[0]), at, place[1] - 1, 0.8))
        elif read := ordinal(words, at):
            moment = word == "segundo" and has(words, at - 1, "un", "por")
            quarter = word == "cuarto" and (
                has(words, at - 1, *QUARTERS_BEHIND) or has(words, at + 1, "para", "de", "pasadas")
            )
            if not moment and not quarter and not _manner(words, at):
                found.append(Value("ordinal", str(read[0]), at, at, 0.8))
    return tuple(found)


def _manner(words: Words, at: int) -> bool:
    """Whether "primero" is "first of all": it opens the turn, and something else follows."""
    return words[at] == "primero" and not has(words, at - 1, "el", "lo") and len(words) > at + 1


def _value(words: Words, start: int, end: int, least: int, most: int) -> Value | None:
    readings = digit_readings(words[start:end])
    if not readings:
        return None
    fitting = [text for text in readings if _fits(text, least, most)]
    ordered = (*fitting, *(text for text in readings if text not in fitting))
    confidence = 0.95 if fitting else 0.5
    if least and len(fitting) > 1:
        confidence = 0.85
    return Value("digits", ordered[0], start, end - 1, confidence, tuple(ordered[1:]))


def _fits(text: object, least: int, most: int) -> bool:
    length = len(str(text))
    return least <= length and (not most or length <= most)


def _runs(words: Words, asked: bool) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each run that begins and ends with a number word; separators may lie inside."""
    at = 0
    while at < len(words):
        if words[at] not in NUMBER_WORDS or _article(words, at):
            at += 1
            continue
        end = scan = at + 1
        while scan < len(words):
            if words[scan] in NUMBER_WORDS:
                end = scan + 1
            elif not (words[scan] in SEPARATORS or _bridge(words, scan, asked)):
                break
            scan += 1
        yield at, end
        at = end


def _article(words: Words, at: int) -> bool:
    return words[at] in ("un", "una") and not has(words, at + 1, *SCALES)


def _bridge(words: Words, at: int, asked: bool) -> bool:
    """Whether an "y" lies inside a number, or between two parts of a string that was asked for."""
    return words[at] == "y" and (words[at - 1] in TENS or words[at - 1] == "diez" or asked)


def _dictated(words: Words) -> bool:
    """Whether the words sound like dictation even though nobody asked for digits."""
    single = sum(word in DIGITS or word in PLURALS for word in words)
    repeated = any(word in REPEATS for word in words)
    inside = sum(words[at] == "y" and words[at - 1] in TENS for at in range(1, len(words)))
    scaled = any(word in SCALES or word in HUNDREDS for word in words)
    return single - inside + 2 * repeated >= SPOKEN_ONE_BY_ONE and not scaled


def _readings(words: tuple[str, ...]) -> list[Reading]:
    """All readings of *words* with their costs, at most `MOST_READINGS`; built up from the last word."""
    behind: list[list[Reading]] = [[] for _ in words] + [[(0, "")]]
    for at in reversed(range(len(words))):
        found = (
            (cost + rest_cost, text + rest)
            for cost, text, used in _elements(words[at:])
            for rest_cost, rest in behind[at + used]
        )
        behind[at] = list(islice(sorted(found), MOST_READINGS))
    return behind[0]


def _elements(words: tuple[str, ...]) -> Iterator[tuple[int, str, int]]:
    """Yield what the first words may stand for: cost, digits, and how many words that takes."""
    word = words[0]
    following = words[1] if len(words) > 1 else ""
    if word in REPEATS and (following in DIGITS or following in PLURALS):
        yield 0, (DIGITS.get(following) or PLURALS[following]) * REPEATS[word], 2
    elif word in UNITS and following in PLURALS:
        yield 0, PLURALS[following] * UNITS[word], 2
    elif word in PLURALS:
        yield 1, PLURALS[word], 1
    elif word in SEPARATORS or word == "y":
        yield 0 if word != "y" else 2, "", 1
    else:
        yield from _numbers(words)


def _numbers(words: tuple[str, ...]) -> Iterator[tuple[int, str, int]]:
    """Yield the whole number, and its beginnings as parts of their own, which is less plain."""
    word = words[0]
    if word in REPEATS:
        yield 3, "", 1
    if word in DIGITS:
        yield 0, DIGITS[word], 1
    small = below_hundred(words, 0)
    if small and small[1] > 1:
        # without the "y" the two may as well be apart
        yield 0, str(small[0]), small[1]
    if word in TENS or (small and small[1] == 1 and word not in DIGITS):
        apart = small is not None and small[1] > 1
        yield 1 if apart else 0, str(below_hundred(words[:1], 0)[0]), 1  # type: ignore[index]
    whole = cardinal(words, 0)
    if whole and any(part in HUNDREDS or part in SCALES for part in words[: whole[1]]):
        yield 0, str(whole[0]), whole[1]
    if word in HUNDREDS:
        yield 1, str(HUNDREDS[word]), 1
    elif word in SCALES and word != "mil":
        yield 3, "", 1
