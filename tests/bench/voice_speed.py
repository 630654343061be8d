"""
How fast one voice process speaks: ``python -m tests.bench.voice_speed --engine onnx --threads 2``.

A process of its own for each engine and number of threads, so that memory and cold start are its own;
prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

BORN = time.monotonic()

FIRST_BYTES = 2 * 800
"""100 ms of 16-bit audio at 8 kHz."""

SENTENCES = {
    "short": "It is {}.",
    "medium": "Your balance is {} dollars and {} cents.",
    "long": "The transfer of {} dollars that you asked about was booked on Monday, and the {} dollars "
    "that are left on your account will be paid out at the end of the month.",
}
NUMBERS = ("three", "seven", "twelve", "eighteen", "forty", "fifty", "sixty", "eighty", "ninety", "eleven")


def unseen(form: str, count: int) -> Iterator[str]:
    """Yield sentences that were never said."""
    for number in range(count):
        low, high = NUMBERS[number % len(NUMBERS)], NUMBERS[number // len(NUMBERS) % len(NUMBERS)]
        yield form.format(f"{low} hundred {high}", high)


def percentile(values: list[float], share: float) -> float:
    """Return the value that *share* of the values do not exceed (nearest rank)."""
    return round(sorted(values)[max(0, ceil(share * len(values)) - 1)], 1)


def memory_mb(name: str) -> float:
    """Return what /proc says of this process: VmHWM its peak, VmRSS what it holds now."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024, 0)


def measured(cache_dir: Path, engine: Any, threads: int, count: int) -> dict[str, Any]:
    """Open the voice, let it speak, and return what was measured; the voice's cache is a fresh folder."""
    from ivr_ari.prompts.cache import PromptCache
    from ivr_ari.prompts.joining import USUAL
    from ivr_ari.prompts.open_voice import open_voice
    from ivr_ari.prompts.speaker import Speaker

    found: dict[str, Any] = {"engine": engine, "threads": threads}
    voice = open_voice(cache_dir, "joe", engine=engine, threads=threads)
    with tempfile.TemporaryDirectory() as folder, Speaker(voice, PromptCache(Path(folder))) as speaker:
        next(speaker.speak(speaker.script(("Good morning.",))))
        found["cold_start_s"] = round(time.monotonic() - BORN, 2)
        share_s = audio_s = 0.0
        for name, form in SENTENCES.items():
            firsts, lengths = [], []
            for text in unseen(form, count):
                said = speaker.script((text,))
                began, heard, first = time.perf_counter(), 0, 0.0
                for piece in speaker.speak(said, USUAL):
                    heard += len(piece)
                    if heard >= FIRST_BYTES and not first:
                        first = time.perf_counter() - began
                    if not piece:
                        break  # heard to its end; what follows is kept for later
                share_s, audio_s = share_s + time.perf_counter() - began, audio_s + heard / 16000
                firsts.append(1000 * first)
                lengths.append(heard / 16000)
            found[name] = {
                "p50_ms": percentile(firsts, 0.5),
                "p95_ms": percentile(firsts, 0.95),
                "audio_s": round(statistics.mean(lengths), 2),
            }
        found["real_time_factor"] = round(share_s / audio_s, 3)
        found["cached_ms"] = _cached(speaker, count)
        found["cached_from_disk_ms"] = _cached(Speaker(voice, PromptCache(Path(folder))), 1, warm=False)
    found["peak_mb"], found["resident_mb"] = memory_mb("VmHWM"), memory_mb("VmRSS")
    return found


def _cached(speaker: Any, count: int, *, warm: bool = True) -> float:
    """Return how long, at most in 95 of 100, a prompt that was said before takes to be ready whole, in ms."""
    text = "Your account was opened in May."
    said = speaker.script((text,))
    if warm:
        b"".join(speaker.speak(said))
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        b"".join(speaker.speak(said))
        taken.append(1000 * (time.perf_counter() - began))
    return round(sorted(taken)[max(0, ceil(0.95 * count) - 1)], 3)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="one voice process")
    parser.add_argument("--engine", default="onnx")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--count", type=int, default=40, help="sentences of each length")
    given = parser.parse_args()
    from ivr_ari.models import cache_folder

    found = measured(cache_folder(), given.engine, given.threads, given.count)
    print(json.dumps({**found, "load": round(os.getloadavg()[0], 1)}))


if __name__ == "__main__":
    main()
