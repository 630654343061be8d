"""Flows are checked, and sentences understood, without a call."""

from __future__ import annotations

from pathlib import Path

from tests.dialogue.small import SMALL

from .shell import FLOWS, WRONG_SETUP, call


class TestCheck:
    def test_flows_of_the_project_are_right(self) -> None:
        """
        A line for each flow; what is worth a thought is a note and refuses nothing.
        """
        done = call("check", FLOWS)

        assert done.exit_code == 0, done.stderr
        lines = [line.split(":")[0] for line in done.stdout.splitlines()]
        assert [line for line in lines if line != "note"] == sorted(
            path.stem for path in FLOWS.glob("*.yaml")
        )

    def test_every_problem_of_every_file(self, tmp_path: Path) -> None:
        """
        With file, line and column, and a spelling where one is near.
        """
        (tmp_path / "a.yaml").write_text(SMALL.replace("start: hello", "start: helo"))
        (tmp_path / "b.yaml").write_text("flow: b\nmode: echoes\n")

        done = call("check", tmp_path)

        lines = done.stderr.splitlines()
        assert done.exit_code == WRONG_SETUP
        assert any(line.startswith(f"{tmp_path}/a.yaml:3:8: ") and "hello" in line for line in lines)
        assert any(line.startswith(f"{tmp_path}/b.yaml:2:7: ") and "echo" in line for line in lines)
        assert lines[-1] == f"flow.problems: {len(lines) - 1} in {tmp_path}"

    def test_tests_of_a_flow(self, tmp_path: Path) -> None:
        """
        Are checked with it.
        """
        (tmp_path / "a.yaml").write_text(SMALL.replace("language: en\n", "language: en\ntests: t.yaml\n"))
        (tmp_path / "t.yaml").write_text("- test: one\n  says: helo\n")

        done = call("check", tmp_path / "a.yaml")

        problem = f"{tmp_path}/t.yaml:2:3: the flow has no prompt 'helo': did you mean 'hello'?"
        assert (done.exit_code, done.stderr.splitlines()[0]) == (WRONG_SETUP, problem)

    def test_tests_that_are_not_there(self, tmp_path: Path) -> None:
        """
        A flow whose tests are lost is not checked.
        """
        (tmp_path / "a.yaml").write_text(SMALL.replace("language: en\n", "language: en\ntests: t.yaml\n"))

        done = call("check", tmp_path)

        assert done.exit_code == WRONG_SETUP
        assert "t.yaml" in done.stderr

    def test_words_that_recognition_does_not_know(self, tmp_path: Path) -> None:
        """
        Are notes, with what is near; without a model nothing is said of them.
        """
        (tmp_path / "graph").mkdir()
        (tmp_path / "graph/words.txt").write_text("<eps> 0\nrain 1\ncoat 2\n")

        done = call("check", FLOWS / "retail.yaml", "--model", tmp_path)

        assert done.exit_code == 0, done.stderr
        assert "does not know 'raincoat' (choices of product); near: rain coat" in done.stdout
        assert "recognition" not in call("check", FLOWS / "retail.yaml").stdout

    def test_nothing_there(self, tmp_path: Path) -> None:
        """
        A folder without flows is a mistake too.
        """
        done = call("check", tmp_path)

        assert (done.exit_code, done.stderr) == (
            WRONG_SETUP,
            f"flow.none folder='{tmp_path}': no *.yaml there\n",
        )

    def test_no_such_file(self, tmp_path: Path) -> None:
        """
        A name that was mistyped is told from a folder without flows.
        """
        done = call("check", tmp_path / "no.yaml")

        assert done.exit_code == WRONG_SETUP
        assert done.stderr == f"flow.none path='{tmp_path / 'no.yaml'}': there is no such file or folder\n"
