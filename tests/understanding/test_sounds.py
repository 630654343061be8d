"""Phrases that sound like words that were heard."""

from __future__ import annotations

import pytest

from ivr_ari.understanding.pronunciations import pronounce
from ivr_ari.understanding.sounds import SoundIndex

PHRASES = ("checking account", "savings account", "credit card", "doctor maria lopez", "general hospital")


@pytest.fixture(scope="module")
def index() -> SoundIndex:
    return SoundIndex([phrase.split() for phrase in PHRASES], pronounce)


def nearest(index: SoundIndex, heard: str, *, parts: bool = False) -> str:
    words = heard.split()
    return PHRASES[index.nearest(words, range(len(words)), parts=parts)[0].at]


@pytest.mark.parametrize(
    ("heard", "phrase"),
    [
        ("check in a count", "checking account"),
        ("savings a count", "savings account"),
        ("credit guard", "credit card"),
        ("doctor maria low pez", "doctor maria lopez"),
        ("to general hospital please", "general hospital"),
    ],
)
def test_nearest(index: SoundIndex, heard: str, phrase: str) -> None:
    """The phrase that sounds most like some stretch of the words comes first."""
    assert nearest(index, heard) == phrase


def test_place_and_likeness(index: SoundIndex) -> None:
    """What is found says which words it was, and that it sounds the same."""
    near = index.nearest(["my", "checking", "account", "please"], [0, 1, 2, 3])[0]

    assert (near.first, near.last, near.likeness) == (1, 2, 1.0)


def test_words_passed_over(index: SoundIndex) -> None:
    """Words that do not weigh are left out, and places are still those of the words."""
    near = index.nearest(["the", "credit", "uh", "card"], [1, 3])[0]

    assert (near.first, near.last, near.likeness) == (1, 3, 1.0)


def test_said_in_part(index: SoundIndex) -> None:
    """A rare word of a phrase may stand for it, where phrases may be said in part."""
    assert nearest(index, "i want lopez please", parts=True) == "doctor maria lopez"


def test_nothing(index: SoundIndex) -> None:
    """No words, or no phrases, are nothing to find."""
    assert index.nearest([], []) == []
    assert SoundIndex([], pronounce).nearest(["card"], [0]) == []


def test_letters_for_sounds() -> None:
    """A language that is written as it is spoken needs no pronunciations."""
    index = SoundIndex([("cuenta", "corriente"), ("tarjeta",)], tuple)

    assert index.nearest(["cuenta", "coriente"], [0, 1])[0].at == 0


def test_heard_words_are_not_kept() -> None:
    """A caller's words are sounded out again each time; those of the phrases only once."""
    sounded: list[str] = []

    def sounds(word: str) -> tuple[str, ...]:
        sounded.append(word)
        return tuple(word)

    index = SoundIndex([("cuenta",), ("cuenta", "corriente")], sounds)
    for _ in range(2):
        index.nearest(["cuenta", "lopez"], [0, 1])

    assert sorted(sounded) == ["corriente", "cuenta", "lopez", "lopez"]
