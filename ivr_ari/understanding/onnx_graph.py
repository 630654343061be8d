"""
Writing down a neural network as an ONNX graph.

The registry packages carry weights alone, for PyTorch or NumPy. A service that merely reads sentences needs
no PyTorch, so each encoder's graph is made once from its weights and kept in the cache folder.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

__all__ = ["Graph", "keep"]

OPSET = 20  # the first with Gelu as one operator


class Graph:
    """Collects nodes and weights; each method adds an operation and returns the name of its result."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        self.weights = weights
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, TensorProto] = {}

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        name = f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **attributes))
        return name

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        """KeyError if there is no such weight."""
        return self.constant(name, self.weights[name])

    def shape(self, *sizes: int) -> str:
        return self.constant("shape" + "_".join(map(str, sizes)), np.array(sizes, np.int64))

    def product(self, rows: str, name: str, bias: str = "") -> str:
        """Multiply with the weight *name*, and add the weight *bias*."""
        result = self.add("MatMul", rows, self.weight(name))
        return self.add("Add", result, self.weight(bias)) if bias else result

    def model(self, name: str, inputs: Sequence[ValueInfoProto], result: str, width: int) -> ModelProto:
        """The whole; its output ``sentence`` is *result*, sentences x *width*."""
        self.nodes.append(helper.make_node("Identity", [result], ["sentence"]))
        output = helper.make_tensor_value_info("sentence", TensorProto.FLOAT, ["n", width])
        body = helper.make_graph(self.nodes, name, inputs, [output], list(self.constants.values()))
        return helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)


def keep(model: ModelProto, path: Path) -> None:
    """Write *model* with 8-bit products to the file *path*; two processes may do so at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        onnx.save(model, str(plain))
        # reduced range: processors without VNNI would saturate 16-bit sums otherwise
        quantize_dynamic(
            str(plain),
            str(small),
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
        small.replace(path)
