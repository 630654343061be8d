"""What a pressed key looks like on the wire."""

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.robot.keys import KEYS, key_frames, key_tone, read_key


class TestKeyFrames:
    def test_duration_grows_and_the_end_is_sent_three_times(self) -> None:
        """
        RFC 4733, 2.5.1: five packets of 20 ms hold the key, three equal ones let it go.
        """
        frames = [frame.payload.hex() for frame in key_frames("5", hold_ms=100)]

        assert frames[:5] == ["050a00a0", "050a0140", "050a01e0", "050a0280", "050a0320"]
        assert frames[5:] == ["058a0320"] * 3

    def test_first_and_last_are_marked_once(self) -> None:
        """
        The first gets the marker bit, the first end packet is when the key was let go.
        """
        frames = list(key_frames("#"))

        assert [frame.first for frame in frames].index(True) == 0
        assert [frame.last for frame in frames].index(True) == 5
        assert sum(frame.first for frame in frames) == sum(frame.last for frame in frames) == 1

    @pytest.mark.parametrize("key", KEYS)
    def test_every_key_is_read_back(self, key: str) -> None:
        """
        What is written for a key is read as that key.
        """
        payloads = [frame.payload for frame in key_frames(key)]

        assert read_key(payloads[0]) == (key, False)
        assert read_key(payloads[-1]) == (key, True)

    @pytest.mark.parametrize("key", ["E", "", "12", " "])
    def test_no_such_key_is_refused(self, key: str) -> None:
        """
        A wrong script is told so before anything is sent.
        """
        with pytest.raises(SetupError) as caught:
            next(key_frames(key))

        assert caught.value.code == "robot.key"

    @pytest.mark.parametrize("payload", [b"", b"\x01\x02", b"\xff\x00\x00\x00"])
    def test_rubbish_is_no_key(self, payload: bytes) -> None:
        """
        Short payloads and events that are no keys are passed over.
        """
        assert read_key(payload)[0] == ""


class TestKeyTone:
    def test_a_key_sounds_in_its_row_and_column(self) -> None:
        """
        ITU-T Q.23: 8 is 852 Hz and 1336 Hz, at any rate of samples.
        """
        for rate_hz in (8000, 16000):
            tone = key_tone("8", 1000, rate_hz)
            strongest = np.argsort(np.abs(np.fft.rfft(tone)))[-2:]

            assert sorted(strongest) == [852, 1336]

    def test_no_such_key_is_refused(self) -> None:
        """
        As for events.
        """
        with pytest.raises(SetupError, match=r"robot\.key"):
            key_tone("E", 100, 8000)
