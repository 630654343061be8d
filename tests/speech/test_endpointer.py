"""Where voice begins, pauses and goes on, frame by frame."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.speech.endpointer import Endpointer, Mark, Paused, Resumed, VoiceBegan

FRAMES = st.lists(st.booleans(), max_size=400)


def marks(pattern: str) -> list[Mark]:
    """What an endpointer says to a pattern of ``#`` (voiced) and ``.`` (not), 20 ms each."""
    endpointer = Endpointer()
    return [mark for sign in pattern if (mark := endpointer.frame(sign == "#"))]


def test_voice_begins_where_its_first_frame_lay() -> None:
    """A turn begins after 100 ms of voice, and is dated back to the first voiced frame."""
    assert marks("...#####") == [VoiceBegan(60)]
    assert marks("...####") == []


def test_a_click_begins_no_turn() -> None:
    """Bursts of up to 80 ms with silence between them are no voice."""
    assert marks("..####....##....###...####...") == []


def test_a_frame_the_detector_missed_does_not_hide_a_word() -> None:
    """Voice may have holes: five frames of seven are enough."""
    assert marks("..##.##.#") == [VoiceBegan(40)]


def test_pause_is_reported_once_after_160_ms_and_dated_back() -> None:
    """The pause begins with the first silent frame."""
    assert marks("#####" + "." * 30) == [VoiceBegan(0), Paused(100)]
    assert marks("#####" + "." * 7) == [VoiceBegan(0)]


def test_a_click_in_a_silence_does_not_delay_the_pause() -> None:
    """One voiced frame is a click, two in a row are speech."""
    assert marks("#####...#....") == [VoiceBegan(0), Paused(100)]
    assert marks("#####...##....") == [VoiceBegan(0)]


def test_voice_after_a_pause_resumes_the_turn() -> None:
    """60 ms are enough, dated back to the first of them; a click is not."""
    assert marks("#####........#...###") == [VoiceBegan(0), Paused(100), Resumed(340)]


def test_after_the_end_of_a_turn_voice_begins_another() -> None:
    """Once the turn was ended by those who decide, the next voice is a beginning."""
    endpointer = Endpointer()
    found = [endpointer.frame(sign == "#") for sign in "#####........"]
    endpointer.end_turn()
    found += [endpointer.frame(sign == "#") for sign in "..#####"]
    assert [mark for mark in found if mark] == [VoiceBegan(0), Paused(100), VoiceBegan(300)]


def test_silence_grows_from_the_last_voice() -> None:
    """Silence is counted from the first silent frame, also before anybody has spoken."""
    endpointer = Endpointer()
    endpointer.frame(False)
    assert endpointer.silence_ms == 20
    for sign in "#####":
        endpointer.frame(sign == "#")
    assert endpointer.silence_ms == 0
    for _ in range(20):
        endpointer.frame(False)
    assert endpointer.silence_ms == 400


@given(FRAMES)
def test_marks_alternate(frames: list[bool]) -> None:
    """Whatever comes in: a beginning first, then pauses and resumptions in turn, in the order of time."""
    endpointer = Endpointer()
    found = [mark for frame in frames if (mark := endpointer.frame(frame))]
    kinds = [type(mark) for mark in found]
    assert kinds == [VoiceBegan, *[Paused, Resumed] * len(found)][: len(found)]
    times = [mark.at_ms for mark in found]
    assert times == sorted(times)
    assert all(0 <= at_ms < endpointer.audio_ms for at_ms in times)
