"""Prompts: which variant, with which values, and which of them can be rendered before any call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ..events import Secret, Slotted
from .flow import Flow, Prompt, Slot
from .steps import Field, Template
from .talk import Filled
from .template import BUILT_IN, fields_of

__all__ = ["MANNER", "fixed_prompts", "join_titles", "plain", "render", "shown"]

MANNER: Mapping[str, str] = {
    "digits": "digits",
    "month": "month",
    "date": "date",
    "amount": "money",
    "yesno": "text",
    "choice": "text",
    "text": "text",
    "number": "number",
}
"""How a slot of a type is spoken when the prompt does not say."""

Part = str | Slotted


def render(
    flow: Flow, template: Template, slots: Mapping[str, Filled], given: Mapping[str, Part]
) -> tuple[tuple[Part, ...], bool]:
    """
    Return the parts of a text with its values, and whether any of them is sensitive.

    *given* holds what the engine fills in itself. A slot that is empty is left out.
    """
    parts: list[Part] = []
    sensitive = False
    for piece in template:
        part: Part = piece if isinstance(piece, str) else _value(flow, piece, slots, given)
        sensitive = sensitive or (isinstance(piece, Field) and _sensitive(flow, piece))
        if part == "":
            continue
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            part = parts.pop() + part  # type: ignore[operator]
        parts.append(part)
    return tuple(parts), sensitive


def _value(flow: Flow, piece: Field, slots: Mapping[str, Filled], given: Mapping[str, Part]) -> Part:
    if piece.slot in given:
        return given[piece.slot]
    return spoken(flow.slots[piece.slot], slots[piece.slot], piece.manner) if piece.slot in slots else ""


def _sensitive(flow: Flow, piece: Field) -> bool:
    slot = flow.slots.get(piece.slot)
    return slot is not None and bool(slot.sensitivity)


def spoken(slot: Slot, value: Filled, manner: str = "") -> Part:
    """Return a value as it is spoken; of a `Secret` and of `pii` digits only the last two characters."""
    last = value.last if isinstance(value, Secret) else value[-2:]
    if isinstance(value, Secret) or manner == "last":
        return Slotted(last, "digits") if last and slot.sensitivity not in ("pin", "card") else ""
    if slot.type == "choice":
        return value.replace("-", " ")
    return Slotted(value, manner or MANNER[slot.type])


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


def plain(flow: Flow, template: Template, slots: Mapping[str, Filled]) -> str:
    """Return a text as a record or a variable holds it."""
    texts = []
    for piece in template:
        if isinstance(piece, str):
            texts.append(piece)
        elif piece.slot in slots:
            texts.append(shown(flow.slots[piece.slot], slots[piece.slot]))
    return "".join(texts)


def join_titles(titles: Iterable[str]) -> str:
    """Return ``your balance, and a refund``."""
    *before, last = titles
    return f"{', '.join(before)}, and {last}" if before else last


def cents(amount: str) -> int:
    """Return "42.19" as 4219."""
    return int(Decimal(amount) * 100)


def fixed_prompts(flow: Flow) -> list[str]:
    """
    Return the texts that can be spoken word for word before any value is known, the likeliest first.

    Titles of tasks are put in, one at a time: all pairs would be hundreds of texts, and the few that are
    said are kept by the voice once they were. Texts with other values are left to the call.
    """
    if flow.mode:
        return [flow.greeting] if flow.greeting else []
    texts: list[str] = []
    for prompt in flow.prompts.values():
        texts += _texts(flow, prompt)
    return list(dict.fromkeys(text for text in texts if text))


def _texts(flow: Flow, prompt: Prompt) -> Iterator[str]:
    singles = [{"task": task.title, "tasks": task.title} for task in flow.tasks.values() if task.intents]
    for template in prompt.variants:
        names = {piece.slot for piece in fields_of(template)}
        if not names:
            yield "".join(piece for piece in template if isinstance(piece, str))
        elif names <= {"task", "tasks"} <= BUILT_IN.keys():
            for given in singles:
                parts, _ = render(flow, template, {}, given)
                yield "".join(str(part) for part in parts)
