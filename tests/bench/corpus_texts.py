"""
The sentences of the corpus, made from a seed: dictations with their pauses, short answers, open requests.

A ``|`` stands where the caller pauses. The value of a closed answer is not written here: it is what the
service's own parser makes of the words, heard rightly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

__all__ = ["Line", "lines"]

SEED = 20_260_715
PAUSE_MS = (300, 700)

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
GROUPS = ((3, 3, 2), (2, 2, 2, 2), (4, 4), (3, 2, 3), (4, 2, 2))
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
DAYS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "twentieth", "twenty first", "twenty fifth"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
STREETS = ("maple", "oak", "main", "washington", "park", "lake", "hill", "cedar", "church", "river")
KINDS = ("street", "avenue", "road", "drive")
CITIES = ("springfield", "boston", "austin", "chicago", "dallas", "denver")

ACCOUNT = ("my account number is", "it's", "sure it's", "um", "okay it's", "the number is", "", "", "")
CARD = ("my card number is", "the number is", "it's", "")
MEMBER = ("the number is", "my membership number is", "it's", "")

HESITANT = (
    ("bank", "i want to|um|transfer money|to my savings"),
    ("bank", "i need a refund|for a charge|in march"),
    ("bank", "i'd like to|check my balance"),
    ("bank", "can you tell me|how much i have|in my savings account"),
    ("bank", "i lost my card|and i need a new one"),
    ("bank", "uh|what are your|opening hours"),
    ("bank", "i'd like to transfer|two hundred and|fifty dollars"),
    ("bank", "um|i was charged|twice last month"),
    ("bank", "i need to|send money|to my sister"),
    ("bank", "there is a payment|on my statement|that i don't recognize"),
    ("bank", "i want to|speak to|a real person"),
    ("bank", "can you send me|a statement|for march"),
    ("clinic", "i want to|um|change my appointment|to next tuesday"),
    ("clinic", "i'd like to make|an appointment|with doctor patel"),
    ("clinic", "i need to cancel|my appointment|on friday"),
    ("clinic", "has my prescription|been refilled"),
    ("clinic", "uh|do you have|anything tomorrow morning"),
    ("retail", "i want to return|um|a pair of shoes|i bought last week"),
    ("retail", "i'd like to know|where my order is"),
    ("retail", "do you have|the blue jacket|in stock"),
    ("retail", "i'd like a refund|instead of|an exchange"),
    ("retail", "i want to change|my delivery address"),
)
OPEN = (
    ("bank", "what's my balance"),
    ("bank", "i want to transfer money to my savings account"),
    ("bank", "i was charged twice and i want my money back"),
    ("bank", "are you open on saturday"),
    ("bank", "somebody stole my wallet with my card"),
    ("bank", "please mail me last month's statement"),
    ("bank", "how much does a transfer cost"),
    ("bank", "i forgot my pin"),
    ("bank", "can somebody call me back"),
    ("bank", "i want to talk to a person"),
    ("clinic", "i'd like to make an appointment"),
    ("clinic", "can i come tomorrow morning"),
    ("clinic", "please cancel my appointment"),
    ("clinic", "do you have parking"),
    ("clinic", "where are you located"),
    ("retail", "where is my order"),
    ("retail", "i want to return a pair of shoes"),
    ("retail", "do you have this in large"),
    ("retail", "when will it arrive"),
    ("retail", "it came broken"),
)
YES = ("yes", "yeah", "yep", "yes please", "that's right", "sure", "correct", "yes that's right")
NO = ("no", "nope", "no thanks", "no that's wrong", "no thank you", "that's wrong")
FROM = (
    "checking",
    "savings",
    "business",
    "my savings account",
    "the checking account",
    "from savings please",
)
SIZES = ("small", "medium", "large", "extra large", "the small one", "the large one please")


LISTENING = ("uh huh", "yeah", "okay", "mm hmm")
"""Said into a prompt, these tell that one listens."""

PROMPTS = (
    "Your last payment of forty two dollars and nineteen cents was booked on Tuesday, the third of March, "
    "and the balance of your account is eight hundred and twelve dollars. What is your account number?",
    "We are open from nine to five on weekdays and from ten to two on Saturdays, and you will find us at "
    "the corner of Main Street and Park Avenue, right beside the station. Shall I do that?",
)
"""What the project's voice says when it is interrupted: first for a number, then for a yes or no."""


@dataclass(frozen=True, slots=True)
class Line:
    """
    What is said with its pauses, and where: a slot of the flow ``dictation``, or an open question.

    The flow ``listening`` stands for back-channels, ``prompt`` for what callers interrupt.
    """

    said: str
    slot: str = ""
    flow: str = "dictation"
    pauses_ms: tuple[int, ...] = ()

    @property
    def pieces(self) -> tuple[str, ...]:
        return tuple(self.said.split("|"))

    @property
    def text(self) -> str:
        return self.said.replace("|", " ")


def lines() -> list[Line]:
    """Return all sentences, dictations first; the same each time."""
    draw = Random(SEED)
    made: list[Line] = []
    for slot, count, make in DICTATED:
        made += [_paused(draw, make(draw), slot) for _ in range(count)]
    made += [_paused(draw, said, "", flow) for flow, said in HESITANT]
    for slot, count, make in SHORT:
        made += [Line(make(draw).replace("|", " "), slot) for _ in range(count)]
    made += [Line(said, "agreed") for said in (*YES, *NO)] + [Line(said, "from") for said in FROM]
    made += [Line(said, "size") for said in SIZES]
    made += [Line(said, "", flow) for flow, said in OPEN]
    made += [Line(LISTENING[number % len(LISTENING)], "", "listening") for number in range(24)]
    return made + [Line(said, "", "prompt") for said in PROMPTS]


def _paused(draw: Random, said: str, slot: str, flow: str = "dictation") -> Line:
    pauses = tuple(draw.randrange(PAUSE_MS[0], PAUSE_MS[1] + 1, 20) for _ in range(said.count("|")))
    return Line(said, slot, flow, pauses)


def spelled(draw: Random, digits: str) -> str:
    """Return a group of digits as it is said: "four double oh"."""
    return " ".join(_spoken(draw, digits))


def _spoken(draw: Random, digits: str) -> Iterator[str]:
    zero = "oh" if draw.random() < 0.6 else "zero"
    at = 0
    while at < len(digits):
        word = zero if digits[at] == "0" else DIGITS[int(digits[at])]
        pair = digits[at : at + 2] == digits[at] * 2 and digits[at : at + 3] != digits[at] * 3
        if pair and draw.random() < 0.5:
            yield f"double {word}"
            at += 2
        else:
            yield word
            at += 1


def _grouped(draw: Random, digits: str, groups: Sequence[int], carriers: Sequence[str]) -> str:
    carrier = draw.choice(carriers)
    pieces = [carrier] if carrier else []
    for length in groups:
        pieces.append(spelled(draw, digits[:length]))
        digits = digits[length:]
    return "|".join(pieces)


def _digits(draw: Random, count: int) -> str:
    return "".join(draw.choice("0123456789") for _ in range(count))


def account(draw: Random) -> str:
    return _grouped(draw, _digits(draw, 8), draw.choice(GROUPS), ACCOUNT)


def card(draw: Random) -> str:
    return _grouped(draw, with_luhn("4" + _digits(draw, 14)), (4, 4, 4, 4), CARD)


def member(draw: Random) -> str:
    digits = _digits(draw, draw.choice((6, 7, 9, 10)))
    groups = [1] * len(digits) if draw.random() < 0.3 else [3] * (len(digits) // 3 + 1)
    return _grouped(draw, digits, groups, MEMBER).rstrip("|")


def pin(draw: Random) -> str:
    return _grouped(draw, _digits(draw, 4), (2, 2), ("my pin is", "um", "it's", ""))


def day(draw: Random) -> str:
    form = draw.choice(
        ("it was on the|{d} of|{m}", "um|i think it was the {d}|of {m}", "{m}|{d}", "on the {d}|of {m}")
    )
    return form.format(d=draw.choice(DAYS), m=draw.choice(MONTHS))


def born(draw: Random) -> str:
    year = f"nineteen {draw.choice(TENS[2:])} {draw.choice(DIGITS[1:])}"
    form = draw.choice(("{m} {d}|{y}", "the {d} of {m}|{y}", "i was born on|{m} {d}|{y}"))
    return form.format(d=draw.choice(DAYS), m=draw.choice(MONTHS), y=year)


def visit(draw: Random) -> str:
    week = draw.choice(("monday", "tuesday", "wednesday", "thursday", "friday"))
    form = draw.choice(("next|{w}", "um|tomorrow", "how about|the {d} of|{m}", "on|{w}", "maybe|on {w}"))
    return form.format(w=week, d=draw.choice(DAYS), m=draw.choice(MONTHS[7:10]))


def amount(draw: Random) -> str:
    tens, one = draw.choice(TENS), draw.choice(DIGITS[1:])
    form = draw.choice(
        (
            "{o} hundred|and {t} dollars",
            "{t} {o} dollars|and nineteen cents",
            "um|{o} hundred dollars",
            "{o} thousand|two hundred dollars",
            "it was|{t} {o} dollars",
        )
    )
    return form.format(t=tens, o=one)


def home(draw: Random) -> str:
    number = draw.choice(
        ("two hundred twelve", "four fifty two", "twelve thirty four", "nine hundred", "eighty one")
    )
    parts = [number, f"{draw.choice(STREETS)} {draw.choice(KINDS)}"]
    if draw.random() < 0.6:
        parts.append(f"apartment {draw.choice(DIGITS[1:])}")
    if draw.random() < 0.5:
        parts.append(draw.choice(CITIES))
    return "|".join(parts)


def with_luhn(digits: str) -> str:
    """Return *digits* with their check digit (ISO/IEC 7812-1) behind them."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        doubled = int(sign) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return digits + str(-total % 10)


DICTATED: tuple[tuple[str, int, Callable[[Random], str]], ...] = (
    ("account", 54, account),
    ("card", 30, card),
    ("member", 16, member),
    ("pin", 12, pin),
    ("day", 14, day),
    ("born", 12, born),
    ("visit", 10, visit),
    ("amount", 18, amount),
    ("home", 24, home),
)
SHORT = (("account", 12, account), ("amount", 12, amount), ("day", 12, day), ("pin", 6, pin))
"""The same said in one breath."""
