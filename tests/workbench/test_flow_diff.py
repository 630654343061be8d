"""What changed between two flows, told by names."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.flow import Flow
from ivr_ari.language.load import parse_flow
from ivr_ari.workbench.flow_diff import differences
from tests.small_call import FLOW, TEXT


def changed(*changes: tuple[str, str]) -> Flow:
    """Return the small flow with parts of its text replaced."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_flow(text, "small.yaml")


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            "place-is: Main Street.",
            "place-is: Mill Lane.",
            ['~ prompt place-is: "Main Street." -> "Mill Lane."'],
        ),
        (
            "place-is: Main Street.",
            'place-is: Main <emphasis>Street</emphasis>.<break time="300ms"/>',
            ['~ prompt place-is: "Main Street." -> "Main <emphasis>Street</emphasis>.<break time="300ms"/>"'],
        ),
        ("sorry: Sorry?", "sorry: [Sorry?, Pardon?]", ['~ prompt sorry: + "Pardon?"']),
        ("barge-in: no", "barge-in: yes", ["~ prompt moment: barge-in: no -> yes"]),
        (
            "    least: 1\n    most: 5\n",
            "    least: 1\n    most: 10\n",
            ["~ slot rating: most: 5 -> 10"],
        ),
        (
            "a gift please",
            "a present please",
            ["~ intent gift: - a gift please", "~ intent gift: + a present please"],
        ),
        ("    title: a gift\n", "    title: a present\n", ["~ task gift: title: a gift -> a present"]),
        ("      - ask: rating\n", "", ["~ task order: - ask rating", "~ task order: slots: - rating"]),
        ("/orders/{number}?lang=en", "/orders/{number}", []),
        ("targets: [agent, sales]", "targets: [agent]", []),
        ("start: hello", "start: [hello, moment]", ["~ start: + moment"]),
    ],
)
def test_what_changed(old: str, new: str, lines: list[str]) -> None:
    """
    The thing, its field, and how it was and is; an empty list here only wants something to be told.
    """
    found = differences(FLOW, changed((old, new)))

    assert found
    if lines:
        assert sorted(found) == sorted(lines)


def test_added_and_removed() -> None:
    """
    Seen from either side.
    """
    other = changed(
        ("  place-is: Main Street.", "  place-is: Main Street.\n  unused: Hm."),
        ("say: place-is", "say: unused"),
    )

    assert "+ prompt unused" in differences(FLOW, other)
    assert "- prompt unused" in differences(other, FLOW)
    assert {"~ task place: - say place-is", "~ task place: + say unused"} <= {*differences(FLOW, other)}


def test_nothing() -> None:
    """
    Comments and the order of sections are no change.
    """
    assert differences(FLOW, parse_flow(f"# a comment\n{TEXT}", "other.yaml")) == []
