"""Several labels a sentence, with an encoder that only counts words."""

from ivr_ari.understanding.several import Several

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
