"""
How loud a sentence is going to be, told before any of it was decoded.

Sentences of one voice differ by some 6 LU, and a first window that is already being heard can't be made
louder. What a voice's encoder says of each frame of sound tells most of it: a small network, fitted once to
the voice's own audio (see `ivr_ari.voices.loudness`), turns that into the power of the frame as an ear hears
it, and EBU R128's gate over these powers gives the loudness.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

__all__ = ["EVERY", "ONSET_S", "TAIL_S", "Floats", "Foresight", "blocks", "gated_lufs", "seen"]

Floats = npt.NDArray[np.float32]

EVERY = 2
"""Every second frame is enough: phonemes last longer."""

AROUND = (-2, -1, 0, 1, 2)
"""Which of these, besides each itself, tell its power: the decoder smears some."""

BLOCK_S, STEP_S = 0.4, 0.1
"""EBU Tech 3341: loudness is measured over blocks of 400 ms, three quarters of each also in the next."""

OFFSET_LU, RELATIVE_LU, ABSOLUTE_LUFS = -0.691, -10.0, -70.0
"""ITU-R BS.1770-4: from power to loudness, and its two gates."""

SILENT_LU = -30.0
"""So far below the voice's usual loudness lies what is cut off at the edges (see `level.Edges`)."""

ONSET_S, TAIL_S = 0.01, 0.12


@dataclass(frozen=True, slots=True)
class Foresight:
    """What turns evidence, [frames, channels], into a loudness."""

    into: Floats
    """[channels * AROUND + 1, units], the last row added to all."""

    out: Floats
    """[units + 1]: from units to LU above or below *usual_lufs*."""

    usual_lufs: float
    slope: float = 1.0
    offset_lu: float = 0.0
    """How the measured loudness of whole sentences goes with the one foreseen."""

    def lufs(self, evidence: Floats, frame_s: float) -> float:
        """Return a sentence's loudness on the telephone; its frames last *frame_s* seconds each."""
        if not len(evidence):
            return ABSOLUTE_LUFS
        units = np.tanh(seen(evidence) @ self.into[:-1] + self.into[-1])
        frames = self.usual_lufs + units @ self.out[:-1] + self.out[-1]
        powers = 10.0 ** ((frames - OFFSET_LU) / 10.0)
        foreseen = gated_lufs(powers, frame_s * EVERY, self.usual_lufs + SILENT_LU)
        return self.usual_lufs + self.slope * (foreseen - self.usual_lufs) + self.offset_lu

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values, the many numbers as base64 of 16-bit floats."""
        plain = {"usual_lufs": self.usual_lufs, "slope": self.slope, "offset_lu": self.offset_lu}
        return {
            **plain,
            "units": int(self.into.shape[1]),
            "into": _packed(self.into),
            "out": _packed(self.out),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError, ValueError for what `to_json` did not make."""
        into = _unpacked(value["into"]).reshape(-1, int(value["units"]))
        plain = (float(value[key]) for key in ("usual_lufs", "slope", "offset_lu"))
        return cls(into, _unpacked(value["out"]), *plain)


def seen(evidence: Floats) -> Floats:
    """Return the evidence of every second frame beside that around it, [frames / 2, channels * AROUND]."""
    evidence = evidence[::EVERY]
    places = np.clip(np.arange(len(evidence))[:, None] + np.array(AROUND), 0, len(evidence) - 1)
    beside: Floats = evidence[places].reshape(len(evidence), -1)
    return beside


def gated_lufs(powers: npt.NDArray[np.floating[Any]], frame_s: float, silent_lufs: float) -> float:
    """Return the integrated loudness of frames with these K-weighted powers, silent edges left out."""
    found = blocks(powers, frame_s, silent_lufs)
    if found is None:
        return ABSOLUTE_LUFS
    begins, length = found
    heard = np.concatenate([[0.0], np.cumsum(powers)]) * frame_s
    times = np.arange(len(heard)) * frame_s
    means = (np.interp(begins + length, times, heard) - np.interp(begins, times, heard)) / length
    loud = means[means >= _power(ABSOLUTE_LUFS)]
    if not len(loud):
        return ABSOLUTE_LUFS
    loud = loud[loud >= loud.mean() * 10.0 ** (RELATIVE_LU / 10.0)]
    return OFFSET_LU + 10.0 * float(np.log10(loud.mean()))


def blocks(
    powers: npt.NDArray[np.floating[Any]], frame_s: float, silent_lufs: float
) -> tuple[npt.NDArray[np.float64], float] | None:
    """Return where measured blocks begin and how long they are, in seconds; None if all is silent."""
    sound = np.flatnonzero(powers > _power(silent_lufs))
    if not len(sound):
        return None
    begin = max(0.0, sound[0] * frame_s - ONSET_S)
    end = min(len(powers) * frame_s, (sound[-1] + 1) * frame_s + TAIL_S)
    count = max(1, int((end - begin - BLOCK_S) / STEP_S + 1e-9) + 1)
    return begin + STEP_S * np.arange(count), min(BLOCK_S, end - begin)


def _power(lufs: float) -> float:
    return float(10.0 ** ((lufs - OFFSET_LU) / 10.0))


def _packed(values: Floats) -> str:
    return base64.b64encode(values.astype("<f2").tobytes()).decode()


def _unpacked(text: str) -> Floats:
    return np.frombuffer(base64.b64decode(text, validate=True), "<f2").astype(np.float32)
