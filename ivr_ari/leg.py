"""Which codec a call's media leg has, by what the caller's own telephone speaks."""

from __future__ import annotations

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

    What the caller speaks is asked after the answer: then it is settled, and the caller's telephone has not
    waited for the question (asked beside the answer, it made it later on a busy machine).
    """
    if not answered:
        await ari.answer(channel)
    if not wideband:
        return BY_FORMAT[narrow]
    try:
        native = await ari.get_variable(channel, "CHANNEL(audionativeformat)")
    except (CallGone, PbxUnavailable):
        native = ""  # the next thing asked of the PBX will tell, if it matters
    return codec_for(native, narrow)
