"""``ivr-ari`` as it is called from a shell, and the least it needs to be called with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from ivr_ari.cli import app

ROOT = Path(__file__).parents[2]
FLOWS = ROOT / "flows"
LAB_MODEL = ROOT / "models" / "vosk-lab-en"
WRONG_SETUP = 78


def call(*words: object) -> Result:
    """Call a command in this process."""
    return CliRunner().invoke(app, [str(word) for word in words])


def refused(*words: object) -> list[str]:
    """Call a command in a process of its own, which must find the set-up wrong; return its stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "ivr_ari", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (WRONG_SETUP, ""), done.stderr
    return done.stderr.splitlines()
