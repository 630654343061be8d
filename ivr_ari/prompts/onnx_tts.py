"""
The engine of a light host: a VITS voice whose networks were exported, run by onnxruntime alone.

Same weights, same noise and same windows as with coqui-tts, so it is the same audio.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as state

from ..errors import EngineFailed, SetupError
from .vits import VitsVoice
from .vits_model import Floats, Traits
from .voice_folder import VoiceAbout

__all__ = ["DECODER", "ENCODER", "FLOW", "OnnxNetwork", "OnnxVoice"]

ENCODER, FLOW, DECODER = "encoder.onnx", "flow.onnx", "decoder.onnx"

FAILURES = (
    *(state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NoSuchFile),
    *(state.NotImplemented, state.RuntimeException),
)
"""What onnxruntime raises; its exceptions have no base but Exception."""


class OnnxVoice(VitsVoice):
    """An exported voice folder, loaded and warm."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Load with *threads* inference threads (of this process). Raises SetupError, EngineFailed."""
        about = VoiceAbout.read(folder)
        try:
            traits = Traits.from_json(about.engine)
            network = OnnxNetwork(folder, threads=threads)
        except (ValueError, TypeError, KeyError, *FAILURES) as exc:
            raise SetupError("voice.unreadable", folder=str(folder), why=type(exc).__name__) from exc
        super().__init__(about, traits, network)
        self.warm_up()


class OnnxNetwork:
    """The three graphs that `ivr_ari.voices.vits_export` writes, see `Network`."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Load the graphs in *folder*. Raises what onnxruntime raises."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # a thread that waits for work by spinning takes its core away from recognition
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.encoder, self.flow_graph, self.decoder = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in (ENCODER, FLOW, DECODER)
        )

    def encode(self, ids: npt.NDArray[np.int64], noise: Floats) -> tuple[Floats, Floats, Floats]:
        """Return mean, log scale and log durations."""
        found, durations = _run(self.encoder, ids=ids, noise=noise.T)
        mean, log_scale = np.split(found.T, 2)
        return mean, log_scale, durations

    def flow(self, prior: Floats, left: int, right: int) -> Floats:
        """Return the latent without its context."""
        [latent] = _run(self.flow_graph, given=prior, left=np.array(left), right=np.array(right))
        return latent

    def decode(self, latent: Floats, left: int, right: int) -> Floats:
        """Return the samples without those of the context."""
        [samples] = _run(self.decoder, given=latent, left=np.array(left), right=np.array(right))
        return samples


def _run(graph: onnxruntime.InferenceSession, **given: npt.NDArray[Any]) -> list[Floats]:
    try:
        found: list[Floats] = graph.run(None, given)
    except FAILURES as exc:
        raise EngineFailed("voice.failed", why=type(exc).__name__) from exc
    return found
