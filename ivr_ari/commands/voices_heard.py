"""Listening to voices: one text, or the same sentences by several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..models import cache_folder
from .terminal import plainly, progress_line

if TYPE_CHECKING:  # numpy and an engine are loaded by the command that needs them
    from ..events import Part
    from ..prompts.lexicon import Lexicon
    from ..prompts.open_voice import Engine

Rate = Annotated[int, typer.Option(help="8000, as most callers hear it, or 16000.")]
EngineOption = Annotated[str, typer.Option(help="auto, coqui or onnx.")]
Words = Annotated[Path | None, typer.Option("--lexicon", help="File of words and how they are said.")]
LanguageOption = Annotated[str, typer.Option(help="Language of the text; the voice's own if not given.")]


def say(
    text: Annotated[str, typer.Argument(help="As in a flow, with its controls: 'Wait <break/> here.'")],
    out: Annotated[Path, typer.Argument(help="WAV file to write.")],
    voice: str = "joe",
    rate: Rate = 8000,
    speed: Annotated[float, typer.Option(min=0.5, max=2.0, help="1.25 speaks a quarter faster.")] = 1.0,
    engine: EngineOption = "auto",
    language: LanguageOption = "",
    lexicon: Words = None,
) -> None:
    """Speak a text into a WAV file, as a caller would hear it; print the words it is made of."""
    with plainly():
        from ..prompts.joining import Delivery
        from ..prompts.script import script
        from ..prompts.speaker import Speaker
        from ..voices.audition import write_wav

        spoken = language or language_of(voice)
        words = words_of(lexicon, voice, spoken)
        sentences = script(parts_of(text), spoken, lexicon=words)
        typer.echo(" ".join(sentence.words for sentence in sentences))
        show = progress_line()
        with Speaker.open(
            cache_folder(), voice, engine=engine_of(engine), language=spoken, progress=show
        ) as speaker:
            made = speaker.speak(sentences, Delivery(rate_hz=rate_of(rate), speed=speed, sensitive=True))
            pcm = b"".join(made)
        write_wav(out, pcm, rate)
        typer.echo(f"{out}: {len(pcm) / 2 / rate:.1f} s")


def audition(
    voices: Annotated[list[str], typer.Argument(help="Names of voices; espeak is one too.")],
    out: Annotated[Path, typer.Option(help="Folder for the files and the page.")] = Path("audition"),
    text: Annotated[list[str] | None, typer.Option(help="A sentence; may be said several times.")] = None,
    rate: Rate = 8000,
    engine: EngineOption = "auto",
    language: LanguageOption = "",
    lexicon: Words = None,
) -> None:
    """Let voices speak the same sentences; write WAV files, a page to listen with, and what was measured."""
    with plainly():
        from ..prompts.speaker import Speaker
        from ..voices.audition import TEXTS, listening_page
        from ..voices.audition import audition as hold

        everything = []
        languages = {voice: language_of(voice) for voice in voices}  # one that is not there is told at once
        for voice in voices:
            spoken = language or languages[voice]
            words = words_of(lexicon, voice, spoken)
            texts = text or TEXTS.get(spoken, TEXTS["en"])
            typer.echo(f"{voice}: loading", err=True)
            with Speaker.open(cache_folder(), voice, engine=engine_of(engine), language=spoken) as speaker:
                held = hold(speaker, voice, texts, out, rate_hz=rate_of(rate), language=spoken, lexicon=words)
                for heard in held:
                    everything.append(heard)
                    typer.echo(
                        f"{heard.file}: {heard.seconds:5.1f} s, first sound {heard.first_ms:4.0f} ms, "
                        f"{heard.factor:.2f} s of work a second, {heard.lufs:.1f} LUFS  {heard.text}"
                    )
        page = out / "index.html"
        page.write_text(listening_page(everything), encoding="utf-8")
        typer.echo(f"{page}: open it to listen")


def language_of(voice: str) -> str:
    """Return the language of a voice in the cache. SetupError ``voice.missing``."""
    from ..prompts.voice_folder import LAST_RESORT, VoiceAbout, voice_folder

    if voice == LAST_RESORT:
        return "en"
    return VoiceAbout.read(voice_folder(cache_folder(), voice)).language


def words_of(file: Path | None, voice: str, language: str) -> Lexicon:
    """Return the deployment's own words in *language*, their sounds checked against what the voice knows."""
    from ..prompts.lexicon import PLAIN
    from ..voices.listing import lexicons_for

    return lexicons_for(cache_folder(), voice, file).get(language, PLAIN)


def parts_of(text: str) -> tuple[Part, ...]:
    """Return the parts of a text written as in a flow. Raises typer.BadParameter for a mistake or a slot."""
    from ..dialogue.markup import parse_speech
    from ..dialogue.steps import Field
    from ..events import Pause, Slotted, Style

    parts, mistakes = parse_speech(text)
    if not text.strip():
        mistakes.append("there is nothing to say")
    for part in parts:
        if isinstance(part, Field):
            tag = f'<say-as interpret-as="{part.manner or "text"}">...</say-as>'
            mistakes.append(f"{{{part.slot}}} has no value outside a call: write one, such as {tag}")
    if mistakes:
        raise typer.BadParameter("; ".join(mistakes), param_hint="TEXT")
    return tuple(part for part in parts if isinstance(part, str | Slotted | Pause | Style))


def engine_of(given: str) -> Engine:
    """Return the engine of that name. Raises typer.BadParameter."""
    match given:
        case "auto" | "coqui" | "onnx":
            return given
    raise typer.BadParameter(f"{given}: expected auto, coqui or onnx", param_hint="--engine")


def rate_of(given: int) -> int:
    """Return a rate that calls have. Raises typer.BadParameter."""
    if given not in (8000, 16000):
        raise typer.BadParameter(f"{given}: expected 8000 or 16000", param_hint="--rate")
    return given
