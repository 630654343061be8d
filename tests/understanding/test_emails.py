"""E-mail addresses told in words."""

from __future__ import annotations

import pytest

from ivr_ari.events import Act, Expect, Heard, Word
from ivr_ari.understanding.emails import begun_email, find_emails
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.spacy_nlu import Understander


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("john dot smith at example dot com", "john.smith@example.com"),
        ("it's j o h n dot s m i t h at g mail dot com", "john.smith@gmail.com"),
        ("j for john underscore smith at hot mail dot com", "j_smith@hotmail.com"),
        ("b as in bravo o b at a o l dot com", "bob@aol.com"),
        ("sales at my hyphen company dot net", "sales@my-company.net"),
        ("info at acme dash tools dot co dot uk", "info@acme-tools.co.uk"),
        ("susan underscore nineteen eighty two at outlook dot com", "susan_1982@outlook.com"),
        ("m y double l at example dot org", "myll@example.org"),
        ("lopes l o p e z dot maria at example dot com", "lopez.maria@example.com"),
        ("peter plus shopping at gmail dot com all lower case", "peter+shopping@gmail.com"),
        ("bob four you at gmail dot com", "bob4you@gmail.com"),
        ("a dot b at c dot d e", "a.b@c.de"),
        ("john point smith at mail dot example dot com", "john.smith@mail.example.com"),
        ("john at example dot com no dot org", "john@example.org"),
        ("john at example no at sample dot com", "john@sample.com"),
        ("john the number four you at example e x a m p l e dot com", "john4you@example.com"),
    ],
)
def test_said(said: str, address: str) -> None:
    """Signs, letters, numbers and words of an address become one."""
    assert [value.value for value in find_emails(said.split(), asked=True)] == [address]


def test_names_apart() -> None:
    """Two names without a sign between them may be joined by a dot as well."""
    (value,) = find_emails(["maria", "lopez", "at", "example", "dot", "com"], asked=True)

    assert value.value == "marialopez@example.com"
    assert "maria.lopez@example.com" in value.alternatives


def test_ends_left_out() -> None:
    """Asked for an address, people leave out what everybody knows; otherwise that is none."""
    assert [value.value for value in find_emails(["jo", "smith", "at", "gmail"], asked=True)] == [
        "josmith@gmail.com"
    ]
    assert find_emails(["look", "at", "gmail"]) == ()


@pytest.mark.parametrize("said", ["call me at five", "look at dot com", "my e mail", "at", "dot"])
def test_none(said: str) -> None:
    """What has no name, or no domain, is no address."""
    assert find_emails(said.split(), asked=True) == ()


def test_begun() -> None:
    """An address without its end is still being told."""
    assert begun_email(["john", "dot", "smith"])
    assert begun_email(["john", "at"])
    assert not begun_email(["john", "dot", "smith", "at", "example", "dot", "com"])
    assert not begun_email(["i", "have", "none"])


def test_still_being_told() -> None:
    """Asked for an address, a turn that stops in the middle of one waits for the rest."""
    understander = Understander(FlowWords(types={"mail": "email"}))
    expect = Expect(slot="mail", kinds=("email",))

    def acts(said: str) -> tuple[Act, ...]:
        heard = Heard(tuple(Word(word) for word in said.split()))
        return understander.understand(heard, expect, today="2026-07-15").acts

    assert "more-to-come" in acts("john dot smith")
    assert "more-to-come" not in acts("john dot smith at example dot com")
