"""What was measured, as a table with targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .nlu_figures import Bin

__all__ = ["Measure", "print_table"]


@dataclass(frozen=True)
class Measure:
    """One line: what was measured, the product's value, what is aimed at, and the plain reference's value."""

    name: str
    value: float
    target: float | None = None
    plain: float | None = None
    least: bool = True
    """Whether the target is the least that will do, not the most."""

    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}


def print_table(measures: Sequence[Measure], tables: Mapping[str, Sequence[Bin]]) -> None:
    """Print the measures, and for each of *tables* how often a confidence is right."""
    print(f"\n{'':46}{'product':>9}{'plain':>9}{'target':>10}")
    for one in measures:
        target = "" if one.target is None else f"{'>=' if one.least else '<='} {one.target:.3f}"
        met = {None: "", True: "met", False: "NOT met"}[one.met]
        plain = "" if one.plain is None else f"{one.plain:.3f}"
        print(f"{one.name:46}{one.value:9.3f}{plain:>9}{target:>10}  {met:8}{one.note}")
    for name, bins in tables.items():
        print(f"\nreliability, {name}: confidence, right, sentences")
        for row in bins:
            print(f"  {row.confidence:.2f}  {row.right:.2f}  {row.count}")
