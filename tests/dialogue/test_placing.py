"""Where the values of an utterance belong."""

from __future__ import annotations

from ivr_ari.events import Understood

from .conversation import Conversation, meant, value, wants
from .manners import at_hotel


def noting() -> Conversation:
    """A wake-up call at seven, at the question for a note."""
    call = at_hotel()
    call.hear(wants("wake", value("time", "07:00")))
    assert (call.asked, call.talk.slots["at"]) == ("late-hours.note", "07:00")
    return call


class TestDictation:
    def test_words_that_hold_a_value(self) -> None:
        """
        What is dictated is the text, whole, even if it sounds like another time for an older answer.
        """
        call = noting()
        for _ in range(2):  # the flow asks for two notes
            call.take(Understood(meant(value("time", "08:00")).meaning, "the bell at eight is too loud"))

        assert call.talk.slots["note"] == "the bell at eight is too loud"
        assert call.talk.slots["at"] == "07:00"

    def test_correction_in_place_of_a_text(self) -> None:
        """
        "No, make it eight" is a correction all the same.
        """
        call = noting()
        call.take(Understood(meant("correct", value("time", "08:00")).meaning, "no make it eight"))

        assert call.talk.slots["at"] == "08:00"
        assert call.asked == "late-hours.note"
