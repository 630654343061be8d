"""Several labels a sentence, with an encoder that only counts words."""

from pathlib import Path

import numpy as np

from ivr_ari.understanding.several import Labels, Several

from .test_intents import encode

EXAMPLES = [
    ("what is my balance", frozenset({"balance"})),
    ("the balance of my account", frozenset({"balance", "account"})),
    ("open an account", frozenset({"account"})),
    ("close the account", frozenset({"account"})),
    ("tell me the balance please", frozenset({"balance"})),
    ("good morning", frozenset()),
    ("an account and its balance", frozenset({"account", "balance"})),
    ("hello there", frozenset()),
]


def test_two_labels() -> None:
    """A sentence gets all labels that it speaks of, another none."""
    several = Several(EXAMPLES, {"balance": ["balance"], "account": ["account"]}, encode)

    both, none = several.find(["account balance", "good morning there"])

    assert set(both) == {"balance", "account"}
    assert none == {}


def test_name_alone() -> None:
    """A label without any example is found by the phrase that names it."""
    several = Several(EXAMPLES, {"refund": ["refund", "money back"]}, encode)

    (row,) = several.judge(["refund"])

    assert several.names[row.argmax()] == "refund"


def test_acts_help() -> None:
    """What is a dialogue act is found in words that no example has."""
    examples = [*EXAMPLES, ("yes", frozenset({"agreed"})), ("sure go ahead", frozenset({"agreed"}))]
    several = Several(examples, {}, encode)

    agreed = several.names.index("agreed")
    row, other = several.judge(["absolutely", "strange words"])

    assert row[agreed] > 2 * other[agreed]


def test_saved(tmp_path: Path) -> None:
    """What was learnt judges the same when it was written and read again."""
    several = Several(EXAMPLES, {"refund": ["refund"]}, encode)
    several.learnt.save(tmp_path / "labels.npz")
    again = Several.of(Labels.load(tmp_path / "labels.npz"), encode)

    said = ["account balance", "a refund please"]
    assert again.names == several.names
    assert np.array_equal(again.judge(said), several.judge(said))
    assert again.find(said) == several.find(said)
