"""What the call listens for, as a value for recognition, understanding, turn-taking and the keypad."""

from __future__ import annotations

from dataclasses import replace

from ..events import Expect, Keys
from .flow import Flow, Slot, TurnLimits
from .say import wording_of
from .talk import Talk, Waiting

__all__ = ["by_keypad", "expecting"]

SILENCE_MS = 6000
"""How long nothing may be heard after a yes-or-no question."""

LONGER = 5
"""How many times longer silence may last when the caller asked for time."""

SPOKEN_ONLY = ("text", "name", "email", "address")
"""Types of which nothing can be keyed in."""


def by_keypad(flow: Flow, talk: Talk) -> bool:
    """Return whether questions are put in terms of keys: speech does not work, or not in this language."""
    return talk.keypad or talk.language[:2] not in flow.heard


def expecting(flow: Flow, talk: Talk) -> Expect | None:
    """Return what is listened for; None while a request runs and when the call is over."""
    waiting = talk.waiting
    if talk.over or waiting is None:
        return None
    expect = _expecting(flow, talk, waiting)
    if expect is None:
        return None
    longer = LONGER if waiting.longer else 1
    return replace(
        expect, step=_step(talk, waiting), silence_ms=expect.silence_ms * longer, language=talk.language
    )


def _expecting(flow: Flow, talk: Talk, waiting: Waiting) -> Expect | None:
    match waiting.what:
        case "main":
            expect = Expect(silence_ms=flow.main.silence_ms, keys=Keys())
            return _limited(expect, flow.main.turn)
        case "slot":
            return _for_slot(flow, talk, flow.slots[waiting.name])
        case "check" | "confirm" | "cancel" | "person":
            slot = waiting.name if waiting.what == "check" else ""
            return Expect("", slot, ("yesno",), confirm=True, keys=Keys(), silence_ms=SILENCE_MS)
        case "wrong" | "which":
            choices = tuple((name, _words(flow, talk, waiting.what, name)) for name in waiting.options)
            return Expect("", waiting.what, ("choice",), choices=choices, keys=Keys(), silence_ms=SILENCE_MS)
        case "action" | "handed":
            return None


def _words(flow: Flow, talk: Talk, what: str, name: str) -> tuple[str, ...]:
    """Return the words for a slot or an intent in the language of the call."""
    wording = wording_of(flow, talk.language)
    if what == "which":
        return wording.intents.get(name) or flow.intents.get(name, ())
    called = wording.called.get(name) or flow.slots[name].called
    return (*called, name.replace("-", " "))


def _step(talk: Talk, waiting: Waiting) -> str:
    task = talk.stack[-1].task if talk.stack and waiting.what != "main" else waiting.what
    return f"{task}.{waiting.name}" if waiting.name else task


def _for_slot(flow: Flow, talk: Talk, slot: Slot) -> Expect:
    translated = wording_of(flow, talk.language).choices.get(slot.name, {})
    expect = Expect(
        "",
        slot.name,
        (slot.type,),
        digits=slot.length if slot.type == "digits" else (0, 0),
        # understanding knows the lists of thousands; they are not sent anew with every turn
        choices=tuple((name, translated.get(name, phrases)) for name, phrases in slot.choices.items())
        if not slot.listed
        else (),
        confirm=slot.type == "yesno",
        tense=slot.tense,
        hours_from=slot.hours_from,
        keys=slot.keys if slot.type not in SPOKEN_ONLY else None,
        sensitive=slot.sensitivity,
        barge_in=slot.barge_in,
        silence_ms=slot.silence_ms,
        patience_ms=slot.patience_ms,
        listen=slot.listen,
    )
    return _limited(expect, slot.turn)


def _limited(expect: Expect, turn: TurnLimits) -> Expect:
    return replace(expect, closed_ms=turn.complete_ms, open_ms=turn.open_ms, longest_ms=turn.longest_ms)
