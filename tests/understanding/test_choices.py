"""Choices that were offered, and lists that understanding knows."""

from __future__ import annotations

import pytest

from ivr_ari.events import Expect, Heard, Value, Word
from ivr_ari.understanding.choices import Choices, by_position
from ivr_ari.understanding.light_spacy import Doc, Vocab, blank
from ivr_ari.understanding.words import listed

KINDS = {
    "checking": ("checking account", "current account"),
    "savings": ("savings account",),
    "none": ("none of them",),
}
STREETS = {
    f"{name} street": (f"{name} street",) for name in ("oak", "maple", "whitfield", "lincoln", "harbor")
}
MANY = STREETS | {f"number {at} road": () for at in range(300)}


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    return blank("en").vocab


@pytest.fixture(scope="module")
def choices(vocab: Vocab) -> Choices:
    return Choices(vocab, {"kind": KINDS, "street": MANY, "other-street": MANY})


def doc(vocab: Vocab, said: str) -> Doc:
    return Doc(vocab, words=list(listed(said)))


@pytest.mark.parametrize(
    ("said", "choice"),
    [("savings account", "savings"), ("check in a count", "checking"), ("saving the count", "savings")],
)
def test_by_sound(choices: Choices, vocab: Vocab, said: str, choice: str) -> None:
    """A choice that was asked for may be heard as other words that sound like it."""
    offered = choices.offered(vocab, "kind", tuple(KINDS.items()))

    assert [value.value for value in offered.find(doc(vocab, said), asked=True)] == [choice]


@pytest.mark.parametrize("said", ["that one", "neither", "i have a question about my bill", "yes please"])
def test_not_by_chance(choices: Choices, vocab: Vocab, said: str) -> None:
    """Small words and other sentences are no choice, however few there are to choose from."""
    offered = choices.offered(vocab, "kind", tuple(KINDS.items()))

    assert offered.find(doc(vocab, said), asked=True) == ()


def test_a_list_of_hundreds(choices: Choices, vocab: Vocab) -> None:
    """A long list is known by its slot; two slots with the same one share it."""
    for slot in ("street", "other-street"):
        (value,) = choices.asked(doc(vocab, "wit field street"), slot)
        assert (value.value, value.slot) == ("whitfield street", slot)
    (open_turn,) = choices.find(doc(vocab, "a package for whitfield street please"))
    assert (open_turn.value, open_turn.slot) == ("whitfield street", "")


def test_names_are_phrases(choices: Choices, vocab: Vocab) -> None:
    """A choice without phrases is said by its name, numbers in words."""
    (value,) = choices.asked(doc(vocab, "number one hundred seven road"), "street")

    assert value.value == "number 107 road"


def test_another_list(choices: Choices, vocab: Vocab) -> None:
    """What is offered may be other words than the flow's own, as in another language."""
    other = (("savings", ("ahorros",)),)

    found = choices.offered(vocab, "kind", other).find(doc(vocab, "ahorros"))

    assert found == (Value("choice", "savings", 0, 0, 0.95, slot="kind"),)


def test_another_reading() -> None:
    """A choice that only another reading of the recogniser names stands for all the words, less surely."""
    from ivr_ari.understanding.flow_words import FlowWords
    from ivr_ari.understanding.spacy_nlu import Understander

    understander = Understander(FlowWords(choices={"kind": KINDS}, types={"kind": "choice"}))
    said = Heard((Word("foggy"), Word("mountain")), ("savings account",))
    expect = Expect(slot="kind", kinds=("choice",), choices=tuple(KINDS.items()))

    (value,) = understander.understand(said, expect, today="2026-07-15").values

    assert (value.value, value.slot, value.first, value.last) == ("savings", "kind", 0, 1)
    assert value.confidence < 0.6


@pytest.mark.parametrize(
    ("said", "choice"),
    [("option two", "b"), ("the last one", "c"), ("zero", ""), ("one and a half", ""), ("minus two", "")],
)
def test_by_place(said: str, choice: str) -> None:
    """Choices are numbered in whole numbers from one."""
    found = by_position(said.split(), ["a", "b", "c"], "kind")

    assert (found.value if found else "") == choice
