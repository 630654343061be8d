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

from .audio_takes import Scene
from .corpus_cases import Case, Pcm, audio, callers
from .corpus_texts import Line, lines
from .corpus_voices import RATE_HZ, VOICES, Say, voices

__all__ = ["corpus", "corpus_folder", "sounds"]

APART = ("listening", "prompt")
"""Flows of lines that answer no question."""

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
    folder = _made()
    said = [(number, line) for number, line in enumerate(lines()) if line.flow not in APART]
    return [*callers(), *(_case(folder, number, line) for number, line in said)]


def sounds(flow: str, rate_hz: int) -> list[Pcm]:
    """Return the audio of the lines of *flow* ``listening`` or ``prompt``."""
    folder = _made()
    return [
        audio(folder / f"{_name(number)}.flac", rate_hz)
        for number, line in enumerate(lines())
        if line.flow == flow
    ]


def _made() -> Path:
    folder = corpus_folder()
    if not folder.is_dir():
        _make(folder)
    return folder


def _make(folder: Path) -> None:
    """Synthesise everything into *folder*, which appears when it is whole."""
    begun = folder.with_name(f"{folder.name}.{os.getpid()}")
    begun.mkdir(parents=True)
    told = []
    with voices() as speaking:
        for number, line in enumerate(lines()):
            voice = _voice(number, line)
            soundfile.write(begun / f"{_name(number)}.flac", _said(speaking[voice], line), RATE_HZ)
            told.append({"said": line.said, "pauses_ms": line.pauses_ms, "voice": voice})
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
    name, voice = _name(number), _voice(number, line)
    kind = line.slot or "open"
    return Case(name, folder / f"{name}.flac", line.text, voice, scene, bool(line.pauses_ms), kind)


def _name(number: int) -> str:
    return f"s{number:03}"


def _voice(number: int, line: Line) -> str:
    return "joe" if line.flow == "prompt" else VOICES[number % len(VOICES)]


if __name__ == "__main__":
    cases = corpus()
    dictated = [case for case in cases if case.dictated]
    print(corpus_folder())
    print(f"{len(cases)} cases, {len(dictated)} dictations, {len({case.voice for case in dictated})} voices")
