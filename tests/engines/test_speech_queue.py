"""Who is recognised next, and that nobody waits for another's long talk."""

from __future__ import annotations

import threading

import pytest

from ivr_ari.engines.speech_queue import AUDIO_KEPT, CONTROL_KEPT, SLICE, SpeechQueue
from ivr_ari.engines.wire import Message
from ivr_ari.errors import EngineFailed

AUDIO = Message("audio", {"at_ms": 0}, b"\0" * 320)
FLUSH = Message("flush", {"id": "f1"})


def kinds(queue: SpeechQueue) -> tuple[str, list[str]]:
    """Take a slice and work it off."""
    call, messages = queue.take()
    queue.done(call, over=False)
    return call, [message.kind for message in messages]


def test_a_call_is_worked_on_in_order() -> None:
    """What came first is done first."""
    queue = SpeechQueue(1)
    for kind in ("open", "expect", "audio", "flush"):
        queue.put("a", Message(kind))
    assert kinds(queue) == ("a", ["open", "expect", "audio", "flush"])


def test_long_talk_keeps_nobody_waiting() -> None:
    """Calls that only talk are served in turn, a slice each."""
    queue = SpeechQueue(1)
    for _ in range(3 * SLICE):
        queue.put("talker", AUDIO)
    queue.put("other", AUDIO)
    served = [kinds(queue) for _ in range(4)]
    assert [call for call, _ in served].index("other") <= 3
    assert served[0] == ("talker", ["audio"] * SLICE)


def test_who_waits_for_words_comes_first() -> None:
    """And gets all of them before anybody's mere audio, however old that is."""
    queue = SpeechQueue(1)
    for _ in range(2 * SLICE):
        queue.put("talker", AUDIO)
    for _ in range(SLICE):
        queue.put("asked", AUDIO)
    queue.put("asked", FLUSH)
    assert [kinds(queue)[0] for _ in range(3)] == ["asked", "asked", "talker"]


def test_a_slice_ends_with_the_words() -> None:
    """The answer goes out before the next piece is begun."""
    queue = SpeechQueue(1)
    for message in (AUDIO, FLUSH, AUDIO):
        queue.put("a", message)
    assert kinds(queue) == ("a", ["audio", "flush"])
    assert kinds(queue) == ("a", ["audio"])


def test_a_call_is_with_one_thread_at_a_time() -> None:
    """Another thread gets another call, or waits until this one is done."""
    queue = SpeechQueue(2)
    queue.put("a", AUDIO)
    assert queue.take()[0] == "a"
    queue.put("a", FLUSH)
    queue.put("b", AUDIO)
    taken: list[str] = []

    def other() -> None:
        for _ in range(2):
            call, _ = queue.take()
            taken.append(call)
            queue.done(call, over=False)

    thread = threading.Thread(target=other)
    thread.start()
    while "b" not in taken:
        thread.join(0.01)
    assert taken == ["b"]
    queue.done("a", over=False)
    thread.join(60)
    assert taken == ["b", "a"]


def test_too_much_audio_drops_the_oldest() -> None:
    """It is counted, also when the call is over; the other calls lose nothing."""
    queue = SpeechQueue(1)
    for _ in range(AUDIO_KEPT + 5):
        queue.put("a", AUDIO)
    queue.put("b", AUDIO)
    assert queue.state().dropped == 5
    over = 0
    while over < AUDIO_KEPT:
        call, messages = queue.take()
        over += len(messages) if call == "a" else 0
        queue.done(call, over=True)
    assert queue.state().dropped == 5


def test_a_call_nobody_works_on_is_told() -> None:
    """Too many commands mean that recognition is stuck."""
    queue = SpeechQueue(1)
    for _ in range(CONTROL_KEPT):
        queue.put("a", FLUSH)
    with pytest.raises(EngineFailed) as caught:
        queue.put("a", FLUSH)
    assert caught.value.code == "engine.queue-full"


def test_a_slice_that_gets_on_is_not_stuck() -> None:
    """Each message worked off counts, not only the whole slice."""
    queue = SpeechQueue(1)
    queue.put("a", AUDIO)
    queue.take()
    while queue.state().busy_ms < 2:
        pass
    before = queue.state().busy_ms
    queue.beat()
    assert queue.state().busy_ms < before
    queue.done("a", over=True)
    assert queue.state().busy_ms == 0


def test_lag_is_the_worst_since_asked() -> None:
    """Nothing waiting, nothing late."""
    queue = SpeechQueue(1)
    assert queue.state().lag_ms == 0
    queue.put("a", AUDIO)
    assert kinds(queue)[0] == "a"
    queue.state()
    assert queue.state().lag_ms == 0
