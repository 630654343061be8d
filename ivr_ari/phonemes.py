"""
The pronouncing process: text lines in, phoneme lines out.

    python -m ivr_ari.phonemes

espeak-ng is GPL-3, so its library is loaded here and nowhere else, in a process of its own that
talks JSON lines over its standard streams: ``{"clauses": ["Hello", "how are you"], "voice":
"en-us"}`` is answered by ``{"phonemes": ["həlˈoʊ", "hˌaʊ ɑːɹ juː"]}``, or by ``{"error": "..."}``. It
ends when its input ends.
"""

from __future__ import annotations

import ctypes
import json
import sys

import espeakng_loader

__all__ = ["Espeak", "main"]

# speak_lib.h of espeak-ng 1.52
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8 = 1
PHONEMES_IPA = 0x02


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
        if self.library.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data, INITIALIZE_DONT_EXIT) < 0:
            raise OSError("espeak-ng cannot read its data")
        self.voice = ""

    def phonemes(self, clause: str, voice: str) -> str:
        """Return the clause in IPA; an inner full stop or comma leaves no mark in it."""
        if voice != self.voice:
            if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
                raise OSError(f"espeak-ng has no voice {voice!r}")
            self.voice = voice
        # a zero byte would end the text for C
        raw = ctypes.create_string_buffer(clause.replace("\0", " ").encode("utf-8", "replace"))
        here = ctypes.c_void_p(ctypes.addressof(raw))
        found = []
        while (begin := here.value) is not None:
            ipa = self.library.espeak_TextToPhonemes(ctypes.byref(here), CHARS_UTF8, PHONEMES_IPA)
            found.append((ipa or b"").decode("utf-8"))
            if here.value is not None and here.value <= begin:
                break  # espeak did not advance; never wait here for ever
        return " ".join(filter(None, found))


def main() -> int:
    """Answer each request line; a bad one gets an error line, not an end."""
    espeak = Espeak()
    for line in sys.stdin:
        answer: dict[str, object]
        try:
            asked = json.loads(line)
            voice = str(asked["voice"])
            answer = {"phonemes": [espeak.phonemes(str(clause), voice) for clause in asked["clauses"]]}
        except (ValueError, KeyError, TypeError, OSError) as exc:
            answer = {"error": f"{type(exc).__name__}: {exc}"}
        print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
