"""Files of conversations: read as values, or refused with every mistake where it stands."""

from __future__ import annotations

import pytest

from ivr_ari.errors import FlowError
from ivr_ari.language.load import parse_flow
from ivr_ari.language.load_tests import is_answer, parse_conversations

from ..dialogue.small import SMALL

FLOW = parse_flow(SMALL, "small.yaml")

RIGHT = """\
- test: an order that was lost
  kind: failure
  backend:
    look-up: {order: {state: lost, days: 12, cost: 4.50, paid: true, by: ~, zip: "0815", since: 2026-01-02}}
  says: hello
  turns:
    - keys: "18"
      fills: {number: "18"}
    - caller: yes
    - cut: {prompt: moment, heard: 0.5}
    - silence: 2
      agenda: []
  done: order
"""


def problems(text: str) -> list[str]:
    """Return what is wrong with the conversations in *text*."""
    with pytest.raises(FlowError) as caught:
        parse_conversations(text, "t.yaml", FLOW)
    assert caught.value.code == "flow.problems"
    found = caught.value.facts["problems"]
    assert isinstance(found, list)
    return [str(problem) for problem in found]


class TestRight:
    def test_turns_know_their_line(self) -> None:
        """
        A failure can be told with the line that was not fulfilled.
        """
        (one,) = parse_conversations(RIGHT, "t.yaml", FLOW)

        assert (one.line, one.lines) == (1, (7, 9, 10, 11))
        assert str(one) == "an order that was lost"

    def test_answers_are_json(self) -> None:
        """
        Numbers, truth and nothing are what they are in JSON; what is quoted, and a date, is text.
        """
        (one,) = parse_conversations(RIGHT, "t.yaml", FLOW)

        assert one.test.backend["look-up"] == {
            "order": {
                "state": "lost",
                "days": 12,
                "cost": 4.5,
                "paid": True,
                "by": None,
                "zip": "0815",
                "since": "2026-01-02",
            }
        }

    def test_everything_else_is_text(self) -> None:
        """
        "yes" is a word of the caller; one name is a list of one; an empty list is no name at all.
        """
        (one,) = parse_conversations(RIGHT, "t.yaml", FLOW)

        assert one.test.turns[1].caller == "yes"
        assert (one.test.says, one.test.done) == (("hello",), ("order",))
        assert one.test.turns[3].agenda == ()
        assert one.test.turns[0].says is None


class TestWrong:
    def test_every_mistake_at_once(self) -> None:
        """
        With file, line, column, and a spelling where one is near.
        """
        text = (
            "- test: one\n"
            "  kind: plane\n"
            "  turns:\n"
            "    - caller: hello\n"
            "      say: [hello]\n"
            '    - keys: "12x"\n'
            "    - says: [hello]\n"
            "- kind: plain\n"
        )

        assert problems(text) == [
            "t.yaml:2:3: 'kind' is 'plane', which is none of plain, multi-intent, correction, digression,"
            " failure: did you mean 'plain'?",
            "t.yaml:5:7: there is no field 'say': did you mean 'says'?",
            "t.yaml:6:7: 'keys' is not written as it should be, not '12x'",
            "t.yaml:7:7: should have exactly one of caller, keys, means, silence, noise, cut, hangs-up,"
            " unanswered, lost, found",
            "t.yaml:8:3: 'test' is missing",
        ]

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("  says: [helo]", "2:10: the flow has no prompt 'helo': did you mean 'hello'?"),
            ("  done: [ordr]", "2:10: the flow has no task 'ordr': did you mean 'order'?"),
            ("  performed: look-pu", "2:3: the flow has no action 'look-pu': did you mean 'look-up'?"),
            ("  backend: {look: down}", "2:13: the flow has no action 'look'"),
            (
                "  backend: {look-up: dwon}",
                "2:13: action 'look-up' answers with fields, or is one of down, late, slow, or an HTTP status"
                " such as 404",
            ),
            ("  ends: {handed: agnt}", "2:10: the flow has no target 'agnt': did you mean 'agent'?"),
            ("  language: de", "2:3: the flow has no language 'de'"),
            ("  turns: [{caller: hm, fills: {colour: red}}]", "2:32: the flow has no slot 'colour'"),
            (
                "  turns: [{cut: {prompt: helo}}]",
                "2:18: the flow has no prompt 'helo': did you mean 'hello'?",
            ),
            ("  turns: [{means: {requests: [{intent: gft}]}}]", "2:32: the flow has no intent 'gft'"),
        ],
    )
    def test_names_the_flow_does_not_have(self, line: str, problem: str) -> None:
        """
        A test that names what does not exist could never fail, or never pass.
        """
        found = problems(f"- test: one\n{line}\n")

        assert [one.partition(": did")[0] for one in found] == [f"t.yaml:{problem}".partition(": did")[0]]

    def test_words_nobody_understands(self) -> None:
        """
        A language that is not understood, or in a test not listened to, is tested by keys, as it is answered.
        """
        french = parse_flow(SMALL.replace("language: en", "language: fr"), "small.yaml")
        for flow, test in (
            (french, "- test: un\n  turns: [{caller: salut}]\n"),
            (FLOW, "- {test: one, heard: no, turns: [{caller: hello}]}\n"),
        ):
            with pytest.raises(FlowError) as caught:
                parse_conversations(test, "t.yaml", flow)

            problems = caught.value.facts["problems"]
            assert isinstance(problems, tuple | list)
            (problem,) = problems
            assert f"nobody listens to {flow.language!r} here: write 'keys' or 'means'" in str(problem)

    def test_no_yaml(self) -> None:
        """
        Told as for a flow.
        """
        assert problems("- test: [\n") == ["t.yaml:2:1: is no YAML: did not find expected node content"]

    def test_empty(self) -> None:
        """
        An empty file is a mistake, too.
        """
        assert problems("") == ["t.yaml:1:1: the file is empty"]


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("down", True),
        ("late", True),
        (404, True),
        ("404", True),
        ("40", False),
        ("", False),
        ({}, True),
        ({"then": "down", "slow": 2}, True),
        ({"then": "dwon"}, False),
        ([], False),
        ([404, {"a": 1}], True),
        ([404, "?"], False),
    ],
)
def test_answer(answer: object, right: bool) -> None:
    """
    Fields, a way to fail, or a list of these.
    """
    assert is_answer(answer) is right  # type: ignore[arg-type]
