"""What is said in the bench of hearing, and at which question: the recorded callers, and what a case is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from .audio_takes import Scene

__all__ = ["CALLERS", "Case", "audio", "callers", "end_of_speech"]

Pcm = npt.NDArray[np.int16]

CALLERS = Path(__file__).parents[1] / "data" / "callers"

VOICE_DB = -45.0
"""dBFS; what is below is no voice, in the definition of the end of speech as in that of the first audio."""

OPEN = {"b": "bank", "c": "clinic", "r": "retail", "d": "bank"}
"""The flow whose open question a recording answers, by the first letter of its file."""

SLOTS: Mapping[str, tuple[str, ...]] = {
    "account": ("b013", "b014", "b015", "d001", "d002", "d003"),
    "card": ("d004",),
    "pin": ("b016", "b017", "d006"),
    "member": ("d005", "d007"),
    "amount": ("b012", "b035", "b036"),
    "day": ("b033", "b034", "d008"),
    "born": ("b048",),
    "agreed": ("b018", "b019", "b020", "b021", "b023"),
    "from": ("b011",),
    "home": ("d011", "r008"),
}
"""Recordings that answer a closed question of the flow ``dictation``."""


@dataclass(frozen=True, slots=True)
class Case:
    """One utterance: its audio, its words, and the question it answers."""

    name: str
    path: Path
    text: str
    """Lower-case words, as a recogniser should return them."""

    voice: str
    scene: Scene
    dictated: bool = False
    """Whether there are pauses inside."""

    kind: str = ""
    """For the tables: the slot, ``open``, or what the corpus calls it."""


def callers(folder: Path = CALLERS) -> list[Case]:
    """Return the recorded callers (see the folder's README)."""
    slots = {name: slot for slot, names in SLOTS.items() for name in names}
    cases = []
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        path = folder / entry["file"]
        slot = slots.get(path.stem[:4], "")
        scene = Scene("dictation", f"tell-{slot}", slot) if slot else Scene(OPEN[path.stem[0]])
        dictated = path.stem.startswith("d")
        cases.append(Case(path.stem, path, entry["text"], entry["voice"], scene, dictated, slot or "open"))
    return cases


def audio(path: Path, rate_hz: int) -> Pcm:
    """Return a recording at *rate_hz*, mono 16-bit."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    if rate != rate_hz:
        mono = soxr.resample(mono, rate, rate_hz)
    pcm: Pcm = np.clip(np.rint(mono * 32768), -32768, 32767).astype(np.int16)
    return pcm


def end_of_speech(pcm: Pcm, rate_hz: int) -> int:
    """Return where the last voice in *pcm* ends, in ms: the last 10 ms above `VOICE_DB`."""
    window = rate_hz // 100
    frames = pcm[: len(pcm) // window * window].reshape(-1, window).astype(np.float64)
    level = np.sqrt((frames * frames).mean(axis=1))
    loud = np.flatnonzero(level > 32768 * 10 ** (VOICE_DB / 20))
    return 10 * int(loud[-1] + 1) if len(loud) else 0
