"""Slots and prompts as the engine gets them."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.flow import Slot
from ivr_ari.dialogue.steps import Field
from ivr_ari.events import Keys
from ivr_ari.language.load import load_flow, parse_flow

from ..dialogue.small import FLOWS, SMALL, spoilt


def slot(name: str) -> Slot:
    return parse_flow(SMALL, "small.yaml").slots[name]


class TestReadSlots:
    def test_digits_bring_their_keys(self) -> None:
        """
        The keypad takes as many keys as there are digits; times can be set.
        """
        assert slot("number").length == (4, 6)
        assert slot("number").check_digit == "luhn"
        assert slot("number").keys == Keys(4, 6)
        account = load_flow(FLOWS / "bank.yaml").slots["account"]
        assert (account.keys.least, account.keys.most) == (8, 8)
        assert (account.keys.first_ms, account.keys.between_ms) == (8000, 4000)
        assert account.patience_ms == 1200

    def test_choices_bring_their_keys(self) -> None:
        """
        A choice is made by one key.
        """
        assert slot("paper").choice_keys == {"1": "red", "2": "blue"}
        assert slot("paper").keys == Keys(1, 1)

    @pytest.mark.parametrize(
        ("right", "wrong", "says"),
        [
            ("    type: number\n", "    type: numbr\n", "there is no type 'numbr': did you mean 'number'?"),
            ("    type: number\n", "", "slot 'rating' has no 'type'"),
            (
                "    type: amount\n",
                "    type: amount\n    length: 3\n",
                "fits digits, id, phone, text and name only, not amount",
            ),
            (
                "    type: amount\n",
                "    type: amount\n    tense: past\n",
                "fits month, date and range only",
            ),
            ("    least: 5\n", "    least: five\n", "should be a number such as 10"),
            (
                "      lost: [lost]\n      shipped: [shipped, on its way]\n",
                "      lost: [lost, on its way]\n      shipped: [shipped, on its way]\n",
                "'on its way' is said for both 'lost' and 'shipped'",
            ),
            ("    choices:\n      red: [red, the red one]\n      blue: [blue]\n", "", "has no choices"),
            ('{"1": red, "2": blue}', '{"1": red, "x": blue}', "has no field 'x'"),
            ("    confirm: implicit\n", "    confirm: maybe\n", "none of never, implicit, explicit"),
            (
                "    length: 4-6\n",
                "    length: 4-6\n    keys: {min: 9, max: 4}\n",
                "a 'max' of 4 keys is under the 'min' of 9",
            ),
            ("    length: 4-6\n", "    length: 4-6\n    silence: long\n", "should be a time such as 6s"),
            ("    called: [order number]\n", "    called: []\n", "is empty"),
        ],
    )
    def test_mistakes(self, right: str, wrong: str, says: str) -> None:
        """
        What a slot cannot be is told.
        """
        _, found = spoilt(right, wrong)

        assert any(says in text for _, text in found), found


class TestOwnTypes:
    TEXT = SMALL.replace(
        "slots:\n",
        """\
types:
  colour: {choices: {red: [red], blue: [blue, navy]}}
  part: {pattern: "[A-Z]{2}[0-9]{3}"}
slots:
  lid:
    type: colour
    ask: ask-paper
    after: [with, lid in]
    must: [{be: lid != paper, else: sorry}]
    ladders: {noise: [{leave: error}]}
  spare: {type: part, ask: ask-paper, check-digit: mod11}
  at: {type: time, ask: ask-paper}
""",
    ).replace("      - ask: paper\n", "      - ask: [paper, lid, spare, at]\n")

    def test_slots_of_a_type_share_what_it_says(self) -> None:
        """
        A type of choices makes a choice of a slot, one with a pattern an id; the slot remembers the type.
        """
        slots = parse_flow(self.TEXT, "small.yaml").slots

        assert (slots["lid"].type, slots["lid"].own) == ("choice", "colour")
        assert slots["lid"].choices["blue"] == ("blue", "navy")
        assert slots["lid"].after == ("with", "lid in")
        assert (slots["spare"].type, slots["spare"].pattern) == ("id", "[A-Z]{2}[0-9]{3}")
        assert slots["spare"].check_digit == "mod11"
        assert slots["paper"].own == ""

    def test_conditions_and_ladders_of_its_own(self) -> None:
        """
        A slot has the conditions and the ladders written for it, and no others.
        """
        slots = parse_flow(self.TEXT, "small.yaml").slots

        assert slots["lid"].must == (("lid != paper", "sorry"),)
        assert list(slots["lid"].ladders) == ["noise"]
        assert slots["paper"].ladders == {}

    def test_a_time_is_keyed_in_with_four_keys(self) -> None:
        """
        Types bring the number of their keys.
        """
        assert parse_flow(self.TEXT, "small.yaml").slots["at"].keys == Keys(4, 4)


class TestReadPrompts:
    def test_variants_and_barge_in(self) -> None:
        """
        A prompt is a text, several of them, or a text with a rule.
        """
        prompts = parse_flow(SMALL, "small.yaml").prompts

        assert prompts["gift-is"].variants == ((Field("note"), ", for ", Field("price", "money"), "."),)
        assert prompts["moment"].barge_in is False
        assert prompts["hello"].barge_in is True
        assert len(load_flow(FLOWS / "bank.yaml").prompts["sorry"].variants) == 2

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ("  hello: {barge-in: no}\n", "prompt 'hello' has no 'say'"),
            ("  hello: []\n", "prompt 'hello' is empty"),
            ("  hello:\n", "prompt 'hello' is empty"),
            ("  hello: Your {name}.\n", "there is no slot 'name'"),
            ("  hello: '{'\n", "should be a value such as {month|month}"),
            ("  hello: {say: Hi., barge: no}\n", "has no field 'barge': did you mean 'barge-in'?"),
        ],
    )
    def test_mistakes(self, wrong: str, says: str) -> None:
        """
        A prompt without words, or with values nobody knows, is told.
        """
        line, found = spoilt("  hello: Hello.\n", wrong)

        assert any(at == line and says in text for at, text in found), found
