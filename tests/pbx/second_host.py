"""
The service's place on a second machine, reduced to the adapters: ARI over TLS, RTP on an address of its own.

Run in another network namespace with its coordinates (JSON) on stdin; prints "ready", echoes every call
until the caller hangs up, and ends with the first one.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import TypeVar

from ivr_ari.adapters.ari import Ari
from ivr_ari.adapters.ari_events import CallerGone, CallOffered
from ivr_ari.adapters.rtp_socket import MediaPorts, RtpSocket, Ticker
from ivr_ari.media.g711 import PCMU
from ivr_ari.media.line import Line
from ivr_ari.media.pacing import echo
from ivr_ari.media.rtp import Sender

E = TypeVar("E", CallOffered, CallerGone)


async def first(ari: Ari, kind: type[E]) -> E:
    """Wait for the next event of this kind."""
    async for event in ari.events():
        if isinstance(event, kind):
            return event
    raise EOFError(kind.__name__)


async def serve(url: str, user: str, password: str, ca_file: str, bind: str, low: int, high: int) -> None:
    ticker = Ticker()
    beat = asyncio.create_task(ticker.run())
    ports = MediaPorts(bind, low, high)
    async with Ari(url, user, password, "ivr", ca_file=ca_file) as ari:
        await ari.register()
        print("ready", flush=True)
        offer = await first(ari, CallOffered)
        line = Line(PCMU, Sender(1, 1, 1), on_frame=lambda pcm: echo(line.playout, pcm))
        socket = await RtpSocket.open(ports, ticker, line)
        await ari.answer(offer.channel)
        media = await ari.attach_media(offer.call_id, offer.channel, bind, socket.port)
        socket.aim(media.host, media.port)
        print(json.dumps({"pbx": media.host}), flush=True)
        await first(ari, CallerGone)
        await ari.release(offer.call_id)
        socket.close()
    beat.cancel()


if __name__ == "__main__":
    asyncio.run(serve(**json.load(sys.stdin)))
