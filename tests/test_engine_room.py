"""Which engine gets what; the engines themselves are not started here."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ivr_ari.dialogue.flow import Flow, Prompt, Task, Wording
from ivr_ari.engine_room import EngineRoom
from ivr_ari.events import EngineDown, EngineUp, Event, Part
from ivr_ari.settings import Settings

ROOT = Path(__file__).parents[1]

FLOW = Flow(
    "bank",
    "en",
    "d1",
    "",
    prompts={"hello": Prompt("hello", (("Hello.",),))},
    wordings={"es": Wording(prompts={"hello": Prompt("hello", (("Hola.",),))})},
    tasks={"order": Task("order", "your order", (), ())},
)


class Call:
    """A call that writes down what engines have to tell it."""

    mode: Any = None

    def __init__(self) -> None:
        self.session: Any = self
        self.told: list[Event | str] = []

    def feed(self, event: Event) -> None:
        self.told.append(event)

    def uses(self, engine: str) -> bool:
        return engine != "speech-es"

    def voice_lost(self, name: str) -> None:
        self.told.append(f"lost {name}")

    def voice_back(self, name: str) -> None:
        self.told.append(f"back {name}")


def settings(**voices: str) -> Settings:
    tree = {
        "lab": True,
        "ari": {"password": "x"},
        "speech": {"model": "models/vosk-lab-en", "allow_lab_model": True},
        "flows": {"folder": "flows", "default": "bank"},
        "voice": {"languages": voices},
    }
    return Settings.model_validate(tree, context={"base": ROOT, "lab": True})


Prompts = Iterable[Sequence[Part]]
Render = Callable[[Prompts], Coroutine[Any, Any, int]]


def into(prompts: list[Sequence[Part]]) -> Render:
    async def render(wanted: Prompts) -> int:
        prompts.extend(wanted)
        return 0

    return render


async def test_each_voice_renders_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """
    No caller waits for a fixed prompt, in whichever language.
    """
    room = EngineRoom(settings(es="ana"), {}, {})
    english: list[Sequence[Part]] = []
    spanish: list[Sequence[Part]] = []
    learnt: list[str] = []

    async def load(digest: str, *_: object, **__: object) -> None:
        learnt.append(digest)

    monkeypatch.setattr(room.engines.understanding, "load", load)
    monkeypatch.setattr(room.engines.voice, "render", into(english))
    monkeypatch.setattr(room.engines.voices["es"], "render", into(spanish))

    await room.learn({"bank": FLOW})
    await room._ahead.stop()
    assert (english, spanish, learnt) == ([("Hello.",)], [("Hola.",)], ["d1"])

    await room.learn({"bank": FLOW})
    await room._ahead.stop()
    assert learnt == ["d1"]  # a reload teaches what has changed, which takes seconds


async def test_every_voice_has_to_be_up() -> None:
    """
    A service that promises Spanish is not ready without it.
    """
    room = EngineRoom(settings(es="ana"), {}, {})
    for name in ("speech", "understanding", "voice"):
        room._up(name)
    assert not room.ready

    room._up("voice-es")
    assert room.ready


async def test_calls_know_one_voice() -> None:
    """
    The dialogue is told of the voice; which one it was decides who is cut off.
    """
    call = Call()
    room = EngineRoom(settings(es="ana"), {}, {"ivr-1": call})

    room._down("voice-es", "killed")
    room._up("voice-es")

    assert call.told == ["lost voice-es", EngineDown("voice"), "back voice-es", EngineUp("voice")]


async def test_calls_know_their_own_recogniser() -> None:
    """A recogniser of another language may die without the call being told."""
    call = Call()
    given = settings()
    speech = given.speech.model_copy(update={"languages": {"es": given.speech.model}})
    room = EngineRoom(given.model_copy(update={"speech": speech}), {}, {"ivr-1": call})

    room._down("speech-es", "killed")
    room._down("speech", "killed")

    assert call.told == [EngineDown("speech")]
    assert room.engines.speech_of("es-MX").name == "speech-es"
    assert room.engines.speech_of("en").name == "speech"
