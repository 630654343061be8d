"""What a caller may say or key in at any time, whatever was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..events import Act
from .agenda import cancel, start_over
from .correct import empty_stale
from .draft import Draft
from .handing import hand_over, leave
from .questions import ask_again, listen, put
from .run import go_on
from .steps import AskStep
from .talk import Waiting

__all__ = ["REACTIONS", "by_key", "call_off", "hand_to_person", "react"]


def hand_to_person(draft: Draft) -> None:
    """The caller wants a person: no question, no detour."""
    given = draft.flow.anywhere.get("person")
    target = given.target if given and given.target else draft.flow.handover.default
    hand_over(draft, target, "asked")


def call_off(draft: Draft, acts: Sequence[Act]) -> bool:
    """Cancel what is being done, or begin again; return whether there was anything to leave."""
    if "start-over" in acts:
        start_over(draft)
        draft.say(_said(draft, "start-over", "starting-over"))
        return True
    if "cancel" in acts and cancel(draft):
        draft.say(_said(draft, "cancel", "cancelled"))
        return True
    return False


def _said(draft: Draft, act: str, standard: str) -> str:
    given = draft.flow.anywhere.get(act)
    return given.say if given and given.say else standard


def react(draft: Draft, acts: Sequence[Act]) -> bool:
    """Do what the weightiest of *acts* asks for; return whether one of them asks for anything."""
    return any(act in acts and do(draft) for act, do in REACTIONS.items())


def by_key(draft: Draft, key: str) -> bool:
    """Do what *key* does anywhere; return whether it does anything."""
    act = next((name for name, given in draft.flow.anywhere.items() if given.key and given.key == key), "")
    match act:
        case "":
            return False
        case "person":
            hand_to_person(draft)
        case "start-over" | "cancel":
            if call_off(draft, (act,)):
                go_on(draft)
            else:
                ask_again(draft)
        case _:
            react(draft, (act,))  # type: ignore[arg-type]
    return True


# --- reactions: each returns whether it had anything to do here -----------------------------------------


def _repeat(draft: Draft) -> bool:
    for name, variant in draft.talk.said:
        draft.say_variant(name, variant)
    ask_again(draft)
    return True


def _help(draft: Draft) -> bool:
    waiting = draft.talk.waiting
    slot = draft.flow.slots.get(waiting.name) if waiting and waiting.what in ("slot", "check") else None
    prompt = slot.help if slot and slot.help else _said(draft, "help", draft.flow.main.help)
    if prompt:
        draft.say(prompt)
    ask_again(draft)
    return True


def _goodbye(draft: Draft) -> bool:
    draft.say(_said(draft, "goodbye", "goodbye"))
    leave(draft, "done", "goodbye")
    return True


def _hold_on(draft: Draft) -> bool:
    draft.say("take-your-time")
    if draft.talk.waiting:
        draft.wait(replace(draft.talk.waiting, longer=True))
    listen(draft)
    return True


def _back(draft: Draft) -> bool:
    """Ask the question before once more."""
    for depth in range(len(draft.talk.stack), 0, -1):
        frame = draft.talk.stack[depth - 1]
        task = draft.flow.tasks[frame.task]
        known = [name for name in draft.talk.slots if name in task.slots]
        if known and not frame.acted:
            at = task.steps.index(AskStep(known[-1]))
            draft.change(
                stack=(*draft.talk.stack[: depth - 1], replace(frame, at=min(frame.at, task.rewind[at])))
            )
            empty_stale(draft, {known[-1]})
            go_on(draft)
            return True
    ask_again(draft)
    return True


def _nothing_more(draft: Draft) -> bool:
    """A no, or thanks, to "anything else?" ends the call."""
    waiting = draft.talk.waiting
    return bool(waiting and waiting.what == "main" and draft.talk.outcomes) and _goodbye(draft)


def _something_more(draft: Draft) -> bool:
    """A bare yes to "anything else?" asks what."""
    waiting = draft.talk.waiting
    if waiting and waiting.what == "main" and draft.talk.outcomes:
        draft.say(draft.flow.main.ask, question=True)
        draft.wait(replace(waiting, misses=0, silences=0))
        listen(draft)
        return True
    return False


def _neither(draft: Draft) -> bool:
    """A no to "do you mean this or that?" takes both back."""
    waiting = draft.talk.waiting
    if waiting and waiting.what == "which":
        draft.change(waiting=None)
        if draft.talk.stack:
            go_on(draft)
        else:
            put(draft, Waiting("main"))
        return True
    return False


def _apologise(draft: Draft) -> bool:
    draft.say("apology")
    ask_again(draft)
    return True


def _ask_again(draft: Draft) -> bool:
    ask_again(draft)
    return True


def _only_listen(draft: Draft) -> bool:
    listen(draft)
    return True


REACTIONS: Mapping[Act, Callable[[Draft], bool]] = {
    "goodbye": _goodbye,
    "repeat": _repeat,
    "back": _back,
    "help": _help,
    "hold-on": _hold_on,
    "complain": _apologise,
    "deny": lambda draft: _nothing_more(draft) or _neither(draft),
    "affirm": _something_more,
    "thank": lambda draft: _nothing_more(draft) or _ask_again(draft),
    "cancel": lambda draft: _neither(draft) or _ask_again(draft),
    "greet": _ask_again,
    "back-channel": _only_listen,
}
"""The weightiest first."""
