"""Is a voice whole, does it speak, and is what it speaks the same whichever engine speaks it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Literal

import numpy as np

from ..errors import EngineFailed, SetupError
from ..prompts.level import TARGET_LUFS, floats
from ..prompts.loudness import loudness_lufs
from ..prompts.open_voice import open_folder
from ..prompts.script import Phrase, Sentence
from ..prompts.voice import Pcm, Voice
from ..prompts.voice_folder import VoiceAbout
from ..prompts.words.spoken import LANGUAGES
from .listing import engines_here
from .making import file_sums

__all__ = ["Finding", "check_folder"]

SENTENCES = {
    "es": "Por favor, diga o marque su número de cuenta y después la tecla numeral.",
    "": "Please say or key in your account number, followed by the pound key.",
}

SAME = 0.01
"""Largest difference of a sample between engines, of full scale."""

FAR_LU = 6.0
"""A voice whose usual loudness lies further from what it was measured to be was changed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    text: str
    kind: Literal["right", "note", "wrong"] = "right"


def check_folder(folder: Path) -> Iterator[Finding]:
    """Look at everything of the voice in *folder*; yield what is found as it is found."""
    try:
        about = VoiceAbout.read(folder)
    except SetupError as exc:
        yield Finding(str(exc), "wrong")
        return
    yield from _files(folder, about)
    if about.language not in LANGUAGES:
        yield Finding(f"values can't be said in {about.language}; there are {', '.join(LANGUAGES)}", "note")
    engines = engines_here(folder)
    if not engines:
        yield Finding(
            "nothing here speaks it: install the extra [coqui], or export it where that is", "wrong"
        )
    heard = []
    for engine in engines:
        try:
            voice = open_folder(folder, engine=engine)
        except (SetupError, EngineFailed) as exc:
            yield Finding(f"{engine}: {exc}", "wrong")
            continue
        try:
            pcm, finding = _spoken(voice, engine, about)
            heard.append(pcm)
            yield finding
        except EngineFailed as exc:
            yield Finding(f"{engine}: {exc}", "wrong")
        finally:
            voice.close()
    if len(heard) > 1:
        yield _compared(*heard)


def _files(folder: Path, about: VoiceAbout) -> Iterator[Finding]:
    if about.name != folder.name:
        yield Finding(f"voice.json is that of {about.name}", "wrong")
    if not about.files:
        yield Finding("made by an earlier version; import it again to get what is new", "note")
        return
    sums = file_sums(folder)
    for name, digest in about.files.items():
        if name not in sums:
            yield Finding(f"{name}: missing", "wrong")
        elif sums[name] != digest:
            yield Finding(f"{name}: not the file it was made with", "wrong")
    if all(sums.get(name) == digest for name, digest in about.files.items()):
        megabytes = sum((folder / name).stat().st_size for name in about.files) / 1e6
        yield Finding(f"{len(about.files)} files whole, {megabytes:.0f} MB")


def _spoken(voice: Voice, engine: str, about: VoiceAbout) -> tuple[Pcm, Finding]:
    """Speak a sentence twice, the second time measured. Raises EngineFailed."""
    sentence = Sentence((Phrase(SENTENCES.get(about.language, SENTENCES[""])),))
    for _ in voice.take(sentence).audio():
        pass
    begin = perf_counter()
    pieces, first_s = [np.zeros(0, np.int16)], 0.0
    for piece in voice.take(sentence).audio():
        first_s = first_s or perf_counter() - begin
        pieces.append(piece)
    taken_s = perf_counter() - begin
    pcm = np.concatenate(pieces)
    if not len(pcm):
        raise EngineFailed("voice.failed", why="it said nothing")
    lufs = loudness_lufs(floats(pcm), voice.rate_hz) + voice.gain_db
    text = (
        f"{engine}: {len(pcm) / voice.rate_hz:.1f} s spoken in {taken_s:.2f} s, first sound after "
        f"{1000 * first_s:.0f} ms, {lufs:.1f} LUFS"
    )
    far = abs(lufs - TARGET_LUFS) > FAR_LU
    return pcm, Finding(
        f"{text}; expected some {TARGET_LUFS:.0f}" if far else text, "note" if far else "right"
    )


def _compared(one: Pcm, other: Pcm) -> Finding:
    if len(one) != len(other):
        return Finding(f"the engines' audio differs: {len(one)} and {len(other)} samples", "wrong")
    difference = float(np.abs(floats(one) - floats(other)).max())
    if difference > SAME:
        return Finding(f"the engines' audio differs by {difference:.4f} of full scale", "wrong")
    return Finding(f"both engines give the same audio: largest difference {difference:.5f} of full scale")
