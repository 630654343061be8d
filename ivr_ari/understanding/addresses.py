"""
Street addresses as people say them: "twelve thirty four north main street apartment five b springfield
illinois six two seven oh four".

One text is made of one, in the order it is written: "1234 North Main Street, Apt 5B, Springfield, IL 62704";
what was not said is left out. Nothing is looked up: no directory says whether there is such a street, whether
the town lies in that state, or the ZIP code in that town.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ..events import Value
from .ids import spelled
from .letters import letter_at
from .numbers import digit_readings
from .street_words import DIRECTIONS, NUMBERED, RARE, STATES, STREETS, UNITS
from .words import (
    DIGITS,
    FILLERS,
    ORDINALS,
    PLURALS,
    REPEATS,
    SCALES,
    TEENS,
    TENS,
    Words,
    has,
    listed,
    ordinal,
)

__all__ = ["find_addresses"]

NUMBERS = frozenset({*DIGITS, *PLURALS, *REPEATS, *SCALES, *TEENS, *TENS})
BETWEEN = FILLERS | frozenset(listed("in comma and the city of state is then that's it's on at usa"))
ZIP = (("zip", "code"), ("zip",), ("postal", "code"), ("postcode",))
ENDS = frozenset(
    listed(
        "please thanks thank okay ok right correct yes no and but for because so i i'm that it is my the you"
        " we phone email from to with would can"
    )
)
"""Words that are no part of a name of a street or a town."""

NO_STREETS = listed(
    "times percent dollars o'clock moment moments second seconds minute minutes hours days streets blocks"
    " miles"
)
TAKES_BACK = ("no", "sorry", "actually", "wait")
HOMOPHONES = {"for": "4", "to": "2", "too": "2"}
LONGEST_NAME = 5
"""Words of a street's name, its kind among them."""

LONGEST_TOWN = 4
ZIP_DIGITS = (5, 9)
SURE, LIKELY, GUESSED = 0.85, 0.7, 0.5


@dataclass(slots=True)
class Found:
    """The parts of one address, as far as they were said."""

    first: int
    end: int
    numbers: tuple[str, ...] = ()
    street: str = ""
    unit: str = ""
    town: str = ""
    state: str = ""
    zips: tuple[str, ...] = ()
    plain: bool = field(default=True)
    """Whether the street's kind was said."""

    def written(self, number: str, code: str) -> str:
        end = " ".join(filter(None, (self.state, code)))
        street = " ".join(filter(None, (number, self.street)))
        return ", ".join(filter(None, (street, self.unit, self.town, end)))


def find_addresses(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the street address in *words*, if there is one.

    Where none was *asked* for it needs a number and a kind of street.
    """
    for at in range(len(words)):
        found = _post_box(words, at) or _street(words, at, asked)
        if found:
            found = _corrected(words, found) if asked else found
            _rest(words, found, asked)
            numbers, zips = found.numbers or ("",), found.zips or ("",)
            readings = dict.fromkeys(found.written(number, code) for code in zips for number in numbers)
            text, *others = readings
            whole = bool(found.town and (found.state or found.zips))
            sure = (SURE if whole else LIKELY) if found.plain else GUESSED
            return (Value("address", text, found.first, found.end - 1, sure, tuple(others[:3])),)
    return ()


def _corrected(words: Words, found: Found) -> Found:
    """After "no", "sorry" a street takes the place of the one before, with a number of its own or without."""
    for at in range(len(words) - 1, found.end - 1, -1):
        if words[at] not in TAKES_BACK or at + 1 == len(words):
            continue
        if again := _street(words, at + 1, asked=True):
            return again
        name = _name(words, at + 1, asked=False)
        if name:
            return Found(found.first, name[1], found.numbers, name[0])
    return found


def _post_box(words: Words, at: int) -> Found | None:
    """Read "p o box twelve"."""
    if not (has(words, at, "p") and has(words, at + 1, "o", "oh") and has(words, at + 2, "box")):
        start = at if has(words, at, "box") and not has(words, at - 1, "the", "a", "this", "in") else -1
    else:
        start = at + 2
    numbers, end = _number(words, start + 1) if start >= 0 else ((), 0)
    return Found(at, end, street=f"PO Box {numbers[0]}") if numbers else None


def _street(words: Words, at: int, asked: bool) -> Found | None:
    """Read the number and the street that begin at *at*."""
    if words[at] not in NUMBERS and not (words[at] == "a" and has(words, at + 1, *SCALES)):
        return None
    longest = _run(words, at)
    ends = list(range(longest, at, -1))
    if words[longest - 1] in TENS and ORDINALS.get("" if longest == len(words) else words[longest], 10) < 10:
        # "twelve forty second street": the ordinal takes the tens in front of it, but not in "three fifty
        # fifth avenue", where too little would be left
        front = digit_readings(words[at : longest - 1]) if longest - at > 1 else ()
        if not front:
            return None
        if len(front[0]) > 1 and words[longest - 2] not in SCALES:
            ends = [*ends[1:], ends[0]]
    for end in ends:
        letter = words[end].upper() if end < len(words) and _is_letter_of_house(words, end) else ""
        if (name := _name(words, end + len(letter), asked)) and (numbers := digit_readings(words[at:end])):
            text, behind, plain = name
            right = tuple(number + letter for number in numbers if 0 < len(number) <= 6 and number[0] != "0")
            if right:
                return Found(at, behind, right[:3], text, plain=plain)
    return None


def _is_letter_of_house(words: Words, at: int) -> bool:
    """Whether a letter belongs to the number in front of it: "two twenty one b baker street"."""
    return len(words[at]) == 1 and words[at].isalpha() and words[at] not in (*DIRECTIONS, "a", "o")


def _run(words: Words, at: int) -> int:
    end = at
    while end < len(words) and (
        words[end] in NUMBERS or (words[end] == "and" and has(words, end - 1, *SCALES))
    ):
        end += 1
    return end


def _name(words: Words, at: int, asked: bool) -> tuple[str, int, bool] | None:
    """Read a street's name with its kind, and the direction in front or behind."""
    start = at
    while has(words, start, *FILLERS):
        start += 1
    for phrase, text in NUMBERED.items():
        if tuple(words[start : start + len(phrase)]) == phrase:
            numbers, end = _number(words, start + len(phrase))
            if numbers:
                return f"{text} {numbers[0]}", end, True
    parts: list[str] = []
    end, kind = start, 0
    while end < len(words) and len(parts) <= LONGEST_NAME:
        if parts and words[end] in STREETS and not (words[end] in RARE and has(words, end + 1, *STREETS)):
            parts.append(STREETS[words[end]])
            end, kind = end + 1, end + 1
            break
        piece = _piece(words, end, bool(parts))
        if piece is None:
            break
        text, end = piece
        parts = [*parts[:-1], text[1:]] if text[0] == "\b" else [*parts, text]
    if not kind:
        return _without_kind(words, start) if asked else None
    if len(parts) < 2 or (len(parts) == 2 and parts[0] in DIRECTIONS.values()):
        return None
    if end < len(words) and words[end] in DIRECTIONS and not _begins_a_state(words, end):
        town = end + 1 < len(words) and len(words[end]) > 1 and not has(words, end + 1, *UNITS, *BETWEEN)
        if not town or _begins_a_state(words, end + 1):
            parts.append(DIRECTIONS[words[end]])
            end += 1
    return " ".join(parts), end, True


def _begins_a_state(words: Words, at: int) -> bool:
    return any(tuple(words[at : at + len(name)]) == name for name in STATES)


def _piece(words: Words, at: int, inside: bool) -> tuple[str, int] | None:
    """Read one word of a street's name: a direction, "forty second", letters, a word."""
    if words[at] in DIRECTIONS and not inside and not has(words, at + 1, "street", "avenue"):
        return DIRECTIONS[words[at]], at + 1
    number = ordinal(words, at)
    if number and not (words[at] in TENS and words[at + 1] not in ORDINALS):
        return _nth(number[0]), number[1]
    if has(words, at, "hundred") or (words[at] in NUMBERS and not inside):
        return None
    letters = spelled(words, at)
    if letters and inside:
        return "\b" + letters[0].capitalize(), letters[1]
    if words[at] in ENDS or words[at] in NUMBERS or not words[at][0].isalpha():
        return None
    return words[at].capitalize(), at + 1


def _nth(number: int) -> str:
    end = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{end}"


def _without_kind(words: Words, at: int) -> tuple[str, int, bool] | None:
    """A street that has no kind ("broadway"), up to a unit, a number or the end."""
    end = at
    if has(words, at, *NO_STREETS, *UNITS):
        return None
    while end < len(words) and end - at < 2 and words[end].isalpha():
        if words[end] in (*UNITS, *ENDS, *NUMBERS, *BETWEEN) or len(words[end]) < 3:
            break
        if end > at and _state(words, end):
            break
        end += 1
    return (" ".join(word.capitalize() for word in words[at:end]), end, False) if end > at else None


def _rest(words: Words, found: Found, asked: bool) -> None:
    """Read unit, town, state and ZIP code behind the street."""
    at = _unit(words, found, found.end)
    town: list[str] = []
    while at < len(words) and len(town) < LONGEST_TOWN and not _zip(words, at):
        state = _state(words, at)
        # "new york new york": the first is the town
        if state and (town or not _state(words, state[1])):
            found.state, at = state
            found.end = at
            break
        if not town and (end := _unit(words, found, at)) > at:
            at = end
        elif words[at] in BETWEEN and not town:
            at += 1
        elif words[at] in ENDS or words[at] in NUMBERS or words[at] in FILLERS:
            break
        else:
            town.append(words[at])
            at += 1
    if code := _zip(words, at):
        found.zips, found.end = code
    elif town and not found.state:
        # words behind a street are its town only where an address was asked for
        town, found.end = (town, at) if asked else ([], found.end)
    # of these the words are the town's as well
    named = " ".join(word.capitalize() for word in town)
    found.town = named or {"NY": "New York", "DC": "Washington"}.get(found.state, "")


def _unit(words: Words, found: Found, at: int) -> int:
    """Read "apartment five b", "suite three hundred", "fifth floor": the index behind it, or *at*."""
    start = at
    while has(words, start, *FILLERS, "comma", "and"):
        start += 1
    floor = ordinal(words, start)
    if floor and has(words, floor[1], "floor"):
        found.unit, found.end = f"Floor {floor[0]}", floor[1] + 1
        return found.end
    if start >= len(words) or words[start] not in UNITS or found.unit:
        return at
    kind, begin = UNITS[words[start]], start + 1
    begin += has(words, begin, "number")
    text, end = "", begin
    while end < len(words) and len(text) < 6:
        numbers, behind = _number(words, end)
        if not numbers and not text and words[end] in HOMOPHONES:
            numbers, behind = (HOMOPHONES[words[end]],), end + 1
        if numbers and not (text and text[-1].isdigit()):
            text, end = text + numbers[0], behind
            continue
        letter = letter_at(words, end)
        if letter is None or (text and text[-1].isalpha()) or not (letter[2] or words[end] == "a"):
            break
        text, end = text + letter[0], letter[1]
    if not text:
        return at
    found.unit, found.end = f"{kind} {text}", end
    return end


def _number(words: Words, at: int) -> tuple[tuple[str, ...], int]:
    end = _run(words, at)
    readings = digit_readings(words[at:end]) if end > at else ()
    return (readings, end) if readings else ((), at)


def _state(words: Words, at: int) -> tuple[str, int] | None:
    """Read a state by its name or its two letters; the longest name first."""
    for size in (3, 2, 1):
        name = tuple(words[at : at + size])
        if len(name) == size and name in STATES:
            return STATES[name], at + size
    two = "".join(words[at : at + 2]).upper()
    if len(two) == 2 and at + 1 < len(words) and two in STATES.values():
        return two, at + 2
    return None


def _zip(words: Words, at: int) -> tuple[tuple[str, ...], int] | None:
    """Read five or nine digits, "dash" between them, after "zip code is" or after nothing."""
    start = at
    while has(words, start, *FILLERS, "comma", "and", "the", "with", "usa"):
        start += 1
    for phrase in ZIP:
        if tuple(words[start : start + len(phrase)]) == phrase:
            start += len(phrase)
            start += has(words, start, "is", "of")
            break
    end = start
    while end < len(words) and (words[end] in NUMBERS or words[end] in ("dash", "hyphen")):
        end += 1
    if end == start:
        return None
    plain = [word for word in words[start:end] if word in NUMBERS]
    codes = tuple(text for text in digit_readings(plain) if len(text) in ZIP_DIGITS)
    return (tuple(_dashed(code) for code in codes[:2]), end) if codes else None


def _dashed(code: str) -> str:
    return code if len(code) == ZIP_DIGITS[0] else f"{code[:5]}-{code[5:]}"
