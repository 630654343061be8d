"""How long understanding takes: one utterance through the whole pipeline, and learning a flow."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ivr_ari.events import Expect, Heard, Word
from ivr_ari.models import cache_folder
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.spacy_nlu import Understander

from .nlu_figures import percentile
from .nlu_slot_flow import TODAY, flow_words

__all__ = ["Speed", "measure"]


@dataclass(frozen=True)
class Speed:
    """Seconds for learning; ms of an utterance, by the clock and in this process's CPU time."""

    learning_s: float
    learning_cpu_s: float
    cached_cpu_s: float
    """Making the same pipeline again, what it learnt being in the cache."""

    bare_cpu_s: float
    """Making a pipeline that has no intents to learn."""

    wall_p50: float
    wall_p95: float
    cpu_p50: float
    cpu_p95: float


def measure(examples: Mapping[str, Sequence[str]], sentences: Sequence[str]) -> Speed:
    """Learn *examples* with the slots of NLU++ in a fresh cache, then again, then understand *sentences*."""
    words = replace(flow_words(), intents=examples)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        for graph in cache_folder().glob("*.onnx"):
            (cache / graph.name).symlink_to(graph)
        # loads the encoder, which a process does once whatever it serves
        Understander(FlowWords(intents={"one": ["hello there"], "two": ["good bye"]}), cache=cache)
        wall, cpu = time.perf_counter(), time.process_time()
        Understander(words, cache=cache)
        learning, learning_cpu = time.perf_counter() - wall, time.process_time() - cpu
        cpu = time.process_time()
        understander = Understander(words, cache=cache)
        cached, cpu = time.process_time() - cpu, time.process_time()
        Understander(replace(words, intents={}), cache=cache)
        bare = time.process_time() - cpu
    walls, cpus = _utterances(understander, sentences)
    return Speed(
        learning, learning_cpu, cached, bare,
        percentile(walls, 0.5), percentile(walls, 0.95), percentile(cpus, 0.5), percentile(cpus, 0.95),
    )  # fmt: skip


def _utterances(understander: Understander, sentences: Sequence[str]) -> tuple[list[float], list[float]]:
    walls, cpus = list[float](), list[float]()
    for sentence in [*sentences[:5], *sentences]:
        heard = Heard(tuple(Word(word) for word in sentence.split()))
        wall, cpu = time.perf_counter(), time.process_time()
        understander.understand(heard, Expect(), today=TODAY)
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return walls[5:], cpus[5:]
