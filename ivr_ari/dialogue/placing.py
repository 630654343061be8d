"""Where the values of an utterance belong: the question asked, a question to come, or an older answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..events import Meaning, Value
from .confirming import policy
from .correct import correct, passed
from .draft import Draft
from .flow import Slot
from .musts import unmet
from .scope import awaited_slot, called_alike, dictated, needed_tasks, slots_at_hand, tasks_at_hand
from .slots import fit, readings, suits
from .steps import ConfirmStep
from .talk import Filled

__all__ = ["Placed", "place", "take"]

ONLY_IF_MEANT = ("digits", "number", "text", "yesno", "name", "id")
"""Types whose values turn up by chance: they replace an older answer only where words say so."""


PASSES = 0.1
"""The share of wrong numbers that pass a check digit."""

OTHER_READING = 0.8
"""How sure what is right in another reading is, beside what is right as it was understood."""

YES_OR_NO = ("check", "confirm", "wrong", "cancel", "person")
"""What is asked for with yes or no."""


@dataclass(slots=True)
class Placed:
    """What became of the values of an utterance."""

    filled: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    refused: str = ""
    """A slot that was meant, but whose value was not right."""

    reason: str = ""
    """The prompt that says why."""

    told: bool = False
    """The caller was told that something cannot be changed."""

    named: list[str] = field(default_factory=list)
    """Slots that the words pointed to."""

    offer: str = ""
    """The slot for whose sake a person is offered."""

    @property
    def anything(self) -> bool:
        return bool(self.filled or self.corrected or self.told)


def place(draft: Draft, meaning: Meaning) -> Placed:
    """Put each value of *meaning* where it belongs."""
    placed = Placed()
    correcting = "correct" in meaning.acts
    words = _Words(
        correcting,
        correcting or "deny" in meaning.acts,
        "deny" in meaning.acts,
        bool(meaning.requests),
        dictated(draft, meaning),
    )
    for value in meaning.values:
        slot = _home(draft, value, _task_of(draft, meaning, value), words)
        if slot is not None and _only_words(draft, slot, words, bool(value.slot)):
            continue
        if slot is not None:
            _put(draft, placed, slot, replace(value, slot=slot.name), bool(value.slot))
        elif correcting and value.slot in draft.talk.slots:
            placed.offer = value.slot
    if placed.offer and not placed.told:
        draft.say("already-done")
        placed.told = True
    return placed


def _only_words(draft: Draft, slot: Slot, words: _Words, named: bool) -> bool:
    """
    Return whether a value is part of a text asked for: "the blue one leaks" does not repaint the car.

    A slot that is still empty takes a value out of a dictated text only where words point to it.
    """
    awaited = awaited_slot(draft)
    dictating = awaited is not None and awaited.type == "text" and slot != awaited
    part = slot.name in draft.talk.slots or (words.dictated and not named)
    return dictating and not words.meant and part


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words around a value say."""

    correcting: bool
    meant: bool
    """Something is to be changed."""

    denying: bool
    asking: bool
    """They also ask for something else."""

    dictated: bool
    """They are the text that is asked for."""


def _task_of(draft: Draft, meaning: Meaning, value: Value) -> str:
    """Return the task whose request holds *value*, or nothing."""
    holding = [request for request in meaning.requests if value in request.values]
    around = [one for one in meaning.requests if one.first <= value.first <= value.last <= one.last]
    names = [draft.flow.tasks_of.get(request.intent, "") for request in (*holding, *around)]
    at_hand = tasks_at_hand(draft)
    return next((name for name in names if name in at_hand or (name and draft.flow.tasks[name].answer)), "")


def _home(draft: Draft, value: Value, task: str, words: _Words) -> Slot | None:
    """Return the slot *value* belongs to."""
    awaited = awaited_slot(draft)
    if value.slot in draft.flow.slots:
        slot = _named(draft, value, awaited, words)
        return slot if slot and (slot == awaited or _due(draft, slot, words)) else None
    if value.kind == "yesno" and draft.talk.waiting and draft.talk.waiting.what in YES_OR_NO:
        return None  # it is the answer to the question
    if task and draft.flow.tasks[task].answer:
        return None  # "are you open on saturday" says no day to the question asked
    own = _fitting(draft, value, (task, *needed_tasks(draft, task))) if task else []
    if own:
        return own[0] if len(own) == 1 else None
    listed = _confirmed(draft, value)
    if listed:
        return listed
    wanted = awaited if awaited and suits(awaited, value) else None
    older = _older(draft, value, words)
    if wanted and not task and not (words.denying and older and wanted.name not in draft.talk.slots):
        return wanted
    if words.meant and older:
        return older
    empty = _fitting(draft, value, tasks_at_hand(draft))
    return (empty[0] if len(empty) == 1 else None) or wanted or older


def _confirmed(draft: Draft, value: Value) -> Slot | None:
    """Return the only one of the slots being confirmed that *value* suits: "yes, but for five"."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what not in ("confirm", "wrong") or value.kind == "yesno":
        return None
    step = draft.task.steps[draft.top.at]
    names = step.slots if isinstance(step, ConfirmStep) else ()
    suiting = [draft.flow.slots[name] for name in names if suits(draft.flow.slots[name], value)]
    return suiting[0] if len(suiting) == 1 else None


def _named(draft: Draft, value: Value, awaited: Slot | None, words: _Words) -> Slot | None:
    """Return the slot that the words point to, or one at hand that is called the same."""
    named = draft.flow.slots[value.slot]
    within = slots_at_hand(draft, words.meant or not draft.talk.stack)
    if (named == awaited or named in within) and suits(named, value):
        return named
    alike = [awaited] if awaited else []
    alike += [slot for slot in within if slot != awaited]
    for slot in alike:
        if called_alike(draft.flow, named, slot) and suits(slot, replace(value, slot=slot.name)):
            return slot
    return None


def _due(draft: Draft, slot: Slot, words: _Words) -> bool:
    """
    Return whether an answer that was not asked for is taken.

    Where the flow wants to ask first, its words ("account") turn up anywhere: then they count only as a
    correction of what is being confirmed.
    """
    if slot.early:
        return True
    return slot.name in draft.talk.slots and (words.meant or (_confirming(draft) and not words.asking))


def _confirming(draft: Draft) -> bool:
    return draft.talk.waiting is not None and draft.talk.waiting.what in ("confirm", "wrong")


def _fitting(draft: Draft, value: Value, tasks: Iterable[str]) -> list[Slot]:
    """
    Return the slots still to be asked for that *value* can mean.

    The nearest task with a fitting slot decides; if two of its slots fit, the caller has not said which,
    and nothing is guessed.
    """
    for name in tasks:
        fitting = [slot for slot in _own(draft, name) if _fits_empty(draft, slot, value)]
        if fitting:
            return fitting
    return []


def _own(draft: Draft, task: str) -> Iterable[Slot]:
    return (draft.flow.slots[name] for name in draft.flow.tasks[task].slots)


def _fits_empty(draft: Draft, slot: Slot, value: Value) -> bool:
    if not slot.early or slot.type != value.kind or slot.type == "text" or slot.name in draft.talk.slots:
        return False
    return suits(slot, value) and fit(slot, value, draft.talk.today) is not None


def _older(draft: Draft, value: Value, words: _Words) -> Slot | None:
    """Return the latest answer of the kind of *value*."""
    within = {slot.name for slot in slots_at_hand(draft, words.meant or not draft.talk.stack)}
    for name in reversed(tuple(draft.talk.slots)):
        slot = draft.flow.slots[name]
        if name not in within or not suits(slot, value):
            continue
        if words.meant or (slot.type == value.kind and slot.type not in ONLY_IF_MEANT):
            return slot
    return None


def _put(draft: Draft, placed: Placed, slot: Slot, value: Value, named: bool) -> None:
    """Fill or correct *slot*; what named the slot goes before what did not."""
    fitted, reason = _fitted(draft, slot, value)
    if fitted is None or reason:
        placed.refused, placed.reason = slot.name, reason
        return
    value = replace(value, confidence=_believed(draft, slot, value, fitted))
    before, again = draft.talk.slots.get(slot.name), slot.name in placed.filled
    if again and slot.name in placed.named and not named:
        return
    placed.named += [slot.name] if named else []
    if before == fitted:
        placed.filled.append(slot.name)
    elif before is None and slot != awaited_slot(draft) and passed(draft, slot.name):
        if correct(draft, slot.name, fitted, aloud=False):
            placed.corrected.append(slot.name)
        else:
            placed.told = True
    elif before is None or slot == awaited_slot(draft) or again:
        take(draft, slot, fitted, value.confidence)
        placed.filled.append(slot.name)
    elif correct(draft, slot.name, fitted):
        placed.corrected.append(slot.name)
    else:
        placed.told, placed.offer = True, slot.name


def _fitted(draft: Draft, slot: Slot, value: Value) -> tuple[Filled | None, str]:
    """Return the likeliest reading that meets the slot's conditions; else the first and why it does not."""
    refused: list[tuple[Filled, str]] = []
    for reading in readings(slot, value, draft.talk.today):
        reason = unmet(draft, slot.name, reading)
        if not reason:
            return reading, ""
        refused.append((reading, reason))
    return refused[0] if refused else (None, "")


def _believed(draft: Draft, slot: Slot, value: Value, fitted: Filled) -> float:
    """
    Return how sure a value is once it was checked.

    One wrong number in ten passes a check digit; what is right only in another reading is less sure.
    """
    sure = value.confidence
    if slot.check_digit:
        sure = sure / (sure + (1 - sure) * PASSES) if sure else 0.0
    first = fit(slot, replace(value, alternatives=()), draft.talk.today)
    return round(sure if first == fitted else sure * OTHER_READING, 3)


def take(draft: Draft, slot: Slot, value: Filled, confidence: float) -> None:
    """Fill an empty slot, and remember whether its value has to be confirmed."""
    draft.fill(slot.name, value)
    how = policy(draft, slot, confidence)
    unsure = {name: kept for name, kept in draft.talk.unsure.items() if name != slot.name}
    draft.change(unsure={**unsure, slot.name: how} if how else unsure)
