"""The voice's worker with the joe voice: what is waited for first, cancelling, preparing, rendering ahead."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from ivr_ari.engines import VoiceEngine
from ivr_ari.errors import SetupError
from ivr_ari.events import Slotted
from ivr_ari.voices import ensure_joe

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="module")]

LONGEST_WORD_MS = 900

LONG = "Your refund for the charge in March is on its way, and it will take three to five working days."


UNSAID = (
    "The office in the harbour closes early today, because the river is rising. Please bring your letters to"
    " the town hall, and ask for the second floor. Somebody will be there until six in the evening."
)


class Line:
    """What came out of the voice."""

    def __init__(self) -> None:
        self.audio: defaultdict[tuple[str, str], bytearray] = defaultdict(bytearray)
        self.ended: dict[tuple[str, str], int] = {}
        self.order: list[str] = []
        self.progress: list[tuple[str, float]] = []
        self._changed = asyncio.Event()

    def chunk(self, call: str, id: str, pcm: bytes) -> None:
        self.audio[call, id] += pcm
        self.order.append(f"{call} {id}")
        self._changed.set()

    def spoken(self, call: str, id: str, total_ms: int) -> None:
        self.ended[call, id] = total_ms
        self._changed.set()

    def changed(self) -> None:
        self._changed.set()

    def forget(self) -> None:
        self.audio.clear()
        self.ended.clear()
        self.order.clear()
        self.progress.clear()

    async def end(self, call: str, id: str) -> None:
        await self.until(lambda: (call, id) in self.ended)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(120):
            while not true():
                self._changed.clear()
                await self._changed.wait()


def voice(cache: Path, line: Line, name: str = "joe") -> VoiceEngine:
    return VoiceEngine(
        cache,
        name=name,
        on_chunk=line.chunk,
        on_spoken=line.spoken,
        on_up=lambda name: line.changed(),
        on_down=lambda name, why: line.changed(),
        on_progress=lambda name, what, share: line.progress.append((what, share)),
    )


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder of our own, with the machine's voices."""
    folder = tmp_path_factory.mktemp("cache")
    machine = Path(os.environ.get("IVR_CACHE") or "~/.cache/ivr-ari").expanduser()
    (folder / "voices").symlink_to(ensure_joe(machine).parent)
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def spoken(cache: Path) -> AsyncIterator[tuple[VoiceEngine, Line]]:
    """One voice for all tests, for it takes seconds to load; each speaks for calls of its own."""
    line = Line()
    engine = voice(cache, line)
    await engine.start()
    await engine.ready()
    yield engine, line
    await engine.stop()


@pytest.fixture
def engine(spoken: tuple[VoiceEngine, Line]) -> VoiceEngine:
    return spoken[0]


@pytest.fixture
def line(spoken: tuple[VoiceEngine, Line]) -> Line:
    line = spoken[1]
    line.forget()
    return line


async def test_what_is_waited_for_comes_before_what_is_prepared(engine: VoiceEngine, line: Line) -> None:
    """A prepared prompt sends nothing and waits; spoken later, it comes whole."""
    engine.prepare("a", "p1", [LONG])
    engine.speak("b", "s1", ["You have ", Slotted("42.19", "money"), "."])
    await line.end("b", "s1")
    assert set(line.audio) == {("b", "s1")}
    assert 1500 < line.ended["b", "s1"] < 5000
    assert len(line.audio["b", "s1"]) // 16 == pytest.approx(line.ended["b", "s1"], abs=20)

    engine.speak("a", "s1", [LONG])
    await line.end("a", "s1")
    assert line.ended["a", "s1"] > 4000


async def test_cancelled_prompts_end_without_another_chunk(engine: VoiceEngine, line: Line) -> None:
    """What was said stays said; nothing more comes, other calls are spoken on."""
    # no other test says this: a prompt that is kept comes whole, and nothing is left to cancel
    engine.speak("e", "s1", [UNSAID])
    engine.speak("e", "s2", ["And then this."])
    engine.speak("f", "s1", ["Hello."])
    await line.until(lambda: bool(line.order))
    engine.cancel("e")
    so_far = len(line.audio["e", "s1"])
    await line.end("f", "s1")
    assert len(line.audio["e", "s1"]) == so_far
    assert set(line.ended) == {("f", "s1")}
    assert ("e", "s2") not in line.audio


async def test_fixed_prompts_are_rendered_ahead(engine: VoiceEngine, line: Line) -> None:
    """With progress, each prompt once; spoken then, they come in one piece."""
    assert await engine.render([["Hello."], ["Goodbye."], ["Hello."]]) == 0
    assert line.progress == [("prompt 1 of 2", 0.5), ("prompt 2 of 2", 1.0)]
    engine.speak("c", "s1", ["Goodbye."])
    await line.end("c", "s1")
    assert line.order == ["c s1"]


async def test_nothing_sensitive_is_kept(engine: VoiceEngine, line: Line, cache: Path) -> None:
    """Speaking it leaves no file; spoken as usual, the same words do."""
    secret = ("The number is ", Slotted("4711", "digits"), ".")
    before = files(cache)
    engine.speak("d", "s2", secret, sensitive=True)
    await line.end("d", "s2")
    assert files(cache) == before
    engine.speak("d", "s3", secret)
    await line.end("d", "s3")
    assert files(cache) > before


async def test_an_interrupted_prompt_goes_on_at_the_word(engine: VoiceEngine, line: Line) -> None:
    """What is left after 2 s is shorter by what was heard, to the word."""
    engine.speak("g", "s1", [LONG])
    await line.end("g", "s1")
    for id, heard_ms in (("s2", 2000), ("s3", 60_000)):
        engine.speak("g", id, [LONG], after_ms=heard_ms)
        await line.end("g", id)
    whole, rest = line.ended["g", "s1"], line.ended["g", "s2"]

    assert whole - 2050 < rest < whole - 2000 + LONGEST_WORD_MS
    assert line.ended["g", "s3"] == 0


async def test_a_call_at_16_khz_has_16_khz(engine: VoiceEngine, line: Line) -> None:
    """The same words, twice the samples."""
    for id, rate_hz in (("s1", 8000), ("s2", 16000)):
        engine.speak("h", id, ["Good evening."], rate_hz=rate_hz)
        await line.end("h", id)

    assert line.ended["h", "s1"] == pytest.approx(line.ended["h", "s2"], abs=20)
    assert len(line.audio["h", "s2"]) == pytest.approx(2 * len(line.audio["h", "s1"]), rel=0.02)


async def test_what_was_said_is_said_while_the_voice_is_away(engine: VoiceEngine, line: Line) -> None:
    """After kill -9 by the service itself, at once, joined from what was kept; it then comes back."""
    engine.speak("i", "s1", ["Good morning. ", Slotted("4711", "digits"), " is free."])
    await line.end("i", "s1")
    os.kill(engine.health.pid, signal.SIGKILL)
    await line.until(lambda: not engine.health.up)
    engine.speak("i", "s2", [Slotted("4711", "digits"), " is free. Good morning."])
    engine.speak("i", "s3", ["Never said before."])
    await line.end("i", "s2")

    assert line.ended["i", "s2"] == pytest.approx(line.ended["i", "s1"], abs=40)
    assert not engine.health.up
    await line.until(lambda: engine.health.up)
    assert ("i", "s3") not in line.ended


async def test_missing_voice_is_said_at_the_start(tmp_path: Path) -> None:
    """The service learns at once that waiting won't help."""
    engine = voice(tmp_path, Line(), name="nobody")
    await engine.start()
    try:
        with pytest.raises(SetupError) as caught:
            await engine.ready()
        assert caught.value.code == "voice.missing"
    finally:
        await engine.stop()
