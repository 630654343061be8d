"""What leaves the mouth, packet by packet, without a socket."""

import numpy as np

from ivr_ari.media.codecs import PCMA, PCMU, SLIN16, Pcm
from ivr_ari.media.rtp import RtpPacket, Sender
from ivr_ari.robot.keys import read_key
from ivr_ari.robot.mouth import Speech

TONE: Pcm = np.rint(8000 * np.sin(np.arange(1600) * 2 * np.pi / 20)).astype(np.int16)  # 200 ms


def speech(payload_type: int = 0) -> Speech:
    return Speech(Sender(ssrc=1, sequence=10, timestamp=1000, payload_type=payload_type))


def packets(mouth: Speech, count: int) -> list[RtpPacket]:
    """Return the next packets, one each 20 ms, beginning at 0 s."""
    return [RtpPacket.parse(mouth.next_packet(0.02 * index)) for index in range(count)]


class TestSpeech:
    def test_silence_is_sent_when_there_is_nothing_to_say(self) -> None:
        """
        A telephone never stops sending; numbers go on evenly.
        """
        sent = packets(speech(), 3)

        assert [packet.payload for packet in sent] == [b"\xff" * 160] * 3
        assert [(packet.sequence, packet.timestamp) for packet in sent] == [
            (10, 1000),
            (11, 1160),
            (12, 1320),
        ]

    def test_samples_are_sent_in_the_calls_codec(self) -> None:
        """
        What is decoded is what was said, in either law.
        """
        for codec in (PCMU, PCMA):
            mouth = speech(codec.payload_type)
            mouth.say(TONE)
            heard = np.concatenate([codec.decode(packet.payload) for packet in packets(mouth, 10)])

            assert abs(heard.astype(int) - TONE).max() < 300

    def test_a_wideband_call_carries_narrowband_clips(self) -> None:
        """
        A clip of 8 kHz lasts as long in 16 kHz, and its end is the same moment.
        """
        mouth = speech(SLIN16.payload_type)
        utterance = mouth.say(TONE)
        sent = packets(mouth, 10)

        heard = np.concatenate([SLIN16.decode(packet.payload) for packet in sent])
        assert heard.size == 3200
        assert np.argmax(np.abs(np.fft.rfft(heard))) * 5 == 400
        assert {b.timestamp - a.timestamp for a, b in zip(sent, sent[1:], strict=False)} == {320}
        assert utterance.ended_at == 0.18

    def test_wideband_clips_are_sent_as_they_are(self) -> None:
        """
        16 kHz samples of a 16 kHz call are not touched.
        """
        mouth = speech(SLIN16.payload_type)
        wide = np.arange(640).astype(np.int16)
        mouth.say(wide, 16000)

        heard = np.concatenate([SLIN16.decode(packet.payload) for packet in packets(mouth, 2)])

        assert np.array_equal(heard, wide)

    def test_end_of_speech_is_the_last_voiced_packet(self) -> None:
        """
        Silence at the end of a clip is sent but is no speech.
        """
        mouth = speech()
        utterance = mouth.say(np.concatenate([TONE, np.zeros(8000, np.int16)]))
        packets(mouth, 9)
        early = utterance.over.is_set()
        packets(mouth, 1)

        assert not early
        assert utterance.over.is_set()
        assert utterance.ended_at == 0.0  # the tenth packet, the first of the second round
        assert mouth.waiting

    def test_clip_is_filled_up_to_whole_packets(self) -> None:
        """
        The last packet carries what is left and silence.
        """
        mouth = speech()
        mouth.say(TONE[:100])

        (packet,) = packets(mouth, 1)
        assert packet.payload == PCMU.encode(TONE[:100]) + b"\xff" * 60

    def test_nothing_to_say_is_over_at_once(self) -> None:
        """
        Nobody waits for the end of an empty clip.
        """
        assert speech().say(np.zeros(0, np.int16)).over.is_set()

    def test_keys_are_events_between_silence(self) -> None:
        """
        Each key has one timestamp and one marker, the stream's time goes on under them.
        """
        mouth = speech()
        utterance = mouth.press("1#", hold_ms=60, gap_ms=40)
        sent = packets(mouth, 17)

        keys = [packet for packet in sent if packet.payload_type == 101]
        assert [read_key(packet.payload)[0] for packet in keys] == ["1"] * 6 + ["#"] * 6
        assert [packet.marker for packet in keys] == [True, *[False] * 5] * 2
        assert [packet.timestamp for packet in keys] == [1000] * 6 + [1000 + 8 * 160] * 6
        assert [packet.sequence for packet in sent] == list(range(10, 27))
        assert sent[-1].timestamp == 1000 + 16 * 160
        assert utterance.ended_at == 0.02 * (8 + 3)

    def test_a_telephone_without_events_sends_keys_as_tones(self) -> None:
        """
        Each key as long as it was held, silence after it.
        """
        mouth = Speech(Sender(ssrc=1, sequence=10, timestamp=1000), event_type=None)
        utterance = mouth.press("1", hold_ms=60, gap_ms=40)

        sent = packets(mouth, 5)

        assert {packet.payload_type for packet in sent} == {0}
        assert [bool(np.abs(PCMU.decode(packet.payload)).max() > 1000) for packet in sent] == [
            True,
            True,
            True,
            False,
            False,
        ]
        assert utterance.ended_at == 0.04

    def test_stop_ends_everything_queued(self) -> None:
        """
        Who waits for an utterance that will never be said does not wait for ever.
        """
        mouth = speech()
        utterance = mouth.say(TONE)
        packets(mouth, 2)
        mouth.stop()

        assert utterance.over.is_set()
        assert utterance.ended_at is None
        assert packets(mouth, 1)[0].payload == b"\xff" * 160

    def test_what_is_beneath_is_mixed_with_what_is_said(self) -> None:
        """
        An echo or a street is heard under the speech, and alone when there is none.
        """
        mouth = speech(SLIN16.payload_type)
        mouth.say(np.full(640, 1000, np.int16), rate_hz=16000)
        mouth.beneath(np.full(960, 500, np.int16))

        levels = [int(SLIN16.decode(packet.payload)[100]) for packet in packets(mouth, 4)]

        assert levels == [1500, 1500, 500, 0]

    def test_what_was_heard_is_given_back_soon(self) -> None:
        """
        An echo that could not leave in time is dropped, so that it never comes later and later.
        """
        mouth = speech(SLIN16.payload_type)
        for level in range(1000, 9000, 1000):
            mouth.give_back(np.full(320, level, np.int16), -20.0)

        levels = [int(SLIN16.decode(packet.payload)[100]) for packet in packets(mouth, 5)]

        assert levels == [500, 600, 700, 800, 0]
