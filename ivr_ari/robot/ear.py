"""
The hearing side of a call: every packet with the moment it arrived, as sound.

Knows no socket and no clock: whoever reads the socket says when a packet came.
"""

from __future__ import annotations

import wave
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..errors import MediaError
from ..media.codecs import CODECS, SAMPLE_RATE, Pcm
from ..media.jitter import JitterBuffer
from ..media.rtp import FRAME_MS, RtpPacket, sequence_distance
from .keys import read_key
from .timing import LOUD_DBFS, Sounding, first_audio_after, level_dbfs

__all__ = ["Ear", "Sound"]

LONGEST = 30 * 60 * 50
"""Packets kept: half an hour of a call."""

MOST_LOST = 5
"""Packets in a row that are lost; more of them missing are a pause, or a sender that counts anew."""

DRIFT_S = 0.1
"""By how much arrival and playing time may differ before a pause is written into the recording."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One packet of audio, in order."""

    at: float
    """Seconds, when it arrived."""

    pcm: Pcm
    level: float
    """dBFS."""

    lost: int = 0
    """Packets missing before it."""


class Ear:
    """Hears one call. *heard* is called with each packet of audio, in order."""

    def __init__(self, heard: Callable[[Sound], None] = lambda sound: None) -> None:
        self.sounds: deque[Sound] = deque(maxlen=LONGEST)
        self.keys = ""
        """What the other side keyed."""
        self.buffer = JitterBuffer()
        self.malformed = 0
        self.packets = 0
        self.rate_hz = SAMPLE_RATE
        """Samples a second of what is heard; 8 kHz until a packet of another codec came."""
        self.first_at: float | None = None
        """Seconds, arrival of the first packet."""
        self._heard = heard
        self._arrived: dict[int, float] = {}
        self._levels: deque[Sounding] = deque(maxlen=LONGEST)
        self._key_at: int | None = None
        self._last: int | None = None

    def hear(self, datagram: bytes, at: float) -> None:
        """Take one datagram that arrived at *at*; what is no RTP is counted."""
        try:
            packet = RtpPacket.parse(datagram)
        except MediaError:
            self.malformed += 1
            return
        self.packets += 1
        if self.first_at is None:
            self.first_at = at
        # Timestamps name packets beyond the reordering; few wait, so few are remembered.
        if len(self._arrived) > 64:
            self._arrived.clear()
        self._arrived[packet.timestamp] = at
        for frame in self.buffer.put(packet, 1000 * at):
            lost = 0 if self._last is None else sequence_distance(self._last, frame.sequence) - 1
            self._last = frame.sequence
            came = self._arrived.pop(frame.timestamp, at)
            codec = CODECS.get(frame.payload_type)
            if codec is not None:
                self.rate_hz = codec.rate_hz
                self._listen(codec.decode(frame.payload), came, min(max(lost, 0), MOST_LOST))
            elif frame.payload_type >= 96:
                self._feel(frame.payload, frame.timestamp)

    def first_audio_after(
        self, after: float, threshold_dbfs: float = LOUD_DBFS, quiet_ms: float = 200
    ) -> float | None:
        """Return when the answer to what ended at *after* began to be heard, None if it has not."""
        return first_audio_after(self._levels, after, threshold_dbfs=threshold_dbfs, quiet_ms=quiet_ms)

    def levels(self) -> tuple[Sounding, ...]:
        """Return when each packet came and how loud it was."""
        return tuple(self._levels)

    def recording(self) -> Pcm:
        """Return all that was heard as one piece: losses and pauses as silence."""
        pieces: list[Pcm] = []
        length, began = 0, self.sounds[0].at if self.sounds else 0.0
        for sound in self.sounds:
            behind = round((sound.at - began) * self.rate_hz) - length
            gap = behind if behind > DRIFT_S * self.rate_hz else sound.lost * self.rate_hz * FRAME_MS // 1000
            pieces += [np.zeros(gap, np.int16), sound.pcm]
            length += gap + sound.pcm.size
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int16)

    def write_wav(self, path: Path) -> None:
        """Write the recording as mono 16-bit WAV."""
        with wave.open(str(path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(self.rate_hz)
            out.writeframes(self.recording().astype("<i2").tobytes())

    def _listen(self, pcm: Pcm, at: float, lost: int) -> None:
        sound = Sound(at, pcm, level_dbfs(pcm), lost)
        self._levels.append(Sounding(at, sound.level))
        self.sounds.append(sound)
        self._heard(sound)

    def _feel(self, payload: bytes, timestamp: int) -> None:
        # RFC 4733: all packets of one key have one timestamp, so the first of them counts it.
        key, _ = read_key(payload)
        if key and timestamp != self._key_at:
            self._key_at = timestamp
            self.keys += key
