"""Spanish amounts of money."""

import pytest

from ivr_ari.understanding.spanish.amounts import find_amounts
from ivr_ari.understanding.spanish.words import plain


def said(text: str) -> list[str]:
    return [plain(word) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("doscientos dólares", "200.00"),
        ("cuarenta y dos dólares con diecinueve", "42.19"),
        ("cuarenta y dos con diecinueve", "42.19"),
        ("cuarenta y dos dólares con diecinueve centavos", "42.19"),
        ("doce dólares y cincuenta centavos", "12.50"),
        ("doce con cincuenta euros", "12.50"),
        ("un dólar cincuenta", "1.50"),
        ("veinte euros y medio", "20.50"),
        ("medio euro", "0.50"),
        ("diecinueve centavos", "0.19"),
        ("un par de dólares", "2.00"),
        ("un par de cientos de euros", "200.00"),
        ("un millón de dólares", "1000000.00"),
        ("un millón y medio de pesos", "1500000.00"),
        ("medio millón de euros", "500000.00"),
        ("doce coma cinco euros", "12.50"),
        ("doce punto cero cinco", "12.05"),
        ("dos mil quinientos pesos", "2500.00"),
        ("trescientas libras", "300.00"),
        ("quinientos", "500.00"),
        ("cien", "100.00"),
        ("veinticinco cincuenta", "25.50"),
    ],
)
def test_amounts_that_are_asked_for(text: str, amount: str) -> None:
    """Whatever the way of saying, the amount is in units with two decimals."""
    assert [value.value for value in find_amounts(said(text), asked=True)] == [amount]


def test_amounts_in_a_sentence() -> None:
    """With a unit an amount is found in any turn."""
    words = said("pase doscientos cincuenta dólares a mi cuenta de ahorros")
    (value,) = find_amounts(words)
    assert (value.value, value.first, value.last) == ("250.00", 1, 3)


@pytest.mark.parametrize("text", ["quiero dos cosas", "el catorce de marzo", "cuatro uno cero cero siete"])
def test_numbers_without_a_unit_are_no_amounts(text: str) -> None:
    """Where no amount is asked for, numbers alone are none."""
    assert find_amounts(said(text)) == ()
