"""What to do about a confusion, in a sentence for whoever writes the examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .example_faults import ALIKE
from .judging import Examples

__all__ = ["Mistake", "advise"]

FAR = 0.6
"""A sentence whose nearest fellow has a smaller cosine is the only one of its kind."""

MIXED = 2
"""So many mistakes in each direction: two intents that even the examples do not tell apart."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A sentence taken wrongly, and the examples it is nearest to: of its own intent, and of any other."""

    said: str
    confidence: float
    own: str
    own_cosine: float
    other: str
    other_intent: str
    other_cosine: float


def advise(meant: str, taken: str, mistakes: Sequence[Mistake], back: int, examples: Examples) -> str:
    """Say what to do about *mistakes* of one kind; *back* of the reverse kind were made too."""
    first = mistakes[0]
    if taken.startswith("("):
        return (
            f"these words are the act {taken[1:-1]}, understood everywhere without examples: leave "
            "them out, or say in the flow's `anywhere` what the act does"
        )
    if not taken:
        lonely = next((one for one in mistakes if one.own_cosine < FAR), None)
        if lonely:
            return (
                f'"{lonely.said}" is like no other example of {meant}: write two or three more in those words'
            )
        return f"not sure enough: {_more(meant, examples)}"
    if " + " in taken:
        return "heard as several requests: right if a caller who says so wants both, else say it shorter"
    twin = next((one for one in mistakes if one.other_intent == taken and one.other_cosine >= ALIKE), None)
    if twin:
        return f'"{twin.said}" says the same as "{twin.other}" ({taken}): let one intent have both'
    if len(mistakes) >= MIXED and back >= MIXED:
        return f"mixed up both ways: make {meant} and {taken} one intent, and ask which is meant"
    if first.own_cosine < FAR:
        return f'"{first.said}" is like no other example of {meant}: write two or three more in those words'
    return f"say in more examples of {meant} what {taken} never says: {_more(meant, examples)}"


def _more(meant: str, examples: Examples) -> str:
    return f"vary the verb and the noun ({meant} has {len(examples[meant])} examples)"
