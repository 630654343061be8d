"""What the rows of the tables may lean on: lists of choices, and the words of flows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ivr_ari.events import Kind
from ivr_ari.understanding.flow_words import FlowWords

__all__ = ["FLOWS", "LISTS"]

TYPES: Mapping[str, Kind] = {
    "stay": "range",
    "caller": "name",
    "reference": "id",
    "callback": "phone",
}

ACCOUNTS = {
    "checking": ("checking", "checking account", "current account"),
    "savings": ("savings", "savings account"),
    "credit": ("credit card", "credit", "visa"),
}
FLOWS: Mapping[str, FlowWords] = {
    "": FlowWords(types=TYPES),
    "es": FlowWords(types=TYPES, language="es"),
    "hotel": FlowWords(
        types=dict.fromkeys(("adults", "kids", "people", "rooms", "nights"), "number"),
        counts={
            "adults": ("adult", "grown up", "wife", "husband", "me"),
            "kids": ("kid", "child", "baby", "son", "daughter"),
            "people": ("people", "person", "guest", "us"),
            "rooms": ("room",),
            "nights": ("night",),
        },
    ),
    "transfers": FlowWords(
        choices={"from-account": ACCOUNTS, "to-account": ACCOUNTS},
        types={"from-account": "choice", "to-account": "choice"},
        after={"from-account": ("from", "out of"), "to-account": ("to", "into")},
    ),
    "trips": FlowWords(
        types={"leave": "date", "return": "date", "opens": "time", "closes": "time"},
        after={
            "leave": ("from", "leaving", "starting", "departing", "arriving", "since"),
            "return": ("to", "until", "till", "returning", "coming back", "back", "through", "ending"),
            "opens": ("after", "from", "earliest"),
            "closes": ("before", "until", "to", "till", "latest"),
        },
    ),
}


def listed(name: str) -> Mapping[str, tuple[str, ...]]:
    """
    Read the names of a list, one a line.

    The three thousand towns of the United States are drawn from the places that phonenumbers (Apache 2.0)
    knows.
    """
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return {line: (line,) for line in lines}


LISTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "accounts": ACCOUNTS,
    "states": listed("states.txt"),
    "towns": listed("towns.txt"),
}
