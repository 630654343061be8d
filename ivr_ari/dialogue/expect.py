"""What the call listens for, as a value for recognition, understanding, turn-taking and the keypad."""

from __future__ import annotations

from ..events import Expect, Keys
from .flow import Flow, Slot
from .talk import Talk, Waiting

__all__ = ["expecting"]

SILENCE_MS = 6000
"""How long nothing may be heard after a yes-or-no question."""

LONGER = 5
"""How many times longer silence may last when the caller asked for time."""


def expecting(flow: Flow, talk: Talk) -> Expect | None:
    """Return what is listened for; None while a request runs and when the call is over."""
    waiting = talk.waiting
    if talk.over or waiting is None:
        return None
    step = _step(talk, waiting)
    longer = LONGER if waiting.longer else 1
    silence_ms = SILENCE_MS * longer
    match waiting.what:
        case "main":
            return Expect(step, silence_ms=flow.main.silence_ms * longer, keys=Keys())
        case "slot":
            return _for_slot(flow.slots[waiting.name], step, longer)
        case "check" | "confirm" | "cancel" | "person":
            slot = waiting.name if waiting.what == "check" else ""
            return Expect(step, slot, ("yesno",), confirm=True, keys=Keys(), silence_ms=silence_ms)
        case "wrong":
            choices = tuple((name, flow.slots[name].called) for name in waiting.options)
            return Expect(step, "wrong", ("choice",), choices=choices, keys=Keys(), silence_ms=silence_ms)
        case "which":
            choices = tuple((name, flow.intents[name]) for name in waiting.options)
            return Expect(step, "which", ("choice",), choices=choices, keys=Keys(), silence_ms=silence_ms)
        case "action" | "handed":
            return None


def _step(talk: Talk, waiting: Waiting) -> str:
    task = talk.stack[-1].task if talk.stack and waiting.what != "main" else waiting.what
    return f"{task}.{waiting.name}" if waiting.name else task


def _for_slot(slot: Slot, step: str, longer: int) -> Expect:
    return Expect(
        step,
        slot.name,
        (slot.type,),
        digits=slot.length if slot.type == "digits" else (0, 0),
        choices=tuple(slot.choices.items()),
        confirm=slot.type == "yesno",
        tense=slot.tense,
        keys=slot.keys if slot.type != "text" else None,
        sensitive=slot.sensitivity,
        barge_in=slot.barge_in,
        silence_ms=slot.silence_ms * longer,
        patience_ms=slot.patience_ms,
    )
