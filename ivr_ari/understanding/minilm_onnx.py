"""
The sentence encoder all-MiniLM-L6-v2 as an ONNX graph, made from the weights in their safetensors file.

BERT (Devlin et al., 2018) with six layers, pooling over the tokens, and the result scaled to length one. With
equal weights that is the model as published (the model card of all-MiniLM-L6-v2).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper

from .onnx_graph import Graph

__all__ = ["build", "read_safetensors"]

Tensor = NDArray[np.float32]

LAYERS = 6
HEADS = 12
WIDTH = 384
HEAD_WIDTH = WIDTH // HEADS
NORM_EPSILON = 1e-12
TOKENS = ("ids", "places", "owners")


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Return the float32 tensors of a safetensors file: 8 bytes of length, a JSON index, the data."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    index = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in index.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[start:end], np.float32).reshape(entry["shape"])
    return tensors


class MiniLm(Graph):
    """The parts of BERT."""

    def linear(self, tokens: str, name: str) -> str:
        kernel = self.constant(f"{name}.kernel", self.weights[f"{name}.weight"].T)
        return self.add("Add", self.add("MatMul", tokens, kernel), self.weight(f"{name}.bias"))

    def norm(self, tokens: str, name: str) -> str:
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.add("LayerNormalization", tokens, scale, shift, axis=-1, epsilon=NORM_EPSILON)

    def heads(self, tokens: str, order: tuple[int, ...]) -> str:
        """Split the width into attention heads and bring the axes into *order*."""
        split = self.add("Reshape", tokens, self.shape(0, 0, HEADS, HEAD_WIDTH))
        return self.add("Transpose", split, perm=order)

    def attention(self, tokens: str, mask: str, name: str) -> str:
        queries = self.heads(self.linear(tokens, f"{name}.self.query"), (0, 2, 1, 3))
        keys = self.heads(self.linear(tokens, f"{name}.self.key"), (0, 2, 3, 1))
        values = self.heads(self.linear(tokens, f"{name}.self.value"), (0, 2, 1, 3))
        root = self.constant("root", np.array(1 / np.sqrt(HEAD_WIDTH), np.float32))
        scores = self.add("Add", self.add("Mul", self.add("MatMul", queries, keys), root), mask)
        mixed = self.add("MatMul", self.add("Softmax", scores, axis=-1), values)
        joined = self.add("Transpose", mixed, perm=(0, 2, 1, 3))
        return self.add("Reshape", joined, self.shape(0, 0, WIDTH))

    def layer(self, tokens: str, mask: str, name: str) -> str:
        seen = self.attention(tokens, mask, f"{name}.attention")
        seen = self.linear(seen, f"{name}.attention.output.dense")
        tokens = self.norm(self.add("Add", tokens, seen), f"{name}.attention.output.LayerNorm")
        inner = self.add("Gelu", self.linear(tokens, f"{name}.intermediate.dense"))
        outer = self.linear(inner, f"{name}.output.dense")
        return self.norm(self.add("Add", tokens, outer), f"{name}.output.LayerNorm")

    def embeddings(self, ids: str, places: str) -> str:
        words = self.add("Gather", self.weight("embeddings.word_embeddings.weight"), ids)
        positions = self.add("Gather", self.weight("embeddings.position_embeddings.weight"), places)
        # all tokens are of the first sentence
        first = self.constant("type", self.weights["embeddings.token_type_embeddings.weight"][0])
        return self.norm(
            self.add("Add", self.add("Add", words, positions), first),
            "embeddings.LayerNorm",
        )

    def pooled(self, tokens: str, importance: str) -> str:
        """The weighted mean of each sentence's tokens, scaled to length one."""
        row = self.add("Squeeze", tokens, self.shape(0))
        # scaling to length one makes dividing by the sum of the weights needless
        return self.add("LpNormalization", self.add("MatMul", importance, row), axis=-1, p=2)


def build(weights: Mapping[str, Tensor]) -> ModelProto:
    """
    Return the encoder. Sentences stand in one row, token behind token, and see only themselves.

    In: ``ids``, ``places`` (0, 1, ... in each sentence) and ``owners`` (the number of the sentence) of the
    tokens; ``importance`` (sentences x tokens; what each token counts in the pooling, 0 in other sentences).
    Out: ``sentence``.

    *weights* are those of the package's ``model.safetensors``; KeyError if one is missing.
    """
    graph = MiniLm(weights)
    own = graph.add("Unsqueeze", "owners", graph.shape(1))
    same = graph.add("Equal", own, graph.add("Unsqueeze", "owners", graph.shape(0)))
    near = graph.constant("near", np.array(0, np.float32))
    far = graph.constant("far", np.array(-10_000, np.float32))
    mask = graph.add("Where", same, near, far)
    tokens = graph.add("Unsqueeze", graph.embeddings("ids", "places"), graph.shape(0))
    for number in range(LAYERS):
        tokens = graph.layer(tokens, mask, f"encoder.layer.{number}")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["t"]) for name in TOKENS]
    inputs.append(helper.make_tensor_value_info("importance", TensorProto.FLOAT, ["n", "t"]))
    return graph.model("all-MiniLM-L6-v2", inputs, graph.pooled(tokens, "importance"), WIDTH)
