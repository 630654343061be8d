"""A keypad entry: an answer, a task of the main menu, or a key that works anywhere."""

from __future__ import annotations

from ..events import Keyed, Secret
from .draft import Draft
from .globals import by_key, hand_to_person
from .hearing import answer_check, answer_confirmation, start
from .repair import missed
from .run import go_on
from .slots import fit_keys
from .talk import Waiting

__all__ = ["keyed"]


def keyed(draft: Draft, event: Keyed) -> None:
    """Do what an entry means here; an entry that means nothing is a miss."""
    digits, waiting = event.digits, draft.talk.waiting
    if waiting is None:
        return
    if waiting.what == "action":
        person = draft.flow.anywhere.get("person")
        if person and person.key and person.key == digits:
            hand_to_person(draft)
    elif _answers(draft, waiting, digits):
        go_on(draft)
    elif waiting.what == "main" and digits in draft.flow.tasks_by_key:
        start(draft, (draft.flow.tasks_by_key[str(digits)],))
    elif waiting.what == "which" and digits in ("1", "2"):
        start(draft, (draft.flow.tasks_of[waiting.options[int(str(digits)) - 1]],))
    elif isinstance(digits, Secret) or not by_key(draft, digits):
        missed(draft, waiting.name if waiting.what == "slot" and digits else "")


def _answers(draft: Draft, waiting: Waiting, digits: str | Secret) -> bool:
    """Take an entry as the answer to the question; return whether it is one."""
    match waiting.what:
        case "slot":
            value = fit_keys(draft.flow.slots[waiting.name], digits, draft.talk.today)
            if value is None:
                return False
            draft.fill(waiting.name, value)
            return True
        case "confirm" if digits in ("1", "2"):
            answer_confirmation(draft, digits == "1")
            return True
        case "check" if digits in ("1", "2"):
            answer_check(draft, waiting.name, digits == "1")
            return True
        case _:
            return False
