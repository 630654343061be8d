"""What is wrong with slots: limits that do not fit their type, choices, keys, questions without words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..dialogue.flow import SlotType
from .check_tasks import asking
from .compile_slots import TYPES, keys_of
from .document import Path
from .source import did_you_mean
from .survey import Survey
from .written_slots import Own, Slot
from .written_types import Phrases

__all__ = ["check_slots", "several"]

ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    "length": ("digits", "id", "phone", "text", "name"),
    "check_digit": ("digits", "id"),
    "tense": ("month", "date", "range"),
    "hours_from": ("time",),
    "counts": ("number",),
    "least": ("amount", "number"),
    "most": ("amount", "number"),
    "choices": ("choice",),
    "choices_from": ("choice",),
    "pattern": ("id",),
}
"""What makes a value right, and the types it fits."""

LETTERS: Mapping[str, tuple[str, ...]] = {"luhn": ("digits",), "iban": ("id",), "mod11": ("digits", "id")}
"""Check digits and the types they are of."""

FEW = 20
"""Choices that are named in a message."""

EMPTINESS = ("empty", "filled")


def check_slots(survey: Survey, *, recordings_muted: bool) -> None:
    """Write down every mistake about slots and own types."""
    for name, own in survey.flow.types.items():
        _check_own(survey, name, own)
    for name, slot in survey.flow.slots.items():
        path = ("slots", name)
        kind = survey.type_of(slot)
        _check_fit(survey, path, slot, kind)
        _check_limits(survey, path, slot, kind)
        _check_choices(survey, path, slot, kind)
        _check_sensitivity(survey, path, slot, kind, recordings_muted)
    _check_questions(survey)


def listed(words: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def several(choices: Collection[str], end: str = "") -> str:
    """Return the names of a few choices, nothing of many."""
    return f" {', '.join(choices)}{end}" if len(choices) <= FEW else ""


def _check_own(survey: Survey, name: str, own: Own) -> None:
    path = ("types", name)
    if name in TYPES:
        survey.gathered.problem(
            (*path, "[key]"), f"{name!r} is a type of the language: give yours another name"
        )
    if bool(own.choices or own.choices_from) == bool(own.pattern):
        survey.gathered.problem(
            (*path, "[key]"), f"type {name!r} should have either 'choices' or a 'pattern'"
        )
    _check_written_out(survey, path, own)


def _check_written_out(survey: Survey, path: Path, written: Own | Slot) -> None:
    """Check choices that stand in the flow; a file of choices has been checked line by line."""
    if not written.choices_from:
        _check_phrases(survey, (*path, "choices"), written.choices)


def _check_phrases(survey: Survey, path: Path, choices: Mapping[str, Phrases]) -> None:
    owners: dict[str, str] = {}
    for name, phrases in choices.items():
        if name in EMPTINESS:
            survey.gathered.problem(
                (*path, name, "[key]"), f"choice {name!r} is a word of conditions: rename it"
            )
        for place, phrase in enumerate(phrases):
            if owners.setdefault(phrase, name) != name:
                text = f"{phrase!r} is said for both {owners[phrase]!r} and {name!r}"
                survey.gathered.problem((*path, name, place), text)


def _check_fit(survey: Survey, path: Path, slot: Slot, kind: SlotType) -> None:
    for field, types in ONLY_FOR.items():
        if getattr(slot, field) and kind not in types:
            written = field.replace("_", "-")
            text = f"{written!r} fits {listed(types)} only, not {slot.type}"
            survey.gathered.problem((*path, written, "[key]"), text)
    types = LETTERS.get(slot.check_digit or "", (kind,))
    if kind not in types and kind in ONLY_FOR["check_digit"]:
        text = f"check digit {slot.check_digit!r} is of {listed(types)}, not of {kind}"
        survey.gathered.problem((*path, "check-digit"), text)
    for field in ("choices", "choices_from", "pattern"):
        if slot.type in survey.flow.types and getattr(slot, field):
            written = field.replace("_", "-")
            text = f"{written!r} belongs to type {slot.type!r}, which other slots may share: write it there"
            survey.gathered.problem((*path, written, "[key]"), text)


def _check_limits(survey: Survey, path: Path, slot: Slot, kind: SlotType) -> None:
    if slot.least and slot.most and float(slot.least) > float(slot.most):
        text = f"a 'least' of {slot.least} is above the 'most' of {slot.most}"
        survey.gathered.problem((*path, "least"), text)
    if slot.length and not 1 <= slot.length[0] <= slot.length[1] <= (40 if kind == "digits" else 200):
        survey.gathered.problem((*path, "length"), "should be from 1 to 40 digits, or 200 characters")
    keys = keys_of(slot, kind)
    if keys.most < keys.least:
        text = f"a 'max' of {keys.most} keys is under the 'min' of {keys.least}"
        survey.gathered.problem((*path, "keys", "max"), text)
    if keys.terminator == keys.clear:
        text = f"{keys.terminator} cannot both finish and clear an entry"
        survey.gathered.problem((*path, "keys"), text)


def _check_choices(survey: Survey, path: Path, slot: Slot, kind: SlotType) -> None:
    if kind != "choice":
        if slot.keys.choose:
            survey.gathered.problem((*path, "keys"), f"keys of choices fit a choice only, not {slot.type}")
        return
    own = survey.flow.types.get(slot.type)
    choices = own.choices if own else slot.choices
    if not choices and not (own or slot).choices_from:
        survey.gathered.problem((*path, "[key]"), f"slot {path[1]!r} has no choices to choose from")
    if not own:
        _check_written_out(survey, path, slot)
    owners: dict[str, str] = {}
    for key, choice in slot.keys.choose.items():
        at = (*path, "keys", key)
        if choices and choice not in choices:
            text = f"{choice!r} is none of its choices{several(choices)}{did_you_mean(choice, choices)}"
            survey.gathered.problem(at, text)
        if owners.setdefault(choice, key) != key:
            survey.gathered.problem(at, f"keys {owners[choice]} and {key} both stand for {choice!r}")


def _check_sensitivity(
    survey: Survey, path: Path, slot: Slot, kind: SlotType, recordings_muted: bool
) -> None:
    name, sensitivity = path[1], slot.sensitivity
    if sensitivity not in ("pin", "card"):
        return
    at = (*path, "sensitivity")
    if kind != "digits":
        survey.gathered.problem(at, f"slot {name!r} is {sensitivity}, so its type should be digits")
    if slot.confirm != "never":
        text = f"slot {name!r} is {sensitivity}: nobody may hear it to confirm it"
        survey.gathered.problem((*path, "confirm"), text)
    if sensitivity == "card" and not recordings_muted:
        text = (
            f"slot {name!r} asks for card data, which must not be recorded: hand over to a person, "
            "or declare in the settings that recordings are muted"
        )
        survey.gathered.problem(at, text)


def _check_questions(survey: Survey) -> None:
    for path, name in asking(survey):
        slot = survey.flow.slots.get(name)
        if slot and not slot.ask and survey.gathered.whole:
            survey.gathered.problem(path, f"slot {name!r} is asked for, but has no 'ask' prompt")
