"""Session descriptions of one audio stream (RFC 8866), and the answer to an offer (RFC 3264)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import PeerError
from ..media.codecs import CODECS
from ..media.rtp import FRAME_MS, L16_WIDE_TYPE, PCMA_TYPE, PCMU_TYPE, TELEPHONE_EVENT_TYPE
from .sip import Address

__all__ = ["NARROW", "NO_EVENTS", "WIDE", "Abilities", "Media", "describe", "parse_sdp"]

CONTENT_TYPE = "application/sdp"
EVENTS = re.compile(r"a=rtpmap:(\d{1,3}) telephone-event/8000", re.IGNORECASE)
WIDE_MAP = re.compile(rf"a=rtpmap:{L16_WIDE_TYPE} L16/16000", re.IGNORECASE)
AUDIO = re.compile(r"m=audio (\d{1,5})(?:/\d+)? RTP/AVPF? ([\d ]+)")
CONNECTION = re.compile(r"c=IN IP4 (\d{1,3}(?:\.\d{1,3}){3})")
OURS = (PCMU_TYPE, PCMA_TYPE)


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a telephone of ours can do."""

    payload_types: tuple[int, ...] = OURS
    """What it speaks and hears, the best first; 118 is the PBX's own number for linear audio at 16 kHz."""

    event_type: int | None = TELEPHONE_EVENT_TYPE
    """Payload type of its keys (RFC 4733); None: its keys are tones in the audio."""


NARROW = Abilities()
WIDE = Abilities((L16_WIDE_TYPE, *OURS))
NO_EVENTS = Abilities(event_type=None)


@dataclass(frozen=True, slots=True)
class Media:
    """What the other side said about its audio."""

    address: Address
    """Where it wants to receive RTP."""

    payload_types: tuple[int, ...]
    """Payload types both sides know, in its order of preference."""

    event_type: int | None
    """Its payload type of telephone events (RFC 4733), None if it takes no keys."""


def parse_sdp(body: bytes, known: Sequence[int] = WIDE.payload_types) -> Media:
    """Return the first audio stream; PeerError ``sdp.unusable`` says why there is none for us."""
    session, *sections = re.split(r"(?m)^(?=m=)", body.decode("utf-8", "replace").replace("\r\n", "\n"))
    for section in sections:
        audio = AUDIO.match(section)
        if audio is None or audio[1] == "0":
            continue
        place = CONNECTION.search(section) or CONNECTION.search(session)
        if place is None:
            raise PeerError("sdp.unusable", what="no IPv4 address")
        formats = [int(word) for word in audio[2].split()]
        events = [int(number) for number in EVENTS.findall(section)]
        shared = tuple(number for number in formats if number in known and is_ours(number, section))
        if not shared:
            raise PeerError("sdp.unusable", what="no G.711", offered=formats)
        event_type = next((number for number in events if number in formats), None)
        return Media((place[1], int(audio[1])), shared, event_type)
    raise PeerError("sdp.unusable", what="no audio")


def is_ours(payload_type: int, section: str) -> bool:
    """Whether a number means what it means to us: a dynamic one is what its sender says it is."""
    return payload_type != L16_WIDE_TYPE or WIDE_MAP.search(section) is not None


def describe(
    address: Address,
    payload_types: Sequence[int] = OURS,
    event_type: int | None = TELEPHONE_EVENT_TYPE,
    version: int = 1,
) -> bytes:
    """Return an offer or an answer: audio received at *address*, in these payload types."""
    host, port = address
    formats = [*payload_types, *([] if event_type is None else [event_type])]
    lines = [
        "v=0",
        f"o=- {port} {version} IN IP4 {host}",
        "s=-",
        f"c=IN IP4 {host}",
        "t=0 0",
        f"m=audio {port} RTP/AVP {' '.join(map(str, formats))}",
        *(f"a=rtpmap:{number} {CODECS[number].name}/{CODECS[number].rate_hz}" for number in payload_types),
    ]
    if event_type is not None:
        lines += [f"a=rtpmap:{event_type} telephone-event/8000", f"a=fmtp:{event_type} 0-15"]
    lines += [f"a=ptime:{FRAME_MS}", "a=sendrecv", ""]
    return "\r\n".join(lines).encode()
