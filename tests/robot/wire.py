"""Two telephones on one wire that loses datagrams by a pattern, in a time of their own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import count, cycle

from ivr_ari.robot.agent import UserAgent
from ivr_ari.robot.dialog import Identity
from ivr_ari.robot.signals import SipEvent
from ivr_ari.robot.sip import Address, Request, Response, parse

ALICE: Address = ("127.0.0.1", 5071)
BOB: Address = ("127.0.0.1", 5072)


def agent(user: str, address: Address, server: Address, password: str = "secret") -> UserAgent:
    """Return a user agent whose random words are counted, so that each run is the same."""
    numbers = count(1)
    identity = Identity(user, "127.0.0.1", address, lambda: f"{user}{next(numbers)}")
    return UserAgent(identity, password, server)


class Wire:
    """
    Carries datagrams between user agents without delay.

    "110" loses every third one. The pattern repeats, so a failing test fails the same way each time.
    Whatever has no owner on this wire is kept in `nowhere`.
    """

    def __init__(self, *agents: UserAgent, pattern: str = "1") -> None:
        self.agents = {agent.identity.contact: agent for agent in agents}
        self.heard: dict[Address, list[SipEvent]] = {address: [] for address in self.agents}
        self.nowhere: deque[bytes] = deque()
        self.carried: list[bytes] = []
        self.now = 0.0
        self._pattern: Iterator[str] = cycle(pattern)

    def settle(self) -> None:
        """Carry until nothing is left to carry at this moment."""
        moved = True
        while moved:
            moved = False
            for address, sender in self.agents.items():
                for datagram, peer in sender.datagrams():
                    moved = True
                    self._carry(datagram, address, peer)
                self.heard[address] += sender.events()

    def run(self, seconds: float) -> None:
        """Let time pass, from alarm to alarm."""
        end = self.now + seconds
        self.settle()
        while (due := self._next_alarm()) is not None and due <= end:
            self.now = max(self.now, due)
            for sleeper in self.agents.values():
                sleeper.wake(self.now)
            self.settle()
        self.now = end

    def _next_alarm(self) -> float | None:
        alarms = [sleeper.wake_at for sleeper in self.agents.values()]
        return min((alarm for alarm in alarms if alarm is not None), default=None)

    def _carry(self, datagram: bytes, sender: Address, peer: Address) -> None:
        if next(self._pattern) != "1":
            return
        self.carried.append(datagram)
        receiver = self.agents.get(peer)
        if receiver is None:
            self.nowhere.append(datagram)
        else:
            receiver.receive(datagram, sender, self.now)


class Registrar:
    """The PBX's side of REGISTER: challenges, then accepts one password's answer or none."""

    CHALLENGE = 'Digest realm="asterisk",nonce="n1",algorithm=MD5,qop="auth"'

    def __init__(self, accept: bool) -> None:
        self.accept = accept
        self.asked: list[Request] = []

    def answer(self, datagram: bytes) -> bytes:
        request = parse(datagram)
        assert isinstance(request, Request)
        self.asked.append(request)
        kept = tuple(p for p in request.headers if p[0] in ("Via", "From", "To", "Call-ID", "CSeq"))
        if self.accept and request.get("Authorization"):
            return Response((*kept, ("Expires", request.get("Expires"))), b"", 200, "OK").serialize()
        return Response((*kept, ("WWW-Authenticate", self.CHALLENGE)), b"", 401, "Unauthorized").serialize()
