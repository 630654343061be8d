"""Flows are changed while the service runs."""

from __future__ import annotations

import asyncio
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from asterisk.stage import ROOT, Stage
from ivr_ari.robot.phone import Phone

from .lab import eventually
from .staging import dialled, play, untouched

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(400)]

GREETING = "Welcome to the demo bank."


@contextmanager
def service(stage: Stage, folder: Path, **settings: object) -> Iterator[Path]:
    """Copy the flows to where they may be changed, and have a service read them there."""
    flows = folder / "flows"
    # One flow and what it uses: it is learnt sooner than all of them.
    shutil.copytree(
        ROOT / "flows", flows, ignore=shutil.ignore_patterns("clinic*", "retail*", "hello*", "qa-*")
    )
    play(stage, flows={"folder": str(flows), **settings})
    with untouched(stage):
        yield flows
    stage.stop()


@pytest.fixture
def folder(theatre: Stage, tmp_path: Path) -> Iterator[Path]:
    """Flows that are read again at a signal."""
    with service(theatre, tmp_path) as flows:
        yield flows


@pytest.fixture
def watched(theatre: Stage, tmp_path: Path) -> Iterator[Path]:
    """Flows that are read again when they change."""
    with service(theatre, tmp_path, watch=True) as flows:
        yield flows


async def reload(stage: Stage, until: str) -> None:
    """Tell the service to read its flows again, and wait for the log line that says how it went."""
    assert stage.service
    seen = stage.log.stat().st_size
    stage.service.send_signal(signal.SIGHUP)
    await eventually(lambda: until in stage.log.read_bytes()[seen:].decode(), 60)


async def greeting(stage: Stage, phone: Phone) -> str:
    async with dialled(stage, phone) as talk:
        await talk.says("How can I help you")
        return str((await talk.transcript())[0]["words"])


async def test_mistakes_change_nothing_changes_are_taken(theatre: Stage, folder: Path, phone: Phone) -> None:
    """A flow with mistakes leaves the running one in place; a mended one is what the next call hears."""
    flow = folder / "bank.yaml"
    good = flow.read_text()
    flow.write_text(good.replace("start: greeting", "start: greetings"))
    await reload(theatre, "flows not reloaded")
    assert "bank.yaml" in theatre.log.read_text().rpartition("flow not taken")[0]
    assert await greeting(theatre, phone) == GREETING

    flow.write_text(good.replace(GREETING, "Hello from the demo bank."))
    await reload(theatre, "flows reloaded")
    assert await greeting(theatre, phone) == "Hello from the demo bank."
    await asyncio.to_thread(theatre.stop)


async def test_a_call_ends_on_the_version_it_began_with(
    theatre: Stage, watched: Path, phone: Phone, agent: Phone
) -> None:
    """A file is saved while it talks: it stays with its words, also after an agent was rung for it."""
    words = watched / "parts" / "common.yaml"
    async with dialled(theatre, phone) as talk:
        await talk.says("How can I help you")
        seen = theatre.log.stat().st_size
        words.write_text(
            words.read_text().replace("handing-over: I will", "handing-over: Version two. I will")
        )
        await eventually(lambda: b"flows reloaded" in theatre.log.read_bytes()[seen:], 60)
        await talk.keys("0")
        await talk.says("connect you with a person")
        (await agent.incoming()).refuse(486)
        await talk.says("Everybody is talking")
        assert "Version two" not in str(await talk.transcript())

    async with dialled(theatre, phone) as talk:
        await talk.says("How can I help you")
        await talk.keys("0")
        await talk.says("connect you with a person")
        assert "Version two" in str(await talk.transcript())
    await asyncio.to_thread(theatre.stop)
