"""Two values that belong together share out two roles."""

import pytest

from ivr_ari.events import Value
from ivr_ari.understanding.roles import Roles

ROLES = Roles(
    {"from": ["from", "between"], "until": ["to", "until"], "people": ["for"]},
    {"from": "time", "until": "time", "people": "number"},
    {},
)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("nine to ten", 0, 2),
        ("between nine and ten", 1, 3),
        ("from nine until ten", 1, 3),
    ],
)
def test_pairs(said: str, first: int, last: int) -> None:
    """What stands on the other side of "to", or behind the "and" of "between", has the other role."""
    words = said.split()
    values = [Value("time", "09:00", first, first), Value("time", "10:00", last, last)]

    assert [value.slot for value in ROLES.marked(words, values, "")] == ["from", "until"]


def test_numbers_of_nights_have_no_role() -> None:
    """ "For" in front of a number of nights does not make it one of people."""
    nights, people = ROLES.marked(
        ["for", "two", "nights", "for", "three"],
        [Value("number", "2", 1, 1), Value("number", "3", 4, 4)],
        "",
    )

    assert (nights.slot, people.slot) == ("", "people")


def test_counted_numbers_keep_their_slot() -> None:
    """What a number counts says more than the word in front, also where its slot is asked for."""
    (adults,) = ROLES.marked(["for", "two", "adults"], [Value("number", "2", 1, 2, slot="adults")], "adults")

    assert adults.slot == "adults"
