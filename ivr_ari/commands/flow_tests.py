"""Hold the conversations that are the tests of flows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FlowError
from .terminal import plainly

if TYPE_CHECKING:
    from ..workbench.trial import Trial

Paths = Annotated[list[Path], typer.Argument(help="Flows, or folders of flows.")]
FLOWS = [Path("flows")]


def hold(
    paths: Paths = FLOWS,
    k: Annotated[str, typer.Option("-k", help="Only conversations with these words in their title.")] = "",
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Print all conversations, word for word.")
    ] = False,
    without_understanding: Annotated[
        bool,
        typer.Option("--without-understanding", help="Leave out conversations in which the caller speaks."),
    ] = False,
) -> None:
    """Hold the conversations of flows; exit status 1 if one came out differently."""
    with plainly():
        trials: list[Trial] = []
        for path in flow_files(paths):
            trials += hold_all(path, k, verbose=verbose, spoken=not without_understanding)
        if not trials:
            typer.echo("no conversation was held: none was chosen, or no flow names any in tests:", err=True)
        if not all(trial.passed for trial in trials):
            raise typer.Exit(1)


def hold_all(path: Path, words: str = "", *, verbose: bool = False, spoken: bool = True) -> list[Trial]:
    """
    Hold the conversations of the flow in *path* with *words* in their title; tell what failed, and a summary.

    *spoken* False leaves out those in which the caller speaks. FlowError, SetupError.
    """
    from ..workbench.conversations import Lazily, conversations_of
    from ..workbench.trial import needs_understanding, rehearse

    flow, conversations = conversations_of(path)
    chosen = [one for one in conversations if words.lower() in str(one).lower()]
    taken = [one for one in chosen if spoken or not needs_understanding(one)]
    understand = Lazily(flow, lambda line: typer.echo(line, err=True))
    trials = []
    for conversation in taken:
        trials.append(rehearse(flow, conversation, understand))
        _tell(trials[-1], verbose=verbose)
    if conversations:
        typer.echo(summary(flow.name, trials, len(chosen) - len(taken)))
    return trials


def _tell(trial: Trial, *, verbose: bool) -> None:
    from ..workbench.transcript import transcript

    if not trial.passed:
        typer.echo(f"FAILED {trial}")
    elif verbose:
        conversation = trial.conversation
        typer.echo(f"passed {conversation.file}:{conversation.line}: {conversation}")
        typer.echo("\n".join(transcript(trial.said)))


def summary(flow: str, trials: list[Trial], left_out: int) -> str:
    """Return one line: how many passed and failed, and of which kinds they are."""
    kinds = Counter(trial.conversation.test.kind for trial in trials)
    failed = sum(not trial.passed for trial in trials)
    parts = [f"{len(trials) - failed} passed"]
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{left_out} left out"] if left_out else []
    by_kind = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return f"{flow}: {', '.join(parts)}{f' ({by_kind})' if by_kind else ''}"


def flow_files(paths: list[Path]) -> list[Path]:
    """Return the flows among *paths* and in the folders among them. FlowError ``flow.none``."""
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.glob("*.yaml")))]
    if missing := [str(path) for path in paths if not path.exists()]:
        raise FlowError("flow.none", path=", ".join(missing), hint="there is no such file or folder")
    if not files:
        raise FlowError("flow.none", folder=", ".join(map(str, paths)), hint="no *.yaml there")
    return files
