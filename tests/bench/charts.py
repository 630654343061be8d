"""Charts of a bench run, as PNG: where milliseconds and CPU go, and what load and time do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")  # no screen on the machines this runs on

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from .live_load import CPU_SHARE
from .live_turns import CLOSED_P95_MS, OPEN_P95_MS
from .measures import Part

__all__ = ["draw"]

Figures = Mapping[str, Any]


def draw(parts: Mapping[str, Part], folder: Path) -> list[Path]:
    """Draw a chart of every part that has something to show; return the files."""
    charts = (
        ("turns", "replies", "answers", answers),
        ("turns", "shares_ms", "stages", stages),
        ("load", "steps", "load", load),
        ("load", "steps", "cpu", cpu),
        ("long", "looks", "long", long_call),
        ("offline", "hearing", "hearing", hearing),
    )
    written = []
    for part, needed, name, paint in charts:
        if part in parts and parts[part].figures.get(needed):
            figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
            paint(axes, parts[part].figures)
            written.append(folder / f"{name}.png")
            figure.savefig(written[-1], dpi=110)
            plt.close(figure)
    return written


def answers(axes: Axes, figures: Figures) -> None:
    """Every answer time of closed and of open steps, sorted, with the targets for the 95th percentile."""
    for step, name, target, colour in (
        ("closed", "closed step", CLOSED_P95_MS, "C0"),
        ("open", "open step", OPEN_P95_MS, "C1"),
        ("growing", "date or amount", None, "C2"),
    ):
        times = sorted(
            reply["answer_ms"]
            for reply in figures["replies"]
            if reply["step"] == step and reply["answer_ms"] is not None
        )
        if times:
            axes.step([100 * (rank + 1) / len(times) for rank in range(len(times))], times, color=colour)
            axes.plot([], [], color=colour, label=f"{name}, {len(times)} turns")
            if target is not None:
                axes.axhline(target, color=colour, linestyle=":")
    axes.set(xlabel="percent of the turns", ylabel="ms from end of speech to first audio", xlim=(0, 100))
    axes.set_title("Answer times (dotted: target of p95)")
    axes.legend()


def stages(axes: Axes, figures: Figures) -> None:
    """The median of each stage, one after the other, for closed and open steps."""
    shares: Mapping[str, Mapping[str, float]] = figures["shares_ms"]
    names = list(dict.fromkeys(name for some in shares.values() for name in some))
    for row, some in enumerate(shares.values()):
        left = 0.0
        for index, name in enumerate(names):
            width = max(0.0, some.get(name, 0.0))
            axes.barh(row, width, left=left, color=f"C{index}", label=name if row == 0 else None)
            if width >= 12:
                axes.text(left + width / 2, row, f"{width:.0f}", ha="center", va="center", fontsize=8)
            left += width
    axes.set_yticks(range(len(shares)), list(shares))
    axes.set(xlabel="ms since end of speech (medians of the stages)")
    axes.set_title("Where a turn's milliseconds go")
    axes.legend(fontsize=8, loc="upper center", bbox_to_anchor=(0.5, -0.15), ncols=2)


def load(axes: Axes, figures: Figures) -> None:
    """The 95th percentiles against the number of calls."""
    steps: Sequence[Figures] = figures["steps"]
    calls = [step["calls"] for step in steps]
    for key, name, target, colour in (
        ("closed_p95_ms", "closed step", CLOSED_P95_MS, "C0"),
        ("open_p95_ms", "open step", OPEN_P95_MS, "C1"),
    ):
        axes.plot(calls, [step[key] for step in steps], marker="o", color=colour, label=f"{name}, p95")
        axes.axhline(target, color=colour, linestyle=":")
    axes.set(xlabel="calls at once", ylabel="ms from end of speech to first audio", ylim=(0, None))
    axes.set_title("Load (dotted: targets)")
    axes.legend()


def cpu(axes: Axes, figures: Figures) -> None:
    """What a call costs, by process, and the memory of all of them."""
    steps: Sequence[Figures] = figures["steps"]
    calls = [step["calls"] for step in steps]
    roles = list(dict.fromkeys(role for step in steps for role in step["cpu_share"]))
    bottom = [0.0] * len(steps)
    for role in roles:
        heights = [100 * step["cpu_share"].get(role, 0.0) for step in steps]
        axes.bar(range(len(calls)), heights, bottom=bottom, label=role)
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    axes.axhline(100 * CPU_SHARE, color="black", linestyle=":")
    axes.set_xticks(range(len(calls)), [str(count) for count in calls])
    axes.set(xlabel="calls at once", ylabel="% of a core, each call")
    beside = axes.twinx()
    beside.plot(range(len(calls)), [sum(step["memory_mb"].values()) for step in steps], "k--", label="memory")
    beside.set(ylabel="memory of all processes, MB (dashed)", ylim=(0, None))
    axes.set_title("What a call costs (dotted: target)")
    axes.legend()


def long_call(axes: Axes, figures: Figures) -> None:
    """Answer times and memory over the length of one call."""
    minutes = [(at / 60, ms) for at, _, ms in figures["replies"] if ms is not None]
    axes.plot([at for at, _ in minutes], [ms for _, ms in minutes], ".", label="answers")
    axes.set(xlabel="minutes of the call", ylabel="ms from end of speech to first audio", ylim=(0, None))
    beside = axes.twinx()
    looks: Sequence[Figures] = figures["looks"]
    totals = [sum(look["memory_mb"].values()) for look in looks]
    beside.plot([look["at_s"] / 60 for look in looks], totals, "C1")
    beside.set(ylabel="memory of all processes, MB", ylim=(0, None))
    axes.set_title("One long call (the middle beside other parts of the bench)")


def hearing(axes: Axes, figures: Figures) -> None:
    """Cut-offs, wrong values and word errors under each condition, ours beside plain Vosk's."""
    found: Mapping[str, Mapping[str, float]] = figures["hearing"]
    names = [name.partition(" / ")[0] for name in found if name.endswith(" / all")]
    shown = (
        ("cut off, dictations", "dictated", "cut_off", "n", "C3"),
        ("values not right", "closed", "not_right", "closed", "C0"),
        ("... plain Vosk", "closed", "plain_not_right", "closed", "C7"),
        ("word errors, open", "open", "word_error_rate", "", "C1"),
        ("... plain Vosk", "open", "plain_word_error_rate", "", "0.8"),
    )
    for index, (label, group, key, of, colour) in enumerate(shown):
        rows = [found.get(f"{name} / {group}", {}) for name in names]
        heights = [100 * row.get(key, 0.0) / (row.get(of, 1) or 1 if of else 1) for row in rows]
        axes.bar(
            [place + 0.16 * index for place in range(len(names))], heights, 0.16, label=label, color=colour
        )
    axes.set_xticks([place + 0.32 for place in range(len(names))], names)
    axes.set(ylabel="%")
    axes.set_title("Hearing, by condition")
    axes.legend(fontsize=8)
