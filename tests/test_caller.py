"""From frames of voice to a draft of what follows."""

from __future__ import annotations

from ivr_ari.caller import Caller
from ivr_ari.conversation import Conversation
from ivr_ari.dialogue.engine import begin
from ivr_ari.events import Act, Began, Expect, Heard, Kind, Meaning, Request, Say, Spoken, Value, Word
from ivr_ari.floor import Floor
from ivr_ari.orders import Disregard, Duck, Flush, Order, Prepare, StopPlaying, Understand, Unduck
from tests.small_call import FLOW

ORDER = Meaning(requests=(Request("order", 0, 2),))


class Bench:
    """A caller on a clock of its own; *playing*: into a prompt."""

    def __init__(self, *, playing: bool = False) -> None:
        talk, _ = begin(FLOW, Began("2026-03-15"))
        self.conversation, self.floor, self.now = Conversation(FLOW, talk), Floor(), 0.0
        self.caller = Caller(self.conversation, self.floor)
        if playing:
            self.floor.say(Say("s1", "hello", ("Good day.",)), now=0)

    def audio(self, ms: int, *, voiced: bool, sounding: bool | None = None) -> list[Order]:
        found: list[Order] = []
        for _ in range(ms // 20):
            self.now += 0.02
            found += self.caller.frame(voiced, voiced if sounding is None else sounding, now=self.now)
        return found

    def heard(self, flush: Order, text: str) -> tuple[Order, ...]:
        assert isinstance(flush, Flush)
        words = Heard(tuple(Word(word) for word in text.split()))
        return self.caller.heard(flush.id, words, now=self.now)

    def meant(self, understand: Order, meaning: Meaning) -> tuple[Order, ...]:
        assert isinstance(understand, Understand)
        return self.caller.meant(understand.id, meaning, now=self.now)


class TestCaller:
    def test_everything_is_tried_at_a_pause(self) -> None:
        """
        Words, meaning and the prompts that would follow, before anybody knows whether that was all.
        """
        bench = Bench()
        assert bench.audio(600, voiced=True) == []
        (flush,) = bench.audio(160, voiced=False)
        (understand,) = bench.heard(flush, "where is my order")
        ready = bench.meant(understand, ORDER)

        assert ready
        assert all(isinstance(order, Prepare) for order in ready)
        assert bench.conversation.draft is not None
        assert bench.caller.turn.over

    def test_going_on_forgets_what_was_tried(self) -> None:
        """
        The words stay.
        """
        bench = Bench()
        bench.audio(600, voiced=True)
        (flush,) = bench.audio(160, voiced=False)
        (understand,) = bench.heard(flush, "where is my")
        bench.meant(understand, ORDER)
        bench.audio(100, voiced=True)

        assert bench.conversation.draft is None
        assert bench.caller.turn.words.text == "where is my"

    def test_a_sound_that_is_no_voice_is_no_turn(self) -> None:
        """
        A cough into a prompt: quieter for a moment, and no word is looked for in it.
        """
        bench = Bench(playing=True)
        orders = bench.audio(300, voiced=False, sounding=True) + bench.audio(300, voiced=False)

        assert orders == [Duck(), Unduck()]
        assert bench.caller.turn.began is None

    def test_noise_is_forgotten_by_the_recogniser(self) -> None:
        """
        Voice without words for too long: what was fed of it must not come out as words later.
        """
        bench = Bench(playing=True)
        orders = bench.audio(500, voiced=True)
        assert orders == [Duck(), StopPlaying()]
        bench.floor.ended(Spoken("s1", 400, False, 900), now=bench.now)

        assert Disregard() in bench.audio(1000, voiced=True)

    def test_the_beginning_of_an_answer_that_never_comes_was_none(self) -> None:
        """
        A "yeah" into a question for digits may be heard as one of them.
        """
        bench = Bench(playing=True)
        bench.audio(420, voiced=True)
        *_, flush = bench.audio(160, voiced=False)
        *_, understand = bench.heard(flush, "zero")
        bench.meant(understand, Meaning(acts=("more-to-come",), values=(Value("digits", "0", 0, 0),)))

        assert bench.caller.hummed
        assert bench.caller.turn.wake_at is not None
        assert bench.caller.turn.wake_at - bench.now > 0.9

    def test_a_hum_is_told_from_words(self) -> None:
        """
        Only into a prompt, only if short, and never where a yes is asked for.
        """
        for playing, ms, expect, hummed in (
            (True, 420, Expect(), True),
            (False, 420, Expect(), False),
            (True, 900, Expect(), False),
            (True, 420, Expect(kinds=("yesno",), confirm=True), False),
        ):
            bench = Bench(playing=playing)
            bench.caller.expect = expect
            bench.audio(ms, voiced=True)
            *_, flush = bench.audio(160, voiced=False)
            *_, understand = bench.heard(flush, "brew")
            bench.meant(understand, Meaning())
            assert bench.caller.hummed is hummed

    def test_a_yes_takes_what_a_list_named_last(self) -> None:
        """
        However short, and though nothing of the list was said: not where digits are asked for, and no "mhm".
        """
        cases: tuple[tuple[Kind, Act, bool], ...] = (
            ("choice", "affirm", False),
            ("digits", "affirm", True),
            ("choice", "back-channel", True),
        )
        for kind, act, hummed in cases:
            bench = Bench(playing=True)
            bench.caller.expect = Expect(kinds=(kind,))
            bench.audio(420, voiced=True)
            *_, flush = bench.audio(160, voiced=False)
            *_, understand = bench.heard(flush, "yes that one")
            bench.meant(understand, Meaning(acts=(act, "more-to-come")))
            assert bench.caller.hummed is hummed, (kind, act)
