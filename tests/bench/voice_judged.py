"""What strangers say of the voice: DNSMOS and Whisper, in their own environment (see `judge`)."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from ivr_ari.prompts.voice import Pcm
from ivr_ari.prompts.words.normalise import normalise
from ivr_ari.workbench.word_errors import count_errors

__all__ = ["Recording", "judged", "judges_python", "plain", "studio", "summary"]

Recording = tuple[str, Pcm, int]
"""Words, audio, rate."""

PROCESSES = 2

STUDIO = "usr/share/asterisk/sounds/en_US_f_Allison"
STUDIO_WORDS = "usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz"

SAME = {"okay": "ok", "cheque": "check", "email": "e mail", "goodbye": "good bye", "all right": "alright"}
"""Spellings that sound alike."""


def judges_python(cache_dir: Path) -> Path | None:
    """Return the judges' interpreter, if ``make judges`` has made it."""
    python = cache_dir / "judges" / "bin" / "python"
    return python if python.exists() else None


def judged(python: Path, folder: Path, recordings: Mapping[str, Recording]) -> dict[str, dict[str, Any]]:
    """Return what the judges say of each of *recordings*, which are written into *folder*."""
    asked: list[list[str]] = [[] for _ in range(PROCESSES)]
    for number, (name, (_, audio, rate_hz)) in enumerate(recordings.items()):
        path = folder / f"{name}.wav"
        soundfile.write(path, audio, rate_hz)
        asked[number % PROCESSES].append(json.dumps({"path": str(path)}))
    command = [str(python), "-m", "tests.bench.judge", "--json"]
    work = []
    for number, requests in enumerate(asked):
        answers, inputs = folder / f"answers-{number}", folder / f"asked-{number}"
        inputs.write_text("\n".join(requests) + "\n")
        with answers.open("w") as out, inputs.open() as ask:
            environment = {**os.environ, "OMP_NUM_THREADS": "1"}
            work.append((subprocess.Popen(command, stdin=ask, stdout=out, env=environment), answers))
    found = {}
    for process, answers in work:
        if process.wait():
            raise SystemExit(f"the judges ended with {process.returncode}")
        for line in answers.read_text().splitlines():
            answer = json.loads(line)
            found[Path(answer["path"]).stem] = answer
    return found


def summary(recordings: Mapping[str, Recording], found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the mean scores, and the share of recordings heard word for word."""
    errors, words, whole = 0, 0, 0
    missed = []
    for name, (said, _, _) in recordings.items():
        one, other = plain(said), plain(found[name]["heard"])
        wrong = 0 if "".join(one) == "".join(other) else count_errors(" ".join(one), " ".join(other)).all
        errors, words, whole = errors + wrong, words + len(one), whole + (not wrong)
        if wrong:
            missed.append(f"{said} -> {found[name]['heard']}")
    scores = {
        name: round(float(np.mean([found[key][name] for key in recordings])), 2)
        for name in ("ovrl", "sig", "bak", "p808")
    }
    rates = {
        "word_for_word": round(whole / len(recordings), 3),
        "word_errors": round(errors / max(1, words), 3),
    }
    return {"n": len(recordings), **scores, **rates, "missed": missed}


def plain(text: str) -> list[str]:
    """Return the words of a text as they sound: numbers and values read out, no marks."""
    spoken = re.sub(r"[^a-z' ]", " ", normalise(text, "en").lower()).replace("'", "")
    spoken = " ".join(spoken.split())
    for written, alike in SAME.items():
        spoken = re.sub(rf"\b{written}\b", alike, spoken)
    return spoken.split()


def studio(pbx: Path, count: int) -> Iterator[tuple[str, Recording]]:
    """Yield prompts that came with the PBX and have a sentence to say, evenly out of all."""
    listed = gzip.decompress((pbx / STUDIO_WORDS).read_bytes()).decode(errors="replace")
    found: list[tuple[str, str]] = []
    for line in listed.splitlines():
        name, _, words = line.partition(": ")
        alone = not line.startswith(";") and "/" not in name and "[" not in words and "(" not in words
        if alone and len(words.split()) >= 4 and (pbx / STUDIO / f"{name}.wav").exists():
            found.append((name, words.strip()))
    for name, words in _evenly(found, count):
        audio, rate_hz = soundfile.read(pbx / STUDIO / f"{name}.wav", dtype="int16")
        yield f"studio-{name}", (words, audio, rate_hz)


def _evenly(found: Sequence[tuple[str, str]], count: int) -> Sequence[tuple[str, str]]:
    return found[:: max(1, len(found) // count)][:count]
