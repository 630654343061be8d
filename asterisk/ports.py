"""Free ports for a lab: each lab has a slot of its own, below the range the kernel gives to clients."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass

from ivr_ari.errors import SetupError

__all__ = ["Ports", "allot", "can_bind", "slot_of"]

SLOTS = 20
RTP_BASE = 10_000
RTP_EACH = 400
"""Four ports a call (the telephone's RTP and RTCP, our leg's RTP and RTCP): a hundred calls."""
MEDIA_BASE = RTP_BASE + SLOTS * RTP_EACH
MEDIA_EACH = 200
CONTROL_BASE = MEDIA_BASE + SLOTS * MEDIA_EACH
CONTROL_EACH = 10


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of one slot; ranges include both ends."""

    slot: int

    @property
    def rtp(self) -> tuple[int, int]:
        """Asterisk's RTP and RTCP (UDP)."""
        first = RTP_BASE + self.slot * RTP_EACH
        return first, first + RTP_EACH - 1

    @property
    def media(self) -> tuple[int, int]:
        """The service's RTP (UDP)."""
        first = MEDIA_BASE + self.slot * MEDIA_EACH
        return first, first + MEDIA_EACH - 1

    def control(self, which: int) -> int:
        return CONTROL_BASE + self.slot * CONTROL_EACH + which

    @property
    def sip(self) -> int:
        return self.control(0)

    @property
    def http(self) -> int:
        return self.control(1)

    @property
    def https(self) -> int:
        return self.control(2)

    @property
    def ami(self) -> int:
        return self.control(3)

    @property
    def agi(self) -> int:
        return self.control(4)

    @property
    def web(self) -> int:
        return self.control(5)

    @property
    def softphone(self) -> int:
        return self.control(6)


def slot_of(sip_port: int) -> int:
    """Return the slot that a lab with this SIP port has."""
    return (sip_port - CONTROL_BASE) // CONTROL_EACH


def allot(taken: Iterable[int]) -> Ports:
    """
    Return the first slot whose ports are free; *taken* are the slots of labs that are up.

    The caller holds the labs' lock until the lab is written down. SetupError if none is free.
    """
    used = set(taken)
    for slot in range(SLOTS):
        ports = Ports(slot)
        if slot not in used and free(ports):
            return ports
    raise SetupError("lab.no-ports", hint=f"{len(used)} labs are up: python -m asterisk.lab down --all")


def free(ports: Ports) -> bool:
    """Whether nobody holds the slot's control ports and the ends of its ranges."""
    streams = [ports.http, ports.https, ports.ami, ports.agi, ports.web]
    datagrams = [ports.sip, ports.softphone, *ports.rtp, *ports.media]
    return all(can_bind(port, socket.SOCK_STREAM) for port in streams) and all(
        can_bind(port, socket.SOCK_DGRAM) for port in datagrams
    )


def can_bind(port: int, kind: socket.SocketKind, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
