"""The link to ARI never ends in silence, and what one request could not do keeps no other from being made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from ivr_ari.adapters.ari import Ari
from ivr_ari.adapters.ari_events import AriEvent, LinkDown
from ivr_ari.errors import PbxUnavailable

from .fake_ari import FakeAri, fake_ari


@pytest.fixture
async def pbx() -> AsyncIterator[FakeAri]:
    async with fake_ari() as fake:
        yield fake


@pytest.fixture
async def ari(pbx: FakeAri) -> AsyncIterator[Ari]:
    async with Ari(pbx.url, "ivr", "secret-word", "ivr") as ari:
        yield ari


@pytest.fixture
async def faults() -> list[object]:
    """What the loop's exception handler, and with it the log, is told."""
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
    return told


async def next_event(ari: Ari) -> AriEvent:
    return await anext(ari.events())


class TestFault:
    """What nobody thought of, in what Asterisk sends."""

    async def test_a_fault_ends_the_link_for_all_to_see(
        self, pbx: FakeAri, ari: Ari, faults: list[object]
    ) -> None:
        """No event would come any more: the service is told so, and the log why."""
        await ari.register()
        await pbx.send({"type": "StasisStart", "channel": {"id": "1"}, "args": 7})

        assert await next_event(ari) == LinkDown("ari.fault", final=True)
        assert not ari.up
        assert [type(fault) for fault in faults] == [TypeError]

    async def test_a_fault_at_the_first_time_is_raised(
        self, pbx: FakeAri, ari: Ari, faults: list[object]
    ) -> None:
        """Registering ends, one way or the other."""
        pbx.answers["GET /channels"] = (200, [{}])

        with pytest.raises(KeyError):
            await ari.register()

        assert not ari.up


class TestRegister:
    async def test_may_be_tried_again(self, pbx: FakeAri, ari: Ari) -> None:
        """An Asterisk that went away while the models were loaded is waited for, with the models kept."""
        pbx.answers["GET /channels"] = (503, None)
        with pytest.raises(PbxUnavailable):
            await ari.register()

        pbx.answers["GET /channels"] = (200, [])
        await ari.register()

        assert ari.up


class TestRelease:
    async def test_the_bridge_goes_though_the_leg_can_not(self, pbx: FakeAri, ari: Ari) -> None:
        """A request that was too late for the leg leaves no bridge behind, and is still told."""
        pbx.answers["DELETE /channels/ivr-7-leg"] = (500, None)
        pbx.answers["DELETE /bridges/ivr-7-bridge"] = (204, None)

        with pytest.raises(PbxUnavailable):
            await ari.release("ivr-7")

        assert pbx.asked == ["DELETE /channels/ivr-7-leg", "DELETE /bridges/ivr-7-bridge"]
