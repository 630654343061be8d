"""A call without a telephone comes out as one with it."""

from __future__ import annotations

import pytest

from ivr_ari.errors import CallerError
from ivr_ari.events import HandOver, Heard, Meaning, Noise, Request, Secret, Silent, Spoken
from ivr_ari.workbench.transcript import heard_words
from tests.small_call import SECRET, SHIPPED, call, prompts, say


class TestTurns:
    def test_greeting(self) -> None:
        """
        The call is up as soon as it is made: greeted, and asked.
        """
        begun = call()

        assert prompts(begun) == ["hello", "what"]
        assert begun.talk.waiting is not None
        assert begun.talk.waiting.what == "main"

    def test_words(self) -> None:
        """
        What is said goes through understanding, and the question that comes of it is put.
        """
        begun = call()
        say(begun, "where is my order")

        assert prompts(begun)[-2:] == ["acknowledge", "ask-number"]

    def test_a_meaning_in_place_of_words(self) -> None:
        """
        Understanding is not asked then.
        """
        begun = call()
        begun.utter(heard_words("zzz"), Meaning(requests=(Request("gift", 0, 0),)))

        assert prompts(begun)[-1] == "ask-paper"

    def test_unfinished_keys(self) -> None:
        """
        The pause after the last key ends an entry that could be longer.
        """
        begun = call()
        say(begun, "order")
        begun.press("1818")

        assert begun.talk.slots["number"] == "1818"

    def test_keys_ahead_of_the_question(self) -> None:
        """
        Keys pressed while a backend is at work wait for the next question.
        """
        begun = call(SHIPPED)
        say(begun, "order")
        begun.press("1818#5#")

        assert begun.talk.slots["rating"] == "5"

    def test_silence_lasts_as_long_as_the_question_allows(self) -> None:
        """
        One time out at a time; the ladder climbs.
        """
        begun = call()
        begun.keep_silent()
        begun.keep_silent()

        assert [type(event) for event in begun.events if isinstance(event, Silent)] == [Silent, Silent]
        assert begun.ending is not None

    def test_noise(self) -> None:
        """
        Voice without words is noise to the dialogue.
        """
        begun = call()
        begun.utter(Heard())

        assert any(isinstance(event, Noise) for event in begun.events)
        assert prompts(begun)[-2:] == ["sorry", "what"]

    def test_after_the_end(self) -> None:
        """
        Nobody can speak to a call that is over.
        """
        begun = call()
        begun.hang_up()

        with pytest.raises(CallerError, match=r"rehearsal\.over"):
            begun.press("1")

    def test_handed_over_and_back(self) -> None:
        """
        A hand-over that reached nobody goes on with the talk that was kept; a call that was not cannot.
        """
        begun = call()
        with pytest.raises(CallerError, match=r"rehearsal\.not-handed"):
            begun.come_back("busy")
        begun.press("0")
        assert isinstance(begun.ending, HandOver)

        begun.come_back("busy")

        assert begun.ending is None
        assert begun.talk.outcome == "busy"


class TestInterruption:
    def test_how_much_was_heard(self) -> None:
        """
        Prompts before the one that is cut were whole, those after it never began.
        """
        begun = call(settle=False)
        begun.interrupt("hello", 0.5)
        say(begun, "order")

        first = [event for event in begun.events if isinstance(event, Spoken)][:2]
        assert [(report.heard_ms, report.total_ms, report.whole) for report in first] == [
            (180, 360, False),
            (0, 840, False),
        ]

    def test_prompts_before_it(self) -> None:
        """
        Were heard to their end.
        """
        begun = call(settle=False)
        begun.interrupt("what", 0.25)
        say(begun, "order")

        first = [event for event in begun.events if isinstance(event, Spoken)][:2]
        assert [(report.heard_ms, report.whole) for report in first] == [(360, True), (210, False)]

    def test_what_is_not_said(self) -> None:
        """
        Cannot be cut; nor can anything, once it has been heard.
        """
        with pytest.raises(CallerError, match="hello, what"):
            call(settle=False).interrupt("goodbye", 0.5)
        with pytest.raises(CallerError, match="nothing"):
            call().interrupt("hello", 0.5)


class TestSecrets:
    def test_digits_are_shielded_as_in_a_call(self) -> None:
        """
        Neither the state nor the transcript holds them.
        """
        begun = call(SHIPPED, flow=SECRET)
        say(begun, "order")
        begun.press("1818#")

        assert begun.talk.slots["number"] == Secret("number-1", 4, right_for=("number",))
        assert "1818" not in str(begun.said)

    def test_digits_that_are_spoken(self) -> None:
        """
        Are told as the transcript has them, before the answer to them.
        """
        begun = call(SHIPPED, flow=SECRET)
        say(begun, "order", "1818")

        assert begun.talk.slots["number"] == Secret("number-1", 4, right_for=("number",))
        told = [one.words for one in begun.said if one.who == "caller"]
        assert told == ["order", "(number)"]
        assert begun.said[-1].who == "ivr"
        assert "1818" not in str(begun.said)

    @pytest.mark.parametrize(("keys", "told"), [("1818#", "1818#"), ("1*9201", "(6 keys)")])
    def test_keys_ahead(self, keys: str, told: str) -> None:
        """
        Long runs of digits may hold a number that is asked for later: they are counted only.
        """
        begun = call(SHIPPED)
        begun.press(keys)

        assert ("keys", told) in [(one.who, one.words) for one in begun.said]


class TestBackends:
    def test_name_of_the_action(self) -> None:
        """
        Is the one of the step that waits, and its answer is used.
        """
        begun = call(SHIPPED)
        say(begun, "order")
        begun.press("1818#")

        assert begun.actions == ["look-up"]
        assert begun.talk.slots["state"] == "shipped"

    def test_answer_after_another_turn(self) -> None:
        """
        The caller may say something while a backend is at work.
        """
        begun = call({"turns": 1, "then": SHIPPED})
        say(begun, "order")
        begun.press("1818#")
        assert begun.waiting_for_backend
        assert "state" not in begun.talk.slots

        begun.utter(heard_words("gift"))

        assert not begun.waiting_for_backend
        assert begun.talk.slots["state"] == "shipped"
