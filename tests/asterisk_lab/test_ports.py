"""Ports of labs that live side by side."""

from __future__ import annotations

import itertools
import socket

import pytest

from asterisk import ports
from asterisk.ports import CONTROL_EACH, SLOTS, Ports, allot, can_bind, slot_of
from ivr_ari.errors import SetupError

CLIENT_PORTS = 32_768
"""From here on the kernel gives ports to clients (ip_local_port_range), so nobody may rely on one."""


def test_slots_share_no_port() -> None:
    """Every port and range of every slot is its own, and below the kernel's range for clients."""
    spans = []
    for slot in map(Ports, range(SLOTS)):
        spans += [slot.rtp, slot.media, (slot.control(0), slot.control(CONTROL_EACH - 1))]
    spans.sort()

    assert all(before[1] < after[0] for before, after in itertools.pairwise(spans))
    assert spans[-1][1] < CLIENT_PORTS


def test_ranges_begin_even() -> None:
    """RTP takes even ports, RTCP the odd one above (RFC 3550, section 11)."""
    assert not any(first % 2 for slot in map(Ports, range(SLOTS)) for first in (slot.rtp[0], slot.media[0]))


def test_a_taken_slot_is_passed_over() -> None:
    """A slot of a lab that is up is not given again, even if its ports look free."""
    first = allot([])

    assert allot([first.slot]).slot != first.slot
    assert slot_of(first.sip) == first.slot


def test_a_port_in_use_is_noticed() -> None:
    """Somebody else's server on one port of a slot takes the whole slot."""
    first = allot([])
    with socket.create_server(("127.0.0.1", first.http)):
        assert allot([]).slot != first.slot


def test_all_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing is free the one line says what to do."""
    monkeypatch.setattr(ports, "SLOTS", 2)

    with pytest.raises(SetupError) as caught:
        allot([0, 1])

    assert "down --all" in str(caught.value)


def test_can_bind() -> None:
    """An address that is not this machine's can't be bound."""
    assert not can_bind(5060, socket.SOCK_DGRAM, "192.0.2.1")
