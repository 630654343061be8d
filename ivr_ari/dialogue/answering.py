"""Answers to the questions the engine asks by itself: yes or no, this or that, which of them is wrong."""

from __future__ import annotations

from typing import Literal

from ..events import Meaning
from .calling_off import cancel_now
from .correct import withdraw
from .draft import Draft
from .ears import heard_options, spoken_options
from .handing import hand_over
from .placing import Placed
from .pointing import the_option
from .questions import put
from .steps import ConfirmStep
from .talk import Waiting

__all__ = ["Answered", "answer", "answer_check", "chosen", "decide", "name_wrong"]

Answered = Literal["", "go", "asked"]
"""It was no answer; go on; another question was asked."""


def answer(draft: Draft, meaning: Meaning, placed: Placed) -> Answered:
    """Take a yes or a no, or what is wrong, as the answer to the question."""
    waiting = draft.talk.waiting
    if waiting is None:
        return ""
    if waiting.what == "wrong":
        return _answer_wrong(draft, waiting, meaning, placed)
    said = _yes_or_no(meaning)
    if not said or (placed.corrected and waiting.what != "check"):
        return ""
    yes = said == "affirm"
    if waiting.what == "check" and (waiting.name in placed.filled or (placed.corrected and not yes)):
        return ""
    if waiting.what == "confirm" and not yes and placed.filled:
        return ""
    if waiting.what == "slot" and placed.filled:
        return ""
    return decide(draft, waiting, yes)


def _yes_or_no(meaning: Meaning) -> str:
    """Return the last yes or no of an utterance."""
    said = [act for act in meaning.acts if act in ("affirm", "deny")]
    said += [
        "affirm" if value.value == "yes" else "deny" for value in meaning.values if value.kind == "yesno"
    ]
    return said[-1] if said else ""


def decide(draft: Draft, waiting: Waiting, yes: bool) -> Answered:
    """Do what a yes or a no to the open question comes to."""
    match waiting.what:
        case "confirm":
            return _answer_confirmation(draft, yes)
        case "check":
            answer_check(draft, waiting.name, yes)
        case "cancel" if yes:
            cancel_now(draft)
        case "person" if yes:
            hand_over(draft, draft.flow.handover.default, "correction")
            return "asked" if draft.talk.over else "go"
        case "cancel" | "person":
            pass
        case "slot" if draft.flow.slots[waiting.name].type == "yesno":
            draft.fill(waiting.name, "yes" if yes else "no")
        case _:
            return ""
    return "go"


def _answer_confirmation(draft: Draft, yes: bool) -> Answered:
    """Go on after a yes; after a no ask what is wrong, or go to the other branch."""
    step = draft.task.steps[draft.top.at]
    if not isinstance(step, ConfirmStep):
        return ""
    slots = tuple(name for name in step.slots if name in draft.talk.slots)
    if not yes and slots:
        put(draft, Waiting("wrong", options=slots))
        return "asked"
    draft.move(at=draft.top.at + 1 if yes else step.no)
    return "go"


def answer_check(draft: Draft, slot: str, yes: bool) -> None:
    """Keep a value that was confirmed; ask again for one that was not."""
    if yes:
        draft.change(unsure={name: how for name, how in draft.talk.unsure.items() if name != slot})
    else:
        draft.empty((slot,))


def _answer_wrong(draft: Draft, waiting: Waiting, meaning: Meaning, placed: Placed) -> Answered:
    """The slots named are asked for anew; a bare no once more takes the confirmation's other branch."""
    if placed.corrected or placed.filled:
        return "go"
    names = {str(value.value) for value in meaning.values if value.kind == "choice"}
    names |= {the_option(value, waiting.options, ()) for value in meaning.values}
    names |= {value.slot for value in meaning.values}
    names = set(waiting.options) if "both" in meaning.acts else names & set(waiting.options)
    if names:
        return name_wrong(draft, names, placed)
    step = draft.task.steps[draft.top.at]
    if _yes_or_no(meaning) == "deny" and isinstance(step, ConfirmStep):
        draft.move(at=step.no)
        return "go"
    return ""


def name_wrong(draft: Draft, names: set[str], placed: Placed) -> Answered:
    """Empty the slots that are wrong; where that is too late, a person is offered."""
    if not withdraw(draft, names):
        placed.offer = min(names)
    return "go"


def chosen(draft: Draft, waiting: Waiting, meaning: Meaning) -> tuple[str, ...]:
    """Return which of the meanings on offer the caller chose: none, one, or all of them."""
    if "both" in meaning.acts:
        return waiting.options
    spoken = spoken_options(draft.flow, draft.talk)
    heard = heard_options(draft.talk)
    words = [request.intent for request in meaning.requests]
    denied: set[str] = set()
    for value in meaning.values:
        word = the_option(value, spoken, heard) or str(value.value)
        (denied.add if value.denied else words.append)(word)
    left = [name for name in waiting.options if name not in denied]
    if denied & set(waiting.options) and len(left) == 1:
        return tuple(left)
    return next(((word,) for word in words if word in waiting.options), ())
