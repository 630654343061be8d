"""
The slots of NLU++ as a flow would declare them, and their right values as the product writes values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr_ari.events import Expect, Kind, Value
from ivr_ari.understanding.flow_words import FlowWords

__all__ = ["FAMILIES", "NUMBERED", "TODAY", "TYPES", "exact", "expectation", "flow_words", "right_value"]

TODAY = "2022-03-15T09:00"
"""When the data's calls are held: its "15 minutes ago" is 08:45."""

TYPES: Mapping[str, Kind] = {
    "date": "date", "date_from": "date", "date_to": "date",
    "time": "time", "time_from": "time", "time_to": "time",
    "number": "number", "adults": "number", "kids": "number", "people": "number", "rooms": "number",
    "amount_of_money": "amount", "person_name": "name",
}  # fmt: skip

FAMILIES: Mapping[str, frozenset[str]] = {
    slot: frozenset(other for other in TYPES if other.split("_")[0] == slot.split("_")[0]) for slot in TYPES
}
"""Slots whose values differ by role alone: date, date_from and date_to."""

NUMBERED = frozenset(("adults", "kids", "people", "rooms"))
"""A number is theirs only if the words say what is counted."""

_BEGIN = "from|since|between|starting|beginning|starting from|arriving|arrive|check in|checking in|coming"
_END = "to|until|till|up to|ending|leaving|leave|depart|departing|check out|checkout|checking out"
_COUNTED = {
    "adults": "adult|grown up|wife|husband|partner|girlfriend|boyfriend|mom|mum|dad|mother|father|friend|"
    "brother|sister|couple|me",
    "kids": "kid|child|baby|toddler|infant|son|daughter|boy|girl|teenager|minor|little one",
    "people": "people|person|guest|us",
    "rooms": "room|bedroom|suite",
}


def flow_words() -> FlowWords:
    """Return what understanding is told of such a flow."""
    begin, end = _BEGIN.split("|"), _END.split("|")
    after = {"date_from": begin, "date_to": end, "time_from": begin, "time_to": end, "people": ["for"]}
    return FlowWords(
        types=TYPES, after=after, counts={slot: said.split("|") for slot, said in _COUNTED.items()}
    )


def expectation(asked: str = "") -> Expect:
    """
    Return what is expected where the slot *asked*, or nothing, is asked for.

    The data's bare days and months are the coming ones, its hours stand as they are written: at 5 is 05:00.
    """
    kinds = (TYPES[asked],) if asked else ()
    return Expect(slot=asked, kinds=kinds, tense="future", hours_from="00:00")


def right_value(slot: str, annotated: Mapping[str, Any]) -> str:
    """
    Return the annotated value as the product writes such a value, "" if there is no one value.

    An amount has its currency behind it ("73.00 GBP"); where the data calls that ambiguous there is none.
    """
    value = annotated.get("value", "ambiguous")
    if value == "ambiguous":
        return ""
    kind = TYPES[slot]
    if kind == "date":
        return f"{value['year']:04}-{value['month']:02}-{value['day']:02}"
    if kind == "time":
        return f"{value['hour']:02}:{value['minute']:02}"
    if kind == "amount":
        unit = "" if value["currency"] == "ambiguous" else value["currency"]
        return f"{value['amount']:.2f} {unit}".strip()
    return " ".join(str(value).lower().replace(".", " ").split())


def exact(value: Value, right: str) -> bool:
    """Whether *value* is the annotated one."""
    said = str(value.value)
    if value.kind == "amount":
        said = f"{said} {value.unit}".strip()
    return said == right
