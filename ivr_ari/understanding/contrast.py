"""
Drawing sentences of one intent together and those of different ones apart.

A linear map of the encoder's vectors, learnt from the flow's examples by the supervised contrastive loss
(Khosla et al., 2020): each example should be nearer to those of its own intent than to all others. It begins
as the map that changes nothing and takes few steps, so that what the encoder knows of sentences that are no
examples stays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["balanced", "contrast"]

Matrix = NDArray[np.float32]

TEMPERATURE = 0.1
STEPS = 10
"""
More fit the examples better and other sentences worse: on BANKING77 with 10 examples an intent 8 to 16 steps
gain a point of accuracy, 60 lose one. Of what is out of scope (CLINC150, 150 intents) 14 points more are
turned away.
"""

RATE = 1e-3
DECAY = (0.9, 0.999)
"""Step and decays of Adam (Kingma and Ba, 2015), in its authors' values."""

MOST = 1500
"""Examples looked at; the time goes with the square of them (1 s for 800)."""


def contrast(vectors: Matrix, owners: NDArray[np.int64], intents: int) -> Matrix:
    """
    Return the map, numbers of a vector squared, to be multiplied from the right.

    *vectors* are rows of length one, *owners* the intent of each; those from *intents* on are of none, so
    they are only kept away from the others.
    """
    kept = balanced(owners, MOST)
    rows, owners = vectors[kept], owners[kept]
    same = (owners[:, None] == owners[None]) & (owners < intents)[:, None]
    np.fill_diagonal(same, False)
    fellows = same.sum(1, keepdims=True)
    wanted = (same / np.maximum(fellows, 1)).astype(np.float32)
    judged = (fellows > 0).astype(np.float32)
    bend = np.eye(rows.shape[1], dtype=np.float32)
    mean, square = np.zeros_like(bend), np.zeros_like(bend)
    for step in range(1, STEPS + 1) if judged.any() else ():
        slope = _slope(rows, bend, wanted, judged)
        mean = DECAY[0] * mean + (1 - DECAY[0]) * slope
        square = DECAY[1] * square + (1 - DECAY[1]) * slope**2
        root = np.sqrt(square / (1 - DECAY[1] ** step)) + 1e-8
        bend = bend - RATE * (mean / (1 - DECAY[0] ** step)) / root
    return np.asarray(bend, np.float32)


def _slope(rows: Matrix, bend: Matrix, wanted: Matrix, judged: Matrix) -> Matrix:
    """How the loss changes with the map."""
    bent = rows @ bend
    lengths = np.linalg.norm(bent, axis=1, keepdims=True)
    bent /= lengths
    likeness = bent @ bent.T / TEMPERATURE
    np.fill_diagonal(likeness, -np.inf)
    chosen = np.exp(likeness - likeness.max(1, keepdims=True))
    chosen /= chosen.sum(1, keepdims=True)
    force = (chosen * judged - wanted) / judged.sum()
    pull = (force + force.T) @ bent / TEMPERATURE
    # along a vector itself nothing pulls: its length is always one
    pull -= (pull * bent).sum(1, keepdims=True) * bent
    return np.asarray(rows.T @ (pull / lengths), np.float32)


def balanced(owners: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """At most *most* examples, as equally many of each owner as there are."""
    if len(owners) <= most:
        return np.arange(len(owners))
    places = np.zeros(len(owners), np.int64)
    for owner in np.unique(owners):
        mine = owners == owner
        places[mine] = np.arange(mine.sum())
    return np.sort(np.argsort(places, kind="stable")[:most])
