"""Where a turn's time goes, told in milliseconds and never in words."""

from __future__ import annotations

from ivr_ari.turn_times import TurnTimes


def answered(times: TurnTimes, began: float) -> None:
    times.voice(began)
    times.reach("paused", began + 0.16)
    times.reach("heard", began + 0.185)
    times.reach("meant", began + 0.195)
    times.reach("committed", began + 0.2)
    times.reach("sent", began + 0.21)


def test_a_turn_is_told_from_the_last_voice_to_the_first_packet() -> None:
    """Every stage counts from the caller's last voiced frame."""
    times = TurnTimes()
    answered(times, 10.0)
    assert times.take() == {
        "at_s": 10.0,
        "paused_ms": 160.0,
        "heard_ms": 185.0,
        "meant_ms": 195.0,
        "committed_ms": 200.0,
        "sent_ms": 210.0,
    }


def test_a_turn_is_told_once() -> None:
    """The next prompt of the same answer is no answer to anything."""
    times = TurnTimes()
    answered(times, 10.0)
    times.take()
    times.reach("sent", 12.0)
    assert times.take() == {}


def test_a_greeting_answers_nothing() -> None:
    """What is said before the caller has said anything has no times."""
    times = TurnTimes()
    times.reach("committed", 1.0)
    times.reach("sent", 1.02)
    assert times.take() == {}


def test_who_goes_on_is_timed_from_their_last_pause() -> None:
    """What was concluded from an earlier pause is replaced by what came of the last one."""
    times = TurnTimes()
    times.voice(1.0)
    times.reach("paused", 1.16)
    times.reach("heard", 1.18)
    times.reach("meant", 1.19)
    answered(times, 3.0)
    assert times.take()["meant_ms"] == 195.0


def test_speaking_over_the_answer_changes_nothing() -> None:
    """A sound between commit and first packet belongs to the next turn."""
    times = TurnTimes()
    times.voice(1.0)
    times.reach("meant", 1.2)
    times.reach("committed", 1.2)
    times.voice(1.25)
    times.reach("sent", 1.3)
    assert times.take()["sent_ms"] == 300.0
