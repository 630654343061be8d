"""
Sentences into vectors: what encoders have in common, and the one each language has.

An encoder is a graph on one thread of onnxruntime with a tokenizer, or two such. The graph is made once from
the weights in a registry package and kept in the cache folder with 8-bit products: for MiniLM half the time
of 32 bits (5 ms against 11 for a long utterance) at a cosine of 0.993 to them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ..errors import SetupError

__all__ = [
    "ENCODERS",
    "Encoder",
    "GraphEncoder",
    "Vectors",
    "encoder_for",
    "encoder_version",
    "package_file",
    "shared_encoder",
]

Vectors = NDArray[np.float32]

ENCODERS = {
    "both": ".both:BothEncoder",
    "minilm": ".minilm:MiniLmEncoder",
    "multilingual": ".multilingual:MultilingualEncoder",
}
"""The encoders by name, and where each is found."""

LONGEST = 64
"""Tokens a sentence may have; a caller's turn of 25 s has fewer."""

BATCH = 16

MOST_KEPT = 20_000
"""Rows of examples that a process keeps, of the widest encoder some 70 MB."""


class Encoder(ABC):
    """One encoder; may be shared by threads, as onnxruntime's sessions may be."""

    version: str
    """Names the graph in the cache and everything computed with it; changed whenever the graph is."""

    width: int
    """Numbers in a row."""

    def __init__(self) -> None:
        self._kept: dict[str, Vectors] = {}

    def __call__(self, sentences: Sequence[str]) -> Vectors:
        """Return one row of length one for each sentence."""
        rows = np.empty((len(sentences), self.width), np.float32)
        # sentences of like length share a batch, so that little is spent on padding
        order = sorted(range(len(sentences)), key=lambda at: len(sentences[at]))
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows[batch] = self._encode([sentences[at] for at in batch])
        return rows

    def remembered(self, sentences: Sequence[str]) -> Vectors:
        """Like a call, but each row is kept by this process: for a flow's examples, never for callers."""
        new = [said for said in dict.fromkeys(sentences) if said not in self._kept]
        if len(self._kept) + len(new) > MOST_KEPT:
            self._kept.clear()
            new = list(dict.fromkeys(sentences))
        self._kept.update(zip(new, self(new), strict=True))
        return np.array([self._kept[said] for said in sentences], np.float32).reshape(-1, self.width)

    @abstractmethod
    def _encode(self, sentences: Sequence[str]) -> Vectors:
        """Return the rows of one batch."""


class GraphEncoder(Encoder):
    """An encoder with a graph of its own."""

    def __init__(self, folder: Path) -> None:
        """Load the graph from the cache *folder*, made first if needed; SetupError without the package."""
        super().__init__()
        graph = folder / f"{self.version}.onnx"
        if not graph.exists():
            self._make(graph)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(graph), options, ["CPUExecutionProvider"])

    @abstractmethod
    def _make(self, graph: Path) -> None:
        """Write the graph to the file *graph*; two processes may do so at the same time."""


@cache
def shared_encoder(folder: Path, name: str = "both") -> Encoder:
    """
    Return the one encoder *name* of this process, however many flows it serves.

    SetupError if there is no encoder of that name, or its package is missing.
    """
    return _class(name)(folder)


def encoder_for(language: str) -> str:
    """Return the name of the encoder for *language*, where none is configured ("en", "es-mx")."""
    return "both" if language.split("-")[0] == "en" else "multilingual"


def encoder_version(name: str) -> str:
    """Return the version of the encoder *name* without loading it; SetupError as of `shared_encoder`."""
    return _class(name).version


def package_file(package: str, distribution: str, *path: str) -> Path:
    """Return a file of the installed *package*; SetupError naming its *distribution* without it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise SetupError("understanding.encoder", hint=f"install the package {distribution}")
    return Path(found.origin).parent.joinpath(*path)


class _Kind(Protocol):
    """What every encoder's class is."""

    version: str

    def __call__(self, folder: Path) -> Encoder: ...


def _class(name: str) -> _Kind:
    if name not in ENCODERS:
        raise SetupError("understanding.encoder", encoder=name, known=sorted(ENCODERS))
    # what an encoder is made of is imported only where it is used
    module, _, kind = ENCODERS[name].partition(":")
    found: _Kind = getattr(import_module(module, __package__), kind)
    return found
