"""Street addresses told in words."""

from __future__ import annotations

import pytest

from ivr_ari.understanding.addresses import find_addresses
from ivr_ari.understanding.words import listed


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (
            "twelve thirty four north main street apt five b springfield illinois six two seven oh four",
            "1234 North Main Street, Apt 5B, Springfield, IL 62704",
        ),
        (
            "one oh five fifth avenue new york new york one double oh one one",
            "105 5th Avenue, New York, NY 10011",
        ),
        (
            "one twenty one west forty second street apartment twelve c new york n y one oh oh three six",
            "121 West 42nd Street, Apt 12C, New York, NY 10036",
        ),
        (
            "four hundred oak hill road suite three hundred austin texas",
            "400 Oak Hill Road, Suite 300, Austin, TX",
        ),
        ("p o box twelve boston massachusetts oh two one oh eight", "PO Box 12, Boston, MA 02108"),
        ("two oh one east park avenue fifth floor", "201 East Park Avenue, Floor 5"),
        ("nine county road twelve", "9 County Road 12"),
        ("forty five smith s m y t h street denver colorado", "45 Smyth Street, Denver, CO"),
        (
            "ninety nine main street number four b dallas texas seven five two oh one dash one two three oh",
            "99 Main Street, Unit 4B, Dallas, TX 75201-1230",
        ),
        ("twelve main street and my phone number is five five five", "12 Main Street"),
    ],
)
def test_said(said: str, address: str) -> None:
    """An address is written in the order of a letter, with the parts that were said."""
    assert [value.value for value in find_addresses(said.split(), asked=True)] == [address]


def test_number_and_ordinal() -> None:
    """The tens in front of an ordinal belong to the street, if enough is left for the house."""
    for said, address in (
        ("twelve forty second street", "12 42nd Street"),
        ("three fifty fifth avenue", "350 5th Avenue"),
        ("two twenty one b baker street", "221B Baker Street"),
    ):
        assert find_addresses(listed(said))[0].value == address
    assert find_addresses(listed("twenty first street")) == ()


def test_corrected() -> None:
    """After "no" another street takes the place of the first, with a number of its own or without."""
    for said, address in (
        ("one twenty three main street no elm street", "123 Elm Street"),
        ("one twenty three main street no sorry one twenty four main street", "124 Main Street"),
    ):
        assert find_addresses(listed(said), asked=True)[0].value == address


@pytest.mark.parametrize("said", ["five fifty broadway", "i was charged two times", "my street is nice"])
def test_unasked(said: str) -> None:
    """Where none was asked for, an address needs a number and a kind of street."""
    assert find_addresses(said.split()) == ()


def test_without_a_kind() -> None:
    """Asked for an address, a street needs no kind, but that is less sure."""
    (value,) = find_addresses(["five", "fifty", "broadway"], asked=True)

    assert (value.value, value.confidence) == ("550 Broadway", 0.5)
