"""Cheap tests first: a fault shows in seconds, and the tests on the PBX are not disturbed by models."""

from __future__ import annotations

import pytest

COSTS = {"model": 1, "pbx": 2}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the random order within core, model and pbx tests, and these in that order."""
    items.sort(key=lambda item: max((COSTS.get(mark.name, 0) for mark in item.iter_markers()), default=0))
