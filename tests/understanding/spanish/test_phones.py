"""Spanish telephone numbers."""

import pytest

from ivr_ari.understanding.spanish.phones import find_phones
from ivr_ari.understanding.spanish.words import plain


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("seis uno dos treinta y cuatro cincuenta y seis setenta y ocho", "612345678"),
        ("tres uno dos cinco cinco cinco cero uno dos tres", "3125550123"),
        ("tres doce quinientos cincuenta y cinco cero uno veintitrés", "3125550123"),
        ("más treinta y cuatro seis uno dos tres cuatro cinco seis siete ocho", "+34612345678"),
        ("es el seis uno dos eh tres cuatro cinco seis siete ocho", "612345678"),
        ("nueve uno uno no perdón seis uno dos tres cuatro cinco seis siete ocho", "612345678"),
    ],
)
def test_phones_that_are_asked_for(text: str, number: str) -> None:
    """Numbers in groups of any size; a correction begins anew."""
    words = [plain(word) for word in text.split()]
    assert [value.value for value in find_phones(words, asked=True)] == [number]
