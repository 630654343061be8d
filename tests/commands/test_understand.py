"""Flows learnt ahead of time, examined, and one sentence explained."""

from __future__ import annotations

import json

import pytest

from .shell import FLOWS, WRONG_SETUP, call

BANK = FLOWS / "bank.yaml"


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
        assert '0.88  "i was charged twice" (refund)' in done.stdout
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
        done = call(
            "understand", "explain", BANK, "four one oh seven two two nine one", "--asked", "account", "--json"
        )

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


SMALL = """\
flow: small
language: en
start: hello
main: {ask: what, more: what}
tasks:
  balance: {title: your balance, intents: [balance], steps: [{say: done}]}
  refund: {title: your refund, intents: [refund], steps: [{say: done}]}
prompts: {hello: Hello., what: What can I do?, done: Done.}
intents:
  balance: [what's my balance, how much money do i have, my balance please, tell me the balance, balance]
  refund: [i need a refund, give me my money back, refund please, i want a refund, i was charged twice]
"""
