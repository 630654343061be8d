"""Spanish times of day."""

import pytest

from ivr_ari.understanding.spanish.times import find_times
from ivr_ari.understanding.spanish.words import plain


def said(text: str) -> list[str]:
    return [plain(word) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("a las tres y media", "15:30"),
        ("las cuatro menos cuarto", "15:45"),
        ("once menos veinte", "10:40"),
        ("cuarto para las cinco", "16:45"),
        ("diez para las tres", "14:50"),
        ("las tres de la tarde", "15:00"),
        ("las diez y cuarto", "10:15"),
        ("las tres y diez", "15:10"),
        ("tres treinta", "15:30"),
        ("dos y media", "14:30"),
        ("a la una", "13:00"),
        ("las ocho de la noche", "20:00"),
        ("las ocho de la mañana", "08:00"),
        ("las cuatro de la madrugada", "04:00"),
        ("las seis y veinticinco de la tarde", "18:25"),
        ("mediodía", "12:00"),
        ("al mediodía", "12:00"),
        ("medianoche", "00:00"),
        ("las doce de la noche", "00:00"),
        ("las doce del mediodía", "12:00"),
        ("las doce de la mañana", "12:00"),
        ("las quince treinta", "15:30"),
        ("las quince horas", "15:00"),
        ("las veintiuna treinta", "21:30"),
        ("las nueve en punto", "09:00"),
        ("las diez am", "10:00"),
        ("las cuatro pe eme", "16:00"),
        ("cuatro", "16:00"),
    ],
)
def test_times_that_are_asked_for(text: str, time: str) -> None:
    """Hours, halves and quarters, with or without the part of the day."""
    assert [value.value for value in find_times(said(text), asked=True)] == [time]


def test_the_other_half_of_the_day_is_kept() -> None:
    """Without a part of the day both readings are given."""
    (value,) = find_times(said("a las ocho"))
    assert (value.value, value.alternatives) == ("08:00", ("20:00",))


@pytest.mark.parametrize(
    "text", ["dos cuentas", "tres dólares", "las tres últimas cifras", "la segunda", "tres"]
)
def test_no_times(text: str) -> None:
    """Numbers that count something are no times."""
    assert find_times(said(text)) == ()
