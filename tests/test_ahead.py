"""Prompts are made before they are needed, and nobody waits for those that can wait."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

import pytest

from ivr_ari.ahead import AT_ONCE, Ahead
from ivr_ari.dialogue.flow import Flow, Prompt, Task, Wording
from ivr_ari.dialogue.steps import Field
from ivr_ari.errors import EngineFailed
from ivr_ari.events import Part


class Voice:
    """Makes prompts, unless it is held or down."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.lists: list[int] = []
        self.go = asyncio.Event()
        self.go.set()
        self.down = False

    async def render(self, prompts: Iterable[Sequence[Part]]) -> int:
        await self.go.wait()
        if self.down:
            raise EngineFailed("voice.down")
        self.made += ["".join(map(str, parts)) for parts in prompts]
        self.lists.append(len(list(prompts)))
        return 0


@pytest.fixture
async def english() -> Voice:
    return Voice()


@pytest.fixture
async def spanish() -> Voice:
    return Voice()


@pytest.fixture
def calls() -> list[str]:
    """Who talks."""
    return []


@pytest.fixture
def ahead(english: Voice, spanish: Voice, calls: list[str], monkeypatch: pytest.MonkeyPatch) -> Ahead:
    monkeypatch.setattr("ivr_ari.ahead.LOOK_S", 0.001)
    return Ahead(lambda language: spanish if language == "es" else english, busy=lambda: bool(calls))


def flow(name: str, *texts: str) -> Flow:
    prompts = {f"p{number}": Prompt(f"p{number}", ((text,),)) for number, text in enumerate(texts)}
    prompts["back-to"] = Prompt("back-to", (("Back to ", Field("task"), "."),))
    tasks = {"order": Task("order", f"your {name}", (), (), intents=("order",))}
    return Flow(name, "en", name, "", prompts=prompts, tasks=tasks)


FLOWS = {"bank": flow("bank", "Hello."), "shop": flow("shop", "Hi.")}


async def test_ready_with_the_first_flow(ahead: Ahead, english: Voice) -> None:
    """
    The default flow's sentences are waited for; the rest comes while calls may come too.
    """
    await ahead.render(FLOWS, "bank")
    assert english.made == ["Hello."]

    await ahead.wait()
    assert english.made[1:] == ["Hello.", "Back to your bank.", "Hi.", "Back to your shop."]


async def test_each_language_by_its_voice(ahead: Ahead, english: Voice, spanish: Voice) -> None:
    """
    A translation is made by the voice that will speak it.
    """
    words = Wording(prompts={"p0": Prompt("p0", (("Hola.",),))})
    both = Flow("bank", "en", "d1", "", prompts={"p0": Prompt("p0", (("Hello.",),))}, wordings={"es": words})

    await ahead.render({"bank": both}, "bank")

    assert (english.made, spanish.made) == (["Hello."], ["Hola."])
    await ahead.stop()


async def test_in_small_lists(ahead: Ahead, english: Voice) -> None:
    """
    So that a changed flow does not wait for hundreds of prompts of the one before.
    """
    await ahead.render({"bank": flow("bank", *(f"Number {number}." for number in range(25)))}, "bank")

    assert max(english.lists) <= AT_ONCE
    await ahead.stop()


async def test_callers_go_first(ahead: Ahead, english: Voice, calls: list[str]) -> None:
    """
    While somebody talks nothing is made that nobody waits for; after the call it goes on.
    """
    calls.append("c1")
    await ahead.render(FLOWS, "bank")
    await asyncio.sleep(0.02)  # twenty looks
    assert english.made == ["Hello."]

    calls.clear()
    await ahead.wait()
    assert "Back to your shop." in english.made


async def test_changed_flows_take_over(ahead: Ahead, english: Voice) -> None:
    """
    The list that is being made is made to its end, what would have come after it is left.
    """
    old = {"bank": FLOWS["bank"], "shop": flow("shop", *(f"Number {number}." for number in range(25)))}
    await ahead.render(old, "bank")
    english.go.clear()
    await asyncio.sleep(0)  # the rest has begun, and is held
    again = asyncio.create_task(ahead.render({"bank": flow("bank", "Good day.")}, "bank"))
    await asyncio.sleep(0)
    english.go.set()
    await again
    await ahead.wait()

    assert "Good day." in english.made
    assert "Number 24." not in english.made


async def test_a_voice_that_is_down(ahead: Ahead, english: Voice) -> None:
    """
    It stops a start or a reload; later it costs the prompts that are left, and nothing else.
    """
    english.down = True
    with pytest.raises(EngineFailed):
        await ahead.render(FLOWS, "bank")

    english.down = False
    await ahead.render(FLOWS, "bank")
    english.down = True
    await ahead.wait()
    assert english.made == ["Hello."]


async def test_a_voice_that_comes_back(ahead: Ahead, english: Voice) -> None:
    """
    What was given up when it went is made when it is there again, once.
    """
    await ahead.render(FLOWS, "bank")
    english.down = True
    await ahead.wait()
    assert "Hi." not in english.made

    english.down = False
    ahead.resume()
    await ahead.wait()
    assert english.made.count("Hi.") == 1

    ahead.resume()
    await ahead.wait()
    assert english.made.count("Hi.") == 1
