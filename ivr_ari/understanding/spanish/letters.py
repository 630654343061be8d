"""
Letters as Spanish speakers spell them: "be", "be de barcelona", "uve doble", "i griega", "hache".

The names of the letters are those of the Real Academia and the usual American ones ("be larga", "ve corta").
Names that are everyday words ("te", "de", "a") count only among other letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase

from ..letters import Letter
from ..words import Words, has, listed

__all__ = ["letter_at", "spelled"]

NAMES: Mapping[str, str] = {
    "be": "B",
    "ce": "C",
    "efe": "F",
    "ge": "G",
    "hache": "H",
    "jota": "J",
    "ka": "K",
    "ele": "L",
    "eme": "M",
    "ene": "N",
    "eñe": "Ñ",
    "ñ": "Ñ",
    "pe": "P",
    "cu": "Q",
    "erre": "R",
    "ere": "R",
    "uve": "V",
    "equis": "X",
    "ye": "Y",
    "zeta": "Z",
    "ceta": "Z",
    "zeda": "Z",
}
"""Names that are hardly anything else."""

EVERYDAY: Mapping[str, str] = {"de": "D", "ese": "S", "te": "T", "ve": "V", "ca": "K", "que": "Q", "se": "C"}
TWO_WORDS: Mapping[tuple[str, ...], str] = {
    ("uve", "doble"): "W",
    ("doble", "uve"): "W",
    ("doble", "ve"): "W",
    ("ve", "doble"): "W",
    ("doble", "u"): "W",
    ("i", "griega"): "Y",
    ("y", "griega"): "Y",
    ("i", "latina"): "I",
    **dict.fromkeys(
        (("be", "larga"), ("be", "alta"), ("be", "grande"), ("b", "larga"), ("b", "grande")), "B"
    ),
    **dict.fromkeys((("ve", "corta"), ("ve", "baja"), ("ve", "chica"), ("v", "corta"), ("v", "chica")), "V"),
}
LIKE = frozenset(("de", "como"))
"""Between a letter and a word that begins with it."""

LEAST_SPELLED = 2
WORDS_TOO = frozenset("aeouy")
ONE_BY_ONE = frozenset(listed("letra mayuscula"))


def letter_at(words: Words, at: int) -> Letter | None:
    """Read one letter at *at*: "be", "b", "be de barcelona", "i griega"; None if none stands there."""
    if has(words, at, *ONE_BY_ONE) and (read := letter_at(words, at + 1)):
        return read
    plain = _plain(words, at)
    if plain is None:
        return None
    letter, end, sure = plain
    word = end + 1
    if has(words, end, *LIKE) and word < len(words) and len(words[word]) > 2:
        named = words[word][0].upper()
        if named == letter or (named in "BV" and letter in "BV"):
            return named, word + 1, True
    return letter, end, sure


def spelled(words: Words, at: int) -> tuple[str, int] | None:
    """Read letters from *at* on ("ele o pe e zeta"): them, in lower case, and the index behind; or None."""
    text, sure, end = "", 0, at
    while end < len(words):
        letter = letter_at(words, end)
        twice = 1
        if letter is None and has(words, end, "doble"):
            letter, twice = letter_at(words, end + 1), 2
        if letter is None:
            break
        sure += letter[2] or len(words[end]) == 1
        text, end = text + letter[0] * twice, letter[1]
    return (text.lower(), end) if len(text) >= LEAST_SPELLED and sure >= LEAST_SPELLED else None


def _plain(words: Words, at: int) -> Letter | None:
    if not 0 <= at < len(words):
        return None
    word = words[at].rstrip(".")
    if two := TWO_WORDS.get(tuple(words[at : at + 2])):
        return two, at + 2, True
    if len(word) == 1 and word in ascii_lowercase:
        return word.upper(), at + 1, word not in WORDS_TOO
    if word in NAMES:
        return NAMES[word], at + 1, True
    return (EVERYDAY[word], at + 1, False) if word in EVERYDAY else None
