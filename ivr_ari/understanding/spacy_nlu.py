"""
The understanding engine: a spaCy pipeline built from one flow's examples.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import SetupError
from ..events import Expect, Heard, Meaning
from . import pipeline  # registers the components
from .flow_words import FlowWords, Phrases
from .intents import ACCEPTED, check_examples
from .light_spacy import Doc, blank, load
from .requesting import Requests
from .turn import TurnNotes, cleaned

__all__ = ["Understander"]

LANGUAGES = ("en",)


class Understander:
    """Understands turns of one flow; keeps nothing between calls, so calls may be shared out at will."""

    def __init__(self, words: FlowWords, *, cache: Path | None = None) -> None:
        """
        Learn the words of a flow.

        *cache* keeps the encoder and the examples' vectors (default: IVR_CACHE, else ~/.cache/ivr-ari).

        Raises FlowError ``understanding.examples`` with all problems of the examples, SetupError
        ``understanding.language`` or ``understanding.encoder``.
        """
        if words.language not in LANGUAGES:
            raise SetupError(
                "understanding.language", language=words.language, hint=f"known are {', '.join(LANGUAGES)}"
            )
        check_examples(words.intents)
        folder = _cache_folder(cache)
        self._nlp = blank(words.language)
        pipeline.register()
        self._nlp.add_pipe("ivr_values", config=_values_config(words))
        self._nlp.add_pipe("ivr_acts")
        self._nlp.add_pipe("ivr_requests", config={"examples": _plain(words.intents), "cache": str(folder)})
        self._nlp.add_pipe("ivr_close")
        requests = self._nlp.get_pipe("ivr_requests")
        assert isinstance(requests, Requests)
        requests.initialize()

    def to_disk(self, folder: Path) -> None:
        """
        Write everything that was learnt to *folder*, as a pipeline that `from_disk` and ``spacy.load`` read.

        The examples are in it, words of callers are not.
        """
        self._nlp.to_disk(folder)

    @classmethod
    def from_disk(cls, folder: Path, *, cache: Path | None = None) -> Understander:
        """
        Read what `to_disk` wrote, without learning anything; *cache* as for a new one.

        Raises SetupError ``understanding.saved`` if *folder* holds no such pipeline.
        """
        pipeline.register()
        understander = cls.__new__(cls)
        settings = {"components.ivr_requests.cache": str(_cache_folder(cache))}
        try:
            understander._nlp = load(folder, config=settings)
        except (OSError, KeyError, ValueError) as error:
            raise SetupError("understanding.saved", folder=str(folder), hint=str(error)[:200]) from error
        return understander

    def understand(self, heard: Heard, expect: Expect, *, today: str) -> Meaning:
        """Return what *heard* means where *expect* is waited for; *today* is an ISO date."""
        return self._turn(heard, expect, today).meaning()

    def explain(self, heard: Heard, expect: Expect, today: str) -> str:
        """Say in a few lines what was decided and why, for a terminal."""
        turn = self._turn(heard, expect, today)
        meaning = turn.meaning()
        lines = [f'"{" ".join(turn.words)}"', f"acts      {', '.join(meaning.acts) or '-'}"]
        for one in turn.judged:
            taken = "request" if one.confidence >= ACCEPTED else "nothing"
            lines.append(
                f'{taken:9} "{one.text}": {one.intent} {one.confidence:.2f}, then {one.runner_up or "none"}'
                f" {one.second:.2f}"
            )
        for value in meaning.values:
            said = " ".join(turn.words[value.first : value.last + 1])
            others = f", or {', '.join(value.alternatives)}" if value.alternatives else ""
            slot = f" for {value.slot}" if value.slot else ""
            lines.append(
                f'value     "{said}": {value.kind} {value.value}{slot} {value.confidence:.2f}{others}'
            )
        return "\n".join(lines)

    def _turn(self, heard: Heard, expect: Expect, today: str) -> TurnNotes:
        spoken = cleaned(heard)
        words = tuple(word.text for word in spoken)
        turn = TurnNotes(Heard(spoken, heard.alternatives), expect, today, words)
        if words:
            # a memory zone, so that callers' words do not stay in the vocabulary
            with self._nlp.memory_zone():
                doc = Doc(self._nlp.vocab, words=list(words))
                doc._.turn = turn
                self._nlp(doc)
        return turn


def _values_config(words: FlowWords) -> dict[str, object]:
    """Return what `ivr_values` is made with: plain values, as spaCy writes them to its config.cfg."""
    roles = _plain(words.after)
    for slot in words.choices.keys() & words.called.keys():
        # the phrases of a choice say which slot they are for, unless slots share them
        roles[slot] = [*roles.get(slot, ()), *words.called[slot]]
    return {
        "names": _plain({slot: said for slot, said in words.called.items() if slot not in words.choices}),
        "choices": {slot: _plain(named) for slot, named in words.choices.items()},
        "after": roles,
        "types": dict(words.types),
    }


def _plain(phrases: Phrases) -> dict[str, list[str]]:
    return {name: list(said) for name, said in phrases.items()}


def _cache_folder(given: Path | None) -> Path:
    folder = given or Path(os.environ.get("IVR_CACHE") or Path.home() / ".cache" / "ivr-ari")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
