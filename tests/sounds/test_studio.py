"""A studio's WAV files become the audio of prompts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.prompts.level import TARGET_LUFS
from ivr_ari.prompts.loudness import loudness_lufs
from ivr_ari.sounds.studio import read_studio

from .studio_files import delivered, voice_like


@pytest.mark.parametrize("peak", [0.02, 0.3, 0.9])
@pytest.mark.parametrize(("rate_hz", "subtype"), [(8000, "PCM_16"), (44100, "PCM_24"), (48000, "FLOAT")])
def test_every_delivery_is_as_loud_as_every_prompt(
    tmp_path: Path, rate_hz: int, subtype: str, peak: float
) -> None:
    """
    Whatever rate, width and level it comes with, it leaves at both rates and at the loudness of all prompts.
    """
    samples = voice_like(2.0, rate_hz, peak)
    studio = read_studio(delivered(tmp_path / "hello.wav", samples, rate_hz, subtype))

    for rate, audio in studio.audio.items():
        pcm = np.frombuffer(audio, "<i2").astype(np.float32) / np.float32(32768)
        assert loudness_lufs(pcm, rate) == pytest.approx(TARGET_LUFS, abs=0.5)
        assert len(pcm) / rate == pytest.approx(2.0, abs=0.2)
    assert set(studio.audio) == {8000, 16000}
    assert not studio.clipped


def test_two_channels_are_mixed(tmp_path: Path) -> None:
    """
    A voice on the left channel only is heard all the same.
    """
    left = voice_like(1.0, 48000)
    both = np.stack([left, np.zeros_like(left)], axis=1)
    studio = read_studio(delivered(tmp_path / "hello.wav", both))

    assert np.abs(np.frombuffer(studio.audio[8000], "<i2")).max() > 1000


def test_silence_around_it_is_cut(tmp_path: Path) -> None:
    """
    Two seconds of room before the first word would be two seconds of waiting.
    """
    quiet = np.zeros(2 * 48000)
    studio = read_studio(
        delivered(tmp_path / "a.wav", np.concatenate([quiet, voice_like(1.0, 48000), quiet]))
    )

    assert len(studio.audio[8000]) / 16000 == pytest.approx(1.0, abs=0.3)


def test_too_loud_and_too_narrow_are_told(tmp_path: Path) -> None:
    """
    What was recorded with its peaks cut off stays so; 8 kHz is dull for who could hear more.
    """
    clipped = np.clip(3 * voice_like(1.0, 48000, 0.9), -1, 1)
    assert read_studio(delivered(tmp_path / "loud.wav", clipped)).clipped
    assert read_studio(delivered(tmp_path / "narrow.wav", None, 8000)).narrow
    usual = read_studio(delivered(tmp_path / "usual.wav", voice_like(1.0, 48000, 0.999)))
    assert (usual.clipped, usual.narrow) == (False, False)


@pytest.mark.parametrize(
    ("samples", "rate_hz", "why"),
    [
        (voice_like(1.0, 6000), 6000, "6000 Hz is too low"),
        (voice_like(0.05, 48000), 48000, "shorter than 0.1 s"),
        (np.zeros(48000), 48000, "nothing on it but silence"),
    ],
)
def test_what_can_be_no_prompt(tmp_path: Path, samples: np.ndarray, rate_hz: int, why: str) -> None:
    """
    What is wrong is said in words.
    """
    path = delivered(tmp_path / "hello.wav", samples, rate_hz)

    with pytest.raises(SetupError, match=why):
        read_studio(path)


def test_what_is_no_audio(tmp_path: Path) -> None:
    """
    A file can have any name.
    """
    path = tmp_path / "hello.wav"
    path.write_bytes(b"MZ")

    with pytest.raises(SetupError, match=r"recording\.unusable .*expected a WAV file"):
        read_studio(path)
