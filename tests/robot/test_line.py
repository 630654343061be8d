"""One call's socket: when a datagram arrived, and what closing leaves behind."""

import asyncio
import socket
import time

from ivr_ari.media.rtp import RtpPacket
from ivr_ari.robot.line import SO_TIMESTAMPNS, TIMESPEC, Line, arrival
from ivr_ari.robot.sdp import Media


def note(age: float) -> list[tuple[int, int, bytes]]:
    """Return what the kernel notes on a datagram that came *age* seconds ago."""
    seconds, fraction = divmod(time.time() - age, 1)
    return [(socket.SOL_SOCKET, SO_TIMESTAMPNS, TIMESPEC.pack(int(seconds), int(fraction * 1e9)))]


class TestArrival:
    def test_age_is_taken_from_the_kernel(self) -> None:
        """
        A loop that was busy for half a second does not make the packet half a second late.
        """
        before = time.monotonic()
        at = arrival(note(age=0.5))
        after = time.monotonic()

        assert before - 0.51 <= at <= after - 0.49

    def test_clock_that_was_set_does_no_harm(self) -> None:
        """
        A wall clock that jumped gives an impossible age, which is bounded.
        """
        before = time.monotonic()

        assert arrival(note(age=-3600)) >= before
        assert arrival(note(age=3600)) >= before - 1.01

    def test_without_a_note_it_is_now(self) -> None:
        """
        Where the kernel notes nothing, the moment of reading has to do.
        """
        before = time.monotonic()

        assert arrival([]) >= before


class TestLine:
    async def test_datagram_that_waited_has_its_own_time(self) -> None:
        """
        The loop is held up on purpose while packets arrive; their times show no sign of it.
        """
        heard = asyncio.Event()
        line = Line("127.0.0.1", lambda sound: heard.set())
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(RtpPacket(0, 1, 0, 1, b"\xff" * 160).serialize(), line.address)
            sent_at = time.monotonic()
            time.sleep(0.2)  # noqa: ASYNC251 - this is the held-up loop
            resumed_at = time.monotonic()
            await heard.wait()
        line.close()

        assert line.ear.sounds[0].at < (sent_at + resumed_at) / 2

    async def test_closed_line_says_nothing_more(self) -> None:
        """
        Closing twice is closing once; the speaking task is gone.
        """
        line = Line("127.0.0.1", lambda sound: None)
        line.connect(Media(("127.0.0.1", 9), (8, 0), None))
        (speaking,) = (task for task in asyncio.all_tasks() if task.get_name() == "robot mouth")
        line.close()
        line.close()
        await asyncio.wait([speaking])

        assert speaking.cancelled()
        assert line.speech.sender.payload_type == 8
        assert line.socket.fileno() == -1
