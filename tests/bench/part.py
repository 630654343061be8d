"""
One part of the bench, as a process of its own: ``python -m tests.bench.part NAME --out FILE``.

What a part starts ends with it, so whoever runs parts may end one that takes too long.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path

from .measures import Part

__all__ = ["MODULES"]

MODULES = {
    "turns": "live_turns",
    "pace": "live_pace",
    "barge-in": "barge_in",
    "load": "live_load",
    "long": "live_long",
    "samples": "live_samples",
    "offline": "offline",
}
"""The module of each part; its ``measure(quick, tell)`` returns a `Part`."""


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.part", description=__doc__)
    parser.add_argument("name", choices=sorted(MODULES))
    parser.add_argument("--quick", action="store_true", help="a fraction of it")
    parser.add_argument("--out", type=Path, required=True, help="write what was found there, as JSON")
    given = parser.parse_args()
    began = time.monotonic()
    found: Part = importlib.import_module(f".{MODULES[given.name]}", __package__).measure(given.quick, tell)
    found.seconds = round(time.monotonic() - began, 1)
    given.out.write_text(json.dumps(found.plain(), indent=1, default=str) + "\n")


if __name__ == "__main__":
    main()
