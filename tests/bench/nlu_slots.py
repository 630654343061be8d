"""
Slots of NLU++, read by the product's own pipeline: normalised values must be exact.

*Asked*: one turn a slot, in which that slot was asked for. *Open*: one turn an utterance, nothing asked;
beside it how many are right with their role (from or to), and the share of all values given that was
annotated.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr_ari.events import Heard, Value, Word
from ivr_ari.understanding.spacy_nlu import Understander

from .nlu_data import DOMAINS, Utterance, folds
from .nlu_misheard import misheard
from .nlu_slot_flow import FAMILIES, NUMBERED, TODAY, TYPES, exact, expectation, flow_words, right_value
from .nlu_spoken import spoken

__all__ = ["SlotFigures", "Slots", "judge_slots"]

Say = Callable[[str], str]


@dataclass
class Count:
    """How many values are annotated, and how many of them are right."""

    annotated: int = 0
    asked: int = 0
    open: int = 0
    role: int = 0


@dataclass
class SlotFigures:
    """All slots of a set of sentences."""

    slots: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    given: int = 0
    """Values given in open turns."""

    matched: int = 0
    """... of which so many are annotated."""

    heard: int = 0
    """Annotated values whose words were all heard, in their order."""

    missed: list[str] = field(default_factory=list)

    @property
    def total(self) -> Count:
        found = Count()
        for one in self.slots.values():
            found.annotated += one.annotated
            found.asked += one.asked
            found.open += one.open
            found.role += one.role
        return found

    @property
    def precision(self) -> float:
        return self.matched / max(self.given, 1)


class Slots:
    """The pipeline of a flow with these slots."""

    def __init__(self, cache: Path | None = None) -> None:
        self._understander = Understander(flow_words(), cache=cache)

    def values(self, sentence: str, asked: str = "") -> Sequence[Value]:
        """Return the values of *sentence* where the slot *asked*, or nothing, is asked for."""
        heard = Heard(tuple(Word(word) for word in sentence.split()))
        return self._understander.understand(heard, expectation(asked), today=TODAY).values


def judge_slots(slots: Slots, utterances: Sequence[Utterance], say: Say) -> SlotFigures:
    """Judge the annotated values of *utterances*, each said as *say* has it."""
    figures = SlotFigures()
    for utterance in utterances:
        sentence = say(utterance.text)
        given = [value for value in slots.values(sentence) if value.kind in TYPES.values()]
        left = list(given)
        for slot, right in _annotated(utterance):
            count = figures.slots[slot]
            count.annotated += 1
            figures.heard += f" {spoken(utterance.slots[slot]['text'])} " in f" {spoken(sentence)} "
            answer = _answer(slots.values(sentence, slot), slot)
            good = answer is not None and exact(answer, right)
            count.asked += good
            found = next((one for one in left if exact(one, right) and _may_be(one, slot)), None)
            if found is not None:
                left.remove(found)
                figures.matched += 1
                count.open += 1
                count.role += found.slot == slot or (not found.slot and slot in ROLELESS)
            if not (good and found is not None):
                heard = ", ".join(f"{one.slot or one.kind}={one.value}" for one in given)
                asked = answer.value if answer is not None else "nothing"
                figures.missed.append(
                    f"{slot}: {sentence!r}: {right}; asked {asked}; open {heard or 'nothing'}"
                )
        figures.given += len(given)
    return figures


ROLELESS = frozenset(("date", "time", "number", "amount_of_money", "person_name"))
"""A value without a role may be theirs."""


def _annotated(utterance: Utterance) -> Iterator[tuple[str, str]]:
    for slot, annotated in utterance.slots.items():
        if slot in TYPES and (right := right_value(slot, annotated)):
            yield slot, right


def _answer(values: Sequence[Value], slot: str) -> Value | None:
    """Return the value that would fill the slot that was asked for."""
    kind = TYPES[slot]
    fitting = [value for value in values if value.kind == kind]
    siblings = FAMILIES[slot]
    for wanted in ({slot}, {""}, siblings):
        for value in fitting:
            if value.slot in wanted:
                return value
    return None


def _may_be(value: Value, slot: str) -> bool:
    if value.kind != TYPES[slot]:
        return False
    return value.slot in FAMILIES[slot] or (value.slot == "" and slot not in NUMBERED)


def main() -> None:
    """``python -m tests.bench.nlu_slots FOLDER``: slots alone, with every miss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--written", action="store_true", help="sentences as the data writes them")
    parser.add_argument("--misheard", action="store_true", help="one word of five misheard")
    parser.add_argument("--missed", action="store_true", help="print what was missed")
    given = parser.parse_args()
    everything = [one for name in DOMAINS for fold in folds(given.folder, name) for one in fold]
    say: Say = str if given.written else spoken
    if given.misheard:
        say = lambda text: misheard(spoken(text))  # noqa: E731
    figures = judge_slots(Slots(), everything, say)
    if given.missed:
        print("\n".join(figures.missed))
    for slot, count in (*sorted(figures.slots.items()), ("all", figures.total)):
        shares = [one / max(count.annotated, 1) for one in (count.asked, count.open, count.role)]
        print(f"{slot:16}{count.annotated:5}" + "".join(f"{share:8.1%}" for share in shares))
    print(f"precision {figures.precision:.1%}")


if __name__ == "__main__":
    main()
