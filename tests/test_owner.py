"""One call from offer to end, on a PBX that writes down what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from ivr_ari.actions import Actions
from ivr_ari.adapters.ari import Ari, Media
from ivr_ari.adapters.ari_events import CallOffered
from ivr_ari.adapters.rtp_socket import MediaPorts, Ticker
from ivr_ari.adapters.store import MemoryStore
from ivr_ari.adapters.wave_files import WaveFiles
from ivr_ari.dialogue.engine import begin
from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.talk import to_json
from ivr_ari.engines import SpeechEngine, UnderstandingEngine, VoiceEngine
from ivr_ari.errors import PbxUnavailable, StoreUnavailable
from ivr_ari.events import Began, Leave
from ivr_ari.language.load import parse_flow
from ivr_ari.owner import Owner, Surroundings
from ivr_ari.record import read_events
from ivr_ari.recorder import Recorder
from ivr_ari.session import Engines
from tests.dialogue.small import SMALL
from tests.standins import Deaf, Voice

CALL = "ivr-1795381170.0-228968"
NEW = parse_flow(SMALL.replace("Hello.", "Good day."), "small.yaml")
OLD = parse_flow(SMALL, "small.yaml")


class Pbx:
    """An Asterisk with one channel."""

    app = "ivr"

    def __init__(self) -> None:
        self.variables: dict[str, str] = {}
        self.told: list[tuple[str, dict[str, str]]] = []
        self.away = False

    async def answer(self, channel: str) -> None: ...

    async def attach_media(
        self, call_id: str, channel: str, host: str, port: int, codec: str = "ulaw"
    ) -> Media:
        return Media("leg", "bridge", "127.0.0.1", 9)

    async def get_variable(self, channel: str, name: str) -> str:
        if self.away:
            raise PbxUnavailable("ari.late")
        return self.variables.get(name, "")

    async def set_variables(self, channel: str, variables: Mapping[str, str]) -> None:
        self.told.append(("set", dict(variables)))

    async def continue_in_dialplan(self, channel: str, variables: Mapping[str, str]) -> None:
        self.told.append(("continue", dict(variables)))

    async def hangup(self, channel: str) -> None:
        self.told.append(("hangup", {}))

    async def release(self, call_id: str) -> None: ...


class House:
    """Everything a call shares with others."""

    def __init__(self) -> None:
        self.pbx, self.store, self.voice = Pbx(), MemoryStore(), Voice()
        self.versions: dict[str, Flow] = {}

    async def version(self, digest: str) -> Flow:
        try:
            return self.versions[digest]
        except KeyError:
            raise StoreUnavailable("store.no-flow") from None

    def owner(
        self, flow: Flow, *, resume: bool = False, language: str = "", recorder: Recorder | None = None
    ) -> Owner:
        deaf = Deaf()
        around = Surroundings(
            ari=cast(Ari, self.pbx),
            store=self.store,
            engines=Engines(
                cast(SpeechEngine, deaf), cast(UnderstandingEngine, deaf), cast(VoiceEngine, self.voice)
            ),
            actions=Actions({}, {}, cast("object", None), {}),  # type: ignore[arg-type]
            ports=MediaPorts("127.0.0.1", 42_000, 42_199),
            ticker=Ticker(),
            fence=1,
            codec="ulaw",
            wideband=True,
            advertised="127.0.0.1",
            targets=frozenset(),
            variables=frozenset({"TICKET"}),
            moment=lambda: "2026-03-15T10:30",
            now=lambda: "2026-03-15T10:30:00",
            version=self.version,
            clock=asyncio.get_running_loop().time,
            recorder=recorder,
        )
        return Owner(CallOffered("c1", CALL, (), flow.name, language, resume, answered=True), flow, around)

    async def spoken(self) -> list[str]:
        """Wait for the first words, return what was said."""
        async with asyncio.timeout(20):
            await self.voice.news.wait()
        return [text for _, text, _ in self.voice.spoken]

    async def beginning(self) -> Began:
        (_, event), *_ = read_events(await self.store.events(CALL))
        assert isinstance(event, Began)
        return event


@pytest.fixture
async def house() -> House:
    return House()


async def ended(owner: Owner, task: asyncio.Task[None], ending: Leave) -> None:
    """Have the dialogue end so, and wait for the owner."""
    assert owner.session
    owner.session.ending.set_result(ending)
    async with asyncio.timeout(20):
        await task


class TestBeginning:
    async def test_what_a_call_begins_with(self, house: House) -> None:
        """
        The hour for the opening hours, whether the caller is known, a language the flow has.
        """
        house.pbx.variables["IVR_KNOWN"] = "yes"
        owner = house.owner(NEW, language="en_US")
        task = asyncio.create_task(owner.run())
        assert await house.spoken()
        await ended(owner, task, Leave("done"))

        assert await house.beginning() == Began(
            "2026-03-15", "en", {"channel": "c1"}, "2026-03-15T10:30:00", known=True
        )

    async def test_a_call_is_recorded_where_that_is_wanted(self, house: House, tmp_path: Path) -> None:
        """
        Both its sides are files under the service's day.
        """
        with WaveFiles(tmp_path) as files:
            owner = house.owner(NEW, recorder=Recorder(files, keep_days=30))
            task = asyncio.create_task(owner.run())
            assert await house.spoken()
            await ended(owner, task, Leave("done"))

        assert {path.name for path in (tmp_path / "2026-03-15").iterdir()} == {
            f"{CALL}-caller.wav",
            f"{CALL}-service.wav",
        }

    @pytest.mark.parametrize("known", ["", "no", "YES!", "yes,yes"])
    async def test_others_are_not_known(self, house: House, known: str) -> None:
        """
        Only the one word counts; a PBX that does not answer in time makes nobody known either.
        """
        house.pbx.variables["IVR_KNOWN"] = known
        house.pbx.away = known == ""
        owner = house.owner(NEW)
        task = asyncio.create_task(owner.run())
        await house.spoken()
        await ended(owner, task, Leave("done"))

        assert not (await house.beginning()).known


class TestEnding:
    async def test_back_to_the_dialplan(self, house: House) -> None:
        """
        With the variables that the settings allow, and no others.
        """
        owner = house.owner(NEW)
        task = asyncio.create_task(owner.run())
        await house.spoken()
        await ended(owner, task, Leave("done", "bye", {"TICKET": "7", "SHELL": "1"}))

        ((how, variables),) = house.pbx.told
        assert how == "continue"
        assert variables == {
            "CDR(userfield)": f"{CALL} done",
            "TICKET": "7",
            "IVR_RESULT": "done",
            "IVR_REASON": "bye",
        }

    @pytest.mark.parametrize("text", ["${SHELL(id)}", "see $[1 + 1]"])
    async def test_dialplan_functions_are_refused(self, house: House, text: str) -> None:
        """
        A value may be a caller's words; nobody may dictate to the dialplan.
        """
        owner = house.owner(NEW)
        task = asyncio.create_task(owner.run())
        await house.spoken()
        await ended(owner, task, Leave("done", "bye", {"TICKET": text}))

        ((_, variables),) = house.pbx.told
        assert "TICKET" not in variables

    async def test_hang_up(self, house: House) -> None:
        """
        The variables are there for the dialplan's h extension before the line is.
        """
        owner = house.owner(NEW)
        task = asyncio.create_task(owner.run())
        await house.spoken()
        await ended(owner, task, Leave("done", "bye", {"TICKET": "7"}, hang_up=True))

        assert [how for how, _ in house.pbx.told] == ["set", "hangup"]
        assert house.pbx.told[0][1]["TICKET"] == "7"


class TestVersions:
    async def kept(self, house: House, flow: Flow, text: str = "") -> None:
        """Write down a call that is with an agent."""
        talk, _ = begin(flow, Began("2026-03-15"))
        waiting = talk.waiting
        assert waiting is not None
        handed = replace(talk, over=True, waiting=replace(waiting, what="handed"))
        await house.store.save_turn(CALL, text or to_json(handed), after=0)

    async def test_a_call_ends_on_the_version_it_began_with(self, house: House) -> None:
        """
        Flows were changed while the caller was with an agent: the conversation goes on as it was.
        """
        await self.kept(house, OLD)
        house.versions[OLD.digest] = OLD
        house.pbx.variables["IVR_HANDOVER"] = "busy"
        owner = house.owner(NEW, resume=True)
        task = asyncio.create_task(owner.run())
        await house.spoken()

        assert owner.flow is OLD
        assert owner.session
        assert owner.session.call.flow is OLD
        await ended(owner, task, Leave("done"))

    async def test_a_version_nobody_has(self, house: House) -> None:
        """
        The caller goes to the fallback, which is told why.
        """
        await self.kept(house, OLD)
        await house.owner(NEW, resume=True).run()

        assert [variables["IVR_REASON"] for _, variables in house.pbx.told] == ["store-no-flow"]

    async def test_state_of_another_release(self, house: House) -> None:
        """
        It is not guessed at.
        """
        await self.kept(house, OLD, text='{"version": 0}')
        await house.owner(NEW, resume=True).run()

        assert [variables["IVR_REASON"] for _, variables in house.pbx.told] == ["talk-version"]
