"""Keys pressed on a telephone that sends them as sound; and callers whose voice sounds like one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from ivr_ari.media.codecs import PCMU, Pcm
from ivr_ari.media.tones import COLUMNS_HZ, PAD, ROWS_HZ, UNSURE_MS, InbandKeys

CALLERS = Path(__file__).parents[1] / "data" / "callers"
KEYS = "0123456789*#ABCD"
RATES = pytest.mark.parametrize("rate_hz", [8000, 16_000])


def tone(
    key: str, ms: int, rate_hz: int = 8000, off: tuple[float, float] = (0, 0), high_db: float = 0.0
) -> Pcm:
    """A key for some ms; its tones off their frequency by these shares, the higher one louder by so much."""
    row = next(number for number, keys in enumerate(PAD) if key in keys)
    hz = (ROWS_HZ[row] * (1 + off[0]), COLUMNS_HZ[PAD[row].index(key)] * (1 + off[1]))
    at = np.arange(ms * rate_hz // 1000) * (2 * np.pi / rate_hz)
    both = np.sin(hz[0] * at) + 10 ** (high_db / 20) * np.sin(hz[1] * at)
    pcm: Pcm = (2500 * both).astype(np.int16)
    return pcm


def silence(ms: int, rate_hz: int = 8000) -> Pcm:
    return np.zeros(ms * rate_hz // 1000, np.int16)


def hear(ear: InbandKeys, *pieces: Pcm, rate_hz: int = 8000) -> tuple[str, list[bool]]:
    """Return the keys, and of which frames something was a tone."""
    pcm = np.concatenate(pieces)
    size = rate_hz // 50
    heard = [ear.frame(frame) for frame in pcm[: pcm.size // size * size].reshape(-1, size)]
    return "".join(keys for keys, _ in heard), [sounds for _, sounds in heard]


class TestTones:
    @RATES
    @pytest.mark.parametrize("key", KEYS)
    def test_every_key_is_heard_once(self, key: str, rate_hz: int) -> None:
        """
        However long it is held.
        """
        pieces = [silence(100, rate_hz), tone(key, 400, rate_hz), silence(400, rate_hz)]

        assert hear(InbandKeys(rate_hz), *pieces, rate_hz=rate_hz)[0] == key

    @pytest.mark.parametrize("begin", range(0, 160, 23))
    def test_40_ms_are_enough_wherever_they_begin(self, begin: int) -> None:
        """
        Q.24: a tone of 40 ms, and a pause of 40 ms.
        """
        pieces = [silence(100)[: 800 - begin]]
        for key in "1599#":
            pieces += [tone(key, 40), silence(45)]

        assert hear(InbandKeys(8000), *pieces, silence(400))[0] == "1599#"

    @pytest.mark.parametrize(("share", "heard"), [(0.015, True), (-0.015, True), (0.035, False)])
    def test_frequencies_may_be_off_a_little(self, share: float, heard: bool) -> None:
        """
        Q.24: 1.5 % is a key, 3.5 % is none.
        """
        for key in KEYS:
            found, _ = hear(InbandKeys(8000), tone(key, 100, off=(share, -share)), silence(400))
            assert found == (key if heard else ""), key

    @pytest.mark.parametrize("high_db", [-8.0, 4.0])
    def test_one_tone_may_be_louder(self, high_db: float) -> None:
        """
        Q.24: the higher one by 4 dB, the lower one by 8.
        """
        for key in KEYS:
            assert hear(InbandKeys(8000), tone(key, 100, high_db=high_db), silence(400))[0] == key, key

    def test_noise_15_db_below_does_not_hide_them(self) -> None:
        """
        Nor does the companding of G.711.
        """
        noise = np.random.default_rng(1)
        ear = InbandKeys(8000)
        pcm = np.concatenate([silence(60), tone("4", 80), silence(60), tone("2", 80), silence(400)])
        noisy = pcm + noise.standard_normal(pcm.size) * 2500 * 10 ** (-15 / 20)

        assert hear(ear, PCMU.decode(PCMU.encode(noisy.astype(np.int16))))[0] == "42"

    def test_other_tones_are_no_keys(self) -> None:
        """
        One tone alone, a dial tone, a chord.
        """
        at = np.arange(8000) * (2 * np.pi / 8000)
        for chord in ((697,), (1209,), (350, 440), (440, 554, 659), (697, 770, 1209), (697, 1209, 1477)):
            pcm = (2500 * np.sum([np.sin(hz * at) for hz in chord], axis=0)).astype(np.int16)
            assert hear(InbandKeys(8000), pcm, silence(400))[0] == "", chord

    @pytest.mark.parametrize("path", sorted(CALLERS.glob("*.flac"))[::6], ids=lambda path: path.stem)
    def test_nobody_presses_a_key_by_speaking(self, path: Path) -> None:
        """
        No caller of ours sounds like one, and nothing of what they say is taken for a tone.
        """
        pcm, _ = soundfile.read(path, dtype="int16")

        assert hear(InbandKeys(8000), pcm, silence(400)) == ("", [False] * ((pcm.size + 3200) // 160))

    def test_frames_with_a_tone_are_named(self) -> None:
        """
        So that nobody listens to them; the first 20 ms of a tone may be gone before it is known.
        """
        _, sounds = hear(InbandKeys(8000), silence(100), tone("5", 100), silence(100))

        assert sounds[6:10] == [True] * 4
        assert not any(sounds[:5])
        assert not any(sounds[13:])


class TestEventsOrTones:
    def test_the_first_keys_wait_until_it_is_clear_that_nobody_else_tells_them(self) -> None:
        """
        Then they come together, and later ones at once.
        """
        ear = InbandKeys(8000)
        first, _ = hear(ear, tone("4", 80), silence(80), tone("2", 80))
        waited, _ = hear(ear, silence(UNSURE_MS + 60))
        later, _ = hear(ear, tone("7", 60))

        assert (first, waited, later) == ("", "42", "7")
        assert not ear.told()

    def test_a_leg_that_has_events_has_no_tones(self) -> None:
        """
        The PBX has told the key: it is not told again.
        """
        ear = InbandKeys(8000)
        hear(ear, tone("4", 80), silence(80))

        assert ear.told()
