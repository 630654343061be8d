"""
The pronouncing process, seen from here: one request at a time, started again when it died.

espeak-ng's library is GPL-3 and lives in that process only; what passes between us is text.
"""

from __future__ import annotations

import json
import re
import selectors
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import IO

from ..errors import EngineFailed
from .pronounced import line, pronounced
from .script import Phrase

__all__ = ["Pronouncer"]

COMMAND = (sys.executable, "-m", "ivr_ari.phonemes")

LETTER_A = re.compile(r"(?<=[\w'] )A\b|\bA(?= (?:[A-Z]\b|as in\b))|\ba(?= m\b)")
"""An "a" that is the letter's name, in capitals but for "a m"; espeak's English would read the article."""


class Pronouncer:
    """
    Turns words into the phonemes a Piper voice was trained on: IPA, each clause's mark kept.

    A dead process is started again once per request. *seconds* is the longest wait for an answer
    (the process needs 0.2 ms for a sentence; its start takes some 0.2 s): two of them must be over before
    the worker that waits is taken for stuck.
    """

    def __init__(self, voice: str, *, command: Sequence[str] = COMMAND, seconds: float = 5.0) -> None:
        self.voice = voice
        self.command = tuple(command)
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None

    def phonemes(self, text: str) -> str:
        """Return *text* (words and punctuation) as phonemes. Raises EngineFailed."""
        return line(pronounced((Phrase(text),), self.spell))

    def spell(self, clauses: list[str]) -> list[str]:
        """Return each clause (words without marks) in IPA, a space between words. Raises EngineFailed."""
        if not clauses:
            return []
        if self.voice.startswith("en"):
            clauses = [LETTER_A.sub("eh", words) for words in clauses]
        return self._ask(clauses)

    def close(self) -> None:
        """End the process; it is started again if needed."""
        process, self.process = self.process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        try:
            process.wait(1.0)  # its input ended, so it ends
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def ask(self, request: Mapping[str, object]) -> dict[str, object]:
        """Return the process's answer to *request* (see `ivr_ari.phonemes`). Raises EngineFailed."""
        line = json.dumps(request).encode() + b"\n"
        try:
            return self._exchange(line)
        except EngineFailed:
            return self._exchange(line)

    def _ask(self, clauses: list[str]) -> list[str]:
        answer = self.ask({"clauses": clauses, "voice": self.voice})
        found = answer.get("phonemes")
        if not isinstance(found, list) or len(found) != len(clauses):
            raise EngineFailed("voice.phonemes", why=str(answer.get("error", "answer unlike the request")))
        return [str(ipa) for ipa in found]

    def _exchange(self, line: bytes) -> dict[str, object]:
        try:
            stdin, stdout = self._streams()
            stdin.write(line)
            stdin.flush()
            answer = json.loads(self._line(stdout))
        except (OSError, ValueError) as exc:
            self.close_hard()
            raise EngineFailed("voice.phonemes", why=type(exc).__name__) from exc
        if not isinstance(answer, dict):
            raise EngineFailed("voice.phonemes", why="answer is no object")
        return answer

    def _line(self, stdout: IO[bytes]) -> bytes:
        """Return the next line; OSError when it does not come in time. One answer is one line."""
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            if not selector.select(self.seconds):
                raise TimeoutError
        return stdout.readline()

    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        if self.process is None or self.process.poll() is not None:
            self.close()
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        if self.process.stdin is None or self.process.stdout is None:
            raise OSError("no pipes")
        return self.process.stdin, self.process.stdout

    def close_hard(self) -> None:
        """End a process that does not answer as it should."""
        if self.process is not None:
            self.process.kill()
        self._close_quietly()

    def _close_quietly(self) -> None:
        try:
            self.close()
        except OSError:
            self.process = None  # the pipe broke with bytes still to be flushed
