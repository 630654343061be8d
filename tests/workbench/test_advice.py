"""Advice names the sentence, what it is like, and what to write."""

from __future__ import annotations

import pytest

from ivr_ari.workbench.advice import Mistake, advise

EXAMPLES = {"balance": ["my balance"] * 5, "fees": ["what does it cost"] * 5}


def mistake(own: float = 0.7, other: float = 0.7, other_intent: str = "fees") -> Mistake:
    return Mistake("how much", 0.4, "my balance", own, "what does it cost", other_intent, other)


@pytest.mark.parametrize(
    ("taken", "mistakes", "back", "said"),
    [
        ("(cancel)", [mistake()], 0, "these words are the act cancel"),
        ("", [mistake(own=0.3)], 0, '"how much" is like no other example of balance'),
        ("", [mistake()], 0, "not sure enough: vary the verb and the noun (balance has 5 examples)"),
        ("fees + hours", [mistake()], 0, "heard as several requests"),
        ("fees", [mistake(other=0.95)], 0, '"how much" says the same as "what does it cost" (fees)'),
        ("fees", [mistake(), mistake()], 2, "mixed up both ways: make balance and fees one intent"),
        ("fees", [mistake(own=0.3)], 0, '"how much" is like no other example of balance'),
        ("fees", [mistake()], 0, "say in more examples of balance what fees never says"),
        ("fees", [mistake(other=0.95, other_intent="hours")], 0, "say in more examples of balance"),
    ],
)
def test_advice(taken: str, mistakes: list[Mistake], back: int, said: str) -> None:
    """
    What to do depends on what the sentence was taken for and on what it is like.
    """
    assert advise("balance", taken, mistakes, back, EXAMPLES).startswith(said)
