"""How many of something, by the words behind the number."""

import pytest

from ivr_ari.understanding.counting import ENGLISH, Counts

COUNTS = Counts(
    {
        "adults": ["adult", "grown up", "wife", "husband", "mom", "couple", "me"],
        "kids": ["kid", "child", "baby", "son", "daughter", "little one"],
        "people": ["people", "person", "guest", "us"],
        "rooms": ["room", "suite"],
    },
    ENGLISH,
)

COUNTED = [
    ("two adults and three kids", {"adults": "2", "kids": "3"}),
    ("my wife and i", {"adults": "2"}),
    ("my wife and i with our two kids", {"adults": "2", "kids": "2"}),
    ("me my wife and the little one", {"adults": "2", "kids": "1"}),
    ("our son and four daughters", {"kids": "5"}),
    ("my son and daughter", {"kids": "2"}),
    ("just me", {"adults": "1"}),
    ("for myself and my husband", {"adults": "2"}),
    ("i'm coming on friday with my mom", {"adults": "2"}),
    ("a wheelchair friendly room", {"rooms": "1"}),
    ("i need a room and then another for the baby", {"rooms": "2", "kids": "1"}),
    ("two double rooms for a couple", {"rooms": "2", "adults": "2"}),
    ("a couple of kids", {"kids": "2"}),
    ("the two of us", {"people": "2"}),
    ("no kids", {"kids": "0"}),
    ("without any children", {"kids": "0"}),
    ("one minor child", {"kids": "1"}),
    ("three grown ups", {"adults": "3"}),
    ("4 people", {"people": "4"}),
]


@pytest.mark.parametrize(("said", "counts"), COUNTED)
def test_counted(said: str, counts: dict[str, str]) -> None:
    """Each slot gets the number of the things that count for it, those named together added up."""
    assert {value.slot: value.value for value in COUNTS.find(said.split())} == counts


@pytest.mark.parametrize(
    "said",
    [
        "i need to change my booking",
        "that does not work for me",
        "the kids are hungry",
        "two nights please",
        "can you help me",
        "at five for dinner",
    ],
)
def test_not_counted(said: str) -> None:
    """Pronouns in passing, things without a number and numbers of other things count nothing."""
    assert COUNTS.find(said.split()) == ()


def test_place() -> None:
    """A value stands at its words, from the number to the last word of what is counted."""
    (value,) = COUNTS.find(["we", "are", "uh", "two", "tall", "adults", "tonight"])

    assert (value.kind, value.first, value.last) == ("number", 3, 5)
