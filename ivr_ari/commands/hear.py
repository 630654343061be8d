"""Recognition on recordings of one's own: word errors, values, speed."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .terminal import counted, plainly, progress_bar

if TYPE_CHECKING:
    from ..speech.vosk_asr import VoskEngine
    from ..workbench.hearing_report import Line, Report


def hear(
    folder: Annotated[Path, typer.Argument(help="WAV or FLAC files, and what is said in them.")],
    model: Annotated[
        list[str] | None,
        typer.Option("--model", "-m", help="A name or a folder; may be given several times."),
    ] = None,
    flow: Annotated[
        Path | None, typer.Option("--flow", "-f", help="Listen as the steps of this flow do.")
    ] = None,
    asked: Annotated[str, typer.Option(help="The flow's slot that was asked for, of all recordings.")] = "",
    kind: Annotated[
        str, typer.Option(help="The kind of value, without a flow: digits, date, yesno ...")
    ] = "",
    wideband: Annotated[bool, typer.Option(help="Hear at 16 kHz instead of 8.")] = False,
    today: Annotated[str, typer.Option(help="ISO date that 'last month' is counted from.")] = "",
    errors: Annotated[bool, typer.Option("--errors", help="Print what was misheard, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """
    Hear recordings as calls are heard, and print word errors, values and speed.

    What is said stands in a .txt file beside each recording or in manifest.jsonl (file, text, slot, kind,
    value); numbers are written as they are spoken.
    """
    with plainly():
        report = _report(
            folder, model or ["vosk-lab-en"], flow, asked, kind, 16_000 if wideband else 8000, today
        )
        if as_json:
            typer.echo(json.dumps(asdict(report), indent=2, ensure_ascii=False))
            return
        for line in _lines(report):
            typer.echo(line)
        for wrong in report.wrong if errors else ():
            value = (
                "" if wrong.value_right is None else f", value {'right' if wrong.value_right else 'wrong'}"
            )
            typer.echo(f"{wrong.file} ({wrong.model}, {wrong.by}{value})")
            typer.echo(f"  said  {wrong.said}\n  heard {wrong.heard}")


def _report(
    folder: Path, models: list[str], flow: Path | None, asked: str, kind: str, rate_hz: int, today: str
) -> Report:
    from ..workbench.hearing_set import read_recordings

    recordings = read_recordings(folder)
    typer.echo("loading the models", err=True)
    from ..language.load import load_flow
    from ..workbench.hearing import Reader, listen
    from ..workbench.hearing_report import report_of

    reader = Reader(load_flow(flow) if flow else None, today=today)
    engines = [(Path(name).name, _engine(name)) for name in models]
    with progress_bar("hearing") as progress:
        heard = listen(recordings, engines, reader, slot=asked, kind=kind, rate_hz=rate_hz, progress=progress)
        return report_of(list(heard))


def _engine(model: str) -> VoskEngine:
    from ..models import find_model, serving_folder
    from ..speech.vosk_asr import VoskEngine

    folder = Path(model)
    return VoskEngine(serving_folder(folder if folder.is_dir() else find_model(model)))


def _lines(report: Report) -> list[str]:
    told = [_line(line) for line in report.lines]
    for model, low, high in report.better:
        verdict = "better" if low > 0 else "worse" if high < 0 else "neither better nor worse for certain"
        told.append(
            f"{model}: listening for the step is {verdict} ({low:+.1%} to {high:+.1%} fewer word errors)"
        )
    return told


def _line(line: Line) -> str:
    values = f", {line.right} of {counted(line.values, 'value')} right" if line.values else ""
    return (
        f"{line.model}, {line.by}, {line.asked}: {counted(line.recordings, 'recording')}, "
        f"{line.rate:.1%} of {counted(line.words, 'word')} wrong ({line.low:.1%} to {line.high:.1%}; "
        f"{line.substituted} substituted, {line.deleted} deleted, {line.inserted} inserted){values}; "
        f"{line.load:.3f} s of processor a second, words {line.flush_ms[0]:.0f} ms after a pause "
        f"(p95 {line.flush_ms[1]:.0f})"
    )
