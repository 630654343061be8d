"""Figures of the bench of hearing."""

from __future__ import annotations

import asyncio

import pytest

from tests.bench.audio_figures import count_errors, interval, paired, percentile
from tests.bench.audio_loop import on_audio_time


class TestErrors:
    def test_kinds(self) -> None:
        """
        Substitutions, deletions and insertions are told apart, against the words that were said.
        """
        found = count_errors("four one nine", "four won nine nine")

        assert (found.substituted, found.deleted, found.inserted, found.words) == (1, 0, 1, 3)

    def test_nothing_heard(self) -> None:
        """
        Who hears nothing has missed every word.
        """
        assert count_errors("yes please", "").all == 2


class TestIntervals:
    def test_no_difference(self) -> None:
        """
        Two recognisers with the same errors do not differ.
        """
        assert paired([1, 0, 2], [1, 0, 2], [10, 10, 10]) == (0.0, 0.0)

    def test_better_throughout(self) -> None:
        """
        Who is better on every utterance is significantly better.
        """
        low, high = paired([0] * 20, [1] * 20, [5] * 20)

        assert low == high == pytest.approx(-0.2)

    def test_by_chance(self) -> None:
        """
        One error more in many utterances is no difference that counts.
        """
        low, high = paired([1] + [0] * 30, [0] * 31, [5] * 31)

        assert low == 0.0 < high

    def test_rate(self) -> None:
        """
        The interval of a rate lies around it; of nothing it is nothing.
        """
        low, high = interval([0, 1] * 20, [4] * 40)

        assert low < 0.125 < high
        assert interval([], []) == (0.0, 0.0)

    def test_percentile(self) -> None:
        """
        Nearest rank: a value that was measured, never one between two.
        """
        assert percentile([30.0, 10.0, 20.0], 0.5) == 20.0
        assert percentile([], 0.5) == 0.0


class TestAudioTime:
    def test_time_is_what_is_waited_for(self) -> None:
        """
        An hour of audio passes while nothing happens, to the millisecond, and what is due comes in order.
        """

        async def wait() -> tuple[float, list[str]]:
            loop, seen = asyncio.get_running_loop(), list[str]()
            loop.call_at(1800.0, seen.append, "half")
            loop.call_at(60.0, seen.append, "minute")
            await asyncio.sleep(3600)
            return loop.time(), seen

        now, seen = on_audio_time(wait())

        assert now == pytest.approx(3600, abs=0.001)
        assert seen == ["minute", "half"]
