"""What the ear makes of packets, with the moment each arrived."""

import wave
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.media.g711 import PCMU, Pcm
from ivr_ari.media.rtp import RtpPacket, Sender
from ivr_ari.robot.ear import Ear, Sound
from ivr_ari.robot.keys import key_frames

LOUD: Pcm = np.full(160, 8000, np.int16)
QUIET: Pcm = np.zeros(160, np.int16)


def stream(*pieces: Pcm) -> list[bytes]:
    sender = Sender(ssrc=1, sequence=1, timestamp=0)
    return [sender.send(PCMU.encode(piece)).serialize() for piece in pieces]


def hear(ear: Ear, datagrams: list[bytes], start: float = 0.0) -> None:
    for index, datagram in enumerate(datagrams):
        ear.hear(datagram, start + 0.02 * index)


class TestEar:
    def test_each_packet_is_heard_with_its_arrival(self) -> None:
        """
        The owner is told of every packet: when, what, how loud.
        """
        heard: list[Sound] = []
        hear(Ear(heard.append), stream(QUIET, LOUD), start=7.0)

        assert [sound.at for sound in heard] == pytest.approx([7.0, 7.02])
        assert [round(sound.level) for sound in heard] == [-120, -12]

    def test_packet_that_waited_keeps_its_own_arrival(self) -> None:
        """
        Put in order does not mean put at another time.
        """
        ear = Ear()
        first, second, third = stream(QUIET, LOUD, QUIET)
        for datagram, at in ((first, 1.0), (third, 1.01), (second, 1.5)):
            ear.hear(datagram, at)

        assert [sound.at for sound in ear.sounds] == [1.0, 1.5, 1.01]

    def test_answer_is_found_in_what_was_heard(self) -> None:
        """
        The first loud packet after silence.
        """
        ear = Ear()
        hear(ear, stream(*[LOUD] * 10, *[QUIET] * 20, LOUD))

        assert ear.first_audio_after(0.3) == pytest.approx(0.6)

    def test_recording_has_losses_and_pauses_as_silence(self, tmp_path: Path) -> None:
        """
        One lost packet is 20 ms, a pause without packets is as long as it lasted; the file says the same.
        """
        ear = Ear()
        packets = stream(*[LOUD] * 8)
        for index in (0, 1, 3, 4, 5, 6):
            ear.hear(packets[index], 0.02 * index)
        ear.hear(packets[7], 1.0)
        ear.write_wav(tmp_path / "heard.wav")

        recording = ear.recording()
        loud = np.flatnonzero(recording.reshape(-1, 160).any(axis=1)).tolist()
        assert loud == [0, 1, 3, 4, 5, 6, 50]
        with wave.open(str(tmp_path / "heard.wav")) as file:
            assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (8000, 1, recording.size)

    def test_key_is_counted_once_per_timestamp(self) -> None:
        """
        Eight packets of one key are one key, the same key pressed again is another.
        """
        ear, sender = Ear(), Sender(ssrc=1, sequence=1, timestamp=0)
        for key in "77#":
            started = sender.timestamp
            hear(ear, [sender.send_event(f.payload, started, f.first).serialize() for f in key_frames(key)])

        assert ear.keys == "77#"

    def test_rubbish_is_counted_and_passed_over(self) -> None:
        """
        What is no RTP, and codecs nobody agreed on, are no sound.
        """
        ear = Ear()
        ear.hear(b"no rtp", 0.0)
        ear.hear(RtpPacket(18, 1, 0, 1, b"\x00" * 20).serialize(), 0.0)

        assert (ear.malformed, ear.packets, len(ear.sounds)) == (1, 1, 0)
        assert ear.recording().size == 0
