"""Spanish digit strings, cardinals and ordinals."""

import pytest

from ivr_ari.understanding.spanish.numbers import find_cardinals, find_digits, find_ordinals
from ivr_ari.understanding.spanish.words import plain


def said(text: str) -> list[str]:
    return [plain(word) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("cuatro uno cero cero siete dos tres nueve", "41007239"),
        ("cuarenta y uno cero cero setenta y dos treinta y nueve", "41007239"),
        ("cuarenta uno cero cero setenta dos treinta nueve", "41007239"),
        ("eh cuatro uno este cero cero eh siete dos tres nueve", "41007239"),
        ("cuatro uno cero cero y siete dos tres nueve", "41007239"),
        ("nueve dos cero uno", "9201"),
        ("noventa y dos cero uno", "9201"),
        ("doble cuatro uno triple nueve", "441999"),
        ("cuatro ceros", "0000"),
        ("mil doscientos treinta y cuatro", "1234"),
        ("cuatrocientos doce cero siete", "41207"),
        ("dos mil veintiséis", "2026"),
        ("veintidós treinta y cinco", "2235"),
        ("seis uno dos treinta y cuatro cincuenta y seis setenta y ocho", "612345678"),
        ("uno guion dos guion tres guion cuatro", "1234"),
    ],
)
def test_digits_that_are_asked_for(text: str, digits: str) -> None:
    """Dictation one by one, in pairs and in hundreds is read as the digits that are wanted."""
    size = len(digits)
    assert [value.value for value in find_digits(said(text), size, size, asked=True)] == [digits]


@pytest.mark.parametrize(
    "text", ["dos", "me cobraron dos veces", "tengo una cuenta", "treinta y cuatro", "doscientos dólares"]
)
def test_few_numbers_are_no_digits_where_none_are_asked_for(text: str) -> None:
    """Ordinary talk with numbers in it holds no digit string."""
    assert find_digits(said(text)) == ()


def test_digits_nobody_asked_for() -> None:
    """Three digits in a row are dictated."""
    assert [value.value for value in find_digits(said("mi clave es nueve dos cero uno"))] == ["9201"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("cero", "0"),
        ("veintidós", "22"),
        ("treinta y cuatro", "34"),
        ("diez y seis", "16"),
        ("cien", "100"),
        ("ciento uno", "101"),
        ("quinientas", "500"),
        ("mil", "1000"),
        ("mil doscientos treinta y cuatro", "1234"),
        ("veintiún mil", "21000"),
        ("dos mil veintiséis", "2026"),
        ("un millón doscientos mil", "1200000"),
        ("tres millones", "3000000"),
        ("una", "1"),
    ],
)
def test_cardinals(text: str, number: str) -> None:
    """Whole numbers, with and without accents."""
    assert [value.value for value in find_cardinals(said(text), asked=True)] == [number]


@pytest.mark.parametrize("text", ["una cita", "un momento", "es una pregunta"])
def test_articles_are_no_numbers(text: str) -> None:
    """ "un" and "una" are articles where no number is asked for."""
    assert find_cardinals(said(text)) == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("la segunda", ["2"]),
        ("el primero", ["1"]),
        ("la última", ["-1"]),
        ("la penúltima", ["-2"]),
        ("la tercera por favor", ["3"]),
        ("un segundo", []),
        ("las cuatro menos cuarto", []),
        ("las tres y cuarto", []),
        ("primero quiero mi saldo", []),
    ],
)
def test_ordinals(text: str, places: list[str]) -> None:
    """Places among several; a moment and a quarter of an hour are none."""
    assert [value.value for value in find_ordinals(said(text), asked=True)] == places
