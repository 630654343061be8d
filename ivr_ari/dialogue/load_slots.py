"""Read the `slots:` and `prompts:` of a flow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Literal, cast

from ..events import Keys, Sensitivity
from .flow import Prompt, Slot, SlotType
from .source import Entry
from .steps import Template
from .template import BUILT_IN, fields_of, parse_template

__all__ = ["read_prompts", "read_slots", "read_template"]

TYPES = ("text", "digits", "month", "date", "amount", "yesno", "choice", "number")
SENSITIVITIES = ("pii", "pin", "card", "health")
SLOT_FIELDS = (
    *("type", "sensitivity", "called", "ask", "again", "keypad", "help", "confirm", "check", "implied"),
    *("changed", "invalid", "length", "check-digit", "tense", "least", "most", "choices", "early"),
    *("then-stale", "keys", "silence", "patience", "barge-in"),
)
TIMING = ("min", "max", "first", "between", "terminator", "clear")
KEY_COUNTS: Mapping[str, tuple[int, int]] = {
    "month": (2, 2),
    "date": (4, 4),
    "amount": (1, 7),
    "number": (1, 6),
}
"""How many keys an answer of a type has; one key for those not named here."""


def read_template(entry: Entry, *, built_in: Mapping[str, str] = BUILT_IN) -> Template:
    """Read a text with values; the slots in it are looked up later."""
    template, mistakes = parse_template(entry.text())
    for mistake in mistakes:
        entry.problem(f"is not right: {mistake}")
    for piece in fields_of(template):
        if piece.slot not in built_in:
            entry.source.refer("value", piece.slot, entry.line)
    return template


def read_prompts(section: Entry) -> dict[str, Prompt]:
    """Read texts, each one text, a list of variants, or ``say`` and ``barge-in``."""
    prompts = {}
    for name, entry in section.named("prompt"):
        fields = entry.fields(("say", "barge-in")) if entry.is_map else {"say": entry}
        if "say" not in fields:
            entry.problem("has nothing to say")
            continue
        variants = tuple(read_template(item) for item in fields["say"].items())
        if not variants:
            entry.problem("has nothing to say")
        barge_in = fields["barge-in"].flag() if "barge-in" in fields else True
        prompts[name] = Prompt(name, variants, barge_in)
    return prompts


def read_slots(section: Entry) -> dict[str, Slot]:
    return {name: _read_slot(name, entry) for name, entry in section.named("slot")}


def _read_slot(name: str, entry: Entry) -> Slot:
    fields = entry.fields(SLOT_FIELDS)
    if "type" not in fields:
        entry.problem(f"has no type; there are {', '.join(TYPES)}")
    kind = cast(SlotType, fields["type"].one_of(TYPES)) if "type" in fields else "text"
    sensitivity = fields["sensitivity"].one_of(SENSITIVITIES) if "sensitivity" in fields else ""
    slot = Slot(name, kind, cast(Sensitivity, sensitivity))
    slot = _read_prompts_of(slot, fields)
    slot = _read_limits(slot, fields)
    slot = _read_manner(slot, fields)
    slot = _read_choices(slot, entry, fields)
    return replace(slot, keys=_read_keys(slot, fields))


def _read_prompts_of(slot: Slot, fields: Mapping[str, Entry]) -> Slot:
    def named(field: str) -> str:
        return fields[field].refer("prompt") if field in fields else ""

    return replace(
        slot,
        ask=named("ask"),
        again=named("again"),
        keypad=named("keypad"),
        help=named("help"),
        check=named("check"),
        implied=named("implied"),
        changed=named("changed"),
        invalid=named("invalid"),
    )


def _read_limits(slot: Slot, fields: Mapping[str, Entry]) -> Slot:
    """Read what makes a value right."""
    only_for = {"length": ("digits",), "check-digit": ("digits",), "tense": ("month", "date")}
    only_for |= {"least": ("amount", "number"), "most": ("amount", "number"), "choices": ("choice",)}
    for field, types in only_for.items():
        if field in fields and slot.type not in types:
            fields[field].problem(f"fits {' and '.join(types)} only, not {slot.type}")
    return replace(
        slot,
        length=fields["length"].span(1, 40) if "length" in fields else slot.length,
        check_digit="luhn" if "check-digit" in fields and fields["check-digit"].one_of(("luhn",)) else "",
        tense=cast(
            Literal["past", "future"],
            fields["tense"].one_of(("past", "future")) if "tense" in fields else "",
        ),
        least=_read_bound(fields, "least"),
        most=_read_bound(fields, "most"),
        then_stale=fields["then-stale"].refer_all("slot") if "then-stale" in fields else (),
    )


def _read_bound(fields: Mapping[str, Entry], field: str) -> str:
    if field not in fields:
        return ""
    text = fields[field].text()
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text):
        fields[field].problem("should be a number such as 10 or 10.50")
        return ""
    return str(Decimal(text))


def _read_manner(slot: Slot, fields: Mapping[str, Entry]) -> Slot:
    """Read how it is asked and listened for."""
    policies = ("never", "implicit", "explicit")
    confirm = fields["confirm"].one_of(policies) if "confirm" in fields else "never"
    return replace(
        slot,
        called=fields["called"].phrases() if "called" in fields else (),
        confirm=cast(Literal["never", "implicit", "explicit"], confirm),
        early=fields["early"].flag() if "early" in fields else True,
        silence_ms=fields["silence"].duration_ms(1000) if "silence" in fields else slot.silence_ms,
        patience_ms=fields["patience"].duration_ms(100, 5000) if "patience" in fields else 0,
        barge_in=fields["barge-in"].flag() if "barge-in" in fields else True,
    )


def _read_choices(slot: Slot, entry: Entry, fields: Mapping[str, Entry]) -> Slot:
    if slot.type != "choice":
        return slot
    if "choices" not in fields:
        entry.problem("has no choices to choose from")
        return slot
    choices = {name: item.phrases() for name, item in fields["choices"].named(f"choice of {slot.name}")}
    owners: dict[str, str] = {}
    for name, phrases in choices.items():
        for phrase in phrases:
            if owners.setdefault(phrase, name) != name:
                fields["choices"].problem(f"says {phrase!r} for both {owners[phrase]!r} and {name!r}")
    keys = {}
    for key, item in fields["keys"].free() if "keys" in fields and fields["keys"].is_map else ():
        if key in TIMING:
            continue
        if not re.fullmatch(r"\d", key):
            item.problem("should be one of the keys 0 to 9")
        keys[key] = item.one_of(list(choices) or ["-"])
    return replace(slot, choices=choices, choice_keys=keys)


def _read_keys(slot: Slot, fields: Mapping[str, Entry]) -> Keys:
    least, most = slot.length if slot.type == "digits" else KEY_COUNTS.get(slot.type, (1, 1))
    if "keys" not in fields:
        return Keys(least, most)
    known = (*TIMING, *"0123456789") if slot.type == "choice" else TIMING
    given = fields["keys"].fields(known)
    least = given["min"].whole(1, 40) if "min" in given else least
    most = given["max"].whole(1, 40) if "max" in given else max(least, most)
    if most < least:
        fields["keys"].problem(f"have a max of {most} that is under the min of {least}")
        most = least
    return Keys(
        least,
        most,
        first_ms=given["first"].duration_ms(1000) if "first" in given else Keys().first_ms,
        between_ms=given["between"].duration_ms(500, 15_000) if "between" in given else Keys().between_ms,
        terminator=given["terminator"].one_of(("#", "*")) if "terminator" in given else "#",
        clear=given["clear"].one_of(("*", "#")) if "clear" in given else "*",
    )
