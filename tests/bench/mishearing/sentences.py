"""The sentences that were spoken to the recogniser."""

from __future__ import annotations

from pathlib import Path

__all__ = ["sentences"]


def sentences() -> list[str]:
    """Return them in the order of ``sentences.txt``."""
    path = Path(__file__).with_name("sentences.txt")
    return [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
