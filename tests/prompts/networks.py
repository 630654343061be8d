"""A VITS model that can be followed by hand: letters instead of phonemes, and networks of a few sums."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from ivr_ari.prompts.vits import VitsVoice
from ivr_ari.prompts.vits_model import Floats, Traits
from ivr_ari.prompts.voice_folder import VoiceAbout

__all__ = ["LETTERS", "SumNetwork", "letter_voice"]

LETTERS = " abcdefghijklmnopqrstuvwxyz'.,;:?!"

CHANNELS = 4
HOP = 256
RATE_HZ = 22050
FLOW_REACH, DECODER_REACH = 6, 3


class SumNetwork:
    """
    Networks whose parts see as many neighbours as they say.

    A letter lasts three frames, a mark twelve, everything else one. What is heard is noisy, loud in letters
    and all but silent elsewhere.
    """

    def __init__(self) -> None:
        self.decoded: list[int] = []
        """Frames of each call of the decoder."""

    def encode(self, ids: npt.NDArray[np.int64], noise: Floats) -> tuple[Floats, Floats, Floats]:
        letters = (ids >= 1) & (ids <= 27)
        marks = (ids > 27) & (ids < len(LETTERS))
        mean = np.repeat(np.where(letters, 1.0, 0.01)[None], CHANNELS, 0).astype(np.float32)
        lengths = np.where(letters, 2.5, np.where(marks, 11.5, 0.5))
        return mean, np.log(mean / np.float32(4)), np.log(lengths).astype(np.float32)

    def flow(self, prior: Floats, left: int, right: int) -> Floats:
        return _sums(prior, FLOW_REACH)[:, left : prior.shape[1] - right]

    def decode(self, latent: Floats, left: int, right: int) -> Floats:
        self.decoded.append(latent.shape[1])
        frames = _sums(latent, DECODER_REACH).sum(0) / 40.0
        wave = np.sin(np.arange(HOP, dtype=np.float32))
        samples: Floats = np.outer(frames, wave).ravel().astype(np.float32)
        return samples[left * HOP : len(samples) - right * HOP]


def _sums(frames: Floats, reach: int) -> Floats:
    """Return each frame with its neighbours: nothing lies outside, as a convolution pads."""
    padded = np.pad(frames, ((0, 0), (reach, reach)))
    count = frames.shape[1]
    total = np.sum([padded[:, at : at + count] for at in range(2 * reach + 1)], axis=0)
    found: Floats = (total / (2 * reach + 1)).astype(np.float32)
    return found


def letter_voice(loudness: Mapping[str, Any] | None = None) -> VitsVoice:
    """Return a voice that speaks letters, and needs no pronouncing process."""
    traits = Traits(
        symbols={letter: number for number, letter in enumerate(LETTERS)},
        blank=len(LETTERS),
        begin=len(LETTERS) + 1,
        end=len(LETTERS) + 2,
        hop=HOP,
        rate_hz=RATE_HZ,
        channels=CHANNELS,
        noise=0.667,
        duration_noise=0.8,
        length=1.0,
        flow_context=FLOW_REACH,
        decoder_context=DECODER_REACH,
    )
    about = VoiceAbout(
        name="letters-1", rate_hz=RATE_HZ, espeak_voice="", text="letters", loudness=loudness or {}
    )
    return VitsVoice(about, traits, SumNetwork())
