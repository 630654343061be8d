"""The shell of a call carries what the core orders to the engines and peers, and their answers back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest

from ivr_ari.actions import Actions, Asker
from ivr_ari.engines import SpeechEngine, UnderstandingEngine, VoiceEngine
from ivr_ari.events import Action, ActionDone, ActionFailed, Began, Event, Expect, Heard, Perform, Say, Spoken
from ivr_ari.journal import Page
from ivr_ari.language.load import parse_flow
from ivr_ari.media.g711 import PCMU
from ivr_ari.media.line import Line as RtpLine
from ivr_ari.media.pacing import Progress
from ivr_ari.media.rtp import Sender
from ivr_ari.orders import Attend, Understand
from ivr_ari.session import MOST_ACTIONS, Engines, Session
from tests.dialogue.small import SMALL
from tests.standins import Deaf, Voice

LOUD = np.full(160, 4000, "<i2").tobytes()


class Notes:
    """A page that is kept in memory."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.news = asyncio.Event()

    def keep(self, talk: object, lines: object, events: Sequence[tuple[float, Event]]) -> None:
        self.events += [event for _, event in events]
        self.news.set()

    async def until(self, event: Event) -> None:
        async with asyncio.timeout(10):
            while event not in self.events:
                self.news.clear()
                await self.news.wait()


class World:
    """Answers actions when the test says so."""

    def __init__(self) -> None:
        self.asked: list[tuple[Action, Asker]] = []
        self.answers: dict[str, asyncio.Future[ActionDone | ActionFailed]] = {}
        self.asked_more = asyncio.Event()

    async def carry(self, action: Action, asker: Asker) -> ActionDone | ActionFailed:
        self.asked.append((action, asker))
        self.answers[action.id] = asyncio.get_running_loop().create_future()
        self.asked_more.set()
        return await self.answers[action.id]

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.asked) < count:
                self.asked_more.clear()
                await self.asked_more.wait()


@dataclass
class Bench:
    """One call and all that stands around it."""

    voice: Voice = field(default_factory=Voice)
    spanish: Voice = field(default_factory=lambda: Voice("voice-es"))
    notes: Notes = field(default_factory=Notes)
    world: World = field(default_factory=World)
    line: RtpLine = field(default_factory=lambda: RtpLine(PCMU, Sender(7, 0, 0), lambda pcm: None))

    def __post_init__(self) -> None:
        flow = parse_flow(SMALL, "small.yaml")
        deaf = Deaf()
        self.session = Session(
            "ivr-1",
            flow,
            Began("2026-03-15"),
            line=self.line,
            engines=Engines(
                cast(SpeechEngine, deaf),
                cast(UnderstandingEngine, deaf),
                cast(VoiceEngine, self.voice),
                {"es": cast(VoiceEngine, self.spanish)},
            ),
            actions=cast(Actions, self.world),
            channel="c1",
            page=cast(Page, self.notes),
            moment=lambda: "2026-03-15T10:30",
            clock=asyncio.get_running_loop().time,
        )
        self.session.start()

    def order(self, *orders: Any) -> None:
        self.session._carry(orders)

    def keys(self, keys: str) -> None:
        for key in keys:
            self.session.key(key)


@pytest.fixture
async def bench() -> Bench:
    return Bench()


class TestActions:
    async def test_request_and_answer(self, bench: Bench) -> None:
        """
        What the flow asks for goes out with the call's own id and channel; the answer is an event.
        """
        bench.keys("1")
        bench.keys("4242#" + "1")  # the number, and that it is right
        await bench.world.until(1)

        action, asker = bench.world.asked[0]
        assert isinstance(action, Perform)
        assert (action.backend, asker.call_id, asker.channel) == ("shop", "ivr-1", "c1")
        done = ActionDone(action.id, {"state": "sent", "total": "9.00"})
        bench.world.answers[action.id].set_result(done)
        await bench.notes.until(done)
        await bench.session.close()

    async def test_actions_under_way_are_bounded(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        One too many fails at once instead of waiting for services that do not answer.
        """
        told: list[Event] = []
        monkeypatch.setattr(bench.session, "feed", told.append)
        bench.order(*(Perform(f"a{number}", "shop", "GET", "/") for number in range(MOST_ACTIONS + 1)))
        await bench.world.until(MOST_ACTIONS)
        await asyncio.sleep(0)

        assert told == [ActionFailed(f"a{MOST_ACTIONS}", "action.too-many")]
        assert len(bench.world.asked) == MOST_ACTIONS
        await bench.session.close()

    async def test_a_caller_who_leaves_waits_for_nothing(self, bench: Bench) -> None:
        """
        Nothing of the call is left at work.
        """
        bench.keys("1")
        bench.keys("4242#" + "1")  # the number, and that it is right
        await bench.world.until(1)
        bench.session.hung_up()
        await bench.session.close()

        assert all(answer.cancelled() for answer in bench.world.answers.values())


class TestVoice:
    async def test_pace_reaches_the_voice(self, bench: Bench) -> None:
        """
        A caller who asked for it slower is spoken to at that pace.
        """
        bench.order(Say("s9", "hello", ("Hello.",), pace=80))

        assert bench.voice.spoken[-1] == ("s9", "Hello.", 0.8)

    async def test_each_language_has_its_voice(self, bench: Bench) -> None:
        """
        Spanish words come out of the Spanish voice, all others out of the one there is.
        """
        bench.order(
            Say("s8", "hello", ("Hola.",), language="es"), Say("s9", "hello", ("Hi.",), language="fr")
        )

        assert bench.spanish.spoken == [("s8", "Hola.", 1.0)]
        assert bench.voice.spoken[-1][1] == "Hi."

    async def test_silence_is_for_all_voices(self, bench: Bench) -> None:
        """
        A caller who interrupts is interrupted by nobody.
        """
        bench.order(Say("s8", "hello", ("Hola.",), language="es"))
        bench.keys("1")

        assert (bench.voice.cancelled, bench.spanish.cancelled) == (1, 1)

    async def test_louder(self, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The gain is put on the samples of that prompt only.
        """
        sent: list[bytes] = []
        monkeypatch.setattr(bench.line, "say", lambda say, pcm: sent.append(pcm))
        bench.order(Say("s8", "hello", ("Hello.",), gain_db=6), Say("s9", "hello", ("Hello.",)))

        bench.session.chunk("s8", LOUD)
        bench.session.chunk("s9", LOUD)

        assert np.frombuffer(sent[0], "<i2")[0] == pytest.approx(4000 * 10 ** (6 / 20), rel=0.01)
        assert sent[1] == LOUD

    async def test_only_the_voice_that_died_is_silent(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A Spanish voice that dies ends no English sentence.
        """
        ended: list[str] = []
        monkeypatch.setattr(bench.line, "end", ended.append)
        bench.order(Say("s8", "hello", ("Hola.",), language="es"), Say("s9", "hello", ("Hello.",)))
        bench.session.chunk("s8", LOUD)
        bench.session.chunk("s9", LOUD)

        bench.session.voice_lost("voice-es")

        assert ended == ["s8"]

    async def test_the_whole_length_is_told(self, bench: Bench) -> None:
        """
        How much of a list was heard can be told only by how long it is.
        """
        said = bench.voice.spoken[0][0]
        bench.session.chunk(said, LOUD)
        bench.session.voiced(said, 2400)
        bench.session.progress(Progress(said, "cut", 1200))
        bench.keys("1")  # what was heard is written down with the next turn

        assert Spoken(said, 1200, False, 2400) in bench.notes.events


async def test_each_language_has_its_recogniser() -> None:
    """When the call goes on in another language, its recogniser listens, and only it."""
    bench = Bench()
    english, spanish = Deaf(), Deaf("speech-es")
    english.open("ivr-1")
    bench.session._engines = Engines(
        cast(SpeechEngine, english),
        cast(UnderstandingEngine, english),
        cast(VoiceEngine, bench.voice),
        {},
        {"es": cast(SpeechEngine, spanish)},
    )
    bench.session._recognizer = cast(SpeechEngine, english)

    bench.order(Attend(Expect(language="es-MX")))

    assert (english.calls, spanish.calls) == ([], ["ivr-1"])
    assert bench.session.uses("speech-es")
    assert not bench.session.uses("speech")
    assert bench.session.uses("understanding")
    await bench.session.close()


async def test_understanding_knows_the_time(bench: Bench) -> None:
    """
    "In ten minutes" counts from the moment it was said, not from the call's beginning.
    """
    deaf, times = Deaf(), iter(["2026-03-15T10:30", "2026-03-15T10:45"])
    bench.session._engines = Engines(
        cast(SpeechEngine, deaf), cast(UnderstandingEngine, deaf), cast(VoiceEngine, bench.voice), {}
    )
    bench.session._moment = times.__next__

    bench.order(Understand("u1", Heard(), Expect()))
    bench.order(Understand("u2", Heard(), Expect()))

    assert deaf.moments == ["2026-03-15T10:30", "2026-03-15T10:45"]
    await bench.session.close()
