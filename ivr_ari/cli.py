"""
The command ``ivr-ari``: what operations, telecom admins and QA do by hand.

Every failure is one plain line (or one line a problem) on stderr, never a traceback: exit status 78 if the
set-up or a flow is wrong, 1 otherwise.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import __version__
from .errors import FlowError, IvrError, SetupError

if TYPE_CHECKING:  # the service is imported by the one command that needs it: the others start at once
    from .dialogue.flow import Flow
    from .service import Service
    from .settings import Settings

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help=__doc__)
models_app = typer.Typer(
    no_args_is_help=True, help="Recognition models: which there are, fetch one, check one."
)
voices_app = typer.Typer(no_args_is_help=True, help="Voices: import one, listen to it.")
prompts_app = typer.Typer(no_args_is_help=True, help="The fixed prompts of all flows, rendered ahead.")
robot_app = typer.Typer(no_args_is_help=True, help="A robot that dials an extension and talks to it.")
app.add_typer(models_app, name="models")
app.add_typer(voices_app, name="voices")
app.add_typer(prompts_app, name="prompts")
app.add_typer(robot_app, name="robot")

ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", "-c", envvar="IVR_CONFIG", help="YAML file; the environment goes before it."),
]


def cache_folder() -> Path:
    """Where models, voices and rendered prompts are kept."""
    return Path(os.environ.get("IVR_CACHE") or "~/.cache/ivr-ari").expanduser()


WRONG_SETUP = 78
"""Exit status (sysexits.h, EX_CONFIG) that tells systemd not to start the service again."""


def fail(error: IvrError) -> typer.Exit:
    """Print what is wrong, every problem on its line."""
    for problem in error.facts.get("problems") or ():  # type: ignore[attr-defined]
        typer.echo(str(problem), err=True)
    facts = {name: value for name, value in error.facts.items() if name != "problems"}
    typer.echo(str(type(error)(error.code, **facts)), err=True)
    return typer.Exit(WRONG_SETUP if isinstance(error, SetupError | FlowError) else 1)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn an error of ours into a line and an exit status."""
    try:
        yield
    except IvrError as error:
        raise fail(error) from None


def progress_line() -> Callable[[str, float], None]:
    """Return a function that shows progress: a line each time the words change or a tenth is done."""
    last: list[object] = []

    def show(what: str, share: float) -> None:
        key = (what, int(share * 10))
        if last != [key]:
            last[:] = [key]
            typer.echo(f"{what} {share:.0%}", err=True)

    return show


# --- the service -------------------------------------------------------------------------------------------


@app.command()
def run(config: ConfigFile = None) -> None:
    """Take calls until SIGTERM; then let the running ones end."""
    from .config import load_settings
    from .dialogue.folder import load_folder
    from .logs import set_up_logs
    from .service import Service

    with plainly():
        settings = load_settings(config, os.environ)
        set_up_logs(settings.logs.level, layout=settings.logs.format)
        flows = load_folder(settings.flows.folder)
        asyncio.run(_run(Service, settings, flows))


async def _run(service: type[Service], settings: Settings, flows: Mapping[str, Flow]) -> None:
    await service(settings, flows).run()


@app.command()
def config(config: ConfigFile = None) -> None:
    """Print the settings in force; secrets are masked."""
    from .config import describe, load_settings

    with plainly():
        typer.echo(describe(load_settings(config, os.environ)), nl=False)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


# --- flows -------------------------------------------------------------------------------------------------


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A flow, or a folder of flows.")] = Path("flows"),
) -> None:
    """Check flows; print every problem of every file with its line."""
    from .dialogue.folder import load_folder

    with plainly():
        for name, flow in load_folder(path).items():
            tasks = f"{len(flow.tasks)} tasks, {len(flow.intents)} intents" if not flow.mode else flow.mode
            typer.echo(f"{name}: {tasks}, {flow.digest[:12]}")


@app.command()
def understand(
    sentence: str,
    flow: Annotated[Path, typer.Option(help="The flow whose intents count.")] = Path("flows/bank.yaml"),
    today: Annotated[str, typer.Option(help="ISO date that 'last month' is counted from.")] = "",
) -> None:
    """Print what one sentence means to a flow, and why."""
    from datetime import date

    from .dialogue.load import load_flow
    from .events import Expect, Heard, Word
    from .understanding.spacy_nlu import Understander

    with plainly():
        loaded = load_flow(flow)
        understander = Understander(loaded.intents, loaded.choices, names=loaded.called)
        heard = Heard(tuple(Word(word) for word in sentence.lower().split()))
        typer.echo(understander.explain(heard, Expect(), today or date.today().isoformat()))


@app.command()
def replay(call_id: str, config: ConfigFile = None) -> None:
    """Run a stopped call's events through its flow again; exit status 1 unless the same comes out."""
    from .config import load_settings
    from .replay import replay_call

    with plainly():
        report = asyncio.run(replay_call(load_settings(config, os.environ), call_id))
        typer.echo(report.text)
        if not report.same:
            raise typer.Exit(1)


# --- models, voices, prompts -------------------------------------------------------------------------------


@models_app.command("list")
def models_list() -> None:
    """Print the models that are known, and which are here."""
    from .models import overview

    for line in overview(cache_folder()):
        typer.echo(line)


@models_app.command("fetch")
def models_fetch(name: str) -> None:
    """Fetch a model from its maker; goes on where an earlier try stopped."""
    from .models import fetch

    with plainly():
        typer.echo(fetch(name, cache_folder(), progress_line()))


@models_app.command("check")
def models_check(model: Annotated[str, typer.Argument(help="A name or a folder.")]) -> None:
    """Look whether a model is whole."""
    from .models import check as check_model
    from .models import find_model

    with plainly():
        folder = Path(model) if Path(model).is_dir() else find_model(model)
        problems = check_model(folder)
        for problem in problems:
            typer.echo(problem, err=True)
        if problems:
            raise typer.Exit(1)
        typer.echo(f"{folder}: whole")


@voices_app.command("import")
def voices_import(
    name: Annotated[
        str, typer.Argument(help="'joe' comes from its package; any other needs --onnx.")
    ] = "joe",
    onnx: Annotated[Path | None, typer.Option(help="Piper voice; its .json lies beside it.")] = None,
) -> None:
    """Turn a Piper voice into a Coqui checkpoint in the cache, and check that it sounds the same."""
    from .voices import ensure_joe, import_piper

    with plainly():
        if onnx is None:
            typer.echo(ensure_joe(cache_folder(), progress_line()))
        else:
            typer.echo(
                import_piper(onnx, Path(f"{onnx}.json"), cache_folder() / "voices" / name, progress_line())
            )


@voices_app.command("say")
def voices_say(text: str, out: Path, voice: str = "joe") -> None:
    """Speak a text into a WAV file of 8 kHz, as a caller would hear it."""
    import numpy as np
    import soundfile

    from .prompts.speaker import Speaker

    with plainly(), Speaker.open(cache_folder(), voice) as speaker:
        pcm = b"".join(speaker.speak_8k(text, sensitive=True))
        soundfile.write(out, np.frombuffer(pcm, "<i2"), 8000)
        typer.echo(f"{out}: {len(pcm) / 16000:.1f} s")


@prompts_app.command("render")
def prompts_render(
    folder: Annotated[Path, typer.Argument(help="Folder of flows.")] = Path("flows"), voice: str = "joe"
) -> None:
    """Render the fixed prompts of all flows into the cache, so that no caller waits for them."""
    from .dialogue.folder import load_folder
    from .dialogue.say import fixed_prompts
    from .prompts.speaker import Speaker, render_all

    with plainly(), Speaker.open(cache_folder(), voice) as speaker:
        texts = [
            t
            for flow in load_folder(folder).values()
            for t in ([flow.greeting] if flow.mode else fixed_prompts(flow))
        ]
        show = progress_line()
        done = render_all(speaker, texts, progress=lambda n, total, text: show("rendering", n / total))
        typer.echo(f"{done.made} made, {done.kept} kept, {len(done.failed)} failed")
        for text in done.failed:
            typer.echo(f"failed: {text}", err=True)
        if done.failed:
            raise typer.Exit(1)


def main() -> None:
    app()
