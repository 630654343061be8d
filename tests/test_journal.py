"""Redis is written behind the call, in order, and may be away."""

import asyncio
import json

import pytest

from ivr_ari.adapters.store import MemoryStore
from ivr_ari.dialogue.talk import Talk
from ivr_ari.errors import StoreUnavailable
from ivr_ari.events import Began, Event, Keyed, Silent
from ivr_ari.journal import Page
from ivr_ari.orders import Line

TALK = Talk(flow="bank", today="2026-07-15", language="en")


class MovingAwayStore(MemoryStore):
    """A store that is away for its first writes of a turn."""

    def __init__(self, away: int) -> None:
        super().__init__()
        self.away = away
        self.tried = asyncio.Event()

    async def save_turn(self, *args: object, **named: object) -> int:
        self.tried.set()
        if self.away:
            self.away -= 1
            raise StoreUnavailable("store.unreachable")
        return await super().save_turn(*args, **named)  # type: ignore[arg-type]


def page(store: MemoryStore) -> Page:
    return Page(store, "ivr-1", "ivr", 1, clock=lambda: 10.0, retry_s=0.01)


def said(words: str) -> tuple[Line, ...]:
    return (Line(11.5, "ivr", words),)


def happened(*events: Event) -> tuple[tuple[float, Event], ...]:
    return tuple((10.5, event) for event in events)


class TestPage:
    async def test_turn_reaches_the_store_with_its_lines(self) -> None:
        """
        Talk, transcript and events of a turn boundary are written together.
        """
        store = MemoryStore()
        async with page(store) as written:
            written.keep(TALK, said("Welcome."), happened(Began("2026-07-15")))

        assert (await store.load("ivr-1"))[1] == 1
        assert [json.loads(line)["words"] for line in await store.transcript("ivr-1")] == ["Welcome."]
        assert [json.loads(line)["at_ms"] for line in await store.events("ivr-1")] == [500]

    async def test_order_is_kept(self) -> None:
        """
        Turns that come faster than the store takes them are still told in order.
        """
        store = MemoryStore()
        async with page(store) as written:
            for number in range(20):
                written.keep(TALK, said(str(number)), happened(Silent()))
                await asyncio.sleep(0)

        words = [json.loads(line)["words"] for line in await store.transcript("ivr-1")]
        assert words == [str(number) for number in range(20)]

    async def test_lines_wait_while_the_store_is_away(self) -> None:
        """
        A Redis that restarts costs a call nothing: its lines are written when it is back.
        """
        store = MovingAwayStore(away=2)
        async with page(store) as written:
            written.keep(TALK, said("Welcome."), happened(Began("2026-07-15")))
            await store.tried.wait()
            written.keep(TALK, said("Sorry?"), happened(Keyed("1")))

        assert len(await store.transcript("ivr-1")) == 2
        assert [json.loads(line)["n"] for line in await store.events("ivr-1")] == [2, 4]

    async def test_call_ends_without_a_store(self) -> None:
        """
        A store that stays away does not keep a call that is over.
        """
        store = MovingAwayStore(away=10**6)
        async with Page(
            store, "ivr-1", "ivr", 1, clock=lambda: 10.0, retry_s=0.01, closing_s=0.05
        ) as written:
            written.keep(TALK, said("Welcome."), ())

        with pytest.raises(KeyError):
            await store.load("ivr-1")

    async def test_hand_over_record_holds_the_transcript(self) -> None:
        """
        The agent's screen needs one key, not two.
        """
        store = MemoryStore()
        async with page(store) as written:
            written.keep(TALK, said("Welcome."), ())
            assert await written.hand_over({"why": "asked"})

        record = json.loads(await store.handover("ivr-1"))
        assert record["why"] == "asked"
        assert record["transcript"][0]["words"] == "Welcome."

    async def test_hand_over_goes_on_without_the_store(self) -> None:
        """
        Better a person without the record than no person: the summary travels with the call itself.
        """

        class Gone(MemoryStore):
            async def save_handover(self, call_id: str, text: str) -> None:
                raise StoreUnavailable("store.unreachable")

        async with page(Gone()) as written:
            assert not await written.hand_over({"why": "asked"})

    async def test_call_record_is_as_new_as_the_turn(self) -> None:
        """
        Whoever takes the call over finds the RTP sequence of its last turn, not of its first packet.
        """
        store, sequence = MemoryStore(), iter(range(100, 200))
        async with page(store) as written:
            await written.record(lambda: {"sequence": next(sequence)})
            written.keep(TALK, said("Welcome."), ())

        assert json.loads((await store.call("ivr-1"))[0]) == {"sequence": 101}

    async def test_ended_call_is_no_longer_live(self) -> None:
        """
        Whoever looks for calls left by a crash does not find those that ended.
        """
        store = MemoryStore()
        async with page(store) as written:
            await written.record(lambda: {"channel": "1.2"})
            assert await store.calls("ivr") == {"ivr-1"}

        assert await store.calls("ivr") == set()
