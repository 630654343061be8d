"""How far convolutions reach."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from ivr_ari.prompts.vits_reach import decoder_reaches, flow_reach


def touched(length: int, at: int, steps: list[tuple[str, int, int]]) -> npt.NDArray[np.intp]:
    """Return which samples depend on input *at*, for steps ("conv", kernel, dilation) and ("up", rate, 0)."""
    marked = np.zeros(length, bool)
    marked[at] = True
    for kind, size, dilation in steps:
        if kind == "up":  # kernel 2 * rate, padding rate / 2: Coqui's and Piper's
            spread = np.zeros(len(marked) * size, bool)
            for place in np.flatnonzero(marked):
                first = place * size - size // 2
                spread[max(0, first) : first + 2 * size] = True
            marked = spread
            continue
        reach = size // 2 * dilation
        for place in np.flatnonzero(marked.copy()):
            marked[max(0, place - reach) : place + reach + 1] = True
    return np.flatnonzero(marked)


@pytest.mark.parametrize(
    ("rates", "kernels", "dilations", "twice"),
    [
        ((8, 8, 4), (3, 5, 7), ((1, 2), (2, 6), (3, 12)), False),  # Piper's medium voices
        ((8, 8, 2, 2), (3, 7, 11), ((1, 3, 5),) * 3, True),  # Coqui's default, Piper's high ones
    ],
)
def test_the_decoder_sees_no_further(
    rates: tuple[int, ...],
    kernels: tuple[int, ...],
    dilations: tuple[tuple[int, ...], ...],
    twice: bool,
) -> None:
    """
    A sample depends on no frame further away than the first figure, and on some frame less than one nearer.
    """
    steps = [("conv", 7, 1)]
    for rate in rates:
        steps.append(("up", rate, 0))
        widest = max(zip(kernels, dilations, strict=True), key=lambda pair: pair[0] // 2 * sum(pair[1]))
        for dilation in widest[1]:
            steps += [("conv", widest[0], dilation), *([("conv", widest[0], 1)] if twice else [])]
    steps.append(("conv", 7, 1))
    hop = int(np.prod(rates))
    found = touched(61, 30, steps)
    before, after = 30 - found[0] / hop, (found[-1] + 1) / hop - 31
    reach = decoder_reaches(rates, kernels, dilations, twice=twice)[0]

    assert reach - 2 < max(before, after) <= reach


def test_later_stages_see_less() -> None:
    """
    Behind each upsampling fewer frames matter: what lies beyond can be dropped there.
    """
    assert decoder_reaches((8, 8, 4), (3, 5, 7), ((1, 2), (2, 6), (3, 12)), twice=False) == (11, 7, 1, 1)


def test_flow() -> None:
    """
    Four layers of five taps reach eight frames; doubling dilations reach further.
    """
    assert flow_reach(5, 1, 4) == 8
    assert flow_reach(5, 2, 4) == 30
