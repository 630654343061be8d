"""What the recogniser is given: speech with what lies before it, once."""

from __future__ import annotations

from ivr_ari.speech.feeding import Feeding, Piece


def frames(first: int, count: int) -> list[bytes]:
    return [bytes([number]) * 320 for number in range(first, first + count)]


def feed(feeding: Feeding, audio: list[bytes], listening: bool) -> list[Piece]:
    pieces = (feeding.frame(frame, listening=listening) for frame in audio)
    return [piece for piece in pieces if piece is not None]


def test_silence_is_not_given() -> None:
    """However long it lasts."""
    assert feed(Feeding(), frames(0, 200), False) == []


def test_what_lies_before_a_voice_goes_with_it() -> None:
    """The pre-roll comes in one piece that says where it begins; from then on frame by frame."""
    feeding = Feeding(pre_roll_ms=100)
    quiet, voice = frames(0, 50), frames(50, 3)
    assert feed(feeding, quiet, False) == []
    first, second, third = feed(feeding, voice, True)
    assert first == Piece(920, b"".join(quiet[-4:]) + voice[0])
    assert second == Piece(1020, voice[1])
    assert third == Piece(1040, voice[2])


def test_no_frame_twice() -> None:
    """A voice that comes back soon finds only what was not given before."""
    feeding = Feeding(pre_roll_ms=300)
    audio = frames(0, 30)
    given = [
        *feed(feeding, audio[:5], False),
        *feed(feeding, audio[5:10], True),
        *feed(feeding, audio[10:16], False),
        *feed(feeding, audio[16:30], True),
    ]
    assert b"".join(piece.pcm for piece in given) == b"".join(audio)
    assert all(piece.at_ms == 20 * piece.pcm[0] for piece in given)


def test_a_long_pause_leaves_a_gap() -> None:
    """Its middle is nobody's."""
    feeding = Feeding(pre_roll_ms=100)
    audio = frames(0, 60)
    feed(feeding, audio[:10], True)
    assert feed(feeding, audio[10:50], False) == []
    [first, *_] = feed(feeding, audio[50:60], True)
    assert first.at_ms == 920


def test_what_was_forgotten_is_not_given() -> None:
    """Audio from before is gone."""
    feeding = Feeding()
    feed(feeding, frames(0, 20), False)
    feeding.forget()
    [piece] = feed(feeding, frames(20, 1), True)
    assert piece == Piece(400, frames(20, 1)[0])
