"""Where the values of an utterance belong: the question asked, a question to come, or an older answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..events import Meaning, Request, Value
from .correct import correct
from .draft import Draft
from .flow import Slot
from .slots import fit, suits
from .talk import Policy

__all__ = ["Placed", "place"]

DOUBTFUL = 0.5
"""Below this confidence a value that is confirmed in passing is confirmed by a question."""

ONLY_IF_MEANT = ("digits", "number", "text", "yesno")
"""Types whose values turn up by chance: they replace an older answer only where words say so."""


@dataclass(slots=True)
class Placed:
    """What became of the values of an utterance."""

    filled: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    refused: str = ""
    """A slot that was meant, but whose value was not right."""

    told: bool = False
    """The caller was told that something cannot be changed."""

    @property
    def anything(self) -> bool:
        return bool(self.filled or self.corrected or self.told)


def place(draft: Draft, meaning: Meaning) -> Placed:
    """Put each value of *meaning* where it belongs."""
    placed = Placed()
    correcting = "correct" in meaning.acts
    meant = correcting or "deny" in meaning.acts
    for value in meaning.values:
        slot = _home(draft, value, _task_of(draft, meaning, value), meant, bool(meaning.requests))
        if slot is not None:
            _put(draft, placed, slot, value, correcting)
        elif correcting and value.slot in draft.talk.slots and not placed.told:
            draft.say("already-done")
            placed.told = True
    return placed


def _task_of(draft: Draft, meaning: Meaning, value: Value) -> str:
    """Return the task whose request holds *value*, or nothing."""
    for request in meaning.requests:
        if value in request.values or request.first <= value.first <= value.last <= request.last:
            return _task(draft, request)
    return ""


def _task(draft: Draft, request: Request) -> str:
    name = draft.flow.tasks_of.get(request.intent, "")
    return name if name in _scope(draft) else ""


def _scope(draft: Draft) -> tuple[str, ...]:
    """Return the tasks a value may belong to, nearest first."""
    doing = [frame.task for frame in reversed(draft.talk.stack)]
    if not doing:
        doing = list(draft.talk.outcomes)[-1:]
    return tuple(dict.fromkeys((*doing, *draft.talk.agenda)))


def _slots(draft: Draft, task: str) -> Iterator[Slot]:
    return (draft.flow.slots[name] for name in draft.flow.tasks[task].slots)


def _home(draft: Draft, value: Value, task: str, meant: bool, asking: bool) -> Slot | None:
    """
    Return the slot *value* belongs to.

    *meant*: the words say that something is to be changed; *asking*: they also ask for something else.
    """
    awaited = _awaited(draft)
    within = [slot for name in _scope(draft) for slot in _slots(draft, name)]
    named = draft.flow.slots.get(value.slot)
    if named and suits(named, value) and (named == awaited or named in within):
        return named if named == awaited or _due(draft, named, meant, asking) else None
    if awaited and suits(awaited, value) and not task:
        return awaited
    older = _filled(draft, value, within, meant)
    if meant and older:
        return older
    return _empty(draft, value, task) or (awaited if awaited and suits(awaited, value) else None) or older


def _due(draft: Draft, slot: Slot, meant: bool, asking: bool) -> bool:
    """
    Return whether an answer that was not asked for is taken.

    Where the flow wants to ask first, its words ("account") turn up anywhere: then they count only as a
    correction of what is being confirmed.
    """
    if slot.early:
        return True
    return slot.name in draft.talk.slots and (meant or (_confirming(draft) and not asking))


def _awaited(draft: Draft) -> Slot | None:
    waiting = draft.talk.waiting
    if waiting is None or waiting.what not in ("slot", "check"):
        return None
    return draft.flow.slots[waiting.name]


def _confirming(draft: Draft) -> bool:
    return draft.talk.waiting is not None and draft.talk.waiting.what == "confirm"


def _empty(draft: Draft, value: Value, task: str) -> Slot | None:
    """Return the slot still to be asked for that *value* can only mean, in the nearest task with one."""
    for name in (task,) if task else _scope(draft):
        fitting = [
            slot
            for slot in _slots(draft, name)
            if slot.early and slot.type == value.kind and slot.type != "text"
            if slot.name not in draft.talk.slots and suits(slot, value)
            if fit(slot, value, draft.talk.today) is not None
        ]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _filled(draft: Draft, value: Value, within: list[Slot], meant: bool) -> Slot | None:
    """Return the latest answer of the kind of *value*."""
    for name in reversed(tuple(draft.talk.slots)):
        slot = draft.flow.slots[name]
        if slot not in within or not suits(slot, value):
            continue
        if meant or (slot.type == value.kind and slot.type not in ONLY_IF_MEANT):
            return slot
    return None


def _put(draft: Draft, placed: Placed, slot: Slot, value: Value, correcting: bool) -> None:
    """Fill or correct *slot*."""
    fitted = fit(slot, value, draft.talk.today)
    if fitted is None:
        placed.refused = slot.name
        return
    before = draft.talk.slots.get(slot.name)
    checking = _awaited(draft) == slot
    if before == fitted:
        placed.filled.append(slot.name)
        return
    if before is not None and not checking:
        if correct(draft, slot.name, fitted):
            placed.corrected.append(slot.name)
        else:
            placed.told = True
        return
    draft.fill(slot.name, fitted)
    placed.filled.append(slot.name)
    _doubt(draft, slot, value.confidence)


def _doubt(draft: Draft, slot: Slot, confidence: float) -> None:
    """Remember that a value has to be confirmed."""
    if slot.confirm == "never":
        return
    how: Policy = "explicit" if slot.confirm == "explicit" or confidence < DOUBTFUL else "implicit"
    draft.change(unsure={**draft.talk.unsure, slot.name: how})
