"""
Counts what the recogniser made of the sentences: ``python -m tests.bench.mishearing.count``

Reads ``heard.tsv`` (`record` makes it) and writes ``ivr_ari/understanding/misheard_counts.py``. Words that
were said are aligned with those that were heard by how they sound; of a run of words that differ, two for one
are parted, one for two joined if together they sound alike.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ivr_ari.understanding.mishearing import word_errors
from ivr_ari.understanding.pronunciations import Phones, alike, phone_distance, pronounce

HERE = Path(__file__).parent
HEARD = HERE / "heard.tsv"
COUNTS = HERE.parents[2] / "ivr_ari" / "understanding" / "misheard_counts.py"

WORST = 0.5
"""A call with more word errors is noise: nothing in it was heard for anything else."""

TOGETHER = 0.6
"""How alike words must sound, taken together, to be one heard as two or two as one."""

CONFUSED = 0.3
"""Words that sound less alike were not heard for one another."""

GAP = 0.6
"""What it costs to leave a word out of the alignment, beside 1 for two that share no sound."""

SEEN = 2
"""Confusions heard less often say more of these sentences than of the line."""

Pair = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass
class Counts:
    """Everything that is counted."""

    kinds: Counter[str] = field(default_factory=Counter)
    heard: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    phones: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, said: tuple[str, ...], heard: tuple[str, ...]) -> None:
        """Count a piece of an alignment: at most two words for at most two."""
        if said == heard:
            return
        kind = {(1, 0): "lost", (0, 1): "added", (2, 1): "joined", (1, 2): "parted"}.get(
            (len(said), len(heard)), "confused"
        )
        self.kinds[kind] += 1
        if kind == "lost":
            self.lost[said[0]] += 1
        elif kind == "added":
            self.added[heard[0]] += 1
        else:
            self.heard[" ".join(said), " ".join(heard)] += 1
            self.phones.update(phone_pairs(pronounce(" ".join(said)), pronounce(" ".join(heard))))


def aligned(said: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """Pair words of the two by sound; a word may stand alone, or with two for one."""
    best: dict[tuple[int, int], tuple[float, list[Pair]]] = {(0, 0): (0.0, [])}
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            if (i, j) == (0, 0):
                continue
            ways = []
            for a, b in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2)):
                if i < a or j < b:
                    continue
                piece = (tuple(said[i - a : i]), tuple(heard[j - b : j]))
                cost, way = best[i - a, j - b]
                ways.append((cost + _cost(*piece), [*way, piece]))
            best[i, j] = min(ways, key=lambda way: way[0])
    return best[len(said), len(heard)][1]


def _cost(said: tuple[str, ...], heard: tuple[str, ...]) -> float:
    if said == heard:
        return 0.0
    if not said or not heard:
        return GAP
    likeness = alike(pronounce(" ".join(said)), pronounce(" ".join(heard)))
    if len(said) != len(heard) and set(said) & set(heard):
        return 3 * GAP
    if len(said) != len(heard):
        return 0.1 + 2 * (1 - likeness) if likeness >= TOGETHER else 3 * GAP
    return 0.1 + (1 - likeness) if likeness >= CONFUSED else 2.5 * GAP


def phone_pairs(said: Phones, heard: Phones) -> Iterator[tuple[str, str]]:
    """Yield the phones that differ: what was said, what was heard, "-" for nothing."""
    best: dict[tuple[int, int], tuple[float, list[tuple[str, str]]]] = {(0, 0): (0.0, [])}
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            ways = []
            if i and j:
                cost, way = best[i - 1, j - 1]
                pair = (said[i - 1], heard[j - 1])
                ways.append((cost + phone_distance(*pair), [*way, pair]))
            if i:
                cost, way = best[i - 1, j]
                ways.append((cost + GAP, [*way, (said[i - 1], "-")]))
            if j:
                cost, way = best[i, j - 1]
                ways.append((cost + GAP, [*way, ("-", heard[j - 1])]))
            if ways:
                best[i, j] = min(ways, key=lambda way: way[0])
    yield from (pair for pair in best[len(said), len(heard)][1] if pair[0] != pair[1])


def counted(rows: Sequence[tuple[str, str]]) -> tuple[Counts, int, int]:
    """Count over *rows* of said and heard; also return how many calls and words were counted."""
    counts, calls, words = Counts(), 0, 0
    for said, heard in rows:
        one, other = said.split(), heard.split()
        if word_errors(one, other) > WORST * len(one):
            continue
        calls, words = calls + 1, words + len(one)
        for piece in aligned(one, other):
            counts.add(*piece)
    return counts, calls, words


def _table(name: str, about: str, entries: Sequence[str]) -> str:
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry) > 105:
            lines.append(line.rstrip())
            line = ""
        line += entry + " "
    text = "\n".join([*lines, line.rstrip()])
    return f'{name} = """\n{text}\n"""\n"""{about}"""\n'


def written(counts: Counts, calls: int, words: int) -> str:
    """Return the module that holds *counts*."""
    heard = sorted(
        ((pair, n) for pair, n in counts.heard.items() if n >= SEEN), key=lambda one: (-one[1], one[0])
    )
    kinds = ", ".join(f'"{kind}": {counts.kinds[kind]}' for kind in sorted(counts.kinds))
    tables = [
        _table(
            "WORDS_HEARD",
            'What was heard for a word, or for two; "_" stands between words.',
            [f"{a.replace(' ', '_')}>{b.replace(' ', '_')}:{n}" for (a, b), n in heard],
        ),
        _table("WORDS_LOST", "Words that were not heard.", _by_count(counts.lost)),
        _table("WORDS_ADDED", "Words that nobody had said.", _by_count(counts.added)),
        _table(
            "PHONES_HEARD",
            'Phones in words that were confused; "-" is nothing.',
            [
                f"{a}:{b}:{n}"
                for (a, b), n in sorted(counts.phones.items(), key=lambda one: (-one[1], one[0]))
            ],
        ),
    ]
    about = (
        f'"""\nWhat a recogniser made of {calls} synthesised telephone calls, {words} words.\n\n'
        "Written by ``python -m tests.bench.mishearing.count``: see tests/bench/mishearing/README.md.\n"
        '"""\n\n'
    )
    kinds_line = f'KINDS = {{{kinds}}}\n"""How often each kind of error was heard."""\n\n'
    return about + kinds_line + "\n".join(tables)


def _by_count(counter: Counter[str]) -> list[str]:
    return [f"{word}:{n}" for word, n in sorted(counter.items(), key=lambda one: (-one[1], one[0]))]


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    rows = [line.split("\t") for line in HEARD.read_text().splitlines()]
    by_noise: dict[str, tuple[int, int]] = {}
    for noise, said, heard in rows:
        errors, words = by_noise.get(noise, (0, 0))
        one = said.split()
        by_noise[noise] = (errors + word_errors(one, heard.split()), words + len(one))
    for noise, (errors, words) in by_noise.items():
        print(f"{noise} dB: {errors / words:.1%} word errors of {words}")
    counts, calls, words = counted([(said, heard) for _, said, heard in rows])
    print(f"{calls} calls, {words} words counted: {dict(counts.kinds)}")
    COUNTS.write_text(written(counts, calls, words))


if __name__ == "__main__":
    main()
