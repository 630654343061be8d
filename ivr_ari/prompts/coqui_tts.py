"""
The engine of a workshop: a VITS voice whose networks coqui-tts runs.

Everything here belongs to the thread that made it: torch's kernels run up to twice as slow when another
thread loaded the model. They are built anew for each length they meet, so lengths are padded to few values.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional as F
from torch.nn.utils import parametrize
from TTS.tts.configs.vits_config import VitsConfig
from TTS.tts.models.vits import Vits

from ..errors import SetupError
from .vits import VitsVoice
from .vits_model import Floats, Traits
from .vits_reach import decoder_reaches, flow_reach
from .voice_folder import VoiceAbout

__all__ = ["CoquiVoice", "TorchNetwork", "folded", "load_vits", "reaches", "traits", "traits_of"]

TOKEN_STEP = 32
"""Phoneme ids are padded (and masked) to a multiple of this."""


WARM_UP = "Hello. How can I help you today, and what would you like to do about the account you called for?"
"""Long enough for windows of every size."""


class CoquiVoice(VitsVoice):
    """A voice folder as `ivr_ari.voices` makes it, loaded and warm."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Load with *threads* inference threads (of this process). Raises SetupError, EngineFailed."""
        torch.set_num_threads(threads)
        about = VoiceAbout.read(folder)
        model, tokenizer = load_vits(folder)
        super().__init__(about, traits_of(model, tokenizer), TorchNetwork(model))
        self.warm_up(WARM_UP)


class TorchNetwork:
    """Coqui's own modules, see `Network`."""

    def __init__(self, model: Any) -> None:
        self.model = folded(model)

    def encode(self, ids: npt.NDArray[np.int64], noise: Floats) -> tuple[Floats, Floats, Floats]:
        """Return mean, log scale and log durations."""
        model, count = self.model, len(ids)
        room = math.ceil(count / TOKEN_STEP) * TOKEN_STEP - count
        with torch.inference_mode():
            padded = F.pad(torch.from_numpy(ids), (0, room))[None]
            x, mean, log_scale, mask = model.text_encoder(padded, torch.tensor([count]))
            drawn = F.pad(torch.from_numpy(noise), (0, room))[None]
            durations = _log_durations(model.duration_predictor, x, mask, drawn)
        return mean[0, :, :count].numpy(), log_scale[0, :, :count].numpy(), durations[0, 0, :count].numpy()

    def flow(self, prior: Floats, left: int, right: int) -> Floats:
        """Return the latent without its context."""
        with torch.inference_mode():
            mask = torch.ones(1, 1, prior.shape[1])
            latent: Floats = self.model.flow(torch.from_numpy(prior)[None], mask, reverse=True)[0].numpy()
        return latent[:, left : latent.shape[1] - right]

    def decode(self, latent: Floats, left: int, right: int) -> Floats:
        """Return the samples without those of the context."""
        with torch.inference_mode():
            audio: Floats = self.model.waveform_decoder(torch.from_numpy(latent)[None])[0, 0].numpy()
        hop = len(audio) // latent.shape[1]
        return audio[left * hop : len(audio) - right * hop]


def _log_durations(predictor: Any, x: torch.Tensor, mask: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
    """Return log durations [1, 1, tokens]: Coqui's predictor, with the noise given instead of drawn."""
    if not hasattr(predictor, "flows"):  # the plain predictor of models trained without `use_sdp`
        plain: torch.Tensor = predictor(x, mask)
        return plain
    condition = predictor.proj(predictor.convs(predictor.pre(x), mask)) * mask
    flows = list(reversed(predictor.flows))
    for flow in [*flows[:-2], flows[-1]]:  # the last but one is of no use when speaking, as in Coqui
        noise = flow(torch.flip(noise, [1]), mask, g=condition, reverse=True)
    return noise[:, :1]


def load_vits(folder: Path) -> tuple[Any, Any]:
    """Return Coqui's model, ready to infer, and its tokenizer, which takes phonemes. Raises SetupError."""
    try:
        config = VitsConfig()
        config.load_json(str(folder / "config.json"))
        # we bring our own phonemes; Coqui's way would start an espeak program for each fragment
        config.use_phonemes = False
        model = Vits(config)
        model.load_checkpoint(config, str(folder / "model.pth"), eval=True, strict=True)
    except (OSError, ValueError, KeyError, TypeError, AssertionError, RuntimeError, EOFError) as exc:
        raise SetupError("voice.unreadable", folder=str(folder), why=f"{type(exc).__name__}: {exc}") from exc
    return model, model.tokenizer


def traits(folder: Path) -> Traits:
    """Return what `VitsVoice` has to know of the voice in *folder*. Raises SetupError."""
    return traits_of(*load_vits(folder))


def traits_of(model: Any, tokenizer: Any) -> Traits:
    """Return what `VitsVoice` has to know of Coqui's model."""
    args, characters = model.args, tokenizer.characters
    symbols = {symbol: characters.char_to_id(symbol) for symbol in characters.vocab if len(symbol) == 1}
    marks = tokenizer.use_eos_bos
    flow = flow_reach(args.kernel_size_flow, args.dilation_rate_flow, args.num_layers_flow)
    return Traits(
        symbols=symbols,
        blank=characters.blank_id if tokenizer.add_blank else None,
        begin=characters.bos_id if marks else None,
        end=characters.eos_id if marks else None,
        hop=math.prod(args.upsample_rates_decoder),
        rate_hz=int(model.config.audio.sample_rate),
        channels=args.hidden_channels,
        noise=float(model.inference_noise_scale),
        duration_noise=float(model.inference_noise_scale_dp) if args.use_sdp else 0.0,
        length=float(model.length_scale),
        flow_context=flow * model.flow.num_flows,
        decoder_context=reaches(model)[0],
    )


def reaches(model: Any) -> tuple[int, ...]:
    """Return how many frames on each side matter to the decoder's stages, see `decoder_reaches`."""
    args = model.args
    return decoder_reaches(
        args.upsample_rates_decoder,
        args.resblock_kernel_sizes_decoder,
        args.resblock_dilation_sizes_decoder,
        twice=args.resblock_type_decoder == "1",
    )


def folded(model: Any) -> Any:
    """Multiply weight norms out and return the model; in training they are recomputed with each use."""
    for module in model.modules():
        if parametrize.is_parametrized(module):
            for name in list(getattr(module, "parametrizations", {})):
                parametrize.remove_parametrizations(module, name)
    return model
