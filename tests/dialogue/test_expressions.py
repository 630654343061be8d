"""Expressions: what may be written, and every mistake named before a call."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.expression_syntax import LONGEST
from ivr_ari.dialogue.expressions import Kind, named_in, names_in, parse_expression

NAMES: dict[str, Kind] = {
    "amount": "number",
    "from_account": "text",
    "visit": "date",
    "at": "time",
    "vip": "truth",
    "lasts": "duration",
}


class TestRight:
    @pytest.mark.parametrize(
        "text",
        [
            "amount > 100 and from_account == 'card'",
            "amount",
            "not vip or empty(visit)",
            "from_account in ('card', 'savings')",
            "visit > today + 3",
            "visit > '2026-03-15' and at < '15:30'",
            "days(today, visit) <= 30",
            "is_open('office') and done('balance')",
            "amount * 2 if vip else amount / 3 - 1",
            "last(from_account, 4) == '1234'",
            "min(amount, 5) < max(1, 2)",
            "1 < amount <= 10",
            "lasts > 'PT2H' and minutes(lasts) < 90 and days(lasts) < 1",
            "visit + lasts > today and lasts + lasts > lasts",
            "part(from_account, 'zip') == '45402'",
            "outcome == 'busy' and not_understood > 2 and confidence < 50 and language == 'es'",
        ],
    )
    def test_what_may_be_written(self, text: str) -> None:
        """
        The documented language has no mistakes.
        """
        assert parse_expression(text, NAMES) == []


class TestWrong:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("amuont > 1", "no slot or name 'amuont' for an expression: did you mean 'amount'?"),
            ("from_account == card", "a text stands in quotes: 'card'"),
            ("amount = 3", "equal is written =="),
            ("amount >", "is no expression"),
            ("", "is no expression"),
            ("((((", "is no expression"),
            ("amount.real", "a dot after a name"),
            ("from-account == 'card'", "a name's - is written _ here"),
            ("from_account[0]", "brackets"),
            ("amount ** 9", "a power"),
            ("[x for x in from_account]", "a comprehension"),
            ("lambda: 1", "a function of your own"),
            ("__import__('os')", "no function '__import__'"),
            ("(1)(2)", "there is no such function"),
            ("length()", "length() takes 1 values, not 0"),
            ("min(1)", "min() takes 2 to 9 values, not 1"),
            ("length(x=1)", "a value by name"),
            ("done(from_account)", "done() takes a name in quotes"),
            ("f'{amount}'", "an f-string"),
            ("amount == None", "the value None"),
            ("amount == b'x'", "the value b'x'"),
            ("amount > 9999999999999", "too large"),
            ("amount > 1e400", "too large"),
            ("amount == 'ten'", "a number cannot be compared with a text"),
            ("visit > '15th of March'", "a date cannot be compared with a text"),
            ("vip == 'yes'", "yes or no is asked by the name alone"),
            ("from_account in (1, 2)", "a text cannot be compared with a number"),
            ("amount in amount", "after `in` stands a list"),
            ("from_account * 3", "* does not go with a text"),
            ("visit - visit", "- does not go with a date"),
            ("lower(amount)", "lower() takes a text, not a number"),
            ("lasts > 3", "a duration cannot be compared with a number"),
            ("lasts > 'two hours'", "a duration cannot be compared with a text"),
            ("minutes(visit)", "minutes() takes a duration, not a date"),
            ("days(visit)", "days() takes a duration, not a date"),
            ("part(visit, 'zip')", "part() takes an address, not a date"),
            ("part(from_account, 'country')", "part() gives street, number, unit, city, state, zip"),
            ("not " * 40 + "vip", "parts deep"),
            ("1" + "+1" * LONGEST, "characters"),
        ],
    )
    def test_every_mistake_is_said(self, text: str, why: str) -> None:
        """
        What is wrong is named in a sentence, and nothing is run to find it.
        """
        assert why in " / ".join(parse_expression(text, NAMES))

    def test_all_mistakes_at_once(self) -> None:
        """
        Two mistakes are two sentences.
        """
        assert len(parse_expression("amuont > 1 and lost == 'x'", NAMES)) == 2

    def test_names_alone_are_enough(self) -> None:
        """
        Where kinds are not known, only names and writing are checked.
        """
        assert parse_expression("amount == 'ten'", ["amount"]) == []


class TestNames:
    def test_what_it_depends_on(self) -> None:
        """
        The slots an expression uses decide what becomes stale; functions are none of them.
        """
        assert names_in("length(amount) > 1 and done('balance') or x in (y, 'z')") == {"amount", "x", "y"}
        assert names_in("((") == frozenset()

    def test_what_else_it_names(self) -> None:
        """
        Tasks and hours named in it are found, to be looked up.
        """
        found = list(named_in("done('balance') and (is_open('office') or opens('shop') == 'x')"))

        assert found == [("task", "balance"), ("hours", "office"), ("hours", "shop")]
