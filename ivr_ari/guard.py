"""A fault in a call ends that call, never the loop, the ticker or the reader it was called from."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any

__all__ = ["guard"]


class guard:  # noqa: N801 - used like a function, as those of contextlib
    """
    Run a block; whatever it raises becomes the exception of *ending*, which the call's owner awaits.

    A class, not a generator: it is entered for every packet of every call.
    """

    __slots__ = ("_ending",)

    def __init__(self, ending: asyncio.Future[Any]) -> None:
        self._ending = ending

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        if not self._ending.done():
            self._ending.set_exception(error)
        return True
