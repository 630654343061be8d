"""
The pronouncing process: text lines in, phoneme or audio lines out.

    python -m ivr_ari.phonemes

espeak-ng is GPL-3, so its library is loaded here and nowhere else, in a process of its own that
talks JSON lines over its standard streams: ``{"clauses": ["Hello", "how are you"], "voice":
"en-us"}`` is answered by ``{"phonemes": ["həlˈoʊ", "hˌaʊ ɑːɹ juː"]}``, or by ``{"error": "..."}``.

A last resort where a language has no other voice: ``{"say": "Su saldo", "voice": "es", "rate": 160,
"pitch": 50}`` (words a minute; 0..100) is answered by ``{"pcm": "...", "rate_hz": 22050, "words": [[1, 0],
[4, 4068]]}``: base64 of 16-bit little-endian mono, and for each word its first character (counted from 1)
and its first sample. ``[[...]]`` in such a text holds espeak's own phoneme names.

It ends when its input ends.
"""

from __future__ import annotations

import base64
import ctypes
import json
import sys
from collections.abc import Mapping

import espeakng_loader

__all__ = ["Espeak", "main"]

# speak_lib.h of espeak-ng 1.52
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8 = 1
PHONEMES_IPA = 0x02
PHONEMES_IN_TEXT = 0x100
END_PAUSE = 0x1000
POS_CHARACTER = 1
PARAMETER_RATE, PARAMETER_PITCH = 1, 3
EVENT_WORD = 1


class Event(ctypes.Structure):
    """``espeak_EVENT``."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(Event))


class Espeak:
    """The library. Raises OSError when it, its data or a voice is not usable."""

    def __init__(self) -> None:
        self.library = ctypes.CDLL(espeakng_loader.get_library_path())
        self.library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.library.espeak_TextToPhonemes.argtypes = [
            ctypes.POINTER(ctypes.c_void_p),
            ctypes.c_int,
            ctypes.c_int,
        ]
        data = espeakng_loader.get_data_path().encode()
        self.rate_hz = self.library.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data, INITIALIZE_DONT_EXIT)
        if self.rate_hz < 0:
            raise OSError("espeak-ng cannot read its data")
        self.voice = ""
        self.pcm = bytearray()
        self.words: list[tuple[int, int]] = []
        self.callback = CALLBACK(self._heard)  # the library keeps no reference; we must
        self.library.espeak_SetSynthCallback(self.callback)

    def phonemes(self, clause: str, voice: str) -> str:
        """Return the clause in IPA; an inner full stop or comma leaves no mark in it."""
        self._take_voice(voice)
        raw = _for_c(clause)
        here = ctypes.c_void_p(ctypes.addressof(raw))
        found = []
        while (begin := here.value) is not None:
            ipa = self.library.espeak_TextToPhonemes(ctypes.byref(here), CHARS_UTF8, PHONEMES_IPA)
            found.append((ipa or b"").decode("utf-8"))
            if here.value is not None and here.value <= begin:
                break  # espeak did not advance; never wait here for ever
        return " ".join(filter(None, found))

    def say(self, text: str, voice: str, *, rate: int, pitch: int) -> dict[str, object]:
        """Return the audio of *text* and where its words are, as the answer to a request has them."""
        self._take_voice(voice)
        self.library.espeak_SetParameter(PARAMETER_RATE, rate, 0)
        self.library.espeak_SetParameter(PARAMETER_PITCH, pitch, 0)
        self.pcm.clear()
        self.words.clear()
        raw = _for_c(text)
        flags = CHARS_UTF8 | END_PAUSE | PHONEMES_IN_TEXT
        if self.library.espeak_Synth(raw, len(raw), 0, POS_CHARACTER, 0, flags, None, None) != 0:
            raise OSError("espeak-ng does not speak")
        pcm = base64.b64encode(self.pcm).decode("ascii")
        return {"pcm": pcm, "rate_hz": self.rate_hz, "words": list(self.words)}

    def _heard(self, samples: int | None, count: int, events: ctypes._Pointer[Event]) -> int:
        if samples:
            self.pcm += ctypes.string_at(samples, 2 * count)
        number = 0
        while events[number].type:  # the list ends with a 0
            if events[number].type == EVENT_WORD:
                self.words.append((events[number].text_position, events[number].sample))
            number += 1
        return 0

    def _take_voice(self, voice: str) -> None:
        if voice != self.voice:
            if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
                raise OSError(f"espeak-ng has no voice {voice!r}")
            self.voice = voice


def _for_c(text: str) -> ctypes.Array[ctypes.c_char]:
    """Return *text* for the library; a zero byte would end it."""
    return ctypes.create_string_buffer(text.replace("\0", " ").encode("utf-8", "replace"))


def answer(espeak: Espeak, asked: Mapping[str, object]) -> dict[str, object]:
    """Return the answer to a request. Raises KeyError, TypeError, ValueError, OSError for a bad one."""
    voice = str(asked["voice"])
    if "say" in asked:
        rate, pitch = int(str(asked["rate"])), int(str(asked["pitch"]))
        return espeak.say(str(asked["say"]), voice, rate=rate, pitch=pitch)
    clauses = asked["clauses"]
    if not isinstance(clauses, list):
        raise TypeError("clauses: a list is expected")
    return {"phonemes": [espeak.phonemes(str(clause), voice) for clause in clauses]}


def main() -> int:
    """Answer each request line; a bad one gets an error line, not an end."""
    espeak = Espeak()
    for line in sys.stdin:
        found: dict[str, object]
        try:
            found = answer(espeak, json.loads(line))
        except (ValueError, KeyError, TypeError, OSError) as exc:
            found = {"error": f"{type(exc).__name__}: {exc}"}
        print(json.dumps(found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
