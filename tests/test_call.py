"""One call without I/O: what is heard goes in, what is to be done comes out."""

from dataclasses import replace
from pathlib import Path

import pytest

from ivr_ari.call import NO_MEDIA_S, Call
from ivr_ari.dialogue.flow import Flow
from ivr_ari.events import (
    ActionDone,
    ActionFailed,
    ActionSlow,
    Began,
    EngineDown,
    Expect,
    HandOver,
    Heard,
    Hungup,
    Keyed,
    Listen,
    Meaning,
    Noise,
    Perform,
    Request,
    Say,
    Secret,
    Silent,
    Spoken,
    Understood,
    Value,
    Word,
)
from ivr_ari.interruption import SURE_MS, telling
from ivr_ari.language.load import load_flow
from ivr_ari.orders import (
    Attend,
    Disregard,
    Duck,
    Fallback,
    Flush,
    GoOn,
    Keep,
    Order,
    Prepare,
    StopPlaying,
    Understand,
    Unduck,
)
from ivr_ari.playing import EAR_S
from ivr_ari.rhythm import LIMITS
from ivr_ari.turn import ENGINE_S

BALANCE = Meaning(requests=(Request("balance", 0, 2),))
PERSON = Meaning(acts=("person",))
ACCOUNT = Meaning(values=(Value("digits", "41007239", 0, 7),))
HALF = Meaning(acts=("more-to-come",), values=(Value("digits", "4100", 0, 3),))


def words(text: str) -> Heard:
    return Heard(tuple(Word(word) for word in text.split()))


class Caller:
    """Drives a call as the shell would, keeps what it orders, and owns the clock."""

    def __init__(self, flow: Flow) -> None:
        self.now = 100.0
        self.orders: list[Order] = []
        self.call, first = Call.begin(flow, Began("2026-07-15"), now=self.now)
        self.take(first)

    def take(self, orders: tuple[Order, ...]) -> tuple[Order, ...]:
        self.orders += orders
        return orders

    def found(self, kind: type) -> list[Order]:
        return [order for order in self.orders if isinstance(order, kind)]

    def last(self, kind: type) -> Order:
        return self.found(kind)[-1]

    @property
    def said(self) -> list[str]:
        return [order.text for order in self.orders if isinstance(order, Say)]

    def audio(self, ms: int, *, voiced: bool) -> None:
        for _ in range(ms // 20):
            self.now += 0.02
            self.take(self.call.frame(voiced, now=self.now))
            self.wake()

    def wake(self) -> None:
        if self.call.wake_at is not None and self.call.wake_at <= self.now:
            self.take(self.call.wake(now=self.now))

    def hears_all(self) -> None:
        """Every prompt that was ordered is played to its end."""
        for order in self.found(Say):
            assert isinstance(order, Say)
            self.take(self.call.spoken(Spoken(order.id, 1000, True), now=self.now))

    def says(self, text: str, meaning: Meaning, *, silence_ms: int = 160) -> None:
        """Speak, pause, and have the engines answer at once."""
        self.audio(800, voiced=True)
        self.audio(silence_ms, voiced=False)
        self.answered(text, meaning)

    def flushed(self, text: str) -> None:
        """The recogniser answers the latest flush."""
        flush = self.last(Flush)
        assert isinstance(flush, Flush)
        self.take(self.call.heard(flush.id, words(text), now=self.now))

    def answered(self, text: str, meaning: Meaning) -> None:
        self.flushed(text)
        asked = self.last(Understand)
        assert isinstance(asked, Understand)
        self.take(self.call.meant(asked.id, meaning, now=self.now))

    def events(self) -> list[object]:
        return [event for keep in self.found(Keep) if isinstance(keep, Keep) for _, event in keep.events]


@pytest.fixture(scope="module")
def flow() -> Flow:
    return load_flow(Path(__file__).parents[1] / "flows" / "bank.yaml")


@pytest.fixture
def caller(flow: Flow) -> Caller:
    return Caller(flow)


@pytest.fixture
def listening(caller: Caller) -> Caller:
    """The greeting has been heard."""
    caller.hears_all()
    caller.audio(100, voiced=False)
    return caller


class TestBeginning:
    def test_greets_and_listens_at_once(self, caller: Caller) -> None:
        """
        The recogniser knows what to expect before the greeting has ended: callers talk into it.
        """
        assert caller.said == ["Welcome to the demo bank.", "How can I help you?"]
        assert isinstance(caller.last(Attend), Attend)

    def test_no_audio_gives_the_call_back(self, caller: Caller) -> None:
        """
        Without RTP there is nobody to hear; the dialplan's own menu may do better.
        """
        caller.now += NO_MEDIA_S
        caller.wake()

        assert caller.last(Fallback) == Fallback("no-media", "no-media")
        assert caller.call.over

    def test_one_frame_is_audio(self, caller: Caller) -> None:
        """
        Silence is audio too, as long as it arrives.
        """
        caller.audio(20, voiced=False)
        caller.now += NO_MEDIA_S
        caller.wake()

        assert not caller.found(Fallback)


class TestTurn:
    def test_pause_flushes_and_asks(self, listening: Caller) -> None:
        """
        160 ms of silence are enough to know the words; whether that was all is decided later.
        """
        listening.audio(800, voiced=True)
        listening.audio(160, voiced=False)
        assert len(listening.found(Flush)) == 1

        listening.answered("what's my balance", BALANCE)

        assert listening.call.expect is not None
        assert len(listening.said) == 2

    def test_speculation_prepares_and_changes_nothing(self, listening: Caller) -> None:
        """
        What would be said is made ready; the talk is what it was.
        """
        before = listening.call.talk
        listening.says("what's my balance", BALANCE)

        assert listening.found(Prepare)
        assert listening.call.talk == before

    def test_silence_commits(self, listening: Caller) -> None:
        """
        An open sentence counts after a breath.
        """
        listening.says("what's my balance", BALANCE)
        listening.audio(round(LIMITS["open"].first * 1000), voiced=False)

        assert listening.said[-1] == "First, what is your account number?"
        assert any(isinstance(event, Understood) for event in listening.events())

    def test_going_on_discards_what_was_tried(self, listening: Caller) -> None:
        """
        The caller had only drawn breath: nothing of the first half happens by itself.
        """
        listening.says("what's my", BALANCE)
        listening.audio(600, voiced=True)

        assert len(listening.said) == 2
        assert not any(isinstance(event, Understood) for event in listening.events())

        listening.audio(160, voiced=False)
        listening.answered("balance please", PERSON)
        asked = listening.last(Understand)
        assert isinstance(asked, Understand)
        assert asked.heard.text == "what's my balance please"

    def test_whole_answer_is_taken_at_once(self, listening: Caller) -> None:
        """
        Eight digits of eight: nothing is left to wait for.
        """
        listening.says("what's my balance", BALANCE)
        listening.audio(600, voiced=False)
        listening.hears_all()
        listening.says("four one oh oh seven two three nine", ACCOUNT)

        assert listening.said[-1] == "And your four digit PIN?"

    def test_half_an_answer_may_pause(self, listening: Caller) -> None:
        """
        Four digits of eight are not over after a breath.
        """
        listening.says("what's my balance", BALANCE)
        listening.audio(600, voiced=False)
        listening.hears_all()
        listening.says("four one oh oh", HALF)
        listening.audio(600, voiced=False)

        assert listening.said[-1] == "First, what is your account number?"

    def test_cough_is_noise(self, listening: Caller) -> None:
        """
        Voice without words is told as noise, soon.
        """
        listening.audio(300, voiced=True)
        listening.audio(160, voiced=False)
        listening.flushed("")
        listening.audio(800, voiced=False)

        assert Noise() in listening.events()

    def test_recogniser_that_never_answers(self, listening: Caller) -> None:
        """
        The call goes on by keypad instead of falling silent.
        """
        listening.audio(800, voiced=True)
        listening.audio(200, voiced=False)
        listening.audio(round(ENGINE_S * 1000), voiced=False)

        assert EngineDown("speech") in listening.events()


class TestSpeaking:
    def test_voice_ducks_a_prompt_and_words_stop_it(self, caller: Caller) -> None:
        """
        Barge-in: whoever knows what comes does not listen to it.
        """
        caller.audio(200, voiced=True)
        assert caller.found(Duck) == [Duck()]
        assert not caller.found(StopPlaying)

        caller.take(caller.call.partial("the", now=caller.now))
        assert not caller.found(StopPlaying)
        caller.take(caller.call.partial("the balance", now=caller.now))
        assert caller.found(StopPlaying) == [StopPlaying()]

    def test_long_voice_stops_a_prompt_before_there_are_words(self, caller: Caller) -> None:
        """
        Words are known late; whoever speaks on is not spoken over until then.
        """
        caller.audio(SURE_MS + 40, voiced=True)

        assert caller.found(StopPlaying) == [StopPlaying()]

    @pytest.mark.parametrize("text", ["", "uh huh", "okay right"])
    def test_what_is_no_interruption_gives_the_voice_back(self, caller: Caller, text: str) -> None:
        """
        A cough, or "mhm" into what is being said: it goes on as if nothing had been.
        """
        caller.audio(240, voiced=True)
        caller.audio(160, voiced=False)
        caller.flushed(text)

        assert caller.orders[-1] == Unduck()
        assert not caller.found(StopPlaying)
        caller.audio(1000, voiced=False)
        assert Noise() not in caller.events()

    def test_a_prompt_that_was_stopped_for_nothing_goes_on(self, caller: Caller) -> None:
        """
        From where the caller's voice began, not from where it fell silent; then the next one.
        """
        caller.audio(1000, voiced=False)
        caller.audio(500, voiced=True)
        greeting, question = caller.found(Say)
        assert isinstance(greeting, Say)
        assert isinstance(question, Say)
        caller.take(caller.call.spoken(Spoken(greeting.id, 1400, False, 1800), now=caller.now))
        caller.take(caller.call.spoken(Spoken(question.id, 0, False), now=caller.now))
        assert caller.call.talk.cut == greeting.id
        caller.audio(160, voiced=False)
        caller.flushed("mhm")

        first, second = caller.found(GoOn)
        assert isinstance(first, GoOn)
        assert isinstance(second, GoOn)
        assert (first.say.parts, second.say.parts) == (greeting.parts, question.parts)
        assert first.after_ms == 1400 - 500 - 1000 * EAR_S
        assert second.after_ms == 0
        assert first.say.id != greeting.id

        caller.take(caller.call.spoken(Spoken(first.say.id, 900, True), now=caller.now))
        assert caller.call.talk.cut == ""

    def test_yes_into_a_yes_or_no_question_is_an_answer(self, listening: Caller) -> None:
        """
        What is a sign of listening elsewhere is an answer there, into the question as well as after it.
        """
        listening.says("let me talk to somebody", PERSON)
        question = Expect(kinds=("yesno",), confirm=True)
        assert telling("uh huh", question, asked=True)
        assert telling("okay", question, asked=True)
        assert not telling("okay", question, asked=False)
        assert not telling("uh", question, asked=True)

    def test_a_hum_that_was_taken_for_a_word_is_forgiven(self, caller: Caller) -> None:
        """
        A short sound of which nothing is understood: no "sorry, I didn't get that", the prompt goes on.
        """
        caller.audio(440, voiced=True)
        for say in caller.found(Say):
            assert isinstance(say, Say)
            caller.take(caller.call.spoken(Spoken(say.id, 300, False, 900), now=caller.now))
        said = caller.said
        caller.audio(160, voiced=False)
        caller.answered("brew", Meaning())
        caller.audio(400, voiced=False)

        assert len(caller.found(GoOn)) == 2
        assert caller.said == said
        assert not any(isinstance(event, Understood) for event in caller.events())

    def test_a_step_may_forbid_interrupting_its_question(self, flow: Flow) -> None:
        """
        What is said into it is not heard, and does not make it quieter.
        """
        slots = {name: replace(slot, barge_in=name != "account") for name, slot in flow.slots.items()}
        caller = Caller(replace(flow, slots=slots))
        caller.hears_all()
        caller.take(caller.call.key("1", now=caller.now))
        assert caller.said[-1] == "First, what is your account number?"
        caller.audio(1000, voiced=True)

        assert not caller.found(Duck)
        caller.hears_all()
        assert caller.call.hearing

    def test_an_interruption_is_never_followed_by_silence(self, caller: Caller) -> None:
        """
        The caller cleared what they had keyed, and waits: what they cut goes on.
        """
        caller.take(caller.call.key("1", now=caller.now))
        caller.orders.clear()
        caller.take(caller.call.key("4", now=caller.now))
        assert StopPlaying() in caller.orders
        for number in range(1, 6):
            caller.take(caller.call.spoken(Spoken(f"s{number}", 300, False, 900), now=caller.now))
        caller.take(caller.call.key("*", now=caller.now))
        caller.audio(2000, voiced=False)

        gone_on = caller.last(GoOn)
        assert isinstance(gone_on, GoOn)
        assert gone_on.say.text == "First, what is your account number?"

    def test_a_prompt_that_goes_on_is_no_silence(self, caller: Caller) -> None:
        """
        Nobody asks whether the caller is there while they listen to what they had interrupted.
        """
        caller.take(caller.call.key("1", now=caller.now))
        caller.orders.clear()
        caller.take(caller.call.key("4", now=caller.now))
        for number in range(1, 6):
            caller.take(caller.call.spoken(Spoken(f"s{number}", 300, False, 900), now=caller.now))
        caller.take(caller.call.key("*", now=caller.now))
        caller.audio(30_000, voiced=False)

        assert caller.found(GoOn)
        assert Silent() not in caller.events()

    def test_words_about_keys_are_no_silence(self, listening: Caller) -> None:
        """
        The recogniser dies while the caller is waited for: what is said about it is heard out.
        """
        listening.take(listening.call.feed(EngineDown("speech"), now=listening.now))
        listening.audio(20_000, voiced=False)

        assert Silent() not in listening.events()

    def test_a_ducked_line_is_loud_for_a_prompt_nobody_may_interrupt(self, flow: Flow) -> None:
        """
        It comes while the caller makes a sound, of which nothing is heard from then on.
        """
        use_keys = replace(flow.prompts["use-keys"], barge_in=False)
        caller = Caller(replace(flow, prompts={**flow.prompts, "use-keys": use_keys}))
        caller.audio(60, voiced=True)
        assert caller.orders[-1] == Duck()
        caller.take(caller.call.feed(EngineDown("speech"), now=caller.now))

        assert not caller.call.hearing
        assert caller.found(Unduck)

    def test_noise_that_never_ends_does_not_keep_a_prompt_away(self, caller: Caller) -> None:
        """
        A voice without words for more than a second is a television: the prompt goes on over it.
        """
        caller.audio(500, voiced=True)
        for say in caller.found(Say):
            assert isinstance(say, Say)
            caller.take(caller.call.spoken(Spoken(say.id, 300, False, 900), now=caller.now))
        caller.audio(1000, voiced=True)
        assert len(caller.found(GoOn)) == 2

        caller.audio(3000, voiced=True)
        assert len(caller.found(StopPlaying)) == 1
        caller.take(caller.call.partial("my balance", now=caller.now))
        assert len(caller.found(StopPlaying)) == 2

    def test_silence_counts_from_the_end_of_the_prompt(self, caller: Caller) -> None:
        """
        A long prompt does not eat the time to think.
        """
        caller.audio(20_000, voiced=False)
        assert not any(isinstance(event, Silent) for event in caller.events())

        caller.hears_all()
        caller.audio(8_000, voiced=False)
        assert Silent() in caller.events()

    def test_hand_over_waits_for_the_last_word(self, listening: Caller) -> None:
        """
        The caller hears that somebody comes before the line changes.
        """
        listening.says("let me talk to somebody", PERSON)
        listening.audio(600, voiced=False)
        assert not listening.found(HandOver)

        listening.hears_all()
        assert isinstance(listening.orders[-1], HandOver)
        assert listening.call.over

    def test_nothing_follows_the_end(self, listening: Caller) -> None:
        """
        After a hand-over not one order comes, whatever still happens.
        """
        listening.says("let me talk to somebody", PERSON)
        listening.audio(600, voiced=False)
        listening.hears_all()
        count = len(listening.orders)

        listening.audio(3000, voiced=True)
        listening.take(listening.call.key("1", now=listening.now))
        listening.take(listening.call.feed(Hungup(), now=listening.now))
        assert len(listening.orders) == count


class TestKeys:
    def test_key_stops_prompt_and_answers(self, caller: Caller) -> None:
        """
        The keypad is a way through at every step.
        """
        caller.take(caller.call.key("1", now=caller.now))

        assert StopPlaying() in caller.orders
        assert Keyed("1") in caller.events()
        assert caller.said[-1] == "First, what is your account number?"

    def test_keyed_pin_is_a_secret(self, caller: Caller) -> None:
        """
        Nothing that leaves the call holds a digit of it, but the vault can be opened for the bank.
        """
        for key in "1410072399201":
            caller.take(caller.call.key(key, now=caller.now))

        perform = caller.last(Perform)
        assert isinstance(perform, Perform)
        pin, account = perform.body["pin"], perform.body["account"]
        assert isinstance(pin, Secret)
        assert isinstance(account, Secret)
        assert (caller.call.vault.open(pin), caller.call.vault.open(account)) == ("9201", "41007239")
        assert "9201" not in repr(caller.orders)
        assert "41007239" not in repr(caller.orders)

    def test_lone_key_is_a_command_where_digits_are_secret(self, listening: Caller) -> None:
        """
        Zero for a person works at every question; one key is no PIN.
        """
        listening.take(listening.call.key("1", now=listening.now))
        listening.hears_all()
        listening.take(listening.call.key("0", now=listening.now))
        listening.now += 5
        listening.wake()

        assert Keyed("0") in listening.events()
        listening.hears_all()
        assert isinstance(listening.orders[-1], HandOver)

    def test_digits_of_a_pin_keyed_slowly_stay_secret(self, listening: Caller) -> None:
        """
        Whoever looks each digit up gives entries of one key; none of them is written down.
        """
        for key in "141007239":
            listening.take(listening.call.key(key, now=listening.now))
        listening.hears_all()
        for key in "921":
            listening.take(listening.call.key(key, now=listening.now))
            listening.now += 5
            listening.wake()
            listening.hears_all()

        keyed = [event.digits for event in listening.events() if isinstance(event, Keyed)]
        assert keyed[0] == "1"
        assert all(isinstance(digits, Secret) for digits in keyed[1:])

    def test_keys_drop_what_was_being_said(self, listening: Caller) -> None:
        """
        Words and keys at once: the keys count, the words are forgotten.
        """
        listening.audio(400, voiced=True)
        listening.take(listening.call.key("1", now=listening.now))

        assert Disregard() in listening.orders


class TestActions:
    """A backend that takes its time; the bank's `authenticate` says something more every 4 s."""

    @pytest.fixture
    def waiting(self, caller: Caller) -> Caller:
        """The PIN is keyed in, the bank is asked, what is said at once has been heard."""
        caller.audio(20, voiced=False)
        for key in "1410072399201":
            caller.take(caller.call.key(key, now=caller.now))
        caller.hears_all()
        return caller

    def slow(self, caller: Caller) -> int:
        return sum(isinstance(event, ActionSlow) for event in caller.events())

    def later(self, caller: Caller, seconds: float) -> None:
        caller.now += seconds
        caller.wake()

    def test_slow_again_and_again(self, waiting: Caller) -> None:
        """
        Each interval of silence is told once, and the call asks to be woken for the next.
        """
        perform = waiting.last(Perform)
        assert isinstance(perform, Perform)
        assert perform.slow_ms == 4000

        self.later(waiting, 3.9)
        assert self.slow(waiting) == 0
        self.later(waiting, 0.2)
        assert self.slow(waiting) == 1
        waiting.hears_all()
        self.later(waiting, 4)
        assert self.slow(waiting) == 2
        assert waiting.call.wake_at is not None

    def test_not_while_something_is_said(self, waiting: Caller) -> None:
        """
        Prompts do not pile up behind each other.
        """
        self.later(waiting, 4.1)
        said = len(waiting.said)
        self.later(waiting, 4.1)

        assert (self.slow(waiting), len(waiting.said)) == (1, said)

    def test_the_answer_ends_it(self, waiting: Caller) -> None:
        """
        After the answer nothing is slow; what asks next begins its own time.
        """
        perform = waiting.last(Perform)
        assert isinstance(perform, Perform)
        waiting.take(waiting.call.feed(ActionFailed(perform.id, "http.late"), now=waiting.now))
        before = self.slow(waiting)
        waiting.hears_all()
        self.later(waiting, 4.1)

        assert self.slow(waiting) == before

    def test_one_answer_counts(self, waiting: Caller) -> None:
        """
        A second answer, and that of an action nobody asked, are not even written down.
        """
        perform = waiting.last(Perform)
        assert isinstance(perform, Perform)
        done = ActionDone(perform.id, {"customer": "C1007"})
        waiting.take(waiting.call.feed(done, now=waiting.now))

        assert waiting.call.feed(done, now=waiting.now) == ()
        assert waiting.call.feed(ActionDone("a99"), now=waiting.now) == ()

    def test_an_answer_after_the_hang_up_is_dropped(self, waiting: Caller) -> None:
        """
        Nobody is there to be told.
        """
        perform = waiting.last(Perform)
        assert isinstance(perform, Perform)
        waiting.take(waiting.call.feed(Hungup(), now=waiting.now))

        assert waiting.call.feed(ActionDone(perform.id, {"customer": "C1007"}), now=waiting.now) == ()
        assert waiting.call.wake_at is None


class TestDialogue:
    def test_answer_of_a_backend_goes_on(self, caller: Caller) -> None:
        """
        Authentication answers, the balance is asked for.
        """
        for key in "1410072399201":
            caller.take(caller.call.key(key, now=caller.now))
        perform = caller.last(Perform)
        assert isinstance(perform, Perform)

        caller.take(caller.call.feed(ActionDone(perform.id, {"customer": "C1007"}), now=caller.now))

        following = caller.last(Perform)
        assert isinstance(following, Perform)
        assert following.path == "/customers/C1007/balance"

    def test_words_of_the_caller_are_masked(self, listening: Caller) -> None:
        """
        The transcript shows the last two digits of the account.
        """
        listening.says("what's my balance", BALANCE)
        listening.audio(600, voiced=False)
        listening.hears_all()
        listening.says("four one oh oh seven two three nine", ACCOUNT)

        lines = [
            line.words for keep in listening.found(Keep) if isinstance(keep, Keep) for line in keep.lines
        ]
        assert "(account …39)" in lines

    def test_hang_up_ends_the_call(self, listening: Caller) -> None:
        """
        A hang-up is obeyed at any moment and kept as the last event.
        """
        listening.audio(300, voiced=True)
        listening.take(listening.call.feed(Hungup(), now=listening.now))

        assert listening.call.over
        assert listening.events()[-1] == Hungup()
        assert listening.call.wake_at is None

    def test_listen_is_no_order(self, caller: Caller) -> None:
        """
        What is listened for goes to the recogniser as an expectation; the dialogue's effect stays inside.
        """
        assert not caller.found(Listen)
