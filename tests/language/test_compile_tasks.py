"""Nested steps become a flat program that goes forward."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.dialogue.flow import Task
from ivr_ari.dialogue.steps import (
    ActionStep,
    AgainStep,
    AskStep,
    ConfirmStep,
    EndStep,
    GoStep,
    HandOverStep,
    LeaveStep,
    RunStep,
    SayStep,
    SetStep,
    Step,
    WhenStep,
)
from ivr_ari.language.load import load_flow, parse_flow

from ..dialogue.small import FLOWS, SMALL, problems, spoilt


def task(name: str, text: str = SMALL) -> Task:
    return parse_flow(text, "small.yaml").tasks[name]


def targets(step: Step) -> list[int]:
    """Return where a step may lead besides the next one."""
    match step:
        case ConfirmStep(no=no):
            return [no]
        case WhenStep(otherwise=otherwise) | AgainStep(otherwise=otherwise):
            return [otherwise]
        case GoStep(to):
            return [to]
        case ActionStep(failures=failures):
            return list(failures.values())
        case _:
            return []


class TestCompileTasks:
    def test_a_program_in_order(self) -> None:
        """
        Needs first, then the steps with their branches, then the end, then the failures.
        """
        steps = task("order").steps

        assert steps[:2] == (AskStep("number"), ActionStep("look-up", {404: 12, 0: 17}))
        assert steps[2] == WhenStep((("state", ("lost",)),), 6)
        assert steps[3:5] == (SayStep("sorry"), HandOverStep("agent", "lost", ""))
        assert steps[5:7] == (GoStep(7), SayStep("order-is"))
        assert steps[7:12] == (
            AskStep("rating"),
            ConfirmStep("sure", 10),
            GoStep(11),
            EndStep("cancelled"),
            EndStep("done"),
        )
        assert steps[12:17] == (
            SayStep("bad-number"),
            AgainStep(("number",), 3, 14),
            HandOverStep("agent", "attempts", ""),
            EndStep("failed"),
            EndStep("failed"),
        )

    def test_what_takes_a_task_back_stands_behind_it(self) -> None:
        """
        `undo` is a program of its own behind the task's, with its failures; nothing before leads there.
        """
        text = SMALL.replace(
            "    intents: [gift]\n", "    intents: [gift]\n    undo: [{action: unwrap}, {say: sorry}]\n"
        )
        text = text.replace(
            "actions:\n",
            "actions:\n  unwrap:\n    backend: shop\n    request: POST /unwrap\n"
            "    failed: {other: [{end: failed}]}\n",
        )
        gift = task("gift", text)

        assert gift.steps[gift.undo - 1] == EndStep("done")
        behind = gift.steps[gift.undo :]
        assert isinstance(behind[0], ActionStep)
        assert behind[1:3] == (SayStep("sorry"), EndStep("done"))
        assert all(to >= gift.undo for to in behind[0].failures.values())
        assert all(to < gift.undo for step in gift.steps[: gift.undo] for to in targets(step))
        assert "number" not in gift.slots

    def test_another_action_may_help_when_one_fails(self) -> None:
        """
        What happens when an action fails may hold an action, which can fail as well.
        """
        text = SMALL.replace(
            "        - say: bad-number\n", "        - say: bad-number\n        - action: find-old\n"
        )
        text = text.replace(
            "actions:\n",
            "actions:\n  find-old:\n    backend: shop\n    request: GET /old/{number}\n"
            "    answer: {state: state}\n    failed: {other: [{end: failed}]}\n",
        )
        order = task("order", text)
        at = next(at for at, step in enumerate(order.steps) if step == SayStep("bad-number")) + 1
        second = order.steps[at]

        assert isinstance(second, ActionStep)
        assert second.action == "find-old"
        assert order.steps[second.failures[0]] == EndStep("failed")
        assert order.rewind[at] == order.rewind[second.failures[0]] == 1

    def test_leaving_without_the_dialplan(self) -> None:
        """
        `hang-up` says its prompt and leaves; `hand-over: default` and `run` name what they lead to.
        """
        text = SMALL.replace("      - say: gift-is\n", "      - run: wrap\n      - hang-up: gift-is\n")
        text = text.replace("    - leave: error\n", "    - hand-over: default\n")
        text = text.replace(
            "answers:\n", "  wrap:\n    title: paper\n    steps: [{hand-over: default}]\nanswers:\n"
        )
        flow = parse_flow(text, "small.yaml")

        assert flow.tasks["gift"].steps[3:6] == (
            RunStep("wrap"),
            SayStep("gift-is"),
            LeaveStep("done", "", {}, hang_up=True),
        )
        assert flow.tasks["wrap"].steps[0] == HandOverStep("agent", "asked", "")
        assert flow.ladders["silence"][-1].target == "agent"

    def test_conditions_and_values_that_are_computed(self) -> None:
        """
        An expression stands as it is written; what is set after `=` is one too.
        """
        text = SMALL.replace("when: {state: lost}", "when: state == 'lost'")
        text = text.replace('set: {note: "wrapped in {paper}"}', 'set: {note: "= last(paper, 3)"}')

        assert task("order", text).steps[2] == WhenStep((), 6, "state == 'lost'")
        assert task("gift", text).steps[2] == SetStep("note", (), "last(paper, 3)")

    def test_a_correction_inside_a_branch_goes_back_before_it(self) -> None:
        """
        The steps of a branch are taken again only after its condition has been looked at again.
        """
        rewind = task("order").rewind

        assert rewind[3] == rewind[6] == 2
        assert rewind[12] == 1

    @pytest.mark.parametrize("path", sorted(FLOWS.glob("*.yaml")), ids=lambda path: path.name)
    def test_every_jump_goes_forward(self, path: Path) -> None:
        """
        No shipped flow can turn in a circle by itself, and every jump lands on a step.
        """
        flow = load_flow(path)
        for one in flow.tasks.values():
            for at, step in enumerate(one.steps):
                assert all(at < to < len(one.steps) for to in targets(step))
                assert one.rewind[at] <= at
            assert isinstance(one.steps[-1], EndStep)

    def test_leaving_with_variables(self) -> None:
        """
        A flow can leave with variables for the dialplan.
        """
        text = SMALL.replace(
            "      - say: gift-is\n",
            '      - leave: done\n        reason: gift\n        variables: {IVR_GIFT: "{paper}"}\n',
        )

        step = task("gift", text).steps[3]

        assert isinstance(step, LeaveStep)
        assert (step.result, step.reason, list(step.variables)) == ("done", "gift", ["IVR_GIFT"])

    @pytest.mark.parametrize(
        ("right", "wrong", "says"),
        [
            ("      - say: gift-is\n", "      - gift-is\n", "a step is one of say"),
            ("      - say: gift-is\n", "      - say: gift-is\n        then: []\n", "has no field 'then'"),
            (
                "            reason: lost\n",
                "            reason: lost\n          - say: sorry\n",
                "never be reached",
            ),
            (
                "        - ask-again: number\n",
                "        - action: look-up\n",
                "action 'look-up' is done again when it fails",
            ),
            (
                "        then:\n          - say: sorry\n",
                "        thne:\n          - say: sorry\n",
                "step 'when' has no 'then'",
            ),
            ("      - set: {note:", "      - set: {nite:", "there is no slot 'nite': did you mean 'note'?"),
            ("    title: a gift\n", "", "task 'gift' has no 'title'"),
            ("      - confirm: sure\n", "      - end: finished\n", "none of done, cancelled, failed"),
            ('    key: "1"\n', '    key: "11"\n', "should be one of the keys 0 to 9"),
            (
                "    needs: [number]\n",
                "    needs: [state, number]\n    priority: 12\n",
                "'priority' of task 'order' should be at most 9",
            ),
        ],
    )
    def test_mistakes(self, right: str, wrong: str, says: str) -> None:
        """
        What a task cannot hold is told.
        """
        _, found = spoilt(right, wrong)

        assert any(says in text for _, text in found), found

    def test_a_name_for_a_slot_and_a_task_cannot_be_needed(self) -> None:
        """
        Who needs "gift" must say which of the two is meant.
        """
        text = SMALL.replace("    needs: [number]\n", "    needs: [number, gift]\n")
        text = text.replace("  note:\n    type: text\n", "  note:\n    type: text\n  gift:\n    type: text\n")

        assert any("is both a slot and a task" in sentence for _, sentence in problems(text))
