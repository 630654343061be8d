"""The PBX of a test session: a lab of its own, or the Asterisk that `IVR_PBX` names."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from asterisk.lab import Lab, running

from .lab import where_possible
from .staging import agent, keyed, phone, spoken, stage, theatre, watch

__all__ = ["agent", "keyed", "lab", "own_lab", "phone", "spoken", "stage", "theatre", "watch"]


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """
    A PBX that answers. It ends with this session; one that the user named is left as it is.

    `IVR_LAB_PBX=16` runs the same tests on Asterisk 16.
    """
    if named := Lab.from_env():
        yield named
        return
    with where_possible(), running(f"tests-{os.getpid()}", os.environ.get("IVR_LAB_PBX", "22")) as own:
        yield own


@pytest.fixture
def own_lab(lab: Lab) -> Lab:
    """The PBX if it is a lab of ours, with our dialplan and call records to look at."""
    if lab.external:
        pytest.skip("needs the lab's own dialplan; IVR_PBX names another PBX")
    return lab
