"""What a bench found: rows beside their targets, as a table for people and JSON for machines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

__all__ = ["Limit", "Part", "Row", "percentile", "shown_table"]


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that *share* (0 to 1) of the values do not exceed, by nearest rank; NaN of none."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else math.nan


@dataclass(frozen=True, slots=True)
class Limit:
    """One figure of a row beside what it should be at most (or at least)."""

    name: str
    value: float
    target: float | None = None
    """None: told for information."""

    least: bool = False
    """The target is the least that is good, not the most."""

    @property
    def met(self) -> bool | None:
        """None where there is no target; False too when nothing could be measured."""
        if self.target is None:
            return None
        return self.value >= self.target if self.least else self.value <= self.target


@dataclass(frozen=True, slots=True)
class Row:
    """One measure."""

    measure: str
    unit: str
    limits: tuple[Limit, ...]
    count: int = 0
    """How many were measured."""

    note: str = ""

    @property
    def met(self) -> bool | None:
        judged = [limit.met for limit in self.limits if limit.met is not None]
        return all(judged) if judged else None

    @classmethod
    def times(
        cls, measure: str, values: Sequence[float], p50: float | None, p95: float | None, note: str = ""
    ) -> Self:
        """A row of milliseconds: median and 95th percentile."""
        limits = (
            Limit("p50", percentile(values, 0.5), p50),
            Limit("p95", percentile(values, 0.95), p95),
        )
        return cls(measure, "ms", limits, len(values), note)

    @classmethod
    def of(
        cls,
        measure: str,
        unit: str,
        value: float,
        target: float | None = None,
        *,
        least: bool = False,
        count: int = 0,
        note: str = "",
    ) -> Self:
        """A row of one figure."""
        return cls(measure, unit, (Limit("", value, target, least),), count, note)


@dataclass(slots=True)
class Part:
    """What one part of the bench found."""

    name: str
    rows: list[Row] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    """Everything else worth keeping, by name; charts are drawn from it."""

    seconds: float = 0.0
    failed: str = ""
    """Why the part came to nothing; empty if it did not."""

    def plain(self) -> dict[str, Any]:
        """Return all of it as JSON knows it."""
        found = asdict(self)
        for row, kept in zip(self.rows, found["rows"], strict=True):
            kept["met"] = row.met
        return found

    @classmethod
    def from_plain(cls, found: dict[str, Any]) -> Self:
        rows = [
            Row(
                row["measure"],
                row["unit"],
                tuple(Limit(**limit) for limit in row["limits"]),
                row["count"],
                row["note"],
            )
            for row in found["rows"]
        ]
        return cls(found["name"], rows, found["figures"], found["seconds"], found["failed"])


def _number(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def shown_table(parts: Sequence[Part]) -> str:
    """Return all rows with their targets beside, and what failed."""
    lines = [f"{'measure':52} {'n':>5}  {'measured':24} {'target':20} "]
    for part in parts:
        lines.append(f"-- {part.name} ({part.seconds:.0f} s)")
        if part.failed:
            lines.append(f"   FAILED: {part.failed}")
        for row in part.rows:
            measured = " / ".join(_number(limit.value) for limit in row.limits)
            names = " / ".join(limit.name for limit in row.limits if limit.name)
            target = " / ".join(
                "-" if limit.target is None else f"{'>=' if limit.least else '<='} {_number(limit.target)}"
                for limit in row.limits
            )
            verdict = {True: "met", False: "MISSED", None: ""}[row.met]
            title = f"{row.measure}, {names}" if names else row.measure
            lines.append(
                f"{title:52} {row.count or '':>5}  {measured + ' ' + row.unit:24} "
                f"{'' if row.met is None else target:20} {verdict}"
            )
            if row.note:
                lines.append(f"     {row.note}")
    return "\n".join(lines)
