"""
Fit what foresees a voice's loudness (see `ivr_ari.prompts.foreseen`) to sentences it has spoken.

Each frame's power is what the telephone carries of it, weighted as ITU-R BS.1770 weights. The network
learns the frames first (in dB, silence held at a floor: how silent is nobody's question), then sentences.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from ..prompts.foreseen import EVERY, OFFSET_LU, SILENT_LU, Floats, Foresight, blocks, gated_lufs, seen
from ..prompts.level import RATE_HZ, carried, floats
from ..prompts.loudness import loudness_lufs
from ..prompts.vits import VitsTake
from ..prompts.vits_model import Traits
from ..prompts.voice import Pcm, Take
from ..prompts.voice_folder import VoiceAbout

__all__ = ["fitted", "fitted_to"]

UNITS, FLOOR_LU = 32, -15.0
EPOCHS, BATCH, RATE = 8, 512, 4e-3
SENTENCE_EPOCHS, SENTENCE_BATCH, SENTENCE_RATE = 12, 16, 1e-3
DECAY = 0.03

Heard = Sequence[tuple[Floats, Pcm]]
"""Evidence, [frames, channels], and the audio at the voice's rate."""


def fitted(
    heard: Heard, rate_hz: int, frame_s: float, progress: Callable[[float], None] = lambda share: None
) -> Foresight:
    """
    Return what foresees the loudness of this voice's sentences, from a hundred of them or so.

    *progress* is told the share that is done. Equal sentences give an equal result.
    """
    step_s = frame_s * EVERY
    audio = [carried(floats(pcm), rate_hz) for _, pcm in heard]
    levels = np.array([loudness_lufs(sound, RATE_HZ) for sound in audio])
    usual = float(np.median(levels))
    powers = [
        frame_powers(sound, len(evidence[::EVERY]), step_s)
        for sound, (evidence, _) in zip(audio, heard, strict=True)
    ]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = _learnt([torch.from_numpy(seen(e)) for e, _ in heard], powers, step_s, usual, progress)
    into, out = network[0], network[2]
    first = Foresight(
        np.vstack([into.weight.detach().numpy().T, into.bias.detach().numpy()]),
        np.append(out.weight.detach().numpy()[0], out.bias.detach().numpy()).astype(np.float32),
        usual,
    )
    found = np.array([first.lufs(evidence, frame_s) for evidence, _ in heard]) - usual
    slope, offset = np.polyfit(found, levels - usual, 1)
    return Foresight(first.into, first.out, round(usual, 2), round(float(slope), 3), round(float(offset), 3))


def fitted_to(
    heard: Sequence[tuple[Take, Pcm]], about: VoiceAbout, progress: Callable[[float], None]
) -> Foresight:
    """Return what foresees the loudness of a VITS voice that has spoken these takes."""
    told = [(take.evidence, pcm) for take, pcm in heard if isinstance(take, VitsTake) and len(pcm)]
    return fitted(told, about.rate_hz, Traits.from_json(about.engine).hop / about.rate_hz, progress)


def frame_powers(audio: Floats, frames: int, frame_s: float) -> npt.NDArray[np.float64]:
    """Return the K-weighted power of each frame of *audio* at 8 kHz."""
    spectrum = np.fft.rfft(audio, len(audio) + RATE_HZ // 10)
    weighted = np.fft.irfft(spectrum * _k_weighting(len(spectrum)), len(audio) + RATE_HZ // 10)[: len(audio)]
    heard = np.concatenate([[0.0], np.cumsum(np.square(weighted))])
    edges = np.minimum(np.round(np.arange(frames + 1) * frame_s * RATE_HZ).astype(int), len(audio))
    powers: npt.NDArray[np.float64] = np.diff(heard[edges]) / (frame_s * RATE_HZ)
    return np.maximum(powers, 1e-9)


def _learnt(
    inputs: Sequence[torch.Tensor],
    powers: Sequence[npt.NDArray[np.float64]],
    frame_s: float,
    usual: float,
    progress: Callable[[float], None],
) -> Any:
    network: Any = torch.nn.Sequential(
        torch.nn.Linear(inputs[0].shape[1], UNITS), torch.nn.Tanh(), torch.nn.Linear(UNITS, 1)
    )
    lufs = [OFFSET_LU + 10.0 * np.log10(power) - usual for power in powers]
    wanted = torch.from_numpy(np.maximum(np.concatenate(lufs), FLOOR_LU).astype(np.float32))
    every = torch.cat(list(inputs))
    learning = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    steps = EPOCHS * math.ceil(len(every) / BATCH)
    slower = torch.optim.lr_scheduler.OneCycleLR(learning, RATE, total_steps=steps)
    for epoch in range(EPOCHS):
        for some in torch.split(torch.randperm(len(every)), BATCH):
            _step(learning, (network(every[some])[:, 0] - wanted[some]).square().mean())
            slower.step()
        progress((epoch + 1) / (EPOCHS + SENTENCE_EPOCHS))
    _whole_sentences(network, inputs, powers, frame_s, usual, progress)
    return network


def _whole_sentences(
    network: Any,
    inputs: Sequence[torch.Tensor],
    powers: Sequence[npt.NDArray[np.float64]],
    frame_s: float,
    usual: float,
    progress: Callable[[float], None],
) -> None:
    """Mend the network so that the gated mean over each sentence comes out right, as it was spoken."""
    shares = [torch.from_numpy(_shares(power, frame_s, usual + SILENT_LU)) for power in powers]
    wanted = [gated_lufs(power, frame_s, usual + SILENT_LU) - usual for power in powers]
    learning = torch.optim.AdamW(network.parameters(), SENTENCE_RATE, weight_decay=DECAY)
    for epoch in range(SENTENCE_EPOCHS):
        for some in torch.split(torch.randperm(len(inputs)), SENTENCE_BATCH):
            told = [network(inputs[at])[:, 0] for at in some]
            means = [(shares[at] * 10.0 ** (one / 10.0)).sum() for at, one in zip(some, told, strict=True)]
            errors = [10.0 * torch.log10(mean) - wanted[at] for at, mean in zip(some, means, strict=True)]
            _step(learning, torch.stack(errors).square().mean())
        progress((EPOCHS + epoch + 1) / (EPOCHS + SENTENCE_EPOCHS))


def _step(learning: torch.optim.Optimizer, loss: torch.Tensor) -> None:
    learning.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    learning.step()


def _shares(powers: npt.NDArray[np.float64], frame_s: float, silent_lufs: float) -> Floats:
    """Return how much each frame's power counts in the gated mean; together 1."""
    shares = np.zeros(len(powers), np.float32)
    found = blocks(powers, frame_s, silent_lufs)
    if found is None:
        return shares + np.float32(1.0 / len(powers))
    begins, length = found
    edges = np.arange(len(powers) + 1) * frame_s
    inside = np.minimum(edges[1:], begins[:, None] + length) - np.maximum(edges[:-1], begins[:, None])
    inside = np.clip(inside, 0.0, frame_s)
    means = inside @ powers / length
    loud = inside[means >= means.mean() / 10.0]
    shares[:] = loud.sum(axis=0) / loud.sum()
    return shares


def _k_weighting(count: int) -> npt.NDArray[np.complexfloating[Any, Any]]:
    """
    Return the K-weighting of ITU-R BS.1770-4 at *count* frequencies from 0 to 4 kHz.

    Its two filters are given for 48 kHz only; these are the analogue ones they were made from (a shelf
    of 4 dB at 1.68 kHz, a high-pass at 38 Hz), for which the rate is no matter.
    """
    s: Any = 1j * np.linspace(0.0, RATE_HZ / 2, count)
    shelf_hz, shelf_q, high, half = (
        1681.974,
        0.7071752,
        10 ** (3.999844 / 20),
        10 ** (3.999844 / 20 * 0.4996668),
    )
    low_hz, low_q = 38.13547, 0.5003270
    a, b = s / shelf_hz, s / low_hz
    shelf = (high * a**2 + half / shelf_q * a + 1.0) / (a**2 + a / shelf_q + 1.0)
    weights: npt.NDArray[np.complexfloating[Any, Any]] = shelf * b**2 / (b**2 + b / low_q + 1.0)
    return weights
