"""What a telephone's signalling tells its owner."""

from __future__ import annotations

from dataclasses import dataclass

from .sip import Headers

__all__ = ["Answered", "Ended", "Moved", "Offered", "Progress", "Refused", "Registered", "SipEvent"]


@dataclass(frozen=True, slots=True)
class Registered:
    """The PBX knows our address, for *seconds*; 0 when it has forgotten it as asked."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The PBX does not register us."""

    status: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Our call is being worked on: 100, 180 or 183; *sdp* may already carry audio."""

    call_id: str
    status: int
    sdp: bytes


@dataclass(frozen=True, slots=True)
class Answered:
    """A call is up. *sdp* is theirs; empty where an ACK carried none."""

    call_id: str
    sdp: bytes


@dataclass(frozen=True, slots=True)
class Moved:
    """The other end changed where its audio goes."""

    call_id: str
    sdp: bytes


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody calls us."""

    call_id: str
    headers: Headers
    sdp: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    """A call is over or never came to be."""

    call_id: str
    cause: str
    """``we``, ``they``, ``cancelled``, ``refused`` or ``lost``."""

    status: int = 0
    """SIP status of a refusal."""

    reason: str = ""
    """Their Reason header (RFC 3326), where Asterisk puts the Q.850 cause."""


SipEvent = Registered | Refused | Progress | Answered | Moved | Offered | Ended
