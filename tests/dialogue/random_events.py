"""Events drawn at random: what helps the call along, a change of mind, or anything at all."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import get_args

from ivr_ari.dialogue.flow import Flow, Slot
from ivr_ari.dialogue.slots import KINDS
from ivr_ari.dialogue.talk import Talk
from ivr_ari.events import (
    Act,
    ActionDone,
    ActionFailed,
    ActionSlow,
    Began,
    EngineDown,
    EngineUp,
    Event,
    Json,
    Keyed,
    Kind,
    Meaning,
    Noise,
    Request,
    Returned,
    Secret,
    Silent,
    Spoken,
    Understood,
    Value,
)

__all__ = ["HANDLE", "random_event"]

ACTS: tuple[Act, ...] = get_args(Act)
VALUE_KINDS: tuple[Kind, ...] = get_args(Kind)
HANDLE = "handle-of"
"""Begins every secret's handle: nothing that is said may show one."""

TEXTS = {
    "digits": ("1234", "41007239", "79921", "0"),
    "number": ("3", "25", "-2", "1000000"),
    "amount": ("12.50", "200.00", "0.00"),
    "date": ("2026-07-20", "2026-03-03", "2027-01-01", "2026-02-31"),
    "month": ("2026-06", "2026-08"),
    "time": ("15:30", "09:00", "25:00"),
    "range": ("2026-07-20/2026-07-22", "2026-07-22/2026-07-20"),
    "name": ("maria lopez", "o", "x" * 300),
    "id": ("AB1204", "7", "X" * 90),
    "phone": ("+13125550123", "5550123"),
    "duration": ("PT2H30M", "P21D/P28D", "soon"),
    "email": ("jo@example.com", "jo"),
    "address": ("22 Elm Street, Dayton, OH 45402", "x" * 300),
    "choice": ("red", "blue", "green", "elsewhere"),
    "yesno": ("yes", "no", "maybe"),
    "text": ("some words", "", "x" * 300),
    "ordinal": ("1", "2", "-1", "9", "x"),
    "language": ("es", "en", "fr"),
}


def _value(draw: Random, flow: Flow) -> Value:
    names = ("", "", "", *flow.slots, "which", "wrong", "elsewhere")
    kind = draw.choice(VALUE_KINDS)
    text: str | Secret = draw.choice(TEXTS[kind])
    if kind in ("digits", "id", "phone") and draw.random() < 0.4:
        text = Secret(f"{HANDLE}-pin", draw.randint(0, 9), draw.choice(("", "39")))
    first = draw.randint(0, 9)
    others = tuple(draw.choice(TEXTS[kind]) for _ in range(draw.randint(0, 2)))
    sure = draw.choice((1.0, 0.9, 0.4))
    denied = draw.random() < 0.15
    return Value(kind, text, first, first + draw.randint(0, 2), sure, others, draw.choice(names), denied)


def _fitting(draw: Random, slot: Slot) -> Value:
    """Return an answer that is likely right."""
    kind = KINDS[slot.type][0]
    if slot.sensitivity in ("pii", "pin") and slot.type == "digits":
        return Value("digits", Secret(f"{HANDLE}-{slot.name}", slot.length[0], "39"), 0, 0)
    text = draw.choice(tuple(slot.choices)) if slot.choices else TEXTS[kind][0]
    return Value(kind, text, 0, 0, draw.choice((1.0, 0.6)), slot=draw.choice(("", slot.name)))


def _utterance(draw: Random, flow: Flow) -> Understood:
    acts = tuple(draw.sample(ACTS, draw.choice((0, 0, 1, 1, 2, 3))))
    intents = (*flow.intents, "unknown")
    requests = []
    for _ in range(draw.choice((0, 0, 1, 1, 2))):
        values = tuple(_value(draw, flow) for _ in range(draw.randint(0, 2)))
        runner = draw.choice(("", "", "", *intents))
        requests.append(Request(draw.choice(intents), 0, draw.randint(0, 9), draw.random(), values, runner))
    loose = tuple(_value(draw, flow) for _ in range(draw.choice((0, 0, 1, 1, 2, 3))))
    inside = tuple(value for request in requests for value in request.values)
    meaning = Meaning(acts, tuple(requests), (*inside, *loose))
    return Understood(meaning, draw.choice(("", "some words", "x" * 400)), draw.choice((1.0, 0.8, 0.2)))


def _cooperative(draw: Random, flow: Flow, talk: Talk) -> Event:
    """Return what helps the call along."""
    waiting = talk.waiting
    if waiting is None or waiting.what == "handed":
        return Returned(draw.choice(("busy", "noanswer", "failed", "closed", "?")))
    if waiting.what == "action":
        answer: dict[str, Json] = {"field": draw.choice(("red", "AB12", 3, True)), "value": "x"}
        return ActionDone(waiting.name, answer)
    if waiting.what == "slot":
        return Understood(Meaning(values=(_fitting(draw, flow.slots[waiting.name]),)), "some words")
    if waiting.what == "main":
        return Understood(Meaning(requests=(Request(draw.choice(tuple(flow.intents)), 0, 0),)))
    if waiting.what in ("which", "wrong"):
        return Understood(Meaning(values=(Value("choice", draw.choice(waiting.options), 0, 0),)))
    return Understood(Meaning(acts=(draw.choice(("affirm", "affirm", "deny")),)))


def _change_of_mind(draw: Random, flow: Flow, talk: Talk) -> Event:
    """Return words about what was told before, with a request now and then."""
    slot = flow.slots[draw.choice(tuple(talk.slots))]
    old = talk.slots[slot.name]
    kind = KINDS[slot.type][0]
    no = Value(kind, old, 0, 0, slot=draw.choice(("", slot.name)), denied=True)
    new = Value(
        kind, draw.choice(tuple(slot.choices) or TEXTS[kind]), 1, 1, slot=draw.choice(("", slot.name))
    )
    acts: list[tuple[Act, ...]] = [("correct",), ("deny",), ("affirm", "correct"), ("deny", "correct")]
    acts += [("other",), ("same",), ("both",), ("back",), ("cancel",), ("correct", "other")]
    values = draw.choice(((new,), (no,), (no, new), (new, _fitting(draw, slot)), ()))
    requests = (Request(draw.choice(tuple(flow.intents)), 2, 3),) if draw.random() < 0.3 else ()
    return Understood(Meaning(draw.choice(acts), requests, values), "no wait", 0.9)


def _anything(draw: Random, flow: Flow, talk: Talk) -> Event:
    names = [*(name for name, _ in talk.playing), "s1", "a1", *([talk.waiting.name] if talk.waiting else ())]
    name = draw.choice(names)
    match draw.randint(0, 11):
        case 0:
            return Keyed(
                draw.choice((Secret(f"{HANDLE}-pin", draw.randint(0, 9)), "", "1", "2", "0", "9", "*", "12#"))
            )
        case 1:
            return Keyed("".join(draw.choices("0123456789*#", k=draw.randint(0, 9))))
        case 2:
            fields: tuple[Json, ...] = (None, [], {"a": 1}, 4.5, "red", "x" * 900)
            return ActionDone(name, draw.choice(({"field": draw.choice(fields)}, {})))
        case 3:
            return ActionFailed(name, "http.status", draw.choice((0, 404, 500)))
        case 4:
            return ActionSlow(name)
        case 5:
            return Spoken(name, draw.randint(0, 3000), draw.random() < 0.3, draw.choice((0, 1000, 3000)))
        case 6:
            return draw.choice((Silent(), Noise(), Began("2026-07-15", "fr")))
        case 7:
            return Returned(draw.choice(("busy", "noanswer", "failed", "?")))
        case 8:
            engine = draw.choice(("speech", "understanding", "voice"))
            return draw.choice((EngineDown(engine), EngineUp(engine)))
        case _:
            return _utterance(draw, flow)


def random_event(draw: Random, flow: Flow, talk: Talk, helpful: float) -> Event:
    """Return an event; the share *helpful* of them is what the call is waiting for."""
    kind = draw.random()
    if kind < helpful:
        event = _cooperative(draw, flow, talk)
    elif talk.slots and kind < helpful + 0.5 * (1 - helpful):
        event = _change_of_mind(draw, flow, talk)
    else:
        event = _anything(draw, flow, talk)
    if isinstance(event, Understood) and draw.random() < 0.1:
        acts = (*event.meaning.acts, draw.choice(ACTS))
        return replace(event, meaning=replace(event.meaning, acts=acts))
    return event
