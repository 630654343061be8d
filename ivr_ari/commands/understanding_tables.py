"""The report of `understand test` for a terminal: figures first, then what to do, the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer
from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from ..workbench.understanding_report import Confusion, Report

__all__ = ["show"]

WIDTH = 110
"""Characters of a line, also where the output is no terminal."""

SHOWN = 4
"""Sentences shown of one kind of mistake; the JSON has them all."""


def show(report: Report) -> None:
    """Print *report*."""
    console = Console(width=WIDTH, highlight=False)
    _figures(report)
    _intents(report, console)
    _reliability(report, console)
    _confusions(report.confusions)
    _examples(report)
    _slots(report, console)


def _figures(report: Report) -> None:
    strangers = report.strangers
    lines = [
        f"{report.flow} {report.language}: {len(report.intents)} intents, {report.examples} examples, "
        f"judged in {report.folds} parts, {report.seconds:.0f} s",
        f"{_percent(report.accuracy)}  of the examples are understood from the others",
    ]
    if report.misheard is not None:
        lines.append(f"{_percent(report.misheard)}  of them with simulated recognition errors")
    lines.append(f"{report.calibration_error:6.3f}  calibration error: how far confidence is from accuracy")
    if strangers.count:
        share = len(strangers.taken) / strangers.count
        lines.append(
            f"{_percent(share)}  of {strangers.count} sentences no company is for are taken for a request"
        )
    if report.conversations:
        passed = report.conversations - len(report.conversations_failed)
        lines.append(
            f"{_percent(passed / report.conversations)}  of {report.conversations} spoken conversations pass"
        )
    if report.utterances_misheard is not None and report.utterances:
        kept = _percent(report.utterances_misheard)
        lines.append(
            f"{kept}  of what is said in them ({report.utterances}) means the same with recognition errors"
        )
    typer.echo("\n".join(lines))


def _intents(report: Report, console: Console) -> None:
    table = Table("intent", box=box.SIMPLE_HEAD)
    for title in ("examples", "understood", "misheard"):
        table.add_column(title, justify="right")
    for one in sorted(report.intents, key=lambda one: (one.plain or 0, one.misheard or 0)):
        table.add_row(one.intent, str(one.examples), _percent(one.plain), _percent(one.misheard))
    console.print(table)


def _reliability(report: Report, console: Console) -> None:
    table = Table("confidence", box=box.SIMPLE_HEAD)
    for title in ("sentences", "on average", "right"):
        table.add_column(title, justify="right")
    for one in report.reliability:
        table.add_row(
            f"{one.least:.1f} to {one.most:.1f}",
            str(one.count),
            f"{one.confidence:.2f}",
            f"{one.accuracy:.2f}",
        )
    console.print(table)


def _confusions(confusions: Iterable[Confusion]) -> None:
    for one in confusions:
        taken = one.taken or "nothing"
        typer.echo(f"{one.meant} taken for {taken} ({len(one.mistakes)}): {one.advice}")
        for mistake in one.mistakes[:SHOWN]:
            own = f'nearest of its own {mistake.own_cosine:.2f} "{mistake.own}"'
            other = f'of others {mistake.other_cosine:.2f} "{mistake.other}" ({mistake.other_intent})'
            typer.echo(f'    {mistake.confidence:.2f} "{mistake.said}"')
            typer.echo(f"         {own}, {other}")
        if len(one.mistakes) > SHOWN:
            typer.echo(f"    and {len(one.mistakes) - SHOWN} more")


def _examples(report: Report) -> None:
    for one in report.not_learnt:
        taken = f"it is taken for {one.taken}" if one.taken else "it means nothing"
        typer.echo(f'of no use: "{one.said}" ({one.meant}): even when learnt {taken}')
    for intent, count in report.few.items():
        typer.echo(f"few examples: {intent} has {count}; 8 to 15 serve best")
    for clash in report.clashes:
        how = "differ in no word that counts" if clash.same_words else f"are alike ({clash.cosine:.2f})"
        typer.echo(
            f'contradiction: "{clash.first}" ({clash.first_intent}) and "{clash.second}" '
            f"({clash.second_intent}) {how}: keep one"
        )
    mistaken = {mistake.said for one in report.confusions for mistake in one.mistakes}
    for odd in (odd for odd in report.contrary if odd.said not in mistaken):
        typer.echo(
            f'in the wrong place? "{odd.said}" ({odd.intent}) is nearer to "{odd.nearest}" '
            f"({odd.nearest_intent}, {odd.cosine:.2f}) than to its own ({odd.own_cosine:.2f})"
        )
    for stranger in report.strangers.taken:
        typer.echo(
            f'taken for a request: "{stranger.said}" ({stranger.taken} {stranger.verdict.confidence:.2f})'
        )
    for place in report.conversations_failed:
        typer.echo(f"conversation fails: {place}")


def _slots(report: Report, console: Console) -> None:
    table = Table("slot", "kind", "asked for by", box=box.SIMPLE_HEAD)
    table.add_column("said in examples", justify="right")
    table.add_column("choices in no example")
    for one in report.slots:
        said = f"{one.filled} of {one.examples}" if one.examples else "-"
        table.add_row(one.slot, one.kind, ", ".join(one.tasks), said, ", ".join(one.choices_never_said))
    if report.slots:
        console.print(table)
    for pair in report.collisions:
        how = "is also" if pair.alike == 1 else f"sounds like ({pair.alike:.2f})"
        typer.echo(
            f'choices: "{pair.phrase}" ({pair.slot}: {pair.choice}) {how} "{pair.other_phrase}" '
            f"({pair.other_slot}: {pair.other_choice})"
        )


def _percent(share: float | None) -> str:
    return "     -" if share is None else f"{share:6.1%}"
