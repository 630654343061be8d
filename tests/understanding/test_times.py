"""Times of day as people say them."""

import pytest

from ivr_ari.understanding.times import find_times

PLAIN = [
    ("half past three", "15:30"),
    ("quarter to nine", "08:45"),
    ("a quarter past twelve", "12:15"),
    ("ten minutes after four", "16:10"),
    ("twenty five to six in the evening", "17:35"),
    ("three thirty pm", "15:30"),
    ("three thirty p m", "15:30"),
    ("three thirty am", "03:30"),
    ("nine am", "09:00"),
    ("twelve am", "00:00"),
    ("twelve pm", "12:00"),
    ("noon", "12:00"),
    ("midnight", "00:00"),
    ("three o'clock", "15:00"),
    ("ten thirty in the morning", "10:30"),
    ("eight tonight", "20:00"),
    ("five in the afternoon", "17:00"),
    ("fifteen hundred hours", "15:00"),
    ("quarter to midnight", "23:45"),
]


@pytest.mark.parametrize(("said", "time"), PLAIN)
def test_plain_times(said: str, time: str) -> None:
    """A time with a sign of being one is found wherever it stands, with all its words."""
    words = ("let's say " + said).split()

    (value,) = find_times(words)

    assert value.value == time
    assert (value.first, value.last) == (2, len(words) - 1)


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("four", "16:00"),
        ("nine", "09:00"),
        ("ten oh five", "10:05"),
        ("three thirty", "15:30"),
        ("seven", "07:00"),
    ],
)
def test_numbers_where_asked(said: str, time: str) -> None:
    """Where a time is asked for, a number is one, in office hours; the other half of the day is kept."""
    (value,) = find_times(said.split(), asked=True)

    assert value.value == time
    assert len(value.alternatives) == 1
    assert find_times(said.split()) == ()


def test_prepositions_make_a_time() -> None:
    """ "after three" is a time though nobody asked; "after three days" is none."""
    assert [value.value for value in find_times(["any", "time", "after", "three"])] == ["15:00"]
    assert find_times(["after", "three", "days"]) == ()


def test_ranges_are_two_times() -> None:
    """ "from ten to five" is not ten minutes before five."""
    found = find_times(["from", "ten", "to", "five"], asked=True)

    assert [value.value for value in found] == ["10:00", "17:00"]


@pytest.mark.parametrize("said", ["at ten dollars", "i have two cards", "", "the fourth"])
def test_no_time(said: str) -> None:
    """Numbers of other things are no times."""
    assert find_times(said.split()) == ()
