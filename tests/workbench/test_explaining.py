"""What is listened for is what the dialogue would listen for, and confidences belong to words."""

from __future__ import annotations

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.events import Expect, Word
from ivr_ari.workbench.explaining import asking_for, with_confidence
from ivr_ari.workbench.transcript import heard_words
from tests.small_call import FLOW


def test_asking_for_a_slot() -> None:
    """
    Its kind, its length, its choices.
    """
    expect = asking_for(FLOW, "number", "en", "2026-03-15")

    assert (expect.slot, expect.kinds, expect.digits) == ("number", ("digits",), (4, 6))
    assert asking_for(FLOW, "", "en", "2026-03-15") == Expect(language="en")


def test_asking_for_nothing_there_is() -> None:
    """
    The slots that there are are named.
    """
    with pytest.raises(SetupError, match="slots are number"):
        asking_for(FLOW, "colour", "en", "2026-03-15")


def test_confidence() -> None:
    """
    One figure for all words, or one for each; another count is a mistake.
    """
    heard = heard_words("my balance")

    assert with_confidence(heard, ()) == heard
    assert [word.confidence for word in with_confidence(heard, (0.5,)).words] == [0.5, 0.5]
    assert with_confidence(heard, (0.5, 0.9)).words == (
        Word("my", confidence=0.5),
        Word("balance", confidence=0.9),
    )
    with pytest.raises(SetupError, match="or 2: one for each word"):
        with_confidence(heard, (0.5, 0.9, 1))
