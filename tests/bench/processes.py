"""What the service's processes use: CPU seconds and memory of each, told by what the process does."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

__all__ = ["ROLES", "Usage", "core_shares", "tree"]

ROLES: Mapping[str, str] = {
    r"ivr_ari\.engines\.speech": "recogniser",
    r"ivr_ari\.engines\.understanding": "understanding",
    r"ivr_ari\.engines\.voice": "voice",
    r"ivr_ari\.phonemes": "voice",
    r"ivr_ari run": "controller",
}
"""Patterns of command lines, and what to call the process."""


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants; one that ends meanwhile is left out."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


@dataclass(frozen=True, slots=True)
class Usage:
    """Of a moment: CPU seconds so far and memory, by role."""

    cpu_s: Mapping[str, float]
    memory_mb: Mapping[str, float]
    """Proportional set size: what several processes share is divided among them (proc(5), smaps_rollup)."""

    @classmethod
    def of(cls, pid: int) -> Self:
        """Look at a process and its descendants."""
        cpu: dict[str, float] = {}
        memory: dict[str, float] = {}
        for process in tree(pid):
            try:
                role = _role(process)
                cpu[role] = cpu.get(role, 0.0) + _cpu_s(process)
                memory[role] = memory.get(role, 0.0) + _memory_mb(process)
            except OSError:
                continue  # it ended while it was looked at
        return cls(cpu, memory)

    @property
    def total_mb(self) -> float:
        return sum(self.memory_mb.values())


def core_shares(before: Usage, after: Usage, seconds: float) -> dict[str, float]:
    """Return the share of one core that each role used between two looks, *seconds* apart."""
    return {
        role: max(0.0, (used - before.cpu_s.get(role, 0.0)) / seconds) for role, used in after.cpu_s.items()
    }


def _role(pid: int) -> str:
    line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    return next((role for pattern, role in ROLES.items() if re.search(pattern, line)), "other")


def _cpu_s(pid: int) -> float:
    # Nanoseconds on a CPU, of each thread (sched-stats in the kernel's documentation): ticks are too coarse.
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def _memory_mb(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except PermissionError:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 2**20
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
