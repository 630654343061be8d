"""Ids of letters and digits as people spell them and recognisers write them."""

import pytest

from ivr_ari.understanding.ids import find_ids, spelled

ASKED = [
    ("a b one two oh four", "AB1204"),
    ("a b one two zero four", "AB1204"),
    ("a b twelve oh four", "AB1204"),
    ("a b dash twelve oh four", "AB1204"),
    ("a b hyphen one two oh four", "AB1204"),
    ("it's a b one two oh four", "AB1204"),
    ("my id is a b twelve zero four", "AB1204"),
    ("my i d is a b one two", "AB12"),
    ("yes it's um k seven seven q", "K77Q"),
    ("ay bee one two", "AB12"),
    ("bee see dee four five", "BCD45"),
    ("a be one two", "AB12"),
    ("zee ess tea one one", "ZST11"),
    ("jay kay ell nine", "JKL9"),
    ("eff gee aitch two two", "FGH22"),
    ("pee cue are three", "PQR3"),
    ("em en oh pee four", "MNOP4"),
    ("vee ex why five", "VXY5"),
    ("tee vee eight eight", "TV88"),
    ("b as in bravo", "B"),
    ("b as in boy nine nine", "B99"),
    ("d as in bravo nine", "B9"),
    ("m as in mary n as in nancy one hundred", "MN100"),
    ("a as in apple b as in boy seven seven", "AB77"),
    ("it is j as in juliet four four", "J44"),
    ("c for charlie four one two", "C412"),
    ("s for sugar t for tommy one double nine", "ST199"),
    ("d like david three", "D3"),
    ("f like in frank six", "F6"),
    ("p as peter nine", "P9"),
    ("z is for zebra two", "Z2"),
    ("a like alpha one", "A1"),
    ("double u nine nine", "W99"),
    ("double you four", "W4"),
    ("w w one", "WW1"),
    ("double a five", "AA5"),
    ("double l seven", "LL7"),
    ("triple s four two", "SSS42"),
    ("q q double seven", "QQ77"),
    ("h triple nine", "H999"),
    ("alpha bravo one two three four", "AB1234"),
    ("oscar one zero two", "O102"),
    ("romeo romeo five slash two", "RR52"),
    ("november mike forty two", "NM42"),
    ("victor sierra nine oh one", "VS901"),
    ("x ray four two", "X42"),
    ("x-ray two two", "X22"),
    ("whiskey tango foxtrot one", "WTF1"),
    ("papa lima twenty two thirty", "PL2230"),
    ("zed nine nine o four", "Z9904"),
    ("capital b seven", "B7"),
    ("q q one two dash eight", "QQ128"),
    ("a b and c four", "ABC4"),
    ("v i p seven", "VIP7"),
    ("one two three a b c", "123ABC"),
    ("four b four b", "4B4B"),
    ("nine nine x nine nine", "99X99"),
    ("ab1204", "AB1204"),
    ("eight zero nine", "809"),
    ("the letter a then one two three", "A123"),
    ("member number is l nine oh nine", "L909"),
    ("i think it's b four five six", "B456"),
    ("h j k l five to for", "HJKL524"),
    ("a b um twelve and then oh four", "AB1204"),
    ("the code is a b no sorry a c twelve", "AC12"),
    ("a b one two no wait a b one four", "AB14"),
    ("c c four dot two", "CC42"),
    ("l as in london three fifty", "L350"),
    ("r t two thousand five", "RT2005"),
]


@pytest.mark.parametrize(("said", "id_"), ASKED)
def test_where_one_is_asked_for(said: str, id_: str) -> None:
    """Capitals and digits without separators; what leads in and a false start are no part of it."""
    (value,) = find_ids(said.split(), asked=True)

    assert (value.kind, value.value) == ("id", id_)


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        ("b o b one", ("BOB1", "B0B1")),
        ("o p q r", ("OPQR", "0PQR")),
        ("twenty two a", ("22A", "202A")),
    ],
)
def test_other_readings(said: str, readings: tuple[str, ...]) -> None:
    """What may be read otherwise keeps its other reading: an "o" among letters may be a zero."""
    (value,) = find_ids(said.split(), asked=True)

    assert (value.value, *value.alternatives) == readings


def test_the_wanted_length_chooses() -> None:
    """Of two readings the one of the wanted length comes first."""
    said = ["l", "twenty", "two"]

    assert find_ids(said, 3, 3, asked=True)[0].value == "L22"
    assert find_ids(said, 4, 4, asked=True)[0].value == "L202"


@pytest.mark.parametrize(
    "said",
    [
        "why are you asking",
        "i don't know",
        "what",
        "no",
        "you see",
        "",
        "um",
        "let me see",
        "i want to speak to a person",
    ],
)
def test_no_id(said: str) -> None:
    """Everyday words that sound like letters are none by themselves."""
    assert find_ids(said.split(), asked=True) == ()


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("where is my order a b one two oh four", "AB1204"),
        ("order c for charlie four one two hasn't come", "C412"),
        ("my policy is alpha bravo one two three", "AB123"),
        ("i was charged twice in march", ""),
        ("i need a refund for a b", ""),
        ("four one double oh seven", ""),
        ("can i see the four b flats", ""),
    ],
)
def test_where_none_is_asked_for(said: str, id_: str) -> None:
    """In any other turn only a long mix of letters and digits is an id."""
    assert [value.value for value in find_ids(said.split())] == ([id_] if id_ else [])


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("l o p e z", "lopez"),
        ("s m y t h", "smyth"),
        ("b oh double l", "boll"),
        ("m as in mary a y", "may"),
        ("double u o o d", "wood"),
        ("mike", ""),
        ("maria lopez", ""),
        ("a", ""),
    ],
)
def test_spelled_words(said: str, word: str) -> None:
    """Letters in a row spell a word; "mike" by itself is a man."""
    read = spelled(said.split(), 0)

    assert (read[0] if read else "") == word


def test_a_number_still_to_come() -> None:
    """The word "number" at the end adds nothing to the digits before it."""
    assert [value.value for value in find_ids(["one", "two", "number"], asked=True)] == ["12"]
