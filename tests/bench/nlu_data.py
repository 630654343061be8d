"""Public data for understanding, read from a folder laid out as ``python -m tests.bench.nlu`` says."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

__all__ = [
    "DOMAINS",
    "Banking",
    "Clinc",
    "Labelled",
    "Utterance",
    "banking",
    "clinc",
    "drawn",
    "folds",
    "label_phrases",
]

DOMAINS = ("banking", "hotels")
"""Of NLU++."""

Labelled = tuple[str, str]
"""A sentence and its one intent; none is out of scope."""


@dataclass(frozen=True)
class Banking:
    """BANKING77: where examples are drawn from, and the sentences to judge ([]: what was not drawn)."""

    train: list[Labelled]
    test: list[Labelled]


@dataclass(frozen=True)
class Clinc:
    """CLINC150 with all 150 intents; thresholds are chosen on *validation*, *test* is judged."""

    train: list[Labelled]
    validation: list[Labelled]
    test: list[Labelled]
    own_test: bool
    """Whether the folder has the data's own test part; else *test* is half of the validation part."""


@dataclass(frozen=True)
class Utterance:
    """One sentence of NLU++: its intents, and its slots as the data has them."""

    text: str
    intents: frozenset[str] = frozenset()
    slots: dict[str, dict[str, Any]] = field(default_factory=dict)


def banking(folder: Path) -> Banking | None:
    """Read ``banking77-train.csv`` and, if it is there, ``banking77-test.csv``."""
    train, test = folder / "banking77-train.csv", folder / "banking77-test.csv"
    if not train.exists():
        return None
    return Banking(_rows(train), _rows(test) if test.exists() else [])


def _rows(path: Path) -> list[Labelled]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(_plain(row["text"]), row["category"]) for row in csv.DictReader(file)]


def clinc(folder: Path) -> Clinc | None:
    """
    Read whatever ``*clinc*.json`` files are there (or ``data_full.json``), parts merged.

    With a test part, the whole validation part is for thresholds; without, every second sentence of it.
    """
    parts: dict[str, list[Labelled]] = {}
    for path in sorted([*folder.glob("*clinc*.json"), *folder.glob("data_full.json")]):
        for part, rows in json.loads(path.read_text(encoding="utf-8")).items():
            outside = part.startswith("oos")
            parts.setdefault(part, [(_plain(text), "" if outside else name) for text, name in rows])
    if not {"train", "val", "oos_val"} <= parts.keys():
        return None
    if "test" in parts and "oos_test" in parts:
        return Clinc(parts["train"], parts["val"] + parts["oos_val"], parts["test"] + parts["oos_test"], True)
    inside, outside_rows = parts["val"], parts["oos_val"]
    return Clinc(parts["train"], inside[::2] + outside_rows[::2], inside[1::2] + outside_rows[1::2], False)


def folds(folder: Path, domain: str) -> list[list[Utterance]]:
    """Read the folds of ``nlupp-<domain>`` that are there, by number."""
    paths = sorted(
        (folder / f"nlupp-{domain}").glob("fold*.json"), key=lambda path: int(path.stem.removeprefix("fold"))
    )
    return [
        [
            Utterance(row["text"], frozenset(row.get("intents", ())), row.get("slots", {}))
            for row in json.loads(path.read_text(encoding="utf-8"))
        ]
        for path in paths
    ]


def label_phrases(folder: Path, names: Sequence[str]) -> dict[str, list[str]]:
    """What an admin would call each intent: its name, and its description in ``nlupp-ontology.json``."""
    path = folder / "nlupp-ontology.json"
    told = json.loads(path.read_text(encoding="utf-8"))["intents"] if path.exists() else {}
    found = {}
    for name in names:
        texts = [name.replace("_", " "), told.get(name, {}).get("description", "")]
        found[name] = [text for text in texts if text]
    return found


def drawn(rows: Sequence[Labelled], seed: int, count: int) -> tuple[dict[str, list[str]], list[Labelled]]:
    """Return *count* examples of each intent, and all other rows; *seed* fixes which."""
    order = np.random.default_rng(seed).permutation(len(rows))
    examples: dict[str, list[str]] = {intent: [] for intent in sorted({intent for _, intent in rows})}
    rest: list[Labelled] = []
    taken: dict[str, str] = {}
    for at in order:
        text, intent = rows[at]
        if len(examples[intent]) < count and text not in taken:
            examples[intent].append(text)
            taken[text] = intent
        elif text not in taken:
            rest.append((text, intent))
    return examples, rest


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
