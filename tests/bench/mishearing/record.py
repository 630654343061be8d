"""
What the recogniser makes of telephone calls: ``python -m tests.bench.mishearing.record [--audio FOLDER]``

The sentences of ``sentences.txt`` are spoken by the project's voice, once each, at changing speeds and
pitches; each goes through a telephone line (300-3400 Hz, G.711) four times with more and more noise and is
heard by the lab model. ``heard.tsv`` gets a row for each: the noise, what was said, what was heard. Sentences
that are in it already are left out, so a run that was stopped goes on. *FOLDER* keeps the audio.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from asterisk.stage import MODEL
from ivr_ari.media.g711 import PCMU
from ivr_ari.models import cache_folder, serving_folder
from ivr_ari.prompts.joining import Delivery
from ivr_ari.prompts.script import script
from ivr_ari.prompts.speaker import Speaker
from ivr_ari.speech.vosk_asr import VoskEngine

from .sentences import sentences

HERE = Path(__file__).parent
HEARD = HERE / "heard.tsv"
RATE = 8000
"""Hz."""

NOISES = (30, 20, 15, 12)
"""Signal to noise, in dB, over the whole call."""

SPEEDS = (0.9, 1.0, 1.15)
PITCHES = (1.0, 0.88, 1.12, 0.95, 1.06)
"""Audio played so much faster: another speaker, roughly."""

Audio = NDArray[np.float32]


def spoken(speaker: Speaker, at: int, text: str, folder: Path) -> Audio:
    """Return sentence number *at* as 8 kHz audio, from *folder* if it was spoken before."""
    kept = folder / f"{at:03}.npy"
    if not kept.exists():
        how = Delivery(speed=SPEEDS[at % len(SPEEDS)], sensitive=True)
        pieces = speaker.speak(script((text,)), how)
        np.save(kept, np.frombuffer(b"".join(pieces), "<i2"))
    audio = np.load(kept).astype(np.float32)
    pitch = PITCHES[at % len(PITCHES)]
    return np.asarray(soxr.resample(audio, RATE, RATE / pitch) if pitch != 1 else audio, np.float32)


def telephone(audio: Audio, noise_db: int, seed: int) -> bytes:
    """Put *audio* through a noisy line; 16-bit little-endian."""
    chance = np.random.default_rng(seed)
    # half hiss, half the murmur of a room, which is louder at low frequencies
    hiss = chance.standard_normal(len(audio))
    murmur = np.cumsum(chance.standard_normal(len(audio)))
    murmur = sosfilt(butter(2, (200, 1200), "bandpass", fs=RATE, output="sos"), murmur)
    noise = hiss / hiss.std() + murmur / murmur.std()
    voiced = audio[np.abs(audio) > 0.05 * np.abs(audio).max()]
    level = float(np.sqrt(np.mean(voiced**2)) / 10 ** (noise_db / 20))
    line = sosfilt(
        butter(4, (300, 3400), "bandpass", fs=RATE, output="sos"), audio + level * noise / noise.std()
    )
    pcm = np.clip(np.asarray(line), -32768, 32767).astype(np.int16)
    return PCMU.decode(PCMU.encode(pcm)).astype("<i2").tobytes()


def heard(engine: VoskEngine, pcm: bytes) -> str:
    """Return the words of 8 kHz audio."""
    recognizer = engine.recognizer(RATE)
    quiet = bytes(RATE // 5 * 2)
    recognizer.hear(quiet + pcm + quiet, 0)
    said = recognizer.flush().text
    recognizer.close()
    return said


def rows(texts: Sequence[str], done: Collection[str], folder: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the noise in dB, what was said and what was heard, of *texts* that are not *done*."""
    engine = VoskEngine(serving_folder(MODEL))
    with Speaker.open(cache_folder(), threads=1) as speaker:
        # every third first, so that a run that is cut short has something of each topic
        for at in sorted(range(len(texts)), key=lambda at: (at % 3, at)):
            if texts[at] in done:
                continue
            audio = spoken(speaker, at, texts[at], folder)
            for noise_db in NOISES:
                yield noise_db, texts[at], heard(engine, telephone(audio, noise_db, at * 100 + noise_db))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--audio", type=Path, default=cache_folder() / "mishearing", metavar="FOLDER")
    given = parser.parse_args()
    given.audio.mkdir(parents=True, exist_ok=True)
    before = HEARD.read_text().splitlines() if HEARD.exists() else []
    done = {line.split("\t")[1] for line in before}
    with HEARD.open("a") as file:
        for noise_db, said, words in rows(sentences(), done, given.audio):
            file.write(f"{noise_db}\t{said}\t{words}\n")
            file.flush()


if __name__ == "__main__":
    main()
