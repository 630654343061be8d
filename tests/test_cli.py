"""The command line as a whole; its commands are tested in ``tests/commands``."""

from __future__ import annotations

from typer.testing import CliRunner

from ivr_ari import __version__
from ivr_ari.cli import app


def test_every_command_says_what_it_is_for() -> None:
    """
    Help for each command and group, at any depth.
    """
    for words in (
        [],
        *([name] for name in ("run", "check", "config", "models", "voices", "prompts", "robot")),
    ):
        done = CliRunner().invoke(app, [*words, "--help"])
        assert done.exit_code == 0
        assert len(done.stdout.splitlines()) > 5


def test_version() -> None:
    """
    The version of the package.
    """
    assert CliRunner().invoke(app, ["version"]).stdout == f"{__version__}\n"
