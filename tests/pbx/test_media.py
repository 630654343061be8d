"""What the PBX and we make of a caller's audio: wideband, keys that sound, a bad network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import pytest

from asterisk.lab import Lab
from ivr_ari.adapters.ari import Ari
from ivr_ari.adapters.ari_events import AriEvent, CallerGone, CallOffered, KeyPressed
from ivr_ari.adapters.rtp_socket import MediaPorts, RtpSocket, Ticker
from ivr_ari.leg import answer
from ivr_ari.media.codecs import Pcm
from ivr_ari.media.line import Line
from ivr_ari.media.pacing import echo
from ivr_ari.media.rtp import Sender
from ivr_ari.robot.call import Call
from ivr_ari.robot.network import BadNetwork
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.sdp import NARROW, NO_EVENTS, WIDE, Abilities

from .lab import leaves_nothing_behind

pytestmark = pytest.mark.pbx

ECHO = "9901"

E = TypeVar("E", bound=AriEvent)


def tone(hz: int, seconds: float, rate_hz: int) -> Pcm:
    at = np.arange(int(seconds * rate_hz)) * (2 * np.pi / rate_hz)
    pcm: Pcm = (6000 * np.sin(at * hz)).astype(np.int16)
    return pcm


def strongest(pcm: Pcm, rate_hz: int) -> int:
    """Return the frequency that sounds loudest, to 10 Hz."""
    spectrum = np.abs(np.fft.rfft(pcm.astype(float)))
    return round(float(np.argmax(spectrum)) * rate_hz / pcm.size / 10) * 10


@dataclass
class Answered:
    """A call as the service has it: its line echoes, and keeps what it hears."""

    offer: CallOffered
    line: Line
    call: Call
    frames: list[bytes] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def frame(self, pcm: bytes) -> None:
        self.frames.append(pcm)
        echo(self.line.playout, pcm)

    @property
    def heard(self) -> Pcm:
        return np.frombuffer(b"".join(self.frames), "<i2")


class House:
    """Takes one call after the other as `Owner` does, without a dialogue."""

    def __init__(self, lab: Lab, ari: Ari, ticker: Ticker, stack: AsyncExitStack) -> None:
        self.lab, self.ari, self.ticker, self.stack = lab, ari, ticker, stack
        self.events = ari.events()
        self.ports = MediaPorts("127.0.0.1", lab.media_first, lab.media_last)

    async def take(self, abilities: Abilities, narrow: str = "ulaw") -> Answered:
        """Dial with such a telephone, answer, attach the media."""
        where = (self.lab.sip_host, self.lab.sip_port)
        telephone = Phone("caller", self.lab.phones["caller"], where, abilities=abilities)
        phone = await self.stack.enter_async_context(telephone)
        call = phone.start(ECHO)
        offer = await self.event(CallOffered)
        codec = await answer(self.ari, offer.channel, answered=False, narrow=narrow, wideband=True)
        line = Line(codec, Sender(1, 1, 1), lambda pcm: None)
        wire = await RtpSocket.open(self.ports, self.ticker, line)
        self.stack.callback(wire.close)
        media = await self.ari.attach_media(
            offer.call_id, offer.channel, "127.0.0.1", wire.port, codec=codec.format
        )
        wire.aim(media.host, media.port)
        answered = Answered(offer, line, call)
        line.on_frame, line.on_key = answered.frame, answered.keys.append
        await call.answered()
        return answered

    async def event(self, kind: type[E]) -> E:
        async with asyncio.timeout(15):
            async for event in self.events:
                if isinstance(event, kind):
                    return event
        raise AssertionError("the events ended")

    async def end(self, answered: Answered) -> None:
        await answered.call.hangup()
        await self.event(CallerGone)
        await self.ari.release(answered.offer.call_id)


@pytest.fixture(autouse=True)
def nothing_left(own_lab: Lab) -> Iterator[None]:
    """Every test here leaves the PBX and our ports as it found them."""
    with leaves_nothing_behind(own_lab):
        yield


@pytest.fixture
async def house(own_lab: Lab) -> AsyncIterator[House]:
    ticker = Ticker()
    clock = asyncio.create_task(ticker.run())
    async with (
        Ari(own_lab.ari_url, own_lab.ari_user, own_lab.ari_password, "ivr") as ari,
        AsyncExitStack() as stack,
    ):
        await ari.register()
        yield House(own_lab, ari, ticker, stack)
    clock.cancel()


class TestRate:
    async def test_a_wideband_caller_is_heard_and_answered_in_wideband(self, house: House) -> None:
        """6 kHz comes to us and goes back: no leg of the way is narrow."""
        call = await house.take(WIDE)

        await call.call.say(tone(6000, 1.0, 16_000), 16_000).over.wait()
        await call.call.heard(lambda: len(call.call.ear.sounds) > 60)
        back = np.concatenate([sound.pcm for sound in call.call.ear.sounds if sound.level > -40])
        await house.end(call)

        assert (call.line.rate_hz, call.line.codec.format) == (16_000, "slin16")
        loud = call.heard[np.abs(call.heard) > 100]
        assert loud.size > 10_000
        assert strongest(call.heard, 16_000) == 6000
        assert call.call.ear.rate_hz == 16_000
        assert strongest(back, 16_000) == 6000

    @pytest.mark.parametrize("codec", ["ulaw", "alaw", "slin"])
    async def test_a_narrowband_caller_is_heard_in_the_codec_of_the_settings(
        self, house: House, codec: str
    ) -> None:
        """1 kHz there and back."""
        call = await house.take(NARROW, codec)

        await call.call.say(tone(1000, 0.5, 8000)).over.wait()
        await call.call.heard(lambda: any(sound.level > -40 for sound in call.call.ear.sounds))
        await house.end(call)

        assert (call.line.rate_hz, call.line.codec.format) == (8000, codec)
        assert strongest(call.heard, 8000) == 1000
        assert call.line.counters.malformed == call.line.counters.other == 0


class TestKeys:
    async def test_keys_of_a_telephone_without_events_are_heard(self, house: House) -> None:
        """Each once, in order; what is listened to has no tones in it."""
        call = await house.take(NO_EVENTS)

        await call.call.send_keys("40#", hold_ms=100, gap_ms=80).over.wait()
        await call.call.heard(lambda: call.keys == ["4", "0", "#"])
        await house.end(call)

        loud = [np.abs(np.frombuffer(pcm, "<i2")).max() > 1000 for pcm in call.frames]
        assert sum(loud) <= 3  # the 20 ms in which a tone begins are through before it is known

    async def test_keys_of_a_telephone_with_events_are_told_by_the_pbx_alone(self, house: House) -> None:
        """No tone of them reaches us, so none is counted twice."""
        call = await house.take(NARROW)

        await call.call.send_keys("7").over.wait()
        await house.event(KeyPressed)
        await house.end(call)

        assert call.keys == []


class TestBadNetwork:
    @pytest.mark.parametrize("abilities", [NARROW, WIDE])
    async def test_time_goes_on_over_losses_and_jitter(self, house: House, abilities: Abilities) -> None:
        """Two seconds of a tone through 10 % loss and 40 ms of jitter are two seconds of a tone."""
        call = await house.take(abilities, "slin")
        call.call.line.network = BadNetwork(loss=0.1, jitter_ms=40)

        await call.call.say(tone(1000, 2.0, 8000)).over.wait()
        await call.call.heard(lambda: not np.any(np.frombuffer(call.frames[-1], "<i2")))
        await house.end(call)

        counters = call.line.counters
        size = call.line.rate_hz // 50
        frames = call.heard[: call.heard.size // size * size].reshape(-1, size)
        sounding = 20 * int((np.abs(frames).max(axis=1) > 1500).sum())
        assert call.call.line.network.lost > 5
        assert counters.concealed_ms + counters.filled_ms >= 20 * 5
        assert 1900 <= sounding <= 2160
