"""What recognition and understanding are told of a flow, made from the flow: the one place they meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .dialogue.flow import Flow, Wording
from .settings import UnderstandingSettings
from .speech.listening import FlowPhrases
from .understanding.flow_words import FlowWords

__all__ = ["phrases_heard", "phrases_of", "spoken_words", "words_heard", "words_of"]

USUAL = UnderstandingSettings()
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def words_of(flow: Flow, language: str = "", settings: UnderstandingSettings = USUAL) -> FlowWords:
    """
    Return the words of *flow* in one of its languages, its own if none is given.

    A translation's examples stand beside the flow's own, for an encoder of several languages compares across
    them; what else a translation leaves out keeps the flow's words.
    """
    slots = flow.slots.values()
    spoken = language or flow.language
    wording = flow.wordings.get(spoken, Wording())
    return FlowWords(
        {name: (*wording.intents.get(name, ()), *own) for name, own in flow.intents.items()},
        {slot: {**ways, **wording.choices.get(slot, {})} for slot, ways in flow.choices.items()},
        spoken[:2],
        called={**flow.called, **wording.called},
        after={**flow.after, **wording.after},
        counts={**flow.counts, **wording.counts},
        types={slot.name: slot.type for slot in slots},
        encoder=settings.encoder.get(spoken[:2], ""),
    )


def words_heard(flow: Flow, settings: UnderstandingSettings) -> tuple[FlowWords, ...]:
    """Return the words of *flow* in each language that is listened to, its own first."""
    return tuple(words_of(flow, language, settings) for language in _heard(flow))


def phrases_heard(flow: Flow) -> tuple[FlowPhrases, ...]:
    """Return what its callers say in each language that is listened to, its own first."""
    return tuple(phrases_of(flow, language) for language in _heard(flow))


def _heard(flow: Flow) -> tuple[str, ...]:
    spoken: dict[str, str] = {}
    for language in flow.languages:
        if language[:2] in flow.heard:
            spoken.setdefault(language[:2], language)
    return tuple(spoken.values())


def spoken_words(flow: Flow, language: str = "") -> FlowWords:
    """As `words_of`, without the examples of the flow's own language where a translation has its own."""
    translated = flow.wordings.get(language, Wording()).intents
    words = words_of(flow, language)
    return replace(words, intents={name: translated.get(name, said) for name, said in words.intents.items()})


def phrases_of(flow: Flow, language: str = "") -> FlowPhrases:
    """Return what callers of *flow* say in one of its languages, its own if none is given."""
    words = spoken_words(flow, language)
    return FlowPhrases(
        words.language,
        _as_heard(example for examples in words.intents.values() for example in examples),
        {slot: _as_heard(called) for slot, called in words.called.items()},
        {
            slot: _as_heard(said for ways in own.values() for said in ways)
            for slot, own in words.choices.items()
        },
    )


def _as_heard(phrases: Iterable[str]) -> tuple[str, ...]:
    """Return phrases as recognition writes them: words in lower case, without signs, each phrase once."""
    heard = (" ".join(WORD.findall(phrase.lower())) for phrase in phrases)
    return tuple(dict.fromkeys(phrase for phrase in heard if phrase))
