"""Prompts leave in order, in whole packets, and what is reported was sent."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.media.pacing import FADE_MS, FRAME_BYTES, RAMP_MS, Playout, Progress, echo

FADE_SAMPLES = 8 * FADE_MS


def tone(samples: int, value: int = 1000) -> bytes:
    return np.full(samples, value, "<i2").tobytes()


def samples(frame: bytes) -> list[int]:
    return [int(sample) for sample in np.frombuffer(frame, "<i2")]


def drain(playout: Playout, frames: int) -> tuple[bytes, list[Progress]]:
    audio = b""
    told: list[Progress] = []
    for _ in range(frames):
        frame, progress = playout.take()
        audio += frame or bytes(FRAME_BYTES)
        told += progress
    return audio, told


class TestPlayout:
    def test_nothing_to_say_is_nothing(self) -> None:
        """An idle playout gives no audio, so that its owner can send ready-made silence."""
        assert Playout().take() == (b"", ())

    def test_a_prompt_is_sent_whole(self) -> None:
        """A prompt begins, is padded to a whole packet, and is reported with its own length."""
        playout = Playout()
        playout.append("a", tone(200))
        playout.end("a")

        audio, told = drain(playout, 3)

        assert samples(audio) == [1000] * 200 + [0] * 280
        assert told == [Progress("a", "began"), Progress("a", "whole", 25)]

    def test_the_next_prompt_begins_in_the_same_packet(self) -> None:
        """Between two prompts in a row there is no gap, not even the rest of a packet."""
        playout = Playout()
        for name, value in (("a", 1), ("b", 2)):
            playout.append(name, tone(100, value))
            playout.end(name)

        audio, told = drain(playout, 2)

        assert samples(audio)[:200] == [1] * 100 + [2] * 100
        assert [(step.id, step.state) for step in told] == [
            ("a", "began"),
            ("a", "whole"),
            ("b", "began"),
            ("b", "whole"),
        ]

    def test_order_is_that_of_first_mention(self) -> None:
        """Audio of a later prompt that is ready sooner waits for the one before it."""
        playout = Playout()
        playout.append("a", tone(160, 1))
        playout.append("b", tone(160, 2))
        playout.end("b")
        first, _ = drain(playout, 2)
        playout.append("a", tone(160, 3))
        playout.end("a")

        second, _ = drain(playout, 2)

        assert samples(first) == [1] * 160 + [0] * 160
        assert samples(second) == [3] * 160 + [2] * 160

    def test_a_prompt_without_audio_is_over_at_once(self) -> None:
        """A voice with nothing to say still gets its prompt reported."""
        playout = Playout()
        playout.end("a")

        assert playout.take() == (b"", (Progress("a", "whole", 0),))

    def test_running_dry_is_silence_and_counted_once(self) -> None:
        """An underrun is one event however long it lasts; waiting for the first chunk is none."""
        playout = Playout()
        playout.append("a", b"")
        drain(playout, 2)
        assert playout.underruns == 0

        playout.append("a", tone(80))
        drain(playout, 3)

        assert (playout.underruns, playout.starved_ms) == (1, 50)

    def test_cut_leaves_a_short_fade_and_nothing_more(self) -> None:
        """After a cut the voice falls to silence within the next packet."""
        playout = Playout()
        playout.append("a", tone(1600))
        drain(playout, 2)

        told = playout.cut("a")
        audio, later = drain(playout, 2)

        assert told == (Progress("a", "cut", 40),)
        heard = samples(audio)
        assert heard[0] == 1000
        assert heard[:FADE_SAMPLES] == sorted(heard[:FADE_SAMPLES], reverse=True)
        assert heard[FADE_SAMPLES:] == [0] * (320 - FADE_SAMPLES)
        assert (later, playout.queued_ms, playout.speaking) == ([], 0, False)

    def test_cut_of_what_has_not_begun_makes_no_sound(self) -> None:
        """A prompt that waits behind another is dropped without a fade; the one before it goes on."""
        playout = Playout()
        playout.append("a", tone(480, 1))
        playout.append("b", tone(480, 2))
        drain(playout, 1)

        assert playout.cut("b") == (Progress("b", "cut", 0),)
        playout.end("a")

        assert samples(drain(playout, 3)[0]) == [1] * 320 + [0] * 160

    def test_cut_of_everything(self) -> None:
        """Without an id all prompts are dropped, each with how far it came."""
        playout = Playout()
        for name in ("a", "b", "c"):
            playout.append(name, tone(160))
            playout.end(name)
        drain(playout, 1)

        told = playout.cut()

        assert [(step.id, step.sent_ms) for step in told] == [("b", 0), ("c", 0)]
        assert playout.queued_ms == 0

    def test_late_chunks_of_a_cut_prompt_are_not_heard(self) -> None:
        """The voice may not yet know that its prompt was cut."""
        playout = Playout()
        playout.append("a", tone(160))
        playout.cut("a")

        assert playout.append("a", tone(160)) is False
        playout.end("a")

        assert playout.take() == (b"", ())
        assert playout.cut("a") == ()

    def test_a_new_prompt_follows_the_fade(self) -> None:
        """What answers the caller is not held up by the fade of what they interrupted."""
        playout = Playout()
        playout.append("a", tone(1600, 1000))
        drain(playout, 1)
        playout.cut("a")
        playout.append("b", tone(160, 7))

        audio, _ = drain(playout, 1)

        assert samples(audio)[FADE_SAMPLES:] == [7] * (160 - FADE_SAMPLES)

    def test_audio_past_the_limit_is_refused(self) -> None:
        """The queue is bounded; a chunk is taken whole or not at all, and the refusal is counted."""
        playout = Playout(limit_ms=40)

        taken = [playout.append("a", tone(160)) for _ in range(3)]

        assert taken == [True, True, False]
        assert (playout.queued_ms, playout.refused) == (40, 1)

    def test_a_ducked_prompt_goes_on_quieter_in_time(self) -> None:
        """Ducking changes the level within `RAMP_MS` of the next packet, and nothing of the time."""
        playout = Playout()
        playout.append("a", tone(800, 10_000))
        playout.end("a")
        drain(playout, 1)

        playout.duck(20.0)
        ducked, _ = drain(playout, 2)
        playout.duck(0.0)
        full, told = drain(playout, 3)

        ramp = 8 * RAMP_MS
        down, up = samples(ducked), samples(full)
        assert down[:ramp] == sorted(down[:ramp], reverse=True)
        assert set(down[ramp:]) == {1000}
        assert up[:ramp] == sorted(up[:ramp])
        assert set(up[ramp:320]) == {10_000}
        assert told == [Progress("a", "whole", 100)]

    def test_ducking_holds_for_what_follows_until_it_is_undone(self) -> None:
        """A prompt that begins while others are ducked is ducked from its first sample."""
        playout = Playout()
        playout.duck(20.0)
        drain(playout, 1)
        playout.append("a", tone(160, 10_000))

        assert set(samples(drain(playout, 1)[0])) == {1000}

    def test_a_cut_of_everything_ends_the_ducking(self) -> None:
        """The fade stays as quiet as the voice was; the answer comes in full voice."""
        playout = Playout()
        playout.append("a", tone(800, 10_000))
        playout.duck(20.0)
        drain(playout, 2)

        playout.cut()
        playout.append("b", tone(320, 7))
        heard = samples(drain(playout, 2)[0])

        assert max(heard) <= 1000
        assert set(heard[FADE_SAMPLES:]) == {7}

    def test_wideband_is_twice_the_bytes(self) -> None:
        """At 16 kHz a packet is 640 bytes, and ms are still ms."""
        playout = Playout(rate_hz=16_000)
        playout.append("a", tone(960, 3))
        playout.end("a")

        (first, _), (second, _), (third, told) = (playout.take() for _ in range(3))

        assert [len(first), len(second), len(third)] == [640] * 3
        assert told == (Progress("a", "whole", 60),)

    @given(st.lists(st.integers(0, 700), min_size=1, max_size=12))
    def test_chunk_sizes_never_show(self, sizes: list[int]) -> None:
        """However the voice cuts its audio into chunks, the same samples leave."""
        whole = np.arange(sum(sizes), dtype="<i2")
        playout, start = Playout(), 0
        for size in sizes:
            playout.append("a", whole[start : start + size].tobytes())
            start += size
        playout.end("a")

        audio, told = drain(playout, len(whole) // 160 + 2)

        assert np.frombuffer(audio, "<i2")[: len(whole)].tolist() == whole.tolist()
        assert told[-1] == Progress("a", "whole", len(whole) // 8)
        assert playout.queued_ms == 0


def test_echo_says_back_and_does_not_pile_up() -> None:
    """What is heard is said again, and a fast far side can't make the echo later and later."""
    playout = Playout()

    for value in range(1, 20):
        echo(playout, tone(160, value))

    assert playout.queued_ms == 100
    assert samples(playout.take()[0])[0] == 1
