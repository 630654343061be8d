"""How far a VITS model's convolutions reach: what a part of the whole has to see of its neighbours."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["decoder_reaches", "flow_reach"]


def flow_reach(kernel: int, dilation_rate: int, layers: int) -> int:
    """Return the frames on each side that one coupling layer of the flow depends on."""
    return (kernel // 2) * sum(int(dilation_rate**layer) for layer in range(layers))


def decoder_reaches(
    rates: Sequence[int], kernels: Sequence[int], dilations: Sequence[Sequence[int]], *, twice: bool
) -> tuple[int, ...]:
    """
    Return the frames on each side that matter to the decoder, and behind each of its upsamplings.

    *rates* are the upsamplings' factors, *kernels* and *dilations* those of the residual blocks; *twice*:
    each dilation is followed by an undilated convolution (HiFi-GAN's blocks of type 1).
    """
    block = max(
        sum((kernel // 2) * (dilation + twice) for dilation in each)
        for kernel, each in zip(kernels, dilations, strict=True)
    )
    edge = 3  # first and last convolution have 7 taps
    reach, reaches = float(edge), []
    for stage in range(len(rates) - 1, -1, -1):
        # counted in samples of this stage, then of the one before; an upsampling sees one neighbour
        reach += block
        reaches.append(reach / math.prod(rates[: stage + 1]))
        reach = reach / rates[stage] + 1
    return tuple(math.ceil(found) for found in (reach + edge, *reversed(reaches)))
