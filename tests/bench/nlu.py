"""
Understanding on public data: ``python -m tests.bench.nlu [FOLDER] [--json FILE]``

*FOLDER* holds ``banking77-train.csv`` and ``clinc150-train-val.json`` (either may be missing). What a flow
learns from few examples is measured: accuracy, how far a confidence is off (expected calibration error, ten
bins), and how much that is out of scope is turned away where 3 % of what is in scope is lost. Beside the
product stands the plain reference: mean-pooled vectors and one logistic regression, confidence as it comes.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ivr_ari.models import cache_folder
from ivr_ari.understanding.encoder import Vectors, shared_encoder
from ivr_ari.understanding.intents import Encode, Intents, learn

BANKING = "banking77-train.csv"
CLINC = "clinc150-train-val.json"
SHOTS = 10
LOST = 0.03
BINS = 10

Scores = NDArray[np.float64]


@dataclass
class Judged:
    """Sentences by their right intent ("" is out of scope), what was guessed, and how surely."""

    right: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)
    confidence: list[float] = field(default_factory=list)

    def add(self, right: str, guessed: str, confidence: float) -> None:
        self.right.append(right)
        self.guessed.append(guessed)
        self.confidence.append(confidence)

    @property
    def scores(self) -> Scores:
        return np.array(self.confidence)

    @property
    def in_scope(self) -> NDArray[np.bool_]:
        return np.array([bool(right) for right in self.right])

    @property
    def correct(self) -> NDArray[np.bool_]:
        return np.array([right == guessed for right, guessed in zip(self.right, self.guessed, strict=True)])


@dataclass(frozen=True)
class Result:
    """One row of the table."""

    data: str
    system: str
    accuracy: float
    calibration_error: float
    turned_away: float | None
    """Share of the out-of-scope sentences, by a threshold chosen on the other half of the data."""


def accuracy(judged: Judged) -> float:
    """The share of the sentences in scope with the right intent, whatever the confidence."""
    return float(judged.correct[judged.in_scope].mean())


def reliability(judged: Judged) -> list[tuple[float, float, int]]:
    """For each bin of confidence that is not empty its mean, the share that was right, and the count."""
    scores, correct = judged.scores, judged.correct
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    return [
        (float(scores[bins == at].mean()), float(correct[bins == at].mean()), int((bins == at).sum()))
        for at in range(BINS)
        if (bins == at).any()
    ]


def calibration_error(judged: Judged) -> float:
    """Expected calibration error (Naeini et al., 2015): the bins' gaps, weighted by how full they are."""
    table = reliability(judged)
    total = sum(count for _, _, count in table)
    return sum(abs(sure - right) * count for sure, right, count in table) / total


def turned_away(judged: Judged) -> float | None:
    """The share of what is out of scope below a threshold that loses 3 % of the other half, both ways."""
    inside, outside = judged.scores[judged.in_scope], judged.scores[~judged.in_scope]
    if not len(outside):
        return None
    shares = []
    for half in (0, 1):
        threshold = np.quantile(inside[half::2], LOST)
        shares.append(float((outside[1 - half :: 2] < threshold).mean()))
    return sum(shares) / 2


class Memory:
    """The encoder, each sentence encoded once."""

    def __init__(self, encoder: Encode) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def __call__(self, sentences: Sequence[str]) -> Vectors:
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._known]
        self._known.update(zip(new, self._encoder(new), strict=True))
        return np.stack([self._known[sentence] for sentence in sentences])


class Plain:
    """The reference: one logistic regression on the vectors, by the product's own solver."""

    def __init__(self, examples: Mapping[str, Sequence[str]], encoder: Encode) -> None:
        self._names = tuple(examples)
        self._encoder = encoder
        learnt = learn(examples, encoder)
        self._weights = learnt.weights

    def guess(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        vectors = self._encoder(sentences)
        inputs = np.hstack([vectors, np.full((len(vectors), 1), 0.3, np.float32)])
        scores = (inputs @ self._weights)[:, :-1]
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        return [(self._names[row.argmax()], float(row.max())) for row in shares]


def shots(
    rows: Sequence[tuple[str, str]], seed: int, count: int
) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Draw *count* examples of each intent; the rest is for testing."""
    order = np.random.default_rng(seed).permutation(len(rows))
    drawn: dict[str, list[str]] = {}
    rest = []
    for at in order:
        text, intent = rows[at]
        if len(drawn.setdefault(intent, [])) < count and text not in drawn[intent]:
            drawn[intent].append(text)
        else:
            rest.append((text, intent))
    return drawn, rest


def judge(
    examples: Mapping[str, Sequence[str]], tests: Sequence[tuple[str, str]], encoder: Encode
) -> tuple[Judged, Judged]:
    """Let the product and the reference learn *examples* and guess *tests*."""
    product = Intents(tuple(examples), learn(examples, encoder), encoder)
    plain = Plain(examples, encoder)
    texts = [text for text, _ in tests]
    ours, theirs = Judged(), Judged()
    for (_, right), guess, (guessed, sure) in zip(
        tests, product.guess(texts), plain.guess(texts), strict=True
    ):
        ours.add(right, guess.intent, guess.confidence)
        theirs.add(right, guessed, sure)
    return ours, theirs


def result(data: str, system: str, judged: Judged) -> Result:
    return Result(data, system, accuracy(judged), calibration_error(judged), turned_away(judged))


def banking(path: Path, encoder: Encode, seeds: int, most: int) -> list[Result]:
    """BANKING77: 10 examples of each of 77 intents, tested on *most* of the rest."""
    with path.open() as file:
        rows = [(row["text"].lower().strip(), row["category"]) for row in csv.DictReader(file)]
    ours, theirs = Judged(), Judged()
    for seed in range(seeds):
        examples, rest = shots(rows, seed, SHOTS)
        for sum_, one in zip((ours, theirs), judge(examples, rest[:most], encoder), strict=True):
            for judged in zip(one.right, one.guessed, one.confidence, strict=True):
                sum_.add(*judged)
    return [result("BANKING77", "product", ours), result("BANKING77", "plain", theirs)]


def clinc(path: Path, encoder: Encode, seeds: int, intents: int) -> list[Result]:
    """CLINC150 as flows are: *intents* of it with 10 examples; what is out of scope must be turned away."""
    data = json.loads(path.read_text())
    outside = [(text, "") for text, _ in data["oos_val"]]
    ours, theirs = Judged(), Judged()
    for seed in range(seeds):
        names = sorted({intent for _, intent in data["train"]})
        chosen = set(np.random.default_rng(seed).choice(names, min(intents, len(names)), replace=False))
        rows = [(text, intent) for text, intent in data["train"] if intent in chosen]
        examples, _ = shots(rows, seed, SHOTS)
        tests = [(text, intent) for text, intent in data["val"] if intent in chosen] + outside
        for sum_, one in zip((ours, theirs), judge(examples, tests, encoder), strict=True):
            for judged in zip(one.right, one.guessed, one.confidence, strict=True):
                sum_.add(*judged)
    name = f"CLINC150, {intents} intents"
    print(f"\nreliability, {name}: confidence, right, sentences")
    for sure, right, count in reliability(ours):
        print(f"  {sure:.2f}  {right:.2f}  {count}")
    return [result(name, "product", ours), result(name, "plain", theirs)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/data/nlu"))
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--most", type=int, default=2000, help="test sentences of BANKING77 a seed")
    parser.add_argument("--intents", type=int, default=20, help="intents drawn from CLINC150")
    given = parser.parse_args()
    encoder = Memory(shared_encoder(cache_folder()))
    results: list[Result] = []
    started = time.monotonic()
    if (given.folder / CLINC).exists():
        results += clinc(given.folder / CLINC, encoder, given.seeds, given.intents)
    if (given.folder / BANKING).exists():
        results += banking(given.folder / BANKING, encoder, given.seeds, given.most)
    print(f"\n{'data':24}{'system':10}{'accuracy':>10}{'ECE':>8}{'turned away':>13}")
    for one in results:
        away = "-" if one.turned_away is None else f"{one.turned_away:.1%}"
        print(f"{one.data:24}{one.system:10}{one.accuracy:>10.1%}{one.calibration_error:>8.3f}{away:>13}")
    print(f"{time.monotonic() - started:.0f} s")
    if given.json:
        given.json.write_text(json.dumps([asdict(one) for one in results], indent=1))


if __name__ == "__main__":
    main()
