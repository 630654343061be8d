"""Conditions a slot's value has to meet beyond its type, and the words that say why it does not."""

from __future__ import annotations

from .conditions import holds
from .draft import Draft
from .expressions import names_in
from .talk import Filled

__all__ = ["unmet"]


def unmet(draft: Draft, name: str, value: Filled) -> str:
    """
    Return the prompt of the first condition of slot *name* that *value* does not meet, or nothing.

    What depends on a slot that is not known yet cannot be judged: it counts as met until that is filled.
    """
    for condition, prompt in draft.flow.slots[name].must:
        if not holds(draft.flow, draft.talk, condition, {name: value}) and _judged(draft, name, condition):
            return prompt
    return ""


def _judged(draft: Draft, name: str, condition: str) -> bool:
    slots = {word.replace("_", "-") for word in names_in(condition)} & draft.flow.slots.keys()
    return slots - {name} <= draft.talk.slots.keys()
