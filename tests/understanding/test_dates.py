"""Days and months relative to Wednesday the 15th of July 2026."""

from datetime import date

import pytest

from ivr_ari.understanding.almanac import Tense
from ivr_ari.understanding.dates import find_dates

TODAY = "2026-07-15"

PLAIN = [
    ("today", "2026-07-15"),
    ("tomorrow", "2026-07-16"),
    ("yesterday", "2026-07-14"),
    ("the day after tomorrow", "2026-07-17"),
    ("day before yesterday", "2026-07-13"),
    ("tuesday", "2026-07-21"),
    ("thursday", "2026-07-16"),
    ("next tuesday", "2026-07-21"),
    ("next thursday", "2026-07-23"),
    ("last tuesday", "2026-07-14"),
    ("last friday", "2026-07-10"),
    ("this coming friday", "2026-07-17"),
    ("tuesday of next week", "2026-07-21"),
    ("friday last week", "2026-07-10"),
    ("a week from tuesday", "2026-07-28"),
    ("two weeks from friday", "2026-07-31"),
    ("a week from today", "2026-07-22"),
    ("a week from tomorrow", "2026-07-23"),
    ("three days ago", "2026-07-12"),
    ("a week ago", "2026-07-08"),
    ("in two weeks", "2026-07-29"),
    ("in a couple of days", "2026-07-17"),
    ("two weeks from now", "2026-07-29"),
    ("on the fourteenth", "2026-07-14"),
    ("tuesday the fourteenth", "2026-07-14"),
    ("friday the fourteenth", "2026-08-14"),
    ("the first of next month", "2026-08-01"),
    ("the third of last month", "2026-06-03"),
    ("march third", "2026-03-03"),
    ("the third of march", "2026-03-03"),
    ("march the third", "2026-03-03"),
    ("march three", "2026-03-03"),
    ("third march", "2026-03-03"),
    ("march third twenty twenty five", "2025-03-03"),
    ("march twenty", "2026-03-20"),
    ("march twenty twenty twenty five", "2025-03-20"),
    ("may fifth nineteen eighty two", "1982-05-05"),
    ("fifth of may eighty two", "1982-05-05"),
    ("the twelfth of june", "2026-06-12"),
    ("the third of october", "2026-10-03"),
    ("february twenty ninth twenty twenty four", "2024-02-29"),
    ("the end of the month", "2026-07-31"),
    ("the end of next month", "2026-08-31"),
    ("beginning of march", "2026-03-01"),
    ("christmas eve", "2026-12-24"),
    ("the fourth of july", "2026-07-04"),
    ("febuary third", "2026-02-03"),
]


@pytest.mark.parametrize(("said", "day"), PLAIN)
def test_days(said: str, day: str) -> None:
    """A day without tense is the one the words name, else the nearest."""
    words = said.split()

    (value,) = find_dates(words, TODAY)

    assert (value.kind, value.value) == ("date", day)
    assert value.last == len(words) - 1


MONTHS = [
    ("march", "2026-03"),
    ("in march", "2026-03"),
    ("last month", "2026-06"),
    ("this month", "2026-07"),
    ("next month", "2026-08"),
    ("two months ago", "2026-05"),
    ("a month ago", "2026-06"),
    ("in three months", "2026-10"),
    ("the month before last", "2026-05"),
    ("march twenty twenty five", "2025-03"),
    ("march of last year", "2025-03"),
    ("last march", "2026-03"),
    ("last july", "2025-07"),
    ("in may", "2026-05"),
    ("may", "2026-05"),
    ("december", "2026-12"),
    ("septemper", "2026-09"),
]


@pytest.mark.parametrize(("said", "month"), MONTHS)
def test_months(said: str, month: str) -> None:
    """A month without tense is the one the words name, else the nearest."""
    (value,) = find_dates(said.split(), TODAY)

    assert (value.kind, value.value) == ("month", month)


TENSES: list[tuple[str, Tense, str]] = [
    ("december", "past", "2025-12"),
    ("december", "future", "2026-12"),
    ("march", "past", "2026-03"),
    ("march", "future", "2027-03"),
    ("october third", "past", "2025-10-03"),
    ("october third", "future", "2026-10-03"),
    ("tuesday", "past", "2026-07-14"),
    ("tuesday", "future", "2026-07-21"),
    ("on the fourteenth", "future", "2026-08-14"),
    ("on the sixteenth", "past", "2026-06-16"),
]


@pytest.mark.parametrize(("said", "tense", "expected"), TENSES)
def test_tense_picks_the_year(said: str, tense: Tense, expected: str) -> None:
    """What the question expects decides between the past and the future."""
    (value,) = find_dates(said.split(), TODAY, tense)

    assert value.value == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("it was on the third of october", "2025-10-03"), ("book me for the third of october", "2026-10-03")],
)
def test_verbs_pick_the_year(said: str, expected: str) -> None:
    """Where the question leaves it open, the caller's verbs decide."""
    (value,) = find_dates(said.split(), TODAY)

    assert value.value == expected


def test_the_other_reading_is_kept() -> None:
    """A year that was guessed has an alternative, one that was said has none."""
    (guessed,) = find_dates(["march"], TODAY)
    (said,) = find_dates(["march", "twenty", "twenty", "five"], TODAY)

    assert guessed.alternatives == ("2027-03",)
    assert said.alternatives == ()


ASKED = [
    ("the fourteenth", "2026-07-14"),
    ("fourteenth", "2026-07-14"),
    ("three fourteen", "2026-03-14"),
    ("oh three fourteen nineteen eighty two", "1982-03-14"),
]


@pytest.mark.parametrize(("said", "day"), ASKED)
def test_bare_numbers_where_asked(said: str, day: str) -> None:
    """Where a day is asked for, an ordinal or month and day as numbers are one."""
    assert find_dates(said.split(), TODAY)[:1] == ()

    (value,) = find_dates(said.split(), TODAY, asked=("date",))

    assert value.value == day


def test_day_as_month_where_a_month_is_asked() -> None:
    """A day answers a question for a month."""
    (value,) = find_dates(["march", "third"], TODAY, asked=("month",))

    assert (value.kind, value.value) == ("month", "2026-03")


NONE = [
    "may i ask something",
    "hold on a second",
    "the first one",
    "i bought it last week",
    "a million months ago",
]


@pytest.mark.parametrize("said", [*NONE, "february thirtieth twenty twenty six", "", "the thirty second"])
def test_no_date(said: str) -> None:
    """Words that only look like a day or month, or name one that does not exist, are none."""
    assert [value for value in find_dates(said.split(), TODAY) if value.kind == "date"] == []


def test_leap_day_is_found_in_a_leap_year() -> None:
    """A day that the near years do not have is not made up."""
    assert [value.kind for value in find_dates(["february", "twenty", "ninth"], TODAY)] == ["month"]
    assert find_dates(["february", "twenty", "ninth"], "2028-01-10")[0].value == "2028-02-29"


NEAR = [
    ("monday week", "2026-07-27"),
    ("a fortnight today", "2026-07-29"),
    ("next week on tuesday", "2026-07-21"),
    ("the friday after next", "2026-07-31"),
    ("in three days' time", "2026-07-18"),
    ("the last friday in august", "2026-08-28"),
    ("the end of next week", "2026-07-24"),
    ("mid august", "2026-08-15"),
    ("saturday the fifth", "2026-09-05"),
    ("three august", "2026-08-03"),
    ("twenty twenty seven march third", "2027-03-03"),
]


@pytest.mark.parametrize(("said", "day"), NEAR)
def test_more_ways_to_name_a_day(said: str, day: str) -> None:
    """British and other ways to name a day, seen from a Wednesday."""
    (value,) = find_dates(said.split(), "2026-07-15", "future")

    assert (value.kind, value.value) == ("date", day)


def test_other_side_of_today() -> None:
    """The reading on the other side of today is kept, so that a slot may choose by what it means."""
    (value,) = find_dates(["on", "the", "fourteenth"], "2026-07-15", "past")

    assert (value.value, value.alternatives) == ("2026-07-14", ("2026-08-14",))


def test_that_weekday() -> None:
    """ "That wednesday" is the one behind the day named before."""
    said = "from the twentieth until that wednesday"

    assert [value.value for value in find_dates(said.split(), "2026-07-15", "future")] == [
        "2026-07-20",
        "2026-07-22",
    ]


@pytest.mark.parametrize(("said", "day"), [("since march", "2026-03-01"), ("until august", "2026-08-31")])
def test_months_as_days(said: str, day: str) -> None:
    """Where days are wanted and months are not, a month begins or ends what "since" and "until" say."""
    tense: Tense = "past" if said.startswith("since") else "future"
    (value,) = find_dates(said.split(), "2026-07-15", tense, ("date",), months=False)

    assert (value.kind, value.value) == ("date", day)


def test_written_dates() -> None:
    """Figures give the month first, unless that cannot be; the other order stays."""
    (value,) = find_dates(["9/3/2019"], "2026-07-15", "past", ("date",))

    assert (value.value, value.alternatives) == ("2019-09-03", ("2019-03-09",))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("march third no fourth", ["2026-03-03", "2026-03-04"]),
        ("may fifth nineteen eighty two no eighty three", ["1982-05-05", "1983-05-05"]),
    ],
)
def test_part_of_a_day_mended(said: str, days: list[str]) -> None:
    """A day or year behind a "no" takes the place of the other one's, the rest stays."""
    assert [value.value for value in find_dates(said.split(), "2026-07-15", "past")] == days


@pytest.mark.parametrize("written", ["2026-02-30", "2026-13-01", "0000-01-01", "2026-00-10", "30/02/2026"])
def test_no_such_day(written: str) -> None:
    """A date that no calendar has is none, whatever number follows it."""
    days = [value.value for value in find_dates([written, "29"], TODAY, "", ("date",))]

    assert all(date.fromisoformat(str(day)) for day in days)
    assert written not in days


def test_the_last_day_of_all() -> None:
    """The calendar's last day can be written."""
    assert find_dates(["12/31/9999"], TODAY, "future", ("date",))[0].value == "9999-12-31"
