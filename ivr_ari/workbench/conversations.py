"""The files of conversations that belong to a flow, and the understanding that they are held with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..dialogue.flow import Flow
from ..events import Expect, Heard, Meaning
from ..flow_words import words_of
from ..language.load import load_flow
from ..language.load_tests import Conversation, parse_conversations

if TYPE_CHECKING:
    from ..understanding.spacy_nlu import Understander

__all__ = ["Lazily", "conversations_of", "load_conversations", "understander"]


def conversations_of(path: Path) -> tuple[Flow, tuple[Conversation, ...]]:
    """Return the flow in the file *path* and its conversations. FlowError ``flow.problems``."""
    flow = load_flow(path, recordings_muted=True)  # nothing is recorded here; `check` asks the settings
    return flow, load_conversations(flow, path)


def load_conversations(flow: Flow, path: Path) -> tuple[Conversation, ...]:
    """
    Return the conversations of the flow in *path*: the files it names in ``tests:``, relative to it.

    FlowError ``flow.problems`` with file, line and column of every mistake; OSError.
    """
    found: list[Conversation] = []
    for name in flow.tests:
        file = path.parent / name
        found += parse_conversations(file.read_text(encoding="utf-8"), str(file), flow)
    return tuple(found)


class Lazily:
    """The understanding of a flow, loaded for each of its languages when the first words of it are heard."""

    def __init__(self, flow: Flow, tell: Callable[[str], None] = lambda words: None) -> None:
        self._flow, self._tell = flow, tell
        self._loaded: dict[str, Understander] = {}

    def __call__(self, heard: Heard, expect: Expect, today: str) -> Meaning:
        language = expect.language or self._flow.language
        if language not in self._loaded:
            other = f" in {language}" if language != self._flow.language else ""
            self._tell(f"loading the understanding of {self._flow.name}{other}")
            self._loaded[language] = understander(self._flow, language)
        return self._loaded[language].understand(heard, expect, today=today)


def understander(flow: Flow, language: str = "") -> Understander:
    """
    Return what understands the sentences of *flow* in one of its languages, its own if none is given.

    SetupError, FlowError as `Understander`.
    """
    from ..understanding.spacy_nlu import Understander

    return Understander(words_of(flow, language))
