"""A robot that dials an extension and talks to it: the test call before the first real one."""

from __future__ import annotations

import asyncio
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import SetupError
from .models import folder_of
from .terminal import plainly

if TYPE_CHECKING:
    import numpy as np

    from ..robot.conversation import Outcome, TalkEvent
    from ..robot.listen import Listener
    from ..robot.phone import Phone
    from ..robot.script import Rule, Script

app = typer.Typer(no_args_is_help=True, help=__doc__)

SIP_PORT = 5060


@app.command()
def dial(
    number: Annotated[str, typer.Argument(help="Extension to dial, or a sip: URI.")],
    script: Annotated[Path, typer.Option(help="YAML file: what to say to what is heard.")],
    server: Annotated[str, typer.Option(help="SIP server, HOST or HOST:PORT (UDP).")],
    user: Annotated[str, typer.Option(help="SIP account.")],
    model: Annotated[str, typer.Option(help="Vosk model to listen with: a name or a folder.")],
    password: Annotated[
        str, typer.Option(envvar="IVR_SIP_PASSWORD", help="Of the account; better by the variable.")
    ] = "",
    clips: Annotated[
        Path | None, typer.Option(help="Recordings with a manifest.jsonl; the rest is synthesised.")
    ] = None,
    wav: Annotated[Path | None, typer.Option(help="Write what was heard here.")] = None,
) -> None:
    """
    Dial, converse by a script, print what is heard and how long each answer took.

    Times run from the end of the robot's speech to the first audio of the answer at the robot's ear. Exit
    status 1 if rules of the script were never used.
    """
    from ..robot.clips import Clips, program_voice
    from ..robot.conversation import prepare
    from ..robot.listen import VoskListener
    from ..robot.phone import Phone
    from ..robot.script import load_script

    with plainly():
        address = address_of(server)
        rules = load_script(script)
        voice = program_voice()
        sentences = prepare(rules, Clips.load(clips, voice) if clips else Clips(synthesise=voice))
        typer.echo("loading the model", err=True)
        listener = VoskListener(folder_of(model))
        phone = Phone(user, password, address)
        outcome = asyncio.run(_call(phone, number, rules, sentences, listener, wav))
        typer.echo(summary(outcome))
        if outcome.unused:
            typer.echo(f"never used: {', '.join(outcome.unused)}", err=True)
            raise typer.Exit(1)


async def _call(
    phone: Phone,
    number: str,
    script: Script,
    sentences: dict[Rule, np.typing.NDArray[np.int16]],
    listener: Listener,
    wav: Path | None,
) -> Outcome:
    from ..robot.conversation import converse

    async with phone:
        call = await phone.dial(number)
        times = call.times
        if times.answered is not None:
            typer.echo(f"answered after {1000 * (times.answered - times.invited):.0f} ms")
        try:
            return await converse(call, script, sentences, listener, tell=tell)
        finally:
            if wav is not None:
                call.ear.write_wav(wav)


def address_of(server: str) -> tuple[str, int]:
    """Return host and port of ``HOST`` or ``HOST:PORT``. SetupError ``robot.server``."""
    host, _, port = server.partition(":")
    if not host or not (port or str(SIP_PORT)).isdecimal() or int(port or SIP_PORT) > 65535:
        raise SetupError("robot.server", server=server, hint="HOST or HOST:PORT")
    return host, int(port or SIP_PORT)


def tell(event: TalkEvent) -> None:
    """Print one moment of the conversation."""
    from ..robot.conversation import Heard, HungUp, Keyed, Spoke

    match event:
        case Heard(text, answer_ms, cut):
            figure = f"{answer_ms:5.0f} ms" if answer_ms is not None else ""
            typer.echo(f"{figure:8}  heard  {text or '(no words)'}{' (cut)' if cut else ''}")
        case Spoke(text):
            typer.echo(f"{'':8}  said   {text or '(something secret)'}")
        case Keyed(count):
            typer.echo(f"{'':8}  keyed  {count} key{'s' * (count > 1)}")
        case HungUp(by):
            typer.echo(f"{'':8}  hung up by {by}")


def summary(outcome: Outcome) -> str:
    """Return one line: how it ended, and the answer times."""
    times = sorted(outcome.answers_ms)
    if not times:
        return f"ended: {outcome.why}; no answer was timed"
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    middle = statistics.median(times)
    return (
        f"ended: {outcome.why}; {len(times)} answers: median {middle:.0f} ms, p95 {p95:.0f} ms, "
        f"worst {times[-1]:.0f} ms"
    )
