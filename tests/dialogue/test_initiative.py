"""The caller leads: changes of mind, words that point back, several things in one breath."""

from __future__ import annotations

import pytest

from ivr_ari.events import Act, ActionDone, ActionSlow, Noise, Spoken, Value

from .conversation import Conversation, meant, value, wants
from .travel import travel


def denied(kind: str, text: str) -> Value:
    """ "Not Boston"."""
    return Value(kind, text, 0, 0, denied=True)  # type: ignore[arg-type]


@pytest.fixture
def call() -> Conversation:
    return Conversation(travel())


def booking(*more: Value) -> Conversation:
    """Return a call in which a journey from Boston to Austin on Monday is being booked."""
    call = Conversation(travel())
    from_to = (value("choice", "boston", "from-town"), value("choice", "austin", "to-town"))
    call.hear(wants("book", *from_to, value("date", "2026-07-20"), *more))
    return call


def at_confirmation() -> Conversation:
    call = booking()
    call.hear(value("choice", "first", "class"))
    assert call.said == ["shall-i"]
    return call


def booked() -> Conversation:
    """Return a call in which the journey has been booked, and the seat is asked for."""
    call = at_confirmation()
    call.hear("affirm")
    call.done(ticket="T1")
    assert call.asked == "book.window"
    return call


class TestOneBreath:
    def test_an_answer_a_correction_and_a_request(self) -> None:
        """
        "First class, but make it Tuesday, and I want to pay": all three in one step.
        """
        call = booking()
        assert call.asked == "book.class"

        call.hear(
            "correct",
            value("choice", "first", "class"),
            value("date", "2026-07-21", "leave-on"),
            wants("pay"),
        )

        assert call.said == ["changed", "queued", "shall-i"]
        assert call.talk.slots["class"] == "first"
        assert call.talk.slots["leave-on"] == "2026-07-21"
        assert call.talk.agenda == ("pay",)

    def test_over_answering(self, call: Conversation) -> None:
        """
        Asked from where, told from where, where to, when and in which class: nothing of it is asked.
        """
        call.hear(wants("book"))
        call.hear(
            value("choice", "boston", "from-town"),
            value("choice", "denver", "to-town"),
            value("date", "2026-07-20", "leave-on"),
            value("choice", "second", "class"),
        )

        assert call.said == ["shall-i"]

    def test_a_yes_with_a_change_confirms_again(self) -> None:
        """
        "Yes, but make it Tuesday" is put right and asked once more.
        """
        call = at_confirmation()

        call.hear("affirm", "correct", value("date", "2026-07-21"))

        assert call.said == ["changed", "shall-i"]
        assert "2026-07-21" in call.text


class TestReferents:
    def test_change_that(self) -> None:
        """
        "Actually, change that to Tuesday": the latest answer of that kind.
        """
        call = booking()

        call.hear("correct", value("date", "2026-07-21"))

        assert call.said == ["changed", "which-class"]
        assert call.talk.slots["leave-on"] == "2026-07-21"

    def test_not_boston_austin(self) -> None:
        """
        What was denied says which of two towns is meant, and is never taken for an answer.
        """
        call = at_confirmation()

        call.hear("deny", denied("choice", "austin"), value("choice", "denver"))

        assert call.talk.slots["to-town"] == "denver"
        assert call.talk.slots["from-town"] == "boston"

    def test_denied_alone_is_asked_anew(self) -> None:
        """
        "Not Austin" leaves the question open, and the rest as it is.
        """
        call = at_confirmation()

        call.hear("deny", denied("choice", "austin"))

        assert call.asked == "book.to-town"
        call.hear(value("choice", "denver"))
        assert call.said == ["shall-i"]

    def test_denied_one_of_two(self) -> None:
        """
        "Not first class" can only be second.
        """
        call = at_confirmation()
        call.hear("deny", denied("choice", "first"))
        assert call.talk.slots["class"] == "second"

    def test_the_other_one(self) -> None:
        """
        Of two options the one that was not taken.
        """
        call = at_confirmation()

        call.hear("deny", "correct", "other")

        assert call.said == ["changed", "shall-i"]
        assert call.talk.slots["class"] == "second"

    def test_the_other_one_of_several_is_asked_for(self, call: Conversation) -> None:
        """
        Of three towns nobody knows which other one: it is asked for again.
        """
        call.hear(wants("book"))
        call.hear(value("choice", "boston"))
        call.hear("deny", "other")

        assert call.asked == "book.from-town"

    @pytest.mark.parametrize(("place", "town"), [("1", "boston"), ("2", "austin"), ("-1", "denver")])
    def test_places_in_a_list(self, call: Conversation, place: str, town: str) -> None:
        """
        "The first one", "the last one": as they were spoken.
        """
        call.hear(wants("book"))
        call.hear(value("ordinal", place))
        assert call.talk.slots["from-town"] == town

    def test_both_where_one_can_be(self) -> None:
        """
        Both classes cannot be had: help says so, and the question is put again.
        """
        call = booking()
        call.hear("both")
        assert call.said == ["one-class-only", "sorry", "which-class"]

    def test_both_tasks(self, call: Conversation) -> None:
        """
        "Did you mean the payment or the vow?" - "both".
        """
        call.hear(wants("pay", runner_up="vow"))
        call.hear("both")

        assert call.said == ["acknowledge", "how-much"]
        assert [call.talk.stack[0].task, *call.talk.agenda] == ["pay", "vow"]

    def test_the_other_of_two_tasks(self, call: Conversation) -> None:
        """
        Who chose wrongly at "did you mean" takes the other one.
        """
        call.hear(wants("pay", runner_up="tour"))
        call.hear(value("ordinal", "1"))
        call.hear("deny", "other")

        assert call.asked == "tour.tour-day"
        assert call.talk.agenda == ()

    def test_same_as_before(self, call: Conversation) -> None:
        """
        The latest answer of the same type is taken, and said.
        """
        call.hear(wants("tour"))
        call.hear(value("date", "2026-07-22"))
        call.hear(wants("book"))
        call.hear(value("choice", "boston", "from-town"))
        call.hear(value("choice", "austin", "to-town"))

        call.hear("same")

        assert call.said == ["same-as-before", "which-class"]
        assert call.talk.slots["leave-on"] == "2026-07-22"

    def test_same_as_the_slot_held_before(self) -> None:
        """
        A value that was corrected can be had back.
        """
        call = booking()
        call.hear("correct", value("date", "2026-07-21"))
        call.hear("back")
        assert call.asked == "book.leave-on"
        call.hear("same")
        assert call.talk.slots["leave-on"] == "2026-07-21"

    def test_nothing_before(self, call: Conversation) -> None:
        """
        Where there was nothing, the caller hears so.
        """
        call.hear(wants("pay"))
        call.hear("same")
        assert call.said == ["nothing-before", "how-much"]

    def test_nothing_before_the_open_question(self, call: Conversation) -> None:
        """
        "Same as before" after a finished task puts back nothing of what was done.
        """
        call.hear(wants("tour"))
        call.hear("correct", value("date", "2026-07-20", "tour-day"))
        call.hear("correct", value("date", "2026-07-21", "tour-day"))
        assert call.talk.before == {"tour-day": "2026-07-20"}

        call.hear("same")

        assert call.said == ["nothing-before", "more"]
        assert call.talk.slots["tour-day"] == "2026-07-21"

    def test_back(self) -> None:
        """
        The latest answer is asked for once more, the rest is kept; at the beginning there is nothing.
        """
        call = at_confirmation()
        call.hear("back")
        assert call.said == ["which-class"]
        fresh = Conversation(travel())
        fresh.hear("back")
        assert fresh.said == ["cannot-go-back", "what"]


class TestRoles:
    def test_a_role_is_kept(self, call: Conversation) -> None:
        """
        "To Austin" is where to, though from where is asked.
        """
        call.hear(wants("book"))
        call.hear(value("choice", "austin", "to-town"))

        assert call.asked == "book.from-town"
        assert call.talk.slots == {"to-town": "austin"}

    def test_without_a_role_the_question_decides(self, call: Conversation) -> None:
        """
        A town without a role is what was asked for.
        """
        call.hear(wants("book"))
        call.hear(value("choice", "austin"))
        assert call.talk.slots == {"from-town": "austin"}

    def test_two_that_fit_are_not_guessed(self, call: Conversation) -> None:
        """
        A town told with the request may be either: it is asked for.
        """
        call.hear(wants("book", value("choice", "austin")))
        assert call.asked == "book.from-town"
        assert call.talk.slots == {}

    def test_answers_for_what_is_needed_later(self, call: Conversation) -> None:
        """
        A value of a task that only waits is kept for it.
        """
        call.hear(wants("tour"), wants("pay", value("amount", "20.00")))
        call.hear(value("date", "2026-07-22"))
        assert call.request.body == {"amount": "20.00"}


class TestUndo:
    def test_what_was_done_is_taken_back_and_done_again(self) -> None:
        """
        Another day after the booking: the ticket is released, the caller hears it, and is asked again.
        """
        call = booked()

        call.hear("correct", value("date", "2026-07-21"))
        assert (call.request.method, call.request.path) == ("DELETE", "/tickets/T1")

        call.done()
        assert call.said == ["undone", "changed", "shall-i"]
        call.hear("affirm")
        assert call.request.body["on"] == "2026-07-21"

    def test_after_the_task_has_ended(self) -> None:
        """
        The same holds at the open question, and for another town.
        """
        call = booked()
        call.hear("affirm")
        assert call.said == ["have-fun", "more"]

        call.hear("correct", value("choice", "denver", "to-town"))
        call.done()

        assert call.said == ["undone", "changed", "shall-i"]

    def test_what_came_after_is_no_matter(self) -> None:
        """
        What was told after the booking is corrected without touching it.
        """
        call = booked()
        call.hear("affirm")
        call.hear("correct", value("yesno", "no", "window"))
        assert call.talk.slots["window"] == "no"
        assert call.asked == "main"

    def test_calling_it_off_afterwards(self) -> None:
        """
        "Cancel" right after the booking takes it back for good.
        """
        call = booked()
        call.hear("affirm")
        call.hear("cancel")
        assert call.request.method == "DELETE"
        call.done()

        assert call.said == ["undone", "more"]
        assert call.talk.outcomes["book"] == "cancelled"

    def test_calling_it_off_by_name(self) -> None:
        """
        "Cancel the journey", once it is booked, takes it back and begins no other.
        """
        call = booked()
        call.hear("affirm")
        call.hear("cancel", wants("book"))
        assert call.request.method == "DELETE"

    def test_taking_back_fails(self) -> None:
        """
        The booking stays, and a person is offered; no keeps it so.
        """
        call = booked()
        call.hear("correct", value("date", "2026-07-21"))
        call.fails(500)
        assert call.said == ["already-done", "person-for-that"]

        call.hear("deny")
        assert call.talk.slots["leave-on"] == "2026-07-20"
        assert call.said == ["more"]

    def test_without_undo_a_person_is_offered(self, call: Conversation) -> None:
        """
        A payment cannot be taken back: a yes gives the call to a person.
        """
        call.hear(wants("pay", value("amount", "20.00")))
        call.done()
        call.hear("correct", value("amount", "30.00"))
        assert call.said == ["already-done", "person-for-that"]

        call.hear("affirm")
        assert call.handed.reason == "correction"

    def test_never_mind_declines_the_person(self, call: Conversation) -> None:
        """
        "Never mind" is a no to that offer: the call goes on with the open question.
        """
        call.hear(wants("pay", value("amount", "20.00")))
        call.done()
        call.hear("correct", value("amount", "30.00"))
        call.hear("cancel")

        assert call.said == ["more"]
        assert call.asked == "main"


class TestDependants:
    def test_what_is_right_no_more_is_asked_again(self, call: Conversation) -> None:
        """
        Leaving later than coming back: the way back is asked for anew, and why is said.
        """
        call.hear(wants("back-trip"))
        call.hear(value("date", "2026-07-20"))
        call.hear(value("date", "2026-07-22"))
        assert call.said == ["return-is", "more"]

        call.hear("correct", value("date", "2026-07-25", "leave-on"))
        assert call.said == ["changed", "back-too-early", "when-back"]
        call.hear(value("date", "2026-07-26"))
        assert call.said == ["return-is", "more"]

    def test_a_value_that_breaks_a_condition_is_refused(self, call: Conversation) -> None:
        """
        The condition's own words say why.
        """
        call.hear(wants("back-trip"))
        call.hear(value("date", "2026-07-20"))
        call.hear(value("date", "2026-07-01"))
        assert call.said == ["back-too-early", "when-back"]

    def test_start_over_forgets_what_was_left(self) -> None:
        """
        From the beginning: nothing is under way, waiting or left behind.
        """
        call = at_confirmation()
        call.hear(wants("pay"))
        call.hear("start-over")
        assert (call.talk.agenda, call.talk.outcomes, call.talk.slots) == ((), {}, {})

    def test_a_question_that_has_become_needless_is_skipped(self, call: Conversation) -> None:
        """
        "In the morning or in the evening?" - "at half past ten".
        """
        call.hear(wants("visit"))
        assert call.asked == "visit.part"
        call.hear(value("time", "10:30"))
        assert call.said == ["visit-is", "more"]

    def test_yes_but(self) -> None:
        """
        "Yes, but second class" corrects what is being confirmed, and confirms it again.
        """
        call = at_confirmation()
        call.hear("affirm", value("choice", "second"))
        assert call.said == ["changed", "shall-i"]

    def test_a_value_of_a_question_asked_in_between(self) -> None:
        """
        A day told with a question belongs to the question, not to what was asked.
        """
        call = Conversation(travel())
        call.hear(wants("tour"))
        call.hear(wants("pets", value("date", "2026-07-25")))
        assert call.asked == "tour.tour-day"


class TestAgenda:
    def test_one_excludes_the_other(self) -> None:
        """
        A tour in place of a journey: the later wish counts, and the caller hears it.
        """
        call = booking()
        call.hear(wants("tour"))

        assert call.said == ["instead", "tour-when"]
        assert call.text.startswith("a guided tour instead of your journey.")
        assert call.talk.outcomes == {"book": "cancelled"}

    def test_leaving_is_confirmed(self) -> None:
        """
        A task may ask before it is left; no goes on where it was.
        """
        call = booking()
        call.hear("cancel")
        assert call.said == ["really-leave"]
        call.hear("deny")
        assert call.asked == "book.class"
        call.hear("cancel")
        call.hear("affirm")
        assert call.said == ["journey-left", "more"]

    def test_what_cannot_be_left(self, call: Conversation) -> None:
        """
        The caller hears that it has to be, and is asked again.
        """
        call.hear(wants("vow"))
        call.hear("cancel")
        assert call.said == ["cannot-cancel", "how-much"]

    def test_an_emergency_inside_an_answer_inside_a_task(self) -> None:
        """
        What is urgent interrupts; then the task goes on, with its question in short form.
        """
        call = Conversation(travel())
        call.hear(wants("back-trip"))
        call.hear(wants("alarm"))
        assert call.asked == "alarm.place"
        call.hear(wants("pets"))
        assert call.said == ["pets-are", "back-to", "where"]
        call.hear(value("choice", "here"))
        assert call.said == ["help-comes", "back-to", "when-short"]

    def test_cancel_names_what_waits(self) -> None:
        """
        "Never mind the payment" takes it off the agenda and leaves the journey alone.
        """
        call = booking()
        call.hear(wants("pay"))
        call.hear("cancel", wants("pay"))
        assert call.said == ["cancelled", "which-class"]
        assert call.talk.agenda == ()

    def test_cancel_leaves_the_interruption_only(self) -> None:
        """
        Who calls off the emergency goes on with the journey.
        """
        call = booking()
        call.hear(wants("alarm"))
        call.hear("cancel")
        assert call.said == ["cancelled", "which-class"]


class TestWrong:
    @pytest.mark.parametrize(
        "answer",
        [value("choice", "leave-on", "wrong"), value("ordinal", "2"), value("number", "2")],
    )
    def test_a_bare_no_asks_what_is_wrong(self, answer: Value) -> None:
        """
        The slot that is named, by its words or its place, is asked for anew, the others stay.
        """
        call = at_confirmation()
        call.hear("deny")
        assert call.said == ["what-is-wrong"]
        call.hear(answer)
        assert call.said == ["when"]
        call.hear(value("date", "2026-07-23"))
        assert call.said == ["shall-i"]

    def test_the_right_value_at_once(self) -> None:
        """
        "The day, it should be Thursday" needs no more question.
        """
        call = at_confirmation()
        call.hear("deny")
        call.hear(value("date", "2026-07-23"))
        assert call.said == ["changed", "shall-i"]

    def test_no_again(self) -> None:
        """
        A second bare no leaves the task.
        """
        call = at_confirmation()
        call.hear("deny")
        call.hear("deny")
        assert call.talk.outcomes["book"] == "cancelled"

    def test_by_key(self) -> None:
        """
        Keys count the slots that may be wrong.
        """
        call = at_confirmation()
        call.key("2")
        assert call.said == ["what-is-wrong"]
        call.key("1")
        assert call.asked == "book.to-town"


class TestHeard:
    def question(self, call: Conversation) -> str:
        return call.talk.playing[-1][0]

    @pytest.mark.parametrize("answer", ["affirm", value("ordinal", "-1")])
    def test_a_list_that_was_cut(self, call: Conversation, answer: Act | Value) -> None:
        """
        "Boston, Austin -" "that one": the last one that was heard, not the last one written.
        """
        call.hear(wants("book"))
        call.take(Spoken(self.question(call), 700, whole=False, total_ms=1000))
        call.hear(answer)
        assert call.talk.slots["from-town"] == "austin"

    def test_before_anything_was_heard_a_yes_is_no_answer(self, call: Conversation) -> None:
        """
        A yes before the first option means none of them.
        """
        call.hear(wants("book"))
        call.take(Spoken(self.question(call), 100, whole=False, total_ms=1000))
        call.hear("affirm")
        assert call.said == ["sorry", "from-where"]

    def test_repeat_from_where_it_was_cut(self, call: Conversation) -> None:
        """
        What was heard whole is not said again.
        """
        call.hear(wants("pets"), wants("tour"))
        assert call.said == ["acknowledge", "pets-are", "tour-when"]
        told, asked = (name for name, prompt in call.talk.playing if prompt != "acknowledge")
        call.take(Spoken(told, 900, whole=True, total_ms=900))
        call.take(Spoken(asked, 10, whole=False, total_ms=900))
        call.hear("repeat")
        assert call.said == ["tour-when"]

    def test_repeat_is_of_the_latest_turn(self, call: Conversation) -> None:
        """
        The greeting is not said again once something else was.
        """
        call.hear(wants("tour"))
        call.hear("repeat")
        assert call.said == ["tour-when"]


class TestManner:
    @pytest.mark.parametrize(
        ("act", "pace", "gain"),
        [("slower", 85, 0), ("faster", 115, 0), ("louder", 100, 6), ("quieter", 100, -6)],
    )
    def test_slower_and_louder(self, call: Conversation, act: Act, pace: int, gain: int) -> None:
        """
        It is said so, in the new manner, and what was told and asked is said again.
        """
        call.hear(wants("pets"))
        call.hear(act)
        assert call.said == [f"{act}-now", "pets-are", "more"]
        assert (call.talk.pace, call.talk.gain_db) == (pace, gain)

    def test_there_are_bounds(self, call: Conversation) -> None:
        """
        However often it is asked for.
        """
        for _ in range(9):
            call.hear("slower", "louder")
        assert (call.talk.pace, call.talk.gain_db) == (60, 12)

    def test_by_key(self, call: Conversation) -> None:
        """
        Keys do the same.
        """
        call.key("7")
        assert call.said == ["slower-now", "hello", "what"]

    def test_a_language(self, call: Conversation) -> None:
        """
        A language the flow has is taken, and the question put again; another is not understood.
        """
        call.hear(value("language", "en"))
        assert call.said == ["language-now", "what"]
        call.hear(value("language", "fr"))
        assert call.said == ["sorry", "what"]


class TestHardToHear:
    def test_hardly_heard(self, call: Conversation) -> None:
        """
        What was hardly heard is not acted upon.
        """
        call.take(meant(wants("pay"), confidence=0.2))
        assert call.said == ["hardly-heard", "what"]
        assert call.talk.agenda == ()

    def test_a_sure_yes_counts(self) -> None:
        """
        A yes that is sure by itself is taken.
        """
        call = at_confirmation()
        call.take(meant(value("yesno", "yes"), confidence=0.2))
        assert call.request.path == "/tickets"

    def test_noise(self, call: Conversation) -> None:
        """
        Noise has words of its own.
        """
        call.take(Noise())
        assert call.said == ["noisy", "what"]


class TestBackend:
    def test_slow(self) -> None:
        """
        The caller hears that it takes longer; nothing else happens.
        """
        call = at_confirmation()
        call.hear("affirm")
        call.take(ActionSlow(call.request.id))
        assert call.said == ["still-busy"]

    def test_a_late_answer_is_dropped(self) -> None:
        """
        Who changed their mind meanwhile is not told what they no longer want.
        """
        call = Conversation(travel())
        call.hear(wants("luggage"))
        late = call.request.id
        call.hear("cancel")
        assert call.asked == "main"
        assert call.take(ActionDone(late, {"bags": 2})) == ()
        assert "bags" not in call.talk.slots

    def test_type_ahead(self, call: Conversation) -> None:
        """
        Entries keyed one after the other answer one question each.
        """
        call.key("2")
        call.key("1250")
        assert call.request.body == {"amount": "12.50"}
