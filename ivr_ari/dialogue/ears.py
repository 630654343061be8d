"""What the caller has really heard: how far a cut prompt came, and which options it had named by then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..events import Effect, Say, Spoken
from .flow import Flow
from .talk import Talk

__all__ = ["heard_options", "listened", "said_after_cut", "spoken_options", "told"]

WHOLE = 1000
"""Permille; the point in a turn is this for each prompt before, plus the share of the prompt itself."""


def listened(flow: Flow, talk: Talk, effects: Iterable[Effect]) -> Talk:
    """Remember which options the prompts of a step name, and where; what was cut before does not matter."""
    said = {effect.id: effect.text for effect in effects if isinstance(effect, Say)}
    if not said:
        return talk
    texts = [said.get(name, "") for name, _ in talk.playing]
    return replace(talk, cut="", heard=WHOLE, listed=_listed(_phrases(flow, talk), texts))


def told(talk: Talk, event: Spoken) -> Talk:
    """Remember how much of a prompt was heard; of several that were cut the first one counts."""
    names = [name for name, _ in talk.playing]
    if event.id not in names:
        return talk
    if event.whole:  # a prompt that was cut may have been gone on with
        return replace(talk, cut="", heard=WHOLE) if talk.cut == event.id else talk
    if talk.cut in names and names.index(talk.cut) <= names.index(event.id):
        return talk
    share = WHOLE * event.heard_ms // event.total_ms if event.total_ms > 0 else WHOLE * (event.heard_ms > 0)
    return replace(talk, cut=event.id, heard=max(0, min(WHOLE, share)))


def said_after_cut(talk: Talk) -> tuple[tuple[str, int], ...]:
    """Return what was told in the latest turn, from the first prompt on that was not heard whole."""
    names = [name for name, _ in talk.playing]
    latest = {prompt for _, prompt in talk.playing}
    missed = {prompt for _, prompt in talk.playing[names.index(talk.cut) if talk.cut in names else 0 :]}
    told = tuple(one for one in talk.said if one[0] in latest)
    start = next((at for at, (prompt, _) in enumerate(told) if prompt in missed), len(told))
    return told[start:]


def spoken_options(flow: Flow, talk: Talk) -> tuple[str, ...]:
    """Return the options of the question in the order they were spoken; as declared if they were not."""
    names = tuple(name for name, _ in talk.listed)
    return names if len(names) > 1 else tuple(_phrases(flow, talk))


def heard_options(talk: Talk) -> tuple[str, ...]:
    """Return the options that had been named when the caller spoke."""
    names = [name for name, _ in talk.playing]
    if talk.cut not in names:
        return tuple(name for name, _ in talk.listed)
    until = WHOLE * names.index(talk.cut) + talk.heard
    return tuple(name for name, at in talk.listed if at <= until)


def _phrases(flow: Flow, talk: Talk) -> Mapping[str, tuple[str, ...]]:
    """Return the options of the question that is open, and the words for each."""
    waiting, wording = talk.waiting, flow.wordings.get(talk.language)
    if waiting is None:
        return {}
    if waiting.what == "which":
        titles = wording.titles if wording else {}
        tasks = {name: flow.tasks[flow.tasks_of[name]] for name in waiting.options}
        return {name: (titles.get(task.name, task.title),) for name, task in tasks.items()}
    slot = flow.slots.get(waiting.name)
    if waiting.what not in ("slot", "check") or slot is None or slot.listed:
        return {}
    given = wording.choices.get(slot.name, {}) if wording else {}
    return {
        name: (*given.get(name, phrases), name.replace("-", " ")) for name, phrases in slot.choices.items()
    }


def _listed(options: Mapping[str, tuple[str, ...]], texts: list[str]) -> tuple[tuple[str, int], ...]:
    """Find the options in the latest text that names at least two of them, in its order."""
    for index in reversed(range(len(texts))):
        text = texts[index].lower()
        found = {name: span for name, phrases in options.items() for span in _spans(phrases, text)}
        if len(found) > 1:
            ends = sorted((start, end, name) for name, (start, end) in found.items())
            return tuple((name, WHOLE * index + WHOLE * end // len(text)) for _, end, name in ends)
    return ()


def _spans(phrases: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where an option is first named, at most once."""
    found = [re.search(rf"\b{re.escape(phrase.lower())}\b", text) for phrase in phrases if phrase]
    spans = [match.span() for match in found if match]
    if spans:
        yield min(spans, key=lambda span: (span[0], -span[1]))
