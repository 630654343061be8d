"""Somebody speaks, or it only sounds."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from ivr_ari.speech.vad import Vad
from tests.bench.disturbances import DISTURBANCES

from .callers import Clip, clips, frames, line, sound_ms

SPOKEN = clips("b018", "b020", "b029", "b031", "b010", "b002", "b003", "b005", "b016")


def heard(audio: bytes) -> tuple[list[bool], list[bool]]:
    """Of each frame: is it a voice, does it sound?"""
    vad = Vad()
    both = [(vad.voiced(frame), vad.sounding) for frame in frames(audio)]
    return [voiced for voiced, _ in both], [sounding for _, sounding in both]


def began_ms(found: list[bool]) -> int:
    """The end of the frame at which three of four are true; far away if there is none."""
    runs = (end for end in range(4, len(found) + 1) if found[end - 1] and sum(found[end - 4 : end]) >= 3)
    return 20 * next(runs, 1_000_000)


@pytest.mark.parametrize("clip", SPOKEN, ids=lambda clip: clip.file)
def test_a_voice_is_suspected_and_then_confirmed(clip: Clip) -> None:
    """Within 100 ms of its first sound above -45 dBFS something sounds, within 220 ms it is a voice."""
    voiced, sounding = heard(line(1000, clip, 500))
    begin = 1000 + sound_ms(clip)[0]
    assert began_ms(sounding) <= begin + 100
    assert began_ms(voiced) <= begin + 220
    assert began_ms(voiced) >= began_ms(sounding) >= begin - 40


@pytest.mark.parametrize("kind", DISTURBANCES)
def test_what_is_no_voice_is_none(kind: str) -> None:
    """Coughs, music, knocks, breath, typing, hum: at most one of six passes for a voice."""
    fooled = 0
    for seed in range(6):
        sound = np.concatenate((np.zeros(8000, np.int16), DISTURBANCES[kind](seed, 8000)))
        fooled += began_ms(heard(sound.astype("<i2").tobytes())[0]) < 1_000_000
    assert fooled <= 1


def test_music_sounds_once_and_then_is_doubted() -> None:
    """The network's no makes the quick detector's yes worth nothing until the music is over."""
    sound = np.concatenate((np.zeros(8000, np.int16), DISTURBANCES["music"](3, 8000)))
    sounding = heard(sound.astype("<i2").tobytes())[1]
    assert began_ms(sounding) < 1400
    assert not any(sounding[100:])


def test_a_caller_over_music_is_heard() -> None:
    """The music is 15 dB below: the caller is confirmed as soon as without it."""
    speech = np.frombuffer(line(2000, SPOKEN[0], 500), "<i2").astype(np.int32)
    music = np.resize(DISTURBANCES["music"](1, 8000), speech.size) // 12
    voiced, _ = heard(np.clip(speech + music, -32768, 32767).astype("<i2").tobytes())
    begin = 2000 + sound_ms(SPOKEN[0])[0]
    assert begin - 40 <= began_ms(voiced) <= begin + 300


def test_wideband_is_the_same() -> None:
    """At 16 kHz, 640 bytes a frame."""
    narrow = np.frombuffer(line(1000, SPOKEN[0], 500), "<i2")
    wide = np.clip(np.rint(soxr.resample(narrow.astype(np.float64), 8000, 16000)), -32768, 32767)
    pcm, vad = wide.astype("<i2").tobytes(), Vad(16000)
    voiced = [vad.voiced(pcm[begin : begin + 640]) for begin in range(0, len(pcm) - 639, 640)]
    begin = 1000 + sound_ms(SPOKEN[0])[0]
    assert begin - 40 <= began_ms(voiced) <= begin + 220
