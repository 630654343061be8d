"""
The engine: a VITS voice spoken by coqui-tts, piece by piece.

Coqui speaks a sentence as a whole. A caller should not wait for that: the encoder, durations and
flow run once, which is quick; then the decoder, which is slow, runs in windows. A decoder is a stack
of convolutions, so a window with enough neighbouring frames gives exactly the samples that the whole
would give there. Window lengths are few and fixed, because oneDNN builds its kernels anew for each
length it meets.

Everything here belongs to the thread that made it: torch's kernels run up to twice as slow when
another thread loaded the model.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn.utils import parametrize
from TTS.tts.configs.vits_config import VitsConfig
from TTS.tts.models.vits import Vits
from TTS.tts.utils.helpers import generate_path, sequence_mask

from ..errors import SetupError
from .espeak import Pronouncer
from .script import Sentence
from .voice import Cancelled, Pcm, WordTime, engine_failures, never

__all__ = ["CoquiVoice", "load_vits", "windows"]

CONTEXT = 10
"""Frames on each side that a window's samples depend on (VITS decoder; 116 ms at 256 / 22050 Hz)."""

SIZES = (14, 24, 40)
"""Frames of the first windows: sound soon (163 ms, a third of it silence and resampler), then growing
so that each is ready before the ones before it have been heard."""

LARGE = 64
"""Frames of all later windows."""

FLOW_STEPS = (32, 96)
"""Frames the flow goes on by, the last for good; it too needs to run only as far as is decoded."""

FRAME_STEP = 16
"""A sentence is held at its end until its frames are a multiple of this: few lengths, warm kernels."""

TOKEN_STEP = 32
"""Phoneme ids are padded (and masked) to a multiple of this, for the same reason."""

SENTENCE = re.compile(r"(?<=[.?!])\s+")

LONGEST = 400
"""Characters of one sentence; a longer one is cut at a comma or space. Memory grows with the square."""

PACE = 0.9
"""What speed 1.0 means, against the pace of the recordings: a telephone wants 200 words a minute, not 220."""

WARM_UP = "Hello. How can I help you today, and what would you like to do about the account you called for?"


class CoquiVoice:
    """A voice folder as `ivr_ari.voices` makes it, loaded and warm."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        """Load with *threads* inference threads (of this process). Raises SetupError, EngineFailed."""
        torch.set_num_threads(threads)
        try:
            about = json.loads((folder / "voice.json").read_text(encoding="utf-8"))
            self.name = str(about["name"])
            self.rate_hz = int(about["rate_hz"])
            self.gain_db = float(about["gain_db"])
            self.pronouncer = Pronouncer(str(about["espeak_voice"]))
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise SetupError("voice.unreadable", folder=str(folder), why=type(exc).__name__) from exc
        self.model, self.tokenizer = load_vits(folder)
        self.hop = int(self.model.config.audio.hop_length)
        _fold_weights(self.model)
        for _ in self.speak(WARM_UP):
            pass
        self._warm_lengths()

    def close(self) -> None:
        """End the helper process."""
        self.pronouncer.close()

    def take(self, sentence: Sentence, *, speed: float = 1.0) -> Whole:
        """Return the sentence made as a whole, see `Voice.take`."""
        made = list(self.speak(sentence.words, speed=speed))
        return Whole(np.concatenate(made) if made else np.zeros(0, np.int16))

    def speak(self, text: str, *, speed: float = 1.0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        """Yield the audio of *text*, see `Voice.speak`."""
        for sentence in sentences(text):
            if cancelled():
                return
            phonemes = self.pronouncer.phonemes(sentence)
            if phonemes.strip():
                yield from self._decode(*self._prior(phonemes, speed), cancelled)

    def whole(self, text: str, *, speed: float = 1.0) -> Pcm:
        """Return the audio of one sentence decoded at once; what the windows must add up to."""
        with engine_failures(), torch.inference_mode():
            prior, mask = self._prior(self.pronouncer.phonemes(text), speed)
            latent = self.model.flow(prior, mask, reverse=True)[:, :, : int(mask.sum())]
            return _pcm(self.model.waveform_decoder(latent)[0, 0])

    def _decode(self, prior: torch.Tensor, mask: torch.Tensor, cancelled: Cancelled) -> Iterator[Pcm]:
        latent = Latent(self.model, prior, mask)
        for begin, end, low, high in windows(int(mask.sum())):
            if cancelled():
                return
            with engine_failures(), torch.inference_mode():
                audio = self.model.waveform_decoder(latent.between(low, high))[0, 0]
            yield _pcm(audio[(begin - low) * self.hop : (end - low) * self.hop])

    def _prior(self, phonemes: str, speed: float) -> tuple[torch.Tensor, torch.Tensor]:
        """
        Return what goes into the flow, [1, channels, frames], and the mask of the frames that count.

        As in `Vits.inference`, but the noise is seeded by the phonemes, so that a text always sounds the
        same, and lengths are rounded up to few values.
        """
        model = self.model
        seed = int.from_bytes(hashlib.sha256(phonemes.encode()).digest()[:6], "big")
        with engine_failures(), torch.inference_mode(), torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            ids = self.tokenizer.text_to_ids(phonemes)
            padded = torch.zeros(1, _round_up(len(ids), TOKEN_STEP), dtype=torch.long)
            padded[0, : len(ids)] = torch.tensor(ids)
            x, mean, log_scale, x_mask = model.text_encoder(padded, torch.tensor([len(ids)]))
            log_durations = model.duration_predictor(
                x, x_mask, reverse=True, noise_scale=model.inference_noise_scale_dp
            )
            durations = torch.ceil(torch.exp(log_durations) * x_mask * model.length_scale / (PACE * speed))
            frames = _round_up(max(int(durations.sum()), 2 * FRAME_STEP), FRAME_STEP)
            # the last id is the end mark's; holding it longer adds silence, which is trimmed later
            durations[0, 0, len(ids) - 1] += frames - int(durations.sum())

            room = _round_up(frames, LARGE)
            y_mask = sequence_mask(torch.tensor([frames]), room).to(x_mask.dtype).unsqueeze(1)
            paths = generate_path(durations.squeeze(1), (x_mask.transpose(1, 2) * y_mask))
            mean = torch.matmul(mean, paths)
            log_scale = torch.matmul(log_scale, paths)
            noise = torch.randn(mean.shape) * model.inference_noise_scale
            prior: torch.Tensor = mean + noise * torch.exp(log_scale)
        return prior, y_mask

    def _warm_lengths(self) -> None:
        """Let oneDNN build its kernels for the decoder lengths that short sentences need."""
        for frames in range(2 * FRAME_STEP, LARGE + 2 * CONTEXT + FRAME_STEP, FRAME_STEP):
            mask = torch.ones(1, 1, frames)
            for _ in self._decode(torch.zeros(1, self.model.args.hidden_channels, frames), mask, never):
                pass


class Whole:
    """A sentence that was made as a whole."""

    words: tuple[WordTime, ...] = ()
    loudness_lufs: float | None = None

    def __init__(self, made: Pcm) -> None:
        self.made = made
        self.samples = len(made)

    def audio(self, begin: int = 0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        """Yield its samples from *begin* on."""
        if not cancelled():
            yield self.made[begin:]


class Latent:
    """
    What the decoder speaks, made by the flow as far as it is asked for.

    The flow is a stack of convolutions too: with its own context on each side a part of it equals the
    same part of the whole.
    """

    def __init__(self, model: Any, prior: torch.Tensor, mask: torch.Tensor) -> None:
        self.flow = model.flow
        self.prior = prior
        self.mask = mask
        args = model.args
        reach = sum(args.dilation_rate_flow**layer for layer in range(args.num_layers_flow))
        self.context = model.flow.num_flows * reach * (args.kernel_size_flow // 2)
        self.steps = iter(FLOW_STEPS)
        self.ready = torch.zeros(1, prior.shape[1], 0)

    def between(self, low: int, high: int) -> torch.Tensor:
        """Return frames *low* to *high*."""
        while self.ready.shape[2] < high:
            begin = self.ready.shape[2]
            end = begin + next(self.steps, FLOW_STEPS[-1])
            first, last = max(0, begin - self.context), end + self.context
            part = self.flow(self.prior[:, :, first:last], self.mask[:, :, first:last], reverse=True)
            self.ready = torch.cat([self.ready, part[:, :, begin - first : end - first]], dim=2)
        return self.ready[:, :, low:high]


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


def sentences(text: str) -> list[str]:
    """Split at sentence ends; VITS was trained on single sentences and speaks those best."""
    found = []
    for sentence in SENTENCE.split(text.strip()):
        rest = sentence
        while len(rest) > LONGEST:
            cut = max(rest.rfind(", ", 0, LONGEST) + 1, 0) or max(rest.rfind(" ", 0, LONGEST), 0) or LONGEST
            found.append(rest[:cut])
            rest = rest[cut:].lstrip()
        if rest:
            found.append(rest)
    return found


def windows(frames: int) -> Iterator[tuple[int, int, int, int]]:
    """
    Yield (begin, end, low, high): decode frames low..high, keep begin..end.

    High and low lie CONTEXT frames outside, or at the sentence's own edge, where the decoder pads as
    it would for the whole. The last window reaches back instead of padding, to keep its length known.
    """
    largest = LARGE + 2 * CONTEXT
    sizes = iter(SIZES)
    begin = 0
    while begin < frames:
        end = begin + next(sizes, LARGE)
        if frames - end < CONTEXT:
            end = frames  # a tail shorter than its context is cheaper decoded here
        low, high = max(0, begin - CONTEXT), min(frames, end + CONTEXT)
        if high == frames:
            low = max(0, min(low, frames - largest))
        yield begin, end, low, high
        begin = end


def _pcm(audio: torch.Tensor) -> Pcm:
    return (audio.clamp(-1.0, 1.0) * 32767.0).round().to(torch.int16).numpy()


def _round_up(number: int, step: int) -> int:
    return math.ceil(number / step) * step


def _fold_weights(model: torch.nn.Module) -> None:
    """Multiply weight norms out once; in training they are recomputed with each use."""
    for module in model.modules():
        if parametrize.is_parametrized(module):
            for name in list(getattr(module, "parametrizations", {})):
                parametrize.remove_parametrizations(module, name)
