"""What Redis keeps of a call is enough to hold it again."""

from __future__ import annotations

import json

import pytest

from ivr_ari.adapters.store import MemoryStore
from ivr_ari.dialogue.engine import begin, step
from ivr_ari.dialogue.flow import Flow
from ivr_ari.errors import StoreUnavailable
from ivr_ari.events import ActionDone, Began, Effect, Event, Hungup, Inquire, Keyed, Leave, Query, Say
from ivr_ari.journal import Page
from ivr_ari.orders import Line
from ivr_ari.replay import brief, replay
from tests.dialogue.conversation import ACCOUNT, PIN, TODAY, bank, meant, value, wants

CALL = "ivr-1795381170.0-228968"
REFUND = wants("refund", value("choice", "charged-twice", "problem"), value("month", "2026-06"))
BALANCE = wants("balance")


class Clock:
    """Each look at it is a second later."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def conversation(flow: Flow) -> list[Event]:
    """The demo's first half: two requests, account and PIN, the balance, a correction, a hang-up."""
    talk, _ = begin(flow, Began(TODAY))
    said: list[Event] = [
        Began(TODAY),
        meant(REFUND, BALANCE, words="i was charged twice last month and what's my balance"),
        Keyed(ACCOUNT),
        meant(value("digits", PIN, "pin"), words="my pin is (4 digits)"),
    ]
    for event in said[1:]:
        talk, _ = step(flow, talk, event)
    for answer in ({"customer": "C1007", "name": "Dana Whitfield"}, {"balance_cents": 120437}):
        assert talk.waiting is not None
        assert talk.waiting.what == "action"
        said.append(ActionDone(talk.waiting.name, answer))
        talk, _ = step(flow, talk, said[-1])
    return [*said, meant("correct", value("month", "2026-03"), words="actually make that march"), Hungup()]


async def keep(store: MemoryStore, flow: Flow, events: list[Event]) -> None:
    """Hold the conversation and write it down, a turn boundary after each event."""
    clock = Clock()
    await store.save_flow(flow.digest, flow.source)
    await store.save_call(CALL, "ivr", json.dumps({"flow": flow.name, "flow_hash": flow.digest}))
    async with Page(store, CALL, "ivr", 1, clock=clock) as page:
        talk = None
        for event in events:
            if talk is None:
                assert isinstance(event, Began)
                talk, effects = begin(flow, event)
            else:
                talk, effects = step(flow, talk, event)
            lines = [Line(clock.now, "ivr", effect.text) for effect in effects if isinstance(effect, Say)]
            page.keep(talk, lines, [(clock(), event)])


class Reading(MemoryStore):
    """A store whose event lines are something else when they are read back."""

    def __init__(self, old: str = "", new: str = "", *, times: int = 1, first: int = 0) -> None:
        super().__init__()
        self.old, self.new, self.times, self.first = old, new, times, first

    async def events(self, call_id: str) -> list[str]:
        lines = (await super().events(call_id))[self.first :]
        if self.old:
            assert any(self.old in line for line in lines)
            lines = [line.replace(self.old, self.new) for line in lines]
        return [line for line in lines for _ in range(self.times)]


class TestReplay:
    async def test_the_same_events_give_the_same_talk(self) -> None:
        """
        A stopped call can be read back: the flow it ran is kept with it, and its steps are the same again.
        """
        store = MemoryStore()
        await keep(store, bank(), conversation(bank()))

        report = await replay(store, CALL)

        assert report.same
        assert report.text.splitlines()[-1] == "the same talk as was kept"
        assert "say greeting, say how-can-i-help, listen main" in report.text
        assert "POST bank" in report.text

    async def test_report_holds_nothing_of_the_caller(self) -> None:
        """
        It may be pasted into a ticket: neither words nor values, names nor digits.
        """
        store = MemoryStore()
        await keep(store, bank(), conversation(bank()))

        text = (await replay(store, CALL)).text.lower()

        assert not [
            word for word in ("charged twice last", "c1007", "dana", "120437", "1204") if word in text
        ]

    async def test_lines_written_twice_count_once(self) -> None:
        """
        A write whose answer was lost is repeated; numbers tell.
        """
        store = Reading(times=2)
        await keep(store, bank(), conversation(bank()))

        assert (await replay(store, CALL)).same

    async def test_a_changed_event_is_noticed(self) -> None:
        """
        Another month leads elsewhere, and the report says so.
        """
        store = Reading("2026-03", "2026-02")
        await keep(store, bank(), conversation(bank()))

        report = await replay(store, CALL)

        assert not report.same
        assert report.text.splitlines()[-1] == "NOT the talk that was kept"

    async def test_a_changed_flow_is_no_basis(self) -> None:
        """
        Steps of another flow would say nothing about this call.
        """
        store = MemoryStore()
        await keep(store, bank(), conversation(bank()))
        await store.save_flow(bank().digest, bank().source + "# changed\n")

        with pytest.raises(StoreUnavailable, match=r"replay\.flow-changed"):
            await replay(store, CALL)

    async def test_an_unknown_call_is_said_to_be_unknown(self) -> None:
        """
        Its lifetime is over, or the id is mistyped.
        """
        with pytest.raises(StoreUnavailable, match=r"replay\.unknown"):
            await replay(MemoryStore(), CALL)

    async def test_a_call_without_its_beginning_is_refused(self) -> None:
        """
        Of a very long call the oldest events are gone.
        """
        store = Reading(first=1)
        await keep(store, bank(), conversation(bank()))

        with pytest.raises(StoreUnavailable, match=r"replay\.no-beginning"):
            await replay(store, CALL)


@pytest.mark.parametrize(
    ("effect", "text"),
    [
        (Query("a1", "orders", "SELECT 1", {"id": "41007239"}), "query orders"),
        (Inquire("a1", "queue", "support"), "inquire queue support"),
        (Leave("done", hang_up=True), "hang up done"),
        (Leave("error"), "leave error"),
    ],
    ids=str,
)
def test_effects_in_a_few_words(effect: Effect, text: str) -> None:
    """
    Enough to read a replay by, and nothing of the caller.
    """
    assert brief(effect) == text
