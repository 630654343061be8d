"""Expressions over what is known in a call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr_ari.dialogue.conditions import holds, worked_out
from ivr_ari.dialogue.flow import Flow, Hours, Slot
from ivr_ari.dialogue.talk import Filled, Talk
from ivr_ari.events import Secret

SLOTS = (
    Slot("amount", "amount", most="100"),
    Slot("from-account", "choice", choices={"card": (), "savings": ()}),
    Slot("visit", "date", tense="future"),
    Slot("month", "month"),
    Slot("stay", "range"),
    Slot("at", "time"),
    Slot("vip", "yesno"),
    Slot("stars", "number"),
    Slot("note", "text"),
    Slot("pin", "digits", "pin"),
    Slot("lasts", "duration"),
    Slot("home", "address"),
)
FLOW = Flow(
    "f",
    "en",
    "d",
    "",
    slots={slot.name: slot for slot in SLOTS},
    hours={"desk": Hours("Europe/Madrid", (((540, 1020),),) * 7)},
)
TALK = Talk(
    "d",
    "2026-07-15",
    "en",
    slots={
        "amount": "42.19",
        "from-account": "card",
        "month": "2026-06",
        "stay": "2026-07-20/2026-07-22",
        "at": "15:30",
        "vip": "no",
        "stars": "4",
        "pin": Secret("pin-1", 4),
        "lasts": "PT36H",
        "home": "22 Elm Street, Dayton, OH 45402",
    },
    outcomes={"balance": "done", "refund": "failed"},
    outcome="busy",
    now="2026-07-15T08:30:00",
    confidence=71,
    not_understood=3,
)


class TestHolds:
    @pytest.mark.parametrize(
        ("text", "does"),
        [
            ("amount > 42 and from_account == 'card'", True),
            ("vip", False),
            ("filled(vip) and not vip", True),
            ("month < '2026-06-02' and stay == '2026-07-20'", True),
            ("at < '16:00' and stars == 4", True),
            ("visit > today", False),
            ("not visit > today", True),
            ("done('balance') and not done('refund')", True),
            ("is_open('desk')", True),
            ("now >= '10:30' and now < '10:31'", True),
            ("today == '2026-07-15' and outcome == 'busy' and language == 'en'", True),
            ("confidence == 71 and not_understood == 3", True),
            ("by_keypad", False),
            ("length(pin) == 4", True),
            ("pin == '9201'", False),
            ("lasts > 'PT2H' and lasts <= 'P1DT12H'", True),
            ("minutes(lasts) == 2160 and hours(lasts) == 36 and days(lasts) == 1.5", True),
            ("today + lasts == '2026-07-16'", True),
            ("part(home, 'zip') == '45402' and part(home, 'number') == '22'", True),
            ("filled(part(home, 'unit'))", False),
            ("from-account == 'card'", False),
            ("", False),
        ],
    )
    def test_conditions(self, text: str, does: bool) -> None:
        """
        Slots have the type of their slot; what is not known makes nothing true.
        """
        assert holds(FLOW, TALK, text) is does

    def test_without_hours_now_is_utc(self) -> None:
        """
        The zone of ``now`` is that of the flow's hours, where it has any.
        """
        assert holds(replace(FLOW, hours={}), TALK, "now == '08:30'")
        assert not holds(FLOW, replace(TALK, now=""), "now > '00:00' or is_open('desk')")

    def test_what_is_about_to_be_filled(self) -> None:
        """
        A value can be tried before it is taken.
        """
        assert holds(FLOW, TALK, "stars > 4", {"stars": "5"})

    def test_a_value_that_is_none(self) -> None:
        """
        A slot that holds what its type cannot be is empty, not an error.
        """
        assert not holds(
            FLOW, replace(TALK, slots={"at": "noon", "month": "x"}), "filled(at) or filled(month)"
        )


class TestWorkedOut:
    @pytest.mark.parametrize(
        ("slot", "text", "value"),
        [
            ("amount", "amount * 3", "126.57"),
            ("amount", "5 - amount", "-37.19"),
            ("stars", "stars + 1", "5"),
            ("stars", "stars / 3", "1.3333"),
            ("visit", "today + 3", "2026-07-18"),
            ("visit", "opens('desk')", "2026-07-15"),
            ("at", "opens('desk')", "10:30"),
            ("month", "stay", "2026-07"),
            ("vip", "stars > 3", "yes"),
            ("note", "'stars: ' + lower('X')", "stars: x"),
            ("note", "amount", "42.19"),
            ("note", "visit", None),
            ("visit", "stars", None),
            ("visit", "today + lasts", "2026-07-16"),
            ("lasts", "lasts + lasts", "P3D"),
            ("lasts", "stars", None),
            ("note", "part(home, 'city')", "Dayton"),
            ("note", "pin", None),
            ("pin", "pin", Secret("pin-1", 4)),
            ("stars", "1 / 0", None),
        ],
    )
    def test_values(self, slot: str, text: str, value: Filled | None) -> None:
        """
        The value is written as its slot keeps it; a caller's bounds do not bind the flow, secrecy does.
        """
        assert worked_out(FLOW, TALK, FLOW.slots[slot], text) == value
