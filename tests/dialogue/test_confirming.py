"""Which values are confirmed, and how."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.confirming import policy
from ivr_ari.dialogue.draft import Draft
from ivr_ari.dialogue.flow import Slot

from .conversation import value, wants
from .manners import at_hotel, hotel


class TestPolicy:
    @pytest.mark.parametrize(
        ("confirm", "confidence", "how"),
        [
            ("never", 0.1, None),
            ("explicit", 1.0, "explicit"),
            ("implicit", 1.0, "implicit"),
            ("implicit", 0.49, "explicit"),
            ("by-confidence", 0.8, None),
            ("by-confidence", 0.79, "implicit"),
            ("by-confidence", 0.5, "implicit"),
            ("by-confidence", 0.49, "explicit"),
        ],
    )
    def test_by_confidence(self, confirm: str, confidence: float, how: str | None) -> None:
        """
        The less sure, the more is asked.
        """
        slot = Slot("room", "choice", confirm=confirm)  # type: ignore[arg-type]

        assert policy(Draft(hotel(), at_hotel().talk), slot, confidence) == how

    def test_by_risk(self) -> None:
        """
        What a booking carries is asked back; the same value in a look-up is not.
        """
        stay = hotel().slots["stay"]
        booking, finding = at_hotel(), at_hotel()
        booking.hear(wants("book"))
        finding.hear(wants("find"))

        assert policy(Draft(hotel(), booking.talk), stay, 1.0) == "explicit"
        assert policy(Draft(hotel(), finding.talk), stay, 1.0) is None
        assert policy(Draft(hotel(), finding.talk), stay, 0.6) == "implicit"

    def test_in_a_call(self) -> None:
        """
        A doubtful suite is repeated in passing before the next question.
        """
        call = at_hotel()
        call.hear(wants("book", value("choice", "suite", "room", 0.6), value("number", "2", "guests")))
        call.hear(value("range", "2026-07-20/2026-07-22"))
        call.hear("affirm")

        assert "understood" in call.said
        assert "suite." in call.text
