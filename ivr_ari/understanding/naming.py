"""
Words that name what a value is: "my pin is ...", "... is my account number".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..events import Kind
from .words import FILLERS, Words, listed

__all__ = ["ENGLISH", "NAMES", "Name", "Named", "NamingWords", "find_names", "known_names"]


@dataclass(frozen=True, slots=True)
class Name:
    """Words that name *slot*; its values are of one of *kinds*, or of any if there are none."""

    slot: str
    words: tuple[str, ...]
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A name found at words *first* to *last*; the value stands at *value*, or ends there if *behind*."""

    name: Name
    first: int
    last: int
    value: int
    behind: bool = False


_DIGITS: tuple[Kind, ...] = ("digits",)
_DATE: tuple[Kind, ...] = ("date",)

NAMES: Mapping[str, tuple[tuple[Kind, ...], str]] = {
    "account": (_DIGITS, "account number | account | checking account number | savings account number"),
    "pin": (_DIGITS, "pin | pin number | pin code | p i n | personal identification number"),
    "card": (_DIGITS, "card number | credit card number | debit card number | card"),
    "phone": (_DIGITS, "phone number | telephone number | cell number | mobile number | callback number"),
    "order": (_DIGITS, "order number | order | confirmation number"),
    "zip": (_DIGITS, "zip code | zip | postal code"),
    "birth_date": (_DATE, "date of birth | birth date | birthday | born | born on"),
    "amount": (("amount",), "amount | the total"),
    "date": (_DATE, "date"),
    "time": (("time",), "time"),
    "month": (("month", "date"), "month"),
}

LINKS = FILLERS | frozenset(
    listed("is was it's its are should be would the that's that number equals actually on in of")
)
"""Words between a name and its value."""

MOST_LINKS = 4


@dataclass(frozen=True, slots=True)
class NamingWords:
    """How values are named in one language."""

    names: Mapping[str, tuple[tuple[Kind, ...], str]]
    """Slots everybody has: their kinds and the words that name them."""
    links: frozenset[str]
    whose: frozenset[str]
    """Words right in front of a name that stands behind its value: "... is my pin"."""
    led_in: frozenset[str]
    """Words between such a value and "my"."""
    plain: Callable[[str], str] = str.lower
    """Writes a name as a turn's words are written, which may be without accents."""


ENGLISH = NamingWords(NAMES, LINKS, frozenset(("my", "the")), frozenset(("is", "was", "for", "that's")))


KINDS_OF: Mapping[str, tuple[Kind, ...]] = {"month": ("month", "date"), "number": ("number", "digits")}
"""What may fill a slot of a type beside values of its own kind, likeliest first."""


def known_names(
    declared: Mapping[str, Sequence[str]],
    types: Mapping[str, Kind] | None = None,
    language: NamingWords = ENGLISH,
) -> tuple[Name, ...]:
    """
    The built-in names and those a flow *declared* (slot -> words), longest first.

    *types* are the kinds of the flow's slots; a name the flow declares goes before a built-in one.
    """
    known = types or {}
    own = {
        listed(language.plain(phrase)): Name(
            slot, listed(language.plain(phrase)), _kinds(slot, known, language)
        )
        for slot, phrases in declared.items()
        for phrase in phrases
    }
    built_in = {
        listed(words): Name(slot, listed(words), _kinds(slot, known, language))
        for slot, (_, table) in language.names.items()
        for words in table.split("|")
    }
    return tuple(sorted((built_in | own).values(), key=lambda name: -len(name.words)))


def _kinds(slot: str, types: Mapping[str, Kind], language: NamingWords) -> tuple[Kind, ...]:
    """The kinds of value behind a name; none if nothing is known of the slot."""
    if kind := types.get(slot):
        return KINDS_OF.get(kind, (kind,))
    return language.names[slot][0] if slot in language.names else ()


def find_names(words: Words, names: Iterable[Name], language: NamingWords = ENGLISH) -> tuple[Named, ...]:
    """Return the names in *words* with the place where their values would be."""
    found: list[Named] = []
    taken: set[int] = set()
    for name in names:
        size = len(name.words)
        for first in range(len(words) - size + 1):
            span = range(first, first + size)
            if tuple(words[first : first + size]) != name.words or taken.intersection(span):
                continue
            taken.update(span)
            found.append(Named(name, first, span[-1], _behind_links(words, first + size, language)))
            before = _before_links(words, first - 1, language)
            if before >= 0:
                found.append(Named(name, first, span[-1], before, behind=True))
    return tuple(sorted(found, key=lambda one: (one.first, one.behind)))


def _behind_links(words: Words, at: int, language: NamingWords) -> int:
    end = at + MOST_LINKS
    while at < min(end, len(words)) and words[at] in language.links:
        at += 1
    return at


def _before_links(words: Words, at: int, language: NamingWords) -> int:
    """The index of the word in front of "is my", -1 if the name is not led in like that."""
    if at < 1 or words[at] not in language.whose or words[at - 1] not in language.led_in:
        return -1
    return at - 2
