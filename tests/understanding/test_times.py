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


SPANS = [
    ("between nine and half past ten", ["09:00", "10:30"]),
    ("from five to eight p m", ["17:00", "20:00"]),
    ("between eleven thirty and two", ["11:30", "14:00"]),
]


@pytest.mark.parametrize(("said", "times"), SPANS)
def test_spans_agree(said: str, times: list[str]) -> None:
    """The ends of a span lie in one order; a half of the day said once is that of both."""
    assert [value.value for value in find_times(said.split())] == times


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("in ten minutes", "14:30"),
        ("half an hour ago", "13:50"),
        ("in an hour and a half", "15:50"),
        ("two hours from now", "16:20"),
    ],
)
def test_from_now(said: str, time: str) -> None:
    """Where the time of the call is known, times may be counted from it; else they are none."""
    (value,) = find_times(said.split(), now="14:20")

    assert value.value == time
    assert find_times(said.split()) == ()


HOURS = [("07:00", "15:00"), ("12:00", "15:00"), ("00:00", "03:00"), ("20:00", "03:00")]


@pytest.mark.parametrize(("hours_from", "time"), HOURS)
def test_hours_of_the_slot(hours_from: str, time: str) -> None:
    """What the slot means decides between the halves of the day."""
    (value,) = find_times(["at", "three"], hours_from=hours_from)

    assert value.value == time


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("ten to nine at night", "20:50"),
        ("two at night", "02:00"),
        ("tomorrow morning at nine", "09:00"),
        ("tomorrow evening at seven", "19:00"),
        ("twenty five past seventeen", "17:25"),
        ("half nine", "09:30"),
    ],
)
def test_parts_of_the_day(said: str, time: str) -> None:
    """Words before or behind a time tell the half of the day."""
    (value,) = find_times(said.split())

    assert value.value == time


def test_one_night_is_no_time() -> None:
    """A number of nights is no hour of the night."""
    assert find_times(["one", "night", "please"]) == ()
