"""Actions that are slow, by a clock the test owns."""

from __future__ import annotations

from ivr_ari.slow import Slow


def test_slow_again_and_again() -> None:
    """
    Each interval once, until the answer is there.
    """
    slow = Slow()
    slow.ask("a1", 4000, now=10.0)

    assert slow.wake_at == 14.0
    assert slow.due(now=13.9) == ()
    assert slow.due(now=14.0) == ("a1",)
    assert slow.wake_at == 18.0
    assert slow.due(now=30.0) == ("a1",)  # however late: once
    assert slow.answered("a1")
    assert slow.wake_at is None


def test_never_slow_without_an_interval() -> None:
    """
    A flow that says nothing meanwhile is not woken.
    """
    slow = Slow()
    slow.ask("a1", 0, now=10.0)

    assert slow.wake_at is None
    assert slow.answered("a1")


def test_one_answer_counts() -> None:
    """
    The second answer of an action, and that of one nobody asked, are none.
    """
    slow = Slow()
    slow.ask("a1", 4000, now=10.0)

    assert [slow.answered("a1"), slow.answered("a1"), slow.answered("a2")] == [True, False, False]
