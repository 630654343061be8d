"""
One fixed way of hearing sentences wrongly: about every fifth word is confused, dropped or merged.

Sounds that a telephone confuses (the spelling stands for them), endings and small words that are lost, and
words that run together. What happens depends on the sentence and its words alone, so figures compare.
"""

from __future__ import annotations

import re
from zlib import crc32

__all__ = ["misheard"]

RATE = 20
"""Of a hundred words so many are hit."""

SOUNDS = (
    ("th", "f"), ("ph", "f"), ("ck", "g"), ("tion", "shun"), ("ing", "in"), ("ee", "i"), ("ou", "ow"),
    ("s", "f"), ("f", "s"), ("m", "n"), ("n", "m"), ("b", "p"), ("p", "b"), ("d", "t"), ("t", "d"),
    ("v", "b"), ("g", "k"), ("c", "g"), ("a", "e"), ("e", "a"), ("i", "e"), ("o", "a"), ("l", "r"),
)  # fmt: skip

WORDS = {
    "to": "two", "for": "four", "my": "by", "a": "the", "the": "a", "is": "as", "in": "and", "can": "can't",
    "card": "cart", "account": "a count", "check": "chuck", "transfer": "trance for", "your": "you", "i": "a",
    "charge": "church", "charged": "charge", "money": "many", "pin": "pen",
    "balance": "balanced", "room": "rom",
}  # fmt: skip


def misheard(sentence: str) -> str:
    """Return *sentence* in lower case, without punctuation, as a bad line would let it through."""
    words = re.sub(r"[^\w' ]+", " ", sentence.lower()).split()
    heard: list[str] = []
    merge = False
    for at, word in enumerate(words):
        chance = crc32(f"{sentence} {at}".encode())
        said = word
        if chance % 100 < RATE:
            kind = chance // 100 % 10
            if kind < 2:
                continue
            if kind < 4 and heard:
                merge = True
            else:
                said = _confused(word, chance // 1000)
        heard.append(heard.pop() + said if merge else said)
        merge = False
    return " ".join(heard) or sentence.lower()


def _confused(word: str, chance: int) -> str:
    if word in WORDS:
        return WORDS[word]
    fitting = [(said, heard) for said, heard in SOUNDS if said in word]
    if not fitting:
        return word[:-1] or word
    said, heard = fitting[chance % len(fitting)]
    return word.replace(said, heard, 1)
