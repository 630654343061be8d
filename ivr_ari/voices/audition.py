"""
Voices side by side: the same sentences by each, as callers would hear them, with what can be measured.

Numbers say whether a voice is fast and loud enough; whether it is liked is for ears, so a page to listen
with is written beside the files.
"""

from __future__ import annotations

import html
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from ..prompts.joining import Delivery
from ..prompts.level import floats
from ..prompts.lexicon import PLAIN, Lexicon
from ..prompts.loudness import loudness_lufs
from ..prompts.script import script
from ..prompts.speaker import Speaker

__all__ = ["TEXTS", "Heard", "audition", "listening_page", "write_wav"]

TEXTS = {
    "en": (
        "Hello, and welcome. How can I help you today?",
        "Your balance is $1,204.19.",
        "The transfer of $250 goes out on March 3rd at 3:30 p.m.",
        "Your account number is 4110733. Is that right?",
        "I am sorry, I did not understand that. Could you say it again?",
        "Please call 555-123-4567, or write to help@example.com.",
        "Sure.",
    ),
    "es": (
        "Hola, le damos la bienvenida. ¿En qué puedo ayudarle hoy?",
        "Su saldo es de $1,204.19.",
        "La transferencia de $250 sale el 3 de marzo a las 15:30.",
        "Su número de cuenta es 4110733. ¿Es correcto?",
        "Lo siento, no le he entendido. ¿Puede repetirlo?",
        "Claro.",
    ),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence by one voice."""

    voice: str
    text: str
    file: Path
    seconds: float
    first_ms: float
    """Until the first 100 ms of it could have been sent."""

    factor: float
    """Seconds of work for a second of speech."""

    lufs: float


def audition(
    speaker: Speaker,
    title: str,
    texts: Sequence[str],
    folder: Path,
    *,
    rate_hz: int = 8000,
    language: str = "en",
    lexicon: Lexicon = PLAIN,
) -> Iterator[Heard]:
    """Speak *texts* into WAV files in *folder*; nothing is kept elsewhere. Raises EngineFailed, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    delivery = Delivery(rate_hz=rate_hz, sensitive=True)
    for number, text in enumerate(texts, 1):
        begin, first_s, pcm = perf_counter(), 0.0, b""
        for piece in speaker.speak(script((text,), language, lexicon=lexicon), delivery):
            pcm += piece
            if not first_s and len(pcm) >= rate_hz // 10 * 2:
                first_s = perf_counter() - begin
        taken_s = perf_counter() - begin
        file = folder / f"{title}-{number}.wav"
        write_wav(file, pcm, rate_hz)
        seconds = len(pcm) / 2 / rate_hz
        lufs = loudness_lufs(floats(np.frombuffer(pcm, "<i2").astype(np.int16)), rate_hz)
        yield Heard(
            title, text, file, seconds, 1000 * (first_s or taken_s), taken_s / max(seconds, 0.01), lufs
        )


def write_wav(file: Path, pcm: bytes, rate_hz: int) -> None:
    """Write 16-bit mono audio."""
    with file.open("wb") as raw, wave.open(raw, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes(pcm)


def listening_page(heard: Sequence[Heard]) -> str:
    """Return a page to listen with: a row for each sentence, a column for each voice."""
    voices = list(dict.fromkeys(one.voice for one in heard))
    rows = {
        text: {one.voice: one for one in heard if one.text == text} for text in [one.text for one in heard]
    }
    head = "".join(f"<th>{html.escape(voice)}</th>" for voice in voices)
    body = "".join(
        f"<tr><td>{html.escape(text)}</td>{''.join(_cell(found.get(voice)) for voice in voices)}</tr>\n"
        for text, found in rows.items()
    )
    return (
        '<!doctype html>\n<meta charset="utf-8">\n<title>Voices</title>\n'
        "<style>body{font:16px sans-serif;margin:2em}td,th{padding:.4em .8em;text-align:left}</style>\n"
        f"<h1>Voices</h1>\n<table>\n<tr><th></th>{head}</tr>\n{body}</table>\n"
    )


def _cell(one: Heard | None) -> str:
    if one is None:
        return "<td></td>"
    source = html.escape(one.file.name, quote=True)
    return f'<td><audio controls preload="none" src="{source}"></audio><br>{one.lufs:.1f} LUFS</td>'
