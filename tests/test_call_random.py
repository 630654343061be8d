"""
Whatever the caller does, however late everybody answers: a call with a line and engines that are played.

Each tick is one frame of 20 ms; the line plays one prompt after the other and reports at once what it cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ivr_ari.call import Call
from ivr_ari.dialogue.flow import Flow
from ivr_ari.events import (
    ActionFailed,
    Began,
    EngineDown,
    EngineUp,
    Heard,
    Inquire,
    Meaning,
    Perform,
    Query,
    Request,
    Say,
    Silent,
    Spoken,
    Value,
    Word,
)
from ivr_ari.language.load import load_flow
from ivr_ari.orders import (
    Duck,
    Fallback,
    Flush,
    GoOn,
    Keep,
    Order,
    StopPlaying,
    Understand,
    Unduck,
)
from ivr_ari.playing import EAR_S
from ivr_ari.turn import ENGINE_S

TICK_S = 0.02
AGAIN_S = 2.0
"""After an interruption the caller hears something within this time and that of the engines."""

ASKED_AGAIN_S = AGAIN_S + 2 * ENGINE_S
"""What the caller says has led somewhere by then, though it be nowhere."""

QUIET_S = 50.0
"""Longer than the longest silence there is, after a question to a caller who has asked for a moment."""

SETTLED_S = 3.0
"""A sound that is no voice makes no prompt quiet for longer."""

MEANINGS = (
    ("", Meaning()),
    ("um", Meaning()),
    ("mhm", Meaning(acts=("back-channel",))),
    ("my balance please", Meaning(requests=(Request("balance", 0, 2),))),
    ("four one zero zero seven two three nine", Meaning(values=(Value("digits", "41007239", 0, 7),))),
    ("four one", Meaning(acts=("more-to-come",), values=(Value("digits", "41", 0, 1),))),
    ("yes", Meaning(acts=("affirm",), values=(Value("yesno", "yes", 0, 0),))),
    ("wait a moment", Meaning(acts=("hold-on",))),
    ("say that again", Meaning(acts=("repeat",))),
    ("lorem ipsum dolor sit", Meaning()),
)

Kind = Literal["voice", "hum", "sound", "quiet", "key", "partial", "late", "engine"]
Deed = tuple[Kind, int]
DEEDS = st.one_of(
    st.tuples(st.sampled_from(("voice", "hum", "sound", "quiet")), st.integers(1, 150)),
    st.tuples(st.just("quiet"), st.integers(40, 400)),
    st.tuples(st.just("key"), st.integers(0, 11)),
    st.tuples(st.just("partial"), st.integers(0, len(MEANINGS) - 1)),
    st.tuples(st.sampled_from(("late", "engine")), st.integers(0, 100)),
)


@cache
def flow() -> Flow:
    return load_flow(Path(__file__).parents[1] / "flows" / "bank.yaml")


@dataclass
class Playing:
    id: str
    left_ms: int
    sent_ms: int = 0


class World:
    """The shell, the line, the engines, and what must hold of them after every frame."""

    def __init__(self) -> None:
        self.now = 100.0
        self.line: list[Playing] = []
        self.ids: set[str] = set()
        self.ducked = False
        self.ducked_s = self.alone_s = 0.0
        self.interrupted = False
        self.pending: list[tuple[float, Flush | Understand | Perform | Query | Inquire]] = []
        self.late_s = 0.1
        self.nth = 0
        self.ended = False
        self.call, first = Call.begin(flow(), Began("2026-07-15"), now=self.now)
        self.carry(first)

    def carry(self, orders: tuple[Order, ...]) -> None:
        for order in orders:
            self.do(order)

    def do(self, order: Order) -> None:
        match order:
            case Say() | GoOn():
                say = order.say if isinstance(order, GoOn) else order
                assert say.id not in self.ids, "a line knows a prompt once"
                self.ids.add(say.id)
                self.line.append(Playing(say.id, 200 + 40 * len(say.text)))
                self.interrupted = False
            case Duck():
                self.ducked = True
            case Unduck():
                self.ducked = False
            case StopPlaying():
                assert self.line, "there is something to stop"
                self.ducked, self.interrupted = False, True
                while self.line:
                    playing = self.line.pop(0)
                    total_ms = playing.sent_ms + playing.left_ms
                    self.report(Spoken(playing.id, playing.sent_ms, False, total_ms))
            case Flush() | Understand() | Perform() | Query() | Inquire():
                self.pending.append((self.now + self.late_s, order))
            case Fallback():
                assert order.result != "error", order
                self.ended = True
            case _:
                pass

    def report(self, spoken: Spoken) -> None:
        self.carry(self.call.spoken(spoken, now=self.now))

    # what goes on ------------------------------------------------------------------------------------------

    def tick(self, *, voiced: bool = False, sounding: bool = False, hummed: bool = False) -> None:
        self.now += TICK_S
        self.play()
        self.answer()
        if self.call.wake_at is not None and self.call.wake_at <= self.now:
            self.wake()
        orders = self.call.frame(voiced, now=self.now, sounding=voiced or sounding, hummed=hummed)
        self.carry(orders)
        self.look(quiet=not (voiced or sounding))

    def wake(self) -> None:
        orders = self.call.wake(now=self.now)
        happened = [event for order in orders if isinstance(order, Keep) for _, event in order.events]
        assert not (self.line and Silent() in happened), "nobody is silent while a prompt is said"
        self.carry(orders)

    def play(self) -> None:
        if self.line:
            first = self.line[0]
            first.sent_ms, first.left_ms = first.sent_ms + 20, first.left_ms - 20
            if first.left_ms <= 0:
                self.line.pop(0)
                self.report(Spoken(first.id, first.sent_ms, True, first.sent_ms))

    def answer(self) -> None:
        due = [order for at, order in self.pending if at <= self.now]
        self.pending = [(at, order) for at, order in self.pending if at > self.now]
        for order in due:
            text, meaning = MEANINGS[self.nth % len(MEANINGS)]
            match order:
                case Flush(id):
                    heard = Heard(tuple(Word(word) for word in text.split()))
                    self.carry(self.call.heard(id, heard, now=self.now))
                case Understand(id):
                    self.carry(self.call.meant(id, meaning, now=self.now))
                case _:
                    self.carry(self.call.feed(ActionFailed(order.id, "down"), now=self.now))

    def deed(self, kind: Kind, amount: int) -> None:
        match kind:
            case "key":
                self.alone_s = 0.0
                self.carry(self.call.key("0123456789*#"[amount], now=self.now))
            case "partial":
                self.nth = amount
                self.carry(self.call.partial(MEANINGS[amount][0], now=self.now))
            case "late":  # up to what is too late
                self.late_s = amount / 50
            case "engine":
                told = EngineDown if amount % 2 else EngineUp
                self.carry(self.call.feed(told("speech"), now=self.now))
            case _:
                voiced = kind in ("voice", "hum")
                for _ in range(amount):
                    self.tick(voiced=voiced, sounding=kind == "sound", hummed=kind == "hum")

    # what holds --------------------------------------------------------------------------------------------

    def silence_s(self) -> float:
        """Return the silence a question allows: longer if the caller has asked for a moment."""
        return EAR_S + self.call.expect.silence_ms / 1000 if self.call.expect else 0.0

    def look(self, *, quiet: bool) -> None:
        if self.call.over:
            assert self.call.wake_at is None
            return
        waits = any(isinstance(order, Perform | Query | Inquire) for _, order in self.pending)
        assert self.call.wake_at is not None or waits, "somebody must move next"
        playing = self.call._floor.playing
        assert [say.id for say in playing.prompts] == [one.id for one in self.line]
        assert self.ducked == self.call._floor.ducked
        self.ducked_s = self.ducked_s + TICK_S if self.ducked and self.line else 0.0
        assert self.ducked_s <= SETTLED_S + ENGINE_S, "quiet for no reason"
        keying = self.call.keypad.wake_at is not None  # a key may follow: that is waited for first
        alone = quiet and not self.line and not waits and not keying
        self.alone_s = self.alone_s + TICK_S if alone else 0.0
        assert self.alone_s <= self.silence_s() + ASKED_AGAIN_S, "nobody asks the caller"
        if self.interrupted and not self.call.keypad.busy:
            assert self.alone_s <= ASKED_AGAIN_S, "interrupted, and then nothing"


@settings(max_examples=25, deadline=None)
@given(st.lists(DEEDS, max_size=20))
@example([("key", 2), ("key", 10)])
@example([("voice", 1), *[("quiet", 40)] * 3, ("key", 1), ("voice", 5), ("sound", 9)])
@example([("quiet", 358), ("engine", 0)])
@example([("quiet", 60), ("quiet", 60), ("engine", 1), ("quiet", 60)])
def test_whatever_the_caller_does(deeds: list[Deed]) -> None:
    """
    Nobody is left alone, nothing stays quiet, every prompt that was begun is known to be over.
    """
    world = World()
    for kind, amount in deeds:
        world.nth += 1
        world.deed(kind, amount)
    for _ in range(round(QUIET_S / TICK_S)):
        world.tick()
