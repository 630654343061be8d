"""How free prompt text becomes words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.prompts.words.normalise import normalise

FORMS: list[tuple[str, str]] = [
    ("Your balance is $42.19.", "Your balance is forty two dollars and nineteen cents."),
    ("at 3:30 pm", "at three thirty p m"),
    ("at 3:30pm.", "at three thirty p m."),
    ("on March 3rd", "on March third"),
    ("open 24/7", "open twenty four seven"),
    ("You owe $1,204.50 today", "You owe one thousand two hundred four dollars and fifty cents today"),
    ("-$5.00", "minus five dollars"),
    ("$5 million", "five million dollars"),
    ("$1.5 billion", "one point five billion dollars"),
    ("$20k", "twenty thousand dollars"),
    ("$20-$30", "twenty dollars to thirty dollars"),
    ("$0.99 a month", "ninety nine cents a month"),
    ("€3.50 or 20 USD", "three euros and fifty cents or twenty dollars"),
    ("4.25% APR", "four point two five percent A P R"),
    ("5-10% off", "five to ten percent off"),
    ("down -2%", "down minus two percent"),
    ("on 2025-03-03", "on March third, twenty twenty five"),
    ("2025-03-03T09:05:00Z", "March third, twenty twenty five, nine oh five a m"),
    ("3/3/2025", "March third, twenty twenty five"),
    ("12/31/99", "December thirty first, twenty ninety nine"),
    ("due 4/9", "due April ninth"),
    ("March 3, 2025", "March third, twenty twenty five"),
    ("3 March 2025", "March third, twenty twenty five"),
    ("the 3rd of March", "the third of March"),
    ("in March 2025", "in March twenty twenty five"),
    ("Sept. 4th at noon", "September fourth at noon"),
    ("Thursday, Oct. 23", "Thursday, October twenty third"),
    ("Mon-Fri, 9am-5pm", "Monday to Friday, nine a m to five p m"),
    ("10:00-11:30", "ten to eleven thirty"),
    ("by 12:00 pm", "by noon"),
    ("at 10 a.m. We open", "at ten a m. We open"),
    ("at 10 a.m. today", "at ten a m today"),
    ("at 15:05", "at three oh five p m"),
    ("Call 1-800-555-1234", "Call one, eight hundred, five five five, one two three four"),
    ("(555) 123-4567", "five five five, one two three, four five six seven"),
    ("555-1234", "five five five, one two three four"),
    ("+44 20 7946 0000", "plus four four, two zero, seven nine four six, zero zero zero zero"),
    ("card ****4411", "card ending in four four one one"),
    ("order AB-1204", "order A B, one two zero four"),
    ("gate B7", "gate B seven"),
    ("account 4110733", "account four one one, zero seven three three"),
    ("your PIN is 0412", "your pin is zero four one two"),
    ("zip 02139", "zip zero two one, three nine"),
    ("reference 904512", "reference nine zero four, five one two"),
    ("12345 items", "twelve thousand three hundred forty five items"),
    ("1,000,000 people", "one million people"),
    ("100000 people", "one hundred thousand people"),
    ("id 123456789", "id one two three, four five six, seven eight nine"),
    ("Dr. Smith", "Doctor Smith"),
    ("12 Main St.", "twelve Main Street"),
    ("St. John's Ave.", "Saint John's Avenue"),
    ("Mr. and Mrs. Jones", "Mister and Missus Jones"),
    ("Apt. 5", "Apartment five"),
    ("w/o a card", "without a card"),
    ("e.g. a refund, etc.", "for example a refund, et cetera"),
    ("the billing dept. is open", "the billing department is open"),
    ("U.S. customers", "U S customers"),
    ("an ATM card", "an A T M card"),
    ("your PIN or ID", "your pin or I D"),
    ("a PDF or an SMS", "a P D F or an S M S"),
    ("OK", "okay"),
    ("help@bank.com", "help at bank dot com"),
    ("www.example.com/refunds", "w w w dot example dot com slash refunds"),
    ("see https://bank.com.", "see bank dot com."),
    ("in 1999 and since 2005", "in nineteen ninety nine and since two thousand five"),
    ("the 1990s", "the nineteen nineties"),
    ("1204 items", "one thousand two hundred four items"),
    ("5 km or 10kg", "five kilometers or ten kilograms"),
    ("1 hr and 30 mins", "one hour and thirty minutes"),
    ("20°C", "twenty degrees Celsius"),
    ("a 5G phone", "a five G phone"),
    ("Chapter IV", "Chapter four"),
    ("yes/no", "yes or no"),
    ("and/or", "and or"),
    ("terms & conditions", "terms and conditions"),
    ("#3 and No. 5", "number three and number five"),
    ("Press 1 or *.", "Press one or star."),
    ("then press #", "then press pound"),
    ("1/2 price, ¾ full", "one half price, three quarters full"),
    ("2-3 business days", "two to three business days"),
    ("the 1st, 2nd and 33rd", "the first, second and thirty third"),
    ("3.5 hours", "three point five hours"),
    ("1,2,3", "one, two, three"),
    ("192.168.1.1", "one nine two dot one six eight dot one dot one"),
    ("PLEASE HOLD THE LINE NOW", "please hold the line now"),
    ("“Quoted” — don't worry…", "Quoted, don't worry."),
    ("  too   many\n spaces ", "too many spaces"),
    ("co-operative", "co operative"),
    ("What's your name?", "What's your name?"),
    ("Really?!", "Really?"),
    ("naïve café", "naïve café"),
    ("hello 🙂 there", "hello there"),
    ("", ""),
    ("...", ""),
]


@pytest.mark.parametrize(("text", "words"), FORMS, ids=[text[:24] for text, _ in FORMS])
def test_form(text: str, words: str) -> None:
    """
    Written forms become the words a person would read out; marks that make pauses stay.
    """
    assert normalise(text) == words


@given(text=st.text(max_size=300))
def test_any_text_becomes_speakable(text: str) -> None:
    """
    Nothing raises, and what comes out holds no digits and no signs an engine would stumble over.
    """
    words = normalise(text)

    assert not any(c.isascii() and c.isdigit() for c in words)
    assert not set(words) & set('$%&#*@/\\<>[]{}|~^_=+"\n\t')


@given(text=st.text(alphabet="0123456789$.,:/-%# apmMarch3rd", max_size=60))
def test_odd_numbers_never_raise(text: str) -> None:
    """
    What only looks like a date, a time or an amount is read as far as it goes.
    """
    assert isinstance(normalise(text), str)


ODD = (
    *(
        "1",
        "1-",
        "1,",
        "1/2 ",
        "1:1:",
        "555-",
        "a.b",
        "a@",
        "A ",
        "A.",
        "XX-",
        "BABA ",
        "AEIOU",
        "x",
        "$",
        "(1",
        "#",
    ),
    *("1 Aa ", "Aa Bb II ", "J. ", "+1 ", "-", "@"),
)


@pytest.mark.parametrize("piece", ODD)
def test_long_odd_texts_are_read(piece: str) -> None:
    """
    No rule loses itself in a long text of signs that are nearly what it looks for: this test would not end.
    """
    assert isinstance(normalise(piece * (4000 // len(piece))), str)
