"""NLU++: several intents an utterance, learnt from one fold or two neighbours, tested on all others."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ivr_ari.understanding.features import Encode
from ivr_ari.understanding.regression import fit_several, scores, sigmoid
from ivr_ari.understanding.several import Several

from .mishearing import misheard

__all__ = ["SeveralResult", "several_intents"]

Example = tuple[str, frozenset[str]]
Matrix = NDArray[np.float32]

ONTOLOGY = "nlupp-ontology.json"
PREFIX = re.compile(r"^is the intent( asking| to ask| to talk| to)?( about| something about)?")


@dataclass(frozen=True)
class SeveralResult:
    """Micro-averaged F1, clean and misheard, and expected calibration error over all (sentence, intent)."""

    data: str
    folds: int
    system: str
    f1: float
    misheard_f1: float
    calibration_error: float


def phrases(ontology: Path, names: set[str]) -> dict[str, list[str]]:
    """What names each intent: its name, its description, and the alternatives listed in either."""
    told = json.loads(ontology.read_text())["intents"] if ontology.exists() else {}
    found = {}
    for name in sorted(names):
        description = PREFIX.sub("", told.get(name, {}).get("description", "")).strip(" ?")
        parts = name.split("_")
        texts = [name.replace("_", " "), description, *re.split(r",\s*(?:or )?| or ", description)]
        texts += parts if len(parts) > 2 else []
        found[name] = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    return found


def several_intents(
    folder: Path, domain: str, neighbours: int, encoder: Encode, plain: Encode, step: int = 1
) -> list[SeveralResult]:
    """Train on every *step*-th run of *neighbours* folds; a row for the product, one for the reference."""
    paths = sorted((folder / f"nlupp-{domain}").glob("fold*.json"))
    folds = [
        [(one["text"].lower(), frozenset(one.get("intents", []))) for one in json.loads(path.read_text())]
        for path in paths
    ]
    every = {name for fold in folds for _, labels in fold for name in labels}
    named = phrases(folder / ONTOLOGY, every)
    figures: dict[str, list[tuple[float, float, float]]] = {"product": [], "plain": []}
    for start in range(0, len(folds) - neighbours + 1, step):
        train = [one for fold in folds[start : start + neighbours] for one in fold]
        tests = [one for at, fold in enumerate(folds) if not start <= at < start + neighbours for one in fold]
        several = Several(train, named, encoder)
        figures["product"].append(_figures(several.names, several.judge, several.threshold, tests))
        names = several.names
        rows, targets = plain([text for text, _ in train]), _targets(train, names)
        weights = fit_several(rows, targets, 50.0)

        def judge(texts: Sequence[str], weights: Matrix = weights) -> Matrix:
            return sigmoid(scores(plain(texts), weights))

        figures["plain"].append(_figures(names, judge, 0.3, tests))
    return [
        SeveralResult(f"NLU++ {domain}", neighbours, system, *(float(one) for one in np.mean(each, axis=0)))
        for system, each in figures.items()
    ]


def _targets(rows: Sequence[Example], names: Sequence[str]) -> Matrix:
    return np.array([[name in labels for name in names] for _, labels in rows], np.float32)


def _figures(
    names: Sequence[str], judge: Callable[[Sequence[str]], Matrix], threshold: float, tests: Sequence[Example]
) -> tuple[float, float, float]:
    wanted = _targets(tests, names)
    clean = judge([text for text, _ in tests])
    noisy = judge([misheard(text) for text, _ in tests])
    bins = np.minimum((clean * 10).astype(int), 9)
    gaps = [abs(float((clean - wanted)[bins == at].sum())) for at in range(10)]
    return _f1(clean >= threshold, wanted), _f1(noisy >= threshold, wanted), sum(gaps) / clean.size


def _f1(given: NDArray[np.bool_], wanted: Matrix) -> float:
    return float(2 * (given * wanted).sum() / max(given.sum() + wanted.sum(), 1))
