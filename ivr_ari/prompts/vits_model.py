"""What a VITS model is: what it reads, the noise it draws, and the networks it consists of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from .pronounced import Said

__all__ = ["Floats", "Network", "Noise", "Traits", "tokens"]

Floats = npt.NDArray[np.float32]


class Network(Protocol):
    """The three parts of a VITS model. Frames and tokens are the last axis; there is no batch."""

    def encode(self, ids: npt.NDArray[np.int64], noise: Floats) -> tuple[Floats, Floats, Floats]:
        """
        Return mean and log scale [channels, tokens] of what is to be spoken, and log durations [tokens].

        *noise* [2, tokens] is normal, scaled by the model's noise for durations.
        """

    def flow(self, prior: Floats, left: int, right: int) -> Floats:
        """Return the latent [channels, frames] without the first *left* and last *right*: mere context."""

    def decode(self, latent: Floats, left: int, right: int) -> Floats:
        """Return the samples (-1..1), those of the first *left* and last *right* frames left out."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What has to be known of a VITS model besides its weights."""

    symbols: Mapping[str, int]
    """The id of each sound or letter it reads; others it can't say."""

    blank: int | None
    """Id between all others, and the ids that mark beginning and end; None if the model has none."""

    begin: int | None
    end: int | None
    hop: int
    """Samples of one frame."""

    rate_hz: int
    channels: int
    noise: float
    """Scale of the noise in the sound, and in the durations."""

    duration_noise: float
    length: float
    """Scale of all durations."""

    flow_context: int
    """Frames on each side that a frame behind the flow depends on; the decoder likewise."""

    decoder_context: int

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError, ValueError for what `to_json` did not make."""
        found = cls(**value)
        return cls(**{**value, "symbols": {str(key): int(index) for key, index in found.symbols.items()}})


class Noise:
    """
    Normal noise, drawn row by row: a longer sentence begins with a shorter one's noise.

    numpy promises that `RandomState` gives the same numbers for good (NEP 19).
    """

    def __init__(self, seed: str, width: int) -> None:
        self.state = np.random.RandomState(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big"))
        self.drawn = np.zeros((width, 0), np.float32)

    def upto(self, count: int) -> Floats:
        """Return the first *count* rows as columns: [width, count]."""
        width, there = self.drawn.shape
        if count > there:
            more = self.state.standard_normal((count - there, width)).astype(np.float32)
            self.drawn = np.concatenate([self.drawn, more.T], axis=1)
        return self.drawn[:, :count]


def tokens(said: Sequence[Said], traits: Traits) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """
    Return the ids a model reads for a sentence, and for each the word it belongs to (-1: to none).

    A sound the model does not know is left out. The blanks around a word's sounds are the word's.
    """
    read: list[tuple[int, int]] = []
    for number, word in enumerate(said):
        if read and not word.joined:
            read += _known(" ", -1, traits)
        read += _known(word.ipa, number, traits)
        read += _known(word.mark, -1, traits)
    if all(owner < 0 for _, owner in read):
        read = []
    if read and traits.blank is not None:
        owners = [owner for _, owner in read]
        between = [max(pair) for pair in zip([-1, *owners], [*owners, -1], strict=True)]
        blanks = [(traits.blank, owner) for owner in between]
        read = [*(item for pair in zip(blanks, read, strict=False) for item in pair), blanks[-1]]
    if read:
        begin = [] if traits.begin is None else [(traits.begin, -1)]
        read = [*begin, *read, *([] if traits.end is None else [(traits.end, -1)])]
    both = np.array(read, np.int64).reshape(-1, 2)
    return np.ascontiguousarray(both[:, 0]), both[:, 1]


def _known(sounds: str, owner: int, traits: Traits) -> list[tuple[int, int]]:
    found = (traits.symbols.get(sound, traits.symbols.get(sound.lower())) for sound in sounds)
    return [(sound, owner) for sound in found if sound is not None]
