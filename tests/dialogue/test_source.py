"""YAML read with its lines, never stopping at a mistake."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.source import Entry, Source, did_you_mean, read_yaml


def read(text: str) -> tuple[Entry | None, Source]:
    source = Source("a.yaml")
    return read_yaml(text, source), source


def field(text: str, name: str = "a") -> tuple[Entry, Source]:
    top, source = read(text)
    assert top is not None
    return top.fields((name,))[name], source


class TestReadYaml:
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
        top, source = read(text)

        assert top is None
        assert [(problem.line, says in problem.text) for problem in source.problems] == [(line, True)]


class TestEntry:
    def test_twice_the_same_name_is_a_problem(self) -> None:
        """
        YAML would silently keep the last; we don't.
        """
        top, source = read("a: 1\na: 2\n")
        assert top is not None
        top.fields(("a",))

        assert [str(problem) for problem in source.problems] == ["a.yaml:2: the flow has 'a' twice"]

    def test_unknown_fields_get_a_suggestion(self) -> None:
        """
        A name nearly right is pointed to.
        """
        top, source = read("lenght: 3\n")
        assert top is not None
        top.fields(("length", "type"))

        assert source.problems[0].text == "the flow has no field 'lenght': did you mean 'length'?"

    def test_names_are_plain(self) -> None:
        """
        What a flow's author names is lower case, for it ends up in logs and metrics.
        """
        top, source = read("Big Name: 3\n[1, 2]: 4\n")
        assert top is not None
        assert [name for name, _ in top.named("task")] == ["Big Name"]

        assert [problem.line for problem in source.problems] == [1, 2] or len(source.problems) == 2

    @pytest.mark.parametrize("text", ["a: {b}\n", "a: {b: c}\n", "a: [1]\n"])
    def test_a_text_in_braces_needs_quotes(self, text: str) -> None:
        """
        ``{balance}`` without quotes is a mapping to YAML; the hint says what to do.
        """
        entry, source = field(text)

        assert entry.text() == ""
        assert "should be a text" in source.problems[0].text

    @pytest.mark.parametrize(
        ("text", "ms"),
        [
            ("6s", 6000),
            ("1.5s", 1500),
            ("800ms", 800),
            ("6", None),
            ("600s", None),
            ("1ms", None),
            ("s", None),
        ],
    )
    def test_durations_have_a_unit(self, text: str, ms: int | None) -> None:
        """
        A time without a unit, too short or too long, is a problem.
        """
        entry, source = field(f"a: {text}\n")

        assert entry.duration_ms() == (ms or 100)
        assert bool(source.problems) == (ms is None)

    @pytest.mark.parametrize(
        ("text", "span"),
        [("8", (8, 8)), ("4-6", (4, 6)), ("4 - 6", (4, 6)), ("6-4", None), ("0", None), ("x", None)],
    )
    def test_ranges(self, text: str, span: tuple[int, int] | None) -> None:
        """
        A length is a number or a range, the smaller first.
        """
        entry, source = field(f"a: {text}\n")

        assert entry.span(1, 40) == (span or (1, 40))
        assert bool(source.problems) == (span is None)

    def test_yes_and_no_are_words_here(self) -> None:
        """
        YAML's on and off, yes and no are flags where a flag is wanted, whatever their capitals.
        """
        assert field("a: No\n")[0].flag() is False
        assert field("a: on\n")[0].flag() is True
        entry, source = field("a: perhaps\n")
        assert entry.flag() is False
        assert "should be yes or no" in source.problems[0].text

    def test_whole_numbers_have_bounds(self) -> None:
        """
        A number outside its bounds is a problem and becomes the least.
        """
        entry, source = field("a: 12\n")

        assert entry.whole(0, 9) == 0
        assert "from 0 to 9" in source.problems[0].text

    def test_an_empty_list_is_a_problem(self) -> None:
        """
        Where something is listed there is at least one thing.
        """
        entry, source = field("a: []\n")

        assert entry.texts() == ()
        assert source.problems

    def test_phrases_are_as_recognition_writes_them(self) -> None:
        """
        Examples are compared with what was heard: lower case, single blanks.
        """
        assert field("a: [I  lost my Card]\n")[0].phrases() == ("i lost my card",)

    def test_a_text_is_no_mapping(self) -> None:
        """
        A section that is a word is a problem and holds nothing.
        """
        entry, source = field("a: word\n")

        assert dict(entry.named("task")) == {}
        assert "should be a mapping" in source.problems[0].text


def test_far_words_are_not_suggested() -> None:
    """
    A suggestion that is nothing like what was written would only confuse.
    """
    assert did_you_mean("balance", ["refund", "hours"]) == ""
    assert did_you_mean("ballance", ["balance", "hours"]) == ": did you mean 'balance'?"
