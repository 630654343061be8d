"""Digit strings, cardinals and ordinals as people say them."""

import pytest

from ivr_ari.understanding.cardinals import find_cardinals
from ivr_ari.understanding.numbers import digit_readings, find_digits, find_ordinals
from ivr_ari.understanding.words import cardinal, ordinal, year

DIGIT_STRINGS = [
    ("double oh seven", "007"),
    ("four one double oh seven two three nine", "41007239"),
    ("triple nine", "999"),
    ("treble one two", "1112"),
    ("double four double five", "4455"),
    ("twenty two thirty five", "2235"),
    ("forty one hundred", "4100"),
    ("nineteen eighty two", "1982"),
    ("four ones", "1111"),
    ("three zeros five", "0005"),
    ("um four one um seven", "417"),
    ("four one dash two two", "4122"),
    ("one eight hundred five five five", "1800555"),
    ("seven thousand", "7000"),
    ("oh one oh two", "0102"),
    ("zero nought naught o", "0000"),
    ("niner five", "95"),
    ("ten eleven twelve", "101112"),
    ("five hundred and six", "506"),
    ("quadruple eight", "8888"),
]


@pytest.mark.parametrize(("said", "digits"), DIGIT_STRINGS)
def test_digit_strings(said: str, digits: str) -> None:
    """The plainest reading comes first."""
    (value,) = find_digits(said.split(), asked=True)

    assert value.value == digits


LENGTHS = [
    ("twenty two thirty five", (4, 4), "2235"),
    ("twenty two thirty five", (5, 5), "20235"),
    ("twenty two thirty five", (6, 6), "202305"),
    ("oh nine two zero one", (4, 4), "9201"),
    ("oh nine two zero one", (5, 5), "09201"),
    ("five hundred twelve", (3, 3), "512"),
    ("four for one to", (4, 4), "4412"),
    ("seven seven won ate", (4, 4), "7718"),
]


@pytest.mark.parametrize(("said", "wanted", "digits"), LENGTHS)
def test_length_decides(said: str, wanted: tuple[int, int], digits: str) -> None:
    """Of several readings the one with the wanted number of digits comes first."""
    (value,) = find_digits(said.split(), *wanted, asked=True)

    assert value.value == digits


def test_words_in_between_are_bridged() -> None:
    """Digits on both sides of other words are one string if only together they have the wanted length."""
    words = ["four", "one", "and", "then", "the", "rest", "double", "oh", "seven", "two", "three", "nine"]

    (value,) = find_digits(words, 8, 8, asked=True)

    assert (value.value, value.first, value.last) == ("41007239", 0, len(words) - 1)


def test_too_few_digits_are_unsure() -> None:
    """A beginning of the wanted string is a value, but a doubtful one."""
    (value,) = find_digits(["four", "one"], 8, 8, asked=True)

    assert value.value == "41"
    assert value.confidence < 0.6


@pytest.mark.parametrize(
    "said", ["oh and what's my balance", "transfer two hundred dollars", "number two", ""]
)
def test_no_dictation(said: str) -> None:
    """Where nobody asked, numbers that do not sound dictated are no digit string."""
    assert find_digits(said.split()) == ()


def test_lone_oh_is_an_exclamation() -> None:
    """An "oh" among other words is no zero even where digits are asked for."""
    assert find_digits(["oh", "i", "don't", "know"], asked=True) == ()


def test_readings_stay_few() -> None:
    """The number of readings is bounded, however many words there are."""
    assert len(digit_readings(("twenty two " * 40).split())) <= 9


CARDINALS = [
    ("zero", 0),
    ("seven", 7),
    ("nineteen", 19),
    ("forty two", 42),
    ("a hundred", 100),
    ("two hundred and fifty", 250),
    ("fifteen hundred", 1500),
    ("a thousand", 1000),
    ("one thousand two hundred and three", 1203),
    ("twenty five thousand", 25_000),
    ("three hundred twenty thousand and one", 320_001),
    ("two million five hundred thousand", 2_500_000),
]


@pytest.mark.parametrize(("said", "number"), CARDINALS)
def test_cardinals(said: str, number: int) -> None:
    """A whole number takes all its words."""
    words = said.split()

    assert cardinal(words, 0) == (number, len(words))


def test_neighbouring_numbers_stay_apart() -> None:
    """Two numbers in a row are two values."""
    assert [value.value for value in find_cardinals(["twenty", "five", "fifty"])] == ["25", "50"]


@pytest.mark.parametrize(("said", "found"), [("the other one", 0), ("one", 1), ("just one please", 1)])
def test_one_as_a_pronoun(said: str, found: int) -> None:
    """ "one" is a number only where one is asked for and no word before makes it a pronoun."""
    assert len(find_cardinals(said.split(), asked=True)) == found


ORDINALS = [
    ("first", 1),
    ("third", 3),
    ("twelfth", 12),
    ("fourteenth", 14),
    ("twentieth", 20),
    ("twenty first", 21),
    ("thirty second", 32),
    ("ninety ninth", 99),
]


@pytest.mark.parametrize(("said", "number"), ORDINALS)
def test_ordinals(said: str, number: int) -> None:
    """An ordinal takes all its words."""
    words = said.split()

    assert ordinal(words, 0) == (number, len(words))


def test_a_second_is_no_ordinal() -> None:
    """A moment is not a place in a row."""
    assert find_ordinals(["hold", "on", "a", "second"]) == ()
    assert [value.value for value in find_ordinals(["the", "second", "one"])] == ["2"]


YEARS = [("nineteen eighty two", 1982), ("twenty twenty six", 2026), ("two thousand four", 2004)]
YEARS += [("nineteen oh five", 1905), ("two thousand and ten", 2010), ("twenty ten", 2010)]


@pytest.mark.parametrize(("said", "number"), YEARS)
def test_years(said: str, number: int) -> None:
    """A year takes all its words."""
    words = said.split()

    assert year(words, 0) == (number, len(words))


@pytest.mark.parametrize(
    ("said", "least", "digits"),
    [
        ("six and then two nines", 0, "699"),
        ("one two three hold on four five six", 0, "123456"),
        ("won too three for", 4, "1234"),
        ("for for for for", 4, "4444"),
        ("forty one hundred seventy two thirty nine", 8, "41007239"),
    ],
)
def test_dictated_where_asked(said: str, least: int, digits: str) -> None:
    """Where digits are asked for, pauses and words that sound like digits belong to them."""
    (value,) = find_digits(said.split(), least, least, asked=True)

    assert value.value == digits


def test_last_digits_mended() -> None:
    """Digits behind a "no" take the place of the last ones, if all the digits were said."""
    said = "four one two eight no nine"

    assert [value.value for value in find_digits(said.split(), 4, 4, asked=True)] == ["4128", "4129"]
