"""Names of persons as callers give them."""

import pytest

from ivr_ari.understanding.people import find_people

ASKED = [
    ("maria", "maria"),
    ("maria lopez", "maria lopez"),
    ("um maria lopez", "maria lopez"),
    ("my name is maria lopez", "maria lopez"),
    ("my name's maria lopez", "maria lopez"),
    ("the name's bond", "bond"),
    ("name is maria lopez", "maria lopez"),
    ("it's john smith", "john smith"),
    ("it is john smith", "john smith"),
    ("this is john", "john"),
    ("i'm john smith", "john smith"),
    ("i am john smith", "john smith"),
    ("that's john smith", "john smith"),
    ("that would be john smith", "john smith"),
    ("you can call me al", "al"),
    ("yes my name is maria lopez please", "maria lopez"),
    ("sure it's maria lopez", "maria lopez"),
    ("oh hi this is maria lopez", "maria lopez"),
    ("hello my name is maria lopez thank you", "maria lopez"),
    ("my name is maria lopez and i need an appointment", "maria lopez"),
    ("maria lopez i'm calling about my card", "maria lopez"),
    ("it's maria from the city store", "maria"),
    ("mister john smith", "john smith"),
    ("doctor anna bell", "anna bell"),
    ("mister smith speaking", "smith"),
    ("you're speaking with john smith", "john smith"),
    ("it's under smith", "smith"),
    ("under the name of smith", "smith"),
    ("my full name is maria de la cruz", "maria de la cruz"),
    ("jose maria garcia fernandez", "jose maria garcia fernandez"),
    ("mary ann o'brien", "mary ann o'brien"),
    ("june carter", "june carter"),
    ("april may", "april may"),
    ("first name maria last name lopez", "maria lopez"),
    ("last name lopez first name maria", "maria lopez"),
    ("my first name is maria my last name is lopez", "maria lopez"),
    ("surname lopez first name maria", "maria lopez"),
    ("last name is smith s m y t h", "smyth"),
    ("lopez l o p e z", "lopez"),
    ("maria lopez l o p e z", "maria lopez"),
    ("it's maria lopes that's l o p e z", "maria lopez"),
    ("jon smith j o h n", "john smith"),
    ("it's smith spelled s m i t h", "smith"),
    ("l o p e z", "lopez"),
]


@pytest.mark.parametrize(("said", "name"), ASKED)
def test_where_one_is_asked_for(said: str, name: str) -> None:
    """The words themselves without what leads in; a spelling stands for the word it spells."""
    (value,) = find_people(said.split(), asked=True)

    assert (value.kind, value.value) == ("name", name)


@pytest.mark.parametrize(
    "said",
    [
        "i don't know",
        "why do you need that",
        "no",
        "yes",
        "what",
        "sorry",
        "it's for my daughter",
        "my account number is four one",
        "four one double oh",
        "i want to speak to a person",
        "monday",
        "thank you",
        "hold on a second",
        "what's my balance",
        "",
        "um",
    ],
)
def test_no_name(said: str) -> None:
    """Other answers are no names."""
    assert find_people(said.split(), asked=True) == ()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("hi my name is maria lopez and i'd like to book", "maria lopez"),
        ("my name is john smith i need a refund", "john smith"),
        ("you can call me al", "al"),
        ("maria lopez", ""),
        ("it's john", ""),
        ("this is ridiculous", ""),
        ("my name is on the account", ""),
    ],
)
def test_where_none_is_asked_for(said: str, name: str) -> None:
    """In any other turn only words that announce a name are followed by one."""
    assert [value.value for value in find_people(said.split())] == ([name] if name else [])


def test_the_words_it_came_from() -> None:
    """The words of the name are marked, with its spelling and without what leads in."""
    (value,) = find_people(["it's", "maria", "lopes", "l", "o", "p", "e", "z", "thanks"], asked=True)

    assert (value.first, value.last) == (1, 7)


EMBEDDED = [
    ("i'd like to make a transfer to maria lopez by friday", "maria lopez"),
    ("can i pay my rent to kowalski please", "kowalski"),
    ("please cancel the booking under maria lopez", "maria lopez"),
    ("i need an appointment with doctor grant tomorrow", "grant"),
    ("i'm calling on behalf of jean martin", "jean martin"),
]


@pytest.mark.parametrize(("said", "name"), EMBEDDED)
def test_in_the_middle_of_a_sentence(said: str, name: str) -> None:
    """Where a name is asked for, it may stand behind "to" or "under" in a longer sentence."""
    (value,) = find_people(said.split(), asked=True)

    assert value.value == name
    assert " ".join(said.split()[value.first : value.last + 1]) == name


@pytest.mark.parametrize(
    "said",
    [
        "can i speak to a person",
        "i need to pay my bill",
        "it's for my account",
        "send it to the other office",
    ],
)
def test_no_name_behind_to(said: str) -> None:
    """Words of everyday requests are no names."""
    assert find_people(said.split(), asked=True) == ()


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("john smith no john jones", ["john smith", "john jones"]),
        ("maria gomez no lopez", ["maria gomez", "maria lopez"]),
    ],
)
def test_taken_back(said: str, names: list[str]) -> None:
    """A name that takes another's place follows it; one word alone is the last name."""
    assert [value.value for value in find_people(said.split(), asked=True)] == names
