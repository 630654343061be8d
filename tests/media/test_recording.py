"""Both sides of a recording lie in step, and what may not be kept is silence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.media.recording import AFTER, BEFORE, LONGEST, SLIP, Piece, Recording

HZ = 8000
FRAME = 320


def frame(value: int) -> bytes:
    return np.full(FRAME // 2, value, "<i2").tobytes()


def values(pieces: tuple[Piece, ...], frames: int) -> list[int]:
    """Return the value of each 20 ms of a side: 0 where there is nothing."""
    sound = bytearray(frames * FRAME)
    for piece in pieces:
        sound[piece.offset : piece.offset + len(piece.pcm)] = piece.pcm
    return [int(value) for value in np.frombuffer(bytes(sound), "<i2")[:: FRAME // 2]]


class Talk:
    """A recording, 20 ms after 20 ms; the value of a frame is its number."""

    def __init__(self) -> None:
        self.recording = Recording(HZ, HZ)
        self.now = 0
        self.pieces: tuple[tuple[Piece, ...], tuple[Piece, ...]] = ((), ())

    def go_on(
        self,
        frames: int,
        *,
        secret: bool = False,
        in_turn: bool = False,
        heard: int = 1,
        listened: bool = True,
    ) -> None:
        for _ in range(frames):
            self.now += 1
            for _ in range(heard):
                self.recording.heard(frame(self.now), secret=secret, in_turn=in_turn, listened=listened)
            self.recording.sent(frame(self.now), secret=secret)

    def take(self, *, over: bool = False) -> None:
        caller, service = self.recording.take(over=over)
        self.pieces = (*self.pieces[0], *caller), (*self.pieces[1], *service)

    def over(self) -> tuple[list[int], list[int]]:
        self.take(over=True)
        return values(self.pieces[0], self.now), values(self.pieces[1], self.now)


def test_both_sides_whole_and_in_step() -> None:
    """All that was heard and sent is there, each frame in its place."""
    talk = Talk()

    talk.go_on(120)

    assert talk.over() == (list(range(1, 121)), list(range(1, 121)))


@given(st.lists(st.integers(1, 70), max_size=8))
def test_taken_in_any_rhythm(rhythm: list[int]) -> None:
    """However often something is taken, the same lies in the same place."""
    talk = Talk()
    for frames in rhythm:
        talk.go_on(frames)
        talk.take()
    talk.go_on(30)

    assert talk.over()[0] == list(range(1, talk.now + 1))


def test_a_secret_step_is_silence_on_both_sides() -> None:
    """Nothing said in the step and just after it is kept, from its first frame on."""
    talk = Talk()

    talk.go_on(100)
    talk.go_on(50, secret=True)
    talk.go_on(AFTER + 100)
    caller, service = talk.over()

    kept = [value for value in caller if value]
    assert kept == [*range(1, 101), *range(150 + AFTER, 251 + AFTER)]
    assert [value for value in service if value] == kept


def test_a_turn_that_proves_secret_is_withdrawn() -> None:
    """A secret told where none was asked for is gone from where the turn began, whatever was taken before."""
    talk = Talk()
    talk.go_on(200)
    for _ in range(10):
        talk.go_on(30, in_turn=True)
        talk.take()

    talk.recording.judged(kept=False)
    talk.go_on(AFTER + 50)
    caller, service = talk.over()

    began = 200 - BEFORE
    assert caller[:began] == list(range(1, began + 1))
    assert not any(caller[began : 500 + AFTER - 1])
    assert all(caller[500 + AFTER :])
    assert all(service[:500])


def test_a_turn_without_secrets_is_kept() -> None:
    """What was held back until the turn was judged follows in its place."""
    talk = Talk()
    talk.go_on(60)
    talk.go_on(200, in_turn=True)
    talk.take()
    talk.recording.judged(kept=True)
    talk.go_on(60)

    assert talk.over()[0] == list(range(1, 321))


@pytest.mark.parametrize("rest", [0, 60])
def test_a_turn_that_was_never_judged_is_left_out(rest: int) -> None:
    """Whether the call is over in mid-sentence or goes on without an answer: nobody knows what was said."""
    talk = Talk()
    talk.go_on(60)
    for _ in range(4):
        talk.go_on(50, in_turn=True)
        talk.take()
    talk.go_on(rest)
    caller, service = talk.over()

    began = 60 - BEFORE
    assert caller == [*range(1, began + 1), *[0] * (260 - began), *range(261, 261 + rest)]
    assert service == list(range(1, 261 + rest))


def test_one_turn_after_the_other_is_judged_by_itself() -> None:
    """That the first may be kept says nothing about the second, though no frame lies between them."""
    talk = Talk()
    talk.go_on(100, in_turn=True)
    talk.recording.judged(kept=True)
    talk.go_on(100, in_turn=True)
    caller, _ = talk.over()

    assert caller == [*range(1, 101 - BEFORE), *[0] * (100 + BEFORE)]


def test_what_nobody_listens_to_is_left_out() -> None:
    """While a prompt plays that may not be interrupted, what the caller says is never judged."""
    talk = Talk()
    talk.go_on(50)
    talk.go_on(50, listened=False)
    talk.go_on(50)
    caller, service = talk.over()

    assert caller == [*range(1, 51), *[0] * 50, *range(101, 151)]
    assert service == list(range(1, 151))


def test_a_turn_without_an_end_is_bounded() -> None:
    """No more than `LONGEST` is held back, and what is beyond it is not given out either."""
    talk = Talk()
    talk.go_on(LONGEST + 100, in_turn=True)
    talk.take()
    talk.recording.judged(kept=True)
    caller, service = talk.over()

    assert sum(map(bool, caller)) == LONGEST - BEFORE + 1
    assert caller[:100] == list(range(1, 101))
    assert all(service)


def test_a_caller_who_came_later_lies_where_they_were_heard() -> None:
    """Silence stands for the time in which nothing had come yet."""
    talk = Talk()
    talk.go_on(SLIP + 50, heard=0)
    talk.go_on(20)

    caller, _ = talk.over()

    assert caller == [0] * (SLIP + 50) + list(range(SLIP + 51, SLIP + 71))


def test_a_side_that_runs_ahead_is_held_back() -> None:
    """A telephone that sends more than time goes by can't push its words away from their answers."""
    talk = Talk()
    talk.go_on(100, heard=2)

    assert talk.recording.caller.place <= talk.recording.service.place + SLIP + 1


def test_rates_may_differ() -> None:
    """A wideband caller of a narrowband service: each side has its own bytes for the same time."""
    recording = Recording(16_000, 8000)
    for _ in range(60):
        recording.heard(bytes(640), secret=False, in_turn=False)
        recording.sent(bytes(320), secret=False)

    caller, service = recording.take(over=True)

    assert (len(caller[0].pcm), len(service[0].pcm)) == (60 * 640, 60 * 320)
    assert (recording.bytes_of(16_000), recording.bytes_of(8000)) == (60 * 640, 60 * 320)
