"""
What flows may ask of the PBX, read through ARI: channel variables, queues, devices.

Queues and devices are dialplan functions, which ``GET /channels/{id}/variable`` evaluates like variables.
Nothing of a caller ever becomes part of a name; what comes back is untrusted text.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from ..errors import BackendFailed
from ..events import Inquire, Json

__all__ = ["LONGEST", "PbxLookup", "plain_text"]

LONGEST = 256
"""Characters of a value; a variable may hold anything that a telephone or carrier has sent."""

AT_ONCE = 8
"""Requests of all calls together; a PBX has more important things to do."""


class Asked(Protocol):
    """The part of `Ari` that is needed here."""

    async def get_variable(self, channel: str, name: str) -> str: ...


class PbxLookup:
    """
    Answers `Inquire`.

    *reads* are the variables that may be read, *queues* the queues, *devices* names and the targets of
    ``DEVICE_STATE()`` they stand for.
    """

    def __init__(
        self, ari: Asked, reads: frozenset[str], queues: frozenset[str], devices: Mapping[str, str]
    ) -> None:
        self._ari, self._reads, self._queues, self._devices = ari, reads, queues, devices
        self._turnstile = asyncio.Semaphore(AT_ONCE)

    async def inquire(self, channel: str, inquiry: Inquire) -> dict[str, Json]:
        """
        Return the answer, see `Inquire`.

        BackendFailed ``inquire.not-allowed``, ``inquire.late``; ``inquire.unknown`` (status 404) where the
        variable is not set or the function gives nothing useful. CallGone, PbxUnavailable as they come.
        """
        try:
            async with asyncio.timeout(inquiry.deadline_ms / 1000), self._turnstile:
                return await self._answer(channel, inquiry)
        except TimeoutError as exc:
            raise BackendFailed("inquire.late", kind=inquiry.what, status=0) from exc

    async def _answer(self, channel: str, inquiry: Inquire) -> dict[str, Json]:
        name = inquiry.name
        match inquiry.what:
            case "variable" if name in self._reads:
                return {"value": await self._text(channel, name)}
            case "device" if name in self._devices:
                return {"state": await self._text(channel, f"DEVICE_STATE({self._devices[name]})")}
            case "queue" if name in self._queues:
                exists, waiting, members, ready = await asyncio.gather(
                    self._count(channel, f"QUEUE_EXISTS({name})"),
                    self._count(channel, f"QUEUE_WAITING_COUNT({name})"),
                    self._count(channel, f"QUEUE_MEMBER({name},count)"),
                    self._count(channel, f"QUEUE_MEMBER({name},ready)"),
                )
                if not exists:  # its counts would be 0, as if nobody worked there
                    raise BackendFailed("inquire.unknown", kind=inquiry.what, status=404)
                return {"waiting": waiting, "members": members, "ready": ready}
        raise BackendFailed("inquire.not-allowed", kind=inquiry.what, status=0)

    async def _text(self, channel: str, asked: str) -> str:
        text = plain_text(await self._ari.get_variable(channel, asked))
        if not text:
            raise BackendFailed("inquire.unknown", status=404)
        return text

    async def _count(self, channel: str, asked: str) -> int:
        # A PBX without app_queue has no such function, and so no count.
        text = await self._text(channel, asked)
        if not (text.isascii() and text.isdigit()):
            raise BackendFailed("inquire.unknown", status=404)
        return int(text)


def plain_text(text: str) -> str:
    """Return untrusted text without control characters, its spaces single, at most `LONGEST` characters."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:LONGEST]
