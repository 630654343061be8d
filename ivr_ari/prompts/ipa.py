"""
Words given by their sounds, for engines that take no IPA.

A lexicon gives such words as ``/ˈtoʊmɛ/``. Voices whose symbols are IPA take them as they are.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["GIVEN", "espeak_names", "spelled"]

GIVEN = re.compile(r"/([^/]*)/")
"""A word given by its sounds."""

# a sound and its name in espeak-ng's docs/phonemes.md; English and Spanish sounds
NAMES_OF = """
    ˈ ' ˌ , ː : ə @ ɚ 3 ɝ 3: ɜ 3 ɐ a ɛ E æ a ɑ A ɒ 0 ɔ O ɪ I ᵻ I ʊ U ʌ V ð D θ T ʃ S ʒ Z ŋ N
    ɹ r ɾ t# ɡ g ɲ n^ β B ɣ Q ʎ l^ ʝ J^ ʔ ?
"""

# near enough in letters that a reader gets the word
LETTERS_OF = """
    ə a ɚ er ɝ er ɜ er ɐ a ɛ e æ a ɑ a ɒ o ɔ o ɪ i ᵻ i ʊ u ʌ u ð th θ th ʃ sh ʒ zh ŋ ng
    ɹ r ɾ r ɡ g ɲ ny β b ɣ g ʎ ly ʝ y
"""


def _table(pairs: str) -> dict[str, str]:
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


NAMES, LETTERS = _table(NAMES_OF), _table(LETTERS_OF)


def espeak_names(ipa: str) -> str:
    """Return sounds as espeak-ng's phoneme names; what has none is left out."""
    plain = unicodedata.normalize("NFD", ipa)
    return "".join(NAMES.get(sign, sign if sign.isascii() else "") for sign in plain)


def spelled(words: str) -> str:
    """Return *words*, those given by their sounds in letters that come near them."""
    return GIVEN.sub(lambda given: _letters(given[1]), words)


def _letters(ipa: str) -> str:
    plain = unicodedata.normalize("NFD", ipa)
    return "".join(LETTERS.get(sign, sign if sign.isascii() and sign.isalpha() else "") for sign in plain)
