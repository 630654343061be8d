"""The service, its settings, and a call of it run again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from .terminal import ConfigFile, plainly

if TYPE_CHECKING:  # the service is imported by the one command that needs it: the others start at once
    from ..dialogue.flow import Flow
    from ..settings import Settings


def run(config: ConfigFile = None) -> None:
    """Take calls until SIGTERM; then let the running ones end."""
    from ..config import load_settings
    from ..library import load_flows
    from ..logs import set_up_logs

    with plainly():
        settings = load_settings(config, os.environ)
        set_up_logs(settings.logs.level, layout=settings.logs.format)
        asyncio.run(_run(settings, load_flows(settings)))


async def _run(settings: Settings, flows: Mapping[str, Flow]) -> None:
    from ..service import Service

    await Service(settings, flows).run()


def config(config: ConfigFile = None) -> None:
    """Print the settings in force; secrets are masked."""
    from ..config import describe, load_settings

    with plainly():
        typer.echo(describe(load_settings(config, os.environ)), nl=False)


def replay(call_id: str, config: ConfigFile = None) -> None:
    """Run a stopped call's events through its flow again; exit status 1 unless the same comes out."""
    from ..config import load_settings
    from ..replay import replay_call

    with plainly():
        report = asyncio.run(replay_call(load_settings(config, os.environ), call_id))
        typer.echo(report.text)
        if not report.same:
            raise typer.Exit(1)
