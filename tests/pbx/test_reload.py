"""Flows are changed while the service runs."""

from __future__ import annotations

import asyncio
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from asterisk.stage import ROOT, Stage
from ivr_ari.robot.phone import Phone

from .lab import eventually
from .staging import dialled, play, untouched

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(400)]

GREETING = "Welcome to the demo bank."


@pytest.fixture
def folder(theatre: Stage, tmp_path: Path) -> Iterator[Path]:
    """A folder of flows that may be changed, and a service that reads it."""
    flows = tmp_path / "flows"
    shutil.copytree(ROOT / "flows", flows)
    play(theatre, flows={"folder": str(flows)})
    with untouched(theatre):
        yield flows
    theatre.stop()


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
