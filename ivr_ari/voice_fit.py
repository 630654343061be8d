"""Whether the voices that the settings name are here, and what is to be known of them before calls come."""

from __future__ import annotations

from collections.abc import Iterator

from .errors import SetupError
from .prompts.open_voice import engine_for
from .prompts.voice_folder import LAST_RESORT, VoiceAbout, voice_folder
from .settings import Settings
from .voices.listing import engines_here, lexicons_for

__all__ = ["voice_lines"]


def voice_lines(settings: Settings) -> Iterator[str]:
    """
    Yield a line for each voice of the settings, and a note for each thing that is not as it should be.

    Raises SetupError ``lexicon.unreadable``, ``lexicon.wrong``.
    """
    named = [("", settings.voice.name), *settings.voice.languages.items()]
    for language, name in named:
        where = f"voice.languages.{language}" if language else "voice.name"
        if name == LAST_RESORT:
            yield f"note: {where}: {name} is a last resort: it is understood, but sounds like a machine"
            continue
        try:
            yield from _described(settings, where, language, name)
        except SetupError as exc:
            yield f"note: {where}: {exc}; the service will not start like this"
    yield from _words(settings)


def _described(settings: Settings, where: str, language: str, name: str) -> Iterator[str]:
    folder = voice_folder(settings.cache, name)
    about = VoiceAbout.read(folder)
    engine = engine_for(folder, settings.voice.engine)
    manner = "streamed" if about.kind == "vits" else "spoken sentence by sentence"
    yield f"{where}: {about.name}, {about.language}, {manner} by {engine}"
    if engine not in engines_here(folder):
        yield f"note: {where}: {engine} is not installed here; the service will not start like this"
    if about.kind != "vits":
        yield f"note: {where}: {name} says nothing before a whole sentence is made; render prompts ahead"
    if language and about.language != language:
        yield f"note: {where}: {name} was made for {about.language}"
    if about.kind == "vits" and engine == "coqui" and settings.voice.engine == "auto":
        yield f"note: {where}: {name} was not exported, so it is slower: ivr-ari voices export {name}"


def _words(settings: Settings) -> Iterator[str]:
    if settings.voice.lexicon is None:
        return
    try:
        lexicons = lexicons_for(settings.cache, settings.voice.name, settings.voice.lexicon)
    except SetupError as exc:
        if exc.code != "voice.missing":
            raise
        lexicons = lexicons_for(settings.cache, LAST_RESORT, settings.voice.lexicon)
    found = ", ".join(f"{len(lexicon.said)} words ({language})" for language, lexicon in lexicons.items())
    yield f"voice.lexicon: {found or 'no words'}"
