"""How values are spoken. The expected words are what a clerk in the United States would say."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.prompts.words.normalise import normalise
from ivr_ari.prompts.words.spoken import KINDS, spoken

FORMS: list[tuple[str, object, str]] = [
    # money: text and Decimal in the main unit, int in cents
    ("money", "42.19", "forty two dollars and nineteen cents"),
    ("money", "$42.19", "forty two dollars and nineteen cents"),
    ("money", "42", "forty two dollars"),
    ("money", "42.00", "forty two dollars"),
    ("money", "1.00", "one dollar"),
    ("money", "1.01", "one dollar and one cent"),
    ("money", "0.01", "one cent"),
    ("money", "0.99", "ninety nine cents"),
    ("money", "0", "zero dollars"),
    ("money", "0.00", "zero dollars"),
    ("money", "25.5", "twenty five dollars and fifty cents"),
    ("money", "-5.25", "minus five dollars and twenty five cents"),
    ("money", "1,204.50", "one thousand two hundred four dollars and fifty cents"),
    ("money", "$1,000,000", "one million dollars"),
    ("money", "100", "one hundred dollars"),
    ("money", "999.99", "nine hundred ninety nine dollars and ninety nine cents"),
    ("money", "€3.50", "three euros and fifty cents"),
    ("money", "EUR 1", "one euro"),
    ("money", "£2.01", "two pounds and one penny"),
    ("money", "GBP 2.50", "two pounds and fifty pence"),
    ("money", "12 USD", "twelve dollars"),
    ("money", "¥500", "five hundred yen"),
    ("money", 4219, "forty two dollars and nineteen cents"),
    ("money", 5, "five cents"),
    ("money", -1000, "minus ten dollars"),
    ("money", Decimal("19.90"), "nineteen dollars and ninety cents"),
    ("money", "0.005", "zero point zero zero five dollars"),
    # digits: in groups
    ("digits", "7", "seven"),
    ("digits", "42", "four two"),
    ("digits", "0412", "zero four one two"),
    ("digits", "02139", "zero two one, three nine"),
    ("digits", "123456", "one two three, four five six"),
    ("digits", "4110733", "four one one, zero seven three three"),
    ("digits", "12345678", "one two three four, five six seven eight"),
    ("digits", "123456789", "one two three, four five six, seven eight nine"),
    ("digits", "5551234567", "five five five, one two three, four five six seven"),
    ("digits", "4111111111111111", ", ".join(["four one one one", *["one one one one"] * 3])),
    ("digits", "12-34-56", "one two, three four, five six"),
    ("digits", "4110 733", "four one one zero, seven three three"),
    ("digits", "*****10", "ending in one zero"),
    ("digits", "•••• 4411", "ending in four four one one"),
    ("digits", "XXXX-4411", "ending in four four one one"),
    ("digits", 904, "nine zero four"),
    # dates
    ("date", "2025-03-03", "March third, twenty twenty five"),
    ("date", "2024-12-31", "December thirty first, twenty twenty four"),
    ("date", "2000-01-01", "January first, two thousand"),
    ("date", "2005-06-12", "June twelfth, two thousand five"),
    ("date", "1999-02-28", "February twenty eighth, nineteen ninety nine"),
    ("date", "1905-07-20", "July twentieth, nineteen oh five"),
    ("date", "1900-05-05", "May fifth, nineteen hundred"),
    ("date", "2010-08-22", "August twenty second, twenty ten"),
    ("date", "2025-03-03T15:30:00Z", "March third, twenty twenty five"),
    ("date", datetime.date(2025, 4, 21), "April twenty first, twenty twenty five"),
    ("date", datetime.datetime(2025, 10, 23, 9, 5), "October twenty third, twenty twenty five"),
    # months
    ("month", "2025-03", "March twenty twenty five"),
    ("month", "2024-11", "November twenty twenty four"),
    ("month", "2025-09-17", "September twenty twenty five"),
    ("month", 3, "March"),
    ("month", "03", "March"),
    ("month", "12", "December"),
    ("month", "march", "March"),
    # times
    ("time", "15:30", "three thirty p m"),
    ("time", "15:00", "three p m"),
    ("time", "09:05", "nine oh five a m"),
    ("time", "00:00", "midnight"),
    ("time", "24:00", "midnight"),
    ("time", "12:00", "noon"),
    ("time", "12:15", "twelve fifteen p m"),
    ("time", "00:45", "twelve forty five a m"),
    ("time", "23:59", "eleven fifty nine p m"),
    ("time", "7:10", "seven ten a m"),
    ("time", "3:30 pm", "three thirty p m"),
    ("time", "3 p.m.", "three p m"),
    ("time", "12 am", "midnight"),
    ("time", "15:30:45", "three thirty p m"),
    ("time", "2025-03-03T15:30:00", "three thirty p m"),
    ("time", "2025-03-03T08:00:00+01:00", "eight a m"),
    ("time", datetime.time(18, 20), "six twenty p m"),
    # numbers
    ("number", 0, "zero"),
    ("number", 7, "seven"),
    ("number", 13, "thirteen"),
    ("number", 21, "twenty one"),
    ("number", 100, "one hundred"),
    ("number", 101, "one hundred one"),
    ("number", 1204, "one thousand two hundred four"),
    ("number", "1,204", "one thousand two hundred four"),
    ("number", 10_000, "ten thousand"),
    ("number", 1_000_000, "one million"),
    ("number", 2_500_017, "two million five hundred thousand seventeen"),
    ("number", -4, "minus four"),
    ("number", "3.5", "three point five"),
    ("number", 3.5, "three point five"),
    ("number", 4.0, "four"),
    ("number", "3.14", "three point one four"),
    ("number", "0.05", "zero point zero five"),
    ("number", "-0.5", "minus zero point five"),
    # ordinals
    ("ordinal", 1, "first"),
    ("ordinal", "2", "second"),
    ("ordinal", "3rd", "third"),
    ("ordinal", 5, "fifth"),
    ("ordinal", 8, "eighth"),
    ("ordinal", 12, "twelfth"),
    ("ordinal", 20, "twentieth"),
    ("ordinal", 21, "twenty first"),
    ("ordinal", 100, "one hundredth"),
    # spelled
    ("spell", "AB-1204", "A B, one two zero four"),
    ("spell", "xk7", "X K, seven"),
    ("spell", "Smith", "S M I T H"),
    ("spell", "QZ 12345678", "Q Z, one two three four, five six seven eight"),
    # telephone numbers
    ("phone", "5551234567", "five five five, one two three, four five six seven"),
    ("phone", "15551234567", "one, five five five, one two three, four five six seven"),
    ("phone", "(555) 123-4567", "five five five, one two three, four five six seven"),
    ("phone", "555.123.4567", "five five five, one two three, four five six seven"),
    ("phone", "+1 555 123 4567", "plus one, five five five, one two three, four five six seven"),
    ("phone", "1-800-555-0199", "one, eight hundred, five five five, zero one nine nine"),
    ("phone", "555-1234", "five five five, one two three four"),
    ("phone", "5551234", "five five five, one two three four"),
    ("phone", "911", "nine one one"),
    ("phone", "555-123-4567 x12", "five five five, one two three, four five six seven, extension one two"),
    # percentages
    ("percent", "4.25", "four point two five percent"),
    ("percent", "4.25%", "four point two five percent"),
    ("percent", 5, "five percent"),
    ("percent", 0.5, "zero point five percent"),
    ("percent", "-2%", "minus two percent"),
    ("percent", 100, "one hundred percent"),
    # text, lists, and what is no value at all
    ("text", "due $5 on March 3rd", "due five dollars on March third"),
    ("text", True, "yes"),
    ("text", None, ""),
    ("digits", ["12", "34"], "one two and three four"),
    ("text", ["savings", "checking", "card"], "savings, checking and card"),
    ("money", [100, 250], "one dollar and two dollars and fifty cents"),
    ("money", "unknown", "unknown"),
    ("date", "next Tuesday", "next Tuesday"),
    ("date", "2025-02-30", "two zero two five, zero two, three zero"),
    ("number", "many", "many"),
    ("ordinal", -1, "minus one"),
]


@pytest.mark.parametrize(("kind", "value", "words"), FORMS, ids=lambda part: str(part)[:24])
def test_form(kind: str, value: object, words: str) -> None:
    """
    Each value is spoken as a clerk would read it out.
    """
    assert spoken(value, kind) == words


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("date", "2025-03-03", "March third"),
        ("date", "2024-03-03", "March third, twenty twenty four"),
        ("month", "2025-02", "February"),
        ("month", "2024-02", "February twenty twenty four"),
    ],
)
def test_the_year_of_the_call_is_not_said(kind: str, value: str, words: str) -> None:
    """
    A date in the caller's own year is spoken without a year; any other date keeps it.
    """
    assert spoken(value, kind, year=2025) == words


@pytest.mark.parametrize(
    ("behind", "words"),
    [("", "three p m."), (" please", "three p m"), (", please", "three p m"), (". Goodbye", "three p m")]
    + [(" Please come", "three p m.")],
)
def test_a_full_stop_inside_a_sentence_ends_nothing(behind: str, words: str) -> None:
    """
    An abbreviation at the end of a value does not break the sentence that goes on behind it.
    """
    assert spoken("3 p.m.", "text", behind=behind) == words


def test_unknown_kind_and_language_are_refused() -> None:
    """
    A flow's check must be able to find a wrong kind; it is never spoken wrongly instead.
    """
    with pytest.raises(KeyError):
        spoken("1", "monney")
    with pytest.raises(KeyError):
        spoken("1", "money", lang="tlh")


@given(
    value=st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.booleans()),
    kind=st.sampled_from(KINDS),
)
def test_nothing_a_backend_sends_raises(value: object, kind: str) -> None:
    """
    Any value of any kind gives words without digits.
    """
    words = spoken(value, kind)

    assert not any(c.isascii() and c.isdigit() for c in words)


@given(cents=st.integers(min_value=-(10**12), max_value=10**12))
def test_cents_and_text_agree(cents: int) -> None:
    """
    An amount sounds the same whether it came as cents or as a decimal string.
    """
    assert spoken(cents, "money") == spoken(f"{Decimal(cents) / 100:f}", "money")


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("size", [26, 29, 400, 4000])
def test_amounts_of_any_size_are_said_exactly(lang: str, size: int) -> None:
    """
    What a backend sends by mistake may look like money, and `Decimal` rounds or refuses beyond 28 digits.
    """
    whole = "7" * (size - 1) + "1"
    number = spoken(whole, "number", lang=lang)

    assert spoken(whole, "money", lang=lang).startswith(number[:-3])  # "uno", but "un dólares"
    assert spoken(f"{whole}.25", "money", lang=lang).startswith(number[:-3])
    assert normalise(f"${whole} due", lang).startswith(number[:10])
