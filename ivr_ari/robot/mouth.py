"""
The speaking side of a call: one RTP packet every 20 ms, speech where there is some, silence otherwise.

`Speech` is the queue and knows no clock; `Mouth` sends what it gives at monotonic deadlines and remembers
the moment at which the last voiced sample of each utterance left.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import soxr

from ..media.codecs import CODECS, SAMPLE_RATE, Pcm
from ..media.rtp import FRAME_MS, TELEPHONE_EVENT_TYPE, Sender, frame_samples
from .keys import KeyFrame, key_frames, key_tone
from .timing import last_voiced, percentile

__all__ = ["Mouth", "Pace", "Speech", "Utterance"]

TICK = FRAME_MS / 1000
LATEST = 10 * TICK
"""Seconds behind its deadlines after which the mouth skips time instead of sending a burst."""

LONGEST_BENEATH = 60_000 // FRAME_MS
LATEST_ECHO = 80 // FRAME_MS
"""Packets."""


@dataclass(slots=True)
class Utterance:
    """Something to be said or keyed, and when that happened."""

    frames: deque[Pcm | KeyFrame]
    voiced: int
    """How many of the frames come up to and with the last voiced sample or the last key's end."""

    began_at: float | None = None
    """Seconds; when its first packet left."""

    ended_at: float | None = None
    """Seconds; when the packet with its last voiced sample left: the end of speech."""

    sent: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the end of speech has left, or the utterance was cut off."""


class Speech:
    """What is still to be sent. Bounded by what its owner puts in: a clip is held once, as samples."""

    def __init__(self, sender: Sender, event_type: int | None = TELEPHONE_EVENT_TYPE) -> None:
        self.sender = sender
        self.event_type = event_type
        self.waiting: deque[Utterance] = deque()
        self._key_at = sender.timestamp
        self._beneath: deque[Pcm] = deque(maxlen=LONGEST_BENEATH)

    @property
    def rate_hz(self) -> int:
        """Samples a second on the wire."""
        return CODECS[self.sender.payload_type].rate_hz

    @property
    def frame_samples(self) -> int:
        """Samples of a packet."""
        return frame_samples(self.rate_hz)

    def say(self, pcm: Pcm, rate_hz: int = SAMPLE_RATE) -> Utterance:
        """Queue samples; the last packet is filled up with silence."""
        voiced_ms = 1000 * last_voiced(pcm, rate_hz=rate_hz) / rate_hz
        if rate_hz != self.rate_hz:
            pcm = soxr.resample(pcm, rate_hz, self.rate_hz)
        padded = np.pad(pcm.astype(np.int16), (0, -pcm.size % self.frame_samples))
        frames: deque[Pcm | KeyFrame] = deque(padded.reshape(-1, self.frame_samples))
        voiced = min(math.ceil(voiced_ms / FRAME_MS), len(frames)) or len(frames)
        return self._queue(Utterance(frames, voiced))

    def press(self, keys: str, hold_ms: int = 100, gap_ms: int = 100) -> Utterance:
        """Queue keys, as events or as tones; SetupError ``robot.key`` if a telephone has no such key."""
        frames: deque[Pcm | KeyFrame] = deque()
        voiced = 0
        pause = [np.zeros(self.frame_samples, np.int16)] * max(1, gap_ms // FRAME_MS)
        for key in keys:
            if self.event_type is None:
                tone = key_tone(key, hold_ms, self.rate_hz)
                frames.extend(
                    np.pad(tone, (0, -tone.size % self.frame_samples)).reshape(-1, self.frame_samples)
                )
                voiced = len(frames)
            else:
                for frame in key_frames(key, hold_ms):
                    frames.append(frame)
                    voiced = len(frames) if frame.last else voiced
            frames.extend(pause)
        return self._queue(Utterance(frames, voiced))

    def beneath(self, pcm: Pcm) -> None:
        """
        Let samples at our rate be heard under whatever is said, keys excepted: music, a street.

        They follow those that wait already, in whole packets; past a minute the oldest are dropped.
        """
        padded = np.pad(pcm.astype(np.int16), (0, -pcm.size % self.frame_samples))
        self._beneath.extend(padded.reshape(-1, self.frame_samples))

    def give_back(self, pcm: Pcm, gain_db: float) -> None:
        """Let what was just heard be heard beneath, as a telephone with echo does: no later than 80 ms."""
        while len(self._beneath) >= LATEST_ECHO:
            self._beneath.popleft()
        self.beneath((pcm * 10 ** (gain_db / 20)).astype(np.int16))

    def stop(self) -> None:
        """Say nothing more of what is queued."""
        self._beneath.clear()
        for utterance in self.waiting:
            utterance.over.set()
        self.waiting.clear()

    def next_packet(self, now: float) -> bytes:
        """Return the datagram of these 20 ms and note, with *now*, what it ends."""
        frame = self._mixed(self._next_frame(now))
        if isinstance(frame, KeyFrame) and self.event_type is not None:
            if frame.first:
                self._key_at = self.sender.timestamp
            packet = self.sender.send_event(frame.payload, self._key_at, frame.first, self.event_type)
            return packet.serialize()
        assert not isinstance(frame, KeyFrame), "keys were queued as tones"
        codec = CODECS[self.sender.payload_type]
        payload = codec.quiet * self.frame_samples if frame is None else codec.encode(frame)
        return self.sender.send(payload, self.frame_samples).serialize()

    def _queue(self, utterance: Utterance) -> Utterance:
        if utterance.frames:
            self.waiting.append(utterance)
        else:
            utterance.over.set()
        return utterance

    def _mixed(self, frame: Pcm | KeyFrame | None) -> Pcm | KeyFrame | None:
        """Add what is heard beneath; it goes on while keys are sent."""
        if not self._beneath:
            return frame
        beneath = self._beneath.popleft()
        if frame is None or isinstance(frame, KeyFrame):
            return beneath if frame is None else frame
        both: Pcm = np.clip(frame.astype(np.int32) + beneath, -32768, 32767).astype(np.int16)
        return both

    def _next_frame(self, now: float) -> Pcm | KeyFrame | None:
        if not self.waiting:
            return None
        utterance = self.waiting[0]
        frame = utterance.frames.popleft()
        utterance.sent += 1
        if utterance.began_at is None:
            utterance.began_at = now
        if utterance.sent == utterance.voiced:
            utterance.ended_at = now
            utterance.over.set()
        if not utterance.frames:
            self.waiting.popleft()
        return frame


@dataclass(frozen=True, slots=True)
class Pace:
    """How evenly packets left."""

    packets: int
    late_p50_ms: float
    late_p99_ms: float
    late_max_ms: float
    """Milliseconds after the deadline at which a packet was handed to the kernel."""

    skipped: int
    """Packets never sent because the loop was held up for too long."""


class Mouth:
    """Sends a packet every 20 ms from `run` until it is cancelled."""

    def __init__(self, speech: Speech, send: Callable[[bytes], None], clock: Callable[[], float]) -> None:
        self.speech = speech
        self.skipped = 0
        self._send = send
        self._clock = clock
        self._late: deque[float] = deque(maxlen=50_000)  # a quarter of an hour

    async def run(self) -> None:
        """Speak until cancelled; never stops sending, silence is packets too."""
        due = self._clock()
        while True:
            now = self._clock()
            self._late.append(now - due)
            self._send(self.speech.next_packet(now))
            due += TICK
            behind = self._clock() - due
            if behind > LATEST:
                missed = int(behind / TICK)
                self.speech.sender.skip(missed * self.speech.frame_samples)
                self.skipped += missed
                due += missed * TICK
            await asyncio.sleep(max(0.0, due - self._clock()))

    def pace(self) -> Pace:
        """Return the measured evenness so far."""
        late = [1000 * seconds for seconds in self._late]
        middle, most, worst = (percentile(late, share) for share in (0.5, 0.99, 1.0))
        return Pace(len(late), middle, most, worst, self.skipped)
