"""The end of a question is bent upwards, and nothing else of it changes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from ivr_ari.prompts.periods import Floats, pitches
from ivr_ari.prompts.rising import Made, begin_of, risen, streamed
from tests.prompts.buzz import RATE_HZ, buzz

LEVEL = buzz(100, 100, 900)
FALLING = np.concatenate([buzz(110, 100, 500), buzz(100, 85, 400)])
HISS: Floats = np.random.RandomState(1).standard_normal(RATE_HZ // 5).astype(np.float32) * np.float32(0.05)
QUIET = np.zeros(RATE_HZ // 10, np.float32)
QUESTION = np.concatenate([FALLING, HISS, buzz(95, 85, 300), QUIET])
BEGIN = RATE_HZ // 2


def semitones(audio: Floats) -> float:
    """By how much the last 100 ms of voice are higher than the middle of all of it."""
    found, _ = pitches(audio, RATE_HZ)
    voiced = found[found > 0]
    return float(12 * np.log2(np.median(voiced[-20:]) / np.median(voiced)))


class TestRisen:
    @pytest.mark.parametrize("voice", [LEVEL, FALLING, np.concatenate([FALLING, QUIET])])
    def test_ends_high(self, voice: Floats) -> None:
        """
        A voice that stays level or falls ends some semitones above its middle.
        """
        assert semitones(voice) < 1.0
        assert 3.5 < semitones(risen(voice, BEGIN, RATE_HZ)) < 7.5

    def test_keeps_its_time_and_its_beginning(self) -> None:
        """
        As long as before, and not a sample differs before the rise.
        """
        made = risen(QUESTION, BEGIN, RATE_HZ)

        assert len(made) == len(QUESTION)
        assert np.array_equal(made[:BEGIN], QUESTION[:BEGIN])
        assert not np.array_equal(made, QUESTION)

    def test_what_has_no_pitch_stays(self) -> None:
        """
        Hissing sounds and silence are left as they are, between voices and alone.
        """
        made = risen(QUESTION, BEGIN, RATE_HZ)
        inside = slice(len(FALLING) + 800, len(FALLING) + len(HISS) - 800)

        assert np.array_equal(made[inside], QUESTION[inside])
        assert np.array_equal(risen(HISS, 0, RATE_HZ), HISS)
        assert np.array_equal(risen(QUIET, 0, RATE_HZ), QUIET)

    def test_what_rises_by_itself_is_left_alone(self) -> None:
        """
        A voice that asks as it should is not touched.
        """
        asking = np.concatenate([buzz(100, 100, 600), buzz(100, 170, 300)])

        assert np.array_equal(risen(asking, len(asking) * 2 // 3, RATE_HZ), asking)

    def test_nothing_clicks_and_the_level_stays(self) -> None:
        """
        Periods join without a step that the voice itself does not have, as loud as before.
        """
        made = risen(QUESTION, BEGIN, RATE_HZ)

        assert np.abs(np.diff(made)).max() < 1.1 * np.abs(np.diff(QUESTION)).max()
        power = [np.square(audio[BEGIN:]).mean() for audio in (made, QUESTION)]
        assert abs(10 * np.log10(power[0] / power[1])) < 1.0

    @pytest.mark.parametrize("length", [0, 1, 100, 700, 3000])
    def test_too_short_is_survived(self, length: int) -> None:
        """
        Whatever little there is comes back as long as it was.
        """
        assert len(risen(LEVEL[:length], 0, RATE_HZ)) == length


class TestStreamed:
    @pytest.mark.parametrize("size", [100, 3000, 7000, 10**6])
    @pytest.mark.parametrize("begin", [0, 5000, BEGIN, BEGIN + 1, len(QUESTION) - 10])
    def test_pieces_join_to_the_whole(self, size: int, begin: int) -> None:
        """
        However it is cut, and wherever it begins, it is what the whole gives.
        """
        audio = np.concatenate([LEVEL, LEVEL, QUESTION])
        rise, begin = len(LEVEL) * 2 + BEGIN, len(LEVEL) * 2 + begin
        pieces = list(streamed(cut(audio, size), rise, len(audio), RATE_HZ, begin))
        whole = np.concatenate([*streamed(cut(audio, len(audio)), rise, len(audio), RATE_HZ, 0)])

        assert np.array_equal(np.concatenate(pieces), whole[begin:])
        assert np.array_equal(whole[:rise], audio[:rise])

    def test_only_the_rise_waits(self) -> None:
        """
        What lies before it is passed on before the next piece is asked for.
        """
        asked: list[int] = []

        def made(at: int) -> Iterator[Floats]:
            for place in range(at, len(QUESTION), 1000):
                asked.append(place)
                yield QUESTION[place : place + 1000]

        pieces = streamed(made, BEGIN, len(QUESTION), RATE_HZ, 0)
        for number in range(BEGIN // 1000):
            assert len(next(pieces)) == 1000
            assert asked[-1] == number * 1000

    def test_a_rise_that_was_not_made_to_its_end_is_not_heard(self) -> None:
        """
        Cancelled, it ends with what was passed on already.
        """
        pieces = streamed(lambda at: iter([QUESTION[:14_000]]), BEGIN, len(QUESTION), RATE_HZ, 0)

        assert sum(map(len, pieces)) == BEGIN


def cut(audio: Floats, size: int) -> Made:
    """Return what yields *audio* in pieces from a sample on."""
    return lambda at: (audio[place : place + size] for place in range(at, len(audio), size))


@pytest.mark.parametrize(("accent_ms", "begin_ms"), [(0, 400), (500, 500), (650, 650), (900, 700)])
def test_rises_from_the_last_accent(accent_ms: int, begin_ms: int) -> None:
    """
    But not for longer than 600 ms, and not in less than 300.
    """
    assert begin_of(accent_ms, 1000, 1000) == begin_ms
