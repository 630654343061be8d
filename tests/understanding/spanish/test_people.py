"""Spanish names of persons."""

import pytest

from ivr_ari.understanding.spanish.people import find_people
from ivr_ari.understanding.spanish.words import plain


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("juan pérez", "juan perez"),
        ("me llamo maría lópez", "maria lopez"),
        ("sí me llamo josé luis márquez", "jose luis marquez"),
        ("soy juan de la cruz", "juan de la cruz"),
        ("soy la señora garcía", "garcia"),
        ("mi nombre es ana garcía y quiero una cita", "ana garcia"),
        ("garcía ge a erre ce i a", "garcia"),
        ("lopes ele o pe e zeta", "lopez"),
        ("ana ortega y gasset", "ana ortega y gasset"),
    ],
)
def test_names_that_are_asked_for(text: str, name: str) -> None:
    """What leads in and titles are left out; a spelling replaces the word it spells."""
    words = [plain(word) for word in text.split()]
    assert [value.value for value in find_people(words, asked=True)] == [name]


@pytest.mark.parametrize(
    "text", ["no lo sé", "quiero mi saldo", "una persona por favor", "espere un momento"]
)
def test_other_answers_are_no_names(text: str) -> None:
    """Where a name is asked for, not everything is one."""
    assert find_people([plain(word) for word in text.split()], asked=True) == ()


def test_names_nobody_asked_for() -> None:
    """Only behind "me llamo" and the like a name is expected."""
    assert find_people(["soy", "alta"]) == ()
    (value,) = find_people(["hola", "me", "llamo", "ana", "garcia"])
    assert (value.value, value.first, value.last) == ("ana garcia", 3, 4)
