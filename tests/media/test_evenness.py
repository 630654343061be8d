"""Frames are taken out and put in where nobody hears it."""

from ivr_ari.media.evenness import Evenness


class TestEvenness:
    def test_nothing_is_changed_in_speech_or_in_a_pause_between_words(self) -> None:
        """Only silence that has lasted half a second gets shorter."""
        even = Evenness()

        counts = [even.count(quiet, 100.0) for quiet in [False] * 50 + [True] * 24 + [False] * 50]

        assert set(counts) == {1}

    def test_what_is_too_much_goes_one_frame_at_a_time(self) -> None:
        """Every 100 ms one, until it is gone."""
        even = Evenness()
        even.surplus_ms = 60.0

        counts = [even.count(True, even.surplus_ms) if even.surplus_ms >= 20 else 1 for _ in range(60)]

        assert counts.count(0) == 3
        assert even.surplus_ms == 0.0
