"""Choices in a file beside the flow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.say import spoken
from ivr_ari.language.choice_files import LONGEST_NAME, MOST_CHARACTERS, MOST_CHOICES, read_choices
from ivr_ari.language.load import examine, load_flow, parse_bundle

from ..dialogue.small import SMALL

DOCTORS = '# ours\nlost,Maria Lopez,doctor  lopez\n\nD-2,"Smith, John"\nPeter Whitfield\n'
WRITTEN = "    choices:\n      lost: [lost]\n      shipped: [shipped, on its way]\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A flow, two of whose slots have the same list."""
    assert WRITTEN in SMALL
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "doctors.csv").write_text(DOCTORS, encoding="utf-8")
    flow = tmp_path / "small.yaml"
    flow.write_text(SMALL.replace(WRITTEN, "    choices-from: lists/doctors.csv\n"), encoding="utf-8")
    return flow


@pytest.fixture
def flow(path: Path) -> Flow:
    return load_flow(path)


def test_choices(flow: Flow) -> None:
    """A line is a choice and its phrases; remarks and empty lines are none."""
    assert flow.slots["state"].choices == {
        "lost": ("maria lopez", "doctor lopez"),
        "D-2": ("smith, john",),
        "Peter Whitfield": (),
    }


def test_spoken_as_its_first_phrase(flow: Flow) -> None:
    """A choice of a list is spoken as people call it, and by its name if they call it nothing else."""
    slot = flow.slots["state"]

    assert spoken(slot, "lost") == "maria lopez"
    assert spoken(slot, "Peter Whitfield") == "Peter Whitfield"


def test_kept_with_the_flow(flow: Flow) -> None:
    """A published flow holds its lists: it is the same without the files, and another with another list."""
    assert json.loads(flow.source)["lists/doctors.csv"] == DOCTORS
    assert parse_bundle(flow.source).slots == flow.slots


def test_another_list_is_another_flow(path: Path, flow: Flow) -> None:
    """The digest of a flow depends on its lists."""
    (path.parent / "lists" / "doctors.csv").write_text("lost,jane doe\n", encoding="utf-8")

    assert load_flow(path).digest != flow.digest


def test_outside_the_folder(path: Path) -> None:
    """A list lies below the folder of the flow."""
    path.write_text(path.read_text().replace("lists/doctors.csv", "../doctors.csv"), encoding="utf-8")

    assert "is outside the folder of the flow" in examine(path).problems[0].text


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "has no choices"),
        ("# only a remark\n", 1, "has no choices"),
        ("a\nb\na\n", 3, "'a' stands here twice, first in line 1"),
        (",phrase\n", 1, "begins with no name"),
        ("filled\n", 1, "is a word of conditions"),
        (f"{'x' * (LONGEST_NAME + 1)}\n", 1, "characters at most"),
        (f"a,{'x' * 121}\n", 1, "a phrase is printable and has 120"),
        (f"a{',b' * 21}\n", 1, "'a' has 21 phrases: 20 at most"),
        ('a,"b\n', 1, "is no CSV"),
        ("a;b\n", 1, "is parted by semicolons"),
        ("a,x,Jane Doe\nb,y,jane  doe\n", 2, "'jane doe' is said for both 'a', in line 1, and 'b'"),
        ("a,Lyon\nlyon\n", 2, "'lyon' is said for both 'a', in line 1, and 'lyon'"),
        ("a\x07b\n", 1, "printable"),
        ("x" * (MOST_CHARACTERS + 1), 1, "is too long"),
        ("\n".join(f"choice {at}" for at in range(MOST_CHOICES + 1)), 1, "20,000 at most"),
    ],
)
def test_mistakes(text: str, line: int, why: str) -> None:
    """What is wrong with a list is told with its line."""
    read = read_choices(text, "flows/x.csv", "x.csv")

    assert [(problem.file, problem.line) for problem in read.problems] == [("flows/x.csv", line)]
    assert why in read.problems[0].text


def test_saved_by_a_spreadsheet() -> None:
    """A byte order mark and line ends of another system are no part of a name."""
    read = read_choices("\ufeff# name\r\nD-1,maria lopez\r\nD-2\r\n", "x", "x")

    assert (read.choices, read.problems) == ({"D-1": ("maria lopez",), "D-2": ()}, [])


def test_no_text(path: Path) -> None:
    """A list in another encoding is told from one that is not there."""
    (path.parent / "lists" / "doctors.csv").write_bytes("D-1,josé\n".encode("latin-1"))

    assert "or it is no text in UTF-8" in examine(path).problems[0].text


def test_few_problems_of_many() -> None:
    """A file that is no list at all is told in a few lines."""
    assert len(read_choices(",\n,x\n" * 500, "x", "x").problems) == 20
