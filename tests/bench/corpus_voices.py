"""
The voices of the corpus: flite's, espeak-ng's and the project's own, each a way from words to 16 kHz audio.

flite comes from the system's packages and is installed if it is missing; espeak-ng and the project's voice
come with the environment.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
import soxr

from ivr_ari.errors import SetupError
from ivr_ari.models import cache_folder
from ivr_ari.prompts.cache import PromptCache
from ivr_ari.prompts.espeak_voice import EspeakVoice
from ivr_ari.prompts.joining import Delivery
from ivr_ari.prompts.open_voice import open_voice
from ivr_ari.prompts.speaker import Speaker
from ivr_ari.voices import ensure_joe

from .corpus_cases import Pcm, end_of_speech

__all__ = ["RATE_HZ", "Say", "VOICES", "need_flite", "voices"]

Say = Callable[[str], Pcm]

RATE_HZ = 16_000
FLITE = ("slt", "rms", "awb")
ESPEAK = {"espeak": "en-us", "espeak-f3": "en-us+f3"}
VOICES = ("joe", *FLITE, *ESPEAK)


def need_flite() -> None:
    """Install flite where it is missing, as the lab does with what it needs. Raises SetupError."""
    if shutil.which("flite"):
        return
    install = ("apt-get", "-qq", "install", "-y", "--no-install-recommends", "flite")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for before in ((), ("apt-get", "-qq", "update")):
        if before:
            subprocess.run(before, capture_output=True, env=environ, check=False)
        if (
            shutil.which("apt-get")
            and not subprocess.run(install, capture_output=True, env=environ).returncode
        ):
            return
    raise SetupError("bench.flite", hint="apt-get install flite")


@contextmanager
def voices() -> Iterator[Mapping[str, Say]]:
    """Yield the voices by name. Raises SetupError."""
    need_flite()
    ensure_joe(cache_folder(), lambda what, share: None)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        speakers = {"joe": Speaker(open_voice(cache_folder(), "joe"), PromptCache(folder / "joe"))}
        for name, variant in ESPEAK.items():
            speakers[name] = Speaker(EspeakVoice(variant), PromptCache(folder / name))
        for speaker in speakers.values():
            stack.enter_context(speaker)
        yield {
            **{name: partial(_speak, speaker) for name, speaker in speakers.items()},
            **{name: partial(_flite, name) for name in FLITE},
        }


def _speak(speaker: Speaker, text: str) -> Pcm:
    pcm = b"".join(speaker.speak(speaker.script((text,)), Delivery(RATE_HZ)))
    return trimmed(np.frombuffer(pcm, "<i2").astype(np.int16))


def _flite(voice: str, text: str) -> Pcm:
    command = ("flite", "-voice", voice, "-t", text, "-o", "/dev/stdout")
    done = subprocess.run(command, capture_output=True, check=True)
    samples, rate = soundfile.read(io.BytesIO(done.stdout), dtype="float32")
    if rate != RATE_HZ:
        samples = soxr.resample(samples, rate, RATE_HZ)
    pcm: Pcm = np.clip(np.rint(samples * 32768), -32768, 32767).astype(np.int16)
    return trimmed(pcm)


def trimmed(pcm: Pcm) -> Pcm:
    """Return *pcm* without what is no voice before and after it, so that pauses are as long as they say."""
    begin = len(pcm) * 1000 // RATE_HZ - end_of_speech(pcm[::-1], RATE_HZ)
    return pcm[max(0, begin) * RATE_HZ // 1000 : end_of_speech(pcm, RATE_HZ) * RATE_HZ // 1000]
