"""Which slots the examples of a flow fill, which choices they never name, and which words choices share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..dialogue.flow import Flow
from ..events import Value
from ..understanding.flow_words import FlowWords
from .judging import Examples

__all__ = ["Collision", "SlotUse", "collisions", "slot_uses"]

LONG_LIST = 200
"""A slot with more choices is filled from a list: nobody writes an example for each."""

SOUNDS_ALIKE = 0.8
"""From this closeness on the telephone makes one of the other."""

Alike = Callable[[str, str], float]
"""How alike two phrases sound, 0 to 1."""


@dataclass(frozen=True, slots=True)
class SlotUse:
    """
    How often a slot's value is said in the examples of the tasks that ask for it.

    Values are those of a sentence said out of the blue: a slot that is filled only when asked for has none.
    """

    slot: str
    kind: str
    tasks: tuple[str, ...]
    examples: int
    """Examples of the tasks that ask for it; those with its value are *filled*."""

    filled: int
    choices_never_said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collision:
    """Two choices that the same words, or words that sound alike, would mean."""

    phrase: str
    slot: str
    choice: str
    other_phrase: str
    other_slot: str
    other_choice: str
    alike: float
    """1 if the phrases are the same."""


def slot_uses(
    flow: Flow, examples: Examples, values_of: Callable[[str], Sequence[Value]]
) -> tuple[SlotUse, ...]:
    """Return how the *examples* use the slots that callers fill; *values_of* finds their values."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for intent, sentences in examples.items():
        task = flow.tasks.get(flow.tasks_of.get(intent, ""))
        for name in task.slots if task else ():
            said[name] += sentences
    found = {sentence: values_of(sentence) for sentence in {one for ones in said.values() for one in ones}}
    named = {value.value for values in found.values() for value in values if value.kind == "choice"}
    asked = [
        slot for slot in flow.slots.values() if any(slot.name in task.slots for task in flow.tasks.values())
    ]
    return tuple(
        SlotUse(
            slot.name,
            slot.type,
            tuple(name for name, task in flow.tasks.items() if slot.name in task.slots),
            len(said[slot.name]),
            sum(any(_fills(value, slot.name, slot.type) for value in found[one]) for one in said[slot.name]),
            tuple(name for name in slot.choices if name not in named and len(slot.choices) <= LONG_LIST),
        )
        for slot in asked
        if slot.type not in ("yesno", "text")
    )


def _fills(value: Value, slot: str, kind: str) -> bool:
    return not value.denied and (value.slot == slot or (not value.slot and value.kind == kind))


def collisions(words: FlowWords, alike: Alike) -> tuple[Collision, ...]:
    """
    Return the phrases of different choices that are the same or sound alike.

    The same choice in several slots (accounts from and to) is no collision: the words around it tell.
    """
    return tuple(sorted(_colliding(words.choices, alike), key=lambda one: (-one.alike, one.slot, one.phrase)))


def _colliding(choices: Mapping[str, Mapping[str, Sequence[str]]], alike: Alike) -> Iterator[Collision]:
    phrases = [
        (slot, name, phrase.lower())
        for slot, named in choices.items()
        if len(named) <= LONG_LIST
        for name, ways in named.items()
        for phrase in ways
    ]
    told: set[tuple[str, str, str, str]] = set()
    for at, (slot, name, phrase) in enumerate(phrases):
        for other_slot, other, other_phrase in phrases[at + 1 :]:
            key = (name, other, phrase, other_phrase)
            if name == other or key in told:
                continue
            # between slots only the same words collide: one question listens for one slot's sounds
            near = (
                1.0 if phrase == other_phrase else alike(phrase, other_phrase) if slot == other_slot else 0.0
            )
            if near >= SOUNDS_ALIKE:
                told.add(key)
                yield Collision(phrase, slot, name, other_phrase, other_slot, other, round(near, 3))
