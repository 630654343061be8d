"""How alike all prompts are, and what is heard where they are joined or gone on with."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ivr_ari.dialogue.fixed import fixed_prompts
from ivr_ari.events import Part, Slotted, written
from ivr_ari.language.folder import load_folder
from ivr_ari.prompts.cache import PromptCache, prompt_key
from ivr_ari.prompts.joining import USUAL, Delivery, sentences_of
from ivr_ari.prompts.level import Chain, floats, gain_db
from ivr_ari.prompts.loudness import loudness_lufs
from ivr_ari.prompts.script import Sentence, script
from ivr_ari.prompts.speaker import Speaker
from ivr_ari.prompts.voice import Pcm, Voice
from tests.bench.voice_joins import CLICK, level_db, roughest
from tests.bench.voice_pitch import final_rise

FLOWS = Path("flows")

LEAST_S = 0.4

CARRIERS = ("Your balance is ", "Your next appointment is at ", "The fee is ", "Your card payment of ")
VALUES = ("$42.19", "$1,204.50", "$7", "$310.00", "$88.08", "$16.75")

QUESTIONS = (
    *("Is that right", "Anything else", "Are you still there", "Shall I connect you", "Do you want to go on"),
    *("Would you like to pay now", "Can you say it again", "Do you mean your savings account", "Hello"),
    *("Is it for tomorrow", "Shall we call you back", "Have you got the card with you"),
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it was heard, and its words."""

    words: str
    audio: dict[int, Pcm]


def every_prompt() -> list[tuple[Part, ...]]:
    """Return all English fixed prompts of the flows, each text once, then some with values."""
    found: dict[str, tuple[Part, ...]] = {}
    for flow in load_folder(FLOWS).values():
        if flow.language == "en":
            found |= {prompt.text: prompt.parts for prompt in fixed_prompts(flow)}
    for carrier in CARRIERS:
        for value in VALUES:
            parts = (carrier, Slotted(value, "money"), ".")
            found[written(parts)] = parts
    return list(found.values())


def kept(speaker: Speaker, parts: Sequence[Part]) -> Prompt:
    """Return a prompt as it comes from the cache, made first if need be."""
    for sentence in sentences_of(speaker.script(parts)):
        if not speaker.shelf.cache.has(prompt_key(speaker.name, sentence, 1.0)):
            speaker.make(sentence)
    return Prompt(written(parts), {rate_hz: spoken(speaker, parts, rate_hz) for rate_hz in (8000, 16000)})


def spoken(speaker: Speaker, parts: Sequence[Part], rate_hz: int = 8000) -> Pcm:
    """Return a prompt as a caller hears it; the second time it comes from the cache."""
    pieces = speaker.speak(speaker.script(parts), Delivery(rate_hz=rate_hz))
    return np.frombuffer(b"".join(pieces), "<i2").astype(np.int16)


def loudness(prompts: Sequence[Prompt]) -> dict[str, Any]:
    """Return the spread of the loudness of prompts longer than 0.4 s, at both rates."""
    found: dict[str, Any] = {}
    for rate_hz in (8000, 16000):
        heard = [prompt.audio[rate_hz] for prompt in prompts]
        found[f"kept_{rate_hz}"] = spread(
            [loudness_lufs(floats(audio), rate_hz) for audio in heard if len(audio) > LEAST_S * rate_hz]
        )
    peak = max(int(np.abs(prompt.audio[8000].astype(int)).max()) for prompt in prompts)
    return {**found, "peak_dbfs": round(float(20 * np.log10(peak / 32768)), 2)}


def spread(levels: Sequence[float]) -> dict[str, float]:
    """Return how far apart loudnesses lie, in LU."""
    ranked = np.array(levels)
    middle = float(np.quantile(ranked, 0.975) - np.quantile(ranked, 0.025))
    figures = {"median": np.median(ranked), "all": ranked.max() - ranked.min(), "95%": middle}
    return {"n": len(levels), **{name: round(float(value), 2) for name, value in figures.items()}}


def streamed(voice: Voice, sentences: Sequence[Sentence]) -> dict[str, Any]:
    """Return the loudness of sentences heard while they are made, and whether windows equal the whole."""
    levels: list[float] = []
    fixed: list[float] = []
    different = 0
    for sentence in sentences:
        take = voice.take(sentence)
        raw = np.concatenate([np.zeros(0, np.int16), *take.audio()])
        for gain, found in ((gain_db(take.loudness_lufs, voice.gain_db), levels), (voice.gain_db, fixed)):
            chain = Chain(voice.rate_hz, 8000, gain)
            heard = np.concatenate([chain.feed(raw), chain.finish()])
            if len(heard) > LEAST_S * 8000:
                found.append(loudness_lufs(floats(heard), 8000))
        whole = getattr(take, "whole", None)
        if whole:
            different = max(different, int(np.abs(whole().astype(int) - raw).max(initial=0)))
    return {"foreseen": spread(levels), "one_gain": spread(fixed), "window_difference": different}


def joins(voice: Voice) -> dict[str, Any]:
    """Return what is heard where kept words lead to a new value, against the sentence made whole."""
    clicks, worst = 0, 0.0
    steps: list[float] = []
    for carrier in CARRIERS:
        with tempfile.TemporaryDirectory() as folder:
            speaker = Speaker(voice, PromptCache(Path(folder)))
            spoken(speaker, (carrier, Slotted("$9.99", "money"), "."))
            for value in VALUES:
                parts = (carrier, Slotted(value, "money"), ".")
                sentence = sentences_of(speaker.script(parts))[0]
                carrier_kept = speaker.shelf.carrier(sentence, USUAL)
                if not carrier_kept:
                    continue
                joined = spoken(speaker, parts)
                whole = _whole(voice, sentence)
                at = 8 * carrier_kept.words[-1][1]
                rough = roughest(joined, at - 1600, at + 800)
                worst = max(worst, rough)
                clicks += rough > max(CLICK, 1.2 * roughest(whole, at - 1600, at + 800))
                steps.append(abs(_step_db(joined, at) - _step_db(whole, at)))
    if not steps:
        return {"joined": 0}
    figures = {
        "step_p50_db": np.median(steps),
        "step_p95_db": np.quantile(steps, 0.95),
        "step_max_db": max(steps),
        "sharpest": worst,
    }
    return {
        "joined": len(steps),
        "clicks": int(clicks),
        **{name: round(float(value), 2) for name, value in figures.items()},
    }


def between_sentences(prompts: Sequence[Prompt]) -> int:
    """Return how many prompts have a click at an edge of a silence, where sentences were put together."""
    return sum(any(_edges(prompt.audio[8000])) for prompt in prompts)


def resumed(speaker: Speaker, all_parts: Sequence[tuple[Part, ...]]) -> dict[str, int]:
    """
    Break prompts off at random and go on; count words lost and doubled.

    What follows must be the end of what was heard the first time, sample for sample behind its fade, and
    begin before the first word that had not been heard to its end, but after the one before it.
    """
    draw, lost, doubled, tried = random.Random(6), 0, 0, 0
    for parts in all_parts:
        said = speaker.script(parts)
        sentence = sentences_of(said)
        if len(sentence) != 1:
            continue
        entry = speaker.shelf.cache.get(prompt_key(speaker.name, sentence[0], 1.0), 8000)
        if not entry or not entry.words:
            continue
        whole = spoken(speaker, parts)
        for _ in range(3):
            heard_ms = draw.randrange(40, len(whole) // 8)
            unheard = [span for span in entry.words if span[1] > heard_ms]
            pieces = b"".join(speaker.speak(said, after_ms=heard_ms))
            rest = np.frombuffer(pieces, "<i2").astype(np.int16)
            tried += 1
            if not unheard:
                doubled += len(rest) > 0
                continue
            begin_ms = (len(whole) - len(rest)) / 8
            same = np.array_equal(rest[80:], whole[len(whole) - len(rest) :][80:])
            before = [span for span in entry.words if span[1] <= heard_ms]
            lost += not same or begin_ms > unheard[0][0] + 5
            doubled += bool(before) and begin_ms < before[-1][0] + (before[-1][1] - before[-1][0]) / 2
    return {"tried": tried, "lost": lost, "doubled": doubled}


def rises(voice: Voice) -> dict[str, float]:
    """Return by how many semitones questions end higher than the same words as statements."""
    found = {}
    for mark in "?.":
        ends = []
        for words in QUESTIONS:
            (sentence,) = script((f"{words}{mark}",))
            audio = voice.take(sentence).audio()
            ends.append(final_rise(np.concatenate(list(audio)), voice.rate_hz))
        found[mark] = np.array(ends)
    above = found["?"] - found["."]
    return {
        "rise": round(float(np.nanmedian(found["?"])), 1),
        "fall_of_statements": round(float(np.nanmedian(found["."])), 1),
        "above_statement": round(float(np.nanmedian(above)), 1),
        "share_above": round(float(np.mean(above[~np.isnan(above)] > 0.5)), 2),
        "share_rising": round(float(np.mean(found["?"][~np.isnan(found["?"])] >= 2.0)), 2),
    }


def _whole(voice: Voice, sentence: Sentence) -> Pcm:
    with tempfile.TemporaryDirectory() as folder:
        speaker = Speaker(voice, PromptCache(Path(folder)))
        speaker.make(sentence)
        made = speaker.shelf.cache.get(prompt_key(speaker.name, sentence, 1.0), 8000)
        return np.frombuffer(made.pcm if made else b"", "<i2").astype(np.int16)


def _step_db(audio: Pcm, at: int) -> float:
    """Return by how much the sentence from sample *at* on is louder than all before it, in dB."""
    return level_db(audio, at, len(audio)) - level_db(audio, 0, at)


def _edges(audio: Pcm) -> Iterator[bool]:
    silent = np.abs(audio) <= 1
    for at in np.flatnonzero(np.diff(silent.astype(np.int8))).tolist():
        around = silent[max(0, at - 200) : at + 200]
        if around.sum() > 150:
            yield roughest(audio, at - 8, at + 8) > CLICK
