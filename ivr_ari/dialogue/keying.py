"""A keypad entry: an answer, a task of the main menu, or a key that works anywhere."""

from __future__ import annotations

from ..events import Keyed, Secret
from .agenda import offer_person
from .answering import Answered, decide, name_wrong
from .draft import Draft
from .globals import by_key, hand_to_person
from .hearing import start
from .musts import unmet
from .placing import Placed, take
from .repair import missed
from .run import go_on
from .slots import fit_keys
from .talk import Waiting

__all__ = ["keyed"]

PLACES = "123456789"


def keyed(draft: Draft, event: Keyed) -> None:
    """Do what an entry means here; an entry that means nothing is a miss."""
    digits, waiting = event.digits, draft.talk.waiting
    if waiting is None:
        return
    if waiting.what == "action":
        person = draft.flow.anywhere.get("person")
        if person and person.key and person.key == digits:
            hand_to_person(draft)
        return
    placed = Placed()
    answered = _answer(draft, waiting, digits, placed)
    if answered == "go" and not (placed.offer and offer_person(draft, placed.offer)):
        go_on(draft)
    elif answered:
        return
    elif waiting.what == "main" and digits in draft.flow.tasks_by_key:
        start(draft, (draft.flow.tasks_by_key[str(digits)],))
    elif waiting.what == "which" and _place(digits) in range(len(waiting.options)):
        start(draft, (draft.flow.tasks_of[waiting.options[_place(digits)]],))
    elif placed.refused or isinstance(digits, Secret) or not by_key(draft, digits):
        slot = waiting.name if waiting.what == "slot" and digits else ""
        missed(draft, slot, reason=placed.reason)


def _place(digits: str | Secret) -> int:
    """Return which place a single key names, from 0; -1 if it names none."""
    return PLACES.find(digits) if isinstance(digits, str) and digits else -1


def _answer(draft: Draft, waiting: Waiting, digits: str | Secret, placed: Placed) -> Answered:
    """Take an entry as the answer to the question; return whether it is one."""
    match waiting.what:
        case "slot":
            value = fit_keys(draft.flow.slots[waiting.name], digits, draft.talk.today)
            if value is None:
                return ""
            placed.reason = unmet(draft, waiting.name, value)
            if placed.reason:
                placed.refused = waiting.name
                return ""
            take(draft, draft.flow.slots[waiting.name], value, 1.0)
            return "go"
        case "confirm" | "check" | "cancel" | "person" if digits in ("1", "2"):
            return decide(draft, waiting, digits == "1")
        case "wrong" if _place(digits) in range(len(waiting.options)):
            return name_wrong(draft, {waiting.options[_place(digits)]}, placed)
        case _:
            return ""
