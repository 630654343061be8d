"""Prompts, and the caller who speaks into them."""

from ivr_ari.events import Expect, Say, Spoken
from ivr_ari.floor import SILENT_S, Floor
from ivr_ari.orders import Duck, GoOn, Order, StopPlaying, Unduck

SAY = Say("s1", "hello", ("Good day.",))


def saying() -> Floor:
    floor = Floor()
    floor.say(SAY, now=0)
    return floor


def sound(floor: Floor, ms: int, *, now: float = 1.0) -> list[Order]:
    found: list[Order] = []
    for at in range(20, ms + 20, 20):
        found += floor.frame(True, True, in_turn=True, now=now + at / 1000)
    return found


def stopped() -> Floor:
    """The prompt fell silent at 1.4 s, its report has come."""
    floor = saying()
    assert sound(floor, 400) == [Duck(), StopPlaying()]
    floor.ended(Spoken("s1", 1400, False, 3000), now=1.4)
    return floor


class TestFloor:
    def test_words_or_nothing(self) -> None:
        """
        What tells nothing is told apart from what stops a prompt that is silent already.
        """
        floor = saying()
        sound(floor, 200)
        assert floor.words("mhm", Expect(), now=1.2) is None
        assert floor.words("wait", Expect(), now=1.3) == (StopPlaying(),)
        floor.ended(Spoken("s1", 1300, False, 3000), now=1.3)
        assert floor.words("wait a moment", Expect(), now=1.4) == ()

    def test_release(self) -> None:
        """
        A prompt that was only ducked gets its voice back, one that was stopped goes on.
        """
        floor = saying()
        sound(floor, 200)
        assert floor.release(now=1.5) == (Unduck(),)

        floor = stopped()
        (going_on,) = floor.release(now=2)
        assert isinstance(going_on, GoOn)
        assert going_on.say.parts == SAY.parts
        assert going_on.after_ms < 1000

    def test_a_turn_that_leads_to_nothing(self) -> None:
        """
        If nothing is said because of it, the prompt goes on when the silence has lasted.
        """
        floor = stopped()
        assert floor.words("hurry up", Expect(), now=1.5) == ()
        assert floor.answered(silent=True, now=2) == ()
        assert floor.wake_at == 2 + SILENT_S
        assert len(floor.go_on(now=3.2)) == 1
        assert floor.wake_at is None

    def test_a_turn_that_is_answered(self) -> None:
        """
        What is said takes the place of what was.
        """
        floor = stopped()
        floor.say(Say("s2", "bye", ("Bye.",)), now=2)
        floor.answered(silent=True, now=2)

        assert floor.wake_at is None
        assert floor.go_on(now=5) == ()

    def test_a_caller_who_speaks_again_is_not_spoken_over(self) -> None:
        """
        The silence that must not last is over.
        """
        floor = stopped()
        floor.answered(silent=True, now=2)
        floor.taken()

        assert floor.wake_at is None

    def test_prompts_after_a_ducked_one_are_in_full_voice(self) -> None:
        """
        It may have come to its end while the caller spoke.
        """
        floor = saying()
        sound(floor, 200)
        floor.ended(Spoken("s1", 3000, True, 3000), now=1.3)

        assert floor.settle() == (Unduck(),)
        assert floor.settle() == ()

    def test_what_comes_after_a_stopped_prompt_can_be_interrupted(self) -> None:
        """
        A backend answers while the caller still speaks: that prompt gets quiet and stops like any other.
        """
        floor = stopped()
        floor.say(Say("s2", "bye", ("Bye.",)), now=1.5)

        assert sound(floor, 400, now=1.5) == [Duck(), StopPlaying()]

    def test_an_answer_before_the_report_of_what_was_stopped(self) -> None:
        """
        A key that leads to nothing: the silence that must not last begins before the line has reported.
        """
        floor = saying()
        floor.key(now=1)
        floor.answered(silent=True, now=1)
        floor.ended(Spoken("s1", 900, False, 3000), now=1)

        assert floor.wake_at == 1 + SILENT_S
        assert len(floor.go_on(now=3)) == 1

    def test_a_key_stops_at_once(self) -> None:
        """
        Nobody presses a key by coughing.
        """
        assert saying().key(now=1) == (StopPlaying(),)
        assert Floor().key(now=1) == ()
