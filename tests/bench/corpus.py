"""
The corpus of the bench of hearing, made once into the cache folder: ``python -m tests.bench.corpus``.

The sentences of `corpus_texts` in the voices of `corpus_voices`, 16 kHz FLAC, each in one voice; the
recorded callers (8 kHz) belong to it as they are. The folder's name changes with what makes it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import astuple
from pathlib import Path

import numpy as np
import soundfile

from ivr_ari.models import cache_folder

from .audio_call import Scene
from .corpus_cases import Case, Pcm, callers
from .corpus_texts import Line, lines
from .corpus_voices import RATE_HZ, VOICES, Say, voices

__all__ = ["corpus", "corpus_folder"]

VERSION = 1
"""Of how the audio is made; another one makes it anew."""

PEAK = 0.35
"""Of full scale: how loud a voice is; -9 dBFS."""


def corpus_folder() -> Path:
    """Return where the corpus of this version of the texts and voices lies, made or not."""
    made_of = json.dumps([VERSION, VOICES, [astuple(line) for line in lines()]])
    digest = hashlib.sha256(made_of.encode()).hexdigest()
    return cache_folder() / "corpus" / digest[:16]


def corpus() -> list[Case]:
    """Return all cases: the recorded callers, and what is synthesised, made now if it is not there yet."""
    folder = corpus_folder()
    if not folder.is_dir():
        _make(folder)
    return [*callers(), *(_case(folder, number, line) for number, line in enumerate(lines()))]


def _make(folder: Path) -> None:
    """Synthesise everything into *folder*, which appears when it is whole."""
    begun = folder.with_name(f"{folder.name}.{os.getpid()}")
    begun.mkdir(parents=True)
    with voices() as speaking:
        for number, line in enumerate(lines()):
            soundfile.write(begun / f"{_name(number)}.flac", _said(speaking[_voice(number)], line), RATE_HZ)
    told = [
        {"said": line.said, "pauses_ms": line.pauses_ms, "voice": _voice(n)} for n, line in enumerate(lines())
    ]
    (begun / "manifest.jsonl").write_text("".join(json.dumps(one) + "\n" for one in told))
    if folder.is_dir():  # another process was faster
        shutil.rmtree(begun)
    else:
        begun.rename(folder)


def _said(say: Say, line: Line) -> Pcm:
    pieces = [say(piece) for piece in line.pieces]
    sound = [pieces[0]]
    for pause_ms, piece in zip(line.pauses_ms, pieces[1:], strict=True):
        sound += [np.zeros(pause_ms * RATE_HZ // 1000, np.int16), piece]
    whole = np.concatenate(sound).astype(np.float64)
    pcm: Pcm = (whole * (PEAK * 32767 / np.abs(whole).max())).astype(np.int16)
    return pcm


def _case(folder: Path, number: int, line: Line) -> Case:
    scene = Scene(line.flow, f"tell-{line.slot}" if line.slot else "", line.slot)
    name, voice = _name(number), _voice(number)
    kind = line.slot or "open"
    return Case(name, folder / f"{name}.flac", line.text, voice, scene, bool(line.pauses_ms), kind)


def _name(number: int) -> str:
    return f"s{number:03}"


def _voice(number: int) -> str:
    return VOICES[number % len(VOICES)]


if __name__ == "__main__":
    cases = corpus()
    dictated = [case for case in cases if case.dictated]
    print(corpus_folder())
    print(f"{len(cases)} cases, {len(dictated)} dictations, {len({case.voice for case in dictated})} voices")
