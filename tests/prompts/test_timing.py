"""When everything in a sentence is heard."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from ivr_ari.prompts.pronounced import Said
from ivr_ari.prompts.script import Phrase
from ivr_ari.prompts.timing import PACE, Floats, Timing, timed

HOP, RATE_HZ = 256, 22050
FRAME_MS = 1000 * HOP / RATE_HZ


def timing_of(*phrases: Phrase, mark_frames: float = 8.0, speed: float = 1.0) -> Timing:
    """Time words of five tokens each; between two words lies a silence of one token."""
    said = [Said(word, number) for number, phrase in enumerate(phrases) for word in phrase.words.split()]
    owners: list[int] = [-1]
    for number in range(len(said)):
        owners += [number] * 5 + [-1]
    lengths = np.where(np.array(owners) < 0, mark_frames, 8.0)
    return timed(said, np.array(owners), phrases, lengths, HOP, RATE_HZ, speed)


def lengths_of(timing: Timing) -> list[int]:
    return [word.end - word.begin for word in timing.words]


def heard(timing: Timing, begin: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """Play a voice that always says 0.5."""

    def made(at: int) -> Iterator[Floats]:
        rest = timing.frames * HOP - at
        for first in range(0, rest, 700):
            yield np.full(min(700, rest - first), 0.5, np.float32)

    return np.concatenate([*timing.played(made, begin), np.zeros(0, np.int16)])


def test_words_follow_one_another() -> None:
    """
    Each word has its place, its text and its phrase; none overlap.
    """
    timing = timing_of(Phrase("one two"), Phrase("three"))

    assert [(word.word, word.phrase) for word in timing.words] == [("one", 0), ("two", 0), ("three", 1)]
    edges = [edge for word in timing.words for edge in (word.begin, word.end)]
    assert edges == sorted(edges)
    assert timing.samples == len(heard(timing)) == timing.frames * HOP


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.25, 2.0])
def test_speed(speed: float) -> None:
    """
    Speed divides the length of all words, to a frame a sound.
    """
    assert lengths_of(timing_of(Phrase("one"), speed=speed)) == [5 * np.ceil(8.0 / (PACE * speed)) * HOP]


def test_pace_is_the_phrases_own() -> None:
    """
    A phrase at half the pace lasts twice as long; its neighbours stay.
    """
    plain = lengths_of(timing_of(Phrase("one"), Phrase("two"), Phrase("three")))
    slow = lengths_of(timing_of(Phrase("one"), Phrase("two", pace=50), Phrase("three")))

    assert slow[0] == plain[0]
    assert slow[1] == pytest.approx(2 * plain[1], abs=5 * HOP)
    assert slow[2] == plain[2]


def test_a_pause_is_exact() -> None:
    """
    A pause puts in as many samples of silence as were asked for, between its phrase and the next.
    """
    plain = timing_of(Phrase("one"), Phrase("two"))
    paused = timing_of(Phrase("one", pause_ms=300), Phrase("two"))
    gap = [timing.words[1].begin - timing.words[0].end for timing in (plain, paused)]

    assert gap[1] - gap[0] == paused.samples - plain.samples == 300 * RATE_HZ // 1000
    silent = np.flatnonzero(heard(paused) == 0)
    assert len(silent) == pytest.approx(300 * RATE_HZ / 1000, abs=2)
    assert paused.words[0].end < silent[0] < silent[-1] < paused.words[1].begin


def test_a_pause_begins_and_ends_without_a_click() -> None:
    """
    The voice dies away before a pause and comes back after it, in steps that nobody hears.
    """
    steps = np.abs(np.diff(heard(timing_of(Phrase("one", pause_ms=300), Phrase("two"))).astype(int)))

    assert steps.max() < 32768 / 200


def test_the_last_pause_is_made_elsewhere() -> None:
    """
    A pause behind the last word belongs between sentences, which are joined by others.
    """
    assert timing_of(Phrase("one", pause_ms=500)).samples == timing_of(Phrase("one")).samples


def test_stress_is_longer_and_louder() -> None:
    """
    A stressed phrase lasts a fifth longer and is 2.5 dB louder; its neighbours are as they were.
    """
    timing = timing_of(Phrase("one"), Phrase("two", stress=True), Phrase("three"))
    audio = heard(timing).astype(float)
    levels = [audio[(word.begin + word.end) // 2] for word in timing.words]

    assert lengths_of(timing)[1] > 1.15 * lengths_of(timing)[0]
    assert 20 * np.log10(levels[1] / levels[0]) == pytest.approx(2.5, abs=0.01)
    assert levels[0] == pytest.approx(levels[2], abs=1)
    assert np.abs(np.diff(audio)).max() < 100


def test_silences_are_bounded() -> None:
    """
    However long a voice would pause by itself: little before the first word and after the last, and no more
    than 450 ms inside.
    """
    timing = timing_of(Phrase("one two"), mark_frames=200.0)
    one, two = timing.words

    assert one.begin / RATE_HZ * 1000 <= 30
    assert (two.begin - one.end) / RATE_HZ * 1000 == pytest.approx(450, abs=FRAME_MS)
    assert (timing.samples - two.end) / RATE_HZ * 1000 <= 120 + 16 * FRAME_MS


@pytest.mark.parametrize("share", [0.0, 0.2, 0.35, 0.5, 0.7, 0.99, 1.0])
def test_played_from_anywhere(share: float) -> None:
    """
    What is played from a sample on is the rest of the whole, in the middle of a pause too.
    """
    timing = timing_of(Phrase("one", pause_ms=900), Phrase("two", pause_ms=100), Phrase("three", stress=True))
    begin = int(share * timing.samples)

    assert np.array_equal(heard(timing, begin), heard(timing)[begin:])


def test_played_from_every_edge_of_a_pause() -> None:
    """
    A sample more or less beside a pause makes no difference but itself.
    """
    timing = timing_of(Phrase("one", pause_ms=50), Phrase("two"))
    whole = heard(timing)
    [(place, length)] = timing.pauses

    for begin in (place - 1, place, place + 1, place + length - 1, place + length, place + length + 1):
        assert np.array_equal(heard(timing, begin), whole[begin:])


@pytest.mark.parametrize("frames", [1e4, float("inf")])
def test_no_sound_lasts_for_ever(frames: float) -> None:
    """
    A model that makes nonsense of nonsense blocks nobody: a sound ends after a second.
    """
    said = (Said("one", 0),)
    timing = timed(said, np.array([-1, 0, -1]), (Phrase("one"),), np.full(3, frames), HOP, RATE_HZ, 1.0)

    assert timing.samples / RATE_HZ < 2.0


def test_loud_voices_do_not_wrap() -> None:
    """
    A sample beyond full scale is full scale.
    """
    timing = timing_of(Phrase("one"))
    [piece] = timing.played(lambda at: iter([np.full(10, 1.7, np.float32)]), 0)

    assert piece.tolist() == [32767] * 10
