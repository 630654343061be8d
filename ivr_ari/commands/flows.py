"""Flows: are they right, and what does a sentence mean to one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import SetupError
from . import flow_pictures, flow_publish, flow_tests
from .terminal import plainly

app = typer.Typer(no_args_is_help=True, help="Flows: test them, look at them, publish them.")
app.command("test")(flow_tests.hold)
for command in (
    flow_pictures.graph,
    flow_pictures.diff,
    flow_publish.publish,
    flow_publish.rollback,
    flow_publish.versions,
):
    app.command()(command)


def check(
    path: Annotated[Path, typer.Argument(help="A flow, or a folder of flows.")] = Path("flows"),
) -> None:
    """Check flows; print every problem of every file with its line."""
    from ..dialogue.folder import load_folder

    with plainly():
        for name, flow in load_folder(path).items():
            tasks = f"{len(flow.tasks)} tasks, {len(flow.intents)} intents" if not flow.mode else flow.mode
            typer.echo(f"{name}: {tasks}, {flow.digest[:12]}")


def understand(
    sentence: str,
    flow: Annotated[Path, typer.Option(help="The flow whose intents count.")] = Path("flows/bank.yaml"),
    today: Annotated[
        str, typer.Option(help="ISO date that 'last month' is counted from; today if not given.")
    ] = "",
) -> None:
    """Print what a sentence, written as it is spoken, means to a flow, and why."""
    from datetime import date

    from ..dialogue.load import load_flow
    from ..events import Expect, Heard, Word

    with plainly():
        try:
            day = date.fromisoformat(today) if today else date.today()
        except ValueError as error:
            raise SetupError("understand.today", hint=f"an ISO date such as 2026-07-15: {error}") from error
        loaded = load_flow(flow)
        if loaded.mode:
            raise SetupError("understand.mode", flow=loaded.name, hint="this flow understands nothing")
        typer.echo("loading the language model", err=True)
        from ..understanding.spacy_nlu import Understander

        understander = Understander(loaded.intents, loaded.choices, loaded.language, names=loaded.called)
        heard = Heard(tuple(Word(word) for word in words(sentence)))
        typer.echo(understander.explain(heard, Expect(), day.isoformat()))


def words(sentence: str) -> list[str]:
    """Return what a recogniser would have written: lower case, no punctuation."""
    bare = (word.strip('.,;:!?"()') for word in sentence.lower().replace("’", "'").split())
    return [word for word in bare if word]
