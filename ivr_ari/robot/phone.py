"""
A SIP telephone in a few lines of asyncio: the shell around `UserAgent`.

    async with Phone("robot", "secret", ("127.0.0.1", 5060)) as phone:
        await phone.register()
        call = await phone.dial("600")
        ...
        await call.hangup()
"""

from __future__ import annotations

import asyncio
import secrets
import socket
import time
from types import TracebackType
from typing import Self

from ..errors import IvrError, PeerError, SetupError
from .agent import UserAgent
from .call import Call
from .dialog import Identity
from .sdp import NARROW, Abilities
from .signals import Offered, Refused, Registered, SipEvent
from .sip import Address, Headers

__all__ = ["Phone"]

WAITING = 16
"""Calls offered and not yet looked at; more are told that we are busy."""

LEAVING = 3.0
"""Seconds given to a PBX to answer our goodbyes."""

REFRESH = 0.8
"""Share of a registration's lifetime after which it is renewed."""


class Phone:
    """One telephone: one SIP socket, one account, any number of calls."""

    def __init__(
        self,
        user: str,
        password: str = "",
        server: Address = ("127.0.0.1", 5060),
        *,
        bind: Address = ("", 0),
        domain: str = "",
        abilities: Abilities = NARROW,
    ) -> None:
        """
        *bind* is our own address; without a host, the one from which the server is reached.

        *domain* is the host in our SIP address, the server's if not given.
        """
        self.user = user
        self.calls: dict[str, Call] = {}
        self.registered = False
        """The PBX knows where we are."""
        self.malformed = 0
        """Datagrams that were no SIP."""
        self._password, self._server, self._bind = password, server, bind
        self._abilities = abilities
        self._domain = domain or server[0]
        self._offers: asyncio.Queue[Call] = asyncio.Queue(WAITING)
        self._registration: asyncio.Future[Registered | Refused] | None = None
        self._seconds = 0
        self._alarm: asyncio.TimerHandle | None = None
        self._renewal: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._server = await resolve(self._server)
        self._bind = (self._bind[0] or host_towards(self._server), self._bind[1])
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        try:
            self._socket.bind(self._bind)
        except OSError as exc:
            self._socket.close()
            hint = "is the address one of this machine's, and the port free?"
            raise SetupError("robot.bind", address=self._bind, hint=hint) from exc
        self.address: Address = self._socket.getsockname()[:2]
        identity = Identity(self.user, self._domain, self.address, lambda: secrets.token_hex(8))
        self.agent = UserAgent(identity, self._password, self._server)
        self._loop.add_reader(self._socket, self._readable)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up, take the registration back, close the socket."""
        try:
            async with asyncio.timeout(LEAVING):
                for call in list(self.calls.values()):
                    await call.hangup()
                if self._seconds:
                    await self.register(0)
        except (PeerError, TimeoutError):
            # Nobody is there to hear us leave: then leaving needs no answer.
            pass
        finally:
            for timer in (self._alarm, self._renewal):
                if timer is not None:
                    timer.cancel()
            for call in self.calls.values():
                call.line.close()
            self._loop.remove_reader(self._socket)
            self._socket.close()

    async def register(self, seconds: int = 300) -> None:
        """Tell the PBX where we are; 0 takes it back. PeerError ``sip.register`` if it refuses."""
        self._registration = self._loop.create_future()
        self.agent.register(self._loop.time(), seconds)
        self._carry()
        outcome = await self._registration
        if isinstance(outcome, Refused):
            self._seconds = 0
            raise PeerError("sip.register", status=outcome.status, hint=outcome.hint or "user and password?")
        self._renew_later(outcome, seconds)

    def start(self, target: str, headers: Headers = ()) -> Call:
        """Dial and return at once; `Call.ringing`, `Call.answered` and `Call.ended` tell what comes of it."""
        call = Call(self, self._bind[0], time.monotonic(), abilities=self._abilities)
        call.call_id = self.agent.dial(target, call.offer(), time.monotonic(), headers)
        self.calls[call.call_id] = call
        self._carry()
        return call

    async def dial(self, target: str, headers: Headers = (), patience: float = 30) -> Call:
        """
        Dial an extension, or a ``sip:`` URI directly, and return once it is answered.

        PeerError ``sip.refused`` carries the status; ``sip.unanswered`` comes after *patience* seconds.
        """
        call = self.start(target, headers)
        try:
            async with asyncio.timeout(patience):
                await call.answered()
        except TimeoutError:
            await call.hangup()
            raise PeerError("sip.unanswered", seconds=patience) from None
        return call

    async def incoming(self) -> Call:
        """Return the next call offered to us; it rings nowhere until told to."""
        return await self._offers.get()

    # --- what a call asks of us (`call.Switch`) --------------------------------------------------------

    def ring(self, call_id: str) -> None:
        self.agent.ring(call_id, self._loop.time())
        self._carry()

    def answer(self, call_id: str, sdp: bytes) -> None:
        self.agent.answer(call_id, sdp, self._loop.time())
        self._carry()

    def refuse(self, call_id: str, status: int) -> None:
        self.agent.refuse(call_id, status, self._loop.time())
        self._carry()

    def hang_up(self, call_id: str) -> None:
        self.agent.hang_up(call_id, self._loop.time())
        self._carry()

    # --- carrying --------------------------------------------------------------------------------------

    def _readable(self) -> None:
        while True:
            try:
                datagram, source = self._socket.recvfrom(65535)
            except BlockingIOError:
                break
            except ConnectionRefusedError:
                continue  # an earlier datagram found nobody; its transaction will notice
            try:
                self.agent.receive(datagram, source[:2], self._loop.time())
            except IvrError:
                self.malformed += 1
        self._carry()

    def _awake(self) -> None:
        self.agent.wake(self._loop.time())
        self._carry()

    def _carry(self) -> None:
        """Send what is due, pass on what happened, set the alarm."""
        for datagram, peer in self.agent.datagrams():
            try:
                self._socket.sendto(datagram, peer)
            except OSError:
                continue  # lost, as datagrams are; it is repeated until its transaction gives up
        for event in self.agent.events():
            self._dispatch(event)
        if self._alarm is not None:
            self._alarm.cancel()
        wake_at = self.agent.wake_at
        self._alarm = None if wake_at is None else self._loop.call_at(wake_at, self._awake)

    def _dispatch(self, event: SipEvent) -> None:
        if isinstance(event, Registered | Refused):
            self.registered = isinstance(event, Registered) and event.seconds > 0
            if self._registration is not None and not self._registration.done():
                self._registration.set_result(event)
            return
        if isinstance(event, Offered):
            self._offered(event)
            return
        call = self.calls.get(event.call_id)
        if call is None:
            return
        try:
            call.take(event, time.monotonic())
        except PeerError:
            # They agreed on audio we can't hear; a call of silence would help nobody.
            self._loop.call_soon(self.hang_up, event.call_id)
        if call.end is not None:
            del self.calls[event.call_id]

    def _offered(self, offer: Offered) -> None:
        if self._offers.full():
            self._loop.call_soon(self.refuse, offer.call_id, 486)
            return
        call = Call(self, self._bind[0], time.monotonic(), offer, self._abilities)
        self.calls[offer.call_id] = call
        self._offers.put_nowait(call)

    def _renew_later(self, outcome: Registered, asked: int) -> None:
        self._seconds = min(outcome.seconds or asked, asked)
        if self._renewal is not None:
            self._renewal.cancel()
        if self._seconds:
            self._renewal = self._loop.call_later(REFRESH * self._seconds, self._renew)

    def _renew(self) -> None:
        self.agent.register(self._loop.time(), self._seconds)
        self._carry()
        self._renewal = self._loop.call_later(REFRESH * self._seconds, self._renew)


async def resolve(server: Address) -> Address:
    """Return a server's IPv4 address; SetupError ``robot.server`` if its name has none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            *server, family=socket.AF_INET, type=socket.SOCK_DGRAM
        )
    except (socket.gaierror, UnicodeError) as exc:
        raise SetupError("robot.server", server=server[0], hint="no address of that name") from exc
    host, port = found[0][4][:2]
    return str(host), int(port)


def host_towards(server: Address) -> str:
    """Return the address of ours from which datagrams to a server leave; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(server)
        except OSError as exc:
            raise SetupError("robot.server", server=server[0], hint="no route to it") from exc
        return str(probe.getsockname()[0])
