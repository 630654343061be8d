"""Pictures of flows are drawn from the flows, and those in docs are theirs."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.markup import parse_speech
from ivr_ari.language.load import load_flow
from ivr_ari.workbench.graph import document, overview, steps_of, written
from ivr_ari.workbench.graph_svg import overview_svg
from tests.small_call import FLOW

ROOT = Path(__file__).parents[2]
SHIPPED = [path for path in sorted((ROOT / "flows").glob("*.yaml")) if not path.stem.startswith("qa-")]


def name(path: Path) -> str:
    return path.stem


class TestOverview:
    def test_what_starts_a_task(self) -> None:
        """
        An arrow from the open question, with the key if there is one.
        """
        lines = overview(FLOW).splitlines()

        assert '  start -- "key 1" --> t_order' in lines
        assert "  start --> t_gift" in lines

    def test_answers_look_different(self) -> None:
        """
        A question answered in place is round.
        """
        assert '  t_place(["where we are"])' in overview(FLOW).splitlines()

    def test_who_it_is_handed_to(self) -> None:
        """
        A dashed arrow, once.
        """
        assert overview(FLOW).count("t_order -.-> t_to_agent") == 1


class TestSteps:
    def test_every_step_is_drawn_once(self) -> None:
        """
        And every arrow leads to something that is drawn.
        """
        for task in FLOW.tasks.values():
            text = steps_of(FLOW, task)
            drawn = re.findall(r"^  (s\d+)[\[({]", text, re.MULTILINE)

            assert len(drawn) == len(set(drawn))
            assert set(re.findall(r"> (s\d+)$", text, re.MULTILINE)) <= set(drawn)

    def test_branches_say_when(self) -> None:
        """
        Yes, no, the statuses of a failure, the rounds of asking again.
        """
        text = steps_of(FLOW, FLOW.tasks["order"])

        for words in ("yes", "no", "404", "fails", "3 rounds"):
            assert f'-- "{words}" -->' in text

    def test_texts_are_shown_without_tags(self) -> None:
        """
        What is said, not how it sounds.
        """
        speech, _ = parse_speech('Call <say-as interpret-as="digits">411</say-as>,<break/> {name|spell}!')

        assert written(speech) == "Call 411, {name|spell}!"

    def test_texts_cannot_break_the_picture(self) -> None:
        """
        Quotes and the like are written as Mermaid wants them; long texts are cut.
        """
        text = steps_of(FLOW, FLOW.tasks["place"])
        spoilt = steps_of(_with_prompt('Say "yes" <now> #1 ' + "x" * 80), FLOW.tasks["place"])

        assert 's0["say: Main Street."]' in text
        assert 's0["say: Say #quot;yes#quot; #lt;now#gt; #35;1 xxx' in spoilt
        assert "x…" in spoilt


def _with_prompt(words: str) -> Flow:
    from dataclasses import replace

    prompt = replace(FLOW.prompts["place-is"], variants=((words,),))
    return replace(FLOW, prompts={**FLOW.prompts, "place-is": prompt})


def test_svg() -> None:
    """
    Well formed, self-contained, with a box for every task.
    """
    picture = overview_svg(FLOW)

    texts = [element.text for element in ElementTree.fromstring(picture).iter() if element.text]
    assert {"your order", "a gift", "where we are", "to agent"} <= set(texts)
    assert "href" not in picture


@pytest.mark.parametrize("path", SHIPPED, ids=name)
def test_pictures_in_docs_are_up_to_date(path: Path) -> None:
    """
    Draw them anew: ``ivr-ari flows graph flows/X.yaml -o docs/graphs/X.md``, and ``.svg``.
    """
    flow, folder = load_flow(path), ROOT / "docs" / "graphs"

    assert (folder / f"{path.stem}.md").read_text() == document(flow)
    assert (folder / f"{path.stem}.svg").read_text() == overview_svg(flow)


def test_no_picture_of_a_flow_that_is_gone() -> None:
    """
    A picture belongs to a flow.
    """
    assert {path.stem for path in (ROOT / "docs" / "graphs").iterdir()} == {path.stem for path in SHIPPED}
