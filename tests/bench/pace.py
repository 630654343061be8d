"""
How evenly packets leave and what the media path costs: ``python -m tests.bench.pace --calls 50 --idle``.

Sessions with their lines and sockets stand in one process, their callers in another; RTP goes both ways
over the loopback. Engines are off: recognition, understanding and voice are stand-ins that are up and do
nothing, so that what is measured is the controller's own. A caller talks for 35 % of the time, a prompt
plays for 40 %; with ``--idle`` nobody says anything. Prints JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import multiprocessing
import re
import resource
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ivr_ari.actions import Actions
from ivr_ari.adapters.rtp_socket import MediaPorts, RtpSocket, Ticker
from ivr_ari.engines import SpeechEngine, UnderstandingEngine, VoiceEngine
from ivr_ari.events import Began, Heard
from ivr_ari.journal import Page
from ivr_ari.language.load import parse_flow
from ivr_ari.media.codecs import BY_FORMAT, Codec
from ivr_ari.media.line import Line
from ivr_ari.media.rtp import FRAME_MS, Sender, frame_samples
from ivr_ari.media.wideband import voice_for
from ivr_ari.session import Engines, Session
from tests.dialogue.small import SMALL
from tests.standins import Deaf, Voice

from .pace_peers import Stream, drift_ppm, errors_ms, open_wire, talk

FIRST_PORT = 47_000
SETTLE_S = 2.0
"""Left out of every figure: the first packets, the first prompts."""

CYCLE_MS = 8000
TALKING_MS = 2800
PROMPT_MS = 3200
"""Of each cycle the caller talks 35 %, then a prompt plays for 40 %."""

RUNGS = 100
LADDERS = "".join(
    f"  {ladder}:\n" + "    - say: sorry\n" * RUNGS + f"    - {end}\n"
    for ladder, end in (("silence", "leave: error"), ("no-match", "hand-over: agent"))
)
FLOW = re.sub(r"(?ms)^ladders:\n.*?(?=^\S)", f"ladders:\n{LADDERS}", SMALL)
"""A caller who is never understood is asked again, and again."""


@dataclass(frozen=True, slots=True)
class Paced:
    """What was measured; times in ms."""

    calls: int
    seconds: float
    idle: bool
    packets: int
    missing: int
    """Packets that should have come and did not."""

    error_p50_ms: float
    error_p99_ms: float
    error_max_ms: float
    drift_ppm: float
    """Of the median stream, against the machine's clock."""

    cpu_percent_a_call: float
    """Of one core, of the controller's process, per call."""

    wakeups_per_s: float
    loop_late_ms: float
    """Worst lateness of the ticker."""

    heard: int
    """Frames of callers' audio that reached the sessions, per call and second."""


class Ear(Deaf):
    """A recogniser that finds no words in anything, at once."""

    def __init__(self) -> None:
        super().__init__()
        self.sessions: dict[str, Session] = {}

    def flush(self, call: str, id: str) -> None:
        asyncio.get_running_loop().call_soon(self.sessions[call].heard, id, Heard(()))


class Mouth(Voice):
    """A voice that has everything it says ready: the same sound."""

    def __init__(self, sessions: dict[str, Session], rate_hz: int) -> None:
        super().__init__()
        self.sessions = sessions
        self.sound = speech_like(PROMPT_MS, rate_hz).tobytes()

    def speak(self, call: str, id: str, *_: Any, **__: Any) -> None:
        asyncio.get_running_loop().call_soon(self._spoken, call, id)

    def _spoken(self, call: str, id: str) -> None:
        self.sessions[call].chunk(id, self.sound)
        self.sessions[call].voiced(id, PROMPT_MS)


class Blank:
    """A page that keeps nothing."""

    def keep(self, *_: object) -> None:
        pass


def speech_like(ms: int, rate_hz: int) -> NDArray[np.int16]:
    """Return what a voice detector takes for speech: harmonics of 120 Hz in four syllables a second."""
    t = np.arange(ms * rate_hz // 1000) / rate_hz
    tone = sum(np.sin(2 * np.pi * 120 * k * t) / k for k in range(1, 25))
    return np.asarray(6000 * tone * np.sin(2 * np.pi * 2 * t) ** 2, "<i2")


def caller(codec: Codec, idle: bool) -> tuple[bytes, ...]:
    """Return the payloads of one cycle of a caller: talk, if not *idle*, and the hiss of a line."""
    rate_hz = codec.rate_hz
    heard = np.random.default_rng(7).normal(0, 12, CYCLE_MS * rate_hz // 1000)
    if not idle:
        talk = speech_like(TALKING_MS, rate_hz)
        heard[: len(talk)] += talk
    frames = heard.astype("<i2").reshape(CYCLE_MS // FRAME_MS, -1)
    return tuple(codec.encode(frame) for frame in frames)


class Controller:
    """All calls of one controller, without its peers."""

    def __init__(self, codec: Codec) -> None:
        self.codec = codec
        self.sessions: dict[str, Session] = {}
        self.sockets: list[RtpSocket] = []
        self.lines: list[Line] = []
        self.ticker = Ticker()
        self.ear = Ear()
        self.ear.sessions = self.sessions
        self.engines = Engines(
            cast(SpeechEngine, self.ear),
            cast(UnderstandingEngine, Deaf()),
            cast(VoiceEngine, Mouth(self.sessions, codec.rate_hz)),
        )
        self.flow = parse_flow(FLOW, "waiting.yaml")
        self.ports = MediaPorts("127.0.0.1", FIRST_PORT, FIRST_PORT + 2000)

    async def begin(self, count: int) -> list[int]:
        """Open *count* calls; return their ports."""
        for number in range(count):
            line = Line(self.codec, Sender(number, 0, 0), lambda pcm: None)
            socket = await RtpSocket.open(self.ports, self.ticker, line)
            call_id = f"ivr-{number}"
            session = Session(
                call_id,
                self.flow,
                Began("2026-03-15"),
                line=line,
                engines=self.engines,
                actions=cast(Actions, None),
                channel=call_id,
                page=cast(Page, Blank()),
                moment=lambda: "2026-03-15T10:30",
                clock=asyncio.get_running_loop().time,
            )
            line.on_frame, line.on_progress = session.frame, session.progress
            line.on_sent = session.sent
            self.sessions[call_id] = session
            self.sockets.append(socket)
            self.lines.append(line)
        return [socket.port for socket in self.sockets]

    def aim(self, ports: Sequence[int]) -> None:
        """Send to these ports, and begin to talk."""
        for socket, port in zip(self.sockets, ports, strict=True):
            socket.aim("127.0.0.1", port)
        for session in self.sessions.values():
            session.start()


async def control(calls: int, seconds: float, format: str, far: Connection) -> None:
    """The controller's process: say the ports, get the callers', serve them, tell what it cost."""
    controller = Controller(BY_FORMAT[format])
    far.send(await controller.begin(calls))
    ports = await asyncio.to_thread(far.recv)
    ticking = asyncio.create_task(controller.ticker.run())
    controller.aim(ports)
    gc.collect()
    gc.freeze()  # as the service does when it is ready
    await asyncio.sleep(SETTLE_S)
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    controller.ticker.take_late()
    heard = sum(line.counters.received for line in controller.lines)
    await asyncio.sleep(seconds)
    after, lasted = resource.getrusage(resource.RUSAGE_SELF), time.monotonic() - began
    far.send(
        {
            "cpu_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            "lasted_s": lasted,
            "wakeups": after.ru_nvcsw - before.ru_nvcsw,
            "late_ms": controller.ticker.take_late(),
            "heard": sum(line.counters.received for line in controller.lines) - heard,
            "over": sum(
                session.call.over or session.ending.done() for session in controller.sessions.values()
            ),
        }
    )
    ticking.cancel()


def serve(calls: int, seconds: float, format: str, far: Connection) -> None:
    asyncio.run(control(calls, seconds, format, far))


def paced(calls: int, seconds: float, *, idle: bool, format: str = "ulaw") -> Paced:
    """Serve *calls* for *seconds* and return what was measured."""
    codec = BY_FORMAT[format]
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(calls, seconds, format, there))
    process.start()
    ports = here.recv()
    payloads = caller(codec, idle)
    streams = [
        Stream(
            open_wire(),
            ("127.0.0.1", port),
            Sender(number, 0, 0, codec.payload_type),
            payloads,
            frame_samples(codec.clock_hz),
            position=number * len(payloads) // calls,
        )
        for number, port in enumerate(ports)
    ]
    here.send([stream.wire.getsockname()[1] for stream in streams])
    began_ms = time.time() * 1000
    talk(streams, SETTLE_S + seconds)
    told = here.recv()
    process.join()
    window = (began_ms + SETTLE_S * 1000, began_ms + (SETTLE_S + seconds - 0.5) * 1000)
    for stream in streams:
        stream.arrived = [came for came in stream.arrived if window[0] <= came[1] < window[1]]
        stream.wire.close()
    said_hz = voice_for(codec).clock_hz
    errors = np.concatenate([errors_ms(stream, said_hz) for stream in streams])
    expected = calls * (window[1] - window[0]) / FRAME_MS
    assert told["over"] == 0, "calls ended while they were measured"
    return Paced(
        calls=calls,
        seconds=seconds,
        idle=idle,
        packets=len(errors),
        missing=max(0, round(expected) - len(errors)),
        error_p50_ms=round(float(np.percentile(errors, 50)), 2),
        error_p99_ms=round(float(np.percentile(errors, 99)), 2),
        error_max_ms=round(float(errors.max()), 2),
        drift_ppm=round(float(np.median([drift_ppm(stream, said_hz) for stream in streams])), 1),
        cpu_percent_a_call=round(100 * told["cpu_s"] / told["lasted_s"] / calls, 3),
        wakeups_per_s=round(told["wakeups"] / told["lasted_s"]),
        loop_late_ms=round(told["late_ms"], 1),
        heard=round(told["heard"] / told["lasted_s"] / calls, 1),
    )


def main() -> None:
    about = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    about.add_argument("--calls", type=int, default=200)
    about.add_argument("--seconds", type=float, default=20.0)
    about.add_argument("--idle", action="store_true", help="nobody says anything")
    about.add_argument("--format", choices=sorted(BY_FORMAT), default="ulaw")
    given = about.parse_args()
    found = paced(given.calls, given.seconds, idle=given.idle, format=given.format)
    print(json.dumps(asdict(found), indent=1))


if __name__ == "__main__":
    main()
