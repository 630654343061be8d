"""Answers of backends become values of slots, or nothing."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.answers import read_answer
from ivr_ari.dialogue.flow import Action, Flow, Result, Slot, SlotType
from ivr_ari.events import Json


def read(kind: SlotType, answer: Json, manner: str = "") -> str | None:
    flow = Flow("f", "en", "d", "", slots={"x": Slot("x", kind, tense="future", most="5")})
    found = read_answer(flow, Action("a", results=(Result("x", ("y",), manner),)), {"y": answer})
    return found["x"] if found else None


class TestReadAnswer:
    @pytest.mark.parametrize(
        ("kind", "answer", "value"),
        [
            ("amount", 42.1, "42.10"),
            ("amount", "-12.5", "-12.50"),
            ("amount", "1e9", None),
            ("amount", "42 EUR", None),
            ("number", 7, "7"),
            ("number", "seven", None),
            ("date", "2026-01-03", "2026-01-03"),
            ("date", "2026-01-03T10:00:00Z", "2026-01-03"),
            ("date", "3 January", None),
            ("time", "2026-01-03T10:05:00", "10:05"),
            ("time", "10:05:30", "10:05"),
            ("time", "ten", None),
            ("range", "2026-01-03/2026-01-04", "2026-01-03/2026-01-04"),
            ("month", "2026-13", None),
            ("yesno", True, "yes"),
            ("yesno", "perhaps", None),
            ("text", "a\nb", "a b"),
            ("text", "", None),
            ("text", None, None),
            ("text", ["a"], None),
            ("choice", "not-declared", "not-declared"),
        ],
    )
    def test_types(self, kind: SlotType, answer: Json, value: str | None) -> None:
        """
        What a slot of the type could not speak is worth nothing; a caller's bounds do not count.
        """
        assert read(kind, answer) == value

    def test_cents(self) -> None:
        """
        A count of cents is money; half a cent is a mistake.
        """
        assert read("amount", -4219, "cents") == "-42.19"
        assert read("amount", 42.5, "cents") is None
