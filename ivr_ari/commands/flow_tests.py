"""Hold the conversations that are the tests of flows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .terminal import plainly

if TYPE_CHECKING:
    from ..dialogue.load_tests import Conversation
    from ..trial import Trial

PATHS = [Path("flows")]

Paths = Annotated[list[Path], typer.Argument(help="Flows, or folders of flows.")]


def hold(
    paths: Paths = PATHS,
    k: Annotated[str, typer.Option("-k", help="Only conversations with these words in their title.")] = "",
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Print all conversations, word for word.")
    ] = False,
    without_understanding: Annotated[
        bool, typer.Option(help="Leave out conversations in which the caller speaks.")
    ] = False,
) -> None:
    """Hold the conversations of flows; exit status 1 if one came out differently."""
    with plainly():
        failed = 0
        for path in flow_files(paths):
            failed += _test(path, k, verbose=verbose, without=without_understanding)
        if failed:
            raise typer.Exit(1)


def _test(path: Path, words: str, *, verbose: bool, without: bool) -> int:
    """Hold the conversations of one flow; return how many failed."""
    from ..conversations import Lazily, conversations_of
    from ..trial import needs_understanding, rehearse

    flow, conversations = conversations_of(path)
    chosen = [one for one in conversations if words.lower() in str(one).lower()]
    left_out = [one for one in chosen if without and needs_understanding(one)]
    understand = Lazily(flow, lambda line: typer.echo(line, err=True))
    trials = []
    for conversation in chosen:
        if conversation in left_out:
            continue
        trial = rehearse(flow, conversation, understand)
        trials.append(trial)
        _tell(trial, verbose=verbose)
    if conversations:
        typer.echo(summary(flow.name, trials, left_out))
    return sum(not trial.passed for trial in trials)


def _tell(trial: Trial, *, verbose: bool) -> None:
    from ..trial import transcript

    if not trial.passed:
        typer.echo(f"FAILED {trial}")
    elif verbose:
        conversation = trial.conversation
        typer.echo(f"passed {conversation.file}:{conversation.line}: {conversation}")
        typer.echo("\n".join(transcript(trial.said)))


def summary(flow: str, trials: list[Trial], left_out: list[Conversation]) -> str:
    """Return one line: how many passed and failed, and of which kinds they are."""
    kinds = Counter(trial.conversation.test.kind for trial in trials)
    failed = sum(not trial.passed for trial in trials)
    parts = [f"{len(trials) - failed} passed"]
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{len(left_out)} left out"] if left_out else []
    by_kind = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return f"{flow}: {', '.join(parts)}{f' ({by_kind})' if by_kind else ''}"


def flow_files(paths: list[Path]) -> list[Path]:
    """Return the flows among *paths* and in the folders among them. FlowError ``flow.none``."""
    from ..errors import FlowError

    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.glob("*.yaml")))]
    if not files:
        raise FlowError("flow.none", folder=", ".join(map(str, paths)), hint="no *.yaml there")
    return files
