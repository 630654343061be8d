"""
Words as they are written in chats and by some recognisers, put as they are spoken: "£27", "3rd", "8pm".

The modules that find values know spoken words only. Here each written word becomes the words that are said
for it, and what was found among those is led back to the words that came in. Hesitations ("forty uh two")
fall out on the way. Times with a colon and dates with slashes or dashes stay as they are: what they mean
depends on more than one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..events import Value
from .words import FILLERS, ORDINALS, SCALES, TEENS, TENS, UNITS, Words, has, listed

__all__ = ["Spoken", "number_words", "spoken"]

CURRENCIES = {"£": "pounds", "€": "euros", "$": "dollars", "¥": "yen"}
MONEY = frozenset(listed("pound pounds euro euros dollar dollars bucks quid yen gbp eur usd"))

KEPT = re.compile(r"\d\d?[:h]\d\d|\d\d?([/.-])\d\d?\1(\d{4}|\d\d)|\d{4}-\d\d-\d\d")
"""A time of day or a whole date."""

KEPT_SIGNS = ("@", "/", "_")
"""Signs of an e-mail address, or of what else is not spoken as a number."""

NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?")
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
HALF_OF_DAY = re.compile(r"(\d\d?(?:[:.]\d\d)?)([ap])\.?m\.?")
FROM_TO = re.compile(r"(\d\d?(?::\d\d)?(?:[ap]m|th|st|nd|rd)?)-(\d\d?(?::\d\d)?(?:[ap]m|th|st|nd|rd)?)")
BEHIND = {"k": "thousand", "m": "million", "h": "hours", "hrs": "hours", "mins": "minutes", "x": "times"}
PIECE = re.compile(r"[a-z]+|\d+")

READ_OUT = 5
"""Numbers of so many digits are read out digit by digit, where no currency makes them an amount."""

TOO_LONG = 10
"""Numbers of so many digits are no amount."""

MONTHS = dict(
    zip(
        listed("jan feb mar apr jun jul aug sep sept oct nov dec"),
        listed("january february march april june july august september september october november december"),
        strict=True,
    )
)
WEEKDAYS = dict(
    zip(
        listed("mon tue tues wed weds thu thur thurs fri sat sun"),
        listed(
            "monday tuesday tuesday wednesday wednesday thursday thursday thursday friday saturday sunday"
        ),
        strict=True,
    )
)
SPOKEN_NUMBERS = frozenset({*UNITS, *TEENS, *TENS, *ORDINALS, *SCALES})
PLAIN = {"a.m": "am", "p.m": "pm", "a.m.": "am", "p.m.": "pm", "&": "and", "+": "plus", "o’clock": "o'clock"}

_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Spoken words, and for each the index of the word it comes from."""

    words: tuple[str, ...]
    origins: tuple[int, ...]

    def led_back(self, values: Iterable[Value]) -> list[Value]:
        """Return *values* that were found in these words with the indices of the words they come from."""
        return [
            replace(value, first=self.origins[value.first], last=self.origins[value.last]) for value in values
        ]


def spoken(words: Words) -> Spoken:
    """Return *words*, lower case and without punctuation around them, as they are spoken."""
    if not any(word in FILLERS or _written(word) for word in words):
        return Spoken(tuple(words), tuple(range(len(words))))
    said: list[str] = []
    origins: list[int] = []
    for at in range(len(words)):
        for word in () if words[at] in FILLERS else _said(words, at):
            said.append(word)
            origins.append(at)
    return Spoken(tuple(said), tuple(origins))


def number_words(number: int) -> tuple[str, ...]:
    """Return the words for a whole number below a thousand million."""
    for scale, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            return (*number_words(number // scale), name, *(number_words(rest) if rest else ()))
    if number < len(_ONES):
        return (_ONES[number],)
    tens = _TENS[number // 10 - 2]
    return (tens, _ONES[number % 10]) if number % 10 else (tens,)


def _written(word: str) -> bool:
    if word.isalpha():
        return word in MONTHS
    return word in PLAIN or "’" in word or "-" in word[1:] or any(each.isdigit() for each in word)


def _said(words: Words, at: int) -> Sequence[str]:
    """Return what is said for one word."""
    word = words[at].replace("’", "'").strip("()?!.,;")
    if word in PLAIN:
        return (PLAIN[word],)
    if word == "-" and _digits(words, at - 1) and _digits(words, at + 1):
        return ("until",)
    for names in (MONTHS, WEEKDAYS):
        if word in names and (_numbered(words, at - 1) or _numbered(words, at + 1)):
            return (names[word],)
    if not any(each.isdigit() for each in word):
        parts = word.split("-")
        return parts if all(part in SPOKEN_NUMBERS for part in parts) else (word or words[at],)
    if KEPT.fullmatch(word) or any(sign in word for sign in KEPT_SIGNS):
        return (word,)
    return tuple(_number(words, at, word))


def _digits(words: Words, at: int) -> bool:
    return 0 <= at < len(words) and any(each.isdigit() for each in words[at])


def _numbered(words: Words, at: int) -> bool:
    """Whether a number in digits stands at *at*, or there behind or in front of "the" or "of"."""
    if 0 <= at < len(words) and words[at] in ("the", "of"):
        return any(_digits(words, each) or has(words, each, *ORDINALS, *TENS) for each in (at - 1, at + 1))
    return _digits(words, at) or has(words, at, *ORDINALS, *TENS)


def _number(words: Words, at: int, word: str) -> Iterator[str]:
    """Yield what is said for a word with digits in it."""
    symbol = next((each for each in CURRENCIES if word.startswith(each) or word.endswith(each)), "")
    plain = word.strip("".join(CURRENCIES))
    if symbol and (NUMBER.fullmatch(plain) or plain[:-1].isdigit()):
        yield from _plain_number(plain, True) or _behind(plain)
        yield CURRENCIES[symbol]
    elif match := ORDINAL.fullmatch(word):
        *front, last = number_words(int(match[1]))
        yield from (*front, _IRREGULAR.get(last) or _ordinal(last))
    elif match := HALF_OF_DAY.fullmatch(word):
        yield from _of_clock(match[1])
        yield match[2] + "m"
    elif match := FROM_TO.fullmatch(word):
        yield from (*_said(match.groups(), 0), "until", *_said(match.groups(), 1))
    else:
        money = any(0 <= each < len(words) and words[each] in MONEY for each in (at - 1, at + 1))
        yield from _plain_number(word, money) or _behind(word)


def _ordinal(last: str) -> str:
    return f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"


def _of_clock(text: str) -> Sequence[str]:
    """Return what is said for "8", or "8:30" and "8.30" as one word."""
    return (text.replace(".", ":"),) if ":" in text or "." in text else number_words(int(text))


def _plain_number(word: str, money: bool) -> Sequence[str]:
    """Return what is said for a number of nothing but digits, a point and commas; nothing for others."""
    match = NUMBER.fullmatch(word)
    if match is None:
        return ()
    whole = match[1].replace(",", "")
    amount = money or match[2] or "," in word
    if (len(whole) > 1 and whole[0] == "0") or len(whole) >= (TOO_LONG if amount else READ_OUT):
        return _one_by_one(whole)
    return (*number_words(int(whole)), *(("point", *_one_by_one(match[2])) if match[2] else ()))


def _one_by_one(digits: str) -> Sequence[str]:
    return tuple("oh" if digit == "0" and at == 0 else _ONES[int(digit)] for at, digit in enumerate(digits))


def _behind(word: str) -> Sequence[str]:
    """Return what is said for digits with a unit or letters: "5k", "ab1204"."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([a-z]+)", word)
    if match and match[2] in BEHIND:
        return (*_plain_number(match[1], True), BEHIND[match[2]])
    said = ["plus"] if word.startswith("+") else []
    for piece in PIECE.findall(word):
        said += _one_by_one(piece) if piece.isdigit() else list(piece)
    return tuple(said) or (word,)
