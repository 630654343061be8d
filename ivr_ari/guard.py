"""A fault in a call ends that call, never the loop, the ticker or the reader it was called from."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def guard(ending: asyncio.Future[Any]) -> Iterator[None]:
    """Run a block; whatever it raises becomes the exception of *ending*, which the call's owner awaits."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - what a call does wrong must not reach the others
        if not ending.done():
            ending.set_exception(error)
