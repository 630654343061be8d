"""
A VITS voice for hosts without PyTorch: its three networks as ONNX graphs, compared with Coqui's own.

The graphs are written as onnxruntime has simplified them, which halves the time they take to load; what
depends on the processor is left to the host that loads them.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from ..errors import SetupError
from ..prompts.coqui_tts import TorchNetwork, load_vits, reaches, traits_of
from ..prompts.onnx_tts import DECODER, ENCODER, FLOW, OnnxNetwork
from ..prompts.script import Phrase, Sentence
from ..prompts.vits import VitsVoice
from ..prompts.voice_folder import VoiceAbout
from .vits_graphs import Decoder, Encoder, Flow

__all__ = ["Exported", "export_onnx"]

OPSET = 18

CHECKS = (
    "Hello.",
    "The quick brown fox jumps over the lazy dog, and your balance is forty two dollars.",
    "Which of the two accounts, the one ending in seven three or the new one, is this about?",
)

LARGEST_DIFFERENCE = 0.01
"""Of full scale; what is heard begins far above."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How the exported voice compares with Coqui's, over some sentences with the same noise."""

    max_difference: float
    """Largest difference of a sample, of full scale."""

    correlation: float
    size: int
    """Bytes of the three graphs."""


def export_onnx(folder: Path) -> Exported:
    """
    Write the graphs beside Coqui's checkpoint in *folder* and compare both.

    ``voice.json`` must be there. Raises SetupError: ``voice.unreadable``, or ``voice.differs`` when the
    graphs don't speak like the checkpoint; the graphs are then removed.
    """
    model, tokenizer = load_vits(folder)
    network = TorchNetwork(model)
    traits = traits_of(model, tokenizer)
    contexts = reaches(model)
    given = torch.zeros(traits.channels, 2 * traits.flow_context)
    edges = (torch.tensor(0), torch.tensor(1))
    part = {"given": {1: "frames"}}
    _write(
        Encoder(model),
        (torch.arange(9), torch.zeros(9, 2)),
        {"ids": {0: "tokens"}, "noise": {0: "tokens"}},
        folder / ENCODER,
    )
    flow = Flow(model, traits.flow_context // model.flow.num_flows)
    _write(flow, (given, *edges), {**part, "left": {}, "right": {}}, folder / FLOW)
    _write(Decoder(model, contexts), (given, *edges), {**part, "left": {}, "right": {}}, folder / DECODER)
    about = VoiceAbout.read(folder)
    voices = [VitsVoice(about, traits, net) for net in (network, OnnxNetwork(folder))]
    found = _compared(voices, sum((folder / name).stat().st_size for name in (ENCODER, FLOW, DECODER)))
    if not found.max_difference < LARGEST_DIFFERENCE:
        for name in (ENCODER, FLOW, DECODER):
            (folder / name).unlink()
        raise SetupError("voice.differs", voice=about.name, difference=found.max_difference)
    return found


def _write(
    graph: torch.nn.Module,
    example: tuple[torch.Tensor, ...],
    inputs: Mapping[str, Mapping[int, str]],
    path: Path,
) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent) as draft:
        plain = str(Path(draft) / "plain.onnx")
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")  # what depends on lengths was written to follow them
            torch.onnx.export(
                graph.eval(),
                example,
                plain,
                dynamo=False,
                opset_version=OPSET,
                input_names=list(inputs),
                dynamic_axes=dict(inputs),
            )
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.optimized_model_filepath = str(path)
        options.log_severity_level = 3
        onnxruntime.InferenceSession(plain, options, providers=["CPUExecutionProvider"])


def _compared(voices: Sequence[VitsVoice], size: int) -> Exported:
    try:
        heard = [[voice.take(Sentence((Phrase(text),))).whole() for text in CHECKS] for voice in voices]
    finally:
        for voice in voices:
            voice.close()
    if any(len(one) != len(other) for one, other in zip(*heard, strict=True)):
        return Exported(1.0, 0.0, size)
    one, other = (np.concatenate(each).astype(np.float64) / 32767.0 for each in heard)
    return Exported(float(np.abs(one - other).max()), float(np.corrcoef(one, other)[0, 1]), size)
