"""
Prompts of one call on their way from the voice to the line; part of the shell, decides nothing.

The line plays them in their order. A voice that dies leaves what it had begun where it is, and is asked
again for the rest when it is back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .engine_set import Engines
from .events import Say, Spoken
from .interruption import DUCK_DB
from .media.line import Line
from .media.pacing import Progress
from .prompts.level import louder

__all__ = ["Speaking"]


@dataclass(slots=True)
class Prompt:
    """One that is not over yet."""

    say: Say
    after_ms: int = 0
    begun: bool = False
    """There is audio of it."""

    total_ms: int = 0
    """How long it is, once all audio is there."""


class Speaking:
    """*on_spoken* is told of the end of each prompt, once. *year* is left out of dates in it."""

    def __init__(
        self, call_id: str, line: Line, engines: Engines, year: int, on_spoken: Callable[[Spoken], None]
    ) -> None:
        self._call_id = call_id
        self._line = line
        self._engines = engines
        self._year = year
        self._on_spoken = on_spoken
        self._prompts: dict[str, Prompt] = {}

    def say(self, say: Say, after_ms: int = 0) -> None:
        """Speak a prompt, or the rest of it of which *after_ms* were heard."""
        self._prompts[say.id] = Prompt(say, after_ms)
        self._ask(self._prompts[say.id])

    def prepare(self, say: Say) -> None:
        """Have the audio of a prompt made; what is sensitive is made only when it is said."""
        if not say.sensitive:
            self._engines.voice_of(say.language).prepare(
                self._call_id,
                say.id,
                say.parts,
                speed=say.pace / 100,
                year=self._year,
                rate_hz=self._line.rate_hz,
            )

    def duck(self) -> None:
        self._line.duck(DUCK_DB)

    def unduck(self) -> None:
        self._line.duck(0)

    def stop(self) -> None:
        """Be silent within a packet; each prompt is told as spoken."""
        under_way = tuple(self._prompts)
        self.hush()
        self._line.cut()
        # Prompts that had not begun to play are not known to the line; they too are over.
        for id in under_way:
            self._over(Spoken(id, 0, False))

    def hush(self) -> None:
        """No voice makes anything more."""
        for voice in (self._engines.voice, *self._engines.voices.values()):
            voice.cancel(self._call_id)

    # what voices and the line tell --------------------------------------------------------------------------

    def chunk(self, id: str, pcm: bytes) -> None:
        """Audio of a prompt, as the voice makes it."""
        if prompt := self._prompts.get(id):
            prompt.begun = True
            self._line.say(id, louder(pcm, prompt.say.gain_db))

    def voiced(self, id: str, total_ms: int) -> None:
        """All audio of a prompt is here."""
        if prompt := self._prompts.get(id):
            prompt.total_ms = total_ms
            if total_ms:
                self._line.end(id)
            else:
                self._over(Spoken(id, 0, bool(prompt.after_ms)))

    def progress(self, progress: Progress) -> None:
        """The line has played a prompt, wholly or not."""
        if progress.state != "began" and (prompt := self._prompts.get(progress.id)):
            whole = progress.state == "whole"
            self._over(Spoken(progress.id, progress.sent_ms, whole, prompt.total_ms))

    def lost(self, name: str) -> None:
        """Voice *name* died: what it had begun to say ends there, the rest waits for its return."""
        for id, prompt in self._prompts.items():
            if prompt.begun and self._voice(prompt) == name:
                self._line.end(id)

    def back(self, name: str) -> None:
        """Voice *name* is there again: it is asked once more for what it never began."""
        for prompt in self._prompts.values():
            if not prompt.begun and self._voice(prompt) == name:
                self._ask(prompt)

    def _voice(self, prompt: Prompt) -> str:
        return self._engines.voice_of(prompt.say.language).name

    def _ask(self, prompt: Prompt) -> None:
        say = prompt.say
        self._engines.voice_of(say.language).speak(
            self._call_id,
            say.id,
            say.parts,
            sensitive=say.sensitive,
            speed=say.pace / 100,
            year=self._year,
            rate_hz=self._line.rate_hz,
            after_ms=prompt.after_ms,
        )

    def _over(self, report: Spoken) -> None:
        if self._prompts.pop(report.id, None):
            self._on_spoken(report)
