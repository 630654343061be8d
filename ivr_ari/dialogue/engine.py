"""
One step of a conversation: ``step(flow, talk, event) -> (talk, effects)``.

Reads nothing, writes nothing, waits for nothing: a step may be taken for trial and thrown away, and a
whole call is a fold over its events. Effects come in this order: `Say`, any number of them; then at most
one of `Listen`, `Perform`, `Query`, `Inquire`, `HandOver` and `Leave`. A step without these still waits for
what it waited for before.
"""

from __future__ import annotations

from typing import assert_never

from ..errors import FlowError
from ..events import (
    ActionDone,
    ActionFailed,
    ActionSlow,
    Began,
    Effect,
    EngineDown,
    EngineUp,
    Event,
    Hungup,
    Keyed,
    Noise,
    Returned,
    Silent,
    Spoken,
    Understood,
)
from .acting import answered, failed, slow
from .agenda import enqueue
from .draft import Draft
from .ears import listened, told
from .flow import Flow
from .handing import taken_back
from .hearing import understood
from .keying import keyed
from .questions import ask_again
from .repair import missed, silent
from .run import go_on
from .say import neutral
from .talk import Talk

__all__ = ["begin", "step"]

MOST_FACTS = 20
LONGEST_FACT = 64
"""Characters; facts come from the dialplan and are part of the state."""

VOICE = "voice"


def begin(flow: Flow, began: Began) -> tuple[Talk, tuple[Effect, ...]]:
    """Begin a call. Raises FlowError ``flow.no-dialogue`` for a flow that is a media mode."""
    if flow.mode:
        raise FlowError("flow.no-dialogue", flow=flow.name, mode=flow.mode)
    facts = {
        name[:LONGEST_FACT]: neutral(text)[:LONGEST_FACT]
        for name, text in list(began.facts.items())[:MOST_FACTS]
    }
    language = began.language if began.language in flow.languages else flow.language
    draft = Draft(flow, Talk(flow.digest, began.today, language, facts, now=began.now, known=began.known))
    for prompt in flow.start:
        draft.say(prompt)
    enqueue(draft, flow.first)
    go_on(draft)
    return _finished(draft)


def step(flow: Flow, talk: Talk, event: Event) -> tuple[Talk, tuple[Effect, ...]]:
    """
    Move a call by one event.

    When the call is over nothing follows any more, but for a hand-over that comes back (`Returned`).
    Raises FlowError ``flow.other`` if *talk* belongs to another version of the flow.
    """
    if talk.flow != flow.digest:
        raise FlowError("flow.other", flow=flow.name, wanted=talk.flow, given=flow.digest)
    draft = Draft(flow, talk)
    handed = talk.waiting is not None and talk.waiting.what == "handed"
    if not talk.over:
        _follow(draft, event)
    elif handed and isinstance(event, Returned):
        taken_back(draft, event.outcome)
        go_on(draft)
    return _finished(draft)


def _finished(draft: Draft) -> tuple[Talk, tuple[Effect, ...]]:
    talk, effects = draft.finished()
    return listened(draft.flow, talk, effects), effects


def _follow(draft: Draft, event: Event) -> None:
    match event:
        case Understood():
            understood(draft, event)
        case Keyed():
            keyed(draft, event)
        case Silent():
            silent(draft)
        case Noise():
            missed(draft, ladder="noise")
        case Spoken():
            draft.talk = told(draft.talk, event)
        case ActionSlow(name):
            slow(draft, name)
        case ActionDone(name, answer):
            if answered(draft, name, answer):
                go_on(draft)
        case ActionFailed(name, _, status):
            if failed(draft, name, status):
                go_on(draft)
        case EngineDown(engine):
            _without_speech(draft, engine)
        case EngineUp(engine):
            draft.change(keypad=draft.talk.keypad and engine == VOICE)
        case Hungup():
            draft.change(over=True, waiting=None)
        case Began() | Returned():
            return
        case _:
            assert_never(event)


def _without_speech(draft: Draft, engine: str) -> None:
    """Go on by keypad; a voice that fails takes nothing away from hearing."""
    if engine == VOICE or draft.talk.keypad:
        return
    draft.change(keypad=True)
    if draft.talk.waiting and draft.talk.waiting.what != "action":
        draft.say("use-keys", question=True)
        ask_again(draft)
