"""
SIP messages (RFC 3261, section 7): bytes to a frozen value or a named error, and back.

Only what a telephone needs: headers stay text, in their order, and are picked apart where they are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from ..errors import PeerError

__all__ = [
    "Address",
    "Headers",
    "Message",
    "Request",
    "Response",
    "address_of",
    "parse",
    "parameter",
    "uri_of",
    "values_of",
]

Address: TypeAlias = tuple[str, int]
"""IPv4 address and UDP port."""

Headers: TypeAlias = tuple[tuple[str, str], ...]

# RFC 3261, section 7.3.3: the short names some telephones use to stay below one datagram.
SHORT = {
    "c": "Content-Type",
    "e": "Content-Encoding",
    "f": "From",
    "i": "Call-ID",
    "k": "Supported",
    "l": "Content-Length",
    "m": "Contact",
    "s": "Subject",
    "t": "To",
    "v": "Via",
}
NEEDED = ("Via", "From", "To", "Call-ID", "CSeq")
STATUS_LINE = re.compile(r"SIP/2\.0 ([1-6]\d\d)(?: (.*))?")
REQUEST_LINE = re.compile(r"([A-Z]+) (\S+) SIP/2\.0")
CSEQ = re.compile(r"(\d{1,10})\s+([A-Z]+)")
URI = re.compile(r"<([^<>]+)>")
HOST = re.compile(r"sip:(?:[^@;>]*@)?(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?(?=[;?>]|$)")
# A comma between values, not one inside quotes or angle brackets.
BETWEEN_VALUES = re.compile(r""",(?=(?:[^"<>]*(?:"[^"]*"|<[^<>]*>))*[^"<>]*$)""")


@dataclass(frozen=True, slots=True)
class Message:
    """What requests and responses have in common."""

    headers: Headers
    body: bytes

    def get(self, name: str) -> str:
        """Return the first header of that name, in any case; empty if there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Return every header line of that name."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == wanted)

    @property
    def call_id(self) -> str:
        return self.get("Call-ID")

    @property
    def branch(self) -> str:
        """The transaction's name, from the topmost Via."""
        return parameter(self.get("Via"), "branch")

    @property
    def cseq(self) -> tuple[int, str]:
        """Number and method of the request this is or answers."""
        found = CSEQ.match(self.get("CSeq"))
        if found is None:
            raise PeerError("sip.malformed", what="cseq")
        return int(found[1]), found[2]

    def _serialize(self, first: str) -> bytes:
        lines = [first, *(f"{name}: {value}" for name, value in self.headers)]
        lines += [f"Content-Length: {len(self.body)}", "", ""]
        return "\r\n".join(lines).encode() + self.body


@dataclass(frozen=True, slots=True)
class Request(Message):
    """One SIP request; *Content-Length* is added when it is serialized."""

    method: str
    uri: str

    def serialize(self) -> bytes:
        return self._serialize(f"{self.method} {self.uri} SIP/2.0")


@dataclass(frozen=True, slots=True)
class Response(Message):
    """One SIP response."""

    status: int
    reason: str = ""

    def serialize(self) -> bytes:
        return self._serialize(f"SIP/2.0 {self.status} {self.reason}")


def parse(data: bytes) -> Request | Response:
    """Read one datagram; PeerError ``sip.malformed`` says what is wrong with it."""
    head, blank, rest = data.partition(b"\r\n\r\n")
    if not blank:
        raise PeerError("sip.malformed", what="end of headers")
    first, *lines = re.sub(r"\r\n[ \t]+", " ", head.decode("utf-8", "replace")).split("\r\n")
    headers = tuple(_header(line) for line in lines)
    message = Message(headers, b"")
    missing = [name for name in NEEDED if not message.get(name)]
    if missing:
        raise PeerError("sip.malformed", what="missing headers", names=missing)
    body = _body(message.get("Content-Length"), rest)
    plain = tuple(pair for pair in headers if pair[0].lower() != "content-length")
    parsed = _first_line(first, plain, body)
    if isinstance(parsed, Request) and parsed.cseq[1] != parsed.method:
        raise PeerError("sip.malformed", what="cseq of another method")
    return parsed


def _first_line(first: str, headers: Headers, body: bytes) -> Request | Response:
    if status := STATUS_LINE.fullmatch(first):
        return Response(headers, body, int(status[1]), status[2] or "")
    if request := REQUEST_LINE.fullmatch(first):
        return Request(headers, body, request[1], request[2])
    raise PeerError("sip.malformed", what="first line")


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name.strip():
        raise PeerError("sip.malformed", what="header line")
    name = name.strip()
    return SHORT.get(name.lower(), name), value.strip()


def _body(length: str, rest: bytes) -> bytes:
    if not length:
        return rest
    if not length.isascii() or not length.isdigit() or int(length) > len(rest):
        raise PeerError("sip.malformed", what="content-length")
    return rest[: int(length)]


def parameter(value: str, name: str) -> str:
    """Return a header parameter such as ``tag`` or ``branch``; empty if it is not there."""
    outside = value[value.rfind(">") + 1 :] if ">" in value else value
    found = re.search(rf";\s*{name}\s*=\s*\"?([^;,\s\"]+)", outside, re.IGNORECASE)
    return found[1] if found else ""


def uri_of(value: str) -> str:
    """Return the URI of a From, To, Contact or Route value."""
    found = URI.search(value)
    return found[1] if found else value.partition(";")[0].strip()


def address_of(uri: str) -> Address:
    """Return where a SIP URI's host listens; PeerError ``sip.malformed`` if it has no IPv4 address."""
    found = HOST.match(uri)
    if found is None:
        raise PeerError("sip.malformed", what="uri", hint="sip:user@192.0.2.1:5060")
    return found[1], int(found[2] or 5060)


def values_of(lines: tuple[str, ...]) -> list[str]:
    """Return the values of header lines that may each hold several, separated by commas."""
    return [value.strip() for line in lines for value in BETWEEN_VALUES.split(line) if value.strip()]
