"""
What people say around a closed answer, as a phrase list for a recogniser's run-time grammar.

Such a list is a bigram model (Vosk estimates it from the phrases), so any mix of neighbours can come
out. A bare list of the answers is far worse than no grammar at all: carriers and fillers belong to it.
"""

from __future__ import annotations

from ..events import Expect
from .listening import UNKNOWN, FlowPhrases, Listening

__all__ = ["listening", "phrases"]

DIGITS: tuple[str, ...] = (
    *("zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("double", "triple"),
)

CARRIERS: tuple[str, ...] = (
    "my account number is",
    "the account number is",
    "my pin is",
    "my card number is",
    "my phone number is",
    "the number is",
    "it's",
    "it is",
    "that's",
    "and then",
    "okay",
    "um",
    "uh",
    "sure",
)

ANSWERS: tuple[str, ...] = (
    "yes",
    "yes please",
    "yes that's right",
    "yeah",
    "yep",
    "that's right",
    "that's correct",
    "correct",
    "right",
    "no",
    "nope",
    "no thanks",
    "no thank you",
    "no that's wrong",
    "that's wrong",
)

COMMANDS: tuple[str, ...] = (
    "could you repeat that please",
    "repeat that",
    "go back",
    "start over",
    "help",
    "cancel that",
    "never mind",
    "hold on a second",
    "let me talk to somebody",
    "i want to speak to a real person",
)


def listening(expect: Expect, flow: FlowPhrases) -> Listening:
    """Return what listens in the step that waits for *expect*, in a flow whose callers say *flow*."""
    listed = phrases(expect)
    return Listening(listed, second=bool(listed))


def phrases(expect: Expect) -> tuple[str, ...]:
    """
    Return what a caller says to a closed step, () for a step that is open or takes free values.

    Only digits, yes or no, and choices have short enough answers to be listed.
    """
    if expect.confirm or expect.kinds == ("yesno",):
        answers: tuple[str, ...] = ANSWERS
    elif expect.kinds == ("digits",):
        pairs = tuple(f"{first} {second}" for first in DIGITS for second in DIGITS)
        answers = (*pairs, *(f"{carrier} {digit}" for carrier in CARRIERS for digit in DIGITS))
    elif expect.kinds == ("choice",) and expect.choices:
        answers = tuple(said for _, ways in expect.choices for said in ways)
    else:
        return ()
    return (*answers, *CARRIERS, *COMMANDS, UNKNOWN)
