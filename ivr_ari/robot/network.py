"""A bad network between the robot and the PBX: loses packets and delays them, always in the same way."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

__all__ = ["BadNetwork"]


@dataclass(slots=True)
class BadNetwork:
    """Decides about each packet: independent losses, evenly spread delays, which cost the order too."""

    loss: float = 0.0
    """Share of the packets, 0 to 1."""

    jitter_ms: float = 0.0
    """The longest delay."""

    seed: int = 1
    lost: int = 0
    """Packets so far that never came."""

    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def delay_ms(self) -> float | None:
        """Return by how much the next packet is delayed; None: it never comes."""
        if self._random.random() < self.loss:
            self.lost += 1
            return None
        return self._random.uniform(0.0, self.jitter_ms)
