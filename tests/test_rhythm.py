"""How long a caller breathes."""

import pytest

from ivr_ari.dialogue.turn import Verdict
from ivr_ari.rhythm import LIMITS, REMEMBERED, Rhythm


def known() -> Rhythm:
    """Return the rhythm of a caller who has said a sentence without a pause."""
    rhythm = Rhythm()
    rhythm.fresh = False
    return rhythm


class TestRhythm:
    def test_the_first_sentence_may_hold_a_breath(self) -> None:
        """
        Whoever calls for two things breathes between them, and nothing is known of them yet.
        """
        rhythm = Rhythm()
        assert rhythm.wait_s("open") == LIMITS["open"].first > LIMITS["open"].most

        rhythm.paused(0.1)
        assert rhythm.wait_s("open") == LIMITS["open"].first
        assert rhythm.wait_s("closed") == LIMITS["closed"].usual
        assert rhythm.wait_s("growing") < LIMITS["growing"].usual

    @pytest.mark.parametrize("verdict", list(LIMITS))
    def test_usual_before_anything_is_known(self, verdict: Verdict) -> None:
        """
        And within its limits whatever becomes known.
        """
        rhythm = known()
        assert rhythm.wait_s(verdict) == LIMITS[verdict].usual

        for pause, limit in ((0.0, LIMITS[verdict].least), (9.0, LIMITS[verdict].most)):
            for _ in range(REMEMBERED):
                rhythm.paused(pause)
            assert rhythm.wait_s(verdict) == pytest.approx(limit)

    def test_one_long_pause_is_no_habit(self) -> None:
        """
        The caller looked for a card, once.
        """
        rhythm = known()
        for pause in (0.2, 0.22, 3.0, 0.21):
            rhythm.paused(pause)

        assert rhythm.wait_s("open") == pytest.approx(LIMITS["open"].least)

    def test_old_pauses_are_forgotten(self) -> None:
        """
        A caller who gets going is answered sooner again.
        """
        rhythm = known()
        rhythm.paused(0.5)
        rhythm.paused(0.5)
        for _ in range(REMEMBERED):
            rhythm.paused(0.1)

        assert rhythm.wait_s("open") == pytest.approx(LIMITS["open"].least)
