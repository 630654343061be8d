"""Ranges of days relative to Wednesday the 15th of July 2026."""

import pytest

from ivr_ari.understanding.almanac import Tense
from ivr_ari.understanding.ranges import find_ranges

TODAY = "2026-07-15"
RANGES = [
    ("from monday to friday", "2026-07-20/2026-07-24"),
    ("monday to friday", "2026-07-20/2026-07-24"),
    ("monday through friday", "2026-07-20/2026-07-24"),
    ("from um monday to uh friday", "2026-07-20/2026-07-24"),
    ("between monday and wednesday", "2026-07-20/2026-07-22"),
    ("from friday till monday", "2026-07-17/2026-07-20"),
    ("from tomorrow until sunday", "2026-07-16/2026-07-19"),
    ("tomorrow through saturday", "2026-07-16/2026-07-18"),
    ("from today to friday", "2026-07-15/2026-07-17"),
    ("between the third and the tenth of march", "2026-03-03/2026-03-10"),
    ("from the third to the tenth of march", "2026-03-03/2026-03-10"),
    ("from the third of march to the tenth", "2026-03-03/2026-03-10"),
    ("from march third to march tenth", "2026-03-03/2026-03-10"),
    ("march third to tenth", "2026-03-03/2026-03-10"),
    ("march third to the tenth", "2026-03-03/2026-03-10"),
    ("march third through march tenth", "2026-03-03/2026-03-10"),
    ("from march twenty eighth to april second", "2026-03-28/2026-04-02"),
    ("from the twenty eighth of march to the second of april", "2026-03-28/2026-04-02"),
    ("from the twenty eighth to the second of april", "2026-03-28/2026-04-02"),
    ("december twenty eighth through january third", "2026-12-28/2027-01-03"),
    ("from the third to the tenth", "2026-07-03/2026-07-10"),
    ("the twentieth to the twenty fifth", "2026-07-20/2026-07-25"),
    ("from the fifth till the ninth of next month", "2026-08-05/2026-08-09"),
    ("from today to the end of the month", "2026-07-15/2026-07-31"),
    ("between christmas and new year's", "2026-12-25/2027-01-01"),
    ("from june to august", "2026-06-01/2026-08-31"),
    ("this week", "2026-07-13/2026-07-19"),
    ("next week", "2026-07-20/2026-07-26"),
    ("last week", "2026-07-06/2026-07-12"),
    ("the week after next", "2026-07-27/2026-08-02"),
    ("the following week", "2026-07-20/2026-07-26"),
    ("this weekend", "2026-07-18/2026-07-19"),
    ("the weekend", "2026-07-18/2026-07-19"),
    ("next weekend", "2026-07-25/2026-07-26"),
    ("last weekend", "2026-07-11/2026-07-12"),
    ("the week of march third", "2026-03-02/2026-03-08"),
    ("the week of the twentieth", "2026-07-20/2026-07-26"),
    ("the next three days", "2026-07-15/2026-07-18"),
    ("the last two weeks", "2026-07-01/2026-07-15"),
    ("the past month", "2026-06-15/2026-07-15"),
    ("the last few days", "2026-07-12/2026-07-15"),
    ("the last three months", "2026-04-15/2026-07-15"),
    ("for three nights from the tenth of august", "2026-08-10/2026-08-13"),
    ("two weeks starting monday", "2026-07-20/2026-08-02"),
    ("five days starting tomorrow", "2026-07-16/2026-07-20"),
    ("three days beginning on the twentieth", "2026-07-20/2026-07-22"),
    ("until friday", "2026-07-15/2026-07-17"),
    ("since monday", "2026-07-13/2026-07-15"),
    ("the first week of august", "2026-08-01/2026-08-07"),
    ("the second week of august", "2026-08-08/2026-08-14"),
    ("the first two weeks of august", "2026-08-01/2026-08-14"),
    ("the last week of next month", "2026-08-25/2026-08-31"),
    ("all of august", "2026-08-01/2026-08-31"),
    ("the whole month of august", "2026-08-01/2026-08-31"),
    ("all next month", "2026-08-01/2026-08-31"),
]


@pytest.mark.parametrize(("said", "range_"), RANGES)
def test_ranges(said: str, range_: str) -> None:
    """Both ends are included, and all the words belong to the range."""
    words = said.split()

    (value,) = find_ranges(["perhaps", *words, "please"], TODAY)

    assert (value.kind, value.value) == ("range", range_)
    assert (value.first, value.last) == (1, len(words))


@pytest.mark.parametrize(
    ("said", "range_"),
    [
        ("on tuesday", "2026-07-21/2026-07-21"),
        ("tomorrow", "2026-07-16/2026-07-16"),
        ("the twentieth", "2026-07-20/2026-07-20"),
        ("in august", "2026-08-01/2026-08-31"),
        ("next month", "2026-08-01/2026-08-31"),
        ("the first of august", "2026-08-01/2026-08-01"),
    ],
)
def test_a_day_is_a_range_where_one_is_asked_for(said: str, range_: str) -> None:
    """A single day begins and ends the range; elsewhere it is a day and no range."""
    (value,) = find_ranges(said.split(), TODAY, asked=True)

    assert value.value == range_
    assert find_ranges(said.split(), TODAY) == ()


@pytest.mark.parametrize(
    ("said", "tense", "range_"),
    [
        ("from the third to the tenth", "future", "2026-08-03/2026-08-10"),
        ("from the twentieth to the twenty fifth", "past", "2026-06-20/2026-06-25"),
        ("from monday to friday", "past", "2026-07-13/2026-07-17"),
        ("march third to tenth", "future", "2027-03-03/2027-03-10"),
    ],
)
def test_tense(said: str, tense: Tense, range_: str) -> None:
    """What the question expects decides between months and years that were not said."""
    assert [value.value for value in find_ranges(said.split(), TODAY, tense)] == [range_]


@pytest.mark.parametrize(
    "said",
    [
        "from checking to savings",
        "from one to ten",
        "i was charged twice",
        "two weeks ago",
        "how long does it last",
        "monday and friday",
        "",
        "to friday",
    ],
)
def test_no_range(said: str) -> None:
    """Single days, numbers and other things between "from" and "to" are none."""
    assert find_ranges(said.split(), TODAY) == ()


MORE = [
    ("from august tenth for three nights", "2026-08-10/2026-08-13"),
    ("the second half of august", "2026-08-16/2026-08-31"),
    ("last quarter", "2026-04-01/2026-06-30"),
    ("this year", "2026-01-01/2026-12-31"),
    ("the whole week", "2026-07-13/2026-07-19"),
    ("the past week", "2026-07-08/2026-07-15"),
    ("from monday to friday no thursday", "2026-07-20/2026-07-23"),
    ("arriving august third leaving august tenth", "2026-08-03/2026-08-10"),
]


@pytest.mark.parametrize(("said", "span"), MORE)
def test_more_ways_to_name_a_range(said: str, span: str) -> None:
    """Nights from a day, parts of a year or month, and an end that is put right, seen from a Wednesday."""
    (value,) = find_ranges(said.split(), "2026-07-15")

    assert value.value == span
