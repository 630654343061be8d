"""
Sounds that are no words: coughs, music, knocks, breath, typing, hum; and the "mhm" of a caller who listens.

Made by arithmetic from a seed, so that every machine has the same and nobody's rights are touched: 16-bit
mono at 8 or 16 kHz, with the level of a sound made beside the telephone (peak about -6 dBFS).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

__all__ = ["DISTURBANCES", "breath", "cough", "hum", "knock", "mhm", "music", "typing"]

Pcm = npt.NDArray[np.int16]
Wave = npt.NDArray[np.float64]

PEAK = 0.5
BURST_S, AIR_S, VOICED_S = (0.03, 0.06), (0.1, 0.2), (0.06, 0.15)


def cough(seed: int, rate_hz: int = 8000) -> Pcm:
    """
    One to three coughs in a row.

    Each has the three phases of the literature (Korpas et al., 1996): a burst of 30-60 ms, an airy middle of
    100-200 ms, and mostly a voiced end whose pitch falls.
    """
    rng = np.random.default_rng(seed)
    pieces: list[Wave] = []
    for _ in range(int(rng.integers(1, 4))):
        burst, middle, voiced = (int(rate_hz * rng.uniform(*span)) for span in (BURST_S, AIR_S, VOICED_S))
        noise = _formants(rng.standard_normal(burst + middle + voiced), rate_hz, rng.uniform(0.9, 1.2))
        shape = np.concatenate(
            (np.linspace(0.2, 1, burst), np.linspace(1, 0.25, middle), np.linspace(0.25, 0, voiced))
        )
        cry = np.zeros(noise.size)
        if rng.random() < 0.7:
            pitch = np.linspace(rng.uniform(220, 420), rng.uniform(120, 200), voiced)
            pulses = np.diff(np.floor(np.cumsum(pitch) / rate_hz), prepend=0)
            cry[-voiced:] = pulses * np.hanning(voiced) * rng.uniform(3, 8)
        pieces.append(noise / noise.std() * shape + _formants(cry, rate_hz, 1.0))
        pieces.append(np.zeros(int(rate_hz * rng.uniform(0.06, 0.35))))
    return _pcm(np.concatenate(pieces))


def music(seed: int, rate_hz: int = 8000, seconds: float = 4.0) -> Pcm:
    """A band: chords of four notes with overtones, a bass, a melody, a drum on the beat."""
    rng = np.random.default_rng(seed)
    beat = int(rate_hz * 60 / rng.uniform(80, 140))
    total = int(rate_hz * seconds)
    sound = np.zeros(total + 4 * beat)
    root = rng.uniform(110, 196)
    for start in range(0, total, beat):
        chord = root * 2 ** (rng.choice((0, 5, 7, 9)) / 12)
        notes = [chord * 2 ** (step / 12) for step in (0, 4, 7, 12)] + [chord / 2]
        notes.append(chord * 2 ** ((12 + rng.choice((0, 2, 4, 7, 9))) / 12))
        for note in notes:
            sound[start : start + 2 * beat] += _note(note, 2 * beat, rate_hz) * rng.uniform(0.5, 1)
        drum = rng.standard_normal(beat // 4) * np.exp(-np.arange(beat // 4) / (0.02 * rate_hz))
        sound[start : start + drum.size] += drum * rng.uniform(0.5, 1.5)
    return _pcm(sound[:total])


def knock(seed: int, rate_hz: int = 8000) -> Pcm:
    """Three knocks on a table: damped resonances of 60 ms."""
    rng = np.random.default_rng(seed)
    pieces = []
    for _ in range(3):
        t = np.arange(int(0.06 * rate_hz)) / rate_hz
        ring = sum(np.sin(2 * np.pi * rng.uniform(150, 1200) * t) for _ in range(4))
        pieces += [ring * np.exp(-t / 0.012), np.zeros(int(rate_hz * rng.uniform(0.1, 0.25)))]
    return _pcm(np.concatenate(pieces))


def breath(seed: int, rate_hz: int = 8000) -> Pcm:
    """Air blown into the microphone for most of a second."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal(int(rate_hz * rng.uniform(0.5, 0.9)))
    return _pcm(_formants(noise, rate_hz, 1.0) * np.hanning(noise.size))


def typing(seed: int, rate_hz: int = 8000, seconds: float = 2.0) -> Pcm:
    """A keyboard: clicks of a few milliseconds, eight a second."""
    rng = np.random.default_rng(seed)
    sound = np.zeros(int(rate_hz * seconds))
    at = 0
    while (at := at + int(rate_hz * rng.uniform(0.07, 0.18))) < sound.size - rate_hz // 50:
        click = rng.standard_normal(rate_hz // 50) * np.exp(-np.arange(rate_hz // 50) / (0.002 * rate_hz))
        sound[at : at + click.size] += click * rng.uniform(0.3, 1)
    return _pcm(sound)


def hum(seed: int, rate_hz: int = 8000, seconds: float = 3.0) -> Pcm:
    """A bad cable: 50 or 60 Hz with its overtones."""
    base = 50 if seed % 2 else 60
    t = np.arange(int(rate_hz * seconds)) / rate_hz
    return _pcm(np.sum([np.sin(2 * np.pi * base * k * t) / k for k in range(1, 12)], axis=0), 0.1)


def mhm(seed: int, rate_hz: int = 8000) -> Pcm:
    """Lips closed: a hum, a breath through the nose, a hum that rises. The caller listens (back-channel)."""
    rng = np.random.default_rng(seed)
    low, high = sorted(rng.uniform(95, 230) * rng.uniform(0.9, 1.3, 2))
    first, gap, second = (
        int(rate_hz * rng.uniform(*span)) for span in ((0.1, 0.18), (0.04, 0.07), (0.18, 0.3))
    )
    pitch = np.concatenate((np.full(first + gap, low), np.linspace(low, high, second)))
    pulses = np.diff(np.floor(np.cumsum(pitch) / rate_hz), prepend=0)
    loud = np.concatenate((np.hanning(first), np.zeros(gap), np.hanning(second)))
    spectrum = np.fft.rfft(pulses * loud)
    hz = np.fft.rfftfreq(pulses.size, 1 / rate_hz)
    # A nasal has one strong resonance near 250 Hz and little above 1 kHz.
    nasal = 1 / (1 + ((hz - 250) / 100) ** 2) + 0.1 / (1 + ((hz - 1000) / 200) ** 2)
    return _pcm(np.fft.irfft(spectrum * nasal, pulses.size) + 0.0002 * rng.standard_normal(pulses.size), 0.3)


DISTURBANCES: Mapping[str, Callable[[int, int], Pcm]] = {
    "cough": cough,
    "music": music,
    "knock": knock,
    "breath": breath,
    "typing": typing,
    "hum": hum,
}
"""Made from a seed and a rate in Hz."""


def _note(hz: float, samples: int, rate_hz: int) -> Wave:
    t = np.arange(samples) / rate_hz
    tone: Wave = np.sum([np.sin(2 * np.pi * hz * k * t) / k**1.5 for k in range(1, 7)], axis=0)
    return tone * np.exp(-t / 0.4) * np.minimum(1, t / 0.008)


def _formants(source: Wave, rate_hz: int, scale: float) -> Wave:
    """Give a sound the throat's resonances, by its spectrum."""
    spectrum = np.fft.rfft(source)
    hz = np.fft.rfftfreq(source.size, 1 / rate_hz)
    gain = 0.08 + sum(
        height / (1 + ((hz - centre * scale) / width) ** 2)
        for centre, width, height in ((550, 150, 1.0), (1400, 250, 0.7), (2600, 400, 0.5))
    )
    shaped: Wave = np.fft.irfft(spectrum * gain, source.size)
    return shaped


def _pcm(sound: Wave, peak: float = PEAK) -> Pcm:
    pcm: Pcm = (sound / np.abs(sound).max() * peak * 32767).astype(np.int16)
    return pcm
