"""The fixed prompts of all flows: made ahead, as files for Asterisk, and as a studio recorded them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .terminal import ConfigFile, counted, plainly, progress_bar

if TYPE_CHECKING:
    from ..sounds.catalogue import Sound
    from ..sounds.plan import Plan
    from .prompt_desk import Desk

app = typer.Typer(no_args_is_help=True, help="The fixed prompts of all flows: made ahead, and as files.")

Folder = Annotated[Path | None, typer.Argument(help="Folder of flows; flows, or that of the settings.")]
Voices = Annotated[
    list[str] | None, typer.Option("--voice", help="NAME, or LANGUAGE=NAME for translations; repeatable.")
]
Sounds = Annotated[Path | None, typer.Option(help="Asterisk's sounds folder, or what is carried there.")]
Models = Annotated[
    list[str] | None, typer.Option("--model", help="[LANGUAGE=]FOLDER that hears recordings; repeatable.")
]
Accept = Annotated[
    list[str] | None, typer.Option(help="FLOW/PROMPT whose recording is used as it is; repeatable.")
]
SHOWN = 10
"""Prompts that are listed where more are missing."""


@app.command("list")
def list_prompts(folder: Folder = None, config: ConfigFile = None) -> None:
    """Print what is spoken word for word: language, the name Asterisk plays it by, text; tabs between."""
    with plainly():
        for sound in _desk(folder, config).sounds:
            typer.echo(f"{sound.language}\t{sound.played}\t{sound.prompt.text}")


@app.command()
def status(
    folder: Folder = None,
    voice: Voices = None,
    sounds: Sounds = None,
    every: Annotated[bool, typer.Option("--all", help="List all that is missing.")] = False,
    config: ConfigFile = None,
) -> None:
    """Say which prompts are missing or stale; exit status 1 if any is. Loads no voice, changes nothing."""
    with plainly():
        desk = _desk(folder, config, voice)
        judged = desk.judge(hear=False)
        wrong = [*_summed_up(desk.plans, SHOWN if not every else None)]
        if sounds is not None:
            wrong += _files_wrong(desk, sounds, SHOWN if not every else None)
        _tell([*judged.wrong, *wrong])
        if wrong:
            more = [] if sounds is None else ["--sounds", str(sounds)]
            typer.echo(f"make them: {desk.again('render', *more)}")
        if wrong or judged.wrong:
            raise typer.Exit(1)


@app.command()
def check(
    folder: Folder = None, model: Models = None, accept: Accept = None, config: ConfigFile = None
) -> None:
    """Hear a studio's recordings: does each say what its prompt says? Exit status 1 if one is not used."""
    with plainly():
        wrong = _judged(_desk(folder, config, model=model), accept)
        if wrong:
            raise typer.Exit(1)


@app.command()
def render(
    folder: Folder = None,
    voice: Voices = None,
    sounds: Sounds = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes; as many as cores, 8 at most.")] = None,
    model: Models = None,
    accept: Accept = None,
    config: ConfigFile = None,
) -> None:
    """
    Make what is missing, so that no caller waits for it, and the files that Asterisk plays.

    Can be interrupted and repeated: what was made stays. Exit status 1 if a prompt could not be made, or a
    recording is not used.
    """
    with plainly():
        desk = _desk(folder, config, voice, model)
        wrong = _judged(desk, accept)
        try:
            for plan in desk.plans:
                wrong |= not _made(desk, plan, jobs)
            if sounds is not None:
                _written(desk, sounds)
        except KeyboardInterrupt:
            typer.echo("interrupted; what was made stays, the same command goes on from there", err=True)
            raise typer.Exit(130) from None
        if wrong:
            raise typer.Exit(1)


# what the commands do -----------------------------------------------------------------------------------


def _desk(
    folder: Path | None,
    config: Path | None,
    voice: Sequence[str] | None = None,
    model: Sequence[str] | None = None,
) -> Desk:
    from .prompt_desk import Desk

    return Desk.open(folder, config, voice or (), model or ())


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _judged(desk: Desk, accept: Sequence[str] | None) -> bool:
    """Judge the recordings, say what was found, and tell whether one is not used."""
    with progress_bar("recordings") as progress:
        judged = desk.judge(accept or (), hear=True, progress=progress)
    _tell([*judged.notes, *judged.wrong])
    if judged.used or judged.wrong:
        typer.echo(
            f"recordings: {counted(judged.used, 'prompt')} spoken by them, {len(judged.wrong)} not used"
        )
    return bool(judged.wrong)


def _summed_up(plans: Iterable[Plan], most: int | None) -> Iterator[str]:
    """Print how many prompts there are of each language; yield a line for each that is missing."""
    for plan in plans:
        if plan.stock is None:
            typer.echo(_left_out(plan))
            yield from [f"{plan.language}: {plan.why}"] if plan.broken else []
            continue
        missing = list(plan.missing())
        ready = len(plan.sounds) - len(missing)
        typer.echo(f"{plan.language}: {ready} of {counted(len(plan.sounds), 'prompt')} ready, {_by(plan)}")
        yield from _few([f"{sound.where}: missing: {_named(sound)}" for sound in missing], most)


def _files_wrong(desk: Desk, root: Path, most: int | None) -> Iterator[str]:
    """Print how many of Asterisk's files are there; yield a line for each that is missing or stale."""
    from ..sounds.files import SoundFiles

    files = SoundFiles.read(root)
    states = [pair for plan in desk.plans for pair in plan.states(files)]
    wrong = [
        f"{sound.where}: {state} in {root}: {_named(sound)}" for sound, state in states if state != "there"
    ]
    left = files.left_over(desk.sounds)
    typer.echo(f"{root}: {len(states) - len(wrong)} of {counted(len(states), 'prompt')} as they should be")
    yield from _few(wrong, most)
    yield from (f"{root}/{language}: {name} is no prompt any more" for language, name in left)


def _left_out(plan: Plan) -> str:
    why = "its voice is not there" if plan.broken else plan.why
    return f"{plan.language}: {counted(len(plan.sounds), 'prompt')} left out: {why}"


def _few(lines: Sequence[str], most: int | None) -> Iterator[str]:
    yield from lines[:most]
    if most is not None and len(lines) > most:
        yield f"and {len(lines) - most} more (--all lists them)"


def _named(sound: Sound) -> str:
    return f"{sound.language} {sound.name}: {sound.prompt.text}"


def _by(plan: Plan) -> str:
    assert plan.stock is not None
    return f"by {plan.stock.voice}" + (f", {len(plan.used)} recorded" if plan.used else "")


def _made(desk: Desk, plan: Plan, jobs: int | None) -> bool:
    """Have what is missing spoken; say what came of it, and tell whether all of it is there now."""
    from ..sounds.making import default_jobs, make

    if plan.stock is None:
        typer.echo(f"{plan.language}: {plan.why}" if plan.broken else _left_out(plan))
        return not plan.broken
    plan.take()
    sentences = plan.sentences()
    with progress_bar(f"{plan.language}: sentences") as progress:
        made = make(
            desk.cache,
            plan.stock.reader.voice,
            sentences,
            engine=desk.engine,
            language=plan.stock.reader.language,
            jobs=jobs or default_jobs(),
            progress=progress,
        )
    what = f"{counted(made.made, 'sentence')} made, {len(made.failed)} failed"
    typer.echo(f"{plan.language}: {counted(len(plan.sounds), 'prompt')} {_by(plan)}; {what}")
    missing = list(plan.missing())
    _tell(f"{sound.where}: could not be made: {_named(sound)}" for sound in missing)
    return not missing


def _written(desk: Desk, root: Path) -> None:
    """Write what is missing or stale among Asterisk's files, remove what is no prompt any more."""
    from ..sounds.files import SoundFiles

    files = SoundFiles.read(root)
    left = files.left_over(desk.sounds)
    total = sum(len(plan.sounds) for plan in desk.plans if plan.stock is not None)
    written = 0
    try:
        with progress_bar("files") as progress:
            for plan in desk.plans:
                for _ in plan.write(files):
                    written += 1
                    progress(written, total)
        files.remove(left)
    finally:
        files.save()
    removed = f", {len(left)} removed" if left else ""
    typer.echo(f"{root}: {counted(written, 'prompt')} written{removed}; played as ivr-ari/FLOW/PROMPT")
