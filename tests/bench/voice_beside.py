"""
The voice beside live recognition, and recognition beside the voice: ``python -m tests.bench.voice_beside``.

Five callers speak without pause (the recordings of tests/data), fed in real time to one recognition worker; a
voice worker meanwhile is idle, renders prompts ahead, or answers with sentences never said before. A table
and JSON are printed, in ms: from a caller's last sample to their words, and from asking the voice to the
first 100 ms of audio.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, permutations
from math import ceil
from pathlib import Path

from ivr_ari.engines import SpeechEngine, VoiceEngine
from ivr_ari.events import Expect, Heard, Slotted
from ivr_ari.models import LAB_MODEL, cache_folder, find_model, serving_folder
from ivr_ari.voices import ensure_joe
from tests.speech.callers import clips, frames, line

CALLS = 5
FIRST_BYTES = 16 * 100
"""100 ms at 8 kHz."""

SILENCE_MS = 400
"""Between two sentences of a caller."""


@dataclass
class Figures:
    """Times of one condition, in ms."""

    words: list[float] = field(default_factory=list)
    first_sound: list[float] = field(default_factory=list)
    starved: float = 0.0
    """Silence in answers that had begun, because there was no more of them yet."""

    answered: float = 0.0
    """Audio of answers."""

    rendered: int = 0


def percentile(values: list[float], share: float) -> float:
    """Return the value that *share* of the values do not exceed (nearest rank)."""
    return round(sorted(values)[max(0, ceil(share * len(values)) - 1)], 2) if values else 0.0


class Callers:
    """Callers who speak one recording after the other."""

    def __init__(self, engine: SpeechEngine, figures: Callable[[], Figures]) -> None:
        self._engine, self._figures = engine, figures
        self._flushed: dict[tuple[str, str], float] = {}
        self._sentences = [line(clip, SILENCE_MS) for clip in clips("b0")]

    def heard(self, call: str, id: str, heard: Heard) -> None:
        now = asyncio.get_running_loop().time()
        if heard.words:
            self._figures().words.append(1000 * (now - self._flushed[call, id]))

    async def talk(self, number: int) -> None:
        """Speak for ever, 20 ms every 20 ms."""
        call, loop = f"caller-{number}", asyncio.get_running_loop()
        self._engine.open(call)
        self._engine.expect(call, Expect())
        due, at_ms = loop.time() + 0.137 * number, 0
        for turn in count(number * 7):
            for frame in frames(self._sentences[turn % len(self._sentences)]):
                due += 0.02
                await asyncio.sleep(max(0.0, due - loop.time()))
                self._engine.hear(call, frame, at_ms)
                at_ms += 20
            self._flushed[call, f"f{turn}"] = loop.time()
            self._engine.flush(call, f"f{turn}")


class Listeners:
    """What comes of the voice, and when the first of it."""

    def __init__(self, figures: Callable[[], Figures]) -> None:
        self._figures = figures
        self._asked: dict[tuple[str, str], float] = {}
        self._bytes: defaultdict[tuple[str, str], int] = defaultdict(int)
        self._lasts_until: dict[tuple[str, str], float] = {}
        self._over: dict[tuple[str, str], asyncio.Event] = {}

    def ask(self, call: str, id: str) -> asyncio.Event:
        """A prompt is asked for now; the event is set when all of it was made."""
        self._asked[call, id] = asyncio.get_running_loop().time()
        self._over[call, id] = asyncio.Event()
        return self._over[call, id]

    def chunk(self, call: str, id: str, pcm: bytes) -> None:
        now = asyncio.get_running_loop().time()
        before, self._bytes[call, id] = self._bytes[call, id], self._bytes[call, id] + len(pcm)
        if before < FIRST_BYTES <= self._bytes[call, id]:
            self._figures().first_sound.append(1000 * (now - self._asked[call, id]))
        figures, key = self._figures(), (call, id)
        lasts_until = self._lasts_until.get(key, now)
        figures.starved += 1000 * max(0.0, now - lasts_until)
        figures.answered += len(pcm) / 16
        self._lasts_until[key] = max(now, lasts_until) + len(pcm) / 16000

    def spoken(self, call: str, id: str, total_ms: int) -> None:
        self._over[call, id].set()


def sentences() -> Iterator[list[str | Slotted]]:
    """Yield prompts nobody has heard yet, nor their first words."""
    for number in count(104_729, 7919):
        yield [
            Slotted(str(number), "digits"),
            " is the number of your order, which comes to ",
            Slotted(f"{number % 900}.{number % 100:02}", "money"),
            ", and it will be with you by the end of the week.",
        ]


SENTENCES = ("Sure.", "One moment.", "Thank you.", "What else can I do for you?", "Goodbye.", "All right.")


class Stage:
    """Both workers and those who talk to them."""

    def __init__(self) -> None:
        self.now = Figures()
        self.listeners = Listeners(lambda: self.now)
        self.sentences = sentences()
        self.callers: Callers

    @asynccontextmanager
    async def voice(self, cache: Path, engine: str, threads: int) -> AsyncIterator[VoiceEngine]:
        voice = VoiceEngine(
            cache,
            engine=engine,
            threads=threads,
            on_chunk=self.listeners.chunk,
            on_spoken=self.listeners.spoken,
            on_up=lambda name: None,
            on_down=lambda name, why: None,
        )
        await voice.start()
        await voice.ready()
        yield voice
        await voice.stop()

    @asynccontextmanager
    async def talking(self, model: Path) -> AsyncIterator[None]:
        speech = SpeechEngine(
            model,
            on_heard=lambda call, id, heard: self.callers.heard(call, id, heard),
            on_up=lambda name: None,
            on_down=lambda name, why: None,
        )
        self.callers = Callers(speech, lambda: self.now)
        await speech.start()
        await speech.ready()
        tasks = [asyncio.create_task(self.callers.talk(number)) for number in range(CALLS)]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await speech.stop()

    async def idle(self, voice: VoiceEngine) -> None:
        await asyncio.Event().wait()

    async def rendering(self, voice: VoiceEngine) -> None:
        for prompt in self.sentences:
            await voice.render([prompt])
            self.now.rendered += 1

    async def answering(self, voice: VoiceEngine) -> None:
        """All calls are answered at once, again when the last has its whole answer."""
        for turn in count():
            waiting = []
            for number in range(CALLS):
                call, id = f"caller-{number}", f"s{turn}"
                waiting.append(self.listeners.ask(call, id).wait())
                voice.speak(call, id, next(self.sentences))
            await asyncio.gather(*waiting)
            await asyncio.sleep(0.5)

    async def alone(self, voice: VoiceEngine) -> None:
        """One caller is answered."""
        for prompt in self.sentences:
            id = str(prompt[0])
            over = self.listeners.ask("caller-0", id)
            voice.speak("caller-0", id, prompt)
            await over.wait()
            await asyncio.sleep(0.2)

    async def saying_again(self, voice: VoiceEngine) -> None:
        """Whole prompts that were said before."""
        for turn in count():
            await self._ask(voice, f"k{turn}", [SENTENCES[turn % len(SENTENCES)]])

    async def joining(self, voice: VoiceEngine) -> None:
        """Prompts never said before, of sentences that were."""
        for turn, order in enumerate(permutations(SENTENCES)):
            await self._ask(voice, f"j{turn}", [" ".join(order)])

    async def _ask(self, voice: VoiceEngine, id: str, prompt: list[str]) -> None:
        over = self.listeners.ask("caller-0", id)
        voice.speak("caller-0", id, prompt)
        await over.wait()
        await asyncio.sleep(0.05)


async def measured(seconds: float, engine: str, threads: int) -> dict[str, Figures]:
    """Return the figures of each condition, *seconds* each."""
    machine, found, stage = cache_folder(), {}, Stage()
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        (own / "voices").symlink_to(ensure_joe(machine).parent)
        model = serving_folder(find_model(LAB_MODEL), machine)

        async def during(name: str, work: Callable[[VoiceEngine], object], voice: VoiceEngine) -> None:
            stage.now = found[name] = Figures()
            task = asyncio.ensure_future(work(voice))  # type: ignore[call-overload]
            await asyncio.sleep(seconds)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            for number in range(CALLS):
                voice.cancel(f"caller-{number}")

        async with stage.voice(own, engine, threads) as voice:
            await during("one answer at a time, nobody talking", stage.alone, voice)
            await voice.render([[sentence] for sentence in SENTENCES])
            async with stage.talking(model):
                await asyncio.sleep(2)
                await during("voice idle", stage.idle, voice)
                await during("prompts said before", stage.saying_again, voice)
                await during("new ones of sentences said before", stage.joining, voice)
                await during("voice renders ahead", stage.rendering, voice)
                await during("voice answers one", stage.alone, voice)
                await during("voice answers all five", stage.answering, voice)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="the voice beside live recognition")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each condition")
    parser.add_argument("--engine", default="auto", help="see voice.engine")
    parser.add_argument("--threads", type=int, default=1, help="of the voice")
    options = parser.parse_args()
    found = asyncio.run(measured(options.seconds, options.engine, options.threads))
    print(f"load {os.getloadavg()[0]:.1f}")
    print(
        f"{'':38}{'words after the end of speech':32}{'first 100 ms of answers':32}answers  starved  rendered"
    )
    rows = {name: row(figures) for name, figures in found.items()}
    for name, one in rows.items():
        words = f"{one['words_p50_ms']:6.0f} {one['words_p95_ms']:6.0f} ({one['words']})"
        sounds = f"{one['sound_p50_ms']:8.1f} {one['sound_p95_ms']:8.1f} ({one['sounds']})"
        rest = f"{one['answered_ms'] / 1000:5.0f} s {one['starved_ms']:5.0f} ms {one['rendered']:6.0f}"
        print(f"{name:38}{words:32}{sounds:32}{rest}")
    print(json.dumps(rows))


def row(figures: Figures) -> dict[str, float]:
    """Return what is told of a condition."""
    return {
        "words": len(figures.words),
        "words_p50_ms": percentile(figures.words, 0.5),
        "words_p95_ms": percentile(figures.words, 0.95),
        "sounds": len(figures.first_sound),
        "sound_p50_ms": percentile(figures.first_sound, 0.5),
        "sound_p95_ms": percentile(figures.first_sound, 0.95),
        "answered_ms": round(figures.answered),
        "starved_ms": round(figures.starved),
        "rendered": figures.rendered,
    }


if __name__ == "__main__":
    main()
