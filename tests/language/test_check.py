"""Mistakes that no single section of a flow can know."""

from __future__ import annotations

import pytest

from ivr_ari.language.load import parse_flow
from ivr_ari.language.standard import STANDARD

from ..dialogue.small import SMALL, line_of, problems, spoilt


class TestCheck:
    @pytest.mark.parametrize("name", sorted(STANDARD))
    def test_what_the_engine_says_by_itself_must_be_there(self, name: str) -> None:
        """
        A missing standard prompt is told with the moment it is needed.
        """
        lines = [line for line in SMALL.splitlines() if not line.startswith(f"  {name}: ")]
        found = problems("\n".join(lines))

        assert any(f"prompt '{name}' is missing: it is said when" in text for _, text in found)

    @pytest.mark.parametrize(
        ("right", "wrong", "says"),
        [
            ('    intents: [order]\n    key: "1"\n', "", "task 'order' can never begin"),
            (
                "      - say: place-is\n",
                "      - ask: paper\n",
                "answer 'place' asks something: make it a task",
            ),
            ("      - action: look-up\n", "", "action 'look-up' is used by no task"),
            ("[where is my order, order status, my order]", "[my order]", "needs at least 3 different"),
            ("    intents: [gift]\n", '    key: "3"\n', "intent 'gift' starts no task"),
            ("    intents: [place]\n", "    intents: [gift]\n", "intent 'gift' starts more than one task"),
            ("[where are you, your address", "[my order, your address", "share the example 'my order'"),
            ("    intents: [gift]\n", '    intents: [gift]\n    key: "1"\n', "key 1 belongs to both"),
            ('{key: "0"', '{key: "2"', "slot 'paper' uses key 2, which works anywhere"),
            ("    needs: [number]\n", "    needs: [number, order]\n", "task 'order' needs itself"),
            ("    - leave: error\n", "    - leave: error\n    - say: sorry\n", "must end with"),
            ("    - say: sorry\n    - leave", "    - leave: error\n    - leave", "goes on after its end"),
            ("    ask: ask-rating\n", "", "slot 'rating' is asked for, but has no 'ask' prompt"),
            ("reason: lost", "reason: Lost it", "should be a short reason"),
            (
                "      - ask: rating\n",
                '      - leave: done\n        variables: {EXTEN: "1"}\n',
                "should be IVR_ and capitals",
            ),
        ],
    )
    def test_whole_flows(self, right: str, wrong: str, says: str) -> None:
        """
        Every check of the flow as a whole finds what it is for.
        """
        _, found = spoilt(right, wrong)

        assert any(says in text for _, text in found), found

    def test_needs_in_a_circle(self) -> None:
        """
        Tasks that need each other in a circle could never begin.
        """
        text = SMALL.replace("    needs: [number]\n", "    needs: [number, gift]\n")
        text = text.replace("    intents: [gift]\n", "    intents: [gift]\n    needs: [order]\n")

        found = problems(text)

        assert (line_of(text, "  order:\n"), "task 'order' needs itself, by way of 'gift'") in found
        assert (line_of(text, "  gift:\n"), "task 'gift' needs itself, by way of 'order'") in found

    def test_a_flow_without_intents_needs_few_words(self) -> None:
        """
        Where callers cannot choose what they want, the words around it are not asked for.
        """
        flow = parse_flow(
            """\
flow: tiny
start: hello
first: [listen]
main: {ask: hello}
tasks:
  listen: {title: listening, steps: [{leave: done}]}
handover: {targets: [agent], say: hello}
ladders: {silence: [{leave: error}], no-match: [{leave: error}]}
prompts: {hello: Hello., goodbye: Goodbye.}
""",
            "tiny.yaml",
        )

        assert flow.first == ("listen",)
