"""How words sound, and how alike."""

import pytest

from ivr_ari.understanding.letter_sounds import sound_out
from ivr_ari.understanding.pronunciations import (
    PHONES,
    alike,
    coded,
    far_apart,
    phone_distance,
    pronounce,
    pronunciations,
)


def test_dictionary_gives_every_way_of_saying_a_word() -> None:
    """
    "Read" has two pronunciations; the usual one is first.
    """
    assert pronunciations("read") == (("R", "EH", "D"), ("R", "IY", "D"))


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("overcharging", "OW V ER CH AA R JH IH NG"),
        ("checkin", "CH EH K IH N"),
        ("kyndryl", "K IH N D R IH L"),
        ("Balance", "B AE L AH N S"),
    ],
)
def test_unknown_words_have_a_sound_too(word: str, phones: str) -> None:
    """
    Endings, compounds and names no dictionary has are put together or sounded out; case does not count.
    """
    assert pronounce(word) == tuple(phones.split())


@pytest.mark.parametrize(
    ("word", "phones"),
    [("nation", "N EY SH AH N"), ("phone", "F OW N"), ("city", "S IH T IY"), ("stopped", "S T AA P T")],
)
def test_spelling_sounds_by_rule(word: str, phones: str) -> None:
    """
    Letters are read with their neighbours: a soft c, a long vowel before a silent e.
    """
    assert sound_out(word) == tuple(phones.split())


def test_letters_of_no_sound_are_silent() -> None:
    """
    What is no English letter is passed over; nothing has no phones.
    """
    assert sound_out("9-9") == sound_out("") == ()


def test_distances_are_distances() -> None:
    """
    A phone is at 0 from itself, no pair is further than 1, and both ways are as long.
    """
    for one in PHONES:
        for other in PHONES:
            there = phone_distance(one, other)
            assert 0 <= there <= 1
            assert there == phone_distance(other, one)
            assert (there == 0) == (one == other)


def test_sounds_the_telephone_confuses_are_near() -> None:
    """
    s and f, m and n, p and b are nearer than s and m; "pin" than "pawn" is to "pen".
    """
    assert max(phone_distance("S", "F"), phone_distance("M", "N"), phone_distance("P", "B")) < 0.5
    assert phone_distance("S", "M") > 0.5
    assert phone_distance("IH", "EH") < phone_distance("IH", "AO")


def test_words_run_together_sound_alike() -> None:
    """
    "check in account" is nearly "checking account", which "savings account" is not.
    """
    wanted = pronounce("checking account")

    assert alike(pronounce("check in account"), wanted) > 0.9
    assert alike(pronounce("savings account"), wanted) < 0.8


def test_nothing_is_like_nothing_only() -> None:
    """
    No phones are like no phones; a lost phone costs at most one.
    """
    assert alike((), ()) == 1
    assert far_apart(("P",), ()) == far_apart((), ("P",)) == 0.9


def test_codes_are_one_letter_a_phone() -> None:
    """
    Programs that compare strings can compare sounds.
    """
    assert len({coded((phone,)) for phone in PHONES}) == len(PHONES)
    assert len(coded(pronounce("checking"))) == 5
