"""Whatever comes, and whenever: 20 ms of audio for every 20 ms that go by."""

from __future__ import annotations

import random

import numpy as np
import pytest

from ivr_ari.media.codecs import PCMA, PCMU, SLIN, SLIN16, Codec, Pcm
from ivr_ari.media.hearing import Counters, Hearing
from ivr_ari.media.rtp import RtpPacket, Sender, frame_bytes, frame_samples

from .test_tones import tone


class Far:
    """Somebody who sends, what of it arrives, and what is heard."""

    def __init__(self, codec: Codec = PCMU, heard_as: Codec | None = None) -> None:
        self.codec = codec
        self.counters = Counters()
        self.frames: list[bytes] = []
        self.keys: list[str] = []
        self.hearing = Hearing(heard_as or codec, self.counters, self.frames.append, self.keys.append)
        self.sender = Sender(9, 65500, 2**32 - 3200, codec.payload_type)

    def packet(self, value: int = 1000) -> bytes:
        size = frame_samples(self.codec.rate_hz)
        return self.sender.send(self.codec.encode(np.full(size, value, np.int16)), size).serialize()

    def quiet(self, count: int) -> None:
        """Let so many packets pass that are never sent, as telephones do whose owners are silent."""
        self.sender.skip(count * frame_samples(self.codec.rate_hz))

    def pause(self, begin_ms: float, end_ms: float) -> None:
        for now_ms in np.arange(begin_ms, end_ms, 20.0):
            self.hearing.tick(float(now_ms))

    def send(self, begin_ms: float, count: int, value: int = 1000, step_ms: float = 20.0) -> float:
        """Send packets, each followed by a tick; return when the next one is due."""
        for number in range(count):
            self.hearing.hear(self.packet(value), begin_ms + step_ms * number)
            self.hearing.tick(begin_ms + step_ms * number + 1)
        return begin_ms + step_ms * count

    @property
    def heard(self) -> Pcm:
        return np.frombuffer(b"".join(self.frames), "<i2")


class TestCodecs:
    @pytest.mark.parametrize("codec", [PCMU, PCMA, SLIN, SLIN16])
    def test_every_codec_is_heard(self, codec: Codec) -> None:
        """Mu-law, A-law, linear audio of either rate, big-endian on the wire."""
        far = Far(codec)

        far.send(0, 5)

        assert {len(frame) for frame in far.frames} == {frame_bytes(codec.rate_hz)}
        assert np.abs(far.heard - 1000).max() < 40

    def test_the_payload_may_change_in_the_middle_of_a_call(self) -> None:
        """A PBX that goes over to the other law is understood from the next packet on."""
        far = Far(PCMU)
        now_ms = far.send(0, 5)
        far.codec = PCMA
        far.sender.payload_type = PCMA.payload_type

        far.send(now_ms, 5)

        assert len(far.frames) == 10
        assert np.abs(far.heard - 1000).max() < 40

    @pytest.mark.parametrize(("before", "after"), [(SLIN16, PCMU), (PCMU, SLIN16)])
    def test_so_may_the_rate(self, before: Codec, after: Codec) -> None:
        """What is listened to keeps the rate it began with."""
        far = Far(before)
        now_ms = far.send(0, 20)
        far.codec, far.sender.payload_type = after, after.payload_type

        far.send(now_ms, 50)

        assert len(far.frames) == pytest.approx(70, abs=2)
        assert {len(frame) for frame in far.frames} == {frame_bytes(before.rate_hz)}
        assert np.abs(far.heard[-3000:] - 1000).max() < 60


class TestLoss:
    def test_a_jump_of_the_timestamp_is_a_loss_too(self) -> None:
        """A PBX that transcodes numbers its packets anew: what was lost before it shows in the time alone."""
        far = Far()
        far.send(0, 5)
        sequence = far.sender.sequence
        far.quiet(1)
        far.sender.sequence = sequence

        far.send(120, 5)

        assert len(far.frames) == 11
        assert far.counters.concealed_ms + far.counters.filled_ms == 20
        assert np.abs(far.heard).min() > 0  # the voice goes on

    @pytest.mark.parametrize("codec", [SLIN, SLIN16])
    @pytest.mark.parametrize(("loss", "jitter_ms"), [(0.02, 0), (0.1, 0), (0.05, 40), (0.02, 120)])
    def test_audio_time_goes_by_as_the_clock_does(self, codec: Codec, loss: float, jitter_ms: float) -> None:
        """Half a minute through a bad network is half a minute, and every word is where it was."""
        draw = random.Random(3)
        far = Far(codec)
        sent = [far.packet(4 * number) for number in range(1500)]
        events = [(20.0 * number + 11, -1) for number in range(1520)]
        for number in range(1500):
            if number < 10 or draw.random() >= loss:
                events.append((20.0 * number + draw.uniform(0, jitter_ms), number))
        for now_ms, number in sorted(events):
            if number < 0:
                far.hearing.tick(now_ms)
            else:
                far.hearing.hear(sent[number], now_ms)

        frames = far.heard.reshape(-1, frame_samples(codec.rate_hz))
        even = (frames == frames[:, :1]).all(axis=1)  # the others were invented, or blended
        places = np.flatnonzero(even)
        late = places - frames[even, 0] // 4
        assert len(frames) == pytest.approx(1518, abs=3 + jitter_ms / 10)
        assert even.mean() > 1 - 2.5 * loss - 0.02
        assert (np.diff(frames[even, 0]) > 0).all()
        # While the jitter is being learnt, what came too late is heard all the same.
        assert 0 <= late.min() <= late.max() <= (8 if jitter_ms else 0)
        assert np.ptp(late[300:]) <= 2

    def test_a_burst_that_comes_too_late_loses_no_word(self) -> None:
        """What was filled in is heard all the same; the time is given back in the next long silence."""
        far = Far()
        now_ms = far.send(0, 50, 1000)
        late = [far.packet(3000) for _ in range(15)]
        far.pause(now_ms, now_ms + 300)
        for packet in late:
            far.hearing.hear(packet, now_ms + 300)
        now_ms = far.send(now_ms + 300, 200, 0)

        spoken = (far.heard.reshape(-1, 160).max(axis=1) > 2500).sum()
        assert spoken == 15
        assert len(far.frames) == pytest.approx(50 + 15 + 200, abs=2)
        assert far.counters.taken_out_ms >= 200


class TestSilenceThatIsNotSent:
    def test_it_is_heard_as_silence_in_time(self) -> None:
        """Two seconds without packets are two seconds."""
        far = Far()
        now_ms = far.send(far.send(0, 10, 0), 10)
        far.quiet(100)
        far.pause(now_ms, now_ms + 2000)

        far.send(now_ms + 2000, 10)

        assert len(far.frames) == 130
        assert np.abs(far.heard[30 * 160 : 110 * 160]).max() < 10

    def test_a_telephone_that_says_so_is_not_waited_for(self) -> None:
        """Comfort noise (RFC 3389) tells how loud the silence is, and that nothing will come."""
        told, untold = Far(), Far()
        for far in (told, untold):
            far.send(0, 20)
        told.hearing.hear(
            RtpPacket(13, told.sender.sequence, told.sender.timestamp, 9, b"\x3c").serialize(), 400
        )
        told.sender.send(b"", 0)
        for far in (told, untold):
            far.pause(400, 700)

        level = np.sqrt(np.mean(told.heard[-1600:].astype(float) ** 2))
        assert len(told.frames) > len(untold.frames)
        assert level == pytest.approx(32768 * 10 ** (-60 / 20), rel=0.3)
        assert told.counters.other == 1

    def test_the_noise_is_as_loud_as_the_line_s_own(self) -> None:
        """A recogniser sees no step where a telephone stops sending."""
        far = Far(SLIN)
        noise = np.random.default_rng(4).standard_normal(160 * 100) * 40
        now_ms = 0.0
        for piece in noise.astype(np.int16).reshape(-1, 160):
            far.hearing.hear(far.sender.send(SLIN.encode(piece), 160).serialize(), now_ms)
            now_ms += 20
        far.pause(now_ms, now_ms + 500)

        assert np.sqrt(np.mean(far.heard[-1600:].astype(float) ** 2)) == pytest.approx(40, rel=0.2)


class TestSenders:
    def test_another_ssrc_goes_on_at_once(self) -> None:
        """A caller who is transferred at the far end is heard without a gap."""
        far = Far()
        now_ms = far.send(0, 20)
        far.sender = Sender(10, 5, 5, 0)

        far.send(now_ms, 20)

        assert len(far.frames) == 40
        assert far.counters.concealed_ms == far.counters.filled_ms == 0

    def test_a_clock_that_is_set_is_no_gap(self) -> None:
        """An hour that the timestamp jumps is not heard."""
        far = Far()
        now_ms = far.send(0, 20)
        far.quiet(3600 * 50)

        far.send(now_ms, 20)

        assert len(far.frames) == 40

    @pytest.mark.parametrize("ppm", [-1500, 1500])
    def test_a_clock_that_differs_is_made_up_for_in_silence(self, ppm: int) -> None:
        """Two minutes of a clock 0.15 % off are 180 ms; the frames stay as many as the clock says."""
        far = Far()
        for number in range(6000):
            now_ms = 20 * number * (1 + ppm / 1e6)
            far.hearing.hear(far.packet(3000 if number % 500 < 200 else 0), now_ms)
            if number % 10 == 0:
                far.hearing.tick(now_ms)

        behind_ms = 20 * 6000 * (1 + ppm / 1e6) - 20 * len(far.frames)
        changed = far.counters.put_in_ms if ppm > 0 else far.counters.taken_out_ms
        assert abs(behind_ms) <= 40
        assert changed == pytest.approx(180, abs=40)
        spoken = (np.abs(far.heard.reshape(-1, 160)).max(axis=1) > 2500).sum()
        assert spoken == 12 * 200


class TestKeys:
    def test_keys_that_sound_are_told_and_not_heard(self) -> None:
        """The key, once; in its place the line's noise."""
        far = Far(SLIN)
        pcm = np.concatenate([np.zeros(1600, np.int16), tone("5", 100), np.zeros(4000, np.int16)])
        for number, piece in enumerate(pcm.reshape(-1, 160)):
            far.hearing.hear(far.sender.send(SLIN.encode(piece), 160).serialize(), 20.0 * number)

        loud = (np.abs(far.heard.reshape(-1, 160)).max(axis=1) > 1000).sum()
        assert far.keys == ["5"]
        assert loud <= 1

    def test_where_the_pbx_tells_keys_no_tone_is_one(self) -> None:
        """What sounds like a key on such a leg is left to be heard."""
        far = Far(SLIN)
        far.send(0, 2)
        far.hearing.key_told()
        for number, piece in enumerate(tone("5", 400).reshape(-1, 160)):
            far.hearing.hear(far.sender.send(SLIN.encode(piece), 160).serialize(), 40.0 + 20 * number)

        assert far.keys == []
        assert (np.abs(far.heard.reshape(-1, 160)).max(axis=1) > 1000).sum() == 20
