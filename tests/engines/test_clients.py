"""The service's side of the engines: what is told again to a new worker, and what never reaches a call."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ivr_ari.engines import Limits, SpeechEngine, UnderstandingEngine, VoiceEngine
from ivr_ari.errors import EngineFailed, FlowError
from ivr_ari.events import Expect, Heard, Meaning
from ivr_ari.speech.listening import FlowPhrases
from ivr_ari.understanding.flow_words import FlowWords

FAKE = Path(__file__).parent / "fake_worker.py"
QUICK = Limits(ping_s=0.05, first_wait_s=0.01)


class Service:
    """Everything the engines told, in order."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self._changed = asyncio.Event()

    def tell(self, *what: object) -> None:
        self.told.append(" ".join(str(word) for word in what))
        self._changed.set()

    def heard(self, call: str, id: str, heard: Heard) -> None:
        self.tell("heard", call, id, heard.text)

    def meaning(self, call: str, id: str, meaning: Meaning) -> None:
        self.tell("meaning", call, id, *meaning.acts)

    def chunk(self, call: str, id: str, pcm: bytes) -> None:
        self.tell("chunk", call, id, pcm.decode())

    def spoken(self, call: str, id: str, total_ms: int) -> None:
        self.tell("spoken", call, id, total_ms)

    async def until(self, what: str, times: int = 1) -> None:
        async with asyncio.timeout(60):
            while self.told.count(what) < times:
                self._changed.clear()
                await self._changed.wait()


def fake(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", str(FAKE), *words)


def speech(service: Service, heard: Callable[[str, str, Heard], None] | None = None) -> SpeechEngine:
    return SpeechEngine(
        Path("unused"),
        on_heard=heard or service.heard,
        on_up=lambda name: service.tell("up", name),
        on_down=lambda name, why: service.tell("down", name, why),
        argv=fake("ears"),
        limits=QUICK,
    )


async def test_open_calls_are_told_to_a_new_worker() -> None:
    """With what they wait for, before the engine counts as up; closed calls are not."""
    service = Service()
    engine = speech(service)
    engine.open("early")  # nobody is there yet to be told
    await engine.start()
    await engine.ready()
    engine.open("a")
    engine.expect("a", Expect(confirm=True))
    engine.open("b")
    engine.close("b")
    engine.expect("b", Expect())
    engine.flush("a", "f1")
    await service.until("heard a f1 open:early open:a expect:a open:b close:b flush:a")
    os.kill(engine.health.pid, signal.SIGKILL)
    await service.until("up speech", 2)
    engine.flush("a", "f2")
    await service.until("heard a f2 open:early open:a expect:a flush:a")
    assert [told for told in service.told if "speech" in told] == [
        "up speech",
        "down speech engine.died",
        "up speech",
    ]
    await engine.stop()


async def test_flows_are_told_to_a_new_worker_before_calls() -> None:
    """A call opened again finds what its flow listens for; what was forgotten is not told."""
    service = Service()
    engine = speech(service)
    engine.learn("d1", FlowPhrases(sentences=("balance",)))
    engine.learn("d2", FlowPhrases())
    engine.forget("d2")
    engine.open("a", flow="d1")
    await engine.start()
    await engine.ready()
    engine.flush("a", "f1")
    await service.until("heard a f1 learn:d1 open:a flush:a")
    await engine.stop()


async def test_audio_goes_in_pieces() -> None:
    """60 ms at once; the rest before the words are asked for; nothing forgotten, nothing across a gap."""
    service = Service()
    engine = speech(service)
    engine.open("a")
    await engine.start()
    await engine.ready()
    for at_ms in (0, 20, 40, 60):
        engine.hear("a", bytes(320), at_ms)
    engine.flush("a", "f1")
    await service.until("heard a f1 open:a audio:a audio:a flush:a")
    engine.hear("a", bytes(320), 200)
    engine.reset("a")
    engine.hear("a", bytes(320), 300)
    engine.hear("a", bytes(320), 400)
    engine.flush("a", "f2")
    await service.until(
        "heard a f2 open:a audio:a audio:a flush:a reset:a audio:a audio:a flush:a",
    )
    engine.hear("nobody", bytes(320), 0)
    await engine.stop()


async def test_an_error_in_a_call_does_not_reach_the_engine() -> None:
    """A callback that fails is the call's trouble: the loop's handler hears of it, the worker stays."""
    service, errors = Service(), []

    def heard(call: str, id: str, heard: Heard) -> None:
        if call == "bad":
            raise ValueError(id)
        service.heard(call, id, heard)

    asyncio.get_running_loop().set_exception_handler(
        lambda loop, context: errors.append(context["exception"])
    )
    engine = speech(service, heard)
    await engine.start()
    await engine.ready()
    engine.flush("bad", "f1")
    engine.flush("good", "f1")
    await service.until("heard good f1 flush:bad flush:good")
    assert [str(error) for error in errors] == ["f1"]
    assert engine.health.restarts == 0
    await engine.stop()


async def ready_mouth() -> tuple[Service, VoiceEngine]:
    """Return a service and its voice, which is up."""
    service = Service()
    engine = VoiceEngine(
        Path("unused"),
        on_chunk=service.chunk,
        on_spoken=service.spoken,
        on_up=lambda name: None,
        on_down=lambda name, why: service.tell("down", why),
        argv=fake("mouth"),
        limits=QUICK,
    )
    await engine.start()
    await engine.ready()
    return service, engine


async def test_cancelled_prompts_are_silent_at_once() -> None:
    """Chunks that were on their way when a prompt was cancelled reach nobody."""
    service, engine = await ready_mouth()
    engine.speak("b", "last", ["Hello."])
    engine.speak("a", "s1", ["Hello."])
    await service.until("chunk a s1 two")
    engine.speak("a", "s2", ["Hello."])
    engine.cancel("a")
    await service.until("spoken b last 20")
    assert service.told == [
        "chunk b last one",
        "chunk b last two",
        "chunk a s1 one",
        "chunk a s1 two",
        *service.told[-1:],
    ]
    await engine.stop()


async def test_a_prompt_said_before_asks_no_worker() -> None:
    """It comes from the service's own memory, in one piece, even while the worker is dead."""
    service, engine = await ready_mouth()
    engine.speak("a", "s1", ["Goodbye."])
    await service.until("spoken a s1 40")
    service.told.clear()
    engine.speak("b", "s1", ["Goodbye."])
    assert service.told == []  # never before `speak` has returned
    await asyncio.sleep(0)
    assert service.told == ["chunk b s1 onetwo", "spoken b s1 0"]

    assert await engine.render([["Hello."]]) == 0
    await engine.stop()
    engine.speak("c", "s1", ["Hello."])
    await service.until("chunk c s1 ahead")


async def test_memory_does_not_overtake() -> None:
    """A prompt that is ready waits for the one before it in its call: they are played in that order."""
    service, engine = await ready_mouth()
    engine.speak("a", "s1", ["Goodbye."])
    await service.until("spoken a s1 40")
    engine.speak("a", "s2", ["Hold on."])
    engine.speak("a", "s3", ["Goodbye."])
    await service.until("spoken a s3 40")
    assert service.told.index("chunk a s2 two") < service.told.index("chunk a s3 one")
    await engine.stop()


async def test_what_is_sensitive_is_not_remembered() -> None:
    """Nor is what was said from its middle on; nor is another speed, rate or year the same prompt."""
    service, engine = await ready_mouth()
    engine.speak("a", "s1", ["Goodbye."], sensitive=True)
    await service.until("spoken a s1 40")
    engine.speak("a", "s2", ["Goodbye."], after_ms=20)
    await service.until("spoken a s2 40")
    engine.speak("a", "s3", ["Goodbye."])
    await service.until("spoken a s3 40")
    engine.speak("a", "s4", ["Goodbye."], speed=0.8)
    await service.until("spoken a s4 40")
    engine.speak("a", "s5", ["Goodbye."], rate_hz=16000)
    await service.until("spoken a s5 40")
    await engine.stop()


async def test_a_prompt_cancelled_at_once_is_silent() -> None:
    """Even if it was ready in memory and already on its way."""
    service, engine = await ready_mouth()
    engine.speak("a", "s1", ["Goodbye."])
    await service.until("spoken a s1 40")
    service.told.clear()
    engine.speak("b", "s1", ["Goodbye."])
    engine.cancel("b")
    await asyncio.sleep(0)
    assert service.told == []
    await engine.stop()


async def test_prompts_rendered_ahead_fail_with_the_engine() -> None:
    """Whoever waits for a list of prompts is told when the worker dies over it."""
    service = Service()
    engine = VoiceEngine(
        Path("unused"),
        on_chunk=service.chunk,
        on_spoken=service.spoken,
        on_up=lambda name: None,
        on_down=lambda name, why: service.tell("down", why),
        argv=fake("render"),
        limits=QUICK,
    )
    with pytest.raises(EngineFailed):
        await engine.render(["Hello."])
    await engine.start()
    await engine.ready()
    assert await engine.render([]) == 0
    with pytest.raises(EngineFailed) as caught:
        await engine.render(["Hello."])
    assert caught.value.code == "voice.down"
    await engine.stop()


async def test_flows_are_told_to_a_new_worker() -> None:
    """Those that were understood, before the engine counts as up; refused and forgotten ones are not."""
    service = Service()
    engine = UnderstandingEngine(
        on_meaning=service.meaning,
        on_up=lambda name: service.tell("up"),
        on_down=lambda name, why: service.tell("down", why),
        argv=fake("mind"),
        limits=QUICK,
    )
    with pytest.raises(EngineFailed):
        await engine.load("one", FlowWords())
    await engine.start()
    await engine.ready()
    await engine.load("one", FlowWords({"balance": ["my balance"]}, {"payout": {"card": ["my card"]}}))
    # calls that begin together all wait for the same flow
    await asyncio.gather(*(engine.load("two", FlowWords()) for _ in range(3)))
    with pytest.raises(FlowError) as caught:
        await engine.load("bad", FlowWords())
    assert caught.value.facts == {"problems": ["empty"]}
    engine.forget("two")
    engine.understand("a", "m1", "one", Heard(), Expect(), "2026-07-15")
    await service.until("meaning a m1 affirm")
    os.kill(engine.health.pid, signal.SIGKILL)
    await service.until("up", 2)
    assert service.told == ["up", "meaning a m1 affirm", "down engine.died", "up"]
    await engine.stop()
