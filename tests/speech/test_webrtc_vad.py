"""Voice and silence on a telephone line."""

from __future__ import annotations

import pytest

from ivr_ari.speech.endpointer import Endpointer, Mark, Paused, VoiceBegan
from ivr_ari.speech.webrtc_vad import WebrtcVad

from .callers import Clip, clips, frames, line, sound_ms

SHORT = clips("b018", "b020", "b029", "b031", "b010")
PLAIN = clips("b002", "b003", "b005", "b016", "b024", "b026")


def heard(audio: bytes) -> list[tuple[int, Mark]]:
    """The marks of *audio* and when they were made, in ms of audio."""
    vad, endpointer = WebrtcVad(), Endpointer()
    found = []
    for frame in frames(audio):
        if mark := endpointer.frame(vad.voiced(frame)):
            found.append((endpointer.audio_ms, mark))
    return found


@pytest.mark.parametrize("clip", SHORT + PLAIN, ids=lambda clip: clip.file)
def test_voice_is_found_soon_and_its_end_too(clip: Clip) -> None:
    """
    The beginning is known within 200 ms of the first sound (above -45 dBFS) and dated to within 80 ms of it;
    the pause within 260 ms of the last sound, dated to within 100 ms.
    """
    begin, end = (1000 + ms for ms in sound_ms(clip))
    marks = heard(line(1000, clip, 600))
    when, began = marks[0]
    assert isinstance(began, VoiceBegan)
    assert abs(began.at_ms - begin) <= 80
    assert when <= begin + 200
    when, last = marks[-1]
    assert isinstance(last, Paused)
    assert abs(last.at_ms - end) <= 100
    assert when <= end + 260


@pytest.mark.parametrize("db", [-35.0, -50.0, -65.0])
def test_steady_noise_is_no_voice(db: float) -> None:
    """Not even loud noise, from the first second on."""
    assert heard(line(20_000, db=db)) == []


def test_digital_silence_is_no_voice() -> None:
    """A line without a single set bit, as some gateways send it."""
    assert heard(bytes(320 * 500)) == []


def test_voice_over_a_noisy_line_is_found() -> None:
    """Noise 16 dB below the voice: no word is missed, nothing else is taken for one."""
    for clip in SHORT + PLAIN:
        marks = heard(line(2000, clip, 600, db=-40.0))
        assert isinstance(marks[0][1], VoiceBegan), clip.file
        assert 1940 <= marks[0][1].at_ms <= 2200, clip.file


def test_two_callers_do_not_disturb_each_other() -> None:
    """A detector keeps what it learnt to itself: the same audio gives the same frames."""
    audio = line(500, PLAIN[0], 500)
    first, second = WebrtcVad(), WebrtcVad()
    loud = WebrtcVad()
    alone = [first.voiced(frame) for frame in frames(audio)]
    mixed = []
    for frame in frames(audio):
        loud.voiced(b"\x00\x70" * 160)
        mixed.append(second.voiced(frame))
    assert alone == mixed
