"""Ladders: what is said the first, second and third time that nothing useful came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from .draft import Draft
from .flow import Rung
from .handing import hand_over, leave
from .questions import put
from .run import go_on

__all__ = ["missed", "silent"]

Ladder = Literal["no-match", "low-confidence", "noise"]

AS_NO_MATCH = ("low-confidence", "noise")
"""Ladders that are those of a no-match where none is given."""


def missed(draft: Draft, refused: str = "", ladder: Ladder = "no-match", reason: str = "") -> None:
    """
    Something came that is no answer: words (*no-match*), words hardly heard, or a noise.

    *refused* names a slot whose value was not right, *reason* the prompt that says why; empty leaves it to
    the slot. The three ladders count together: it is the same question that was missed again.
    """
    waiting = draft.talk.waiting
    if waiting is None or waiting.what in ("action", "handed"):
        return
    draft.change(not_understood=draft.talk.not_understood + 1)
    rung = _rung(draft, ladder, waiting.misses)
    if _led_away(draft, rung, "not-understood"):
        return
    invalid = draft.flow.slots[refused].invalid if refused in draft.flow.slots else ""
    draft.say(reason or invalid or rung.say, question=True)
    put(draft, replace(waiting, misses=waiting.misses + 1, keypad=waiting.keypad or rung.keypad))


def silent(draft: Draft) -> None:
    """Nothing was said or keyed in."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what in ("action", "handed"):
        return
    rung = _rung(draft, "silence", waiting.silences)
    if _led_away(draft, rung, "silent"):
        return
    draft.say(rung.say, question=True)
    keypad = waiting.keypad or rung.keypad
    put(draft, replace(waiting, silences=waiting.silences + 1, keypad=keypad, longer=False))


def _rung(draft: Draft, ladder: str, count: int) -> Rung:
    rungs = next(_ladders(draft, ladder))
    return rungs[min(count, len(rungs) - 1)]


def _ladders(draft: Draft, ladder: str) -> Iterator[tuple[Rung, ...]]:
    """Yield the ladders for this moment: the question's own, the flow's, the built-in one."""
    for given in (_own(draft), draft.flow.ladders):
        for name in (ladder, "no-match") if ladder in AS_NO_MATCH else (ladder,):
            if given.get(name):
                yield given[name]
    person = draft.flow.handover.default
    last = Rung(target=person) if person else Rung(leave=True)
    yield Rung("sorry"), Rung("use-keys", keypad=True), last


def _own(draft: Draft) -> Mapping[str, tuple[Rung, ...]]:
    waiting = draft.talk.waiting
    if waiting is None:
        return {}
    if waiting.what == "main":
        return draft.flow.main.ladders
    slot = draft.flow.slots.get(waiting.name) if waiting.what in ("slot", "check") else None
    return slot.ladders if slot else {}


def _led_away(draft: Draft, rung: Rung, reason: str) -> bool:
    """Give the call away if the ladder has come to its end."""
    if not (rung.target or rung.leave):
        return False
    if rung.say:
        draft.say(rung.say)
    if rung.target:
        hand_over(draft, rung.target, reason)
        go_on(draft)
    else:
        leave(draft, "error", reason)
    return True
