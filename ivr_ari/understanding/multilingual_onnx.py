"""
Google's universal-sentence-encoder-multilingual v3 as an ONNX graph, made from a registry package's weights.

Windows of two, three and five word pieces are looked at by convolutions, their sum over the sentence goes
through two layers that see all before them (Yang et al., 2019, "Multilingual Universal Sentence Encoder for
Semantic Retrieval", the convolutional model). The order of operations is that of the package's own forward
pass in NumPy, which is not used: it takes many times longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper

from .onnx_graph import Graph

__all__ = ["WIDTH", "build", "read_weights"]

WIDTH = 512
"""Numbers of a word piece's vector and of a sentence's."""

PARTS = 17
"""Parts the table of word pieces is stored in, each with a scale of its own; piece p is in part p % 17."""

WINDOWS = {2: 0, 3: 1, 5: 2}
"""Width of a window in word pieces, and how many of them lie in front of the middle."""

LAST = 2**31
"""Beyond the end of any sentence."""


def read_weights(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of the package's ``weights.npz``, the parts of the table as one: ``table``."""
    with np.load(path) as kept:
        weights = {name: kept[name] for name in kept.files if not name.startswith("q")}
        parts = [kept[f"q{number}"] for number in range(1, PARTS + 1)]
    table = np.empty((PARTS * len(parts[0]), WIDTH), np.uint8)
    for at, part in enumerate(parts):
        table[at::PARTS] = part
    return weights | {"table": table}


class Multilingual(Graph):
    """The parts of the convolutional encoder; *mask* is 1 for word pieces and 0 for padding."""

    def pieces(self, ids: str) -> str:
        """The vectors of word pieces, from bytes to numbers."""
        rows = self.add("Cast", self.add("Gather", self.weight("table"), ids), to=TensorProto.FLOAT)
        part = self.add("Mod", ids, self.constant("parts", np.array(PARTS, np.int64)))
        scaled = self.add("Mul", rows, self.each(self.add("Gather", self.weight("scale"), part)))
        return self.add("Add", scaled, self.each(self.add("Gather", self.weight("lo"), part)))

    def each(self, numbers: str) -> str:
        """One number a word piece, to be used for all of its vector."""
        return self.add("Unsqueeze", numbers, self.shape(-1))

    def norm(self, rows: str, scale: str, shift: str) -> str:
        epsilon = float(self.weights["eps"])
        return self.add(
            "LayerNormalization", rows, self.weight(scale), self.weight(shift), axis=-1, epsilon=epsilon
        )

    def neighbours(self, rows: str, mask: str, width: int) -> str:
        """For each word piece the vectors of its window, side by side; zeros where the sentence ends."""
        before = WINDOWS[width]
        margins = self.shape(0, before, 0, 0, width - 1 - before, 0)
        padded = self.add("Pad", self.add("Mul", rows, mask), margins)
        # a slice may end beyond the end, but not at 0 from it
        ends = [self.shape(at - width + 1) if at < width - 1 else self.shape(LAST) for at in range(width)]
        shifted = [
            self.add("Slice", padded, self.shape(at), end, self.shape(1)) for at, end in enumerate(ends)
        ]
        return self.add("Concat", *shifted, axis=-1)

    def convolved(self, pieces: str, mask: str, width: int) -> str:
        seen = self.product(pieces, f"proj{width}", f"proj_b{width}")
        seen = self.norm(seen, f"ln_g{width}", f"ln_b{width}")
        for step in (f"1_{width}", f"2_{width}"):
            window = self.neighbours(seen, mask, width)
            seen = self.add("Add", seen, self.add("Relu", self.product(window, f"w{step}", f"b{step}")))
        return seen

    def summed(self, rows: str, mask: str) -> str:
        """The sum over the sentence, divided by the square root of its length."""
        length = self.add("ReduceSum", mask, self.shape(1), keepdims=0)
        total = self.add("ReduceSum", self.add("Mul", rows, mask), self.shape(1), keepdims=0)
        shift = self.add("Mul", length, self.weight("cnn_b"))
        total = self.add("Add", self.product(total, "cnn_W"), shift)
        return self.add("Div", total, self.add("Sqrt", length))

    def deep(self, rows: str) -> str:
        """Three layers, the second and the last of which see what went into the layer before as well."""
        first = self.add("Relu", self.product(rows, "d0"))
        second = self.add("Relu", self.add("Add", self.product(rows, "p1"), self.product(first, "d1")))
        third = self.add("Relu", self.product(second, "d2"))
        return self.add("Tanh", self.add("Add", self.product(second, "p3"), self.product(third, "d3")))


def build(weights: Mapping[str, NDArray[Any]]) -> ModelProto:
    """
    Return the encoder.

    In: ``ids`` and ``mask`` (sentences x word pieces). Out: ``sentence``. *weights* are those of
    `read_weights`; KeyError if one is missing.
    """
    graph = Multilingual(weights)
    mask = graph.each(graph.add("Cast", "mask", to=TensorProto.FLOAT))
    pieces = graph.pieces("ids")
    seen = [pieces, *(graph.convolved(pieces, mask, width) for width in WINDOWS)]
    rows = graph.norm(graph.add("Concat", *seen, axis=-1), "ln_g", "ln_b")
    sentence = graph.add("LpNormalization", graph.deep(graph.summed(rows, mask)), axis=-1, p=2)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"]) for name in ("ids", "mask")]
    return graph.model("universal-sentence-encoder-multilingual-3", inputs, sentence, WIDTH)
