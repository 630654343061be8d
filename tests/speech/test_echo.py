"""Our own prompt coming back is told from a caller."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ivr_ari.speech.echo import Echo

FRAME = 160
Wave = npt.NDArray[np.float64]


def _voice(seed: int, frames: int) -> Wave:
    """Coloured noise in syllables, at about -20 dBFS."""
    rng = np.random.default_rng(seed)
    noise = np.convolve(rng.standard_normal(frames * FRAME), np.hanning(12), "same")
    syllables = 0.55 + 0.45 * np.sin(np.arange(noise.size) / 8000 * 2 * np.pi * (3 + seed % 3))
    voice: Wave = noise * syllables
    voice *= 12000 / np.abs(voice).max()
    return voice


def _ours(sent: Wave, heard: Wave) -> float:
    """The share of heard frames that are called ours, of those after the first 400 ms."""
    echo, found = Echo(), []
    for begin in range(0, sent.size, FRAME):
        echo.sent(sent[begin : begin + FRAME].astype("<i2").tobytes())
        found.append(echo.is_ours(heard[begin : begin + FRAME].astype("<i2").tobytes(), True))
    return float(np.mean(found[20:]))


def test_a_prompt_that_comes_back_is_ours() -> None:
    """18 dB weaker, 60, 300 and, the most there is, 400 ms later."""
    sent = _voice(1, 150)
    for delay_ms in (60, 300, 400):
        heard = np.roll(sent, delay_ms * 8) * 10 ** (-18 / 20)
        assert _ours(sent, heard) > 0.95


def test_a_room_returns_it_too() -> None:
    """A loudspeaker in a room, which goes on for 100 ms: after the first 400 ms nothing of it is a caller."""
    sent = _voice(1, 200)
    t = np.arange(800)
    room = np.random.default_rng(3).standard_normal(800) * np.exp(-t / 320) * 0.05
    room[10] = 1
    heard = np.roll(np.convolve(sent, room)[: sent.size], 960) * 10 ** (-20 / 20)
    assert _ours(sent, heard) > 0.95


def test_wideband_is_the_same() -> None:
    """At 16 kHz, 640 bytes a frame."""
    sent = _voice(1, 300)
    echo, found = Echo(16000), []
    heard = np.roll(sent, 100 * 16) * 10 ** (-18 / 20)
    for begin in range(0, sent.size, 2 * FRAME):
        echo.sent(sent[begin : begin + 2 * FRAME].astype("<i2").tobytes())
        found.append(echo.is_ours(heard[begin : begin + 2 * FRAME].astype("<i2").tobytes(), True))
    assert np.mean(found[20:]) > 0.95


def test_a_caller_is_not_ours() -> None:
    """Neither alone nor over the echo."""
    sent, caller = _voice(1, 150), _voice(2, 150)
    heard = np.roll(sent, 480) * 10 ** (-18 / 20)
    assert _ours(sent, caller) == 0
    assert _ours(sent, caller + heard) < 0.02


def test_nothing_is_ours_while_nothing_is_said() -> None:
    """Whatever is heard."""
    assert _ours(np.zeros(16000), _voice(1, 100)) == 0
