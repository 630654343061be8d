"""Understanding: learn flows ahead of time, test how well they are understood, explain one sentence."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import SetupError
from .flow_tests import flow_files
from .terminal import ConfigFile, counted, plainly

if TYPE_CHECKING:
    from ..dialogue.flow import Flow
    from ..settings import UnderstandingSettings
    from ..understanding.flow_words import FlowWords

app = typer.Typer(no_args_is_help=True, help="Understanding: learn flows, test how well, explain a sentence.")

FlowFile = Annotated[Path, typer.Argument(help="A flow.")]
Spoken = Annotated[
    str, typer.Option("--language", "-l", help="One of the flow's languages; its own if not given.")
]


@app.command()
def train(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Flows, or folders of flows; those of the settings if not given."),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """Learn flows in all their languages and keep it, so that a service starts without learning."""
    with plainly():
        files, understanding, cache = _to_learn(paths, config)
        typer.echo("loading the libraries", err=True)
        for file in flow_files(files):
            flow = _loaded(file)
            for language in () if flow.mode else flow.languages:
                _train(flow, language, understanding, cache)


def _to_learn(
    paths: list[Path] | None, config: Path | None
) -> tuple[list[Path], UnderstandingSettings, Path | None]:
    """Return the flows, the settings, and the cache folder; with no settings the usual ones."""
    from ..config import load_settings
    from ..settings import UnderstandingSettings

    if config is None:
        return paths or [Path("flows")], UnderstandingSettings(), None
    settings = load_settings(config, os.environ)
    return paths or [settings.flows.source.resolve()], settings.understanding, settings.cache


def _train(flow: Flow, language: str, understanding: UnderstandingSettings, cache: Path | None) -> None:
    from ..flow_words import words_of
    from ..understanding.known_languages import TONGUES
    from ..understanding.spacy_nlu import Understander

    if language not in TONGUES:
        typer.echo(f"{flow.name} {language}: not understood, callers are asked by keypad")
        return
    words = words_of(flow, language, understanding)
    learning = Understander(words, cache=cache).learning
    size = sum(map(len, words.intents.values()))
    what = f"{counted(len(words.intents), 'intent')}, {counted(size, 'example')}"
    how = "cached" if learning.cached else "learnt"
    took = f"{learning.seconds:.2f} s, {learning.size / 1000:.0f} kB"
    typer.echo(
        f"{flow.name} {language}: {what}, {how} in {took}" if size else f"{flow.name}: nothing to learn"
    )
    if learning.damaged:
        typer.echo("  what was kept of it was damaged: it was learnt again", err=True)
    if learning.unwritten:
        typer.echo(f"  it could not be kept, so each start learns it: {learning.unwritten}", err=True)


@app.command("test")
def judge(
    flow: FlowFile,
    language: Spoken = "",
    folds: Annotated[int, typer.Option(min=2, max=20, help="Parts the examples are cut into.")] = 5,
    least: Annotated[
        float, typer.Option(min=0, max=1, help="Exit status 1 if fewer examples are understood.")
    ] = 0.0,
    to_json: Annotated[
        Path | None, typer.Option("--json", help="Write the whole report to this file as well.")
    ] = None,
    config: ConfigFile = None,
) -> None:
    """
    Judge each example of a flow by what is learnt from the others; say what is mixed up, and what to do.

    Also: how far confidence can be trusted, examples that contradict each other, which slots and choices the
    examples fill, what is taken for a request that is none, what recognition errors cost, and whether the
    flow's conversations are understood.
    """
    from ..workbench.conversations import load_conversations
    from . import understanding_tables

    with plainly():
        loaded, words, cache = _words(flow, language, config)
        if not words.intents:
            typer.echo(f"{loaded.name}: no examples to judge")
            return
        held = [
            one for one in load_conversations(loaded, flow) if _in(words.language, one.test.language, loaded)
        ]
        typer.echo("loading the libraries", err=True)
        from ..workbench.examination import examined
        from ..workbench.telephone import telephone_of

        began = time.monotonic()
        report = examined(
            loaded,
            words,
            held,
            telephone_of(words.language),
            folds=folds,
            cache=cache,
            tell=lambda what: typer.echo(what, err=True),
        )
        report = replace(report, seconds=round(time.monotonic() - began, 1))
        understanding_tables.show(report)
        if to_json:
            to_json.write_text(json.dumps(asdict(report), indent=2, ensure_ascii=False), encoding="utf-8")
        if report.accuracy < least:
            typer.echo(
                f"{report.accuracy:.1%} of the examples are understood, wanted are {least:.1%}", err=True
            )
            raise typer.Exit(1)


@app.command()
def explain(
    flow: FlowFile,
    sentence: Annotated[str, typer.Argument(help="Written as it is spoken.")],
    asked: Annotated[str, typer.Option(help="The slot that was asked for just before.")] = "",
    language: Spoken = "",
    confidence: Annotated[
        str, typer.Option(help="How sure recognition was of each word: 0.4,0.9,... or one figure for all.")
    ] = "",
    today: Annotated[
        str, typer.Option(help="ISO date that 'last month' is counted from; today if not given.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    config: ConfigFile = None,
) -> None:
    """Print what a sentence means to a flow, and why."""
    with plainly():
        day = _day(today)
        loaded, words, cache = _words(flow, language, config)
        typer.echo("loading the libraries", err=True)
        from ..workbench.explaining import explain_sentence

        told = explain_sentence(
            loaded, words, sentence, asked=asked, confidence=_shares(confidence), today=day, cache=cache
        )
        typer.echo(json.dumps(asdict(told), indent=2, ensure_ascii=False) if as_json else str(told))


def _words(file: Path, language: str, config: Path | None) -> tuple[Flow, FlowWords, Path | None]:
    """Return the flow in *file*, its words in *language*, the cache folder; SetupError if it has no words."""
    from ..flow_words import words_of

    flow = _loaded(file)
    if flow.mode:
        raise SetupError("understand.mode", flow=flow.name, hint="this flow understands nothing")
    spoken = language or flow.language
    if spoken not in flow.languages:
        hint = f"the flow speaks {', '.join(flow.languages)}"
        raise SetupError("understand.language", language=language, hint=hint)
    _, understanding, cache = _to_learn([file], config)
    return flow, words_of(flow, spoken, understanding), cache


def _loaded(file: Path) -> Flow:
    from ..language.load import load_flow

    return load_flow(file, recordings_muted=True)  # nothing is recorded here; `check` asks the settings


def _in(language: str, spoken: str | None, flow: Flow) -> bool:
    return (spoken or flow.language)[:2] == language[:2]


def _day(today: str) -> str:
    try:
        return (date.fromisoformat(today) if today else date.today()).isoformat()
    except ValueError as error:
        raise SetupError("understand.today", hint=f"an ISO date such as 2026-07-15: {error}") from error


def _shares(written: str) -> tuple[float, ...]:
    try:
        shares = tuple(float(one) for one in written.split(",") if one.strip())
    except ValueError:
        shares = (-1.0,)
    if not all(0 <= share <= 1 for share in shares):
        raise SetupError("understand.confidence", hint="figures from 0 to 1, such as 0.4,0.9,0.95")
    return shares
