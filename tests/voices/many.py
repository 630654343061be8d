"""A Piper voice of many speakers: the joe voice with what the exporter writes for those, weights drawn."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

__all__ = ["with_speakers"]

WIDTH = 24
HIDDEN = 192


def with_speakers(model: Path, description: Path, target: Path, names: tuple[str, ...]) -> Path:
    """Write ``target.onnx`` and its JSON: *model* as it would be with these speakers."""
    proto = onnx.load(str(model))
    graph = proto.graph
    draw = np.random.default_rng(7)
    nodes = {node.name: node for node in graph.node}

    def weight(name: str, *shape: int, scale: float = 0.02) -> str:
        values = (scale * draw.standard_normal(shape)).astype(np.float32)
        graph.initializer.append(numpy_helper.from_array(values, name))
        return name

    def add_behind(name: str, constant: str) -> None:
        """Let what *name* gives be that and the constant."""
        given = nodes[name].output[0]
        nodes[name].output[0] = f"{given}_alone"
        graph.node.append(
            helper.make_node("Add", [f"{given}_alone", constant], [given], name=f"{name}_given")
        )

    graph.input.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
    # joe's exporter gave its phonemes the name that the speaker's number has here
    for tensor in graph.initializer:
        if tensor.name == "sid":
            tensor.name = "enc_p.emb.weight"
    nodes["/enc_p/emb/Gather"].input[0] = "enc_p.emb.weight"
    graph.initializer.append(numpy_helper.from_array(np.array([2], np.int64), "axis"))
    graph.node.append(
        helper.make_node(
            "Gather",
            [weight("emb_g.weight", len(names), WIDTH, scale=1.0), "sid"],
            ["/emb_g/Gather_output_0"],
            name="/emb_g/Gather",
        )
    )
    graph.node.append(helper.make_node("Unsqueeze", ["/emb_g/Gather_output_0", "axis"], ["g"]))

    for part, into, channels in (
        ("dp.cond", "/dp/pre/Conv", HIDDEN),
        ("dec.cond", "/dec/conv_pre/Conv", 256),
    ):
        inputs = ["g", weight(f"{part}.weight", channels, WIDTH, 1), weight(f"{part}.bias", channels)]
        output = f"/{part.replace('.', '/')}/Conv_output_0"
        graph.node.append(helper.make_node("Conv", inputs, [output], name=output.removesuffix("_output_0")))
        add_behind(into, output)

    for flow in (0, 2, 4, 6):
        part = f"flow.flows.{flow}.enc.cond_layer"
        name = f"/flow/flows.{flow}/enc/cond_layer/Conv"
        layers = 4
        channels = 2 * HIDDEN * layers
        # the exporter multiplied a weight norm out, and its name was lost
        inputs = ["g", weight(f"onnx::Conv_9{flow}", channels, WIDTH, 1), weight(f"{part}.bias", channels)]
        graph.node.append(helper.make_node("Conv", inputs, [f"{name}_output_0"], name=name))
        parts = [f"{name}_part_{layer}" for layer in range(layers)]
        graph.node.append(helper.make_node("Split", [f"{name}_output_0"], parts, axis=1))
        for layer in range(layers):
            add_behind(f"/flow/flows.{flow}/enc/in_layers.{layer}/Conv", parts[layer])

    _sort(graph)
    onnx.checker.check_model(proto)
    onnx.save(proto, str(target))
    about = json.loads(description.read_text())
    about |= {"num_speakers": len(names), "speaker_id_map": {name: n for n, name in enumerate(names)}}
    Path(f"{target}.json").write_text(json.dumps(about))
    return target


def _sort(graph: onnx.GraphProto) -> None:
    """Put the nodes in an order in which each comes after what it needs."""
    made = {value.name for value in (*graph.input, *graph.initializer)} | {""}
    waiting, ordered = list(graph.node), []
    while waiting:
        ready = [node for node in waiting if made.issuperset(node.input)]
        if not ready:
            raise ValueError("the graph has a circle")
        ordered += ready
        made |= {output for node in ready for output in node.output}
        waiting = [node for node in waiting if not made.issuperset(node.output)]
    del graph.node[:]
    graph.node.extend(ordered)
