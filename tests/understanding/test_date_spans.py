"""Days that are the ends of one span."""

import pytest

from ivr_ari.understanding.date_spans import agreed
from ivr_ari.understanding.dates import find_dates

TODAY = "2026-07-15"

SPANS = [
    ("from monday to friday", ["2026-07-20", "2026-07-24"]),
    ("leaving friday and coming back monday", ["2026-07-17", "2026-07-20"]),
    ("from the third to the tenth of august", ["2026-08-03", "2026-08-10"]),
    ("august third until the tenth", ["2026-08-03", "2026-08-10"]),
    ("from december twenty eighth to january third", ["2026-12-28", "2027-01-03"]),
    ("arriving on the twelfth leaving on the fourteenth", ["2026-08-12", "2026-08-14"]),
    ("friday until friday", ["2026-07-17", "2026-07-24"]),
]


@pytest.mark.parametrize(("said", "days"), SPANS)
def test_ends(said: str, days: list[str]) -> None:
    """What one end of a span leaves open the other says, and the last day does not come first."""
    words = said.split()

    found = agreed(words, find_dates(words, TODAY, "future", ("date",)), TODAY, "future")

    assert [value.value for value in found] == days


def test_own_reading_is_kept() -> None:
    """What a day means by itself stays its first alternative."""
    words = ["from", "the", "third", "to", "the", "tenth", "of", "september"]

    first, _ = agreed(words, find_dates(words, TODAY, "future"), TODAY, "future")

    assert (first.value, first.alternatives[0]) == ("2026-09-03", "2026-08-03")


def test_days_apart_stay() -> None:
    """Two days that are no span keep what they mean."""
    words = ["friday", "no", "thursday"]
    days = find_dates(words, TODAY, "future")

    assert agreed(words, days, TODAY, "future") == days
