"""The sounds of words as flows and lexicons write them: the International Phonetic Alphabet (IPA)."""

from __future__ import annotations

import unicodedata

__all__ = ["SOUNDS", "sounds_of"]

SOUNDS = frozenset(
    "abcdefhijklmnopqrstuvwxyzæçðøħŋœǀǁǂǃɐɑɒɓɔɕɖɗɘəɚɛɜɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢ"
    "βθχᵻⱱʲʰˤˈˌːˑ˞ \u0303\u0327\u0329\u032a\u032f"
)
"""What voices trained on espeak-ng's phonemes know (Piper's map), without marks that are not sounds."""

USUAL = str.maketrans({"g": "ɡ", "'": "ˈ", "ʼ": "ˈ", ",": "ˌ", ":": "ː", "\u0361": "", "\u203f": "", ".": ""})
"""What people type, as the signs that are meant; ties and the dots between syllables are not heard."""


def sounds_of(text: str) -> str:
    """
    Return IPA as prompts hold it, each word in the signs of `SOUNDS` (NFD) between slashes: "/ˈɡʊd/ /ˈdeɪ/".

    Raises ValueError, its text the signs that are no sounds.
    """
    ipa = _decomposed(text.replace("/", " ").strip(" []")).translate(USUAL)
    unknown = [sign for sign in unicodedata.normalize("NFC", ipa) if not set(_decomposed(sign)) <= SOUNDS]
    if unknown or not ipa.strip():
        raise ValueError(" ".join(dict.fromkeys(unknown)))
    return " ".join(f"/{word}/" for word in ipa.split())


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)
