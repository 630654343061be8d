"""What flows may ask of the PBX: names the settings allow, and values nobody trusts."""

from __future__ import annotations

import asyncio

import pytest

from ivr_ari.adapters.pbx_lookup import LONGEST, PbxLookup
from ivr_ari.errors import BackendFailed
from ivr_ari.events import Inquire


class Pbx:
    """An Asterisk that knows what a test tells it."""

    def __init__(self, **values: str) -> None:
        self.values = values
        self.asked: list[tuple[str, str]] = []
        self.silent = False

    async def get_variable(self, channel: str, name: str) -> str:
        self.asked.append((channel, name))
        if self.silent:
            await asyncio.Event().wait()
        return self.values.get(name, "")


@pytest.fixture
def pbx() -> Pbx:
    return Pbx(
        **{
            "TIER": "gold",
            "QUEUE_EXISTS(support)": "1",
            "QUEUE_WAITING_COUNT(support)": "3",
            "QUEUE_MEMBER(support,count)": "5",
            "QUEUE_MEMBER(support,ready)": "0",
            **{f"QUEUE_{what}": "0" for what in ("EXISTS(gone)", "WAITING_COUNT(gone)")},
            **{f"QUEUE_MEMBER(gone,{what})": "0" for what in ("count", "ready")},
            "DEVICE_STATE(PJSIP/desk-7)": "INUSE",
        }
    )


@pytest.fixture
def lookup(pbx: Pbx) -> PbxLookup:
    return PbxLookup(pbx, frozenset({"TIER"}), frozenset({"support", "gone"}), {"desk": "PJSIP/desk-7"})


async def failure(lookup: PbxLookup, inquiry: Inquire) -> tuple[str, object]:
    with pytest.raises(BackendFailed) as caught:
        await lookup.inquire("c1", inquiry)
    return caught.value.code, caught.value.facts["status"]


async def test_variable(lookup: PbxLookup, pbx: Pbx) -> None:
    """
    A variable of the call's own channel.
    """
    assert await lookup.inquire("c1", Inquire("a1", "variable", "TIER")) == {"value": "gold"}
    assert pbx.asked == [("c1", "TIER")]


async def test_queue(lookup: PbxLookup) -> None:
    """
    Who waits, who belongs to it, who could answer now; as numbers.
    """
    answer = await lookup.inquire("c1", Inquire("a1", "queue", "support"))

    assert answer == {"waiting": 3, "members": 5, "ready": 0}


async def test_device(lookup: PbxLookup) -> None:
    """
    A device's own name stands in the settings, not in the flow.
    """
    assert await lookup.inquire("c1", Inquire("a1", "device", "desk")) == {"state": "INUSE"}


@pytest.mark.parametrize(
    "inquiry",
    [
        Inquire("a1", "variable", "CALLERID(num)"),
        Inquire("a1", "variable", "SHELL(id)"),
        Inquire("a1", "queue", "sales"),
        Inquire("a1", "device", "PJSIP/desk-7"),
    ],
    ids=str,
)
async def test_what_is_not_allowed_is_not_asked(lookup: PbxLookup, pbx: Pbx, inquiry: Inquire) -> None:
    """
    Whatever a flow says: only names of the settings reach the PBX.
    """
    assert await failure(lookup, inquiry) == ("inquire.not-allowed", 0)
    assert pbx.asked == []


async def test_nothing_there(lookup: PbxLookup, pbx: Pbx) -> None:
    """
    A variable that is not set, a queue that does not exist, a PBX without queues are 404, as with HTTP.
    """
    pbx.values["TIER"] = ""

    assert await failure(lookup, Inquire("a1", "variable", "TIER")) == ("inquire.unknown", 404)
    assert await failure(lookup, Inquire("a1", "queue", "gone")) == ("inquire.unknown", 404)
    pbx.values.clear()
    assert await failure(lookup, Inquire("a1", "queue", "support")) == ("inquire.unknown", 404)


async def test_values_are_untrusted(lookup: PbxLookup, pbx: Pbx) -> None:
    """
    A variable may hold what a stranger's telephone sent: no control characters, no end of it.
    """
    pbx.values["TIER"] = "gold\r\nX-Evil: 1\x00" + "x" * 10_000

    (text,) = (await lookup.inquire("c1", Inquire("a1", "variable", "TIER"))).values()

    assert isinstance(text, str)
    assert text.startswith("gold X-Evil: 1 xxx")
    assert len(text) == LONGEST


async def test_deadline(lookup: PbxLookup, pbx: Pbx) -> None:
    """
    A PBX that does not answer costs the deadline and no more.
    """
    pbx.silent = True

    assert await failure(lookup, Inquire("a1", "queue", "support", deadline_ms=10)) == ("inquire.late", 0)
