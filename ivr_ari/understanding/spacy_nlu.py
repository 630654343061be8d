"""
The understanding engine: a spaCy pipeline built from one flow's examples.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from ..errors import SetupError
from ..events import Expect, Heard, Meaning
from . import pipeline  # registers the components
from .encoder import Encoder, Vectors, encoder_for, encoder_version, shared_encoder
from .explanation import Explanation, Near, explained
from .flow_words import FlowWords, Phrases
from .intents import check_examples
from .known_languages import tongue_of
from .learnt_cache import LearntCache, learning_key
from .light_spacy import Doc, blank, load
from .requesting import Requests
from .turn import NO_WORD, TurnNotes, cleaned

__all__ = ["Learning", "Understander"]

REQUESTS = "ivr_requests"

LEARNT = "understood"
"""The folder of the cache with what was learnt."""


@dataclass(frozen=True, slots=True)
class Learning:
    """How a flow was learnt: read from the cache, or anew because it was not there or *damaged*."""

    cached: bool
    damaged: bool = False
    unwritten: str = ""
    """Why it could not be kept; empty if it was."""

    size: int = 0
    """Bytes kept."""

    seconds: float = 0.0


class Understander:
    """Understands turns of one flow; keeps nothing between calls, so calls may be shared out at will."""

    def __init__(self, words: FlowWords, *, cache: Path | None = None) -> None:
        """
        Learn the words of a flow, or read what was learnt from them before.

        *cache* keeps the encoder and what was learnt (default: IVR_CACHE, else ~/.cache/ivr-ari).

        Raises FlowError ``understanding.examples`` with all problems of the examples, SetupError
        ``understanding.language`` or ``understanding.encoder``.
        """
        tongue_of(words.language)
        check_examples(words.intents, several=words.several)
        folder = _cache_folder(cache)
        self._nlp = blank(words.language)
        self.learning = Learning(cached=True)
        pipeline.register()
        self._nlp.add_pipe("ivr_values", config=_values_config(words))
        self._nlp.add_pipe("ivr_acts")
        if words.intents:
            # without examples nothing is asked for, and no encoder needed
            encoder = words.encoder or encoder_for(words.language)
            told: dict[str, object] = {"examples": _plain(words.intents), "cache": str(folder)}
            told |= {"encoder": encoder, **({"several": True} if words.several else {})}
            self._nlp.add_pipe(REQUESTS, config=told)
            self.learning = _learn(self._requests, words, encoder, folder)
        self._nlp.add_pipe("ivr_close")

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
        understander.learning = Learning(cached=True)
        asks = (folder / REQUESTS).exists()
        settings = {f"components.{REQUESTS}.cache": str(_cache_folder(cache))} if asks else {}
        try:
            understander._nlp = load(folder, config=settings)
        except (OSError, KeyError, ValueError) as error:
            raise SetupError("understanding.saved", folder=str(folder), hint=str(error)[:200]) from error
        return understander

    def understand(self, heard: Heard, expect: Expect, *, today: str) -> Meaning:
        """Return what *heard* means where *expect* is waited for; *today*: ISO date, maybe with the time."""
        return self._turn(heard, expect, today).meaning()

    def explain(self, heard: Heard, expect: Expect, *, today: str, nearest: int = 3) -> Explanation:
        """Return what was decided and why, with the *nearest* examples of each part of it."""
        turn = self._turn(heard, expect, today)
        near = self._nearest([one.text for one in turn.judged], nearest) if nearest else {}
        return explained(turn, near)

    @property
    def _requests(self) -> Requests:
        found = self._nlp.get_pipe(REQUESTS)
        assert isinstance(found, Requests)
        return found

    def vectors(self, sentences: Sequence[str]) -> Vectors:
        """
        Return a row of length one for each sentence, as the encoder sees it; empty without any examples.

        They are kept in the cache: for a flow's examples, never for what callers say.
        """
        encoder = self._encoder
        return (
            encoder.remembered([said.lower() for said in sentences])
            if encoder
            else np.zeros((0, 0), np.float32)
        )

    @property
    def _encoder(self) -> Encoder | None:
        settings = self._nlp.config["components"].get(REQUESTS)
        return shared_encoder(Path(settings["cache"]), settings["encoder"]) if settings else None

    def _nearest(self, texts: Sequence[str], count: int) -> dict[str, tuple[Near, ...]]:
        """Return the examples with the largest cosines to each of *texts*, as the encoder sees them."""
        encoder = self._encoder
        if not texts or encoder is None:
            return {}
        examples = self._nlp.config["components"][REQUESTS]["examples"]
        pairs = [(name, said) for name, sentences in examples.items() for said in sentences]
        cosines = encoder(list(texts)) @ self.vectors([said for _, said in pairs]).T
        return {
            text: tuple(
                Near(pairs[at][1], pairs[at][0], round(float(row[at]), 3))
                for at in row.argsort()[::-1][:count]
            )
            for text, row in zip(texts, cosines, strict=True)
        }

    def _turn(self, heard: Heard, expect: Expect, today: str) -> TurnNotes:
        spoken = cleaned(heard)
        tongue = tongue_of(self._nlp.lang or "")
        # of nothing but an accent, where those are left out, nothing stays
        words = tuple(tongue.plain(word.text) or NO_WORD for word in spoken)
        turn = TurnNotes(Heard(spoken, heard.alternatives), expect, today, words, tongue)
        if words:
            # a memory zone, so that callers' words do not stay in the vocabulary
            with self._nlp.memory_zone():
                doc = Doc(self._nlp.vocab, words=list(words))
                doc._.turn = turn
                self._nlp(doc)
        return turn


def _learn(requests: Requests, words: FlowWords, encoder: str, folder: Path) -> Learning:
    """Read what was learnt from these examples before, or learn them and keep it."""
    began = perf_counter()
    kept = LearntCache(folder / LEARNT)
    key = learning_key(_plain(words.intents), words.language, words.several, encoder_version(encoder))
    if kept.read(key, requests.from_disk):
        return Learning(cached=True, size=kept.size(key), seconds=perf_counter() - began)
    requests.initialize()
    kept.write(key, requests.to_disk)
    return Learning(
        cached=False,
        damaged=kept.damaged,
        unwritten=kept.unwritten,
        size=kept.size(key),
        seconds=perf_counter() - began,
    )


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
        "counts": _plain(words.counts),
    }


def _plain(phrases: Phrases) -> dict[str, list[str]]:
    return {name: list(said) for name, said in phrases.items()}


def _cache_folder(given: Path | None) -> Path:
    folder = given or Path(os.environ.get("IVR_CACHE") or Path.home() / ".cache" / "ivr-ari")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
