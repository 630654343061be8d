"""
SIP transactions over UDP (RFC 3261, section 17), without I/O.

Everything lost on the way is repeated here, and everything that comes twice is answered twice and told
once, so that what lies above sees each message a single time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .sip import Address, Request, Response, parse

__all__ = ["T1", "TimedOut", "Transactions"]

T1 = 0.5
"""Seconds until the first repetition (RFC 3261, section 17.1.1.1)."""

T2 = 4.0
"""Longest seconds between repetitions."""

PATIENCE = 64 * T1
"""Seconds after which a transaction is given up, and for which a finished one is remembered."""

Arrived = Request | Response


@dataclass(frozen=True, slots=True)
class TimedOut:
    """Nobody answered this request."""

    request: Request


@dataclass(slots=True)
class Asked:
    """A request of ours."""

    request: Request
    peer: Address
    ends_at: float
    next_at: float | None
    """When it is repeated; None once that would not help."""

    interval: float = T1
    answered: bool = False
    """A final answer came; kept to absorb its repetitions."""

    ack: Request | None = None


@dataclass(slots=True)
class Replied:
    """A request of theirs and our latest answer."""

    request: Request
    response: Response
    peer: Address
    ends_at: float
    next_at: float | None = None
    interval: float = T1


class Transactions:
    """All transactions of one socket: feed it datagrams, send those it returns, wake it at `wake_at`."""

    def __init__(self) -> None:
        self.asked: dict[tuple[str, str], Asked] = {}
        self.replied: dict[tuple[str, str, str], Replied] = {}
        self._outbox: list[tuple[bytes, Address]] = []

    def datagrams(self) -> list[tuple[bytes, Address]]:
        """Return what must be sent now, and forget it."""
        sending, self._outbox = self._outbox, []
        return sending

    def ask(self, request: Request, peer: Address, now: float) -> None:
        """Send a request and repeat it until it is answered."""
        self.asked[request.branch, request.method] = Asked(request, peer, now + PATIENCE, now + T1)
        self.tell(request, peer)

    def tell(self, message: Arrived, peer: Address) -> None:
        """Send something that is never repeated by itself: the ACK of a 2xx."""
        self._outbox.append((message.serialize(), peer))

    def reply(self, request: Request, response: Response, peer: Address, now: float) -> None:
        """Answer a request; the final answer to an INVITE is repeated until its ACK comes."""
        final_invite = request.method == "INVITE" and response.status >= 200
        ends_at = now + PATIENCE if response.status >= 200 else float("inf")
        entry = Replied(request, response, peer, ends_at, now + T1 if final_invite else None)
        self.replied[self._key(request)] = entry
        self.tell(response, peer)

    def receive(self, data: bytes, peer: Address, now: float) -> Arrived | None:
        """Take a datagram; return the message if it is news. PeerError ``sip.malformed`` for rubbish."""
        message = parse(data)
        if isinstance(message, Response):
            return self._response(message, now)
        return self._request(message, peer)

    @property
    def wake_at(self) -> float | None:
        """When `wake` is due; None if nothing waits."""
        times = [at for a in self.asked.values() for at in (a.next_at, a.ends_at) if at is not None]
        times += [at for r in self.replied.values() for at in (r.next_at, r.ends_at) if at is not None]
        return min((at for at in times if at != float("inf")), default=None)

    def wake(self, now: float) -> list[TimedOut]:
        """Repeat what is due, forget what is old; return the requests nobody answered."""
        lost = [a for a in self.asked.values() if a.ends_at <= now and not a.answered]
        self.asked = {key: a for key, a in self.asked.items() if a.ends_at > now}
        self.replied = {key: r for key, r in self.replied.items() if r.ends_at > now}
        for asked in self.asked.values():
            if asked.next_at is not None and asked.next_at <= now:
                longest = float("inf") if asked.request.method == "INVITE" else T2
                asked.interval = min(2 * asked.interval, longest)
                asked.next_at = now + asked.interval
                self.tell(asked.request, asked.peer)
        for replied in self.replied.values():
            if replied.next_at is not None and replied.next_at <= now:
                replied.interval = min(2 * replied.interval, T2)
                replied.next_at = now + replied.interval
                self.tell(replied.response, replied.peer)
        return [TimedOut(asked.request) for asked in lost]

    @staticmethod
    def _key(request: Request) -> tuple[str, str, str]:
        # An ACK has to find its INVITE: number and call tell, the branch does not (it differs after a 2xx).
        return request.call_id, request.get("CSeq").split()[0], request.method

    def _request(self, request: Request, peer: Address) -> Request | None:
        if request.method == "ACK":
            number = request.get("CSeq").split()[0]
            invite = self.replied.get((request.call_id, number, "INVITE"))
            if invite is None or invite.next_at is None:
                return None
            invite.next_at = None
            return request
        seen = self.replied.get(self._key(request))
        if seen is None or seen.request.branch != request.branch:
            return request
        self.tell(seen.response, peer)
        return None

    def _response(self, response: Response, now: float) -> Response | None:
        method = response.cseq[1]
        asked = self.asked.get((response.branch, method))
        if asked is None:
            return None
        if response.status < 200:
            if method == "INVITE":
                # Somebody is at it: it may ring for minutes now, and repeating would be noise.
                asked.next_at, asked.ends_at = None, float("inf")
            return None if asked.answered else response
        if asked.ack is not None:
            self.tell(asked.ack, asked.peer)
        first, asked.answered, asked.next_at = not asked.answered, True, None
        if first:
            asked.ends_at = now + PATIENCE
        if first and method == "INVITE" and response.status >= 300:
            asked.ack = self._refusal_ack(asked.request, response)
            self.tell(asked.ack, asked.peer)
        # A 2xx that comes again means that our ACK was lost: the dialog above has to send it once more.
        return response if first or (method == "INVITE" and response.status < 300) else None

    @staticmethod
    def _refusal_ack(invite: Request, response: Response) -> Request:
        """RFC 3261, section 17.1.1.3: the INVITE's own Via and number, the refusal's To."""
        kept = {"Via": invite.get("Via"), "From": invite.get("From"), "To": response.get("To")}
        headers = [*kept.items(), ("Call-ID", invite.call_id), ("CSeq", f"{invite.cseq[0]} ACK")]
        headers += [("Route", route) for route in invite.all("Route")]
        headers.append(("Max-Forwards", "70"))
        return replace(invite, method="ACK", headers=tuple(headers), body=b"")
