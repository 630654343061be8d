"""Who we are and which calls we have: the texts that make a request part of one call (RFC 3261, 12)."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass, field

from .sdp import CONTENT_TYPE
from .sip import Address, Headers, Request, Response, parameter, uri_of, values_of

__all__ = ["Identity", "Leg", "Phase", "response_to"]

ALLOW = "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, INFO, NOTIFY, MESSAGE"
REASONS = {
    100: "Trying",
    180: "Ringing",
    200: "OK",
    405: "Method Not Allowed",
    480: "Temporarily Unavailable",
    481: "Call Does Not Exist",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    603: "Decline",
}


class Phase(enum.Enum):
    """Where a leg stands."""

    CALLING = "calling"
    """Our INVITE is out."""

    CANCELLING = "cancelling"
    """Our INVITE is out and no longer wanted."""

    OFFERED = "offered"
    """Their INVITE waits for our answer."""

    UP = "up"
    """Both sides agreed."""

    LEAVING = "leaving"
    """Our BYE is out."""

    OVER = "over"


@dataclass(frozen=True, slots=True)
class Identity:
    """The names under which a telephone speaks."""

    user: str
    domain: str
    contact: Address
    """Where its own SIP socket listens."""

    token: Callable[[], str]
    """Gives a new random word: tags, branches and call ids are made of these."""

    @property
    def uri(self) -> str:
        return f"sip:{self.user}@{self.domain}"

    @property
    def contact_uri(self) -> str:
        return f"<sip:{self.user}@{self.contact[0]}:{self.contact[1]}>"

    def via(self) -> str:
        host, port = self.contact
        return f"SIP/2.0/UDP {host}:{port};rport;branch=z9hG4bK{self.token()}"


def response_to(
    request: Request, status: int, *, to: str = "", extra: Headers = (), body: bytes = b""
) -> Response:
    """Return an answer that repeats what RFC 3261, section 8.2.6.2 wants repeated."""
    kept = [("Via", via) for via in request.all("Via")]
    kept += [("Record-Route", route) for route in request.all("Record-Route")]
    kept += [("From", request.get("From")), ("To", to or request.get("To"))]
    kept += [("Call-ID", request.call_id), ("CSeq", request.get("CSeq"))]
    if body:
        extra = (*extra, ("Content-Type", CONTENT_TYPE))
    return Response((*kept, *extra), body, status, REASONS.get(status, ""))


@dataclass(slots=True)
class Leg:
    """One call as its two ends know it."""

    identity: Identity
    call_id: str
    local: str
    """Our From or To value, with our tag."""

    remote: str
    target: str
    """URI of the other end's own address."""

    peer: Address
    """Where requests of this call are sent."""

    phase: Phase
    invite: Request
    """The INVITE that began it, theirs or ours."""

    routes: tuple[str, ...] = ()
    sdp: bytes = b""
    """Our session description, repeated when they ask again."""

    number: int = 1
    """Number of our latest request."""

    acks: dict[int, Request] = field(default_factory=dict)
    """The ACK of each of our INVITEs that succeeded."""

    @classmethod
    def outgoing(cls, identity: Identity, target: str, peer: Address, sdp: bytes, extra: Headers = ()) -> Leg:
        """Return a leg whose INVITE is ready to be sent."""
        call_id = f"{identity.token()}@{identity.contact[0]}"
        local = f"<{identity.uri}>;tag={identity.token()}"
        blank = Request((), b"", "INVITE", target)
        leg = cls(identity, call_id, local, f"<{target}>", target, peer, Phase.CALLING, blank, sdp=sdp)
        leg.invite = leg.request("INVITE", sdp, extra)
        return leg

    @classmethod
    def incoming(cls, identity: Identity, invite: Request, peer: Address) -> Leg:
        """Return the leg that their INVITE offers."""
        local = f"{invite.get('To')};tag={identity.token()}"
        target = uri_of(invite.get("Contact") or invite.get("From"))
        routes = tuple(values_of(invite.all("Record-Route")))
        return cls(
            identity, invite.call_id, local, invite.get("From"), target, peer, Phase.OFFERED, invite, routes
        )

    def request(self, method: str, body: bytes = b"", extra: Headers = (), number: int = 0) -> Request:
        """Return a request inside this call, with *number* or the next one to be given."""
        if not number:
            self.number += 1
        headers: Headers = (
            ("Via", self.identity.via()),
            ("Max-Forwards", "70"),
            *(("Route", route) for route in self.routes),
            ("From", self.local),
            ("To", self.remote),
            ("Call-ID", self.call_id),
            ("CSeq", f"{number or self.number} {method}"),
            ("Contact", self.identity.contact_uri),
            ("Allow", ALLOW),
            *extra,
            *((("Content-Type", CONTENT_TYPE),) if body else ()),
        )
        return Request(headers, body, method, self.target)

    def settle(self, response: Response) -> None:
        """Learn the other end's tag, address and route from its answer to our INVITE."""
        self.remote = response.get("To") or self.remote
        if contact := response.get("Contact"):
            self.target = uri_of(contact)
        # RFC 3261, section 12.1.2: the caller goes back the way the answer came.
        self.routes = tuple(reversed(values_of(response.all("Record-Route"))))

    def respond(self, request: Request, status: int, body: bytes = b"") -> Response:
        """Return our answer to a request of this call; it carries our tag and address."""
        to = self.local if not parameter(request.get("To"), "tag") else request.get("To")
        extra: Headers = (("Contact", self.identity.contact_uri), ("Allow", ALLOW))
        return response_to(request, status, to=to, extra=extra, body=body)
