"""
Broken flows, one mistake each, and what their author is told.

The first lines of a file say it: ``# expect: 12:5: there is no prompt 'x'``, with line and column, and before
them the file if it is another one. ``# expect note:`` is what refuses nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ivr_ari.dialogue.flow import Problem
from ivr_ari.language.load import examine

FOLDER = Path(__file__).parents[1] / "bad_flows"
FILES = sorted(FOLDER.glob("*.yaml"))


def written(problem: Problem, path: Path) -> str:
    """Return a problem as the file that expects it writes it."""
    file = str(Path(problem.file).relative_to(FOLDER))
    where = (
        f"{problem.line}:{problem.column}" if file == path.name else f"{file}:{problem.line}:{problem.column}"
    )
    return f"# expect{' note' if problem.note else ''}: {where}: {problem.text}"


class TestBadFlows:
    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
    def test_the_author_is_told(self, path: Path) -> None:
        """
        Each file is told exactly what it expects: nothing less, and nothing that only follows from it.
        """
        expected = re.findall(r"^# expect.*$", path.read_text(), re.MULTILINE)
        found = examine(path)

        assert [written(problem, path) for problem in (*found.problems, *found.notes)] == expected
        assert expected
        assert (found.flow is None) == any(line.startswith("# expect:") for line in expected)

    def test_there_are_many(self) -> None:
        """
        At least sixty different mistakes are known.
        """
        assert len(FILES) >= 60
