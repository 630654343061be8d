"""How values are spoken in Spanish. The expected words are what a clerk would say, written by hand."""

from __future__ import annotations

import pytest

from ivr_ari.prompts.words.spoken import KINDS, spoken

FORMS: list[tuple[str, object, str]] = [
    ("money", "42.19", "cuarenta y dos dólares con diecinueve centavos"),
    ("money", "1.00", "un dólar"),
    ("money", "1.01", "un dólar con un centavo"),
    ("money", "0.01", "un centavo"),
    ("money", "0.21", "veintiún centavos"),
    ("money", "0", "cero dólares"),
    ("money", "21", "veintiún dólares"),
    ("money", "31", "treinta y un dólares"),
    ("money", "100", "cien dólares"),
    ("money", "101", "ciento un dólares"),
    ("money", "500", "quinientos dólares"),
    ("money", "1,204.50", "mil doscientos cuatro dólares con cincuenta centavos"),
    ("money", "21000", "veintiún mil dólares"),
    ("money", "31000", "treinta y un mil dólares"),
    ("money", "1,000,000", "un millón de dólares"),
    ("money", "1,000,100", "un millón cien dólares"),
    ("money", "2,000,000", "dos millones de dólares"),
    ("money", "-5.25", "menos cinco dólares con veinticinco centavos"),
    ("money", "€3.50", "tres euros con cincuenta céntimos"),
    ("money", "EUR 1", "un euro"),
    ("money", "£1", "una libra"),
    ("money", "£21", "veintiuna libras"),
    ("money", "£200", "doscientas libras"),
    ("money", "£500.02", "quinientas libras con dos peniques"),
    ("money", 4219, "cuarenta y dos dólares con diecinueve centavos"),
    ("money", "0.005", "cero coma cero cero cinco dólares"),
    ("digits", "7", "siete"),
    ("digits", "0412", "cero cuatro uno dos"),
    ("digits", "02139", "cero dos uno, tres nueve"),
    ("digits", "12345678", "uno dos tres cuatro, cinco seis siete ocho"),
    ("digits", "12-34", "uno dos, tres cuatro"),
    ("digits", "*****10", "que termina en uno cero"),
    ("date", "2026-03-03", "tres de marzo"),
    ("date", "2026-01-01", "primero de enero"),
    ("date", "2025-12-31", "treinta y uno de diciembre de dos mil veinticinco"),
    ("date", "1999-08-21", "veintiuno de agosto de mil novecientos noventa y nueve"),
    ("month", "2026-03", "marzo"),
    ("month", "2025-03", "marzo de dos mil veinticinco"),
    ("month", 9, "septiembre"),
    ("month", "mayo", "mayo"),
    ("time", "15:30", "las tres y media de la tarde"),
    ("time", "01:05", "la una y cinco de la madrugada"),
    ("time", "09:15", "las nueve y cuarto de la mañana"),
    ("time", "12:00", "las doce del mediodía"),
    ("time", "00:00", "las doce de la noche"),
    ("time", "13:00", "la una de la tarde"),
    ("time", "20:45", "las ocho y cuarenta y cinco de la noche"),
    ("time", "2026-03-15T10:30:00", "las diez y media de la mañana"),
    ("number", "0", "cero"),
    ("number", "16", "dieciséis"),
    ("number", "22", "veintidós"),
    ("number", "1204", "mil doscientos cuatro"),
    ("number", "21000", "veintiún mil"),
    ("number", "4.5", "cuatro coma cinco"),
    ("number", "-3", "menos tres"),
    ("number", "1000001", "un millón uno"),
    ("ordinal", "1", "primero"),
    ("ordinal", "3", "tercero"),
    ("ordinal", "11", "undécimo"),
    ("ordinal", "12", "duodécimo"),
    ("ordinal", "21", "vigésimo primero"),
    ("ordinal", "30", "trigésimo"),
    ("ordinal", "101", "número ciento uno"),
    ("spell", "AB-1204", "a be, uno dos cero cuatro"),
    ("spell", "Ñ7", "eñe, siete"),
    ("clarity", "AB-1204", "a de Antonio, be de Barcelona, uno dos cero cuatro"),
    ("phone", "+34 912 345 678", "más tres cuatro, nueve uno dos, tres cuatro cinco, seis siete ocho"),
    ("phone", "5551234567", "cinco cinco cinco, uno dos tres, cuatro cinco seis siete"),
    ("phone", "555 1234 ext 12", "cinco cinco cinco, uno dos tres cuatro, extensión uno dos"),
    ("percent", "4.25%", "cuatro coma dos cinco por ciento"),
    ("percent", "21", "veintiuno por ciento"),
    ("duration", "PT2H30M", "dos horas y treinta minutos"),
    ("duration", "P1D", "un día"),
    ("duration", "P21D/P28D", "tres a cuatro semanas"),
    ("email", "ana_lopez-2@correo.es", "ana guion bajo lopez guion dos arroba correo punto es"),
    (
        "address",
        "1234 North Main Street, Apt 5B",
        "mil doscientos treinta y cuatro North Main Street, apartamento cinco be",
    ),
    ("text", True, "sí"),
    ("text", "  dos   palabras ", "dos palabras"),
]


@pytest.mark.parametrize(("kind", "value", "words"), FORMS, ids=lambda part: str(part)[:30])
def test_forms(kind: str, value: object, words: str) -> None:
    """Each value is spoken in these words; the year of the call is not said."""
    assert spoken(value, kind, "es", year=2026) == words


def test_every_kind_is_here() -> None:
    """Spanish speaks whatever English speaks."""
    assert {kind for kind, _, _ in FORMS} == set(KINDS)


@pytest.mark.parametrize(("kind", "value"), [("money", "mucho"), ("date", "mañana"), ("time", "tarde")])
def test_what_is_no_such_value_is_spoken_as_it_stands(kind: str, value: str) -> None:
    """A backend's surprise ends no call."""
    assert spoken(value, kind, "es") == value


def test_a_list() -> None:
    """Item by item, "y" before the last one."""
    assert spoken(["1", "2", "3"], "number", "es") == "uno, dos y tres"
    assert spoken(["Ana", "Isabel"], "text", "es") == "Ana e Isabel"
    assert spoken(["agua", "hielo"], "text", "es") == "agua y hielo"


@pytest.mark.parametrize(
    ("kind", "value", "behind", "words"),
    [
        ("number", "21", " mensajes nuevos.", "veintiún"),
        ("number", "1", " cita", "una"),
        ("number", "200", " personas", "doscientas"),
        ("number", "1", " en esta tienda", "uno"),
        ("number", "21", ".", "veintiuno"),
        ("number", "4.5", " puntos", "cuatro coma cinco"),
        ("ordinal", "3", " piso", "tercer"),
        ("ordinal", "2", " planta", "segunda"),
        ("ordinal", "3", "", "tercero"),
    ],
)
def test_numbers_agree_with_what_they_count(kind: str, value: str, behind: str, words: str) -> None:
    """A number in a prompt is shortened and takes the gender of the word that follows it."""
    assert spoken(value, kind, "es", behind=behind) == words
