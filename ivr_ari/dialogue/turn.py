"""Whether the caller's turn is over, judged by what was understood so far and not by milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from ..events import Act, Expect, Kind, Meaning, Secret, Value
from .addresses import part_of
from .expect import expecting
from .flow import Flow, Slot, SlotType
from .slots import KINDS, fit, suits
from .talk import Talk

__all__ = ["Verdict", "verdict"]

Verdict = Literal["closed", "open", "growing", "incomplete"]

FEW_WORDS = 3
"""So many words without any meaning are the beginning of something."""

COMPLETE: frozenset[Act] = frozenset(
    (
        *("person", "repeat", "help", "goodbye", "hold-on", "back"),
        *("slower", "faster", "louder", "quieter"),
    )
)
"""Acts after which nothing follows; "never mind" and "no wait" are what many begin a correction with."""

NOTHING_MORE: frozenset[Act] = frozenset(("deny", "thank"))
"""What ends a call at "anything else?"."""

LONGEST_COMMAND = 6
"""Words; a longer utterance with a command in it may go on."""

BEGINNINGS: frozenset[Act] = frozenset(("affirm", "back-channel", "greet"))
"""Acts with which an answer begins that they are not: "okay, it's ..."."""

PARTS: Mapping[SlotType, tuple[Kind, ...]] = {
    **dict.fromkeys(("address", "email", "phone", "id"), get_args(Kind)),
    **dict.fromkeys(("date", "range"), ("month", "ordinal", "number", "digits")),
}
"""What is only the beginning of an answer: "two hundred twelve" of an address, "march" of a date."""

CENTS = ("cent", "cents", "centavos", "céntimos")
"""With these an amount ends."""

YEAR_SAID = 5
"""Words of a date with its year: "march third nineteen sixty two"."""

ANY_LENGTH = Slot("", "id").length


def verdict(flow: Flow, talk: Talk, meaning: Meaning, heard_text: str) -> Verdict:
    """
    Return whether what was heard is all of an answer.

    ``closed``: what was asked for is complete; ``incomplete``: more must follow (too few digits, words
    that stop in mid-sentence); ``growing``: it is an answer, and of a kind that people give in parts;
    ``open``: it may be over, silence decides.
    """
    expect = expecting(flow, talk)
    words = len(heard_text.split())
    if "more-to-come" in meaning.acts:
        return "incomplete"
    if meaning.empty:
        return "incomplete" if words <= FEW_WORDS else "growing"
    if COMPLETE & set(meaning.acts) and words <= LONGEST_COMMAND and not meaning.requests:
        return "closed"
    if expect is None or meaning.requests:
        return "open"
    if not expect.kinds and talk.outcomes and set(meaning.acts) <= NOTHING_MORE and not meaning.values:
        return "closed"
    if expect.confirm:
        decided = {"affirm", "deny"} & set(meaning.acts) or any(v.kind == "yesno" for v in meaning.values)
        return "closed" if decided and not _other_values(meaning) else "open"
    if expect.digits != (0, 0):
        return _counted(expect.digits, meaning, KINDS["digits"])
    slot = flow.slots.get(expect.slot)
    if slot is None:
        return "closed" if expect.kinds == ("choice",) and _chosen(expect, meaning) else "open"
    if slot.type == "id" and slot.length != ANY_LENGTH:
        return _counted(slot.length, meaning, KINDS["id"])
    return _of_slot(slot, talk, meaning, heard_text)


def _of_slot(slot: Slot, talk: Talk, meaning: Meaning, heard_text: str) -> Verdict:
    right = [value for value in meaning.values if suits(slot, value) and fit(slot, value, talk.today)]
    if not right:
        begun = any(value.kind in PARTS.get(slot.type, ()) for value in meaning.values)
        return "incomplete" if begun or _only_begun(meaning) else "open"
    last = right[-1]
    match slot.type:
        case "address":
            return _address(last)
        case "date":
            return _date(slot, last, talk.today)
        case "amount":  # "twenty five", and then "fifty"; "two hundred", and then "and fifty dollars"
            if heard_text.endswith(CENTS):
                return "closed"
            return "growing" if str(last.value).endswith(".00") else "open"
        case "name":  # the first one, and then the last
            return "growing" if last.first == last.last else "open"
        case "id":  # of any length
            return "growing"
        case "range":  # one day may be the first of two
            return "closed" if any(value.kind == "range" for value in right) else "open"
        case "number" | "text" | "time":
            return "open"
        case _:
            return "closed"


def _only_begun(meaning: Meaning) -> bool:
    """Return whether nothing but an "okay" was said, or a "sure", where something else is asked for."""
    others = any(value.kind != "yesno" for value in meaning.values)
    return bool(meaning.acts) and set(meaning.acts) <= BEGINNINGS and not others


def _address(value: Value) -> Verdict:
    if part_of(str(value.value), "zip"):
        return "closed"
    return "growing" if part_of(str(value.value), "street").count(" ") else "incomplete"


def _date(slot: Slot, value: Value, today: str) -> Verdict:
    """A year may follow what lies in the past: "march third, nineteen sixty two"."""
    words = value.last - value.first + 1
    if slot.tense != "past" or words >= YEAR_SAID:
        return "closed"
    try:
        ago = date.fromisoformat(today) - date.fromisoformat(str(value.value))
    except ValueError:  # it may be secret
        return "growing"
    return "open" if ago.days <= 1 else "growing"  # today and yesterday have none


def _chosen(expect: Expect, meaning: Meaning) -> bool:
    names = [name for name, _ in expect.choices]
    return any(value.kind == "choice" and value.value in names for value in meaning.values)


def _other_values(meaning: Meaning) -> bool:
    return any(value.kind != "yesno" for value in meaning.values)


def _counted(length: tuple[int, int], meaning: Meaning, kinds: tuple[Kind, ...]) -> Verdict:
    least, most = length
    lengths = [
        value.value.length if isinstance(value.value, Secret) else len(value.value)
        for value in meaning.values
        if value.kind in kinds
    ]
    if not lengths:
        return "incomplete" if _only_begun(meaning) else "open"
    if max(lengths) < least:
        return "incomplete"
    return "closed" if max(lengths) == most else "growing"
