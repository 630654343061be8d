"""What became of an interrupted prompt, from packets made by hand."""

import numpy as np

from ivr_ari.media.codecs import Pcm
from ivr_ari.robot.ear import Sound
from ivr_ari.robot.interrupting import find, follow
from ivr_ari.robot.timing import level_dbfs

FRAME = 160
WHOLE: Pcm = (np.random.default_rng(4).standard_normal(100 * FRAME) * 3000).astype(np.int16)
WHOLE[40 * FRAME : 50 * FRAME] = 0  # a pause of its own, 800 to 1000 ms


def heard(*gains: tuple[int, float]) -> list[Sound]:
    """The prompt's packets, with the gain from each packet's number on."""
    sounds, gain = [], 1.0
    changes = dict(gains)
    for number in range(100):
        gain = changes.get(number, gain)
        pcm = (WHOLE[number * FRAME : (number + 1) * FRAME] * gain).astype(np.int16)
        sounds.append(Sound(10 + 0.02 * number, pcm, level_dbfs(pcm)))
    return sounds


def test_its_own_pause_is_no_silence() -> None:
    """A prompt nobody touches is never down."""
    followed = follow(WHOLE, heard())
    assert followed.down_at(10) is None
    assert followed.silent_at(10) is None


def test_down_and_silent_are_told_apart() -> None:
    """18 dB from packet 20 on, nothing from packet 60 on."""
    followed = follow(WHOLE, heard((20, 10 ** (-18 / 20)), (60, 0.0)))
    assert followed.down_at(10) == 10 + 0.02 * 20
    assert followed.silent_at(10) == 10 + 0.02 * 60


def test_who_speaks_into_its_pause_need_not_wait_for_its_end() -> None:
    """Down from the onset on, if it comes back quieter from its own pause."""
    followed = follow(WHOLE, heard((45, 0.05)))
    assert followed.down_at(10.9) == 10 + 0.02 * 45


def test_twelve_decibels_are_not_enough() -> None:
    """Half down is not down."""
    assert follow(WHOLE, heard((20, 10 ** (-12 / 20)))).down_at(10) is None


def test_a_short_dip_is_not_down() -> None:
    """It must last 100 ms."""
    assert follow(WHOLE, heard((20, 0.05), (23, 1.0))).down_at(10) is None


def test_a_piece_is_found_where_it_is_from() -> None:
    """To the sample, also when it is weaker; what is from elsewhere is not found."""
    place = find(WHOLE, (WHOLE[5000:9000] * 0.3).astype(np.int16))
    assert place is not None
    assert place.at == 5000
    assert find(WHOLE, np.random.default_rng(9).integers(-3000, 3000, 4000).astype(np.int16)) is None
