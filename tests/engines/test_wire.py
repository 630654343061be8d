"""Messages on the pipe: what goes in comes out, and junk is refused."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.engines.wire import MAX_HEADER, MAX_PAYLOAD, Decoder, Message, encode
from ivr_ari.errors import EngineFailed
from ivr_ari.events import Json
from ivr_ari.language.choice_files import MOST_CHARACTERS

FIELDS: st.SearchStrategy[dict[str, Json]] = st.dictionaries(
    st.text(max_size=8).filter(lambda name: name != "kind"), st.text() | st.integers() | st.none(), max_size=4
)
MESSAGES = st.builds(Message, kind=st.text(max_size=10), fields=FIELDS, payload=st.binary(max_size=400))


@given(st.lists(MESSAGES, max_size=5), st.lists(st.integers(0, 2000), max_size=6))
def test_messages_survive_any_cut(messages: list[Message], cuts: list[int]) -> None:
    """However the pipe cuts the bytes, the same messages come out."""
    data = b"".join(encode(message) for message in messages)
    edges = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    decoder = Decoder()
    found = [
        message
        for begin, end in zip(edges, edges[1:], strict=False)
        for message in decoder.feed(data[begin:end])
    ]
    assert found == messages


@pytest.mark.parametrize(
    "junk",
    [
        b"Loading model ...\n",
        struct.pack(">II", MAX_HEADER + 1, 0),
        struct.pack(">II", 2, MAX_PAYLOAD + 1),
        struct.pack(">II", 2, 0) + b"[]",
        struct.pack(">II", 2, 0) + b"{}",
        struct.pack(">II", 10, 0) + b'{"kind":1}',
        struct.pack(">II", 3, 0) + b"\xff\xfe\xfd",
        struct.pack(">II", 5, 0) + b"hello",
    ],
)
def test_junk_is_refused(junk: bytes) -> None:
    """What is no message ends in EngineFailed, not in a guess."""
    with pytest.raises(EngineFailed) as caught:
        list(Decoder().feed(junk))
    assert caught.value.code == "wire.junk"


@given(st.binary(max_size=300))
def test_only_the_documented_error_comes_out(data: bytes) -> None:
    """No bytes make the decoder fail in another way."""
    with contextlib.suppress(EngineFailed):
        list(Decoder().feed(data))


def test_too_large_a_message_is_not_sent() -> None:
    """The limits hold for what is sent, too."""
    with pytest.raises(EngineFailed) as caught:
        encode(Message("audio", {}, bytes(MAX_PAYLOAD + 1)))
    assert caught.value.code == "wire.too-large"


def test_lists_of_choices_fit() -> None:
    """A flow with six slots that take the longest list is told to the worker as one message."""
    message = Message("load", {"words": ["x" * MOST_CHARACTERS] * 6})

    assert list(Decoder().feed(encode(message))) == [message]


def test_fields_of_the_wrong_type_are_refused() -> None:
    """Who asks for a text or a number gets one, or EngineFailed."""
    message = Message("flush", {"call": 7, "at_ms": "soon"})
    for ask in (message.text, message.number):
        with pytest.raises(EngineFailed) as caught:
            ask("call" if ask == message.text else "at_ms")
        assert caught.value.code == "wire.field"
