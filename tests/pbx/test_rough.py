"""Callers who hang up at any moment, and packets that are none: no fault in the log, nothing left behind."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Callable

import pytest

from asterisk.stage import Stage
from ivr_ari.media.rtp import RtpPacket
from ivr_ari.robot.phone import Phone

from .lab import eventually
from .staging import dialled, gone, voice

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(400)]

# What is promised of each of these calls is promised by the fixture `stage`: afterwards channels, bridges,
# ports, processes, calls and tasks are as before, and the log holds no fault.


class TestHangUp:
    @pytest.mark.parametrize("wait_s", [0.0, 0.01, 0.03, 0.06, 0.1, 0.2])
    async def test_while_it_is_set_up(self, stage: Stage, phone: Phone, wait_s: float) -> None:
        """A caller who gives up before, while or just after the call is answered."""
        call = phone.start("600")
        await asyncio.sleep(wait_s)  # not for a fact: the moment itself is what is tested
        await call.hangup()
        await gone(stage)

    async def test_in_the_greeting(self, stage: Stage, phone: Phone) -> None:
        """A caller who hears the first word and leaves."""
        call = await phone.dial("600")
        await call.first_audio_after(0, quiet_ms=0)
        await call.hangup()
        await gone(stage)

    async def test_in_the_middle_of_a_word(self, stage: Stage, phone: Phone) -> None:
        """A caller who leaves while speaking."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            said = talk.call.say(
                voice("i was charged twice last month and i need a refund oh and what's my balance")
            )
            await talk.call.heard(lambda: said.began_at is not None and time.monotonic() > said.began_at + 2)
            await talk.call.hangup()
            await gone(stage)

    async def test_just_after_a_sentence(self, stage: Stage, phone: Phone) -> None:
        """A caller who leaves while recognition and understanding are at work."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            await talk.speaks("what are your opening hours")
            await talk.call.hangup()
            await gone(stage)

    async def test_while_the_bank_is_asked(self, stage: Stage, phone: Phone) -> None:
        """A caller who leaves while a request is under way: its answer finds nobody, and nothing happens."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            await talk.keys("1")
            await talk.identify()
            await talk.call.hangup()
            await gone(stage)

    async def test_while_the_agent_rings(self, stage: Stage, phone: Phone, agent: Phone) -> None:
        """A caller who leaves during the hand-over: the agent's telephone stops ringing."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            await talk.keys("0")
            ringing = await agent.incoming()
            ringing.ring()
            await talk.call.hangup()
            ended = await ringing.ended()

            assert ended.cause == "cancelled"

    async def test_during_the_words_before_it(self, stage: Stage, phone: Phone) -> None:
        """A caller who asks for a person and leaves before the sentence about it is over."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            await talk.keys("0")
            await talk.says("connect you with a person")
            await talk.call.hangup()
            await gone(stage)

    async def test_two_at_once(self, stage: Stage, phone: Phone) -> None:
        """One caller's end is nothing to the other."""
        async with dialled(stage, phone) as one:
            async with dialled(stage, phone) as other:
                await other.says("How can I help you")
            await eventually(lambda: stage.health()[1].get("calls") == 1)
            await one.says("How can I help you")
            await one.keys("5")
            await one.says("Monday")


class TestPackets:
    async def test_junk_changes_nothing(self, stage: Stage, phone: Phone) -> None:
        """
        Datagrams from a wrong source, well formed or not, are neither heard nor answered; those that come on
        the right way but are no RTP are dropped.
        """
        noise = RtpPacket(0, 1, 160, 7, bytes(random.Random(7).randbytes(160))).serialize()
        junk = (
            noise,
            b"",
            b"\x80",
            b"\xff" * 12,
            noise[:11],
            b"\x80\x00" + b"\x00" * 2000,
            b"\xbf" + noise[1:],
        )
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            port = int((await talk.record())["rtp_port"])
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.setblocking(False)
                for datagram in junk * 20:
                    stranger.sendto(datagram, ("127.0.0.1", port))
                send = sender(talk.call.line.socket, talk.call.line.remote)
                for datagram in junk[1:] * 5:
                    send(datagram)
                await talk.keys("5")
                await talk.says("Monday")
                await talk.hears()
                with pytest.raises(BlockingIOError):
                    stranger.recv(2048)

            assert await talk.events("Understood") == await talk.events("Noise") == []


def sender(line: socket.socket, remote: tuple[str, int] | None) -> Callable[[bytes], int]:
    assert remote is not None
    where = remote
    return lambda datagram: line.sendto(datagram, where)
