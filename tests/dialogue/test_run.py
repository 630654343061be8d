"""Steps without a word from outside: branches, values, tasks inside tasks, the ways out."""

from __future__ import annotations

from dataclasses import replace

from ivr_ari.dialogue.draft import Draft
from ivr_ari.dialogue.flow import Flow, MainQuestion, Task
from ivr_ari.dialogue.run import DEEPEST, go_on
from ivr_ari.dialogue.steps import EndStep, Field, GoStep, LeaveStep, RunStep, SetStep, Step
from ivr_ari.dialogue.talk import Frame, Talk
from ivr_ari.events import HandOver, Leave, Listen, Secret

from .conversation import Conversation, value, wants
from .manners import at_hotel, hotel


def ran(flow: Flow, *stack: str, **slots: str | Secret) -> Draft:
    """Return where a call comes to that begins with tasks inside each other."""
    draft = Draft(flow, Talk(flow.digest, "2026-07-15", "en", slots=slots))
    for name in stack:
        draft.push(Frame(name))
    go_on(draft)
    return draft


def with_steps(name: str, *steps: Step) -> Flow:
    task = Task(name, name, (*steps, EndStep("done")), tuple(range(len(steps) + 1)))
    return replace(hotel(), tasks={**hotel().tasks, name: task})


class TestSet:
    def test_expressions_and_branches(self) -> None:
        """
        Prices are worked out and decide what is said.
        """
        call = booked("suite", "3")
        assert "many" in call.said
        assert (call.talk.slots["rate"], call.talk.slots["late"]) == ("240.00", "yes")
        assert booked("double", "1").talk.slots["rate"] == "50.50"

    def test_what_is_no_value_empties(self) -> None:
        """
        A text that is none of its slot's type leaves the slot empty rather than wrong.
        """
        flow = with_steps("x", SetStep("rate", ("dear",)), SetStep("note", ("",)), SetStep("at", ("25:00",)))
        draft = ran(flow, "x", rate="5.00", note="old")
        assert not draft.talk.slots

    def test_a_value_is_copied_as_it_is(self) -> None:
        """
        A slot of the same type and secrecy takes over the value itself; another gets what may be shown.
        """
        code = hotel().slots["code"]
        flow = with_steps("x", SetStep("other", (Field("code"),)), SetStep("note", (Field("code"),)))
        flow = replace(flow, slots={**flow.slots, "other": replace(code, name="other")})
        draft = ran(flow, "x", code=Secret("code-1", 6))

        assert draft.talk.slots["other"] == Secret("code-1", 6)
        assert draft.talk.slots["note"] == "(code-1: 6 characters)"


class TestMust:
    def test_what_does_not_go_together_is_asked_again(self) -> None:
        """
        Three guests told early do not fit the double chosen later: the caller hears why, and is asked again
        for what came first.
        """
        call = at_hotel()
        call.hear(wants("book", value("number", "3", "guests")))
        call.hear(value("range", "2026-07-20/2026-07-22"))
        call.hear("affirm")
        call.hear(value("choice", "double", "room"))
        assert call.said == ["two-in-a-double", "ask-guests"]
        assert call.talk.slots["room"] == "double"

        call.hear(value("number", "2"))
        assert call.asked == "book.book-it"

    def test_the_reason_waits_for_its_question(self) -> None:
        """
        What comes later in the task is judged when the task gets there.
        """
        call = at_hotel()
        call.hear(wants("book", value("number", "3", "guests"), value("choice", "double", "room")))
        call.hear(value("range", "2026-07-20/2026-07-22"))
        assert call.said == ["is-that-right"]
        call.hear("affirm")
        assert call.said == ["two-in-a-double", "ask-guests"]


class TestRun:
    def test_a_task_is_done_again_and_comes_back(self) -> None:
        """
        Another task is run twice, asked anew each time, then the first one goes on.
        """
        call = at_hotel()
        call.hear(wants("wake"))
        for note in ("no feathers", "early"):
            assert call.asked == "late-hours.note"
            call.hear(value("text", note))
        assert call.asked == "wake.at"
        assert call.talk.slots["note"] == "early"

    def test_tasks_that_run_themselves_come_to_an_end(self) -> None:
        """
        A task inside itself fails at a depth; the call goes on.
        """
        draft = ran(with_steps("x", RunStep("x")), "x")
        assert isinstance(draft.effects[-1], Listen)
        assert len(draft.talk.stack) <= DEEPEST

    def test_a_call_that_gets_nowhere_goes_to_a_person(self) -> None:
        """
        Steps that lead in a circle end with a person, or with the dialplan where there is none: never with an
        error.
        """
        flow = with_steps("x", GoStep(0))
        draft = ran(flow, "x")
        assert isinstance(draft.effects[-1], HandOver)
        assert draft.effects[-1].reason == "endless"

        alone = ran(replace(flow, handover=replace(flow.handover, default="", targets={})), "x")
        assert isinstance(alone.effects[-1], Leave)
        assert (alone.effects[-1].result, alone.effects[-1].reason) == ("error", "endless")

        twice = ran(with_steps("x", *[RunStep("x")] * 4), "x")
        assert isinstance(twice.effects[-1], HandOver | Listen)

    def test_an_empty_flow_listens(self) -> None:
        """
        Without anything to do or say the open question is still open.
        """
        draft = ran(Flow("f", "en", "d", "", main=MainQuestion("", "")))
        assert isinstance(draft.effects[-1], Listen)


class TestWaysOut:
    def test_hang_up(self) -> None:
        """
        A flow may end the call itself, after its last words.
        """
        call = at_hotel()
        call.hear(wants("bye"))
        assert call.said[-1] == "sleep-well"
        assert (call.left.result, call.left.reason, call.left.hang_up) == ("done", "asleep", True)

    def test_variables_are_harmless(self) -> None:
        """
        What goes back to the dialplan holds values as they are known, and nothing it would act on.
        """
        call = at_hotel()
        call.hear(wants("wake"))
        call.hear(value("text", "none"))
        call.hear(value("text", "none"))
        call.hear(value("time", "06:30"))
        call.hear(value("phone", "3125550123"))
        call.hear(value("name", "dana whitfield"))

        assert call.left.variables == {"IVR_WHO": "dana whitfield", "IVR_PHONE": "+13125550123"}
        assert not call.left.hang_up
        assert call.text.endswith("At 06:30 on +13125550123, Dana Whitfield.")

    def test_nothing_a_caller_says_is_run(self) -> None:
        """
        A text with a dialplan function in it arrives as words.
        """
        step = LeaveStep("done", "x", {"IVR_X": ("a $", Field("note")), "IVR_Y": (Field("outcome"),)})
        draft = ran(with_steps("x", step), "x", note="{y} ${SHELL(rm)} \x07$[1]")
        left = draft.effects[-1]

        assert isinstance(left, Leave)
        assert left.variables == {"IVR_X": "a {y} {SHELL(rm)}  [1]", "IVR_Y": ""}


def booked(room: str, guests: str) -> Conversation:
    call = at_hotel()
    call.hear(wants("book", value("choice", room, "room"), value("number", guests, "guests")))
    call.hear(value("range", "2026-07-20/2026-07-22"))
    call.hear("affirm")
    return call
