"""
One voice of a model that has many.

A VITS that knows several speakers adds, in three places, a vector that depends on the speaker alone. For
one speaker that is a constant, so it is added to the biases there, once, and a model of one voice is left.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

import numpy as np
import numpy.typing as npt

from ..errors import SetupError

__all__ = ["chosen", "fold_speaker"]

Array = npt.NDArray[np.float32]

SHOWN = 12
"""So many names are told to whoever named none."""


def chosen(wanted: str, names: Mapping[str, int], count: int, *, file: str) -> tuple[str, int]:
    """
    Return the speaker *wanted*, by name or number, and its number.

    Raises SetupError ``voice.speaker``: none was named, or there is none of that name.
    """
    if wanted in names:
        return wanted, names[wanted]
    if wanted.isdecimal() and int(wanted) < count:
        number = int(wanted)
        return next((name for name, known in names.items() if known == number), wanted), number
    known = list(names) or [str(number) for number in range(count)]
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    hint = f"choose one with --speaker: {', '.join(known[:SHOWN])}{more}"
    raise SetupError("voice.speaker", file=file, speakers=count, wanted=wanted or "none", hint=hint)


def fold_speaker(weights: Mapping[str, Array], speaker: Array) -> dict[str, Array]:
    """
    Return Piper's *weights* (names of its training code) of the one speaker with this embedding.

    Raises KeyError for a part that has no bias to take it.
    """
    found = dict(weights)
    for layer, into in (("dp.cond", "dp.pre"), ("dec.cond", "dec.conv_pre")):
        if f"{layer}.weight" in found:
            _add(found, f"{into}.bias", _constant(found, layer, speaker))
    for layer in [name.removesuffix(".weight") for name in weights if name.endswith(".cond_layer.weight")]:
        constant = _constant(found, layer, speaker)
        block = layer.removesuffix(".cond_layer")
        width = len(found[f"{block}.in_layers.0.bias"])
        for number in range(len(constant) // width):  # one stretch of it for each layer of the block
            part = constant[number * width : (number + 1) * width]
            _add(found, f"{block}.in_layers.{number}.bias", part)
    found.pop("emb_g.weight", None)
    return found


def _constant(weights: MutableMapping[str, Array], layer: str, speaker: Array) -> Array:
    """Take a layer of width one out of *weights* and return what it gives for *speaker*."""
    weight, bias = weights.pop(f"{layer}.weight"), weights.pop(f"{layer}.bias")
    constant: Array = weight.reshape(len(weight), -1) @ speaker + bias
    return constant


def _add(weights: MutableMapping[str, Array], bias: str, constant: Array) -> None:
    weights[bias] = (weights[bias] + constant).astype(np.float32)
