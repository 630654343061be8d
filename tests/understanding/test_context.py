"""The same words where different things are asked for. Today is the 15th of July 2026."""

from collections.abc import Sequence

import pytest

from ivr_ari.events import Expect, Heard, Kind, Meaning, Word
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.spacy_nlu import Understander

from .bank import EXAMPLES

pytestmark = pytest.mark.model

TODAY = "2026-07-15"
SIZES = (
    ("one-bed", ("single",)),
    ("two-bed", ("double",)),
    ("suite", ("suite",)),
    ("family", ("family room",)),
)
TYPES: dict[str, Kind] = {
    "caller": "name",
    "order": "id",
    "callback": "phone",
    "stay": "range",
    "day": "date",
    "at": "time",
    "guests": "number",
    "sum": "amount",
    "size": "choice",
}


@pytest.fixture(scope="module")
def desk() -> Understander:
    names = {
        "caller": ["name"],
        "order": ["order number", "booking code"],
        "callback": ["phone number", "cell"],
    }
    return Understander(FlowWords(EXAMPLES, {"size": dict(SIZES)}, called=names, types=TYPES))


def asked(slot: str) -> Expect:
    if not slot:
        return Expect()
    kind = TYPES[slot]
    return Expect(slot=slot, kinds=(kind,), choices=SIZES if kind == "choice" else (), tense="future")


def understood(desk: Understander, said: str, slot: str) -> Meaning:
    return desk.understand(Heard(tuple(Word(word) for word in said.split())), asked(slot), today=TODAY)


@pytest.mark.parametrize(
    ("said", "slot", "kind", "value"),
    [
        # one number in six contexts
        ("four", "guests", "number", "4"),
        ("four", "at", "time", "16:00"),
        ("four", "sum", "amount", "4.00"),
        ("four", "size", "choice", "family"),
        ("four", "order", "id", "4"),
        ("the fourth", "day", "date", "2026-08-04"),
        ("the fourth", "size", "choice", "family"),
        ("four of us", "guests", "number", "4"),
        ("at four", "at", "time", "16:00"),
        # two numbers
        ("three thirty", "at", "time", "15:30"),
        ("three thirty", "sum", "amount", "3.30"),
        ("three thirty", "day", "date", "2027-03-30"),
        ("three thirty pm", "at", "time", "15:30"),
        ("half past three", "at", "time", "15:30"),
        ("noon", "at", "time", "12:00"),
        ("quarter to nine in the morning", "at", "time", "08:45"),
        # a word that is a month, a name, a day
        ("may", "caller", "name", "may"),
        ("june carter", "caller", "name", "june carter"),
        ("april", "stay", "range", "2027-04-01/2027-04-30"),
        ("next week", "stay", "range", "2026-07-20/2026-07-26"),
        ("from monday to friday", "stay", "range", "2026-07-20/2026-07-24"),
        ("this weekend", "stay", "range", "2026-07-18/2026-07-19"),
        # letters
        ("a b one two oh four", "order", "id", "AB1204"),
        ("l o p e z", "caller", "name", "lopez"),
        ("l o p e z", "order", "id", "LOPEZ"),
        # ten digits
        ("three one two five five five oh one two three", "callback", "phone", "3125550123"),
        ("three one two five five five oh one two three", "order", "id", "3125550123"),
        ("three one two five five five oh one two three", "", "phone", "3125550123"),
        # by name, whatever was asked
        ("my booking code is a b twelve oh four", "caller", "id", "AB1204"),
        ("my phone number is three one two five five five oh one two three", "order", "phone", "3125550123"),
        ("my name is maria lopez", "order", "name", "maria lopez"),
        ("my name is maria lopez", "", "name", "maria lopez"),
        ("it's maria lopez", "caller", "name", "maria lopez"),
        ("in spanish please", "caller", "language", "es"),
        ("do you speak english", "day", "language", "en"),
        ("español", "order", "language", "es"),
    ],
)
def test_what_is_asked_for_decides(desk: Understander, said: str, slot: str, kind: str, value: str) -> None:
    """One value, of the kind that fits the question, and no request."""
    meaning = understood(desk, said, slot)

    assert [(one.kind, one.value) for one in meaning.values] == [(kind, value)]
    assert meaning.requests == ()


@pytest.mark.parametrize(
    ("said", "slot", "found"),
    [
        ("tuesday at three thirty pm", "day", [("date", "2026-07-21"), ("time", "15:30")]),
        ("tuesday at four", "day", [("date", "2026-07-21"), ("time", "16:00")]),
        ("march third at three thirty", "day", [("date", "2027-03-03"), ("time", "15:30")]),
        ("at half past two on the fourth of august", "day", [("time", "14:30"), ("date", "2026-08-04")]),
        ("tomorrow morning at nine", "day", [("date", "2026-07-16"), ("time", "09:00")]),
        (
            "four people from monday to friday",
            "guests",
            [("number", "4"), ("range", "2026-07-20/2026-07-24")],
        ),
        (
            "maria lopez and my phone number is three one two five five five oh one two three",
            "caller",
            [("name", "maria lopez"), ("phone", "3125550123")],
        ),
        (
            "a b one two oh four and my name is john smith",
            "order",
            [("id", "AB1204"), ("name", "john smith")],
        ),
        (
            "a suite from the third to the tenth",
            "size",
            [("choice", "suite"), ("range", "2026-08-03/2026-08-10")],
        ),
        ("actually make that tuesday", "day", [("date", "2026-07-21")]),
        ("no wait i mean tuesday", "day", [("date", "2026-07-21")]),
    ],
)
def test_more_than_was_asked_for(
    desk: Understander, said: str, slot: str, found: list[tuple[str, str]]
) -> None:
    """What else was said is understood as well."""
    values = [value for value in understood(desk, said, slot).values if value.kind != "ordinal"]

    assert [(value.kind, value.value) for value in values] == found


@pytest.mark.parametrize(
    ("said", "acts", "intents"),
    [
        ("what's my balance", (), ["balance"]),
        ("i lost my card", (), ["card-lost"]),
        ("opening hours", (), ["opening-hours"]),
        ("operator", ("person",), []),
        ("louder please", ("louder",), []),
        ("same as before", ("same",), []),
        ("both", ("both",), []),
        ("the other one", ("other",), []),
        ("repeat", ("repeat",), []),
        ("hold on", ("hold-on",), []),
        ("i don't know", ("help",), []),
    ],
)
def test_no_name_of_a_wish(
    desk: Understander, said: str, acts: Sequence[str], intents: Sequence[str]
) -> None:
    """Where a name is asked for, a request or an act is no name."""
    meaning = understood(desk, said, "caller")

    assert not meaning.values
    assert set(acts) <= set(meaning.acts)
    assert [request.intent for request in meaning.requests] == list(intents)


@pytest.mark.parametrize(
    ("said", "slot", "more"),
    [
        ("three one two", "callback", True),
        ("three one two five five five oh one two three", "callback", False),
        ("my number is", "callback", True),
    ],
)
def test_a_number_begun(desk: Understander, said: str, slot: str, more: bool) -> None:
    """A telephone number that has only begun goes on."""
    assert ("more-to-come" in understood(desk, said, slot).acts) == more


def test_named_values_have_their_slot(desk: Understander) -> None:
    """A name that the flow gave leads to its slot, whatever was asked."""
    said = (
        "my booking code is a b twelve oh four and my cell is three one two five five five oh one two three"
    )

    meaning = understood(desk, said, "day")

    assert [(value.slot, value.value) for value in meaning.values] == [
        ("order", "AB1204"),
        ("callback", "3125550123"),
    ]
