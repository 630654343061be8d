"""The clock of all calls never drifts, never bursts, and a fault of one call is nobody else's."""

from __future__ import annotations

import asyncio
import random
import socket
from itertools import accumulate

from ivr_ari.adapters.ticker import BEATS, TICK_S, Arrivals, Beat, Ticker

from .test_rtp_socket import far_side


class TestBeat:
    def test_an_hour_without_drift(self) -> None:
        """However late each tick is noticed, an hour has 180,000 of them, the last one in its place."""
        beat, chance = Beat(17.3), random.Random(7)

        missed = sum(beat.take(beat.due_s + chance.uniform(0, 0.015)) for _ in range(180_000))

        assert missed == 0
        assert abs(beat.due_s - (17.3 + 3600)) < 1e-6

    def test_stalls_are_counted_never_made_up_for(self) -> None:
        """Ticks and missed ticks together are the time that went by."""
        beat, chance, ticks = Beat(0.0), random.Random(7), 0

        while beat.due_s < 3600:
            ticks += 1 + beat.take(beat.due_s + chance.choice((0.001, 0.019, 0.021, 0.110, 2.0)))

        assert ticks == round(beat.due_s / TICK_S)

    def test_late_is_not_missed(self) -> None:
        """A tick is late until the next one is due."""
        beat = Beat(0.0)

        assert [beat.take(0.0199), beat.take(0.0601)] == [0, 2]
        assert beat.due_s == 0.08

    def test_a_beat_that_rested_goes_on_in_phase(self) -> None:
        """The time in which nobody ticked is not missed by whoever comes."""
        beat = Beat(0.005)

        beat.begin(100.0)

        assert abs(beat.due_s - 100.005) < 1e-9


class TestTicker:
    async def test_every_member_ticks_until_it_leaves(self) -> None:
        """One clock serves all; who leaves in the middle of a tick is not called again."""
        ticker, counts, done = Ticker(1), {"a": 0, "b": 0}, asyncio.Event()

        def first(now_ms: float, missed: int) -> None:
            counts["a"] += 1
            if counts["a"] == 2:
                ticker.remove(first)

        def second(now_ms: float, missed: int) -> None:
            counts["b"] += 1
            if counts["b"] == 4:
                done.set()

        ticker.add(first)
        ticker.add(second)
        clock = asyncio.create_task(ticker.run())
        await done.wait()
        clock.cancel()

        assert counts["a"] == 2

    async def test_a_member_that_fails_is_dropped_and_told(self) -> None:
        """A fault in one call ends no other call's audio, and the loop's handler hears of it once."""
        ticker, counts, done = Ticker(1), {"bad": 0, "before": 0, "after": 0}, asyncio.Event()
        told: list[object] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
        fault = LookupError("a call's own fault")

        def bad(now_ms: float, missed: int) -> None:
            counts["bad"] += 1
            raise fault

        def before(now_ms: float, missed: int) -> None:
            counts["before"] += 1

        def after(now_ms: float, missed: int) -> None:
            counts["after"] += 1
            if counts["after"] == 3:
                done.set()

        for member in (before, bad, after):
            ticker.add(member)
        clock = asyncio.create_task(ticker.run())
        await done.wait()
        clock.cancel()

        assert counts == {"bad": 1, "before": 3, "after": 3}
        assert told == [fault]

    async def test_who_is_taken_out_by_another_is_not_called_again(self) -> None:
        """A socket closed in the middle of a tick has nothing to send any more."""
        ticker, called, done = Ticker(1), list[str](), asyncio.Event()

        def second(now_ms: float, missed: int) -> None:
            called.append("second")

        def first(now_ms: float, missed: int) -> None:
            called.append("first")
            ticker.remove(second)
            done.set()

        ticker.add(first)
        ticker.add(second)
        clock = asyncio.create_task(ticker.run())
        await done.wait()
        clock.cancel()

        assert called == ["first"]

    async def test_a_stall_is_skipped_not_made_up_for(self) -> None:
        """When the loop stood still, the missed ticks are told once; time stays on its 20 ms grid."""
        ticker, ticks, done = Ticker(1), list[tuple[float, int]](), asyncio.Event()

        def member(now_ms: float, missed: int) -> None:
            ticks.append((now_ms, missed))
            if len(ticks) == 2:
                stall_until = now_ms + 110
                while asyncio.get_running_loop().time() * 1000 < stall_until:
                    pass
            if len(ticks) == 5:
                done.set()

        ticker.add(member)
        clock = asyncio.create_task(ticker.run())
        await done.wait()
        clock.cancel()

        grid = list(accumulate(1 + missed for _, missed in ticks))
        assert grid[2] - grid[1] >= 5
        # Each tick lies within its own 20 ms of the grid, before and after the stall.
        off = [
            now_ms - ticks[0][0] - 20 * (place - grid[0])
            for (now_ms, _), place in zip(ticks, grid, strict=True)
        ]
        assert all(abs(distance) < 20 for distance in off)
        assert ticker.take_late() >= 90
        assert ticker.take_late() == 0

    async def test_calls_are_spread_over_the_beats(self) -> None:
        """Calls do not all send at the same moment, and who leaves makes room in their beat."""
        ticker, moments, done = Ticker(), dict[int, list[float]](), asyncio.Event()

        def member(number: int, now_ms: float) -> None:
            moments.setdefault(number, []).append(now_ms)
            if all(len(moments.get(each, ())) >= 3 for each in range(BEATS)):
                done.set()

        for number in range(BEATS):
            ticker.add(lambda now_ms, missed, number=number: member(number, now_ms))  # type: ignore[misc]
        clock = asyncio.create_task(ticker.run())
        await done.wait()
        clock.cancel()

        assert len({times[0] for times in moments.values()}) == BEATS

    async def test_who_comes_later_ticks_too(self) -> None:
        """A clock that had nobody to call wakes for the first one who comes."""
        ticker, done = Ticker(), asyncio.Event()
        clock = asyncio.create_task(ticker.run())
        await asyncio.sleep(0)

        def member(now_ms: float, missed: int) -> None:
            assert missed == 0
            done.set()

        ticker.add(member)
        await done.wait()
        clock.cancel()


async def test_who_left_is_not_read() -> None:
    """A socket closed by what another one heard is left alone; both may leave twice."""
    arrivals, read = Arrivals(), list[str]()
    with far_side() as one, far_side() as other:
        for wire in (one, other):
            wire.sendto(b"to itself", wire.getsockname())

        def reader(name: str, wire: socket.socket, leaves: socket.socket) -> None:
            read.append(name)
            arrivals.remove(leaves.fileno())

        arrivals.add(one.fileno(), lambda: reader("one", one, other))
        arrivals.add(other.fileno(), lambda: reader("other", other, one))
        arrivals.read()
        for wire in (one, other):
            arrivals.remove(wire.fileno())
            arrivals.remove(wire.fileno())

    assert len(read) == 1
