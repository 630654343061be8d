"""New calls take changed flows, calls under way keep theirs, and mistakes change nothing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from ivr_ari.adapters.store import MemoryStore
from ivr_ari.dialogue.flow import Flow
from ivr_ari.errors import EngineFailed, FlowError, SetupError, StoreUnavailable
from ivr_ari.library import OLDER, Library, changes, load_flows
from ivr_ari.settings import Settings

ECHO = "flow: echo\nmode: echo\ngreeting: {}\n"


class Engines:
    """An engine room that learns everything, unless it is down."""

    def __init__(self) -> None:
        self.learnt: list[str] = []
        self.forgotten: list[str] = []
        self.down = False

    async def learn(self, flows: Mapping[str, Flow]) -> None:
        if self.down:
            raise EngineFailed("voice.down")
        self.learnt += [flow.digest for flow in flows.values()]

    def forget(self, digest: str) -> None:
        self.forgotten.append(digest)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "echo.yaml").write_text(ECHO.format("One."))
    return tmp_path / "flows"


@pytest.fixture
def settings(folder: Path) -> Settings:
    return made(folder=str(folder))


def made(**flows: str) -> Settings:
    tree = {
        "lab": True,
        "ari": {"password": "x"},
        "speech": {"model": "."},
        "flows": {"default": "echo", **flows},
    }
    return Settings.model_validate(tree, context={"base": Path(), "lab": True})


@pytest.fixture
def room() -> Engines:
    return Engines()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def used() -> set[str]:
    """Digests of the flows that calls have."""
    return set()


@pytest.fixture
def library(settings: Settings, used: set[str]) -> Library:
    return Library(settings, load_flows(settings), lambda: used)


Change = Callable[[str], None]


@pytest.fixture
def change(folder: Path) -> Change:
    def write(greeting: str) -> None:
        (folder / "echo.yaml").write_text(ECHO.format(greeting))

    return write


class TestReload:
    async def test_the_next_call_takes_the_new_version(
        self, library: Library, change: Change, room: Engines, store: MemoryStore
    ) -> None:
        """
        It is learnt and kept before it counts; the version of before is the one a call has in hand.
        """
        of_a_call = library.flows["echo"]
        change("Two.")

        assert await library.reload(room, store)

        new = library.flows["echo"]
        assert (of_a_call.greeting, new.greeting) == ("One.", "Two.")
        assert room.learnt == [new.digest]
        assert await store.flow(new.digest) == new.source

    async def test_a_bad_change_keeps_the_running_version(
        self, library: Library, folder: Path, change: Change, room: Engines, store: MemoryStore
    ) -> None:
        """
        Every problem of every file is in the log, and nothing else has happened.
        """
        change("Two.")
        (folder / "bad.yaml").write_text("flow: bad\nmode: eho\n")
        (folder / "worse.yaml").write_text("flow: worse\nmode: latncy\n")

        with capture_logs() as lines:
            assert not await library.reload(room, store)

        told = [line["hint"] for line in lines if line["event"] == "flow not taken"]
        assert [Path(hint.partition(":")[0]).name for hint in told] == ["bad.yaml", "worse.yaml"]
        assert library.flows["echo"].greeting == "One."
        assert not room.learnt

    async def test_engines_that_are_down_keep_it_too(
        self, library: Library, change: Change, room: Engines, store: MemoryStore
    ) -> None:
        """
        A version that can be neither understood nor spoken is no version yet.
        """
        room.down = True
        change("Two.")

        assert not await library.reload(room, store)
        assert library.flows["echo"].greeting == "One."


class TestVersion:
    async def test_the_version_of_before_is_at_hand(
        self, library: Library, change: Change, room: Engines, store: MemoryStore
    ) -> None:
        """
        A call that began on version 1 ends on version 1, also after an agent had it.
        """
        old = library.flows["echo"]
        change("Two.")
        await library.reload(room, store)

        assert await library.version(old.digest, room, store) is old

    async def test_another_node_had_it(self, library: Library, room: Engines, store: MemoryStore) -> None:
        """
        Its text lies in the store; it is read, checked against its digest, and learnt, once.
        """
        source = library.flows["echo"].source.replace("One.", "Zero.")
        digest = hashlib.sha256(source.encode()).hexdigest()
        await store.save_flow(digest, source)

        flow = await library.version(digest, room, store)
        await library.version(digest, room, store)

        assert (flow.greeting, flow.digest) == ("Zero.", digest)
        assert room.learnt == [digest]

    async def test_nobody_has_it(self, library: Library, room: Engines, store: MemoryStore) -> None:
        """
        Told by name; the caller goes to the fallback.
        """
        with pytest.raises(StoreUnavailable, match=r"store\.no-flow"):
            await library.version("0" * 64, room, store)

    async def test_a_text_that_is_not_the_one(
        self, library: Library, room: Engines, store: MemoryStore
    ) -> None:
        """
        What does not have its digest is nobody's flow.
        """
        await store.save_flow("0" * 64, library.flows["echo"].source)

        with pytest.raises(StoreUnavailable, match=r"store\.flow-changed"):
            await library.version("0" * 64, room, store)

    async def test_another_release_wrote_it(
        self, library: Library, room: Engines, store: MemoryStore
    ) -> None:
        """
        A language this release does not read is refused, not guessed at.
        """
        source = "flow: echo\nmode: echo\n"
        digest = hashlib.sha256(source.encode()).hexdigest()
        await store.save_flow(digest, source)

        with pytest.raises(FlowError):
            await library.version(digest, room, store)

    async def test_old_versions_do_not_pile_up(
        self, library: Library, change: Change, room: Engines, store: MemoryStore, used: set[str]
    ) -> None:
        """
        A day of writing flows leaves the versions of calls under way, and a few.
        """
        first = library.flows["echo"]
        used.add(first.digest)
        for number in range(OLDER + 5):
            change(f"Number {number}.")
            await library.reload(room, store)

        assert len(room.forgotten) == 4
        assert first.digest not in room.forgotten
        assert await library.version(first.digest, room, store) is first


class TestPublished:
    def test_current_is_loaded(self, folder: Path, tmp_path: Path) -> None:
        """
        Not the folder in which somebody is writing.
        """
        (tmp_path / "live").mkdir()
        (tmp_path / "live" / "current").symlink_to(folder)

        flows = load_flows(made(published=str(tmp_path / "live")))

        assert flows["echo"].greeting == "One."

    def test_nothing_published_yet(self, tmp_path: Path) -> None:
        """
        Said with what to do.
        """
        (tmp_path / "live").mkdir()

        with pytest.raises(SetupError, match="ivr-ari flows publish"):
            load_flows(made(published=str(tmp_path / "live")))


async def test_a_change_of_a_file_is_noticed(folder: Path, change: Change) -> None:
    """
    What an editor saves is seen; what it leaves beside is not.
    """

    async def first() -> None:
        async for _ in changes(folder, debounce_ms=50):
            return

    seen = asyncio.create_task(first())
    async with asyncio.timeout(20):
        while not seen.done():  # watching begins in a thread, nobody tells when
            (folder / ".echo.yaml.swp").write_text("x")
            change("Two.")
            await asyncio.wait([seen], timeout=0.1)

    assert seen.exception() is None
