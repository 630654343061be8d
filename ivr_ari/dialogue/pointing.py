"""
Words that point back, made into values: "the last one", "the other one", "same as before", "not Boston".

What they point at is read off the question, what the caller has heard of it, and what was told before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..events import Act, Kind, Meaning, Value
from .draft import Draft
from .ears import heard_options, spoken_options
from .flow import Slot
from .scope import awaited_slot, dictated, slots_at_hand
from .slots import KINDS, fit, suits
from .talk import Filled

__all__ = ["SPAN", "Pointed", "pointed", "the_option"]

SPAN = 999
"""The word index of values nobody spoke: beside every request."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A meaning whose words that point are values, and what else they come to."""

    meaning: Meaning
    wrong: str = ""
    """The slot whose value was denied, with no other in its place."""

    same: Filled | None = None
    """The value that is the same as before."""

    nothing: bool = False
    """"Same as before", but there was nothing before."""


def pointed(draft: Draft, meaning: Meaning) -> Pointed:
    """Return *meaning* with values in the place of words that point."""
    meaning = _places(draft, meaning)
    if any(value.denied for value in meaning.values):
        if dictated(draft, meaning):
            return Pointed(replace(meaning, values=tuple(one for one in meaning.values if not one.denied)))
        return _denied(draft, meaning)
    if "same" in meaning.acts:
        return _same(draft, meaning)
    if "other" in meaning.acts:
        return _other(draft, meaning)
    return Pointed(_that_one(draft, meaning))


def _places(draft: Draft, meaning: Meaning) -> Meaning:
    """Make "the first one" the option in that place of the question, or of what is corrected."""
    slot = awaited_slot(draft)
    if slot is None or slot.type != "choice":
        meant = {"correct", "deny"} & set(meaning.acts)
        slot = _latest_choice(draft) if meant else None
    if slot is None or any(value.kind == "choice" for value in meaning.values):
        return meaning
    options = spoken_options(draft.flow, draft.talk) if slot == awaited_slot(draft) else tuple(slot.choices)
    heard = heard_options(draft.talk) if slot == awaited_slot(draft) else ()
    values = []
    for value in meaning.values:
        name = the_option(value, options, heard)
        values.append(replace(value, kind="choice", value=name, slot=slot.name) if name else value)
    return replace(meaning, values=tuple(values))


def the_option(value: Value, options: Sequence[str], heard: Sequence[str]) -> str:
    """Return the option in the place *value* names; the last one is the last that was *heard*."""
    if value.kind not in ("number", "ordinal") or value.value not in ("-1", *map(str, range(1, 10))):
        return ""
    place = int(str(value.value))
    if place < 0:
        return (heard or options or ("",))[-1]
    return options[place - 1] if place <= len(options) else ""


def _that_one(draft: Draft, meaning: Meaning) -> Meaning:
    """A yes into a list of options takes the one that was named last."""
    slot, waiting, heard = awaited_slot(draft), draft.talk.waiting, heard_options(draft.talk)
    if slot is None or waiting is None or waiting.what != "slot" or slot.type != "choice":
        return meaning
    if not (draft.talk.cut and heard and _only_yes(meaning)):
        return meaning
    return replace(meaning, values=(_value(slot, heard[-1]),))


def _only_yes(meaning: Meaning) -> bool:
    said = [(value.kind, value.value) for value in meaning.values]
    return not meaning.requests and (said == [("yesno", "yes")] or ("affirm" in meaning.acts and not said))


def _denied(draft: Draft, meaning: Meaning) -> Pointed:
    """
    "Not Boston, Austin": the slot that holds what was denied gets the other value.

    Without another, of two options the other one is meant; else the slot is asked for anew.
    """
    no = [value for value in meaning.values if value.denied]
    values = tuple(value for value in meaning.values if not value.denied)
    slot = next((slot for value in no for slot in [_holder(draft, value)] if slot), None)
    acts = _correcting(meaning.acts)
    if slot is None:
        slot = awaited_slot(draft)
        if slot is None or not any(suits(slot, value) for value in no):
            return Pointed(replace(meaning, values=values))
    if any(suits(slot, replace(value, slot=slot.name)) for value in values if value.slot in ("", slot.name)):
        values = tuple(
            replace(value, slot=slot.name) if not value.slot and suits(slot, value) else value
            for value in values
        )
        return Pointed(replace(meaning, acts=acts, values=values))
    left = [name for name in slot.choices if name not in {value.value for value in no}]
    if len(left) == 1:
        values = (*values, _value(slot, left[0]))
        return Pointed(replace(meaning, acts=acts, values=values))
    wrong = slot.name if slot.name in draft.talk.slots else ""
    return Pointed(replace(meaning, values=values), wrong)


def _holder(draft: Draft, value: Value) -> Slot | None:
    """Return the slot at hand that holds what was denied, the latest one."""
    within = {slot.name for slot in slots_at_hand(draft, ended=True)}
    for name in reversed(tuple(draft.talk.slots)):
        slot = draft.flow.slots[name]
        meant = replace(value, slot=name)
        if name not in within or value.slot not in ("", name) or not suits(slot, meant):
            continue
        if fit(slot, meant, draft.talk.today) == draft.talk.slots[name]:
            return slot
    return None


def _latest_choice(draft: Draft) -> Slot | None:
    """Return the choice that was made last, of those that can still be meant."""
    within = {slot.name for slot in slots_at_hand(draft, ended=True)}
    names = [name for name in reversed(tuple(draft.talk.slots)) if name in within]
    return next((draft.flow.slots[name] for name in names if draft.flow.slots[name].choices), None)


def _other(draft: Draft, meaning: Meaning) -> Pointed:
    """
    "The other one": of two options the one that was not taken.

    Of more than two, nobody knows which: what was taken is asked for anew.
    """
    awaited = awaited_slot(draft)
    taken_before = {**draft.talk.before, **draft.talk.slots}
    asked = awaited if awaited and awaited.choices and awaited.name in taken_before else None
    slot = asked or _latest_choice(draft)
    if slot is None or any(value.kind == "choice" for value in meaning.values):
        return Pointed(meaning)
    taken = taken_before.get(slot.name)
    left = [name for name in slot.choices if name != taken]
    if taken is None or not left:
        return Pointed(meaning)
    if len(left) > 1:
        return Pointed(meaning, slot.name if slot.name in draft.talk.slots else "")
    acts = _correcting(meaning.acts)
    return Pointed(replace(meaning, acts=acts, values=(*meaning.values, _value(slot, left[0]))))


def _same(draft: Draft, meaning: Meaning) -> Pointed:
    """
    "Same as before": what the slot held before in this call, or else the latest answer of the same type.

    At the open question there is nothing it could be: what is done is not put back by these words.
    """
    waiting = draft.talk.waiting
    slot = awaited_slot(draft)
    if waiting and waiting.what == "main":
        return Pointed(meaning, nothing=not (meaning.requests or meaning.values))
    if slot is None:
        changed = [name for name in reversed(tuple(draft.talk.slots)) if name in draft.talk.before]
        slot = draft.flow.slots[changed[0]] if changed else None
    elif waiting and waiting.what == "check":
        return Pointed(meaning)
    value = _before(draft, slot) if slot else None
    if slot is None or not isinstance(value, str):
        return Pointed(meaning, nothing=True)
    acts = _correcting(meaning.acts) if slot.name in draft.talk.slots else meaning.acts
    values = (*meaning.values, _value(slot, value))
    return Pointed(replace(meaning, acts=acts, values=values), same=value)


def _before(draft: Draft, slot: Slot) -> Filled | None:
    if slot.name in draft.talk.before:
        return draft.talk.before[slot.name]
    for name in reversed(tuple(draft.talk.slots)):
        other, value = draft.flow.slots[name], draft.talk.slots[name]
        alike = other.type == slot.type and other.own == slot.own and not other.sensitivity
        if not alike or not other.ask or not isinstance(value, str):
            continue
        if fit(slot, _value(slot, value), draft.talk.today) == value:
            return value
    return None


def _correcting(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    return acts if "correct" in acts else (*acts, "correct")


def _value(slot: Slot, text: str) -> Value:
    kind: Kind = KINDS[slot.type][0]
    return Value(kind, text, SPAN, SPAN, slot=slot.name)
