"""One call of the robot, as its owner sees it: who it is with, what was heard, when what happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ..errors import CallGone, PeerError
from ..media.codecs import SAMPLE_RATE, Pcm
from .ear import Ear, Sound
from .line import Line
from .mouth import Mouth, Utterance
from .sdp import NARROW, Abilities, Media, describe, parse_sdp
from .signals import Answered, Ended, Moved, Offered, Progress
from .sip import Headers

__all__ = ["Call", "CallTimes", "Switch"]

CallEvent = Progress | Answered | Moved | Ended


@dataclass(slots=True)
class CallTimes:
    """Seconds on the monotonic clock; None for what has not happened."""

    invited: float
    """Our INVITE left, or theirs came."""

    ringing: float | None = None
    answered: float | None = None
    """The 200 came, or the ACK of ours."""

    ended: float | None = None


def ignore(sound: Sound) -> None:
    """Do nothing with what is heard beyond recording it."""


class Switch(Protocol):
    """What a call needs of its telephone."""

    def ring(self, call_id: str) -> None:
        """Send 180."""

    def answer(self, call_id: str, sdp: bytes) -> None:
        """Send 200."""

    def refuse(self, call_id: str, status: int) -> None:
        """Send a refusal."""

    def hang_up(self, call_id: str) -> None:
        """Send CANCEL, BYE or 603, whichever the call's state asks for."""


class Call:
    """Made by `Phone`. Its line is open from the start, so nothing said early is missed."""

    def __init__(
        self,
        switch: Switch,
        host: str,
        now: float,
        offer: Offered | None = None,
        abilities: Abilities = NARROW,
    ) -> None:
        self.call_id = offer.call_id if offer else ""
        self.headers: Headers = offer.headers if offer else ()
        """Of the INVITE that offered it; empty for a call of ours."""
        self.sdp = offer.sdp if offer else b""
        """What that INVITE offered."""
        self.line = Line(host, self._sounded, abilities)
        self.on_sound: Callable[[Sound], None] = ignore
        """Called with each packet of audio, in order."""
        self.times = CallTimes(now)
        self.end: Ended | None = None
        self._switch = switch
        self._news = asyncio.Event()
        self._up = asyncio.Event()
        self._ringing = asyncio.Event()
        self._over = asyncio.Event()

    @property
    def ear(self) -> Ear:
        return self.line.ear

    @property
    def mouth(self) -> Mouth:
        return self.line.mouth

    @property
    def is_up(self) -> bool:
        """Both sides agreed and nobody has hung up."""
        return self._up.is_set() and not self._over.is_set()

    def header(self, name: str) -> str:
        """Return a header of the INVITE that offered this call; empty if it had none of that name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    # --- an offered call -------------------------------------------------------------------------------

    def ring(self) -> None:
        """Let the caller hear that it rings."""
        self._switch.ring(self.call_id)

    async def answer(self) -> None:
        """
        Take the call; return when the caller has confirmed it.

        CallGone ``robot.over`` or PeerError ``sip.ended`` if they left before, PeerError ``sdp.unusable``
        if they offered nothing we can hear.
        """
        self._needs_peer()
        try:
            media = self._media(self.sdp) if self.sdp else None
        except PeerError:
            self.refuse(488)
            raise
        if media is None:
            # They leave the offer to us and answer it in their ACK (RFC 3261, section 13.2.2.4).
            self._switch.answer(self.call_id, self.offer())
        else:
            event_type = media.event_type if self.line.abilities.event_type is not None else None
            ours = describe(self.line.address, media.payload_types[:1], event_type)
            self._switch.answer(self.call_id, ours)
            self.line.connect(media)
        await self.answered()

    def refuse(self, status: int = 486) -> None:
        """Refuse the call: 486 busy, 480 nobody there, 603 not wanted."""
        self._switch.refuse(self.call_id, status)

    # --- any call --------------------------------------------------------------------------------------

    async def ringing(self) -> None:
        """Wait until it rings, is answered or over."""
        await self._first(self._ringing, self._up, self._over)

    async def answered(self) -> None:
        """Wait until it is up; PeerError ``sip.refused`` or ``sip.ended`` if it never will be."""
        await self._first(self._up, self._over)
        if self.end is not None:
            code = "sip.refused" if self.end.cause == "refused" else "sip.ended"
            raise PeerError(code, status=self.end.status, cause=self.end.cause)

    async def ended(self) -> Ended:
        """Wait until it is over; say how."""
        await self._over.wait()
        assert self.end is not None, "the event is set after the value"
        return self.end

    async def hangup(self) -> Ended:
        """End it, and wait until the other side knows."""
        self._switch.hang_up(self.call_id)
        return await self.ended()

    def offer(self) -> bytes:
        """Return the description of what our telephone can do."""
        can = self.line.abilities
        return describe(self.line.address, can.payload_types, can.event_type)

    def say(self, pcm: Pcm, rate_hz: int = SAMPLE_RATE) -> Utterance:
        """Queue samples; CallGone ``robot.over`` if nobody is there to hear them."""
        self._needs_peer()
        return self.line.speech.say(pcm, rate_hz)

    def send_keys(self, keys: str, hold_ms: int = 100, gap_ms: int = 100) -> Utterance:
        """Press keys, as events (RFC 4733) or tones; CallGone ``robot.over`` if nobody is there."""
        self._needs_peer()
        return self.line.speech.press(keys, hold_ms, gap_ms)

    async def heard(self, enough: Callable[[], bool]) -> None:
        """Wait until *enough* holds, asked after each packet; CallGone ``robot.over`` if it never will."""
        while not enough():
            self._needs_peer()
            await self._news.wait()

    async def first_audio_after(self, after: float, quiet_ms: float = 200) -> float:
        """Wait for the answer's first audible packet; return when it came, seconds."""
        await self.heard(lambda: self.ear.first_audio_after(after, quiet_ms=quiet_ms) is not None)
        found = self.ear.first_audio_after(after, quiet_ms=quiet_ms)
        assert found is not None, "that is what was waited for"
        return found

    # --- what the telephone tells ----------------------------------------------------------------------

    def take(self, event: CallEvent, now: float) -> None:
        """Note what the signalling says happened."""
        match event:
            case Progress(status=status, sdp=sdp):
                self._progress(status, sdp, now)
            case Answered(sdp=sdp):
                self._connect(sdp)
                self.times.answered = now
                self._up.set()
            case Moved(sdp=sdp):
                self._connect(sdp)
            case Ended():
                self.end, self.times.ended = event, now
                self.line.close()
                self._over.set()
                self._wake()

    def _progress(self, status: int, sdp: bytes, now: float) -> None:
        if status >= 180:
            self.times.ringing = self.times.ringing or now
            self._ringing.set()
        self._connect(sdp)

    def _connect(self, sdp: bytes) -> None:
        if sdp:
            self.line.connect(self._media(sdp))

    def _media(self, sdp: bytes) -> Media:
        return parse_sdp(sdp, self.line.abilities.payload_types)

    def _sounded(self, sound: Sound) -> None:
        self.on_sound(sound)
        self._wake()

    def _wake(self) -> None:
        # Who waits holds the old event; who comes later waits for the next packet.
        self._news.set()
        self._news = asyncio.Event()

    def _needs_peer(self) -> None:
        if self._over.is_set():
            raise CallGone("robot.over")

    async def _first(self, *events: asyncio.Event) -> None:
        waiting = [asyncio.ensure_future(event.wait()) for event in events]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
