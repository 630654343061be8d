"""Written forms put as they are spoken."""

import pytest

from ivr_ari.events import Value
from ivr_ari.understanding.written import number_words, spoken

FORMS = [
    ("£27", "twenty seven pounds"),
    ("40€", "forty euros"),
    ("$8,882.50", "eight thousand eight hundred eighty two point five zero dollars"),
    ("15724 pounds", "fifteen thousand seven hundred twenty four pounds"),
    ("41007239", "four one zero zero seven two three nine"),
    ("9 05", "nine oh five"),
    ("8pm", "eight pm"),
    ("5-7pm", "five until seven pm"),
    ("9:05 a.m.", "9:05 am"),
    ("17 sep", "seventeen september"),
    ("the jan the 19th", "the january the nineteenth"),
    ("tue 3 may", "tuesday three may"),
    ("21st", "twenty first"),
    ("12th", "twelfth"),
    ("ab1204", "a b one two zero four"),
    ("1.5k", "one point five thousand"),
    ("john12@mail.com", "john12@mail.com"),
    ("9/3/2019", "9/3/2019"),
    ("i’d like", "i'd like"),
]


@pytest.mark.parametrize(("written", "said"), FORMS)
def test_forms(written: str, said: str) -> None:
    """Numbers, amounts, times and short names become the words that are said for them."""
    assert " ".join(spoken(written.split()).words) == said


def test_spoken_words_stay() -> None:
    """Words that are spoken already are given back as they are."""
    words = ("from", "march", "third", "[unk]", "-")

    assert spoken(words).words == words


def test_led_back() -> None:
    """What was found among the spoken words is led back to the words that came in."""
    said = spoken(("pay", "£27", "now"))

    (value,) = said.led_back([Value("amount", "27.00", 1, 3)])

    assert (value.first, value.last) == (1, 1)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (101, "one hundred one"),
        (2_000_015, "two million fifteen"),
    ],
)
def test_number_words(number: int, words: str) -> None:
    """A whole number is said without "and"."""
    assert " ".join(number_words(number)) == words
