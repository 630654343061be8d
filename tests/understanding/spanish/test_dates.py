"""Spanish days and months; today is Monday, 16 March 2026."""

import pytest

from ivr_ari.events import Expect
from ivr_ari.understanding.spanish.dates import find_dates
from ivr_ari.understanding.spanish.tongue import find_values
from ivr_ari.understanding.spanish.words import plain

TODAY = "2026-03-16"


def said(text: str) -> list[str]:
    return [plain(word) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoy", "2026-03-16"),
        ("mañana", "2026-03-17"),
        ("pasado mañana", "2026-03-18"),
        ("ayer", "2026-03-15"),
        ("anteayer", "2026-03-14"),
        ("antes de ayer", "2026-03-14"),
        ("esta tarde", "2026-03-16"),
        ("el martes que viene", "2026-03-17"),
        ("el miercoles", "2026-03-18"),
        ("el próximo viernes", "2026-03-20"),
        ("el viernes de la semana que viene", "2026-03-27"),
        ("el viernes de la próxima semana", "2026-03-27"),
        ("el lunes pasado", "2026-03-09"),
        ("para el viernes", "2026-03-20"),
        ("el martes diecisiete", "2026-03-17"),
        ("hace dos semanas", "2026-03-02"),
        ("dos semanas atrás", "2026-03-02"),
        ("dentro de tres días", "2026-03-19"),
        ("en dos semanas", "2026-03-30"),
        ("de hoy en ocho", "2026-03-23"),
        ("de hoy en quince días", "2026-03-30"),
        ("del martes en ocho", "2026-03-24"),
        ("una semana después del martes", "2026-03-24"),
        ("de aquí a una semana", "2026-03-23"),
        ("el catorce de marzo", "2026-03-14"),
        ("catorce de marzo", "2026-03-14"),
        ("el uno de mayo", "2026-05-01"),
        ("marzo catorce", "2026-03-14"),
        ("el veinte", "2026-03-20"),
        ("el día veinticinco", "2026-03-25"),
        ("el diez del mes que viene", "2026-04-10"),
        ("el diez del próximo mes", "2026-04-10"),
        ("el diez de este mes", "2026-03-10"),
        ("el catorce del tres", "2026-03-14"),
        ("cero tres cero cinco ochenta y dos", "1982-05-03"),
        ("primero de mayo de mil novecientos ochenta y dos", "1982-05-01"),
        ("nueve de mayo de mil novecientos setenta y uno", "1971-05-09"),
        ("catorce de marzo del sesenta y dos", "1962-03-14"),
        ("treinta y uno de diciembre de dos mil veinticinco", "2025-12-31"),
        ("el tres de julio del año pasado", "2025-07-03"),
        ("a fin de mes", "2026-03-31"),
        ("a finales de abril", "2026-04-30"),
        ("a principios del mes que viene", "2026-04-01"),
        ("a mediados de abril", "2026-04-15"),
        ("el último día del mes", "2026-03-31"),
    ],
)
def test_days(text: str, day: str) -> None:
    """A day in any words is one ISO date."""
    assert [value.value for value in find_dates(said(text), TODAY, "", ("date",))] == [day]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("en enero", "2026-01"),
        ("enero pasado", "2026-01"),
        ("el mes pasado", "2026-02"),
        ("este mes", "2026-03"),
        ("el mes que viene", "2026-04"),
        ("el próximo mes", "2026-04"),
        ("hace dos meses", "2026-01"),
        ("dentro de tres meses", "2026-06"),
        ("en abril del año pasado", "2025-04"),
        ("diciembre de dos mil veinticuatro", "2024-12"),
        ("setiembre", "2025-09"),
    ],
)
def test_months(text: str, month: str) -> None:
    """Months near and far; without more words the nearest on the side that is asked for."""
    values = find_dates(said(text), TODAY, "past")
    assert [(value.kind, value.value) for value in values] == [("month", month)]


def test_the_year_is_chosen_by_tense() -> None:
    """The same words are last year's or this year's day."""
    words = said("el tres de julio")
    assert find_dates(words, TODAY, "past")[0].value == "2025-07-03"
    assert find_dates(words, TODAY, "future")[0].value == "2026-07-03"


@pytest.mark.parametrize(
    "text",
    ["por la mañana", "a las diez de la mañana", "me cobraron dos veces", "quiero la primera", "una semana"],
)
def test_no_days(text: str) -> None:
    """The morning is no tomorrow, and not every number is a day."""
    assert find_dates(said(text), TODAY) == ()


def test_tomorrow_morning() -> None:
    """ "mañana por la mañana" is one day."""
    assert [value.value for value in find_dates(said("mañana por la mañana"), TODAY)] == ["2026-03-17"]


def test_the_time_beside_the_day() -> None:
    """Days count from the day, whatever the time of the call is."""
    expect = Expect(kinds=("date",))

    assert find_values(said("mañana"), expect, f"{TODAY}T23:45") == find_values(said("mañana"), expect, TODAY)
    assert find_values(said("mañana"), expect, TODAY)[0].value == "2026-03-17"
