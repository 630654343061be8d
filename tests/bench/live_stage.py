"""The stage of the live benches: lab PBX, service with the bench's questions, its log followed."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from asterisk.instance import running
from asterisk.stage import ROOT, TARGETS, Stage, staged
from ivr_ari.models import cache_folder
from ivr_ari.voices import ensure_joe

__all__ = ["QUESTIONS", "STAGES", "Answered", "Turns", "live"]

QUESTIONS = "650"
"""The lab's number for `turns.yaml`."""

FLOW = Path(__file__).with_name("turns.yaml")

STAGES = ("paused", "heard", "meant", "committed", "sent")
"""As the service tells them (`ivr_ari.turn_times`)."""

MOST_CALLS = 64


@dataclass(frozen=True, slots=True)
class Answered:
    """One turn as the service timed it."""

    call_id: str
    asks: str
    """The slot asked for from now on, empty at an open question."""

    voice_at: float
    """Seconds on the machine's monotonic clock: the last voiced frame that reached the service."""

    after_ms: Mapping[str, float]
    """Each stage since then."""


@dataclass(slots=True)
class Turns:
    """Follows the service's log: what was answered, call by call."""

    log: Path
    answered: dict[str, list[Answered]] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    """Ids of calls, in the order in which they came."""

    warnings: dict[str, int] = field(default_factory=dict)
    """How often the service said something on level warning or worse."""

    _read: int = 0
    _rest: bytes = b""

    def follow(self) -> None:
        """Take what was written since the last time."""
        with self.log.open("rb") as file:
            file.seek(self._read)
            data = file.read()
        self._read += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                self._take(said)

    def of(self, call_id: str) -> list[Answered]:
        """Return the turns of one call so far."""
        self.follow()
        return self.answered.get(call_id, [])

    def _take(self, said: dict[str, Any]) -> None:
        if said.get("event") == "turn answered":
            after = {stage: said[f"{stage}_ms"] for stage in STAGES if f"{stage}_ms" in said}
            turn = Answered(said["call_id"], said.get("slot", ""), said["at_s"], after)
            self.answered.setdefault(turn.call_id, []).append(turn)
        elif said.get("event") == "call taken":
            self.taken.append(said["call_id"])
        elif said.get("level") in ("warning", "error", "critical"):
            what = str(said.get("event", ""))
            self.warnings[what] = self.warnings.get(what, 0) + 1


@contextmanager
def live(name: str, flow: Path = FLOW, **changes: Mapping[str, Any]) -> Iterator[tuple[Stage, Turns]]:
    """Have a lab and a service with a bench's *flow*, called ``turns``; *changes* go into its settings."""
    ensure_joe(cache_folder(), lambda what, share: None)
    with running(name) as lab, staged(lab) as stage:
        flows = stage.folder / "flows"
        shutil.copytree(ROOT / "flows", flows)
        shutil.copy(flow, flows / FLOW.name)
        settings: dict[str, Mapping[str, Any]] = {
            "flows": {
                "folder": str(flows),
                "default": "turns",
                "targets": [*TARGETS, "somebody"],
            },
            "limits": {"max_calls": MOST_CALLS},
            "logs": {"level": "debug", "format": "json"},
        }
        for section, values in changes.items():
            settings[section] = {**settings.get(section, {}), **values}
        stage.start(lambda line: print(line, file=sys.stderr, flush=True), **settings)
        yield stage, Turns(stage.log)
