"""Sentences as words and letters."""

import numpy as np

from ivr_ari.understanding.lexical import lexical, rarity

EXAMPLES = ["my card was stolen", "my card has not come", "what is my balance"]


def test_rare_words_say_more() -> None:
    """Two sentences that share a rare word are nearer than two that share a frequent one."""
    said, rare, frequent = lexical(["my stolen", "was stolen", "my card"], rarity(EXAMPLES))

    assert said @ rare > said @ frequent > 0


def test_damaged_words_are_near() -> None:
    """A word of which some letters were heard stays near the word, a strange one is far."""
    whole, part, strange = lexical(["balance", "balanced", "zoo"], rarity(EXAMPLES))

    assert whole @ part > 0.5
    assert not strange.any()


def test_no_words() -> None:
    """Nothing said has a row of zeros, not of NaN."""
    (row,) = lexical([""], rarity(EXAMPLES))

    assert np.array_equal(row, np.zeros_like(row))
