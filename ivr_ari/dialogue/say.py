"""Prompts: what is said, with which values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from ..events import Part, Secret, Slotted
from .addresses import PARTS, part_of
from .flow import Flow, Slot, SlotType, Wording
from .steps import Field, Speech, Template
from .talk import Filled

__all__ = [
    "MANNER",
    "cents",
    "join_titles",
    "neutral",
    "plain",
    "render",
    "shown",
    "spoken",
    "wording_of",
]

MANNER: Mapping[SlotType, str] = {
    "digits": "digits",
    "month": "month",
    "date": "date",
    "time": "time",
    "range": "range",
    "name": "text",
    "id": "spell",
    "phone": "phone",
    "duration": "duration",
    "email": "email",
    "address": "address",
    "amount": "money",
    "yesno": "text",
    "choice": "text",
    "text": "text",
    "number": "number",
}
"""How a slot of a type is spoken when the prompt does not say. ``range`` becomes two dates."""

AND: Mapping[str, str] = {"en": "and", "es": "y", "de": "und", "fr": "et", "it": "e", "pt": "e"}
UNTIL: Mapping[str, str] = {
    "en": " to ",
    "es": " al ",
    "de": " bis ",
    "fr": " au ",
    "it": " al ",
    "pt": " a ",
}
"""Between the two days of a range."""


def wording_of(flow: Flow, language: str) -> Wording:
    """Return the words of a language; none of them for the flow's own."""
    return flow.wordings.get(language, Wording())


def render(
    flow: Flow,
    template: Speech,
    slots: Mapping[str, Filled],
    given: Mapping[str, str | Slotted],
    language: str = "",
) -> tuple[tuple[Part, ...], bool]:
    """
    Return the parts of a text with its values, and whether any of them is sensitive.

    *given* holds what the engine fills in itself. A slot that is empty is left out. *language* is that of the
    text; empty stands for the flow's own.
    """
    parts: list[Part] = []
    sensitive = False
    for piece in template:
        part = _value(flow, piece, slots, given, language) if isinstance(piece, Field) else piece
        sensitive = sensitive or (isinstance(piece, Field) and _sensitive(flow, piece))
        for single in _both_ends(part, language or flow.language):
            if isinstance(single, str) and parts and isinstance(parts[-1], str):
                single = parts.pop() + single  # type: ignore[operator]
            if single != "":
                parts.append(single)
    return tuple(parts), sensitive


def _both_ends(part: Part, language: str) -> tuple[Part, ...]:
    """Return a range as the two days it is spoken as; anything else as it is."""
    if not isinstance(part, Slotted) or part.manner != "range":
        return (part,)
    first, _, last = part.value.partition("/")
    if last in ("", first):
        return (Slotted(first, "date"),)
    return Slotted(first, "date"), UNTIL.get(language, UNTIL["en"]), Slotted(last, "date")


def _value(
    flow: Flow, piece: Field, slots: Mapping[str, Filled], given: Mapping[str, str | Slotted], language: str
) -> str | Slotted:
    if piece.slot in given:
        return given[piece.slot]
    slot = flow.slots.get(piece.slot)
    if slot is None or piece.slot not in slots:
        return ""
    choices = wording_of(flow, language).choices.get(slot.name, {})
    said = spoken(slot, slots[piece.slot], piece.manner, choices)
    return replace(said, groups=piece.groups) if piece.groups and isinstance(said, Slotted) else said


def _sensitive(flow: Flow, piece: Field) -> bool:
    slot = flow.slots.get(piece.slot)
    return slot is not None and bool(slot.sensitivity)


def spoken(
    slot: Slot, value: Filled, manner: str = "", choices: Mapping[str, tuple[str, ...]] | None = None
) -> str | Slotted:
    """
    Return a value as it is spoken; of a `Secret` and of `pii` digits only the last two characters.

    A choice is its first phrase among *choices* (a translation's), else its name.
    """
    last = value.last if isinstance(value, Secret) else value[-2:]
    if isinstance(value, Secret) or manner == "last":
        return Slotted(last, "digits") if last and slot.sensitivity not in ("pin", "card") else ""
    if slot.type == "choice":
        phrases = (choices or {}).get(value, ())
        if slot.listed:
            phrases = phrases or slot.choices.get(value) or (value,)
        return phrases[0] if phrases else value.replace("-", " ")
    if slot.type == "name":
        value = " ".join(word[:1].upper() + word[1:] for word in value.split())
    if slot.type == "address" and manner in PARTS:
        return Slotted(part_of(value, manner), "digits" if manner == "zip" else "address")
    if manner:
        return Slotted(value, manner)
    return Slotted(value, slot.spoken or MANNER[slot.type], slot.groups)


def shown(slot: Slot, value: Filled) -> str:
    """Return a value as records show it: nothing of pin and card, the last two characters of pii."""
    if isinstance(value, Secret):
        return str(value)
    match slot.sensitivity:
        case "":
            return value
        case "pii":
            return f"(ending {value[-2:]})"
        case _:
            return "(withheld)"


def plain(
    flow: Flow, template: Template, slots: Mapping[str, Filled], given: Mapping[str, str] | None = None
) -> str:
    """Return a text as a record or a variable holds it; with its values it is no dialplan function either."""
    texts = []
    for piece in template:
        if isinstance(piece, str):
            texts.append(piece)
        elif piece.slot in (given or {}):
            texts.append((given or {})[piece.slot])
        elif piece.slot in slots:
            slot, value = flow.slots[piece.slot], slots[piece.slot]
            texts.append(_recorded(slot, value, piece.manner))
    return neutral("".join(texts))


def _recorded(slot: Slot, value: Filled, manner: str) -> str:
    if manner == "cents" and slot.type == "amount":
        return str(cents(str(value)))
    if slot.type == "address" and manner in PARTS and not slot.sensitivity:
        return part_of(str(value), manner)
    return shown(slot, value)


def neutral(text: str) -> str:
    """
    Return a value without what the dialplan would act on: control characters, ``${...}`` and ``$[...]``.

    Values come from callers, from backends and from the network; a flow's own texts are left alone.
    """
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return re.sub(r"\$+(?=\s*[{\[])", "", printable)


def join_titles(titles: Iterable[str], language: str = "en") -> str:
    """Return ``your balance, and a refund``."""
    *before, last = titles
    word = AND.get(language, AND["en"])
    if word == "y" and re.match(r"h?[ií](?!e)", last.lower()):
        word = "e"
    return f"{', '.join(before)}, {word} {last}" if before else last


def cents(amount: str) -> int:
    """Return "42.19" as 4219."""
    return int(Decimal(amount) * 100)
