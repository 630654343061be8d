"""Which fixed prompts there are, where each is written, and by what name Asterisk plays it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..dialogue.fixed import GREETING, FixedPrompt, begun_prompts, fixed_prompts
from ..dialogue.flow import Flow, Problem
from ..errors import FlowError
from ..language.gather import Gathered, gather

__all__ = ["PREFIX", "Sound", "begun", "catalogue"]

PREFIX = "ivr-ari"
"""The folder of our sounds inside that of a language."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A fixed prompt in one language."""

    flow: str
    prompt: FixedPrompt
    where: str
    """File and line of its text: ``flows/bank.yaml:799``."""

    @property
    def language(self) -> str:
        return self.prompt.language

    @property
    def name(self) -> str:
        """``bank/greeting-2``: unique in its language."""
        return f"{self.flow}/{self.prompt.name}"

    @property
    def played(self) -> str:
        """What Asterisk's ``Playback``, ``STREAM FILE`` and ``sound:`` call it, in every language."""
        return f"{PREFIX}/{self.name}"


def catalogue(folder: Path, flows: Mapping[str, Flow]) -> tuple[Sound, ...]:
    """
    Return the fixed prompts of *flows*, which were read from *folder* (or file), in all their languages.

    FlowError ``sounds.names`` if two would be the same file.
    """
    found = tuple(sound for flow in flows.values() for sound in _of(folder, flow))
    problems = list(_taken_twice(found))
    if problems:
        raise FlowError("sounds.names", problems=problems, hint="give one of the prompts another name")
    return found


def begun(folder: Path, flows: Mapping[str, Flow]) -> tuple[Sound, ...]:
    """Return the prompts with values of *flows*, with made-up values: nobody plays them as they are."""
    return tuple(sound for flow in flows.values() for sound in _of(folder, flow, begun_prompts))


def _of(
    folder: Path, flow: Flow, prompts: Callable[[Flow, str], tuple[FixedPrompt, ...]] = fixed_prompts
) -> Iterator[Sound]:
    files: dict[str, str] = json.loads(flow.source)
    own, text = next(iter(files.items()))
    root = folder.parent if folder.is_file() else folder
    gathered = gather(text, own, "" if root == Path() else str(root), files.get)
    for language in flow.languages:
        for prompt in prompts(flow, language):
            translated = language != flow.language
            yield Sound(flow.name, prompt, _where(gathered, prompt, f"@{language}" if translated else ""))


def _where(gathered: Gathered, prompt: FixedPrompt, translation: str) -> str:
    path: tuple[str, ...] = ("prompts", prompt.prompt)
    if translation:
        path = (translation, *path)
    elif prompt.prompt == GREETING and gathered.flow.greeting:
        path = ("greeting",)
    document, inside = gathered.place(path)
    return f"{document.file}:{document.position(inside)[0]}"


def _taken_twice(sounds: tuple[Sound, ...]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Sound] = {}
    for sound in sounds:
        other = first.setdefault((sound.language, sound.name), sound)
        if other is not sound:
            file, _, line = sound.where.rpartition(":")
            what = f"prompt {sound.prompt.prompt!r} and prompt {other.prompt.prompt!r}"
            yield Problem(file, int(line), f"{what} would both be played as {sound.played}")
