"""Look at flows: as pictures, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import SetupError
from .flow_publish import To, published_folder
from .terminal import ConfigFile, plainly

if TYPE_CHECKING:
    from ..dialogue.flow import Flow


def graph(
    flow: Annotated[Path, typer.Argument(help="A flow.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=".md (Mermaid), .mmd or .svg (the tasks alone).")
    ] = None,
) -> None:
    """Draw a flow: its tasks and their steps as Mermaid in Markdown, or its tasks as SVG."""
    from ..language.load import load_flow
    from ..workbench.graph import document, overview
    from ..workbench.graph_svg import overview_svg

    with plainly():
        drawn = {".md": document, ".mmd": overview, ".svg": overview_svg}
        kind = output.suffix if output else ".md"
        if kind not in drawn:
            raise SetupError("graph.output", file=str(output), hint=f"one of {', '.join(drawn)}")
        text = drawn[kind](load_flow(flow, recordings_muted=True))
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            typer.echo(text, nl=False)


def diff(
    before: Annotated[str, typer.Argument(help="A flow, a folder of flows, or a published version: 3.")],
    after: Annotated[str, typer.Argument(help="The same, newer.")],
    to: To = None,
    config: ConfigFile = None,
) -> None:
    """Tell what changed, by names of tasks, slots, prompts, ...; exit status 1 if anything did."""
    from ..workbench.flow_diff import differences

    with plainly():
        old, new = (_flows(one, to, config) for one in (before, after))
        if len(old) == len(new) == 1:  # two files may give the flow another name
            pairs = [("", next(iter(old.values())), next(iter(new.values())))]
            lines = []
        else:
            lines = [f"- flow {name}" for name in old if name not in new]
            lines += [f"+ flow {name}" for name in new if name not in old]
            pairs = [(f"{name}: ", old[name], new[name]) for name in old if name in new]
        for name, one, other in pairs:
            lines += [f"{name}{line}" for line in differences(one, other)]
        for line in lines:
            typer.echo(line)
        if lines:
            raise typer.Exit(1)


def _flows(which: str, to: Path | None, config: Path | None) -> Mapping[str, Flow]:
    """Return the flows of a file, a folder, or a published version given by its number."""
    from ..language.folder import load_folder

    if which.isdecimal() and not Path(which).exists():
        return load_folder(published_folder(to, config) / which, recordings_muted=True)
    if not Path(which).exists():
        raise SetupError("diff.path", given=which, hint="a flow, a folder of flows, or a version's number")
    return load_folder(Path(which), recordings_muted=True)
