"""What hearing on audio time comes to: results of single cases, and their figures by condition and kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .audio_figures import Errors, paired, percentile, share
from .audio_takes import Taken

__all__ = ["Result", "figures", "report", "show", "worst"]


@dataclass(frozen=True, slots=True)
class Result:
    """One case under one condition."""

    name: str
    kind: str
    voice: str
    condition: str
    dictated: bool
    closed: bool
    said: str
    wanted: str
    """The value of rightly heard words; empty where no slot is asked for."""

    ends_ms: int
    turns: tuple[Taken, ...]
    heard: str
    plain: str
    plain_value: str
    errors: Errors
    plain_errors: Errors
    noises: int = 0
    cpu_s: dict[str, float] = field(default_factory=dict)

    @property
    def cut_off(self) -> bool:
        return any(turn.at_ms < self.ends_ms for turn in self.turns)

    @property
    def value(self) -> str:
        """What the dialogue held when the caller's turn was first taken."""
        return self.turns[0].value if self.turns else ""

    @property
    def taken_ms(self) -> int | None:
        """From the end of speech to the turn being taken."""
        return self.turns[-1].at_ms - self.ends_ms if self.turns and not self.cut_off else None


def report(results: Sequence[Result], *, by_voice: bool = False) -> dict[str, dict[str, object]]:
    """Return the figures of each condition and kind of case, or of each voice, as plain values."""
    groups: dict[str, list[Result]] = {}
    for one in results:
        kinds = ("all", "dictated" if one.dictated else "", "closed" if one.closed else "", one.kind)
        for name in (one.voice,) if by_voice else kinds:
            if name:
                groups.setdefault(f"{one.condition} / {name}", []).append(one)
    return {name: figures(group) for name, group in groups.items()}


def figures(group: Sequence[Result]) -> dict[str, object]:
    """Return the figures of some results."""
    asked = [one for one in group if one.wanted]
    words = [one.errors.words for one in group]
    ours, theirs = [one.errors.all for one in group], [one.plain_errors.all for one in group]
    low, high = paired(ours, theirs, words)
    taken = [one.taken_ms for one in group if one.taken_ms is not None]
    return {
        "n": len(group),
        "cut_off": sum(one.cut_off for one in group),
        "never_taken": sum(not one.turns for one in group),
        "values": len(asked),
        "not_right": sum(one.value != one.wanted for one in asked),
        "wrong": sum(one.value not in ("", one.wanted) for one in asked),
        "plain_not_right": sum(one.plain_value != one.wanted for one in asked),
        "plain_wrong": sum(one.plain_value not in ("", one.wanted) for one in asked),
        "word_error_rate": round(share(sum(ours), sum(words)), 4),
        "plain_word_error_rate": round(share(sum(theirs), sum(words)), 4),
        "difference_95": (round(low, 4), round(high, 4)),
        "taken_p50_ms": percentile(taken, 0.5),
        "taken_p95_ms": percentile(taken, 0.95),
    }


COLUMNS = (
    ("n", "n"),
    ("cut", "cut_off"),
    ("none", "never_taken"),
    ("values", "values"),
    ("not right", "not_right"),
    ("wrong", "wrong"),
    ("plain n.r.", "plain_not_right"),
    ("plain wrong", "plain_wrong"),
    ("wer", "word_error_rate"),
    ("plain wer", "plain_word_error_rate"),
    ("taken p50", "taken_p50_ms"),
    ("taken p95", "taken_p95_ms"),
)


def show(rows: dict[str, dict[str, object]]) -> None:
    """Print the figures as a table."""
    print(f"{'':28}" + "".join(f"{title:>12}" for title, _ in COLUMNS))
    for name, row in rows.items():
        print(f"{name:28}" + "".join(f"{row[key]!s:>12}" for _, key in COLUMNS))


def worst(results: Iterable[Result], most: int) -> None:
    """Print what went wrong."""
    shown = 0
    for one in results:
        why = "cut off" if one.cut_off else "wrong value" if one.value != one.wanted else ""
        if not why and one.errors.all > one.plain_errors.all:
            why = "more word errors"
        if why and shown < most:
            shown += 1
            at = [turn.at_ms for turn in one.turns]
            print(f"{one.name} {one.condition} {why}: ends {one.ends_ms}, taken {at}")
            print(f"    said  {one.said}\n    heard {one.heard}\n    plain {one.plain}")
            if one.wanted:
                print(f"    wanted {one.wanted!r}, got {one.value!r}, plain {one.plain_value!r}")
