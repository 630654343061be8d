"""Amounts of money as people say them."""

import pytest

from ivr_ari.understanding.amounts import find_amounts

WITH_UNIT = [
    ("forty two dollars and nineteen cents", "42.19"),
    ("forty two dollars nineteen", "42.19"),
    ("a hundred bucks", "100.00"),
    ("two hundred dollars and fifty cents", "200.50"),
    ("a dollar fifty", "1.50"),
    ("a dollar", "1.00"),
    ("nineteen cents", "0.19"),
    ("five grand", "5000.00"),
    ("two and a half thousand dollars", "2500.00"),
    ("two and a half dollars", "2.50"),
    ("three dollars and a half", "3.50"),
    ("a couple of hundred dollars", "200.00"),
    ("a couple hundred bucks", "200.00"),
    ("fifteen hundred dollars", "1500.00"),
    ("forty two point one nine dollars", "42.19"),
    ("forty two nineteen dollars", "42.19"),
    ("one thousand two hundred pounds", "1200.00"),
    ("ninety nine euros and five cents", "99.05"),
]


@pytest.mark.parametrize(("said", "amount"), WITH_UNIT)
def test_with_a_unit(said: str, amount: str) -> None:
    """With a unit the words are plain wherever they stand, and all of them belong to the amount."""
    words = ("i paid " + said + " yesterday").split()

    (value,) = find_amounts(words)

    assert value.value == amount
    assert (value.first, value.last) == (2, len(words) - 2)


WITHOUT_UNIT = [
    ("twenty five fifty", "25.50", "2550.00"),
    ("nine ninety nine", "9.99", "999.00"),
    ("four oh five", "4.05", "405.00"),
    ("two fifty", "2.50", "250.00"),
    ("forty two nineteen", "42.19", "4219.00"),
]


@pytest.mark.parametrize(("said", "amount", "other"), WITHOUT_UNIT)
def test_prices(said: str, amount: str, other: str) -> None:
    """Two numbers in a row are a price; the whole number is the other reading."""
    (value,) = find_amounts(said.split(), asked=True)

    assert value.value == amount
    assert value.alternatives == (other,)


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("fifty", "50.00"),
        ("fifteen hundred", "1500.00"),
        ("seven point five", "7.50"),
        ("a hundred", "100.00"),
    ],
)
def test_bare_numbers_where_asked(said: str, amount: str) -> None:
    """Where an amount is asked for, a number is one."""
    (value,) = find_amounts(said.split(), asked=True)

    assert value.value == amount


@pytest.mark.parametrize(
    "said", ["fifty", "two cards", "nine two zero one", "i have a dog", "", "the hundred"]
)
def test_no_amount(said: str) -> None:
    """Where nobody asked, a number without unit is no amount, nor is a dictated string."""
    assert find_amounts(said.split()) == ()


def test_dictation_is_no_amount() -> None:
    """A string of digits is no amount even where one is asked for."""
    assert find_amounts(["nine", "two", "zero", "one"], asked=True) == ()


CURRENCIES = [
    ("fifty quid", "50.00", "GBP"),
    ("seventy three pounds", "73.00", "GBP"),
    ("forty euros", "40.00", "EUR"),
    ("three and a half thousand dollars", "3500.00", "USD"),
    ("fifty canadian dollars", "50.00", "CAD"),
    ("ninety nine pence", "0.99", "GBP"),
    ("fifty six point seven nine pounds", "56.79", "GBP"),
    ("a grand", "1000.00", ""),
    ("fifty cents", "0.50", ""),
]


@pytest.mark.parametrize(("said", "amount", "unit"), CURRENCIES)
def test_currency(said: str, amount: str, unit: str) -> None:
    """The currency that the words name goes with the amount; none is made up."""
    (value,) = find_amounts(said.split())

    assert (value.value, value.unit) == (amount, unit)


@pytest.mark.parametrize("said", ["between fifty and sixty dollars", "fifty or sixty dollars"])
def test_two_amounts_of_one_unit(said: str) -> None:
    """A unit said once is that of both amounts."""
    assert [(value.value, value.unit) for value in find_amounts(said.split())] == [
        ("50.00", "USD"),
        ("60.00", "USD"),
    ]


def test_counted_things_are_no_amounts() -> None:
    """Where an amount is asked for, a number of times or days is none."""
    said = "i went there five times and spent four hundred"

    assert [value.value for value in find_amounts(said.split(), asked=True)] == ["400.00"]
