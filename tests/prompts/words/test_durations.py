"""Durations read back."""

from __future__ import annotations

import pytest

from ivr_ari.prompts.words.spoken import spoken


@pytest.mark.parametrize(
    ("written", "english", "spanish"),
    [
        ("PT2H30M", "two hours and thirty minutes", "dos horas y treinta minutos"),
        ("PT1H", "one hour", "una hora"),
        ("P14D", "two weeks", "dos semanas"),
        ("P10D", "ten days", "diez días"),
        ("P1Y6M", "one year and six months", "un año y seis meses"),
        ("P21D/P28D", "three to four weeks", "tres a cuatro semanas"),
        ("P3D/P1M", "three days to one month", "tres días a un mes"),
        ("P1DT2H3M", "one day, two hours and three minutes", "un día, dos horas y tres minutos"),
    ],
)
def test_spoken(written: str, english: str, spanish: str) -> None:
    """A duration is read in its units, whole weeks as weeks, two of one unit as a span."""
    assert spoken(written, "duration") == english
    assert spoken(written, "duration", "es") == spanish


def test_no_duration() -> None:
    """What is no duration is read as it stands."""
    assert spoken("soon", "duration") == "soon"
