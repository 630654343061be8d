"""Whether a recording says what its prompt says: the words expected and the words heard, put side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..events import Part
from ..prompts.script import script

__all__ = ["UNKNOWN", "Compared", "compared", "likeliest", "words_of"]

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
UNKNOWN = "[unk]"
"""What a recogniser writes for words that it was not told to listen for."""

SOUNDS = re.compile(r"/[^/]*/")
"""A word given by its sounds (IPA): how it is written nobody knows."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Words of a prompt against words of a recording."""

    words: int
    """How many there should be."""

    wrong: int
    """Words that are missing, others, or too many."""

    different: tuple[tuple[str, str], ...]
    """Where they differ: what there should be, and what there is."""

    @property
    def share(self) -> float:
        """Word error rate."""
        return self.wrong / self.words if self.words else float(self.wrong > 0)


def words_of(parts: Iterable[Part], language: str) -> tuple[str, ...]:
    """Return the words of a prompt as a recogniser writes them: lower case, no marks, numbers in words."""
    text = " ".join(sentence.words for sentence in script(parts, language))
    return tuple(WORD.findall(SOUNDS.sub(" ", text).replace("’", "'").lower()))


def compared(expected: Sequence[str], heard: Sequence[str]) -> Compared:
    """Compare by the fewest words that have to be changed (Levenshtein)."""
    costs = _costs(expected, heard)
    pairs: list[tuple[str, str]] = []
    row, column = len(expected), len(heard)
    while row or column:
        cost = costs[row][column]
        if row and column and cost == costs[row - 1][column - 1] + (expected[row - 1] != heard[column - 1]):
            row, column = row - 1, column - 1
            pairs.append((expected[row], heard[column]))
        elif row and cost == costs[row - 1][column] + 1:
            row -= 1
            pairs.append((expected[row], ""))
        else:
            column -= 1
            pairs.append(("", heard[column]))
    return Compared(len(expected), costs[-1][-1], tuple(_differences(pairs[::-1])))


def likeliest(heard: Sequence[str], texts: Mapping[str, Sequence[str]]) -> str:
    """Return the name of the text that is nearest to what was heard."""
    return min(texts, key=lambda name: compared(texts[name], heard).share)


def _costs(expected: Sequence[str], heard: Sequence[str]) -> list[list[int]]:
    costs = [list(range(len(heard) + 1))]
    for row, wanted in enumerate(expected, 1):
        above, line = costs[-1], [row]
        for column, word in enumerate(heard, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (wanted != word)))
        costs.append(line)
    return costs


def _differences(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join what differs in a row."""
    found: list[tuple[str, str]] = []
    joining = False
    for wanted, word in pairs:
        if wanted == word:
            joining = False
            continue
        before = found.pop() if joining else ("", "")
        found.append((f"{before[0]} {wanted}".strip(), f"{before[1]} {word}".strip()))
        joining = True
    return found
