"""A process we started, told from one that only has its number."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest

from asterisk import process


@pytest.fixture
def sleeper() -> Iterator[int]:
    child = subprocess.Popen(["sleep", "60"], start_new_session=True)
    yield child.pid
    child.kill()
    child.wait()


def test_a_running_process(sleeper: int) -> None:
    """A pid counts together with the moment it was born."""
    born = process.birth(sleeper)

    assert process.alive(sleeper, born)
    assert not process.alive(sleeper, born - 1)


@pytest.mark.parametrize("pid", [0, 2**22 + 1])
def test_no_process(pid: int) -> None:
    """No such process is not alive, whatever was written down."""
    assert process.birth(pid) == 0
    assert not process.alive(pid, 0)


def test_stop_ends_it(sleeper: int) -> None:
    """stop() returns when the process is gone."""
    born = process.birth(sleeper)

    process.stop(sleeper, born)

    assert not process.alive(sleeper, born)


def test_stop_spares_a_stranger(sleeper: int) -> None:
    """A process that merely has the same number is not touched."""
    process.stop(sleeper, process.birth(sleeper) - 1)

    assert process.alive(sleeper, process.birth(sleeper))


def test_a_dead_child_is_not_alive() -> None:
    """A zombie does not count as running."""
    child = subprocess.Popen(["sleep", "60"], start_new_session=True)
    born = process.birth(child.pid)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    assert not process.alive(child.pid, born)
    child.wait()
