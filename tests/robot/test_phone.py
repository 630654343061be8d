"""Two telephones call each other over the loopback, with no PBX between them."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import numpy as np
import pytest

from ivr_ari.errors import CallGone, PeerError, SetupError
from ivr_ari.media.g711 import Pcm
from ivr_ari.robot.call import Call
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.sip import Address

from .wire import Registrar

TONE: Pcm = np.rint(8000 * np.sin(np.arange(1600) * 2 * np.pi / 20)).astype(np.int16)  # 200 ms


@contextlib.asynccontextmanager
async def phones() -> AsyncIterator[tuple[Phone, Phone, str]]:
    """Yield two telephones and what the first dials to reach the second."""
    async with Phone("alice") as alice, Phone("bob") as bob:
        yield alice, bob, f"sip:bob@127.0.0.1:{bob.address[1]}"


@contextlib.asynccontextmanager
async def talking() -> AsyncIterator[tuple[Call, Call]]:
    """Yield both ends of a call that is up."""
    async with phones() as (alice, bob, number):
        mine = alice.start(number, headers=(("X-IVR-Call", "42"),))
        theirs = await bob.incoming()
        theirs.ring()
        await theirs.answer()
        await mine.answered()
        yield mine, theirs


class TestPhone:
    async def test_speech_and_keys_are_heard_at_the_other_end(self) -> None:
        """
        Both directions, with the moment at which the answer began; headers come with the call.
        """
        async with talking() as (mine, theirs):
            question = mine.say(TONE)
            await theirs.heard(lambda: any(sound.level > -45 for sound in theirs.ear.sounds))
            await question.over.wait()
            answer = theirs.say(TONE)
            assert question.ended_at is not None
            first = await mine.first_audio_after(question.ended_at)
            keys = mine.send_keys("12#", hold_ms=40, gap_ms=40)
            await keys.over.wait()
            await theirs.heard(lambda: theirs.ear.keys == "12#")

            assert theirs.header("x-ivr-call") == "42"
            assert answer.began_at is not None
            assert question.ended_at < answer.began_at <= first
            assert mine.times.ringing is not None
            assert theirs.ear.first_at is not None

    async def test_hanging_up_reaches_both_and_closes_the_lines(self) -> None:
        """
        Who hung up is known on both sides, and nothing can be said any more.
        """
        async with talking() as (mine, theirs):
            assert (await mine.hangup()).cause == "we"
            assert (await theirs.ended()).cause == "they"

            assert not mine.is_up
            assert mine.line.socket.fileno() == theirs.line.socket.fileno() == -1
            with pytest.raises(CallGone):
                mine.say(TONE)
            with pytest.raises(CallGone):
                await theirs.first_audio_after(0)

    async def test_busy_is_an_error_with_its_status(self) -> None:
        """
        What a dialplan calls BUSY.
        """
        async with phones() as (alice, bob, number):
            dialling = asyncio.create_task(alice.dial(number))
            (await bob.incoming()).refuse(486)

            with pytest.raises(PeerError) as caught:
                await dialling

            assert (caught.value.code, caught.value.facts["status"]) == ("sip.refused", 486)

    async def test_ringing_for_too_long_is_cancelled(self) -> None:
        """
        The other telephone stops ringing.
        """
        async with phones() as (alice, bob, number):
            dialling = asyncio.create_task(alice.dial(number, patience=0.1))
            theirs = await bob.incoming()
            theirs.ring()

            with pytest.raises(PeerError) as caught:
                await dialling

            assert caught.value.code == "sip.unanswered"
            assert (await theirs.ended()).cause == "cancelled"

    async def test_leaving_hangs_up_what_is_left(self) -> None:
        """
        A test that fails in the middle of a call leaves no call behind.
        """
        async with Phone("bob") as bob:
            async with Phone("alice") as alice:
                mine = alice.start(f"sip:bob@127.0.0.1:{bob.address[1]}")
                theirs = await bob.incoming()
                await theirs.answer()
                await mine.answered()

            assert (await theirs.ended()).cause == "they"
            assert not bob.calls

    async def test_offer_nobody_can_hear_is_refused(self) -> None:
        """
        A caller without G.711 is told so instead of hearing silence.
        """
        async with phones() as (alice, bob, number):
            mine = alice.start(number)
            theirs = await bob.incoming()
            theirs.sdp = theirs.sdp.replace(b"RTP/AVP 0 8", b"RTP/AVP 18 4")

            with pytest.raises(PeerError) as caught:
                await theirs.answer()

            assert caught.value.code == "sdp.unusable"
            assert (await mine.ended()).status == 488

    async def test_rubbish_on_the_port_is_counted(self) -> None:
        """
        Whatever comes in, the telephone goes on.
        """
        async with phones() as (alice, bob, number):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.sendto(b"\x00\xff no sip", bob.address)
            alice.start(number)
            await bob.incoming()

            assert bob.malformed == 1

    async def test_strangers_on_the_media_port_are_not_heard(self) -> None:
        """
        Audio counts only from where the other side said it would come.
        """
        async with talking() as (mine, theirs):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
                stranger.sendto(b"\x80\x00" + bytes(170), mine.line.address)
            before = mine.ear.packets
            await mine.heard(lambda: mine.ear.packets > before + 2 and mine.line.strangers > 0)

            assert mine.line.strangers == 1
            assert theirs.line.strangers == 0

    async def test_port_that_is_taken_says_what_to_do(self) -> None:
        """
        In one line, before anything is sent.
        """
        async with Phone("alice") as alice:
            with pytest.raises(SetupError) as caught:
                async with Phone("bob", bind=alice.address):
                    pass

            assert caught.value.code == "robot.bind"


@contextlib.asynccontextmanager
async def registrar(accept: bool) -> AsyncIterator[tuple[Address, Registrar]]:
    """Yield where a registrar listens and what it was asked."""
    pbx = Registrar(accept)
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.setblocking(False)

        def answer() -> None:
            datagram, source = sock.recvfrom(65535)
            sock.sendto(pbx.answer(datagram), source)

        loop.add_reader(sock, answer)
        yield sock.getsockname(), pbx
        loop.remove_reader(sock)


class TestRegister:
    async def test_registration_is_kept_and_taken_back(self) -> None:
        """
        The PBX knows us while the telephone is open, and no longer.
        """
        async with registrar(accept=True) as (address, pbx):
            async with Phone("alice", "secret", address) as phone:
                await phone.register()
                inside = phone.registered

            assert inside
            assert not phone.registered
            assert [request.get("Expires") for request in pbx.asked] == ["300", "300", "0", "0"]

    async def test_refusal_is_an_error(self) -> None:
        """
        With the status, and a question that helps.
        """
        async with registrar(accept=False) as (address, _), Phone("alice", "wrong", address) as phone:
            with pytest.raises(PeerError) as caught:
                await phone.register()

            assert (caught.value.code, caught.value.facts["status"]) == ("sip.register", 401)

    async def test_server_without_an_address_is_told_so(self) -> None:
        """
        A name that cannot be one, before any socket is opened.
        """
        with pytest.raises(SetupError) as caught:
            async with Phone("alice", server=("pbx..example", 5060)):
                pass

        assert caught.value.code == "robot.server"
