"""What is said to be wrong, and what takes its place. Today is Wednesday the 15th of July 2026."""

import pytest

from ivr_ari.events import Expect, Heard, Kind, Meaning, Word
from ivr_ari.understanding.denials import deny
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.numbers import find_ordinals
from ivr_ari.understanding.spacy_nlu import Understander
from ivr_ari.understanding.values import read_values

from .bank import EXAMPLES

TODAY = "2026-07-15"
MON, TUE, WED = "2026-07-20", "2026-07-21", "2026-07-22"

DAYS = [
    # words, what is denied, what is meant
    ("not tuesday", [TUE], []),
    ("not tuesday wednesday", [TUE], [WED]),
    ("no not tuesday wednesday", [TUE], [WED]),
    ("wednesday not tuesday", [TUE], [WED]),
    ("i said wednesday not tuesday", [TUE], [WED]),
    ("i didn't say tuesday i said wednesday", [TUE], [WED]),
    ("i did not say tuesday", [TUE], []),
    ("i didn't mean tuesday", [TUE], []),
    ("i don't want tuesday", [TUE], []),
    ("i don't want it on tuesday i want wednesday", [TUE], [WED]),
    ("it isn't tuesday it's wednesday", [TUE], [WED]),
    ("it's not on tuesday", [TUE], []),
    ("that wasn't tuesday that was on wednesday", [TUE], [WED]),
    ("wednesday instead of tuesday", [TUE], [WED]),
    ("wednesday rather than tuesday", [TUE], [WED]),
    ("anything but tuesday", [TUE], []),
    ("tuesday is wrong", [TUE], []),
    ("tuesday was wrong it's wednesday", [TUE], [WED]),
    ("tuesday isn't right", [TUE], []),
    ("tuesday doesn't work for me", [TUE], []),
    ("tuesday won't work how about wednesday", [TUE], [WED]),
    ("i can't on tuesday", [TUE], []),
    ("i can't make it on tuesday", [TUE], []),
    ("i cannot do tuesday", [TUE], []),
    ("tuesday no wednesday", [TUE], [WED]),
    ("tuesday no wait wednesday", [TUE], [WED]),
    ("tuesday um no sorry wednesday", [TUE], [WED]),
    ("tuesday i mean wednesday", [TUE], [WED]),
    ("on tuesday sorry on wednesday", [TUE], [WED]),
    ("tuesday actually wednesday", [TUE], [WED]),
    ("tuesday or rather wednesday", [TUE], [WED]),
    ("tuesday scratch that wednesday", [TUE], [WED]),
    ("tuesday oops wednesday", [TUE], [WED]),
    ("tuesday no make it wednesday", [TUE], [WED]),
    ("tuesday wait no make that wednesday", [TUE], [WED]),
    ("tuesday no i meant wednesday", [TUE], [WED]),
    ("change it from tuesday to wednesday", [TUE], [WED]),
    ("can you move it from tuesday to wednesday please", [TUE], [WED]),
    ("march third no march fourth", ["2027-03-03"], ["2027-03-04"]),
    # nothing is wrong
    ("tuesday", [], [TUE]),
    ("no tuesday", [], [TUE]),
    ("no it's tuesday", [], [TUE]),
    ("actually make that tuesday", [], [TUE]),
    ("tuesday or wednesday", [], [TUE, WED]),
    ("if not tuesday then wednesday", [], [TUE, WED]),
    ("why not tuesday", [], [TUE]),
    ("i do not recognize a charge on tuesday", [], [TUE]),
    ("i was not at home on tuesday", [], [TUE]),
    ("not before tuesday", [], [TUE]),
    ("on tuesday and on wednesday", [], [TUE, WED]),
    ("monday to tuesday", [], [MON, TUE]),
]


@pytest.mark.parametrize(("said", "denied", "meant"), DAYS)
def test_days(said: str, denied: list[str], meant: list[str]) -> None:
    """Exactly the days said to be wrong are denied; the others stand."""
    words = said.split()
    heard = Heard(tuple(Word(word) for word in words))
    found = read_values(heard, words, Expect(kinds=("date",), tense="future"), TODAY, ())[0]

    values = [value for value in deny(words, found) if value.kind == "date"]

    assert [str(value.value) for value in values if value.denied] == denied
    assert [str(value.value) for value in values if not value.denied] == meant


@pytest.mark.parametrize(
    ("said", "kind", "denied", "meant"),
    [
        ("not fifty but sixty", "amount", ["50.00"], ["60.00"]),
        ("fifty dollars no sixty dollars", "amount", ["50.00"], ["60.00"]),
        ("fifty no sixty dollars", "amount", ["50.00"], ["60.00"]),
        ("make it sixty dollars not fifty", "amount", ["50.00"], ["60.00"]),
        ("three thirty no wait four", "time", ["15:30"], ["16:00"]),
        ("not at four at half past four", "time", ["16:00"], ["16:30"]),
        ("not the first one the second", "ordinal", ["1"], ["2"]),
        ("the first no sorry the last one", "ordinal", ["1"], ["-1"]),
        ("not march april", "month", ["2026-03"], ["2026-04"]),
        ("it's not the first time", "ordinal", [], ["1"]),
        ("two no three", "number", ["2"], ["3"]),
    ],
)
def test_other_kinds(said: str, kind: Kind, denied: list[str], meant: list[str]) -> None:
    """Amounts, times, numbers and months are denied in the same ways."""
    words = said.split()
    heard = Heard(tuple(Word(word) for word in words))
    found = read_values(heard, words, Expect(kinds=(kind,)), TODAY, ())[0]

    values = deny(words, found)

    # half a value may look like a plain number
    assert (
        [float(str(value.value)) for value in values if value.denied]
        == pytest.approx([float(one) for one in denied])
        if kind == "amount"
        else [str(value.value) for value in values if value.denied] == denied
    )
    assert [str(value.value) for value in values if not value.denied] == meant


CITIES: dict[str, tuple[str, ...]] = {"boston": ("boston",), "austin": ("austin",), "dallas": ("dallas",)}


@pytest.fixture(scope="module")
def flights() -> Understander:
    return Understander(FlowWords(EXAMPLES, {"city": CITIES}, types={"city": "choice"}))


def understood(flights: Understander, said: str, asked: bool) -> Meaning:
    expect = Expect(slot="city", kinds=("choice",), choices=tuple(CITIES.items())) if asked else Expect()
    return flights.understand(Heard(tuple(Word(word) for word in said.split())), expect, today=TODAY)


@pytest.mark.model
@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize(
    ("said", "denied", "meant"),
    [
        ("not boston austin", ["boston"], ["austin"]),
        ("no not boston austin", ["boston"], ["austin"]),
        ("i said austin not boston", ["boston"], ["austin"]),
        ("austin not boston", ["boston"], ["austin"]),
        ("boston no austin", ["boston"], ["austin"]),
        ("boston sorry i mean austin", ["boston"], ["austin"]),
        ("not boston", ["boston"], []),
        ("not boston and not dallas", ["boston", "dallas"], []),
        ("it's not boston it's austin", ["boston"], ["austin"]),
        ("boston is wrong i said austin", ["boston"], ["austin"]),
        ("i don't want to go to boston i want austin", ["boston"], ["austin"]),
    ],
)
def test_choices(flights: Understander, said: str, denied: list[str], meant: list[str], asked: bool) -> None:
    """A denied choice is marked and the turn corrects, whether the choice was asked for or not."""
    meaning = understood(flights, said, asked)

    cities = [value for value in meaning.values if value.kind == "choice"]
    assert [value.value for value in cities if value.denied] == denied
    assert [value.value for value in cities if not value.denied] == meant
    assert "correct" in meaning.acts


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "acts"),
    [
        ("boston", ()),
        ("no boston", ("deny", "correct")),
        ("no wait boston", ("deny", "correct")),
        ("actually make that boston", ("correct",)),
        ("i mean boston", ("correct",)),
        ("yes boston", ("affirm",)),
    ],
)
def test_nothing_denied(flights: Understander, said: str, acts: tuple[str, ...]) -> None:
    """A correction that names only the new value denies nothing."""
    meaning = understood(flights, said, True)

    assert [(value.value, value.denied) for value in meaning.values] == [("boston", False)]
    assert meaning.acts == acts


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "city"),
    [
        ("the first one", "boston"),
        ("the second", "austin"),
        ("the last one", "dallas"),
        ("the last", "dallas"),
        ("last one please", "dallas"),
        ("the third one", "dallas"),
        ("the second to last", "austin"),
        ("number two", "austin"),
        ("option three please", "dallas"),
        ("two", "austin"),
        ("i'll take the second one", "austin"),
        ("the very last one", "dallas"),
        ("um the first one i think", "boston"),
    ],
)
def test_by_place(flights: Understander, said: str, city: str) -> None:
    """A choice can be named by its place in the list."""
    (value,) = understood(flights, said, True).values

    assert (value.kind, value.value, value.slot) == ("choice", city, "city")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("the last one", "-1"),
        ("the last", "-1"),
        ("last one", "-1"),
        ("my last appointment", "-1"),
        ("the final one", "-1"),
        ("the second last", "-2"),
        ("the next to last one", "-2"),
        ("the first one", "1"),
        ("the second", "2"),
        ("twenty first", "21"),
        # not one of several
        ("last month", ""),
        ("my last name is lopez", ""),
        ("how long does it last", ""),
        ("hold on a second", ""),
    ],
)
def test_ordinals(said: str, number: str) -> None:
    """The last of several counts from the end; "last month" and "it lasts" are no ordinals."""
    assert [str(value.value) for value in find_ordinals(said.split())] == ([number] if number else [])
