"""
What travels between this service and its worker processes: messages on a pipe.

A message is two big-endian 32-bit lengths, a JSON header and a binary payload (audio). Both ends are ours,
but a library that prints into the pipe or a worker killed in mid-message must not be taken for one: what
does not fit is refused.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..errors import EngineFailed
from ..events import Json

__all__ = ["MAX_HEADER", "MAX_PAYLOAD", "Decoder", "Message", "encode"]

MAX_HEADER = 64 << 20
"""Bytes; the largest header there is holds a flow's words: lists of thousands, once a slot and language."""

MAX_PAYLOAD = 8 << 20
"""Bytes; a prompt of eight minutes."""

LENGTHS = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Message:
    """One message: what it is about, its fields, and audio if it has any."""

    kind: str
    fields: Mapping[str, Json] = field(default_factory=dict)
    payload: bytes = b""

    def text(self, name: str) -> str:
        """Return the text field *name*. Raises EngineFailed if it is none."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            raise EngineFailed("wire.field", kind=self.kind, field=name)
        return value

    def number(self, name: str) -> int:
        """Return the whole number field *name*. Raises EngineFailed if it is none."""
        value = self.fields.get(name)
        if not isinstance(value, int):
            raise EngineFailed("wire.field", kind=self.kind, field=name)
        return value


def encode(message: Message) -> bytes:
    """Return the bytes of *message*. Raises EngineFailed if it is too large."""
    header = json.dumps({**message.fields, "kind": message.kind}, separators=(",", ":")).encode()
    if len(header) > MAX_HEADER or len(message.payload) > MAX_PAYLOAD:
        raise EngineFailed("wire.too-large", kind=message.kind)
    return LENGTHS.pack(len(header), len(message.payload)) + header + message.payload


class Decoder:
    """Takes bytes as they come; yields whole messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield the messages that *data* completes. Raises EngineFailed; after that nothing can be read."""
        self._buffer += data
        while len(self._buffer) >= LENGTHS.size:
            header, payload = LENGTHS.unpack_from(self._buffer)
            if header > MAX_HEADER or payload > MAX_PAYLOAD:
                raise EngineFailed("wire.junk", why="length")
            middle, end = LENGTHS.size + header, LENGTHS.size + header + payload
            if len(self._buffer) < end:
                return
            message = _message(bytes(self._buffer[LENGTHS.size : middle]), bytes(self._buffer[middle:end]))
            del self._buffer[:end]
            yield message


def _message(header: bytes, payload: bytes) -> Message:
    try:
        fields = json.loads(header)
    except (ValueError, RecursionError) as exc:
        raise EngineFailed("wire.junk", why="header") from exc
    if not isinstance(fields, dict) or not isinstance(fields.get("kind"), str):
        raise EngineFailed("wire.junk", why="kind")
    return Message(fields.pop("kind"), fields, payload)
