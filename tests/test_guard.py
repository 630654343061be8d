"""A fault in a call ends that call only."""

import asyncio

import pytest

from ivr_ari.guard import guard


class TestGuard:
    async def test_fault_becomes_the_ending(self) -> None:
        """
        Whoever called goes on; whoever awaits the call's end learns of the fault.
        """
        ending: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        with guard(ending):
            raise KeyError("a fault")

        with pytest.raises(KeyError):
            await ending

    async def test_first_end_counts(self) -> None:
        """
        A fault after the call has ended changes nothing.
        """
        ending: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        ending.set_result("left")

        with guard(ending):
            raise KeyError("a fault")

        assert await ending == "left"

    async def test_cancellation_passes(self) -> None:
        """
        A task that is told to stop stops.
        """
        ending: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        with pytest.raises(asyncio.CancelledError), guard(ending):
            raise asyncio.CancelledError

        assert not ending.done()
