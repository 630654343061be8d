"""Flows learnt ahead of time, examined, and one sentence explained."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.small_call import TEXT

from .shell import FLOWS, WRONG_SETUP, call

BANK = FLOWS / "bank.yaml"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for this module, with the encoders that were made on this machine: it takes seconds."""
    folder = tmp_path_factory.mktemp("cache")
    for graph in Path(os.environ.get("IVR_CACHE") or Path.home() / ".cache" / "ivr-ari").glob("*.onnx"):
        (folder / graph.name).symlink_to(graph)
    return folder


@pytest.fixture(autouse=True)
def one_cache(no_settings: None, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_CACHE", str(cache))


class TestExplain:
    @pytest.mark.model
    def test_what_a_sentence_means(self) -> None:
        """
        Requests with their words and the examples they are like, values with their slots.
        """
        sentence = "I was charged twice last month and I need a refund, oh and what's my balance?"

        done = call("understand", "explain", BANK, sentence, "--today", "2026-07-15")

        assert done.exit_code == 0
        assert 'request   "i was charged twice last month": refund' in done.stdout
        assert re.search(r'^ +0\.\d\d  "i was charged twice" \(refund\)$', done.stdout, re.MULTILINE)
        assert 'request   "what\'s my balance": balance' in done.stdout
        assert 'value     "last month": month 2026-06' in done.stdout
        assert "choice charged-twice for problem" in done.stdout

    @pytest.mark.model
    def test_words_of_the_flow_name_its_slots(self) -> None:
        """
        ``called`` of a slot is what the service understands by, too.
        """
        done = call("understand", "explain", BANK, "my secret number is nine two zero one")

        assert "digits 9201 for pin" in done.stdout

    @pytest.mark.model
    def test_what_was_asked_changes_the_meaning(self) -> None:
        """
        The same words are digits where digits are asked for, and what they would mean unasked is told.
        """
        said = "four one oh seven two two nine one"

        done = call("understand", "explain", BANK, said, "--asked", "account", "--json")

        told = json.loads(done.stdout)
        assert (told["asked"], told["kinds"]) == ("account", ["digits"])
        assert [one["value"]["value"] for one in told["why"]["values"]] == ["41072291"]

    @pytest.mark.model
    def test_confidence_of_the_words(self) -> None:
        """
        How sure recognition was is given for all words, or for each.
        """
        done = call("understand", "explain", BANK, "my balance", "--confidence", "0.4,0.9")

        assert "heard     my(0.40) balance(0.90)" in done.stdout

    @pytest.mark.parametrize(
        ("words", "problem"),
        [
            (["--today", "tomorrow"], "understand.today: an ISO date"),
            (["--asked", "colour"], "understand.slot slot='colour': slots are "),
            (["--language", "fr"], "understand.language language='fr': the flow speaks en, es"),
            (["--confidence", "high"], "understand.confidence: figures from 0 to 1"),
        ],
    )
    def test_what_there_is_not(self, words: list[str], problem: str) -> None:
        """
        A date, a slot, a language that is none is told at once.
        """
        done = call("understand", "explain", BANK, "hello there", *words)

        assert done.exit_code == WRONG_SETUP
        assert problem in done.stderr

    def test_flow_without_a_conversation(self) -> None:
        """
        An echo understands nothing.
        """
        done = call("understand", "explain", FLOWS / "qa-echo.yaml", "hello")

        assert done.exit_code == WRONG_SETUP
        assert done.stderr.startswith("understand.mode ")


class TestTrain:
    @pytest.mark.model
    def test_learnt_once(self, cache: Path) -> None:
        """
        The second time nothing is learnt; what was damaged is learnt again.
        """
        shutil.rmtree(cache / "understood", ignore_errors=True)
        first = call("understand", "train", FLOWS / "hello.yaml", FLOWS / "qa-echo.yaml")
        second = call("understand", "train", FLOWS / "hello.yaml")
        for entry in (cache / "understood").iterdir():
            (entry / "sums.json").write_text("{}")
        third = call("understand", "train", FLOWS / "hello.yaml")

        assert re.fullmatch(r"hello en: 6 intents, \d+ examples, learnt in [\d.]+ s, \d+ kB\n", first.stdout)
        assert ", cached in " in second.stdout
        assert ", learnt in " in third.stdout
        assert "was damaged" in third.stderr

    def test_language_that_is_not_understood(self, tmp_path: Path) -> None:
        """
        Its callers are asked by keypad, which is no mistake.
        """
        text = TEXT.replace("language: en\n", "language: de\n", 1)
        (tmp_path / "small.yaml").write_text(text)

        done = call("understand", "train", tmp_path / "small.yaml")

        assert (done.exit_code, done.stdout) == (0, "small de: not understood, callers are asked by keypad\n")

    def test_no_such_flow(self, tmp_path: Path) -> None:
        """
        Told at once.
        """
        done = call("understand", "train", tmp_path / "none.yaml")

        assert done.exit_code == WRONG_SETUP
        assert done.stderr.splitlines()[-1].startswith("flow.none ")


class TestTest:
    @pytest.mark.model
    def test_report(self, tmp_path: Path) -> None:
        """
        Figures, what to do, and all of it as JSON; exit status 1 below what is wanted.
        """
        written = tmp_path / "report.json"

        done = call(
            "understand", "test", FLOWS / "hello.yaml", "--folds", "2", "--json", written, "--least", "1"
        )

        report = json.loads(written.read_text())
        assert report["examples"] == sum(one["examples"] for one in report["intents"])
        assert 0.4 < report["accuracy"] <= 1
        assert report["conversations_failed"] == []
        assert {one["slot"] for one in report["slots"]} == {"day", "guests"}
        assert "of the examples are understood from the others" in done.stdout
        assert done.exit_code == (report["accuracy"] < 1)

    def test_language_the_flow_does_not_speak(self) -> None:
        """
        Told at once, with those that it does.
        """
        done = call("understand", "test", BANK, "--language", "fr")

        assert done.exit_code == WRONG_SETUP
        assert "the flow speaks en, es" in done.stderr

    def test_nothing_to_judge(self) -> None:
        """
        A flow without examples has no figures, and fails at none.
        """
        done = call("understand", "test", FLOWS / "qa-dtmf.yaml", "--least", "0.9")

        assert (done.exit_code, done.stdout) == (0, "qa-dtmf: no examples to judge\n")
