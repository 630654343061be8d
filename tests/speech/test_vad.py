"""Somebody speaks, or it only sounds."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from ivr_ari.speech.echo import Echo
from ivr_ari.speech.endpointer import Endpointer, Paused
from ivr_ari.speech.vad import HOLD_MS, Vad
from tests.bench.disturbances import DISTURBANCES

from .callers import Clip, clips, duration_ms, frames, line, sound_ms

NEVER_MS = 1_000_000
SPOKEN = clips("b018", "b020", "b029", "b031", "b010", "b002", "b003", "b005", "b016")


def heard(audio: bytes) -> tuple[list[bool], list[bool]]:
    """Of each frame: is it a voice, does it sound?"""
    vad = Vad()
    both = [(vad.voiced(frame), vad.sounding) for frame in frames(audio)]
    return [voiced for voiced, _ in both], [sounding for _, sounding in both]


def began_ms(found: list[bool]) -> int:
    """The end of the frame at which three of four are true; far away if there is none."""
    runs = (end for end in range(4, len(found) + 1) if found[end - 1] and sum(found[end - 4 : end]) >= 3)
    return next((20 * end for end in runs), NEVER_MS)


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
        fooled += began_ms(heard(sound.astype("<i2").tobytes())[0]) < NEVER_MS
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


def over_echo(sound: bytes) -> list[bool]:
    """Of each frame: is it a voice, while our own prompt comes back 100 ms later and 18 dB weaker?"""
    prompt = np.frombuffer(line(*clips("b005"), *clips("b016"), *clips("b024")), "<i2")
    caller = np.frombuffer(sound, "<i2")
    heard = np.roll(prompt, 800)[: caller.size] * 10 ** (-18 / 20) + caller
    echo = Echo()
    vad = Vad(8000, echo)
    found = []
    for begin in range(0, caller.size - 159, 160):
        echo.sent(prompt[begin : begin + 160].tobytes())
        frame = np.clip(heard[begin : begin + 160], -32768, 32767).astype("<i2")
        found.append(vad.voiced(frame.tobytes()))
    return found


def test_our_own_echo_is_no_voice_and_makes_no_cough_one() -> None:
    """Though the echo is speech, and the network would say so."""
    for seed in range(4):
        silence = np.zeros(24_000, np.int16)
        coughed = np.concatenate((silence, DISTURBANCES["cough"](seed, 8000), silence[:8000]))
        assert began_ms(over_echo(coughed.astype("<i2").tobytes())) == NEVER_MS, seed


def test_a_caller_over_our_echo_is_a_voice() -> None:
    """Double talk: confirmed within 300 ms."""
    for clip in SPOKEN[:4]:
        begin = 3000 + sound_ms(clip)[0]
        assert begin - 40 <= began_ms(over_echo(line(3000, clip, 500))) <= begin + 300, clip.file


def pauses(audio: bytes) -> list[int]:
    """When pauses were seen, in ms of audio."""
    vad, endpointer = Vad(), Endpointer()
    marks = [(endpointer.frame(vad.voiced(frame)), endpointer.audio_ms) for frame in frames(audio)]
    return [at_ms for mark, at_ms in marks if isinstance(mark, Paused)]


def test_over_noise_a_voice_is_held_and_on_a_quiet_line_it_is_not() -> None:
    """Noise 14 dB below the caller delays the end of speech by no more than the hold; silence by nothing."""
    for clip in SPOKEN:
        end = 1000 + sound_ms(clip)[1]
        assert pauses(line(1000, clip, 1000))[-1] <= end + 260
        assert pauses(line(1000, clip, 1000, db=-38.0))[-1] <= end + 260 + HOLD_MS


def test_a_word_that_drowns_is_no_pause() -> None:
    """Of the gaps of 240 ms that are pauses on a quiet line, at least a quarter are none over noise."""
    quiet = noisy = 0
    for clip in SPOKEN:
        begin, end = sound_ms(clip)
        gap = 240 - begin - (duration_ms(clip) - end)
        if gap >= 0:
            quiet += len(pauses(line(1000, clip, gap, clip, 1000))) - 1
            noisy += len(pauses(line(1000, clip, gap, clip, 1000, db=-38.0))) - 1
    assert quiet > 0
    assert noisy <= quiet * 3 // 4
