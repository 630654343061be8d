"""Talk to a flow in the terminal, without a PBX."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import SetupError
from .terminal import plainly

if TYPE_CHECKING:
    from ..language.load_tests import Conversation
    from ..workbench.answered import Backend
    from ..workbench.rehearsal import Understanding


def say(
    flow: Annotated[Path, typer.Argument(help="A flow.")],
    language: Annotated[str, typer.Option(help="Of the call; the flow's own if not given.")] = "",
    no_understanding: Annotated[
        bool, typer.Option("--no-understanding", help="No model: lines count only as the flow writes them.")
    ] = False,
    backend: Annotated[
        list[str] | None, typer.Option(help="NAME=URL: ask this service; others you answer yourself.")
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option("--config", "-c", help="Settings: ask their backends, with their tokens and secrets."),
    ] = None,  # not IVR_CONFIG: nobody asks the real bank without meaning to
    test: Annotated[str, typer.Option(help="Answer as in the conversation with this in its title.")] = "",
    known: Annotated[bool, typer.Option("--known", help="The caller has called before.")] = False,
    today: Annotated[str, typer.Option(help="ISO date of the call; today if not given.")] = "",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="What is said alone.")] = False,
    hold: Annotated[
        bool, typer.Option("--hold", help="Prompts stay unheard until the next turn, for /cut.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a turn.")] = False,
) -> None:
    """Talk to a flow: each line of the input is a turn of the caller; /help tells what else there is."""
    from ..events import Began
    from ..logs import set_up_logs
    from ..workbench.conversations import Lazily, conversations_of
    from ..workbench.literal import Literal
    from ..workbench.rehearsal import Rehearsal
    from .say_backends import Asking, services
    from .say_terminal import Terminal

    with plainly():
        loaded, conversations = conversations_of(flow)
        if loaded.mode:
            raise SetupError("say.mode", flow=loaded.name, hint="this flow holds no conversation")
        if language and language not in loaded.languages:
            raise SetupError("say.language", given=language, hint=f"one of {', '.join(loaded.languages)}")
        piped = not sys.stdin.isatty()
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # bytes that are no UTF-8 cannot be said
        terminal = Terminal(
            iter(sys.stdin),
            piped=piped,
            hold=hold,
            quiet=quiet,
            as_json=as_json,
            literal=no_understanding,
        )
        real = services(loaded, urls(backend or []), config, os.environ)
        for name in real.lacking:
            typer.echo(f"the secret {name!r} is missing: give settings that have it, with --config", err=True)
        if backend or config:  # how a request fails is told in the conversation, once
            set_up_logs("error", stream=sys.stderr)
        asking = Asking(loaded, terminal.ask, real, terminal.note)
        asking.script = script(conversations, test) if test else None
        understand: Understanding = Literal(loaded)
        if not no_understanding:
            understand = Lazily(loaded, lambda line: typer.echo(line, err=True))
        clock = datetime.now(UTC)
        day = iso_date(today) if today else clock.date().isoformat()
        began = Began(day, language or loaded.language, now=f"{day}T{clock:%H:%M:%S}", known=known)
        call = Rehearsal(loaded, began, understand, asking, settle=not hold, tell=terminal.tell)
        terminal.converse(call, asking)


def urls(backends: list[str]) -> dict[str, str]:
    """Return name to address of ``NAME=URL``. SetupError ``say.backend``."""
    pairs = [tuple(one.split("=", 1)) for one in backends]
    wrong = [one for one, pair in zip(backends, pairs, strict=True) if len(pair) != 2 or "://" not in pair[1]]
    if wrong:
        raise SetupError("say.backend", given=wrong[0], hint="NAME=URL, as bank=http://127.0.0.1:8000/bank")
    return {pair[0]: pair[1] for pair in pairs}


def iso_date(text: str) -> str:
    """Return an ISO date as it is. SetupError ``say.today``."""
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError as error:
        raise SetupError("say.today", hint=f"an ISO date such as 2026-07-15: {error}") from error


def script(conversations: tuple[Conversation, ...], title: str) -> Backend:
    """Return the backend of the conversation with *title* in its name. SetupError ``say.test``."""
    from ..workbench.trial import canned

    for one in conversations:
        if title.lower() in str(one).lower():
            return canned(one.test.backend)
    raise SetupError("say.test", given=title, hint="no conversation of the flow has that in its title")
