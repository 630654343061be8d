"""
A VITS voice (Kim, Kong and Son, 2021) that speaks while it is still working, whatever runs its networks.

VITS speaks a sentence as a whole. A caller should not wait for that: the encoder and the durations, which are
quick, run once and decide all timing; then the flow and the decoder, which are slow, run in windows. Both are
stacks of convolutions, so a window with enough neighbouring frames gives exactly the samples that the whole
would give there.

Two engines run the networks (`coqui_tts`: Coqui and PyTorch; `onnx_tts`: graphs made of the same weights).
Everything else is done here, once, so that both speak the same audio. That includes the noise VITS draws: it
is numpy's, whose frozen generator (`RandomState`, NEP 19) is seeded by the voice's name and the sounds of the
sentence's first phrase, so a text always sounds the same, and sentences that begin with the same phrase begin
alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ..errors import SetupError
from .espeak import Pronouncer
from .foreseen import Foresight
from .pronounced import Said, line, pronounced
from .rising import Made, begin_of, streamed
from .script import Phrase, Sentence
from .timing import Timing, timed
from .vits_model import Floats, Network, Noise, Traits, tokens
from .voice import Cancelled, Pcm, WordTime, engine_failures, never
from .voice_folder import VoiceAbout

__all__ = ["Traits", "VitsTake", "VitsVoice", "windows"]

SIZES = (14, 28, 48)
"""
Frames of the first windows: soon 100 ms of sound (14 are 163 ms, up to 60 of which are silence and the
resampler's), then growing so that each is ready before the ones before it have been heard.
"""

LARGE = 64
"""Frames of all later windows."""

FLOW_AHEAD = 64
"""Frames the flow goes on by beyond what a window of LARGE frames needs."""


MOST_TOKENS = 600
"""
Encoded at once: some 300 letters. The encoder's memory grows with their square, and a backend's value may
be a text of any length.
"""


ACCENT = "ˈ"
"""espeak's sign for a stressed syllable."""

Ids = npt.NDArray[np.int64]


class VitsVoice:
    """A VITS model that is loaded. A sound it does not know is left out."""

    def __init__(self, about: VoiceAbout, traits: Traits, network: Network) -> None:
        """Raises SetupError ``voice.unreadable`` if *about* does not tell the loudness as it should."""
        self.about = about
        self.name = about.name
        self.gain_db = about.gain_db
        self.traits = traits
        self.rate_hz = traits.rate_hz
        self.network = network
        self.pronouncer = Pronouncer(about.espeak_voice)
        try:
            self.foresight = Foresight.from_json(about.loudness) if about.loudness else None
        except (KeyError, TypeError, ValueError) as exc:
            raise SetupError("voice.unreadable", voice=about.name, why=type(exc).__name__) from exc

    def warm_up(self, text: str = "Hello.") -> None:
        """Speak once: libraries prepare much with the first use. Raises EngineFailed."""
        for _ in self.take(Sentence((Phrase(text),))).audio():
            pass

    def close(self) -> None:
        """End the helper process."""
        self.pronouncer.close()

    def take(self, sentence: Sentence, *, speed: float = 1.0) -> VitsTake:
        """Return how *sentence* is spoken, see `Voice.take`."""
        with engine_failures():
            spell = self.pronouncer.spell if self.about.text == "phonemes" else list
            said = pronounced(sentence.phrases, spell)
            first = line(word for word in said if word.phrase == 0)
            seed = f"{self.name} {first}"
            ids, owners = tokens(said, self.traits)
            timing, mean, log_scale = self._encoded(ids, owners, said, sentence.phrases, seed, speed)
            rise = self._rise(ids, timing) if sentence.rises and timing.words else None
            noise = Noise(f"sound {seed}", self.traits.channels)
            return VitsTake(self, timing, mean, log_scale, noise, rise)

    def _encoded(
        self,
        ids: Ids,
        owners: Ids,
        said: tuple[Said, ...],
        phrases: tuple[Phrase, ...],
        seed: str,
        speed: float,
    ) -> tuple[Timing, Floats, Floats]:
        traits = self.traits
        if not len(ids):
            empty = np.zeros((traits.channels, 0), np.float32)
            return Timing.nothing(), empty, empty
        noise = Noise(f"durations {seed}", 2).upto(len(ids)) * np.float32(traits.duration_noise)
        parts = [
            self.network.encode(ids[low:high], noise[:, low:high]) for low, high in pairwise(cuts(owners))
        ]
        mean, log_scale, log_durations = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
        lengths = np.exp(log_durations.astype(np.float64)) * traits.length
        return timed(said, owners, phrases, lengths, traits.hop, traits.rate_hz, speed), mean, log_scale

    def _rise(self, ids: Ids, timing: Timing) -> int:
        """Return the raw sample where a sentence begins to rise; its first window waits for nothing."""
        accents = np.flatnonzero(ids == self.traits.symbols.get(ACCENT, -1))
        accent = int(np.searchsorted(timing.tokens, accents[-1])) if len(accents) else 0
        end = timing.words[-1].end - sum(length for _, length in timing.pauses)
        rise = begin_of(accent * self.traits.hop, end, self.rate_hz)
        return max(SIZES[0] * self.traits.hop, rise)


def cuts(owners: Ids, most: int = MOST_TOKENS) -> Iterator[int]:
    """Yield where tokens are cut to be encoded: first, last, and between words where there are too many."""
    at = 0
    yield at
    while len(owners) - at > most:
        silent = np.flatnonzero(owners[at + most // 2 : at + most] < 0)
        at += most // 2 + int(silent[-1]) + 1 if len(silent) else most
        yield at
    yield len(owners)


class VitsTake:
    """A sentence whose timing is decided, see `Take`."""

    def __init__(
        self,
        voice: VitsVoice,
        timing: Timing,
        mean: Floats,
        log_scale: Floats,
        noise: Noise,
        rise: int | None = None,
    ) -> None:
        self.voice = voice
        self.timing = timing
        self.mean = mean
        self.log_scale = log_scale
        self.noise = noise
        self.rise = rise
        """Raw sample from which its pitch rises to the end."""

    @property
    def samples(self) -> int:
        """Length of all of its audio."""
        return self.timing.samples

    @property
    def words(self) -> tuple[WordTime, ...]:
        """Its words in order."""
        return self.timing.words

    @cached_property
    def loudness_lufs(self) -> float | None:
        """Its loudness, foreseen."""
        foresight, traits = self.voice.foresight, self.voice.traits
        if foresight is None or not self.samples:
            return None
        return foresight.lufs(self.evidence, traits.hop / traits.rate_hz)

    @property
    def evidence(self) -> Floats:
        """What its loudness can be told from before it is heard: the prior's mean, [frames, channels]."""
        return np.ascontiguousarray(self.mean[:, self.timing.tokens].T)

    def audio(self, begin: int = 0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        """Yield the audio from sample *begin* on, see `Take.audio`."""
        yield from self._played(lambda at: self._windows(at, cancelled), begin)

    def whole(self) -> Pcm:
        """Return all of its audio, made at once; what the windows must add up to."""
        frames = self.timing.frames
        with engine_failures():
            network = self.voice.network
            made = network.decode(network.flow(self.prior(0, frames), 0, 0), 0, 0)
        return np.concatenate([*self._played(lambda at: iter([made[at:]]), 0), np.zeros(0, np.int16)])

    def prior(self, first: int, last: int) -> Floats:
        """Return what the flow is given for frames *first* to *last*."""
        at = self.timing.tokens[first:last]
        noise = self.noise.upto(last)[:, first:]
        scale = np.float32(self.voice.traits.noise) * np.exp(self.log_scale[:, at])
        prior: Floats = self.mean[:, at] + noise * scale
        return prior

    def _played(self, made: Made, begin: int) -> Iterator[Pcm]:
        rise, traits = self.rise, self.voice.traits
        if rise is None:
            return self.timing.played(made, begin)
        samples = self.timing.frames * traits.hop
        return self.timing.played(lambda at: streamed(made, rise, samples, traits.rate_hz, at), begin)

    def _windows(self, begin: int, cancelled: Cancelled) -> Iterator[Floats]:
        traits, frames = self.voice.traits, self.timing.frames
        first = begin // traits.hop
        latent = Latent(self, max(0, first - traits.decoder_context))
        skip = begin - first * traits.hop
        for here, end, low, high in windows(frames, traits.decoder_context, first):
            if cancelled():
                return
            with engine_failures():
                made = self.voice.network.decode(latent.between(low, high), here - low, high - end)
            yield made[skip:]
            skip = 0


class Latent:
    """What the decoder speaks, made by the flow as far as it is asked for, from frame *first* on."""

    def __init__(self, take: VitsTake, first: int) -> None:
        self.take = take
        self.first = first
        self.frames = take.timing.frames
        self.context = take.voice.traits.flow_context
        self.ready = np.zeros((take.voice.traits.channels, 0), np.float32)

    def between(self, low: int, high: int) -> Floats:
        """Return frames *low* to *high*."""
        begin = self.first + self.ready.shape[1]
        if begin < high:
            end = min(self.frames, high if begin == self.first else high + FLOW_AHEAD)
            left, right = max(0, begin - self.context), min(self.frames, end + self.context)
            prior = self.take.prior(left, right)
            made = self.take.voice.network.flow(prior, begin - left, right - end)
            self.ready = np.concatenate([self.ready, made], axis=1)
        return self.ready[:, low - self.first : high - self.first]


def windows(frames: int, context: int, begin: int = 0) -> Iterator[tuple[int, int, int, int]]:
    """
    Yield (begin, end, low, high): decode frames low..high, keep begin..end; from frame *begin* on.

    High and low lie *context* frames outside, or at the sentence's own edge, where the decoder pads as
    it would for the whole.
    """
    sizes = iter(SIZES)
    while begin < frames:
        end = begin + next(sizes, LARGE)
        if frames - end < context:
            end = frames  # a tail shorter than its context is cheaper decoded here
        yield begin, end, max(0, begin - context), min(frames, end + context)
        begin = end
