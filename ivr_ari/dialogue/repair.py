"""Ladders: what is said the first, second and third time that nothing useful came back."""

from __future__ import annotations

from dataclasses import replace

from .draft import Draft
from .flow import Rung
from .handing import hand_over, leave
from .questions import put

__all__ = ["missed", "silent"]


def missed(draft: Draft, refused: str = "") -> None:
    """Something was said or keyed in that is no answer. *refused* names a slot whose value was not right."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what == "action":
        return
    draft.change(not_understood=draft.talk.not_understood + 1)
    rung = _rung(draft, "no-match", waiting.misses)
    invalid = draft.flow.slots[refused].invalid if refused else ""
    if _led_away(draft, rung, "not-understood"):
        return
    draft.say(invalid or rung.say, question=True)
    put(draft, replace(waiting, misses=waiting.misses + 1, keypad=waiting.keypad or rung.keypad))


def silent(draft: Draft) -> None:
    """Nothing was said or keyed in."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what == "action":
        return
    rung = _rung(draft, "silence", waiting.silences)
    if _led_away(draft, rung, "silent"):
        return
    draft.say(rung.say, question=True)
    put(
        draft,
        replace(waiting, silences=waiting.silences + 1, keypad=waiting.keypad or rung.keypad, longer=False),
    )


def _rung(draft: Draft, ladder: str, count: int) -> Rung:
    rungs = draft.flow.ladders[ladder]
    return rungs[min(count, len(rungs) - 1)]


def _led_away(draft: Draft, rung: Rung, reason: str) -> bool:
    """Give the call away if the ladder has come to its end."""
    if not (rung.target or rung.leave):
        return False
    if rung.say:
        draft.say(rung.say)
    if rung.target:
        hand_over(draft, rung.target, reason)
    else:
        leave(draft, "error", reason)
    return True
