"""The values of expressions in a call: exact, total, bounded."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.dialogue.evaluation import Operand, Scope, evaluate
from ivr_ari.dialogue.flow import Hours
from ivr_ari.events import Secret

OFFICE = Hours("UTC", (((540, 1020),),) * 7)
SCOPE = Scope(
    {
        "amount": Decimal("42.19"),
        "kind": "new",
        "visit": date(2026, 3, 20),
        "at": time(15, 30),
        "vip": True,
        "lost": None,
        "today": date(2026, 3, 15),
        "pin": Secret("pin-1", 4),
        "account": Secret("account-1", 8, "39"),
    },
    done=("balance",),
    hours={"office": OFFICE},
    now="2026-03-16T10:30:00",
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("amount > 42 and amount < 42.20", True),
        ("amount == 42.19", True),
        ("amount + 0.01", Decimal("42.20")),
        ("-amount * 2 / 2 - 1", Decimal("-43.19")),
        ("kind in ('new', 'old')", True),
        ("kind not in ['old']", True),
        ("'e' in kind", True),
        ("kind + '!'", "new!"),
        ("visit - 5 == today", True),
        ("visit + 1 > '2026-03-20'", True),
        ("at < '16:00'", True),
        ("days(today, visit)", Decimal(5)),
        ("days(visit, '2026-03-19')", Decimal(-1)),
        ("filled(kind) and empty(lost)", True),
        ("length(kind)", Decimal(3)),
        ("length(pin)", Decimal(4)),
        ("length(lost)", Decimal(0)),
        ("last(kind, 2)", "ew"),
        ("first(kind, 2)", "ne"),
        ("last(account, 2)", "39"),
        ("last(account, 4)", None),
        ("last(pin, 2)", None),
        ("done('balance')", True),
        ("done('refund')", False),
        ("is_open('office')", True),
        ("opens('office')", "2026-03-16T10:30:00"),
        ("is_open('shop')", None),
        ("min(amount, 5)", Decimal(5)),
        ("abs(0 - 3)", Decimal(3)),
        ("lower('ABC')", "abc"),
        ("'yes' if vip else 'no'", "yes"),
        ("1 < 2 < 3", True),
        ("1 < 3 < 2", False),
        # nothing known: false, not an error
        ("lost > 3", False),
        ("lost != 'x'", False),
        ("not lost == 'x'", True),
        ("lost in ('a', 'b')", False),
        ("lost + 1", None),
        ("min(lost, 1)", None),
        # what has no value
        ("amount / 0", None),
        ("kind > 3", None),
        ("kind * 1000", None),
        ("(kind * 3", None),
        ("nobody", None),
        ("today - 99999999", None),
        ("pin == '1234'", False),
        ("amount.real", None),
        ("open('x')", None),
    ],
)
def test_values(text: str, value: Operand) -> None:
    """
    Each kind of expression has the value the reference promises, or none.
    """
    assert evaluate(text, SCOPE) == value
    assert isinstance(evaluate(text, SCOPE), type(value))


def test_texts_do_not_grow() -> None:
    """
    Adding a text to itself ends at its longest, not in the memory of the machine.
    """
    assert evaluate("kind + kind", Scope({"kind": "x" * 300})) is None


PIECES = st.sampled_from(
    ["amount", "kind", "visit", "at", "vip", "lost", "pin", "3", "0", "0.5", "'a'", "'2026-01-01'", "True"]
)
SIGNS = st.sampled_from(["+", "-", "*", "/", "==", "!=", "<", ">=", "in", "not in", "and", "or", "**", "."])
CALLS = st.sampled_from(["length", "last", "days", "min", "abs", "lower", "opens", "done", "empty"])


@given(
    st.recursive(
        PIECES,
        lambda inner: st.one_of(
            st.tuples(inner, SIGNS, inner).map(lambda parts: f"({' '.join(parts)})"),
            st.tuples(CALLS, inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
            st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} if {parts[1]} else {parts[2]})"),
        ),
        max_leaves=12,
    )
)
def test_no_expression_raises(text: str) -> None:
    """
    Whatever is written has a value or none: the engine never falls over an expression.
    """
    evaluate(text, SCOPE)


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    """
    Texts that are no expressions have no value.
    """
    evaluate(text, SCOPE)
