"""Session descriptions of one audio stream (RFC 8866), and the answer to an offer (RFC 3264)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import PeerError
from ..media.codecs import CODECS
from ..media.rtp import FRAME_MS, PCMA_TYPE, PCMU_TYPE, TELEPHONE_EVENT_TYPE
from .sip import Address

__all__ = ["Media", "describe", "parse_sdp"]

CONTENT_TYPE = "application/sdp"
RTPMAP = re.compile(r"a=rtpmap:(\d{1,3}) telephone-event/8000", re.IGNORECASE)
AUDIO = re.compile(r"m=audio (\d{1,5})(?:/\d+)? RTP/AVPF? ([\d ]+)")
CONNECTION = re.compile(r"c=IN IP4 (\d{1,3}(?:\.\d{1,3}){3})")
OURS = (PCMU_TYPE, PCMA_TYPE)


@dataclass(frozen=True, slots=True)
class Media:
    """What the other side said about its audio."""

    address: Address
    """Where it wants to receive RTP."""

    payload_types: tuple[int, ...]
    """G.711 payload types both sides know, in its order of preference."""

    event_type: int | None
    """Its payload type of telephone events (RFC 4733), None if it takes no keys."""


def parse_sdp(body: bytes, known: Sequence[int] = OURS) -> Media:
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
        events = [int(number) for number in RTPMAP.findall(section)]
        shared = tuple(number for number in formats if number in known)
        if not shared:
            raise PeerError("sdp.unusable", what="no G.711", offered=formats)
        event_type = next((number for number in events if number in formats), None)
        return Media((place[1], int(audio[1])), shared, event_type)
    raise PeerError("sdp.unusable", what="no audio")


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
        *(f"a=rtpmap:{number} {CODECS[number].name}/8000" for number in payload_types),
    ]
    if event_type is not None:
        lines += [f"a=rtpmap:{event_type} telephone-event/8000", f"a=fmtp:{event_type} 0-15"]
    lines += [f"a=ptime:{FRAME_MS}", "a=sendrecv", ""]
    return "\r\n".join(lines).encode()
