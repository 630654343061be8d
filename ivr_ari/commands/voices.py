"""Voices: make, fetch, carry, list and check them, and listen to them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ..errors import SetupError
from ..models import cache_folder
from .terminal import WRONG_SETUP, plainly, progress_line
from .voices_heard import audition, say

app = typer.Typer(no_args_is_help=True, help=__doc__)
app.command()(say)
app.command()(audition)

Name = Annotated[str, typer.Option(help="What the voice is to be called here.")]
Speaker = Annotated[str, typer.Option(help="Name or number of one voice of a model with many.")]
Language = Annotated[str, typer.Option(help="Its language (en, es), if the model does not say.")]
Accept = Annotated[bool, typer.Option("--accept-licence", help="You have read its licence and it lets you.")]


@app.command("import")
def import_voice(
    source: Annotated[
        str,
        typer.Argument(help="joe, or a file or folder: Piper's .onnx, a Coqui model, a packed voice (.tar)."),
    ] = "joe",
    name: Name = "",
    speaker: Speaker = "",
    language: Language = "",
    licence: Annotated[str, typer.Option(help="What its maker says about it; kept beside it.")] = "",
    vocoder: Annotated[
        Path | None, typer.Option(help="Coqui model that makes its spectrograms sound.")
    ] = None,
    onnx: Annotated[Path | None, typer.Option(help="Piper voice; SOURCE is then its name.")] = None,
) -> None:
    """Make a voice in the cache, checked against the original, and print its folder."""
    from ..voices.sources import import_any

    given = Path(onnx or source)
    with plainly():
        folder = import_any(
            None if onnx is None and source == "joe" and not given.exists() else given,
            cache_folder(),
            progress_line(),
            name=name or (source if onnx else ""),
            speaker=speaker,
            language=language,
            licence=licence,
            vocoder=vocoder,
        )
        typer.echo(folder)


@app.command()
def fetch(
    model: Annotated[str, typer.Argument(help="A model of Coqui's catalogue: es/css10/vits.")],
    name: Name = "",
    speaker: Speaker = "",
    language: Language = "",
    accept: Accept = False,
) -> None:
    """Fetch a model of Coqui's catalogue from its maker and make a voice of it."""
    from ..voices.fetch import fetch_voice

    with plainly():
        folder = fetch_voice(
            model,
            cache_folder(),
            progress_line(),
            name=name,
            speaker=speaker,
            language=language,
            accept=accept,
        )
        typer.echo(folder)


@app.command("list")
def list_voices(
    offered: Annotated[bool, typer.Option("--offered", help="Coqui's catalogue instead.")] = False,
    language: Annotated[str, typer.Option(help="Only those that speak it: es.")] = "",
) -> None:
    """Print the voices in the cache: language, what speaks them here, size, licence."""
    with plainly():
        if offered:
            from ..voices.fetch import offers

            for offer in offers():
                if offer.language[:2] == (language or offer.language)[:2]:
                    note = "" if offer.free else "  (read it first)"
                    typer.echo(f"{offer.name:44} {offer.licence}{note}")
            return
        from ..voices.listing import lines

        found = lines(cache_folder(), language)
        for line in found:
            typer.echo(line)
        if len(found) < 2:  # the last resort is always there
            typer.echo("no voice was made yet: ivr-ari voices import", err=True)


@app.command()
def export(
    voice: Annotated[str, typer.Argument(help="Name of a voice in the cache.")] = "joe",
    tar: Annotated[Path | None, typer.Option(help="Pack it into this file, to be carried.")] = None,
) -> None:
    """Make the form that a host without PyTorch serves (ONNX), and pack it."""
    from ..prompts.voice_folder import voice_folder
    from ..voices.archive import packed
    from ..voices.exporting import exported

    with plainly():
        folder = voice_folder(cache_folder(), voice)
        difference = exported(folder, progress_line())
        typer.echo(f"{folder}: largest difference to Coqui's audio {difference:.5f} of full scale")
        if tar is not None:
            typer.echo(f"{tar}: {packed(folder, tar) / 1e6:.0f} MB; there: ivr-ari voices import {tar.name}")


@app.command()
def check(
    voices: Annotated[list[str] | None, typer.Argument(help="Names; all of the cache if none.")] = None,
) -> None:
    """Look whether voices are whole, speak, and sound the same with each engine that is here."""
    from ..prompts.voice_folder import voice_folder, voices_in
    from ..voices.checks import check_folder

    wrong = False
    with plainly():
        cache = cache_folder()
        folders = [voice_folder(cache, name) for name in voices] if voices else voices_in(cache)
        if not folders:
            raise SetupError("voice.missing", folder=str(cache), hint="make one with: ivr-ari voices import")
        for folder in folders:
            for finding in check_folder(folder):
                mark: Literal["", "note: ", "wrong: "] = ""
                if finding.kind != "right":
                    mark = "note: " if finding.kind == "note" else "wrong: "
                typer.echo(f"{folder.name}: {mark}{finding.text}", err=finding.kind == "wrong")
                wrong = wrong or finding.kind == "wrong"
    if wrong:
        raise typer.Exit(WRONG_SETUP)
