"""What one caller's ear makes of heard and sent frames."""

import numpy as np

from ivr_ari.ear import Ear

RATE = 8000
SILENT = bytes(320)


def babble(seconds: float, seed: int = 1) -> list[bytes]:
    """A sound that no frame of which resembles another."""
    noise = np.random.default_rng(seed).normal(0, 3000, round(RATE * seconds))
    pcm = np.clip(noise, -32000, 32000).astype("<i2")
    return [pcm[at : at + 160].tobytes() for at in range(0, len(pcm) - 159, 160)]


class TestEar:
    def test_silence(self) -> None:
        """
        Nothing is heard in it, and nothing of it goes to the recogniser.
        """
        ear = Ear(RATE)
        for _ in range(50):
            ear.frame(SILENT)
            assert not ear.voiced
            assert not ear.sounding
            assert ear.piece(SILENT, listening=False) is None

    def test_what_lies_before_a_voice_goes_with_it(self) -> None:
        """
        The first piece holds the pre-roll and says where it begins.
        """
        ear = Ear(RATE)
        for _ in range(50):
            ear.piece(SILENT, listening=False)
        piece = ear.piece(b"\1" * 320, listening=True)

        assert piece is not None
        assert piece.at_ms < 1000
        assert piece.at_ms + len(piece.pcm) // 16 == 1020

    def test_what_is_forgotten_is_not_heard_later(self) -> None:
        """
        Keys as sound, a turn that was none.
        """
        ear = Ear(RATE)
        for _ in range(50):
            ear.piece(SILENT, listening=False)
        ear.forget()
        piece = ear.piece(b"\1" * 320, listening=True)

        assert piece is not None
        assert (piece.at_ms, len(piece.pcm)) == (1000, 320)

    def test_our_own_sound_is_not_the_callers(self) -> None:
        """
        What was sent comes back 100 ms later, 18 dB weaker: no frame of it counts.
        """
        ear, quiet = Ear(RATE), Ear(RATE)
        sent = babble(2)
        back = [SILENT] * 5 + [(np.frombuffer(pcm, "<i2") // 8).astype("<i2").tobytes() for pcm in sent]
        sounding = 0
        for ours, heard in zip([*sent, *[SILENT] * 5], back, strict=True):
            ear.sent(ours)
            ear.frame(heard)
            quiet.frame(heard)
            sounding += quiet.sounding
            assert not ear.sounding
        assert sounding
