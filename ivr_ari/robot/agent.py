"""
A telephone's signalling without I/O: registers, calls, is called, hangs up (RFC 3261).

Feed it datagrams with `receive`, wake it at `wake_at`; then send what `datagrams` returns and read what
`events` returns. `now` is any clock that only goes forward, in seconds.
"""

from __future__ import annotations

from dataclasses import replace

from ..errors import PeerError
from .dialog import Identity, Leg, Phase, response_to
from .digest import authorization, challenge_of
from .signals import Answered, Ended, Moved, Offered, Progress, Refused, Registered, SipEvent
from .sip import Address, Headers, Request, Response, address_of
from .transactions import PATIENCE, TimedOut, Transactions

__all__ = ["UserAgent"]

NOBODY = 408
"""The status that stands for no answer at all (RFC 3261, section 8.1.3.1)."""


class UserAgent:
    """One telephone with one account."""

    def __init__(self, identity: Identity, password: str, server: Address) -> None:
        self.identity = identity
        self.server = server
        self.legs: dict[str, Leg] = {}
        self.transactions = Transactions()
        self._password = password
        self._registration = Leg.outgoing(identity, f"sip:{identity.domain}", server, b"")
        self._registration.remote = f"<{identity.uri}>"
        self._events: list[SipEvent] = []

    @property
    def wake_at(self) -> float | None:
        return self.transactions.wake_at

    def datagrams(self) -> list[tuple[bytes, Address]]:
        """Return what must be sent now, and forget it."""
        return self.transactions.datagrams()

    def events(self) -> list[SipEvent]:
        """Return what happened, and forget it."""
        happened, self._events = self._events, []
        return happened

    # --- what we want ----------------------------------------------------------------------------------

    def register(self, now: float, seconds: int = 300) -> None:
        """Tell the PBX where we are; 0 *seconds* takes it back. Ends in `Registered` or `Refused`."""
        request = self._registration.request("REGISTER", extra=(("Expires", str(seconds)),))
        self.transactions.ask(request, self.server, now)

    def dial(self, target: str, sdp: bytes, now: float, extra: Headers = ()) -> str:
        """Call an extension of the PBX, or a SIP URI directly; return the call's id."""
        direct = target.startswith("sip:")
        uri = target if direct else f"sip:{target}@{self.server[0]}:{self.server[1]}"
        peer = address_of(uri) if direct else self.server
        leg = Leg.outgoing(self.identity, uri, peer, sdp, extra)
        self.legs[leg.call_id] = leg
        self.transactions.ask(leg.invite, peer, now)
        return leg.call_id

    def ring(self, call_id: str, now: float) -> None:
        """Let them know that it rings here."""
        self._reply_invite(call_id, 180, now)

    def answer(self, call_id: str, sdp: bytes, now: float) -> None:
        """Take the call."""
        if (leg := self.legs.get(call_id)) is not None and leg.phase is Phase.OFFERED:
            leg.sdp = sdp
            self._reply_invite(call_id, 200, now, sdp)
            leg.phase = Phase.UP

    def refuse(self, call_id: str, status: int, now: float) -> None:
        """Refuse the call: 486 busy, 480 nobody there, 603 not wanted."""
        if (leg := self.legs.get(call_id)) is not None and leg.phase is Phase.OFFERED:
            self._reply_invite(call_id, status, now)
            self._end(leg, Ended(call_id, "we", status))

    def hang_up(self, call_id: str, now: float) -> None:
        """End the call in whatever way its phase wants; nothing happens if it is over already."""
        leg = self.legs.get(call_id)
        if leg is None:
            return
        if leg.phase is Phase.OFFERED:
            self.refuse(call_id, 603, now)
        elif leg.phase is Phase.CALLING:
            leg.phase = Phase.CANCELLING
            self._cancel(leg, now)
        elif leg.phase is Phase.UP:
            self._leave(leg, now)

    # --- what happens ----------------------------------------------------------------------------------

    def receive(self, data: bytes, peer: Address, now: float) -> None:
        """Take one datagram; PeerError ``sip.malformed`` if it is no SIP message."""
        message = self.transactions.receive(data, peer, now)
        if isinstance(message, Request):
            self._requested(message, peer, now)
        elif message is not None:
            self._responded(message, now)

    def wake(self, now: float) -> None:
        """Do what time asks for: repeat, give up."""
        for late in self.transactions.wake(now):
            self._unanswered(late)

    def _unanswered(self, late: TimedOut) -> None:
        leg = self.legs.get(late.request.call_id)
        if late.request.method == "REGISTER":
            self._events.append(Refused(NOBODY, "nobody answers; is the PBX up at this address?"))
        elif leg is not None and late.request.method in ("INVITE", "BYE", "CANCEL"):
            self._end(leg, Ended(leg.call_id, "lost", NOBODY))

    def _responded(self, response: Response, now: float) -> None:
        number, method = response.cseq
        if response.status in (401, 407) and self._authenticate(response, now):
            return
        if method == "REGISTER":
            self._registered(response)
            return
        leg = self.legs.get(response.call_id)
        if leg is None:
            return
        if method == "BYE" and response.status >= 200:
            self._end(leg, Ended(leg.call_id, "we"))
        elif method == "INVITE" and response.status < 200:
            self._progressed(leg, response, now)
        elif method == "INVITE" and response.status < 300:
            self._accepted(leg, response, number, now)
        elif method == "INVITE":
            cause = "cancelled" if leg.phase is Phase.CANCELLING else "refused"
            self._end(leg, Ended(leg.call_id, cause, response.status, response.get("Reason")))

    def _registered(self, response: Response) -> None:
        if response.status >= 300:
            self._events.append(Refused(response.status, response.reason))
        elif response.status >= 200:
            seconds = response.get("Expires")
            self._events.append(Registered(int(seconds) if seconds.isdigit() else 0))

    def _progressed(self, leg: Leg, response: Response, now: float) -> None:
        if leg.phase is Phase.CANCELLING:
            self._cancel(leg, now)
        self._events.append(Progress(leg.call_id, response.status, response.body))

    def _accepted(self, leg: Leg, response: Response, number: int, now: float) -> None:
        if number in leg.acks:  # our ACK was lost
            self.transactions.tell(leg.acks[number], leg.peer)
            return
        leg.settle(response)
        leg.acks[number] = leg.request("ACK", number=number)
        self.transactions.tell(leg.acks[number], leg.peer)
        if leg.phase is Phase.CANCELLING:
            # RFC 3261, section 9.1: the answer was on its way when we cancelled; then only BYE is left.
            self._leave(leg, now)
        else:
            leg.phase = Phase.UP
            self._events.append(Answered(leg.call_id, response.body))

    def _authenticate(self, response: Response, now: float) -> bool:
        """Send the refused request again with our password; False if that was tried."""
        method = response.cseq[1]
        leg = self._registration if method == "REGISTER" else self.legs.get(response.call_id)
        asked = self.transactions.asked.get((response.branch, method))
        if leg is None or asked is None or leg.phase is Phase.CANCELLING:
            return False
        name = "Proxy-Authorization" if response.status == 407 else "Authorization"
        request = asked.request
        if request.get(name):
            return False
        asks = "Proxy-Authenticate" if response.status == 407 else "WWW-Authenticate"
        try:
            challenge = challenge_of(response.all(asks))
        except PeerError:
            return False
        value = authorization(
            challenge,
            method=method,
            uri=request.uri,
            user=self.identity.user,
            password=self._password,
            cnonce=self.identity.token(),
        )
        leg.number += 1
        fresh = {"via": self.identity.via(), "cseq": f"{leg.number} {method}"}
        headers = tuple((key, fresh.get(key.lower(), text)) for key, text in request.headers)
        again = replace(request, headers=(*headers, (name, value)))
        if method == "INVITE":
            leg.invite = again
        self.transactions.ask(again, asked.peer, now)
        return True

    def _requested(self, request: Request, peer: Address, now: float) -> None:
        leg = self.legs.get(request.call_id)
        if request.method == "ACK":
            if leg is not None and leg.phase is Phase.UP:
                self._acknowledged(leg, request)
        elif request.method == "INVITE" and leg is None:
            self._offered(request, peer, now)
        elif request.method in ("OPTIONS", "MESSAGE", "NOTIFY") and leg is None:
            self.transactions.reply(request, response_to(request, 200), peer, now)
        elif leg is None:
            self.transactions.reply(request, response_to(request, 481), peer, now)
        else:
            self._inside(leg, request, peer, now)

    def _offered(self, request: Request, peer: Address, now: float) -> None:
        leg = self.legs[request.call_id] = Leg.incoming(self.identity, request, peer)
        self.transactions.reply(request, response_to(request, 100), peer, now)
        self._events.append(Offered(leg.call_id, request.headers, request.body))

    def _acknowledged(self, leg: Leg, ack: Request) -> None:
        if ack.cseq[0] == leg.invite.cseq[0]:
            self._events.append(Answered(leg.call_id, ack.body))
        elif ack.body:
            self._events.append(Moved(leg.call_id, ack.body))

    def _inside(self, leg: Leg, request: Request, peer: Address, now: float) -> None:
        """Answer a request of a call we have."""
        if request.method == "BYE":
            self.transactions.reply(request, leg.respond(request, 200), peer, now)
            self._end(leg, Ended(leg.call_id, "they", reason=request.get("Reason")))
        elif request.method == "CANCEL":
            self.transactions.reply(request, leg.respond(request, 200), peer, now)
            if leg.phase is Phase.OFFERED:
                self._reply_invite(leg.call_id, 487, now)
                self._end(leg, Ended(leg.call_id, "cancelled", reason=request.get("Reason")))
        elif request.method in ("INVITE", "UPDATE"):
            if request.body:
                self._events.append(Moved(leg.call_id, request.body))
            body = leg.sdp if request.body or request.method == "INVITE" else b""
            self.transactions.reply(request, leg.respond(request, 200, body), peer, now)
        else:
            status = 200 if request.method in ("OPTIONS", "INFO", "NOTIFY", "MESSAGE") else 405
            self.transactions.reply(request, leg.respond(request, status), peer, now)

    # --- small things ----------------------------------------------------------------------------------

    def _reply_invite(self, call_id: str, status: int, now: float, sdp: bytes = b"") -> None:
        if (leg := self.legs.get(call_id)) is not None and leg.phase is Phase.OFFERED:
            self.transactions.reply(leg.invite, leg.respond(leg.invite, status, sdp), leg.peer, now)

    def _cancel(self, leg: Leg, now: float) -> None:
        """RFC 3261, section 9.1: not before something came back, and with the INVITE's own Via."""
        invite = self.transactions.asked.get((leg.invite.branch, "INVITE"))
        cancelled = (leg.invite.branch, "CANCEL") in self.transactions.asked
        if invite is None or invite.next_at is not None or cancelled:
            return
        kept = ("via", "from", "to", "call-id", "max-forwards", "route")
        headers = tuple(pair for pair in leg.invite.headers if pair[0].lower() in kept)
        number = ("CSeq", f"{leg.invite.cseq[0]} CANCEL")
        self.transactions.ask(Request((*headers, number), b"", "CANCEL", leg.invite.uri), leg.peer, now)
        invite.ends_at = now + PATIENCE

    def _leave(self, leg: Leg, now: float) -> None:
        leg.phase = Phase.LEAVING
        self.transactions.ask(leg.request("BYE"), leg.peer, now)

    def _end(self, leg: Leg, event: Ended) -> None:
        leg.phase = Phase.OVER
        del self.legs[leg.call_id]
        self._events.append(event)
