"""What understanding is told of a flow: one value, the same for the engine, the commands and the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..events import Kind

__all__ = ["FlowWords", "Phrases"]

Phrases = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class FlowWords:
    """
    The words of one flow in one language.

    A choice that several slots name alike is given without a slot, unless words or the question say which
    is meant. Everything that is learnt depends on this value alone.
    """

    intents: Phrases = field(default_factory=dict)
    """Intent to the sentences that express it, its examples."""

    choices: Mapping[str, Phrases] = field(default_factory=dict)
    """Slot to the names of its choices and the phrases for each; they are found in any turn."""

    language: str = "en"

    called: Phrases = field(default_factory=dict)
    """Slot to words that name it, beside those that the language knows."""

    after: Phrases = field(default_factory=dict)
    """Slot to words right before its value that give it its role."""

    counts: Phrases = field(default_factory=dict)
    """Slot of a number to the words, in the singular, that say what is counted: "adult", "wife"."""

    types: Mapping[str, Kind] = field(default_factory=dict)
    """Slot to the kind of its values; some kinds are looked for only where a slot takes them."""

    encoder: str = ""
    """What turns sentences into vectors (see `encoder`); empty leaves it to the language."""

    several: bool = False
    """An example may stand under several intents, and then asks for all of them."""
