"""Spanish ranges of days; today is Monday, 16 March 2026."""

import pytest

from ivr_ari.understanding.spanish.ranges import find_ranges
from ivr_ari.understanding.spanish.words import plain


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("de martes a jueves", "2026-03-17/2026-03-19"),
        ("del lunes al viernes", "2026-03-23/2026-03-27"),
        ("entre el tres y el diez de abril", "2026-04-03/2026-04-10"),
        ("del tres al diez de abril", "2026-04-03/2026-04-10"),
        ("desde el tres de abril hasta el diez", "2026-04-03/2026-04-10"),
        ("del treinta de marzo al dos de abril", "2026-03-30/2026-04-02"),
        ("del veinte al treinta", "2026-03-20/2026-03-30"),
        ("la semana que viene", "2026-03-23/2026-03-29"),
        ("la próxima semana", "2026-03-23/2026-03-29"),
        ("esta semana", "2026-03-16/2026-03-22"),
        ("la semana pasada", "2026-03-09/2026-03-15"),
        ("este fin de semana", "2026-03-21/2026-03-22"),
        ("el fin de semana", "2026-03-21/2026-03-22"),
        ("los últimos diez días", "2026-03-06/2026-03-16"),
        ("las próximas dos semanas", "2026-03-16/2026-03-30"),
        ("todo agosto", "2026-08-01/2026-08-31"),
        ("todo el mes de abril", "2026-04-01/2026-04-30"),
        ("la primera semana de abril", "2026-04-01/2026-04-07"),
        ("hasta el viernes", "2026-03-16/2026-03-20"),
        ("tres noches desde el diez de abril", "2026-04-10/2026-04-13"),
        ("dos semanas a partir del lunes", "2026-03-23/2026-04-05"),
    ],
)
def test_ranges(text: str, days: str) -> None:
    """Both ends are included; an end that names no month takes that of the other."""
    words = [plain(word) for word in text.split()]
    assert [value.value for value in find_ranges(words, "2026-03-16", "future")] == [days]
