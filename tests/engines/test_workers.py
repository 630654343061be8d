"""The real workers behind the service's side: models, threads, pipes and a kill."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

from ivr_ari.engines import SpeechEngine, UnderstandingEngine
from ivr_ari.errors import EngineFailed, FlowError, SetupError
from ivr_ari.events import Expect, Heard, Meaning, Word
from ivr_ari.models import LAB_MODEL, find_model, serving_folder
from ivr_ari.understanding.flow_words import FlowWords

from ..speech.callers import clips, frames, line

pytestmark = pytest.mark.model


class Ears:
    """What an engine told, and a way to wait for it."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.heard: dict[tuple[str, str], Heard] = {}
        self.meant: dict[tuple[str, str], Meaning] = {}
        self.partials: list[str] = []
        self._changed = asyncio.Event()

    def on_heard(self, call: str, id: str, heard: Heard) -> None:
        self.heard[call, id] = heard
        self._changed.set()

    def on_meaning(self, call: str, id: str, meaning: Meaning) -> None:
        self.meant[call, id] = meaning
        self._changed.set()

    def on_partial(self, call: str, text: str) -> None:
        self.partials.append(text)

    def up(self, name: str) -> None:
        self.told.append(f"{name} up")
        self._changed.set()

    def down(self, name: str, why: str) -> None:
        self.told.append(f"{name} {why}")
        self._changed.set()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(120):
            while not true():
                self._changed.clear()
                await self._changed.wait()


def speech(ears: Ears, model: Path) -> SpeechEngine:
    return SpeechEngine(
        model, threads=2, on_heard=ears.on_heard, on_partial=ears.on_partial, on_up=ears.up, on_down=ears.down
    )


def say(engine: SpeechEngine, call: str, name: str, at_ms: int = 0) -> str:
    [clip] = clips(name)
    for number, frame in enumerate(frames(line(300, clip, 200))):
        engine.hear(call, frame, at_ms + 20 * number)
    return clip.text


async def test_speech_hears_calls_apart_and_survives_a_kill(tmp_path: Path) -> None:
    """Two calls at once; after kill -9 the same calls are heard by the next worker."""
    ears = Ears()
    engine = speech(ears, serving_folder(find_model(LAB_MODEL), tmp_path))
    await engine.start()
    try:
        await engine.ready()
        for call in ("a", "b"):
            engine.open(call)
            engine.expect(call, Expect())
        first, second = say(engine, "a", "b024_am"), say(engine, "b", "b026_af", at_ms=9_000)
        engine.flush("a", "f1")
        engine.flush("b", "f1")
        await ears.until(lambda: len(ears.heard) == 2)
        assert ears.heard["a", "f1"].text == first
        assert ears.heard["b", "f1"].text == second
        assert ears.heard["b", "f1"].words[0].start_ms >= 9_200
        assert ears.partials

        os.kill(engine.health.pid, signal.SIGKILL)
        await ears.until(lambda: ears.told == ["speech up", "speech engine.died", "speech up"])
        third = say(engine, "a", "b005_am", at_ms=20_000)
        engine.flush("a", "f2")
        await ears.until(lambda: ("a", "f2") in ears.heard)
        assert ears.heard["a", "f2"].text == third
        assert ears.heard["a", "f2"].words[0].start_ms >= 20_200

        engine.close("a")
        engine.close("a")
        engine.flush("a", "f3")
        engine.flush("b", "f3")
        await ears.until(lambda: ("b", "f3") in ears.heard)
        assert ("a", "f3") not in ears.heard
    finally:
        await engine.stop()


SERVICE = """
import asyncio, sys
from pathlib import Path
from ivr_ari.engines import SpeechEngine

async def main():
    nothing = lambda *told: None
    engine = SpeechEngine(Path(sys.argv[1]), threads=1, on_heard=nothing, on_up=nothing, on_down=nothing)
    await engine.start()
    await engine.ready()
    print("worker is", engine.health.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def test_worker_dies_with_the_service(tmp_path: Path) -> None:
    """A service killed in mid-air leaves no worker behind."""
    model = serving_folder(find_model(LAB_MODEL), tmp_path)
    command = [sys.executable, "-c", SERVICE, str(model)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout
            [worker] = islice(
                (line.split()[-1] for line in service.stdout if line.startswith("worker is")), 1
            )
            # Readable once the worker has ended, whether or not somebody has collected it.
            ended = os.pidfd_open(int(worker))
        finally:
            service.kill()
        assert select.select([ended], [], [], 60)[0]
        os.close(ended)


async def test_missing_model_is_said_at_the_start(tmp_path: Path) -> None:
    """The service learns at once that waiting won't help."""
    engine = speech(Ears(), tmp_path / "nothing")
    await engine.start()
    try:
        with pytest.raises(SetupError) as caught:
            await engine.ready()
        assert caught.value.code == "model.missing"
    finally:
        await engine.stop()


EXAMPLES = {
    "balance": [
        "what's my balance",
        "how much money do i have",
        "my balance",
        "balance",
        "tell me my balance",
    ],
    "refund": [
        "i need a refund",
        "refund",
        "i want my money back",
        "give me a refund",
        "i was charged twice",
    ],
}


def heard(text: str) -> Heard:
    return Heard(
        tuple(Word(word, 300 * number, 300 * number + 250) for number, word in enumerate(text.split()))
    )


async def test_understanding_is_told_the_roles_of_slots() -> None:
    """The words in front of a value and the kinds of slots reach the worker."""
    ears = Ears()
    engine = UnderstandingEngine(on_meaning=ears.on_meaning, on_up=ears.up, on_down=ears.down)
    await engine.start()
    try:
        await engine.ready()
        roles = {"leave": ["from"], "return": ["to"]}
        words = FlowWords(EXAMPLES, after=roles, types={"leave": "date", "return": "date"})
        await engine.load("flow-1", words)
        engine.understand("a", "m1", "flow-1", heard("from tuesday to friday"), Expect(), "2026-07-15")
        await ears.until(lambda: bool(ears.meant))
    finally:
        await engine.stop()

    assert [value.slot for value in ears.meant["a", "m1"].values] == ["leave", "return"]


async def test_understanding_takes_the_words_of_the_language(tmp_path: Path) -> None:
    """A flow is learnt in each of its languages; what is learnt lies in the cache that was given."""
    ears = Ears()
    engine = UnderstandingEngine(cache=tmp_path, on_meaning=ears.on_meaning, on_up=ears.up, on_down=ears.down)
    sizes = {"en": {"size": {"large": ["big one"]}}, "es": {"size": {"large": ["grande"]}}}
    await engine.start()
    try:
        await engine.ready()
        await engine.load(
            "flow-1", *(FlowWords(choices=choices, language=name) for name, choices in sizes.items())
        )
        for language, said in (("en", "big one"), ("es-MX", "grande"), ("es", "big one"), ("fr", "big one")):
            engine.understand("a", language, "flow-1", heard(said), Expect(language=language), "2026-07-15")
        await ears.until(lambda: len(ears.meant) == 4)
    finally:
        await engine.stop()

    found = {language: len(meaning.values) for (_, language), meaning in ears.meant.items()}
    assert found == {"en": 1, "es-MX": 1, "es": 0, "fr": 1}


async def test_understanding_knows_its_flows_after_a_kill() -> None:
    """Flows are learnt once; a new worker learns them before it counts as up."""
    ears = Ears()
    engine = UnderstandingEngine(on_meaning=ears.on_meaning, on_up=ears.up, on_down=ears.down)
    with pytest.raises(EngineFailed):
        await engine.load("flow-1", FlowWords(EXAMPLES))
    await engine.start()
    try:
        await engine.ready()
        await engine.load("flow-1", FlowWords(EXAMPLES))
        with pytest.raises(FlowError):
            await engine.load("flow-2", FlowWords({"balance": [], "refund": ["i need a refund"]}))
        engine.understand("a", "m1", "flow-1", heard("what's my balance"), Expect(), "2026-07-15")
        await ears.until(lambda: bool(ears.meant))
        assert [request.intent for request in ears.meant["a", "m1"].requests] == ["balance"]

        os.kill(engine.health.pid, signal.SIGKILL)
        died_and_up = ["understanding up", "understanding engine.died", "understanding up"]
        await ears.until(lambda: ears.told == died_and_up)
        engine.understand("a", "m2", "flow-1", heard("yes please"), Expect(confirm=True), "2026-07-15")
        await ears.until(lambda: len(ears.meant) == 2)
        assert "affirm" in ears.meant["a", "m2"].acts
    finally:
        await engine.stop()
