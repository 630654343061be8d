"""Mistakes about values: never filled, compared with what cannot be, spoken although secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.language.load import examine

from ..dialogue.small import FLOWS, SMALL, problems, spoilt


class TestCheckValues:
    @pytest.mark.parametrize(
        ("right", "wrong", "says"),
        [
            ("{price|money}", "{state|money}", "takes choice slot 'state' as 'money'"),
            ("      - ask: price\n", "", "slot 'price' is used here, but nothing ever fills it"),
            (
                "    least: 1\n    most: 5\n",
                "    least: 7\n    most: 5\n",
                "a 'least' of 7 is above the 'most' of 5",
            ),
            (
                "      lost: [lost]\n",
                "      lost: [lost]\n      empty: [gone]\n",
                "choice 'empty' is a word of conditions",
            ),
            (
                "        - ask-again: number\n",
                "        - ask-again: paper\n",
                "which task 'order' neither asks for nor fills",
            ),
            ("Order {number|spell}", "Order {number|cents}", "'cents', which is for requests"),
            (
                "    length: 4-6\n",
                "    length: 4-6\n    sensitivity: pii\n",
                "speaks the whole of 'number': write {number|last}",
            ),
            (
                "    length: 4-6\n",
                "    length: 4-6\n    sensitivity: pin\n",
                "pin slot 'number' is not to be heard",
            ),
            (
                "    length: 4-6\n",
                "    length: 4-6\n    sensitivity: pin\n",
                "puts pin slot 'number' in a path",
            ),
            (
                "    length: 4-6\n",
                "    length: 4-6\n    sensitivity: pin\n",
                "nobody may hear it to confirm it",
            ),
            ("    type: amount\n", "    type: amount\n    sensitivity: card\n", "its type should be digits"),
        ],
    )
    def test_values(self, right: str, wrong: str, says: str) -> None:
        """
        Every check about values finds what it is for.
        """
        _, found = spoilt(right, wrong)

        assert any(says in text for _, text in found), found

    @pytest.mark.parametrize(
        ("condition", "says"),
        [
            ("outcome: engaged", "'outcome' can never be 'engaged'"),
            ("then-what: agian", "'then-what' can never be 'agian': did you mean 'again'?"),
            ("then-wath: again", "there is no slot 'then-wath': did you mean 'then-what'?"),
        ],
    )
    def test_conditions(self, condition: str, says: str) -> None:
        """
        A slot is compared only with what it can be; an outcome only with the three there are.
        """
        text = (FLOWS / "bank.yaml").read_text().replace("when: {outcome: busy}", f"when: {{{condition}}}")

        assert any(says in problem for _, problem in problems(text))

    def test_emptiness_can_be_asked_of_any_slot(self) -> None:
        """
        Filled and empty are conditions every slot knows.
        """
        _, found = spoilt("when: {state: lost}", "when: {state: [empty, lost]}")

        assert found == []


def test_a_check_digit_of_a_secret(tmp_path: Path) -> None:
    """The check digit of what is secret is looked at where it is kept: nothing is to be said of it."""
    file = tmp_path / "small.yaml"
    kept = "    length: 4-6\n    sensitivity: pii\n"
    file.write_text(SMALL.replace("    length: 4-6\n", kept))

    found = examine(file)

    assert not any("check-digit" in told.text for told in (*found.problems, *found.notes))
