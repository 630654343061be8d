"""Publish flows, go back to an earlier version, list versions."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FlowError, SetupError
from .terminal import ConfigFile, counted, plainly

if TYPE_CHECKING:
    from ..workbench.publishing import Checked

To = Annotated[
    Path | None, typer.Option("--to", help="Folder of published versions; flows.published if not given.")
]
RELOAD = "if a service reads it: systemctl reload ivr-ari (or SIGHUP) takes it for new calls"


def publish(
    folder: Annotated[Path, typer.Argument(help="A folder of flows.")] = Path("flows"),
    to: To = None,
    note: Annotated[str, typer.Option("--note", "-m", help="Why, for those who look later.")] = "",
    config: ConfigFile = None,
) -> None:
    """Check flows, hold their tests, and make them the next version; a bad one never replaces a good one."""
    from ..workbench.publishing import publish as do

    with plainly():
        where = published_folder(to, config)
        done = do(folder, where, lambda copy: checked(copy, config), who=who(), at=now(), note=note)
        held = f"{counted(len(done.flows), 'flow')}, {counted(done.conversations, 'test')} passed"
        typer.echo(f"version {done.version}: {held}")
        typer.echo(RELOAD)


def rollback(
    version: Annotated[int | None, typer.Argument(help="The one before that in force if not given.")] = None,
    to: To = None,
    config: ConfigFile = None,
) -> None:
    """Put an earlier version in force again."""
    from ..workbench.publishing import rollback as do

    with plainly():
        where = published_folder(to, config)
        done = do(where, lambda folder: loaded(folder, config), who=who(), at=now(), to=version)
        typer.echo(f"version {done.version} of {done.at} is in force again")
        typer.echo(RELOAD)


def versions(to: To = None, config: ConfigFile = None) -> None:
    """List what was published: number, when, by whom, how many flows; the one in force is marked."""
    from ..workbench.publishing import versions as listed

    with plainly():
        for one in listed(published_folder(to, config)):
            about = one.manifest
            mark = "*" if one.current else " "
            whole = "" if one.whole else "  CHANGED SINCE"
            note = f"  {about.digest[:12]}{'  ' if about.note else ''}{about.note}"
            flows = f"{counted(len(about.flows), 'flow')}, {counted(about.conversations, 'test')}"
            typer.echo(f"{mark} {about.version:3}  {about.at}  {about.who:10}  {flows}{note}{whole}")


def published_folder(to: Path | None, config: Path | None) -> Path:
    """Return where versions are published: given, or by the settings. SetupError ``publish.where``."""
    from ..config import load_settings

    if to is not None:
        return to
    if config is None:
        raise SetupError("publish.where", hint="give --to FOLDER, or the settings (--config) that tell it")
    if configured := load_settings(config, os.environ).flows.published:
        return configured
    raise SetupError("publish.where", hint="set flows.published, or give --to FOLDER")


def loaded(folder: Path, config: Path | None) -> Checked:
    """Check the flows in *folder*, and with the settings where some are given. FlowError, SetupError."""
    from ..config import load_settings
    from ..fit import check_fit
    from ..language.folder import load_folder
    from ..workbench.publishing import Checked

    settings = load_settings(config, os.environ) if config is not None else None
    flows = load_folder(folder, recordings_muted=settings is not None and settings.flows.recordings_muted)
    if settings is None:
        typer.echo("not held against any settings: no --config", err=True)
    for note in check_fit(settings, flows) if settings is not None else ():
        typer.echo(f"note: {note}")
    return Checked({name: flow.digest for name, flow in flows.items()}, 0)


def checked(folder: Path, config: Path | None) -> Checked:
    """Check the flows in *folder* and hold their tests. FlowError ``publish.tests`` if one fails."""
    from ..workbench.publishing import Checked
    from .flow_tests import flow_files, hold_all

    found = loaded(folder, config)
    held = failed = 0
    for path in flow_files([folder]):
        trials = hold_all(path)
        held += len(trials)
        failed += sum(not trial.passed for trial in trials)
    if failed:
        raise FlowError("publish.tests", failed=failed, hint="nothing was published")
    return Checked(found.flows, held)


def who() -> str:
    """Return who publishes, behind sudo too."""
    return os.environ.get("SUDO_USER") or getpass.getuser()


def now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
