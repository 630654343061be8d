"""Where the values of an utterance belong."""

from __future__ import annotations

from ivr_ari.events import Act, Request, Understood, Value

from .conversation import Conversation, flow_of, meant, value, wants
from .manners import at_hotel
from .travel import TRAVEL, travel

LIMITED = TRAVEL.replace(
    "amount: {type: amount,", "amount: {type: amount, most: 40, invalid: too-dear,"
).replace("  how-much:", "  too-dear: Forty at most.\n  how-much:")


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


def memo() -> Conversation:
    """A tour, at the question for a memo; the day is asked after it."""
    text = TRAVEL.replace("      - ask: tour-day\n", "      - ask: [memo, tour-day]\n")
    text = text.replace("  tour-day: {", "  memo: {type: text, ask: what-memo}\n  tour-day: {")
    call = Conversation(
        flow_of(text.replace("  tour-when:", "  what-memo: What shall I note?\n  tour-when:"))
    )
    call.hear(wants("tour"))
    assert call.asked == "tour.memo"
    return call


def dictate(call: Conversation, words: str, *parts: Request | Value | Act) -> None:
    call.take(Understood(meant(*parts).meaning, words))


class TestDictationBeforeOtherQuestions:
    def test_a_value_nobody_named(self) -> None:
        """
        "Tomorrow at five please" is the memo and nothing else: the day is asked.
        """
        call = memo()
        dictate(call, "tomorrow at five please", value("date", "2026-07-16"), value("time", "17:00"))

        assert call.talk.slots == {"memo": "tomorrow at five please"}
        assert call.asked == "tour.tour-day"

    def test_a_value_that_words_name(self) -> None:
        """
        A day that is called the day of the tour is kept as well, and the memo is not asked again.
        """
        call = memo()
        words = "tour day tomorrow and bring water thanks"
        dictate(call, words, "thank", value("date", "2026-07-16", "tour-day"))

        assert call.talk.slots == {"memo": words, "tour-day": "2026-07-16"}
        assert "tour-is" in call.said

    def test_a_value_that_was_denied(self) -> None:
        """
        "It is not forty" in a memo takes no answer back.
        """
        call = memo()
        dictate(call, "i want to pay forty", wants("pay", value("amount", "40.00")))
        dictate(call, "it is not forty", Value("amount", "40.00", 0, 0, denied=True))

        assert call.talk.slots == {"amount": "40.00", "memo": "it is not forty"}
        assert call.asked == "tour.tour-day"

    def test_a_request_is_no_memo(self) -> None:
        """
        Who wants something else, with its values, has not dictated.
        """
        call = memo()
        dictate(call, "i want to pay forty", wants("pay", value("amount", "40.00")))

        assert call.talk.slots == {"amount": "40.00"}
        assert (call.said, call.asked) == (["queued", "what-memo"], "tour.memo")


class TestRefusedEarly:
    """A value told before its question, and not right there."""

    def test_the_reason_goes_before_the_question(self) -> None:
        """
        "Back on the eighteenth", before the day of leaving: why that is no answer is said, and it is asked.
        """
        call = Conversation(travel())
        days = (value("date", "2026-07-20", "leave-on"), value("date", "2026-07-18", "return-on"))
        call.hear(wants("back-trip", *days))

        assert call.said == ["acknowledge", "back-too-early", "when-back"]

    def test_outside_the_limits(self) -> None:
        """
        Without a rule of its own, what the slot says to a value out of its limits is said.
        """
        call = Conversation(flow_of(LIMITED))
        call.hear(wants("pay", value("amount", "50.00", "amount")))

        assert call.said == ["acknowledge", "too-dear", "how-much"]

    def test_not_before_another_question(self) -> None:
        """
        While something else is asked nothing is said, nor when its question comes later.
        """
        call = Conversation(flow_of(LIMITED))
        call.hear(wants("tour"), wants("pay", value("amount", "50.00", "amount")))
        assert call.asked == "tour.tour-day"
        assert "too-dear" not in call.said

        call.hear(value("date", "2026-07-20"))
        assert call.asked == "pay.amount"
        assert "too-dear" not in call.said

    def test_beside_an_answer(self) -> None:
        """
        Asked how much, the amount is wrong but something else was told: the reason is said all the same.
        """
        call = Conversation(flow_of(LIMITED))
        call.hear(wants("pay"))
        call.hear(value("amount", "50.00"), wants("tour"))

        assert call.said == ["queued", "too-dear", "how-much"]

    def test_once(self) -> None:
        """
        A wrong answer alone is a miss, and its reason is said once.
        """
        call = Conversation(flow_of(LIMITED))
        call.hear(wants("pay"))
        call.hear(value("amount", "50.00"))

        assert call.said == ["too-dear", "how-much"]
