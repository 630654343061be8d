"""What was said, by what was asked for."""

from __future__ import annotations

from ivr_ari.engines.said import Said, SaidPrompts
from ivr_ari.events import Slotted
from ivr_ari.prompts.joining import USUAL, Delivery

HELLO = Said.of(("Hello.",))


def test_the_same_prompt_is_found() -> None:
    """Text sounds the same in every year; a date does not."""
    said = SaidPrompts()
    said.put(HELLO, b"audio")
    assert said.get(Said.of(["Hello."], USUAL, 2026)) == b"audio"

    dated = [Slotted("2026-03-03", "date")]
    said.put(Said.of(dated, USUAL, 2026), b"march third")
    assert said.get(Said.of(dated, USUAL, 2027)) is None


def test_another_way_to_say_it_is_another_prompt() -> None:
    """Speed, rate, and whether it may be kept at all."""
    said = SaidPrompts()
    said.put(HELLO, b"audio")
    for how in (Delivery(speed=0.9), Delivery(rate_hz=16000), Delivery(sensitive=True)):
        assert said.get(Said.of(("Hello.",), how)) is None


def test_memory_is_bounded() -> None:
    """What was not asked for longest goes first."""
    said = SaidPrompts(memory_bytes=100)
    names = [Said.of((name,)) for name in "abc"]
    for name in names:
        said.put(name, bytes(40))
        said.get(names[0])
    assert [said.get(name) is not None for name in names] == [True, False, True]
