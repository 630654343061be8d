"""What a message does in the recogniser's worker."""

from __future__ import annotations

from typing import Any, cast

from ivr_ari.engines.codec import to_json
from ivr_ari.engines.speech import Hearing
from ivr_ari.engines.wire import Message
from ivr_ari.events import Expect, Heard, Json, Word
from ivr_ari.speech.listening import FlowPhrases
from ivr_ari.speech.vosk_asr import VoskEngine


class Ears:
    """An engine and its only recogniser, which hears one word for each audio message."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.words = 0

    def learn(self, flow: str, phrases: FlowPhrases) -> None:
        self.done.append(f"learn {flow} {phrases.language}")

    def forget(self, flow: str) -> None:
        self.done.append(f"forget {flow}")

    def warm(self, count: int, rate: int) -> None:
        self.done.append(f"warm {rate}")

    def recognizer(self, rate: int, *, flow: str, name: str) -> Ears:
        self.done.append(f"open {name} {flow}")
        return self

    def hear(self, pcm: bytes, at_ms: int) -> None:
        self.words += 1

    def partial(self) -> str:
        return "yes " * (self.words // 2)

    def flush(self) -> Heard:
        words, self.words = self.words, 0
        return Heard((Word("yes"),) * words)

    def expect(self, expect: Expect) -> None:
        self.done.append(f"expect {expect.step}")
        if expect.step == "odd":
            raise LookupError(expect.slot)

    def reset(self) -> None:
        self.words = 0

    def close(self) -> None:
        self.done.append("close")


class Out:
    """What was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Json]]] = []

    def send(self, kind: str, payload: bytes = b"", /, **fields: Json) -> None:
        self.sent.append((kind, fields))


def hearing() -> tuple[Hearing, Ears, Out]:
    ears = Ears()
    return Hearing(cast(VoskEngine, ears)), ears, Out()


def opened(call: str = "a", partials: bool = True) -> Message:
    return Message("open", {"call": call, "rate": 8000, "flow": "d1", "partials": partials})


def audio(call: str = "a") -> Message:
    return Message("audio", {"call": call, "at_ms": 0}, bytes(320))


def test_what_is_heard_so_far_is_told_when_it_changes() -> None:
    """Not with every piece of audio; and not to those who do not want it."""
    work, _, out = hearing()
    work.handle(opened(), out)
    for _ in range(4):
        work.handle(audio(), out)
    assert [fields["text"] for _, fields in out.sent] == ["yes ", "yes yes "]
    work.handle(Message("flush", {"call": "a", "id": "f1"}), out)
    kind, fields = out.sent[-1]
    assert (kind, fields["id"]) == ("heard", "f1")
    work, _, out = hearing()
    work.handle(opened(partials=False), out)
    for _ in range(4):
        work.handle(audio(), out)
    assert out.sent == []


def test_a_call_that_was_never_opened_does_not_exist() -> None:
    """Nor does one that is closed: nothing is done, and nothing kept of it."""
    work, ears, out = hearing()
    for kind in ("audio", "flush", "reset", "close"):
        work.handle(Message(kind, {"call": "a", "id": "f1", "at_ms": 0}), out)
    assert (ears.done, out.sent, work.knows("a")) == ([], [], False)
    work.handle(opened(), out)
    work.handle(opened(), out)
    assert work.knows("a")
    work.handle(Message("close", {"call": "a"}), out)
    assert ears.done == ["warm 8000", "open a d1", "close"]
    assert not work.knows("a")


def test_a_step_nobody_thought_of_is_heard_without_phrases(capfd: Any) -> None:
    """The worker lives on; where it happened is told, the words of the step are not."""
    work, ears, out = hearing()
    work.handle(opened(), out)
    work.handle(Message("expect", {"call": "a", "expect": to_json(Expect("odd", "colour"))}), out)
    assert ears.done[-2:] == ["expect odd", "expect "]
    told = capfd.readouterr().err
    assert "LookupError" in told
    assert "colour" not in told


def test_flows_are_learnt_and_forgotten() -> None:
    """What their callers say comes as values."""
    work, ears, _ = hearing()
    work.learn(Message("learn", {"flow": "d1", "phrases": to_json(FlowPhrases("es", ("saldo",)))}))
    work.learn(Message("forget", {"flow": "d1"}))
    assert ears.done == ["learn d1 es", "forget d1"]
