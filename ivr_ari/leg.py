"""Which codec a call's media leg has, by what the caller's own telephone speaks."""

from __future__ import annotations

import asyncio

from .adapters.ari import Ari
from .errors import CallGone, PbxUnavailable
from .media.codecs import BY_FORMAT, SLIN16, Codec

__all__ = ["WIDE_FORMATS", "answer", "codec_for"]

WIDE_FORMATS = frozenset(
    (
        *("g722", "opus", "amrwb", "g719", "siren7", "siren14", "speex16", "speex32"),
        *("silk12", "silk16", "silk24", "slin12", "slin16", "slin24", "slin32", "slin44", "slin48"),
        *("slin96", "slin192"),
    )
)
"""Asterisk's names of what has more than 8000 samples a second (``core show codecs``)."""


def codec_for(native: str, narrow: str) -> Codec:
    """
    Return the leg's codec.

    *native* are the formats of the caller's channel as Asterisk lists them, ``(g722|ulaw)``: the first is the
    one in use. *narrow* is what we take from the PBX otherwise.
    """
    first = native.strip("()").partition("|")[0]
    return SLIN16 if first in WIDE_FORMATS else BY_FORMAT[narrow]


async def answer(ari: Ari, channel: str, *, answered: bool, narrow: str, wideband: bool) -> Codec:
    """
    Answer the caller, and return the codec for the media leg. Raises what `Ari.answer` does.

    What the caller speaks is asked while the call is being answered: the caller does not wait for it.
    """
    asked = formats(ari, channel) if wideband else nothing()
    _, native = await asyncio.gather(nothing() if answered else answering(ari, channel), asked)
    return codec_for(native, narrow)


async def formats(ari: Ari, channel: str) -> str:
    try:
        return await ari.get_variable(channel, "CHANNEL(audionativeformat)")
    except (CallGone, PbxUnavailable):
        return ""  # the answer will say it, if it matters


async def answering(ari: Ari, channel: str) -> str:
    await ari.answer(channel)
    return ""


async def nothing() -> str:
    return ""
