"""How a command fails, and how it shows that it works: plain lines on stderr, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ..errors import FlowError, IvrError, SetupError

__all__ = ["WRONG_SETUP", "ConfigFile", "counted", "plainly", "progress_bar", "progress_line", "sentences"]

WRONG_SETUP = 78
"""Exit status (sysexits.h, EX_CONFIG) that tells systemd not to start the service again."""

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="IVR_CONFIG", help="YAML file; the environment goes before it."),
]


def counted(count: int, what: str) -> str:
    """Return "1 flow", "2 flows"."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def sentences(error: IvrError) -> list[str]:
    """
    Return what is wrong, a line for each problem.

    The error itself adds a line where it says more than its problems: how many, or in what.
    """
    found = error.facts.get("problems")
    problems = [str(problem) for problem in found] if isinstance(found, list | tuple) else []
    others = {name: value for name, value in error.facts.items() if name != "problems"}
    if len(problems) == 1 and others.keys() <= {"hint"}:
        return problems
    return [*problems, str(type(error)(error.code, **others))]


@contextmanager
def plainly() -> Iterator[None]:
    """
    Turn an error of ours, or of a file, into a line and an exit status.

    The status is `WRONG_SETUP` if the set-up or a flow is wrong and only a person can mend it, else 1.
    """
    try:
        yield
    except IvrError as error:
        for line in sentences(error):
            typer.echo(line, err=True)
        raise typer.Exit(WRONG_SETUP if isinstance(error, SetupError | FlowError) else 1) from None
    except OSError as error:
        if error.filename is None:
            raise
        typer.echo(f"{error.filename}: {error.strerror}", err=True)
        raise typer.Exit(WRONG_SETUP) from None


def progress_line() -> Callable[[str, float], None]:
    """Return a function that shows progress: a line each time the words change or a tenth is done."""
    last: list[object] = []

    def show(what: str, share: float) -> None:
        key = (what, int(share * 10))
        if last != [key]:
            last[:] = [key]
            typer.echo(f"{what} {share:.0%}", err=True)

    return show


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how many of how many are done: a bar on a terminal, else lines."""
    if not sys.stderr.isatty():
        line = progress_line()
        yield lambda done, total: line(what, done / total if total else 1.0)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
