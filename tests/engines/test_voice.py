"""The voice's worker without its process: tones instead of words, a list instead of a pipe, step by step."""

from __future__ import annotations

from decimal import InvalidOperation
from pathlib import Path

import pytest

from ivr_ari.engines.health import Limits
from ivr_ari.engines.serve import Port
from ivr_ari.engines.voice import WINDOW_S, VoiceWork
from ivr_ari.engines.wire import Message
from ivr_ari.events import Json
from ivr_ari.prompts.cache import PromptCache
from ivr_ari.prompts.espeak import Pronouncer
from ivr_ari.prompts.lexicon import Lexicon
from ivr_ari.prompts.speaker import Speaker

from ..prompts.voices import ToneVoice

END = "rendered list=1 made=2 failed=1"
LONG = "one two three four five six seven eight nine ten"
CODE: list[Json] = ["The code is ", {"value": "99", "manner": "digits"}, "."]


class Sent(Port):
    """Keeps what is sent: kind, call and id, and how much audio."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.audio: dict[str, bytes] = {}
        self.total_ms: dict[str, Json] = {}
        self.whole: dict[str, Json] = {}

    def send(self, kind: str, payload: bytes = b"", /, **fields: Json) -> None:
        who = f"{fields.get('call', '')}{fields.get('id', '')}"
        self.told.append(f"{kind} {who}".strip())
        if kind == "chunk":
            self.audio[who] = self.audio.get(who, b"") + payload
        if kind == "spoken":
            self.total_ms[who] = fields["total_ms"]
            self.whole[who] = fields["whole"]
        if kind in ("kept", "rendered"):
            self.told[-1] += " " + " ".join(f"{name}={fact}" for name, fact in fields.items())


class Stumbling(Lexicon):
    """Fails at a text as rules might that a backend's value surprises."""

    def apply(self, words: str) -> str:
        if "surprise" in words:
            raise InvalidOperation(words)
        return words


class Bench:
    """A worker on the bench: told by hand, stepped by hand."""

    def __init__(self, folder: Path) -> None:
        self.voice, self.port = ToneVoice(), Sent()
        self.work = VoiceWork(
            lambda progress: Speaker(self.voice, PromptCache(folder), lexicon=Stumbling({}))
        )
        self.work.load(self.port)

    def speak(self, call: str, id: str, *parts: Json, **more: Json) -> None:
        usual: dict[str, Json] = {"sensitive": False, "speed": 1.0, "year": 2026, "rate_hz": 8000}
        fields: dict[str, Json] = {"call": call, "id": id, "parts": list(parts), "after_ms": 0}
        self.work.take(Message("speak", usual | fields | {"prepare": False} | more))

    def cancel(self, call: str, id: str = "") -> None:
        self.work.take(Message("cancel", {"call": call, "id": id}))

    def until(self, told: str) -> None:
        while told not in self.told:
            self.work.step()

    @property
    def told(self) -> list[str]:
        return self.port.told


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_prompt_is_told_piece_by_piece_and_then_its_length(bench: Bench) -> None:
    """
    The first piece comes before the last is made.
    """
    bench.speak("a", "1", LONG)
    bench.until("chunk a1")
    assert "spoken a1" not in bench.told
    bench.until("spoken a1")

    assert bench.told.count("chunk a1") > 3
    assert bench.port.total_ms["a1"] == len(bench.port.audio["a1"]) // 16


def test_what_is_kept_is_sent_by_the_thread_that_reads(bench: Bench) -> None:
    """
    Up to the first sentence that has to be made, whatever the other thread is at.
    """
    bench.speak("a", "1", "Sure.")
    bench.until("spoken a1")
    bench.speak("b", "1", LONG)
    bench.until("chunk b1")
    bench.told.clear()

    bench.speak("c", "1", "Sure.")
    assert bench.told == ["chunk c1", "spoken c1"]
    bench.speak("d", "1", "Sure. You have one new message.")
    assert bench.told[2:] == ["chunk d1", "chunk d1"]  # and the pause that follows
    bench.until("spoken d1")
    assert len(bench.voice.said) == 3


def test_what_is_kept_waits_for_its_calls_turn(bench: Bench) -> None:
    """
    A call's prompts are played in their order, so one that is ready does not overtake one being made.
    """
    bench.speak("a", "1", "Sure.")
    bench.until("spoken a1")
    bench.told.clear()
    bench.speak("b", "1", LONG)
    bench.speak("b", "2", "Sure.")
    assert bench.told == []
    bench.until("spoken b2")

    assert bench.told.index("spoken b1") < bench.told.index("chunk b2")


def test_callers_who_wait_together_all_hear_a_beginning(bench: Bench) -> None:
    """
    Nobody waits for the end of another's long answer.
    """
    for call in "abc":
        bench.speak(call, "1", f"{call} {LONG} {LONG}")
    for call in "abc":
        bench.until(f"chunk {call}1")

    assert not [told for told in bench.told if told.startswith("spoken")]


def test_a_cancelled_prompt_ends_with_the_piece_at_work(bench: Bench) -> None:
    """
    Nothing more is made or sent of it; others go on.
    """
    bench.speak("a", "1", LONG)
    bench.speak("b", "1", "Hello.")
    bench.until("chunk a1")
    pieces = bench.told.count("chunk a1")
    bench.cancel("a")
    bench.until("spoken b1")

    assert bench.told.count("chunk a1") == pieces
    assert "spoken a1" not in bench.told


def test_what_is_prepared_is_sent_when_it_is_spoken(bench: Bench) -> None:
    """
    Half made or wholly: not a piece of it is made twice.
    """
    bench.speak("a", "try", LONG, prepare=True)
    for _ in range(4):
        bench.work.step()
    assert bench.told == []
    bench.speak("a", "1", LONG)
    bench.until("spoken a1")

    bench.speak("a", "2", LONG, prepare=True)
    bench.speak("a", "2", LONG)
    assert bench.told[-2:] == ["chunk a2", "spoken a2"]
    assert bench.voice.said == [f"{LONG}."]
    assert len(bench.port.audio["a1"]) == len(bench.port.audio["a2"])


def test_sensitive_prompts_are_never_prepared(bench: Bench) -> None:
    """
    Audio that nobody has asked for yet would have to be kept somewhere.
    """
    bench.speak("a", "1", *CODE, sensitive=True, prepare=True)
    bench.speak("b", "1", "Hello.", prepare=True)
    bench.work.step()

    assert bench.voice.said == ["Hello."]


def test_a_sensitive_prompt_is_kept_nowhere(bench: Bench, tmp_path: Path) -> None:
    """
    Neither on the disk nor in memory: said again, it is made again.
    """
    for id in "12":
        bench.speak("a", id, *CODE, sensitive=True)
        bench.until(f"spoken a{id}")

    assert len(bench.voice.said) == 2
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_an_interrupted_prompt_goes_on_at_the_word(bench: Bench, rate_hz: int) -> None:
    """
    After 350 ms three words of 100 ms were heard whole; at any rate a call may have.
    """
    bench.speak("a", "1", LONG, rate_hz=rate_hz)
    bench.until("spoken a1")
    bench.speak("a", "2", LONG, rate_hz=rate_hz, after_ms=350)
    bench.until("spoken a2")
    whole, rest = bench.port.total_ms["a1"], bench.port.total_ms["a2"]
    assert isinstance(whole, int)
    assert isinstance(rest, int)

    assert whole - rest == pytest.approx(310, abs=25)
    assert len(bench.port.audio["a2"]) == pytest.approx(rest * 2 * rate_hz // 1000, abs=64)


def test_a_prompt_heard_to_its_last_word_has_no_rest(bench: Bench) -> None:
    """
    It is over at once, and so the caller is asked.
    """
    bench.speak("a", "1", LONG, after_ms=60_000)
    bench.until("spoken a1")

    assert bench.port.total_ms["a1"] == 0


def test_prompts_are_rendered_ahead_of_any_call(bench: Bench) -> None:
    """
    Their audio is told too; one that fails is counted, and waiting callers come first.
    """
    bench.work.take(Message("render", {"list": "1", "prompts": [["Hello."], ["broken"], ["Sure."]]}))
    bench.speak("a", "1", "What else?")
    bench.until(END)

    told = [told for told in bench.told if told.split()[0] in ("spoken", "kept", "rendered")]
    assert told == ["spoken a1", "kept list=1 number=1", "kept list=1 number=3", END]
    assert bench.voice.said == ["What else?", "Hello.", "broken.", "Sure."]


def test_only_what_was_made_whole_is_worth_remembering(bench: Bench) -> None:
    """
    A sentence that began with kept words is made whole when it is asked for again, and so has other times.
    """
    for id, amount in (("1", "7.00"), ("2", "9.00"), ("3", "9.00")):
        bench.speak("a", id, "Your account balance is ", {"value": amount, "manner": "money"}, ".")
        bench.until(f"spoken a{id}")
    bench.speak("a", "4", "one broken")
    bench.until("spoken a4")

    assert bench.port.whole == {"a1": True, "a2": False, "a3": True, "a4": False}


def test_a_prompt_that_fails_ends_where_it_is(bench: Bench) -> None:
    """
    With what could be said of it; the worker goes on.
    """
    bench.speak("a", "1", "one two broken three")
    bench.speak("a", "2", "Hello.")
    bench.until("spoken a2")

    assert bench.port.total_ms["a1"] == len(bench.port.audio["a1"]) // 16 > 0


def test_a_text_the_rules_fail_at_costs_its_own_prompt(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    The thread that reads goes on, the list of prompts too, and what is told of it quotes nothing.
    """
    bench.speak("a", "1", "a surprise")
    assert bench.port.total_ms["a1"] == 0
    assert "InvalidOperation" in (said := capsys.readouterr().err)
    assert "a surprise" not in said

    bench.work.take(Message("render", {"list": "1", "prompts": [["a surprise"], ["Hello."]]}))
    bench.until("rendered list=1 made=2 failed=0")


def test_a_helper_that_hangs_is_given_up_before_its_worker_is() -> None:
    """
    It is asked twice; that costs one prompt, not the voice of all calls.
    """
    assert 2 * Pronouncer("en-us").seconds < Limits().stuck_s + WINDOW_S
