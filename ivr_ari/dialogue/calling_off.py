"""Leave what is being done: at once, after a question, or not at all, as its task says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..events import Act
from .agenda import cancel, leaving, start_over
from .correct import committing, latest_ended, take_back
from .draft import Draft

__all__ = ["Off", "call_off", "cancel_now", "words_for"]

Off = Literal["", "done", "ask", "no"]
"""Nothing was to be left; it was left; the caller has to be asked first; it cannot be left."""


def call_off(draft: Draft, acts: Sequence[Act], bare: bool = True) -> Off:
    """
    Cancel what is being done, or begin again; what is being changed at this moment is not left.

    Where nothing is being done, a *bare* "cancel" means what was done last, if that can be taken back.
    """
    if committing(draft):
        return ""
    if "start-over" in acts:
        start_over(draft)
        draft.say(words_for(draft, "start-over", "starting-over"))
        return "done"
    name = leaving(draft)
    if "cancel" in acts and not name and bare:
        return _undo_last(draft)
    if "cancel" not in acts or not name:
        return ""
    rules = draft.flow.tasks[name].cancel
    if not rules.allowed:
        draft.say("cannot-cancel")
        return "no"
    if rules.confirm:
        return "ask"
    cancel_now(draft)
    return "done"


def _undo_last(draft: Draft) -> Off:
    waiting, frame = draft.talk.waiting, latest_ended(draft)
    if waiting is None or waiting.what != "main" or frame is None or not frame.acted:
        return ""
    if draft.flow.tasks[frame.task].undo < 0:
        return ""
    take_back(draft, 0, frame, {})
    return "done"


def cancel_now(draft: Draft) -> None:
    """Cancel what is being done, and say so; what it did already is taken back if it can be."""
    name, depths = leaving(draft), {frame.task: at for at, frame in enumerate(draft.talk.stack)}
    frame = draft.talk.stack[depths[name]] if name else None
    if frame and frame.acted and not frame.undoing and draft.flow.tasks[name].undo >= 0:
        take_back(draft, depths[name], frame, {})
        return
    if cancel(draft):
        draft.say(draft.flow.tasks[name].cancel.say or words_for(draft, "cancel", "cancelled"))


def words_for(draft: Draft, act: str, standard: str) -> str:
    """Return the prompt the flow has for a global act, or the standard one."""
    given = draft.flow.anywhere.get(act)
    return given.say if given and given.say else standard
