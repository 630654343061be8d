"""Versions of flows: a bad one, or a power failure, never takes the place of a good one."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import pytest

from ivr_ari.errors import FlowError, SetupError
from ivr_ari.workbench.publishing import Checked, current, publish, rollback, versions

AT, WHO = "2026-03-15T10:30:00Z", "maria"


def fine(folder: Path) -> Checked:
    return Checked({"bank": "d" * 64}, 3)


def bad(folder: Path) -> Checked:
    raise FlowError("flow.problems", problems=["bank.yaml:1:1: no"])


def power_failure(folder: Path) -> Checked:
    os._exit(9)


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """A folder of flows with a part."""
    folder = tmp_path / "flows"
    (folder / "parts").mkdir(parents=True)
    (folder / "bank.yaml").write_text("flow: bank\n")
    (folder / "parts" / "common.yaml").write_text("prompts: {}\n")
    return folder


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return tmp_path / "published"


def in_force(published: Path) -> str:
    return (published / "current" / "bank.yaml").read_text()


class TestPublish:
    def test_the_whole_folder(self, flows: Path, published: Path) -> None:
        """
        Parts too, with a manifest; hidden files and an editor's copies stay where they are.
        """
        (flows / ".git").mkdir()
        (flows / "bank.yaml~").write_text("old")

        done = publish(flows, published, fine, who=WHO, at=AT, note="the first")

        assert (done.version, done.conversations, done.note) == (1, 3, "the first")
        files = {
            path.relative_to(published / "current").as_posix() for path in (published / "current").rglob("*")
        }
        assert files == {"bank.yaml", "parts", "parts/common.yaml", "manifest.json"}
        assert os.readlink(published / "current") == "1"

    def test_readable_for_the_service(self, flows: Path, published: Path) -> None:
        """
        Which runs as another user than whoever publishes.
        """
        publish(flows, published, fine, who=WHO, at=AT)

        assert (published / "1").stat().st_mode & 0o777 == 0o755

    def test_next(self, flows: Path, published: Path) -> None:
        """
        Numbers go up; the earlier version stays as it was.
        """
        publish(flows, published, fine, who=WHO, at=AT)
        (flows / "bank.yaml").write_text("flow: bank # 2\n")
        publish(flows, published, fine, who=WHO, at=AT)

        assert in_force(published) == "flow: bank # 2\n"
        assert (published / "1" / "bank.yaml").read_text() == "flow: bank\n"
        assert [(one.manifest.version, one.current, one.whole) for one in versions(published)] == [
            (1, False, True),
            (2, True, True),
        ]

    def test_bad_one(self, flows: Path, published: Path) -> None:
        """
        Leaves everything as it was.
        """
        publish(flows, published, fine, who=WHO, at=AT)
        (flows / "bank.yaml").write_text("flow: bad\n")

        with pytest.raises(FlowError):
            publish(flows, published, bad, who=WHO, at=AT)

        assert in_force(published) == "flow: bank\n"
        assert sorted(path.name for path in published.iterdir()) == [".lock", "1", "current", "history.jsonl"]

    def test_nothing_new(self, flows: Path, published: Path) -> None:
        """
        Publishing the same again is refused, so that numbers mean something.
        """
        publish(flows, published, fine, who=WHO, at=AT)

        with pytest.raises(SetupError, match=r"publish\.same"):
            publish(flows, published, fine, who=WHO, at=AT)

    def test_changed_while_it_is_checked(self, flows: Path, published: Path) -> None:
        """
        What was checked is what is published, or nothing is.
        """

        def meddle(folder: Path) -> Checked:
            (folder / "bank.yaml").write_text("flow: other\n")
            return fine(folder)

        with pytest.raises(SetupError, match=r"publish\.changing"):
            publish(flows, published, meddle, who=WHO, at=AT)

        assert current(published) is None

    def test_power_failure(self, flows: Path, published: Path) -> None:
        """
        What was begun is no version, is taken away by the next, and no lock is left.
        """
        publish(flows, published, fine, who=WHO, at=AT)
        (flows / "bank.yaml").write_text("flow: bank # 2\n")
        killed = multiprocessing.get_context("fork").Process(
            target=publish, args=(flows, published, power_failure), kwargs={"who": WHO, "at": AT}
        )
        killed.start()
        killed.join()
        assert killed.exitcode == 9
        assert any(path.name.startswith(".new-") for path in published.iterdir())
        assert [one.manifest.version for one in versions(published)] == [1]
        assert in_force(published) == "flow: bank\n"

        publish(flows, published, fine, who=WHO, at=AT)

        assert in_force(published) == "flow: bank # 2\n"
        assert not any(path.name.startswith(".new-") for path in published.iterdir())

    def test_two_at_once(self, flows: Path, published: Path) -> None:
        """
        The second is told to wait.
        """

        def meanwhile(folder: Path) -> Checked:
            with pytest.raises(SetupError, match=r"publish\.busy"):
                publish(flows, published, fine, who="john", at=AT)
            return fine(folder)

        assert publish(flows, published, meanwhile, who=WHO, at=AT).version == 1

    def test_into_itself(self, flows: Path) -> None:
        """
        A version would hold all versions.
        """
        with pytest.raises(SetupError, match=r"publish\.folder"):
            publish(flows, flows / "published", fine, who=WHO, at=AT)


class TestRollback:
    @pytest.fixture(autouse=True)
    def three(self, flows: Path, published: Path) -> None:
        for number in range(1, 4):
            (flows / "bank.yaml").write_text(f"flow: bank # {number}\n")
            publish(flows, published, fine, who=WHO, at=AT)

    def test_the_one_before(self, published: Path) -> None:
        """
        And the one before that; there is none before the first.
        """
        assert rollback(published, fine, who=WHO, at=AT).version == 2
        assert rollback(published, fine, who=WHO, at=AT).version == 1
        with pytest.raises(SetupError, match=r"publish\.version"):
            rollback(published, fine, who=WHO, at=AT)
        assert in_force(published) == "flow: bank # 1\n"

    def test_a_certain_one(self, published: Path) -> None:
        """
        Also forward again.
        """
        rollback(published, fine, who=WHO, at=AT, to=1)
        rollback(published, fine, who=WHO, at=AT, to=3)

        assert current(published) == 3
        with pytest.raises(SetupError, match=r"publish\.version.*published is 1, 2, 3"):
            rollback(published, fine, who=WHO, at=AT, to=7)

    def test_the_next_version_is_new(self, flows: Path, published: Path) -> None:
        """
        A number is never given twice.
        """
        rollback(published, fine, who=WHO, at=AT)
        (flows / "bank.yaml").write_text("flow: bank # 4\n")

        assert publish(flows, published, fine, who=WHO, at=AT).version == 4

    def test_changed_since(self, published: Path) -> None:
        """
        A version somebody has written in is not what was published.
        """
        (published / "2" / "bank.yaml").write_text("flow: mine\n")

        with pytest.raises(SetupError, match=r"publish\.changed"):
            rollback(published, fine, who=WHO, at=AT)
        assert [one.whole for one in versions(published)] == [True, False, True]

    def test_refused_by_this_release(self, published: Path) -> None:
        """
        What an older release took may be wrong now.
        """
        with pytest.raises(FlowError):
            rollback(published, bad, who=WHO, at=AT)
        assert current(published) == 3

    def test_who_did_what(self, published: Path) -> None:
        """
        Every change is a line of the history.
        """
        rollback(published, fine, who="john", at=AT)

        lines = [json.loads(line) for line in (published / "history.jsonl").read_text().splitlines()]
        assert [(line["who"], line["what"], line["version"]) for line in lines[-2:]] == [
            (WHO, "publish", 3),
            ("john", "rollback", 2),
        ]


def test_nothing_published(published: Path) -> None:
    """
    No versions, and nothing to go back to.
    """
    assert versions(published) == []
    with pytest.raises(SetupError, match=r"publish\.version"):
        rollback(published, fine, who=WHO, at=AT)


def test_no_version_of_ours(published: Path) -> None:
    """
    A folder without a manifest is told by name.
    """
    (published / "1").mkdir(parents=True)

    with pytest.raises(SetupError, match=r"publish\.manifest"):
        versions(published)
