"""YAML is composed safely, and read with the place of each piece."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.flow import Problem
from ivr_ari.language.document import KEY, Path, read_document
from ivr_ari.language.source import compose, did_you_mean

TEXT = """\
tasks:
  refund:
    title: "your refund"
    steps:
      - say: hello
        then: [a, b]
    key:
"""


class TestCompose:
    @pytest.mark.parametrize(
        ("text", "line", "says"),
        [
            ("", 1, "the file is empty"),
            ("a: [1, 2\nb: 3\n", 2, "is no YAML"),
            ("a: 1\nb: *x\n", 2, "an alias"),
            ("a: &x [*x]\n", 1, "an alias"),
            ("[" * 40 + "]" * 40, 1, "more than 30 levels"),
            ("a: \x00\n", 1, "is no YAML"),
            ("x" * 1_000_001, 1, "larger than"),
            ("--- 1\n--- 2\n", 2, "is no YAML"),
        ],
    )
    def test_what_cannot_be_read_is_one_problem(self, text: str, line: int, says: str) -> None:
        """
        Broken, empty, endless and self-containing files are refused with a line.
        """
        problems: list[Problem] = []

        assert compose(text, "a.yaml", problems) is None
        assert [(problem.line, says in problem.text) for problem in problems] == [(line, True)]


class TestDocument:
    def test_every_scalar_is_a_text(self) -> None:
        """
        What a word means is decided where it is used: yes, 12 and nothing are texts here.
        """
        assert read_document("a: yes\nb: 12\nc:\nd: [1, {e: ~}]\n", "a.yaml", "a.yaml").data == {
            "a": "yes",
            "b": "12",
            "c": "",
            "d": ["1", {"e": "~"}],
        }

    @pytest.mark.parametrize(
        ("path", "position"),
        [
            ((), (1, 1)),
            (("tasks",), (1, 1)),
            (("tasks", "refund"), (2, 3)),
            (("tasks", "refund", "title"), (3, 12)),
            (("tasks", "refund", "title", KEY), (3, 5)),
            (("tasks", "refund", "steps", 0), (5, 9)),
            (("tasks", "refund", "steps", 0, "say", 0), (5, 14)),
            (("tasks", "refund", "steps", 0, "then", 1), (6, 19)),
            (("tasks", "refund", "key"), (7, 5)),
            (("tasks", "refund", "nothing"), (2, 3)),
        ],
    )
    def test_the_place_of_each_piece(self, path: Path, position: tuple[int, int]) -> None:
        """
        A text is where it begins; a list, a mapping and an empty value are where their key is.
        """
        assert read_document(TEXT, "a.yaml", "a.yaml").position(path) == position

    def test_twice_the_same_name_is_a_problem(self) -> None:
        """
        YAML would silently keep the last; we don't.
        """
        document = read_document("a: 1\nb: 2\na: 3\n", "a.yaml", "a.yaml")

        assert [str(problem) for problem in document.problems] == [
            "a.yaml:3:1: 'a' stands here twice, first in line 1"
        ]
        assert document.data["a"] == "1"

    def test_a_key_is_a_word(self) -> None:
        """
        A list or mapping as a key is a problem, and what stands beside it is still read.
        """
        document = read_document("[1, 2]: 4\na: 1\n", "a.yaml", "a.yaml")

        assert [(problem.line, problem.text) for problem in document.problems] == [
            (1, "a key should be a word")
        ]
        assert document.data == {"a": "1"}

    @pytest.mark.parametrize("text", ["word\n", "[1, 2]\n"])
    def test_a_file_is_a_mapping(self, text: str) -> None:
        """
        A file that is a word or a list holds nothing.
        """
        document = read_document(text, "a.yaml", "a.yaml")

        assert "should be a mapping" in document.problems[0].text
        assert document.data == {}


def test_far_words_are_not_suggested() -> None:
    """
    A suggestion that is nothing like what was written would only confuse.
    """
    assert did_you_mean("balance", ["refund", "hours"]) == ""
    assert did_you_mean("ballance", ["balance", "hours"]) == ": did you mean 'balance'?"
