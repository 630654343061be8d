"""
The command ``ivr-ari``: what operations, telecom admins and QA do by hand.

Every failure is one plain line (or one line a problem) on stderr, never a traceback: exit status 78 if the
set-up or a flow is wrong, 1 otherwise.
"""

from __future__ import annotations

import typer

from . import __version__
from .commands import flows, hear, models, prompts, robot, say, service, understand, voices

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,  # plain text wraps paragraphs and can be copied
    help=__doc__,
)
for command in (service.run, flows.check, say.say, service.replay, service.config):
    app.command()(command)
app.add_typer(flows.app, name="flows")
app.add_typer(understand.app, name="understand")
app.command()(hear.hear)
app.add_typer(models.app, name="models")
app.add_typer(voices.app, name="voices")
app.add_typer(prompts.app, name="prompts")
app.add_typer(robot.app, name="robot")


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


def main() -> None:
    app()
