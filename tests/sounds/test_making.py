"""Sentences made ahead by several processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.prompts.cache import PromptCache, prompt_key
from ivr_ari.prompts.script import Sentence, script
from ivr_ari.sounds.making import Made, make

pytestmark = pytest.mark.model

WORDS = "Welcome. How can I help? One moment, please. Good bye."
ESPEAK = "espeak"


def there(cache: Path, sentences: tuple[Sentence, ...]) -> list[bool]:
    kept = PromptCache(cache / "prompts" / "espeak-en-us")
    return [kept.has(prompt_key("espeak-en-us", sentence)) for sentence in sentences]


def test_all_are_made(tmp_path: Path) -> None:
    """
    Two processes make what one would, each sentence at both rates, and progress ends at all of them.
    """
    sentences = script((WORDS,))
    told: list[tuple[int, int]] = []
    made = make(tmp_path, ESPEAK, sentences, jobs=2, progress=lambda done, total: told.append((done, total)))

    assert made == Made(4)
    assert all(there(tmp_path, sentences))
    assert told == [(number, 4) for number in range(5)]


def test_what_was_made_stays(tmp_path: Path) -> None:
    """
    Interrupted in the middle, the rest is left; what was made need not be made again.
    """
    sentences = script((WORDS,))

    def interrupted(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(tmp_path, ESPEAK, sentences, progress=interrupted)

    assert sum(there(tmp_path, sentences)) >= 2


KILLED = f"""
import os, pathlib, signal, sys
from ivr_ari.prompts.script import script
from ivr_ari.sounds.making import make

def killed(done, total):
    if done:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]), {ESPEAK!r}, script(({WORDS!r},)), jobs=2, progress=killed)
"""


def test_nobody_stays_behind(tmp_path: Path) -> None:
    """
    The processes end when the one that started them was killed: their common output comes to its end.
    """
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    ended = subprocess.run(
        [sys.executable, program, tmp_path], stdout=subprocess.PIPE, timeout=60, check=False
    )
    assert ended.returncode == -9


def test_nothing_to_do(tmp_path: Path) -> None:
    """
    No voice is loaded for nothing.
    """
    assert make(tmp_path, "no-such-voice", ()) == Made()


def test_a_voice_that_is_not_there(tmp_path: Path) -> None:
    """
    What a process could not load is told as here, not as the end of the process.
    """
    with pytest.raises(SetupError, match=r"voice\.missing .*ivr-ari voices"):
        make(tmp_path, "no-such-voice", script((WORDS,)))
