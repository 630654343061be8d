"""Voices and the fixed prompts they speak."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ..models import cache_folder
from .terminal import plainly, progress_line

app = typer.Typer(no_args_is_help=True, help="Voices: import one, list them, listen to one.")
prompts = typer.Typer(no_args_is_help=True, help="The fixed prompts of all flows, rendered ahead.")

LOADING = "loading the voice"


@app.command("import")
def import_voice(
    name: Annotated[
        str, typer.Argument(help="'joe' comes from its package; any other needs --onnx.")
    ] = "joe",
    onnx: Annotated[Path | None, typer.Option(help="Piper voice; its .json lies beside it.")] = None,
) -> None:
    """Turn a Piper voice into a Coqui checkpoint in the cache, and check that it sounds the same."""
    from ..voices import ensure_joe, import_piper

    with plainly():
        if onnx is not None:
            json_file = Path(f"{onnx}.json")
            folder = import_piper(onnx, json_file, cache_folder() / "voices", progress_line(), name=name)
        elif name == "joe":
            folder = ensure_joe(cache_folder(), progress_line())
        else:
            raise typer.BadParameter("only joe comes with a package; give --onnx FILE for any other voice")
        typer.echo(folder)


@app.command("list")
def list_voices() -> None:
    """Print the voices in the cache."""
    with plainly():
        found = sorted((cache_folder() / "voices").glob("*/voice.json"))
        for path in found:
            about = json.loads(path.read_text(encoding="utf-8"))
            typer.echo(
                f"{about['name']:24} {about['rate_hz']} Hz, espeak {about['espeak_voice']}; {path.parent}"
            )
        if not found:
            typer.echo("none yet: ivr-ari voices import", err=True)


@app.command()
def say(
    text: str,
    out: Annotated[Path, typer.Argument(help="WAV file to write.")],
    voice: str = "joe",
) -> None:
    """Speak a text into a WAV file of 8 kHz, as a caller would hear it."""
    import numpy as np
    import soundfile

    from ..prompts.joining import Delivery
    from ..prompts.script import script
    from ..prompts.speaker import Speaker

    typer.echo(LOADING, err=True)
    with plainly(), Speaker.open(cache_folder(), voice) as speaker, out.open("wb") as file:
        pcm = b"".join(speaker.speak(script((text,)), Delivery(sensitive=True)))
        soundfile.write(file, np.frombuffer(pcm, "<i2"), 8000, format="WAV")
        typer.echo(f"{out}: {len(pcm) / 16000:.1f} s")


@prompts.command()
def render(
    folder: Annotated[Path, typer.Argument(help="Folder of flows.")] = Path("flows"), voice: str = "joe"
) -> None:
    """Render the fixed prompts of all flows into the cache, so that no caller waits for them."""
    from ..dialogue.fixed import fixed_prompts
    from ..language.folder import load_folder
    from ..prompts.speaker import Speaker, render_all

    with plainly():
        flows = load_folder(folder).values()
        texts = [prompt.text for flow in flows for prompt in fixed_prompts(flow)]
        typer.echo(LOADING, err=True)
        show = progress_line()
        with Speaker.open(cache_folder(), voice) as speaker:
            done = render_all(speaker, texts, progress=lambda n, total, text: show("rendering", n / total))
        typer.echo(f"{done.made} made, {done.kept} kept, {len(done.failed)} failed")
        for text in done.failed:
            typer.echo(f"failed: {text}", err=True)
        if done.failed:
            raise typer.Exit(1)
