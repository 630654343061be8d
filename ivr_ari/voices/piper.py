"""
A Piper voice, read: a VITS model exported to ONNX and the JSON beside it.

Everything Coqui must be told is in those two files. Sizes are read from shapes and convolution
attributes, never assumed, so that a low, medium or high quality voice is read alike.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from onnx import numpy_helper

from ..errors import SetupError
from .speakers import chosen, fold_speaker

__all__ = ["PiperVoice", "read_piper"]

Array = npt.NDArray[np.float32]

EMBEDDINGS = {"/enc_p/emb/Gather": "enc_p.emb.weight", "/emb_g/Gather": "emb_g.weight"}

PAD, BOS, EOS = "_", "^", "$"
"""Piper's marks; its training code gives them ids 0, 1 and 2."""


@dataclass(frozen=True, slots=True)
class PiperVoice:
    """What an exported Piper voice says about itself."""

    weights: Mapping[str, Array]
    """Parameters under their names in Piper's training code, folded constants included."""

    model_args: Mapping[str, Any]
    """Coqui's `VitsArgs` that follow from shapes and attributes."""

    symbols: tuple[str, ...]
    """Phonemes in the order of their ids, from the first id after the three marks."""

    symbol_ids: Mapping[str, int]
    rate_hz: int
    espeak_voice: str
    speaker: str = ""
    """Which of many it is, by name; empty in a model of one voice."""

    speaker_id: int | None = None


def read_piper(model: Path, description: Path, speaker: str = "") -> PiperVoice:
    """
    Read a Piper voice, or one *speaker* (name or number) of a Piper voice with many.

    Raises SetupError: ``voice.unreadable`` for files that are no ONNX or JSON, ``voice.unlike`` for a
    model that is no VITS, ``voice.speaker`` for a speaker it does not have.
    """
    try:
        graph = onnx.load(str(model)).graph
        about = json.loads(description.read_text(encoding="utf-8"))
        ids = {symbol: int(numbers[0]) for symbol, numbers in about["phoneme_id_map"].items()}
        rate_hz, espeak_voice = int(about["audio"]["sample_rate"]), str(about["espeak"]["voice"])
        speakers = int(about.get("num_speakers", 1))
        names = {str(name): int(number) for name, number in about.get("speaker_id_map", {}).items()}
    except (OSError, ValueError, KeyError, TypeError, IndexError, DecodeError) as exc:
        raise SetupError("voice.unreadable", file=str(model), why=type(exc).__name__) from exc
    if str(about.get("phoneme_type", "espeak")) != "espeak":
        why = f"it reads {about['phoneme_type']}, not espeak's phonemes"
        raise SetupError("voice.unlike", file=str(description), why=why)
    if not {PAD, BOS, EOS} <= ids.keys():
        raise SetupError("voice.unlike", file=str(description), why="its phonemes lack the marks _ ^ $")

    name, number = chosen(speaker, names, speakers, file=model.name) if speakers > 1 else ("", None)
    try:
        weights = _weights(graph)
        if number is not None:
            weights = fold_speaker(weights, weights["emb_g.weight"][number])
        model_args = {**_encoder_args(weights), **_decoder_args(weights, _attributes(graph))}
    except (KeyError, IndexError, StopIteration) as exc:
        raise SetupError("voice.unlike", file=str(model), why=f"no {exc} in its graph") from exc
    model_args |= _manner(about.get("inference", {}))
    symbols = tuple(sorted((s for s in ids if s not in (PAD, BOS, EOS)), key=ids.__getitem__))
    return PiperVoice(weights, model_args, symbols, ids, rate_hz, espeak_voice, name, number)


def _weights(graph: onnx.GraphProto) -> dict[str, Array]:
    """Return the parameters under their training names; the exporter renamed or folded some."""
    found = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.name in EMBEDDINGS:
            # the exporter may give the phoneme embedding any name, "sid" for instance
            found[EMBEDDINGS[node.name]] = found[node.input[0]]
        if node.op_type == "Conv" and node.input[1].startswith("onnx::"):
            # a weight-normed convolution was folded and lost its name; its bias kept it
            named = node.input[2].removesuffix(".bias") if len(node.input) > 2 else node.name.strip("/")
            named = named.removesuffix("/Conv").replace("/", ".")
            found[f"{named}.weight"] = found[node.input[1]]
    # the affine layer's exp(-logs) was folded into a constant
    found["dp.flows.0.logs"] = -np.log(found["/dp/flows.0/Exp_output_0"])
    wanted = re.compile(r"(enc_p|dec|dp|flow|emb_g)\.")
    return {name: array.astype(np.float32) for name, array in found.items() if wanted.match(name)}


def _attributes(graph: onnx.GraphProto) -> dict[str, dict[str, list[int]]]:
    """Return strides and dilations of each convolution, by its node's name."""
    return {
        node.name: {a.name: list(a.ints) for a in node.attribute}
        for node in graph.node
        if node.op_type in ("Conv", "ConvTranspose")
    }


def _count(weights: Mapping[str, Array], pattern: str) -> int:
    """Return how many numbers the pattern's group takes among the parameter names."""
    return len({hit.group(1) for name in weights if (hit := re.match(pattern, name))})


def _encoder_args(weights: Mapping[str, Array]) -> dict[str, Any]:
    ffn, hidden, kernel = weights["enc_p.encoder.ffn_layers.0.conv_1.weight"].shape
    relative = weights["enc_p.encoder.attn_layers.0.emb_rel_k"]
    return {
        "hidden_channels": hidden,
        "hidden_channels_ffn_text_encoder": ffn,
        "kernel_size_text_encoder": kernel,
        "num_heads_text_encoder": hidden // relative.shape[-1],
        "num_layers_text_encoder": _count(weights, r"enc_p\.encoder\.ffn_layers\.(\d+)\."),
        "kernel_size_flow": weights["flow.flows.0.enc.in_layers.0.weight"].shape[-1],
        "dilation_rate_flow": 1,
        "num_layers_flow": _count(weights, r"flow\.flows\.0\.enc\.in_layers\.(\d+)\."),
        "use_sdp": True,
    }


def _decoder_args(
    weights: Mapping[str, Array], attributes: Mapping[str, Mapping[str, list[int]]]
) -> dict[str, Any]:
    ups = range(_count(weights, r"dec\.ups\.(\d+)\."))
    per_up = _count(weights, r"dec\.resblocks\.(\d+)\.") // len(ups)
    # HiFi-GAN's first kind of block has two lists of convolutions, its second kind one
    first_kind = "dec.resblocks.0.convs1.0.weight" in weights
    convs = "convs1" if first_kind else "convs"
    depth = _count(weights, rf"dec\.resblocks\.0\.{convs}\.(\d+)\.")
    return {
        "resblock_type_decoder": "1" if first_kind else "2",
        "resblock_kernel_sizes_decoder": [
            weights[f"dec.resblocks.{block}.{convs}.0.weight"].shape[-1] for block in range(per_up)
        ],
        "resblock_dilation_sizes_decoder": [
            [attributes[f"/dec/resblocks.{block}/{convs}.{i}/Conv"]["dilations"][0] for i in range(depth)]
            for block in range(per_up)
        ],
        "upsample_rates_decoder": [attributes[f"/dec/ups.{i}/ConvTranspose"]["strides"][0] for i in ups],
        "upsample_kernel_sizes_decoder": [weights[f"dec.ups.{i}.weight"].shape[-1] for i in ups],
        "upsample_initial_channel_decoder": weights["dec.conv_pre.weight"].shape[0],
    }


def _manner(inference: Mapping[str, Any]) -> dict[str, float]:
    """Return how the voice was meant to speak; the defaults are Piper's own."""
    return {
        "inference_noise_scale": float(inference.get("noise_scale", 0.667)),
        "inference_noise_scale_dp": float(inference.get("noise_w", 0.8)),
        "length_scale": float(inference.get("length_scale", 1.0)),
    }
