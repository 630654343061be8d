"""Word errors, and what chance may have done."""

from __future__ import annotations

from ivr_ari.workbench.word_errors import Errors, count_errors, interval, paired


def test_errors_are_told_apart() -> None:
    """A word that became another, one that is missing, one too many."""
    assert count_errors("four one one zero", "for one one zero") == Errors(1, 0, 0, 4)
    assert count_errors("four one one zero", "four one zero") == Errors(0, 1, 0, 4)
    assert count_errors("four one one zero", "four one one zero oh") == Errors(0, 0, 1, 4)
    assert count_errors("four one one zero", "") == Errors(0, 4, 0, 4)
    assert count_errors("yes", "no thanks").all == 2


def test_interval_holds_the_rate_and_is_the_same_each_time() -> None:
    """Ten utterances of ten words, one error in each second of them: 5 %, give or take."""
    errors, words = [1, 0] * 5, [10] * 10
    low, high = interval(errors, words)
    assert 0 < low < 0.05 < high < 0.1
    assert interval(errors, words) == (low, high)
    assert interval([], []) == (0.0, 0.0)


def test_paired_tells_a_difference_from_chance() -> None:
    """Worse on nearly every utterance: the interval lies above 0; better as often: around it."""
    words = [10] * 20
    assert paired([2] * 20, [1] * 19 + [2], words)[0] > 0
    low, high = paired([1, 2] * 10, [2, 1] * 10, words)
    assert low < 0 < high
