"""When a turn is over."""

from typing import cast

import pytest

from ivr_ari.dialogue.turn import Verdict
from ivr_ari.events import Expect, Heard, Word
from ivr_ari.rhythm import LIMITS
from ivr_ari.turn import ENGINE_S, LONGEST_S, NO_WORDS_S, SOUND_S, SOUNDS_S, Turn


def words(text: str) -> Heard:
    return Heard(tuple(Word(word) for word in text.split()))


def paused(text: str, *, since: float = 10.0) -> tuple[Turn, str]:
    """A turn with words, paused; returns it with the id under which its meaning was asked for."""
    turn = Turn()
    turn.rhythm.fresh = False
    turn.begin(Expect(), now=since - 2)
    turn.heard(turn.pause(since=since, now=since + 0.16), words(text))
    return turn, turn.ask()


class TestTurn:
    @pytest.mark.parametrize("verdict", ["closed", "open", "growing", "incomplete"])
    def test_meaning_decides_how_long_silence_must_last(self, verdict: Verdict) -> None:
        """
        Counted from the last voice, not from when the words were known.
        """
        turn, asked = paused("what's my balance")
        assert turn.meant(asked)

        turn.judge(verdict, Expect())

        assert turn.over
        assert turn.wake_at == 10.0 + LIMITS[verdict].usual

    def test_the_first_sentence_is_waited_for(self) -> None:
        """
        Until one was taken; a yes tells nothing of how a caller breathes.
        """
        turn, _ = paused("i was charged twice")
        turn.rhythm.fresh = True
        for verdict, fresh in (("closed", True), ("open", False)):
            turn.judge(cast(Verdict, verdict), Expect())
            if verdict == "open":
                assert turn.wake_at == 10.0 + LIMITS["open"].first
            turn.taken()
            assert turn.rhythm.fresh == fresh

    def test_not_over_while_something_sounds(self) -> None:
        """
        It takes a moment until a sound is known to be the caller who goes on; a line that always sounds keeps
        nobody waiting, and a whole answer is not waited with at all.
        """
        turn, _ = paused("i was charged twice")
        turn.judge("open", Expect())
        over_at = turn.wake_at
        assert over_at is not None
        turn.sounds(now=over_at - 0.2)
        assert turn.wake_at == over_at
        turn.sounds(now=over_at - 0.02)
        assert turn.wake_at == pytest.approx(over_at - 0.02 + SOUND_S)
        turn.sounds(now=over_at + 5)
        assert turn.wake_at == pytest.approx(over_at + SOUNDS_S)

        turn.judge("closed", Expect())
        turn.sounds(now=over_at)
        assert turn.wake_at == 10.0 + LIMITS["closed"].usual

    def test_dictation_may_pause_longer(self) -> None:
        """
        A step that listens to long numbers gives an unfinished one more time.
        """
        turn, _ = paused("four one double oh")

        turn.judge("incomplete", Expect(patience_ms=2000))

        assert turn.wake_at == 12.0

    def test_a_step_sets_its_own_limits(self) -> None:
        """
        What the flow says of a step counts more than what is usual.
        """
        expect = Expect(closed_ms=200, open_ms=900, longest_ms=4000)
        turn, _ = paused("four one double oh")
        for verdict, ends in (("closed", 10.2), ("open", 10.9), ("growing", 10.9)):
            turn.judge(verdict, expect)  # type: ignore[arg-type]
            assert turn.wake_at == pytest.approx(ends)

        turn.clear()
        turn.begin(expect, now=20)
        assert turn.wake_at == 24

    def test_a_slow_caller_gets_more_time(self) -> None:
        """
        Who has been silent for long in the middle of a sentence may do so again: most of all in this one.
        """
        turn, _ = paused("four one double oh")
        turn.resume(at=10.38)
        turn.heard(turn.pause(since=12, now=12.2), words("seven two three nine"))
        turn.judge("open", Expect())
        assert turn.wake_at == pytest.approx(12 + LIMITS["growing"].usual, abs=0.1)

        turn.clear()
        turn.begin(Expect(), now=20)
        turn.heard(turn.pause(since=22, now=22.2), words("my balance"))
        turn.judge("open", Expect())
        assert turn.wake_at == pytest.approx(22 + LIMITS["open"].most)

    def test_a_caller_who_was_cut_off_gets_more_time(self) -> None:
        """
        The rest of their sentence comes as a turn of its own; the next time it is waited for.
        """
        turn, _ = paused("i need a refund")
        turn.clear()
        turn.begin(Expect(), now=10.6)
        assert turn.rhythm.wait_s("open") == LIMITS["open"].most

        turn, _ = paused("i need a refund")
        turn.clear()
        turn.begin(Expect(), now=13)
        turn.rhythm.fresh = False
        assert turn.rhythm.wait_s("open") == LIMITS["open"].usual

    def test_pieces_are_joined(self) -> None:
        """
        A pause that was none splits the words, not the answer.
        """
        turn, _ = paused("four one double oh")
        turn.resume(at=11)
        turn.heard(turn.pause(since=12, now=12.2), words("seven two three nine"))

        assert turn.words.text == "four one double oh seven two three nine"

    def test_meaning_of_a_pause_that_was_none_is_void(self) -> None:
        """
        The caller went on: what the first half meant is not what was meant.
        """
        turn, asked = paused("i need a refund")
        turn.resume(at=11)

        assert not turn.meant(asked)
        assert not turn.over

    def test_piece_flushed_before_the_caller_went_on_counts(self) -> None:
        """
        The recogniser's answer may come after the caller has spoken again; its words are still words.
        """
        turn = Turn()
        turn.begin(Expect(), now=1)
        flush = turn.pause(since=3, now=3.2)
        turn.resume(at=11)

        assert turn.heard(flush, words("i need"))
        assert turn.ask() == ""
        assert turn.words.text == "i need"

    def test_answers_for_a_turn_that_is_gone_are_dropped(self) -> None:
        """
        After a key press the words said before do not come back as an answer.
        """
        turn = Turn()
        turn.begin(Expect(), now=1)
        flush = turn.pause(since=3, now=3.2)
        turn.clear()

        assert not turn.heard(flush, words("two"))
        assert turn.words.text == ""

    def test_voice_without_words_is_over_soon(self) -> None:
        """
        A cough does not keep the caller waiting.
        """
        turn = Turn()
        turn.begin(Expect(), now=1)
        turn.heard(turn.pause(since=3, now=3.2), Heard())

        assert turn.silent
        assert turn.wake_at == 3 + NO_WORDS_S

    def test_stuck_recogniser_is_given_up(self) -> None:
        """
        No answer at all must not become silence.
        """
        turn = Turn()
        turn.begin(Expect(), now=1)
        turn.pause(since=3, now=3.2)

        assert turn.wake_at == pytest.approx(3.2 + ENGINE_S)
        assert turn.late == "speech"
        assert not turn.over

    def test_stuck_understanding_is_given_up(self) -> None:
        """
        Words without a meaning must not become silence either.
        """
        turn, _ = paused("what's my balance")

        assert turn.late == "understanding"
        assert turn.wake_at == pytest.approx(10.16 + ENGINE_S)

    def test_endless_talker_is_cut(self) -> None:
        """
        Whoever never pauses is answered all the same; what comes of the cut ends the turn at once.
        """
        turn = Turn()
        turn.begin(Expect(), now=1)
        assert turn.wake_at == 1 + LONGEST_S

        turn.heard(turn.cut(now=26), words("and then"))
        turn.judge("incomplete", Expect())

        assert turn.wake_at is not None
        assert turn.wake_at <= 26
