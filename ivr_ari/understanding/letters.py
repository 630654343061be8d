"""
Letters as people spell them: "b", "bee", "b as in bravo", "bravo", "double u".

The words for letters are those of the ITU and NATO alphabet and what a recogniser writes for the name of a
letter. Names that are everyday words ("are", "you", "why") count only among other letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase

from .words import Words, has, listed

__all__ = ["ALPHABET", "Letter", "letter_at", "POLICE"]

Letter = tuple[str, int, bool]
"""The capital, the index behind its words, and whether the words can hardly mean anything else."""

ALPHABET: Mapping[str, str] = {
    word: word[0].upper()
    for word in listed(
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett juliette kilo lima mike"
        " november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray x-ray yankee zulu"
    )
}

POLICE: Mapping[str, str] = {
    word: word[0].upper()
    for word in listed(
        "adam boy charles david edward frank george henry ida john king lincoln mary nora ocean paul queen"
        " robert sam tom union william young zebra"
    )
}
"""The alphabet of police radio: letters only beside each other, or beside other letters and digits."""

NAMES: Mapping[str, str] = {
    "bee": "B",
    "cee": "C",
    "dee": "D",
    "eff": "F",
    "gee": "G",
    "aitch": "H",
    "haitch": "H",
    "jay": "J",
    "kay": "K",
    "ell": "L",
    "pee": "P",
    "cue": "Q",
    "kew": "Q",
    "ess": "S",
    "tee": "T",
    "vee": "V",
    "ex": "X",
    "wye": "Y",
    "zee": "Z",
    "zed": "Z",
    "dub": "W",
}
"""Names that are hardly anything else."""

EVERYDAY: Mapping[str, str] = {
    "ay": "A",
    "eh": "A",
    "hey": "A",
    "be": "B",
    "see": "C",
    "sea": "C",
    "eye": "I",
    "okay": "K",
    "el": "L",
    "em": "M",
    "en": "N",
    "owe": "O",
    "pea": "P",
    "queue": "Q",
    "are": "R",
    "tea": "T",
    "you": "U",
    "yu": "U",
    "why": "Y",
}
"""What a recogniser also writes; believed only between two sure letters or digits."""

LIKE = (("as", "in"), ("like", "in"), ("for",), ("as",), ("like",), ("is", "for"), ("is", "in"), ("from",))
"""Between a letter and a word that begins with it."""

NOT_AN_EXAMPLE = frozenset(
    listed("the a an my your it me you us one two three four five six seven eight nine")
)
CASE = frozenset(listed("capital uppercase upper"))


def letter_at(words: Words, at: int) -> Letter | None:
    """
    Read one letter at *at*: "b", "bee", "bravo", "double u", "b as in boy", "capital b".

    "d as in bravo" is a B: the word was said because the letter alone is misheard. None if no letter stands
    there.
    """
    if has(words, at, *CASE) and (read := letter_at(words, at + 1)):
        return read
    if has(words, at, "lower", "upper") and has(words, at + 1, "case") and (read := letter_at(words, at + 2)):
        return read
    plain = _plain(words, at)
    if plain is None:
        return None
    letter, end, sure = plain
    if len(words[at]) == 1 and ALPHABET.get(words[end] if end < len(words) else "") == letter:
        # "b bravo"
        return letter, end + 1, True
    for link in LIKE:
        word = end + len(link)
        if tuple(words[end:word]) == link and word < len(words) and words[word] not in NOT_AN_EXAMPLE:
            # "c for charlie", but not "eight for the house"
            named = words[word][0].upper()
            if named == letter or words[word] in ALPHABET or (link[-1] == "in" and named.isalpha()):
                return named, word + 1, True
    return letter, end, sure


def _plain(words: Words, at: int) -> Letter | None:
    if not 0 <= at < len(words):
        return None
    word = words[at].rstrip(".").removesuffix("'s")
    if word == "double" and has(words, at + 1, "u", "you", "yu", "ewe"):
        return "W", at + 2, True
    if word in ("x", "ex") and has(words, at + 1, "ray"):
        return "X", at + 2, True
    if word in ALPHABET:
        return ALPHABET[word], at + 1, True
    if len(word) == 1 and word in ascii_lowercase:
        # "a", "i" and "o" are words too
        return word.upper(), at + 1, word not in "aio"
    if word in NAMES:
        return NAMES[word], at + 1, True
    return (EVERYDAY[word], at + 1, False) if word in EVERYDAY else None
