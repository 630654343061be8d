"""What was heard of prompts, and how they go on."""

from ivr_ari.events import Say, Spoken
from ivr_ari.playing import EAR_S, PROMPT_S, Cut, Playing

EAR_MS = round(1000 * EAR_S)


def say(id: str, *, barge_in: bool = True) -> Say:
    return Say(id, "hello", ("Good day.",), barge_in=barge_in)


class TestPlaying:
    def test_a_prompt_that_was_heard(self) -> None:
        """
        Its report goes on to the dialogue as it is.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)

        assert playing.wake_at == 1 + PROMPT_S
        assert playing.ended(Spoken("s1", 900, True, 900), now=2) == Spoken("s1", 900, True, 900)
        assert not playing
        assert playing.wake_at is None
        assert playing.ended(Spoken("s1", 900, True, 900), now=2) is None

    def test_what_the_caller_spoke_into_was_not_heard(self) -> None:
        """
        Neither what went out while they spoke, nor what was on its way to their ear when they began.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)
        playing.interrupt(spoke_at=3.0)

        told = playing.ended(Spoken("s1", 2400, False, 5000), now=3.4)

        assert told == Spoken("s1", 2000 - EAR_MS, False, 5000)
        assert playing.cut == (Cut(say("s1"), 2000 - EAR_MS, 5000),)

    def test_goes_on_under_another_id(self) -> None:
        """
        A line knows a prompt once; to the dialogue it stays the same prompt, however often it is cut.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)
        playing.interrupt(spoke_at=3.0)
        playing.ended(Spoken("s1", 2400, False, 5000), now=3.4)

        (first,) = playing.go_on(now=4)
        assert first.say.id == "s1+1"
        playing.interrupt(spoke_at=5.0)
        playing.ended(Spoken("s1+1", 1000, False, 3000), now=5.0)
        (second,) = playing.go_on(now=6)

        assert second.heard_ms == 2000 - EAR_MS + 1000 - EAR_MS
        heard = playing.ended(Spoken(second.say.id, 500, True, 500), now=7)
        assert heard == Spoken("s1", second.heard_ms + 500, True, 5000)

    def test_what_is_said_anew_takes_its_place(self) -> None:
        """
        After an answer to the interruption the old prompt does not come back.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)
        playing.interrupt(spoke_at=3.0)
        playing.ended(Spoken("s1", 2400, False, 5000), now=3.4)
        playing.add(say("s2"), now=4)

        assert playing.go_on(now=5) == ()

    def test_a_report_that_comes_after_what_takes_its_place(self) -> None:
        """
        A key stops a prompt and is answered at once: the old one does not come back with the new one.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)
        playing.interrupt(spoke_at=3.0)
        playing.add(say("s2"), now=3)
        playing.ended(Spoken("s1", 1900, False, 5000), now=3)
        assert not playing.interrupted

        playing.interrupt(spoke_at=4.0)
        told = playing.ended(Spoken("s2", 1000, False, 5000), now=4)
        assert told == Spoken("s2", 1000 - EAR_MS, False, 5000)
        assert [cut.say.id for cut in playing.go_on(now=5)] == ["s2+1"]

    def test_a_new_prompt_is_not_cut_by_an_old_interruption(self) -> None:
        """
        It ends because its voice died: all that was sent of it was heard, and it does not come back.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)
        playing.interrupt(spoke_at=3.0)
        playing.add(say("s2"), now=3)
        playing.ended(Spoken("s1", 1900, False, 5000), now=3)

        assert playing.ended(Spoken("s2", 900, False), now=4) == Spoken("s2", 900, False)
        assert playing.go_on(now=5) == ()

    def test_a_prompt_stopped_by_nobody_does_not_come_back(self) -> None:
        """
        One that ends because its voice died was not interrupted.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)
        playing.ended(Spoken("s1", 200, False), now=2)

        assert playing.go_on(now=3) == ()

    def test_one_that_may_not_be_interrupted_protects_all(self) -> None:
        """
        Until it is over.
        """
        playing = Playing()
        playing.add(say("s1", barge_in=False), now=1)
        playing.add(say("s2"), now=1)
        assert not playing.barge_in

        playing.ended(Spoken("s1", 900, True), now=2)
        assert playing.barge_in

    def test_a_question_may_be_protected(self) -> None:
        """
        A step says so, not the prompt.
        """
        playing = Playing()
        playing.protect()
        assert playing.barge_in
        playing.add(say("s1"), now=1)
        playing.protect()
        assert not playing.barge_in

        playing.ended(Spoken("s1", 900, True), now=2)
        assert playing.barge_in

    def test_what_is_forgotten_does_not_go_on(self) -> None:
        """
        The conversation has moved on to something else.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)
        playing.interrupt(spoke_at=3.0)
        playing.ended(Spoken("s1", 2400, False, 5000), now=3.4)
        playing.forget()

        assert playing.go_on(now=4) == ()

    def test_many_prompts_may_take_long(self) -> None:
        """
        Each has its time; it begins anew when the one before is over.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)
        playing.add(say("s2"), now=1)
        playing.ended(Spoken("s1", 40_000, True, 40_000), now=41)

        assert playing.overdue(now=1 + PROMPT_S) == ()
        assert playing.overdue(now=41 + PROMPT_S) == (say("s2"),)

    def test_reports_that_never_come(self) -> None:
        """
        A prompt is not waited for forever.
        """
        playing = Playing()
        playing.add(say("s1"), now=1)

        assert playing.overdue(now=2) == ()
        assert playing.overdue(now=1 + PROMPT_S) == (say("s1"),)
