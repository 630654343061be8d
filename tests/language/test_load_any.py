"""Whatever stands in a file, loading it ends with a flow or with problems that have a place."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr_ari.dialogue.flow import Problem
from ivr_ari.errors import FlowError
from ivr_ari.language.load import parse_bundle, parse_flow

from ..dialogue.small import SMALL

LINES = SMALL.splitlines(keepends=True)
WORDS = sorted({word for word in SMALL.replace(",", " ").replace("[", " ").split() if len(word) < 20})
ODD = [
    "",
    "''",
    "[]",
    "{}",
    "[[]]",
    "{a: b}",
    "~",
    "${X}",
    "{",
    "= 1 +",
    "= number",
    "*x",
    "-1",
    "9" * 30,
    "yes",
    "\t",
    "é",
]

small_changes = st.lists(
    st.tuples(
        st.integers(0, len(LINES) - 1),
        st.sampled_from(["drop", "twice", "word", "odd", "indent"]),
        st.sampled_from(WORDS),
        st.sampled_from(ODD),
    ),
    min_size=1,
    max_size=6,
)
plain = st.recursive(
    st.sampled_from([*WORDS, *ODD]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*WORDS, "say", "ask"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def load(text: str) -> None:
    """Load a text, twice if it is right; a problem must have a place in it."""
    problems: object = []
    try:
        flow = parse_flow(text, "any.yaml")
        assert parse_bundle(flow.source) == flow
    except FlowError as error:
        problems = error.facts["problems"] or ["none"]
    assert isinstance(problems, list)
    for problem in problems:
        assert isinstance(problem, Problem)
        assert 1 <= problem.line <= text.count("\n") + 2
        assert problem.column >= 1
        assert problem.text


@settings(max_examples=100, deadline=None)
@given(small_changes)
def test_changed_lines(changes: list[tuple[int, str, str, str]]) -> None:
    """
    Lines dropped, doubled, indented, or with another word in them, never make the loader fail.
    """
    lines = list(LINES)
    for at, how, word, odd in changes:
        key, _, _ = lines[at].partition(":")
        change = {"drop": "", "twice": lines[at] * 2, "indent": "  " + lines[at]}
        lines[at] = change.get(how, f"{key}: {word if how == 'word' else odd}\n")

    load("".join(lines))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(yaml.safe_load(SMALL))), st.lists(st.sampled_from(WORDS), max_size=3), plain)
def test_anything_anywhere(section: str, path: list[str], value: object) -> None:
    """
    Any text, list or mapping in any place, the top included, is a problem at most.
    """
    data = yaml.load(SMALL, Loader=yaml.BaseLoader)  # noqa: S506  texts only
    holder = data
    for key in (section, *path):
        inner = holder.get(key) if isinstance(holder, dict) else None
        if not isinstance(inner, dict):
            holder[key] = value
            break
        holder = inner
    else:
        holder[path[-1] if path else section] = value

    load(yaml.safe_dump(data, allow_unicode=True))
