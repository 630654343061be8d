"""Telephone numbers as people say them. Numbers are those kept for fiction, or an authority's examples."""

import pytest

from ivr_ari.understanding.phones import find_phones
from ivr_ari.understanding.words import listed

CHICAGO = "3125550123"
NUMBERS = [
    ("three one two five five five oh one two three", CHICAGO),
    ("three one two five five five zero one two three", CHICAGO),
    ("area code three one two five five five oh one two three", CHICAGO),
    ("five five five oh one two three area code three one two", CHICAGO),
    ("five five five oh one two three area code is three one two", CHICAGO),
    ("the area code is three one two and the number is five five five oh one two three", CHICAGO),
    ("three one two triple five zero one two three", CHICAGO),
    ("three one two dash five five five dash oh one two three", CHICAGO),
    ("it's three one two um five five five um zero one two three", CHICAGO),
    ("my number is three one two five five five zero one two three", CHICAGO),
    ("you can reach me at three one two five five five oh one two three", CHICAGO),
    ("three twelve five five five oh one twenty three", CHICAGO),
    ("three twelve five fifty five oh one twenty three", CHICAGO),
    ("three one to five five five oh one two three", CHICAGO),
    ("three one two five five five oh one two three extension four two", CHICAGO),
    ("three one two five five five oh one two three ext nine", CHICAGO),
    ("plus one three one two five five five oh one two three", f"+1{CHICAGO}"),
    ("one three one two five five five oh one two three", f"+1{CHICAGO}"),
    ("one area code three one two five five five oh one two three", f"+1{CHICAGO}"),
    ("one eight hundred five five five one two three four", "+18005551234"),
    ("one eight hundred five five five twelve thirty four", "+18005551234"),
    ("eight hundred five five five twelve thirty four", "8005551234"),
    ("eight eight eight five five five one two three four", "8885551234"),
    ("five five five one two three four", "5551234"),
    ("double five nine four double oh seven", "5594007"),
    ("plus three four six one two three four five six seven eight", "+34612345678"),
    ("zero zero three four six one two three four five six seven eight", "+34612345678"),
    ("oh one one four four two oh seven nine four six oh nine five eight", "+442079460958"),
    ("plus four four twenty seven nine four six oh nine five eight", "+442079460958"),
    ("six oh two five five five no sorry six oh two five five five six one two one", "6025556121"),
    ("six one two three four five six seven eight", "612345678"),
    ("six twelve thirty four fifty six seventy eight", "612345678"),
    ("oh two oh seven nine four six oh nine five eight", "02079460958"),
]


@pytest.mark.parametrize(("said", "number"), NUMBERS)
def test_where_one_is_asked_for(said: str, number: str) -> None:
    """Groups are joined, the area code goes first, an extension is left out; a country code gives a plus."""
    (value,) = find_phones(said.split(), asked=True)

    assert (value.kind, value.value) == ("phone", number)


@pytest.mark.parametrize(("said", "number"), NUMBERS[:12])
def test_where_none_is_asked_for(said: str, number: str) -> None:
    """A whole number is found in any turn."""
    assert [value.value for value in find_phones(said.split())] == [number]


def test_an_exclamation_may_be_a_zero() -> None:
    """An "oh" in front is a zero, as numbers begin in many countries, and may be none."""
    said = "oh three one two five five five oh one two three"
    (value,) = find_phones(said.split(), asked=True)

    assert (value.value, value.alternatives) == (f"0{CHICAGO}", (CHICAGO,))


def test_a_beginning_is_unsure() -> None:
    """Too few digits are a value where they are asked for, for the rest may follow, and none elsewhere."""
    said = ["three", "one", "two", "five"]
    (value,) = find_phones(said, asked=True)

    assert (value.value, value.confidence) == ("3125", 0.6)
    assert find_phones(said) == ()


@pytest.mark.parametrize(
    "said", ["i was charged twenty dollars on march third", "no", "", "oh", "i don't have one", "two of them"]
)
def test_no_number(said: str) -> None:
    """Other numbers are no telephone numbers."""
    assert find_phones(said.split(), asked=True) == ()


def test_digits_said_anew() -> None:
    """A few digits behind "no" take the place of as many at the end."""
    (value,) = find_phones(listed("three one two five five five oh one two four no three"), asked=True)

    assert value.value == "3125550123"


def test_a_tree_is_a_three() -> None:
    """Beside a number, "tree" is hardly anything else."""
    (value,) = find_phones(listed("tree one two five five five oh one two tree"), asked=True)

    assert value.value == "3125550123"
