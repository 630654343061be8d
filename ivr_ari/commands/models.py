"""Recognition models: which there are, fetch one, check one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..models import cache_folder, find_model, overview
from ..models import check as check_model
from ..models import fetch as fetch_model
from .terminal import WRONG_SETUP, plainly, progress_line

app = typer.Typer(no_args_is_help=True, help=__doc__)


def folder_of(model: str) -> Path:
    """Return the folder of a model given by its name or its path. SetupError ``models.*``."""
    return Path(model) if Path(model).is_dir() else find_model(model, cache_folder())


@app.command("list")
def list_models() -> None:
    """Print the models that are known, and which are here."""
    for line in overview(cache_folder()):
        typer.echo(line)


@app.command()
def fetch(name: str) -> None:
    """Fetch a model from its maker and print its folder; goes on where an earlier try stopped."""
    with plainly():
        typer.echo(fetch_model(name, cache_folder(), progress_line()))


@app.command()
def check(model: Annotated[str, typer.Argument(help="A name or a folder.")]) -> None:
    """Look whether a model is whole."""
    with plainly():
        folder = folder_of(model)
        problems = check_model(folder)
        for problem in problems:
            typer.echo(f"{folder}: {problem}", err=True)
        if problems:
            raise typer.Exit(WRONG_SETUP)
        typer.echo(f"{folder}: whole")
