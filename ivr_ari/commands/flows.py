"""Flows: are they right, and what does a sentence mean to one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FlowError, SetupError
from . import flow_pictures, flow_publish, flow_tests
from .terminal import ConfigFile, counted, plainly

if TYPE_CHECKING:
    from ..dialogue.flow import Flow

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
    config: ConfigFile = None,
    model: Annotated[str, typer.Option(help="A recognition model: its name or folder.")] = "",
) -> None:
    """
    Check flows and their tests; print every problem of every file with line and column, and notes.

    With a configuration also whether flows, settings and voices go together. With that or a model, the words
    of callers that recognition does not know, and what they may be heard as. Notes refuse nothing.
    """
    from ..config import load_settings
    from ..fit import check_fit
    from ..voice_fit import voice_lines
    from ..workbench.known_words import unheard
    from .models import folder_of

    with plainly():
        settings = load_settings(config, os.environ) if config else None
        muted = settings is not None and settings.flows.recordings_muted
        flows, problems = {}, []
        for file in flow_tests.flow_files([path]):
            flow, found = examined(file, muted=muted)
            problems += found
            if flow is not None and flow.name in flows:
                problems.append(f"{file}: there is a flow named {flow.name!r} already; give one another name")
            elif flow is not None:
                flows[flow.name] = flow
        if problems:
            raise FlowError("flow.problems", problems=problems, hint=f"{len(problems)} in {path}")
        if settings:
            for note in check_fit(settings, flows):
                typer.echo(f"note: {note}")
            for line in voice_lines(settings):
                typer.echo(line)
        models = {"en": folder_of(model)} if model else {}
        for note in unheard(flows.values(), models or (settings.speech.models if settings else {})):
            typer.echo(f"note: {note}")


def examined(file: Path, *, muted: bool) -> tuple[Flow | None, list[object]]:
    """Print a line for the flow in *file* and its notes; return it, if it is right, and its problems."""
    from ..language.load import examine
    from ..workbench.conversations import load_conversations

    try:
        found = examine(file, recordings_muted=muted)
        problems: list[object] = list(found.problems)
        held = load_conversations(found.flow, file) if found.flow else ()
    except FlowError as error:
        wrong = error.facts.get("problems")
        return None, list(wrong) if isinstance(wrong, list | tuple) else [f"{file}: {error}"]
    for note in found.notes:
        typer.echo(f"note: {note}")
    if flow := found.flow:
        sizes = {"task": len(flow.tasks), "intent": len(flow.intents), "test": len(held)}
        about = ", ".join(counted(size, what) for what, size in sizes.items())
        typer.echo(f"{flow.name}: {flow.mode or about}, {flow.digest[:12]}")
    return found.flow, problems


@app.command()
def schema(
    of: Annotated[str, typer.Argument(help="flow, part, translation or tests.")] = "flow",
) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    import json

    from ..language import schema as schemas
    from ..language.load_tests import tests_schema

    with plainly():
        made = {
            "flow": schemas.flow_schema,
            "part": schemas.part_schema,
            "translation": schemas.translation_schema,
            "tests": tests_schema,
        }
        if of not in made:
            raise SetupError("schema.of", given=of, hint=f"one of {', '.join(made)}")
        typer.echo(json.dumps(made[of](), indent=2, ensure_ascii=False))


@app.command()
def reference() -> None:
    """Print the reference of the flow language, Markdown."""
    from ..language import reference as pages

    typer.echo(pages.reference(), nl=False)
