"""The commands an admin works on flows with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.small_call import TEXT

from .shell import FLOWS, WRONG_SETUP, call

TESTS = """\
- test: asked for a person
  kind: digression
  turns: [{keys: "0"}]
  ends: {handed: agent}
- test: ordered
  turns: [{keys: "1", asks: number}]
- test: said
  turns: [{caller: where is my order, asks: number}]
"""


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """A folder with the small flow and its tests."""
    folder = tmp_path / "flows"
    (folder / "tests").mkdir(parents=True)
    (folder / "small.yaml").write_text(
        TEXT.replace("language: en\n", "language: en\ntests: tests/small.yaml\n")
    )
    (folder / "tests" / "small.yaml").write_text(TESTS)
    return folder


class TestTest:
    def test_summary(self, flows: Path) -> None:
        """
        How many passed, by kind; those that need a model can be left out.
        """
        done = call("flows", "test", flows, "--without-understanding")

        assert (done.exit_code, done.stdout) == (0, "small: 2 passed, 1 left out (1 digression, 1 plain)\n")

    def test_failure(self, flows: Path) -> None:
        """
        What was expected, what came, where it is written, and the conversation so far; exit status 1.
        """
        tests = flows / "tests" / "small.yaml"
        tests.write_text(TESTS.replace("handed: agent", "left: done"))

        done = call("flows", "test", flows, "--without-understanding")

        assert done.exit_code == 1
        assert done.stdout.splitlines()[:4] == [
            f"FAILED {tests}:1: asked for a person",
            "  line 1: ends: expected left done asked, came handed agent asked",
            "    ivr     Hello.  [hello]",
            "    ivr     What can I do?  [what]",
        ]
        assert done.stdout.splitlines()[-1] == "small: 1 passed, 1 failed, 1 left out (1 digression, 1 plain)"

    def test_chosen(self, flows: Path) -> None:
        """
        By words of the title; -v prints the conversation.
        """
        done = call("flows", "test", flows / "small.yaml", "-k", "order", "-v")

        assert done.exit_code == 0
        assert f"passed {flows / 'tests' / 'small.yaml'}:5: ordered" in done.stdout
        assert "    keys    1" in done.stdout.splitlines()
        assert done.stdout.splitlines()[-1] == "small: 1 passed (1 plain)"

    def test_none_chosen(self, flows: Path) -> None:
        """
        That nothing was held is said.
        """
        done = call("flows", "test", flows / "small.yaml", "-k", "no such title")

        assert (done.exit_code, done.stderr.split(":")[0]) == (0, "no conversation was held")

    def test_no_flow(self, tmp_path: Path) -> None:
        """
        Nothing to test is a mistake.
        """
        done = call("flows", "test", tmp_path)

        assert (done.exit_code, done.stderr) == (
            WRONG_SETUP,
            f"flow.none folder='{tmp_path}': no *.yaml there\n",
        )

    @pytest.mark.model
    def test_words(self, flows: Path) -> None:
        """
        Through the real understanding, loaded once.
        """
        done = call("flows", "test", flows)

        assert (done.exit_code, done.stdout) == (0, "small: 3 passed (2 plain, 1 digression)\n")
        assert done.stderr.count("loading the understanding of small") == 1


class TestGraph:
    def test_kinds(self, flows: Path, tmp_path: Path) -> None:
        """
        Markdown to the terminal; a file by its ending; any other is refused.
        """
        flow = flows / "small.yaml"

        assert call("flows", "graph", flow).stdout.startswith("# Flow `small`\n")
        assert call("flows", "graph", flow, "-o", tmp_path / "x.svg").exit_code == 0
        assert (tmp_path / "x.svg").read_text().startswith("<svg ")
        assert call("flows", "graph", flow, "-o", tmp_path / "x.png").exit_code == WRONG_SETUP


class TestDiff:
    def test_files(self, flows: Path, tmp_path: Path) -> None:
        """
        A line for each change and exit status 1; none, and 0, for the same.
        """
        other = tmp_path / "other.yaml"
        other.write_text(TEXT.replace("Main Street", "Mill Lane").replace("flow: small", "flow: new"))

        done = call("flows", "diff", flows / "small.yaml", other)

        assert (done.exit_code, done.stdout) == (1, '~ prompt place-is: "Main Street." -> "Mill Lane."\n')
        assert call("flows", "diff", flows, flows).exit_code == 0

    def test_folders(self, flows: Path, tmp_path: Path) -> None:
        """
        Flow by flow; those that came and went, too.
        """
        other = shutil.copytree(flows, tmp_path / "other")
        (other / "new.yaml").write_text(TEXT.replace("flow: small", "flow: new"))
        (other / "small.yaml").write_text(TEXT.replace("Hello.", "Hi."))

        done = call("flows", "diff", flows, other)

        assert done.stdout.splitlines() == ["+ flow new", 'small: ~ prompt hello: "Hello." -> "Hi."']

    def test_nothing_there(self) -> None:
        """
        Told by name.
        """
        assert call("flows", "diff", "no-flow.yaml", "other.yaml").exit_code == WRONG_SETUP


class TestPublish:
    @pytest.fixture(autouse=True)
    def no_words(self, flows: Path) -> None:
        """Conversations without words need no model."""
        tests = flows / "tests" / "small.yaml"
        tests.write_text(TESTS[: TESTS.index("- test: said")])

    def test_versions(self, flows: Path, tmp_path: Path) -> None:
        """
        Published, changed, published again, gone back: versions tell which is in force, diff what changed.
        """
        published, flow = tmp_path / "published", flows / "small.yaml"
        first = call("flows", "publish", flows, "--to", published)
        flow.write_text(flow.read_text().replace("Main Street", "Mill Lane"))
        second = call("flows", "publish", flows, "--to", published, "-m", "we moved")

        assert "version 1: 1 flow, 2 tests passed" in first.stdout.splitlines()
        assert "version 2: 1 flow, 2 tests passed" in second.stdout.splitlines()
        assert "if a service reads it: systemctl reload ivr-ari" in second.stdout
        diff = call("flows", "diff", "1", "2", "--to", published)
        assert diff.stdout == '~ prompt place-is: "Main Street." -> "Mill Lane."\n'
        back = call("flows", "rollback", "--to", published)
        assert back.stdout.startswith("version 1 of ")
        listed = call("flows", "versions", "--to", published).stdout.splitlines()
        assert [line.split()[:2] for line in listed] == [["*", "1"], ["2", listed[1].split()[1]]]
        assert "1 flow, 2 tests" in listed[1]
        assert listed[1].endswith("we moved")

    @pytest.mark.parametrize("what", ["flow", "test"])
    def test_bad_one(self, flows: Path, tmp_path: Path, what: str) -> None:
        """
        A flow with a mistake, or whose tests fail, never replaces a good one.
        """
        published = tmp_path / "published"
        call("flows", "publish", flows, "--to", published)
        file, old, new = {
            "flow": (flows / "small.yaml", "start: hello", "start: helo"),
            "test": (flows / "tests" / "small.yaml", "asks: number", "asks: rating"),
        }[what]
        file.write_text(file.read_text().replace(old, new))

        done = call("flows", "publish", flows, "--to", published)

        assert done.exit_code == WRONG_SETUP
        assert str(file) in done.stdout + done.stderr
        assert "start: hello" in (published / "current" / "small.yaml").read_text()
        assert not (published / "2").exists()

    def test_settings(self, flows: Path, tmp_path: Path) -> None:
        """
        With a configuration the flows must fit it; the folder may stand there.
        """
        config = tmp_path / "ivr.yaml"
        (tmp_path / "published").mkdir()
        config.write_text(
            f"flows: {{default: small, published: {tmp_path / 'published'}}}\nari: {{password: secret}}\n"
            f"lab: true\nspeech: {{model: {tmp_path}}}\n"
        )

        done = call("flows", "publish", flows, "-c", config)

        assert done.exit_code == WRONG_SETUP
        assert "shop" in done.stderr  # its backend has no address
        assert not (tmp_path / "published" / "current").exists()

    def test_nowhere(self, flows: Path) -> None:
        """
        Somebody has to say where to.
        """
        done = call("flows", "publish", flows)

        assert (done.exit_code, done.stderr[:14]) == (WRONG_SETUP, "publish.where:")


class TestPrinted:
    @pytest.mark.parametrize("kind", ["flow", "part", "translation", "tests"])
    def test_schema(self, kind: str) -> None:
        """
        JSON, for each kind of file.
        """
        assert "$defs" in json.loads(call("flows", "schema", kind).stdout)

    def test_reference(self) -> None:
        """
        The page that is kept in docs.
        """
        printed = call("flows", "reference").stdout

        assert printed == (FLOWS.parent / "docs" / "flow-reference.md").read_text()
