"""Joins in the joe voice: carriers of one value before another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations

import numpy as np
import numpy.typing as npt
import pytest

from ivr_ari.events import Part, Slotted
from ivr_ari.prompts.cache import Kept
from ivr_ari.prompts.carriers import OVERLAP_MS, Join, Splice, cut_carrier, fixed_phrases
from ivr_ari.prompts.level import Chain, finished, gain_db
from ivr_ari.prompts.script import Sentence, script
from ivr_ari.prompts.voice import Take, Voice

pytestmark = pytest.mark.model

Samples = npt.NDArray[np.float64]
Said = Callable[[str], Sequence[Part]]

QUIET_DB = -25.0
"""Below the level of the sentence: a step there is no louder than breath."""

PROMPTS: dict[str, tuple[Said, tuple[str, ...]]] = {
    "balance": (
        lambda value: ("Your balance is ", Slotted(value, "money"), "."),
        ("42.19", "7.00", "1204.50"),
    ),
    "card": (
        lambda value: ("The number ends in ", Slotted(value, "digits"), "."),
        ("10", "47", "93"),
    ),
    "date": (
        lambda value: ("Your appointment is on ", Slotted(value, "date"), " at noon."),
        ("2025-03-03", "2025-12-24"),
    ),
    "name": (lambda value: ("Thank you, ", Slotted(value), ", goodbye."), ("Mary Jones", "Olivia")),
}


def level_db(audio: Samples) -> float:
    return float(10 * np.log10(np.square(audio).mean() + 1.0))


def whole(take: Take, rate_in: int, rate_hz: int) -> Kept:
    """Return a sentence as it is kept."""
    pcm, cut = finished(np.concatenate(list(take.audio())), rate_in, rate_hz)
    scale, cut_ms = 1000 / rate_in, 1000 * cut // rate_hz
    spans = ((round(word.begin * scale) - cut_ms, round(word.end * scale) - cut_ms) for word in take.words)
    return Kept(pcm.astype("<i2").tobytes(), tuple((max(0, begin), end) for begin, end in spans))


def joined(voice: Voice, first: Sentence, second: Sentence, rate_hz: int) -> tuple[Join, Samples]:
    """Return how *second* was joined to the carrier of *first*, and its audio."""
    take = voice.take(first)
    words = sum(word.phrase < fixed_phrases(first) for word in take.words)
    splice = Splice(cut_carrier(whole(take, voice.rate_hz, rate_hz), words, rate_hz), rate_hz)
    take = voice.take(second)
    word = take.words[words - 1]
    begin = max(take.words[0].begin, word.end - OVERLAP_MS * voice.rate_hz // 1000)
    chain = Chain(voice.rate_hz, rate_hz, gain_db(take.loudness_lufs, voice.gain_db))
    pieces = [np.frombuffer(splice.sure, "<i2")]
    for audio in take.audio(begin):
        heard = chain.feed(audio)
        pieces.append(splice.feed(heard, (word.end - begin) * rate_hz // voice.rate_hz - chain.cut))
    pieces.append(splice.feed(chain.finish(), 0, last=True))
    assert splice.join
    return splice.join, np.concatenate(pieces).astype(np.float64)


@pytest.mark.parametrize("rate_hz", [8000, 16000])
@pytest.mark.parametrize("prompt", PROMPTS)
def test_joins_are_no_clicks_and_no_steps(joe_onnx: Voice, prompt: str, rate_hz: int) -> None:
    """
    The level steps by less than 1 dB where anything can be heard; no sample of the join differs more from its
    neighbours than some within 40 ms of it, or than one in a hundred of the sentence; and the sentence is as
    long as one made whole.
    """
    said, values = PROMPTS[prompt]
    sentences = {value: script(said(value))[0] for value in values}
    ms = rate_hz // 1000
    for first, second in permutations(values, 2):
        join, audio = joined(joe_onnx, sentences[first], sentences[second], rate_hz)
        bends = np.abs(np.diff(audio, 2))
        before, after = bends[join.at - 40 * ms : join.at - 2], bends[join.at + 11 * ms : join.at + 50 * ms]
        natural = max(before.max(), after.max(), np.quantile(bends, 0.99))
        made = len(whole(joe_onnx.take(sentences[second]), joe_onnx.rate_hz, rate_hz).pcm) // 2

        assert abs(join.step_db) < 1.0 or join.level_db - level_db(audio) < QUIET_DB, (first, second, join)
        assert bends[join.at - 2 : join.at + 11 * ms].max() <= natural, (first, second)
        assert abs(len(audio) - made) < 150 * ms, (first, second)
