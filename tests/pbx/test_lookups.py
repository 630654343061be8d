"""What flows ask of a PBX, asked of a real one; and how it ends a call at their word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from asterisk.lab import Lab, command
from ivr_ari.adapters.ari import Ari
from ivr_ari.adapters.ari_events import CallOffered
from ivr_ari.adapters.pbx_lookup import PbxLookup
from ivr_ari.errors import BackendFailed
from ivr_ari.events import Inquire

from .lab import Application, eventually, leaves_nothing_behind

pytestmark = pytest.mark.pbx

BANK = "600"


@dataclass
class Caller:
    """A channel in our application, and somebody who watches it."""

    ari: Ari
    watch: Application
    channel: str


@pytest.fixture
async def caller(own_lab: Lab) -> AsyncIterator[Caller]:
    with leaves_nothing_behind(own_lab):
        async with (
            Ari(own_lab.ari_url, own_lab.ari_user, own_lab.ari_password, "ivr") as ari,
            Application(own_lab, "ivr-watch", watch=True) as watch,
        ):
            await ari.register()
            await watch.call(BANK, {"__TIER": "gold\n<sip:evil>"})
            offer = await anext(event async for event in ari.events() if isinstance(event, CallOffered))
            yield Caller(ari, watch, offer.channel)
            await ari.hangup(offer.channel)
        await eventually(lambda: "0 active channels" in command(own_lab, "core show channels count"))


def lookup(ari: Ari) -> PbxLookup:
    queues = frozenset({"lab-support", "nowhere"})
    return PbxLookup(ari, frozenset({"TIER", "UNSET"}), queues, {"desk": "PJSIP/agent", "none": "PJSIP/none"})


async def test_queue_device_variable(caller: Caller) -> None:
    """
    Counts of a queue, the state of a device, a variable of the call; each through its dialplan function.
    """
    asked = lookup(caller.ari)

    queue = await asked.inquire(caller.channel, Inquire("a1", "queue", "lab-support"))
    device = await asked.inquire(caller.channel, Inquire("a2", "device", "desk"))
    tier = await asked.inquire(caller.channel, Inquire("a3", "variable", "TIER"))

    assert set(queue) == {"waiting", "members", "ready"}
    assert (queue["waiting"], queue["members"]) == (0, 1)
    assert device["state"] in ("NOT_INUSE", "UNAVAILABLE")
    assert tier == {"value": "gold <sip:evil>"}


async def test_what_is_not_there(caller: Caller) -> None:
    """
    A queue that does not exist and a variable that is not set are 404; an unknown device is INVALID.
    """
    asked = lookup(caller.ari)

    for inquiry in (Inquire("a1", "queue", "nowhere"), Inquire("a2", "variable", "UNSET")):
        with pytest.raises(BackendFailed) as caught:
            await asked.inquire(caller.channel, inquiry)
        assert caught.value.facts["status"] == 404
    assert await asked.inquire(caller.channel, Inquire("a3", "device", "none")) == {"state": "INVALID"}


async def test_hanging_up_is_normal_clearing(caller: Caller) -> None:
    """
    Cause 16: for the caller's carrier it is a call that has ended as calls do.
    """
    await caller.ari.set_variables(caller.channel, {"IVR_RESULT": "done"})
    await caller.ari.hangup(caller.channel)

    gone = await caller.watch.event("ChannelDestroyed", id=caller.channel)

    assert gone["cause"] == 16
