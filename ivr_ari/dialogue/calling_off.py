"""Leave what is being done: at once, after a question, or not at all, as its task says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..events import Act
from .agenda import cancel, inside, leaving, start_over, unqueue
from .correct import committing, latest_ended, take_back
from .draft import Draft
from .flow import Cancel

__all__ = ["Off", "call_off", "cancel_now", "governing", "meant_off", "words_for"]

Off = Literal["", "done", "ask", "no"]
"""Nothing was to be left; it was left; the caller has to be asked first; it cannot be left."""


def call_off(draft: Draft, acts: Sequence[Act], named: Sequence[str] = ()) -> Off:
    """
    Cancel what is being done, or begin again; what is being changed at this moment is not left.

    Where nothing is being done, a bare "cancel" means what was done last, if that can be taken back. *named*
    are tasks spoken of in the same breath: of those, see `meant_off`, nothing else is left.
    """
    if "cancel" not in acts and "start-over" not in acts:
        return ""
    if committing(draft):
        return ""
    if "start-over" in acts:
        start_over(draft)
        draft.say(words_for(draft, "start-over", "starting-over"))
        return "done"
    waiting = [name for name in named if name in draft.talk.agenda]
    for name in waiting:
        unqueue(draft, name)
        draft.say(draft.flow.tasks[name].cancel.say or words_for(draft, "cancel", "cancelled"))
    if waiting and not any(name == frame.task for name in named for frame in draft.talk.stack):
        return "done"
    return _leave(draft) if draft.talk.stack else _undo_last(draft, named)


def meant_off(draft: Draft, acts: Sequence[Act], named: Sequence[str]) -> tuple[str, ...]:
    """Return those of the tasks *named* that "cancel" is about: begun, waiting, or done and to be undone."""
    if "cancel" not in acts:
        return ()
    known = {*(frame.task for frame in draft.talk.stack), *draft.talk.agenda}
    ended = latest_ended(draft) if not draft.talk.stack else None
    if ended and ended.acted and draft.flow.tasks[ended.task].undo >= 0:
        known.add(ended.task)
    return tuple(name for name in named if name in known)


def governing(draft: Draft) -> str:
    """Return whose rules hold: of the innermost task that has any, or of the one that is left."""
    names = (frame.task for frame in inside(draft))
    return next((name for name in names if draft.flow.tasks[name].cancel != Cancel()), leaving(draft))


def _leave(draft: Draft) -> Off:
    rules = draft.flow.tasks[governing(draft)].cancel
    if not rules.allowed:
        draft.say("cannot-cancel")
        return "no"
    if rules.confirm:
        return "ask"
    cancel_now(draft)
    return "done"


def _undo_last(draft: Draft, named: Sequence[str]) -> Off:
    waiting, frame = draft.talk.waiting, latest_ended(draft)
    if waiting is None or waiting.what != "main" or frame is None or not frame.acted:
        return ""
    if (named and frame.task not in named) or draft.flow.tasks[frame.task].undo < 0:
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
    rules = draft.flow.tasks[governing(draft)].cancel if name else Cancel()
    if cancel(draft):
        draft.say(rules.say or words_for(draft, "cancel", "cancelled"))


def words_for(draft: Draft, act: str, standard: str) -> str:
    """Return the prompt the flow has for a global act, or the standard one."""
    given = draft.flow.anywhere.get(act)
    return given.say if given and given.say else standard
