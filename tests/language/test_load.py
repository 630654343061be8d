"""A flow file is read whole, and everything wrong with it is told at once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ivr_ari.errors import FlowError
from ivr_ari.language.load import examine, load_flow, parse_bundle, parse_flow

from ..dialogue.small import FLOWS, SMALL, line_of, problems, spoilt

MISTAKES = (
    # what is right, what stands there instead, what is said about it
    ("  ask: what\n", "  ask: waht\n", "there is no prompt 'waht': did you mean 'what'?"),
    ('    key: "1"\n', '    kye: "1"\n', "task 'order' has no field 'kye': did you mean 'key'?"),
    (
        "needs: [number]",
        "needs: [nmber]",
        "there is no slot or task 'nmber': did you mean 'number'?",
    ),
    (
        "      - action: look-up\n",
        "      - action: lookup\n",
        "there is no action 'lookup': did you mean",
    ),
    ("when: {state: lost}", "when: {state: los}", "'state' can never be 'los': did you mean 'lost'?"),
    ("      - ask: rating\n", "      - aks: rating\n", "a step is one of say, ask"),
    ("    length: 4-6\n", "    length: 6-4\n", "'length' of slot 'number' should be a number or a range"),
    (
        '{"1": red, "2": blue}',
        '{"1": red, "2": bleu}',
        "'bleu' is none of its choices red, blue: did you mean 'blue'?",
    ),
    ("request: GET /orders", "request: FETCH /orders", "should be a method and a path"),
    ("    - leave: error\n", "    - say: moment\n", "ladder 'silence' must end with 'hand-over' or 'leave'"),
    ("{price|money}", "{price|month}", "takes amount slot 'price' as 'month'"),
    (
        "  place-is: Main Street.\n",
        "  place-si: Main Street.\n",
        "no prompt 'place-is': did",
    ),
)


class TestProblems:
    def test_the_small_flow_is_right(self) -> None:
        """
        The flow the other tests spoil has no mistake of its own.
        """
        assert problems(SMALL) == []

    def test_all_mistakes_are_told_at_once_each_with_its_line(self) -> None:
        """
        A dozen mistakes in one file are a dozen problems, in the order of their lines.
        """
        text = SMALL
        for right, wrong, _ in MISTAKES:
            assert SMALL.count(right) == 1, right
            text = text.replace(right, wrong)

        found = problems(text)

        for _, wrong, says in MISTAKES:
            lines = [line for line, sentence in found if says in sentence]
            assert lines, f"nothing says {says!r} in {found}"
            if "ladder" not in says and "place-is" not in says:
                assert line_of(text, wrong) in lines
        assert [line for line, _ in found] == sorted(line for line, _ in found)

    @pytest.mark.parametrize(("right", "wrong", "says"), MISTAKES, ids=[says for *_, says in MISTAKES])
    def test_one_mistake_is_one_problem(self, right: str, wrong: str, says: str) -> None:
        """
        A mistake alone is told, and little else is.
        """
        _, found = spoilt(right, wrong)

        assert any(says in sentence for _, sentence in found)
        assert len(found) <= 2

    @pytest.mark.parametrize(
        ("right", "wrong", "says"),
        [
            ("flow: small\n", "", "the flow has no 'flow'"),
            ("flow: small\n", "flow: Small Flow\n", "should be a name"),
            ("language: en\n", "language: english\n", "should be a language code"),
            ("start: hello\n", "start: hello\ngreeting: Hi\n", "belongs to a flow with a mode"),
            (
                "start: hello\n",
                "start: hello\nstrat: hello\n",
                "the flow has no field 'strat': did",
            ),
            ("    backend: shop\n", "", "action 'look-up' has no 'backend'"),
            ("order.state}", "order.state|euros}", "where only 'cents' can stand"),
            ("      404:\n", "      four:\n", "should be an HTTP status such as 404, or 'other'"),
            ("      other:\n", "      500:\n", "says nothing of what happens when it fails"),
            (
                "  targets: [agent, sales]\n",
                '  targets: [agent, "+491234"]\n',
                "'targets' should be a name",
            ),
            (
                "  default: agent\n",
                "  default: agnet\n",
                "there is no target or skill 'agnet': did you mean 'agent'?",
            ),
            (
                "    - say: sorry\n      keypad: yes\n",
                "    - keypad: no\n",
                "says nothing and leads nowhere",
            ),
            ("    - leave: error\n", "    - leave: done\n", "is 'done', which is none of error"),
            (
                '{key: "0", hand-over: agent}',
                '{key: "x", hand-over: agent}',
                "should be one of the keys 0 to 9",
            ),
            ("  place:\n    title", "  order:\n    title", "'order' is both a task and an answer"),
            ('"{reason}: {open}"', '"{reason}: {caller}"', "there is no slot 'caller'"),
        ],
    )
    def test_sections(self, right: str, wrong: str, says: str) -> None:
        """
        What each section of the file may hold.
        """
        _, found = spoilt(right, wrong)

        assert any(says in sentence for _, sentence in found), found

    def test_a_missing_file_is_one_problem(self, tmp_path: Path) -> None:
        """
        A flow that is not there, or no text, is told in one line.
        """
        with pytest.raises(FlowError) as caught:
            load_flow(tmp_path / "none.yaml")
        assert caught.value.code == "flow.unreadable"

        (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
        with pytest.raises(FlowError) as caught:
            load_flow(tmp_path / "binary.yaml")
        assert caught.value.code == "flow.unreadable"


class TestFlow:
    def test_understanding_gets_examples_and_phrases(self) -> None:
        """
        A flow holds what understanding learns from: intents, choices, and words that name a slot.
        """
        flow = parse_flow(SMALL, "small.yaml")

        assert flow.intents["place"] == ("where are you", "your address", "how do i get there")
        assert flow.choices["paper"] == {"red": ("red", "the red one"), "blue": ("blue",)}
        assert flow.called == {"number": ("order number",)}
        assert flow.tasks_of == {"order": "order", "gift": "gift", "place": "place"}
        assert flow.targets == ("agent", "sales")

    def test_the_digest_is_that_of_the_files(self) -> None:
        """
        The same files have the same digest wherever they lie; another text has another.
        """
        flow = parse_flow(SMALL, "small.yaml")

        assert flow.digest == parse_flow(SMALL, "elsewhere/small.yaml").digest
        assert flow.digest == hashlib.sha256(flow.source.encode()).hexdigest()
        assert flow == parse_bundle(flow.source)
        assert flow.digest != parse_flow(SMALL + "\n# a remark\n", "small.yaml").digest

    def test_card_data_only_where_recordings_are_muted(self) -> None:
        """
        A flow that asks for card data is loaded only if the deployment says that it is not recorded; what was
        stored of it is loaded without that.
        """
        text = SMALL.replace("    length: 4-6\n", "    length: 4-6\n    sensitivity: card\n")
        text = text.replace("    confirm: explicit\n", "").replace("{number|spell}", "It")
        text = text.replace("GET /orders/{number}?lang=en", "GET /orders")

        with pytest.raises(FlowError) as caught:
            parse_flow(text, "small.yaml")
        assert "asks for card data" in str(caught.value)

        flow = parse_flow(text, "small.yaml", recordings_muted=True)
        assert flow.slots["number"].sensitivity == "card"
        assert parse_bundle(flow.source) == flow

    def test_notes_refuse_nothing(self, tmp_path: Path) -> None:
        """
        What is only worth knowing is told beside a flow that is loaded.
        """
        path = tmp_path / "small.yaml"
        path.write_text(SMALL.replace("  hello: Hello.\n", "  hello: Hello.\n  bye: Bye.\n"))

        found = examine(path)

        assert found.flow is not None
        assert found.problems == ()
        assert any(note.text == "prompt 'bye' is never said" and note.note for note in found.notes)

    def test_hours_as_minutes(self) -> None:
        """
        Opening times are minutes of each weekday; those that end before they begin end the day after.
        """
        text = SMALL + (
            "hours:\n  shop:\n    zone: Europe/Madrid\n"
            "    open: {mon-wed: '09:00-12:30, 14:00-24:00', sat: 22:00-02:00}\n    holidays: [12-25]\n"
        )

        hours = parse_flow(text, "small.yaml").hours["shop"]

        workday = ((540, 750), (840, 1440))
        assert hours.open == (workday, workday, workday, (), (), ((1320, 120),), ())
        assert (hours.zone, hours.holidays, hours.closed) == ("Europe/Madrid", ("12-25",), "")

    def test_actions_of_every_kind(self) -> None:
        """
        A look-up names its slots, and everything an action can be is told apart.
        """
        text = SMALL.replace(
            "    backend: shop\n    request: GET /orders/{number}?lang=en\n",
            """\
    database: orders
    query: select state from orders where number = :number and note <> ':note'
""",
        ).replace("order.state", "state")
        assert "a :slot in quotes" in str(problems(text))

        action = parse_flow(text.replace("':note'", "'x'"), "small.yaml").actions["look-up"]
        assert (action.database, action.parameters, action.backend) == ("orders", ("number",), "")
        assert not action.changes

    def test_a_mode_needs_nothing_else(self) -> None:
        """
        A media mode is two lines; a task in it would never be reached.
        """
        flow = parse_flow("flow: echo\nmode: echo\n", "echo.yaml")
        assert (flow.mode, flow.greeting) == ("echo", "")

        with pytest.raises(FlowError) as caught:
            parse_flow("flow: echo\nmode: echo\nstart: hello\n", "echo.yaml")
        assert "has no meaning in a flow with mode 'echo'" in str(caught.value)

    def test_the_shipped_flows_are_right(self) -> None:
        """
        Every flow that comes with the service can be loaded.
        """
        names = {load_flow(path).name for path in sorted(FLOWS.glob("*.yaml"))}

        assert names >= {"bank", "qa-readback", "qa-dtmf", "qa-echo", "qa-latency"}
