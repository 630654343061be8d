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

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from .espeak import Pronouncer
from .pronounced import Said, line, pronounced
from .script import Phrase, Sentence
from .timing import Timing, timed
from .voice import Cancelled, Pcm, WordTime, engine_failures, never
from .voice_folder import VoiceAbout

__all__ = ["Network", "Traits", "VitsTake", "VitsVoice", "windows"]

Floats = npt.NDArray[np.float32]

SIZES = (12, 24, 48)
"""
Frames of the first windows: soon 100 ms of sound (12 are 139 ms, up to 30 of which are silence and the
resampler's), then growing so that each is ready before the ones before it have been heard.
"""

LARGE = 64
"""Frames of all later windows."""

FLOW_AHEAD = 64
"""Frames the flow goes on by beyond what a window of LARGE frames needs."""


WARM_UP = "Hello. How can I help you today, and what would you like to do about the account you called for?"


class Network(Protocol):
    """The three parts of a VITS model. Frames and tokens are the last axis; there is no batch."""

    def encode(self, ids: npt.NDArray[np.int64], noise: Floats) -> tuple[Floats, Floats, Floats]:
        """
        Return mean and log scale [channels, tokens] of what is to be spoken, and log durations [tokens].

        *noise* [2, tokens] is normal, scaled by the model's noise for durations.
        """

    def flow(self, prior: Floats, left: int, right: int) -> Floats:
        """Return the latent [channels, frames] without the first *left* and last *right*: mere context."""

    def decode(self, latent: Floats, left: int, right: int) -> Floats:
        """Return the samples (-1..1), those of the first *left* and last *right* frames left out."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What has to be known of a VITS model besides its weights."""

    symbols: Mapping[str, int]
    """The id of each sound or letter it reads; others it can't say."""

    blank: int | None
    """Id between all others, and the ids that mark beginning and end; None if the model has none."""

    begin: int | None
    end: int | None
    hop: int
    """Samples of one frame."""

    rate_hz: int
    channels: int
    noise: float
    """Scale of the noise in the sound, and in the durations."""

    duration_noise: float
    length: float
    """Scale of all durations."""

    flow_context: int
    """Frames on each side that a frame behind the flow depends on; the decoder likewise."""

    decoder_context: int

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Raises KeyError, TypeError, ValueError for what `to_json` did not make."""
        found = cls(**value)
        return cls(**{**value, "symbols": {str(key): int(index) for key, index in found.symbols.items()}})


class VitsVoice:
    """A VITS model that is loaded. A sound it does not know is left out."""

    def __init__(self, about: VoiceAbout, traits: Traits, network: Network) -> None:
        self.about = about
        self.name = about.name
        self.gain_db = about.gain_db
        self.traits = traits
        self.rate_hz = traits.rate_hz
        self.network = network
        self.pronouncer = Pronouncer(about.espeak_voice)

    def warm_up(self) -> None:
        """Speak once: libraries prepare much with the first use. Raises EngineFailed."""
        for _ in self.take(Sentence((Phrase(WARM_UP),))).audio():
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
            timing, mean, log_scale = self._encoded(said, sentence.phrases, seed, speed)
            return VitsTake(self, timing, mean, log_scale, Noise(f"sound {seed}", self.traits.channels))

    def speak(self, text: str, *, speed: float = 1.0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        """Yield the audio of one sentence, see `Voice.speak`."""
        yield from self.take(Sentence((Phrase(text),)), speed=speed).audio(cancelled=cancelled)

    def _encoded(
        self, said: tuple[Said, ...], phrases: tuple[Phrase, ...], seed: str, speed: float
    ) -> tuple[Timing, Floats, Floats]:
        traits = self.traits
        ids, owners = tokens(said, traits)
        if not len(ids):
            empty = np.zeros((traits.channels, 0), np.float32)
            return Timing.nothing(), empty, empty
        noise = Noise(f"durations {seed}", 2).upto(len(ids)) * np.float32(traits.duration_noise)
        mean, log_scale, log_durations = self.network.encode(ids, noise)
        lengths = np.exp(log_durations.astype(np.float64)) * traits.length
        return timed(said, owners, phrases, lengths, traits.hop, traits.rate_hz, speed), mean, log_scale


class Noise:
    """
    Normal noise, drawn row by row: a longer sentence begins with a shorter one's noise.

    numpy promises that `RandomState` gives the same numbers for good (NEP 19).
    """

    def __init__(self, seed: str, width: int) -> None:
        self.state = np.random.RandomState(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big"))
        self.drawn = np.zeros((width, 0), np.float32)

    def upto(self, count: int) -> Floats:
        """Return the first *count* rows as columns: [width, count]."""
        width, there = self.drawn.shape
        if count > there:
            more = self.state.standard_normal((count - there, width)).astype(np.float32)
            self.drawn = np.concatenate([self.drawn, more.T], axis=1)
        return self.drawn[:, :count]


def tokens(said: tuple[Said, ...], traits: Traits) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """
    Return the ids a model reads for a sentence, and for each the word it belongs to (-1: to none).

    A sound the model does not know is left out. The blanks around a word's sounds are the word's.
    """
    read: list[tuple[int, int]] = []
    for number, word in enumerate(said):
        if read and not word.joined:
            read += _known(" ", -1, traits)
        read += _known(word.ipa, number, traits)
        read += _known(word.mark, -1, traits)
    if all(owner < 0 for _, owner in read):
        read = []
    if read and traits.blank is not None:
        owners = [owner for _, owner in read]
        between = [max(pair) for pair in zip([-1, *owners], [*owners, -1], strict=True)]
        blanks = [(traits.blank, owner) for owner in between]
        read = [*(item for pair in zip(blanks, read, strict=False) for item in pair), blanks[-1]]
    if read:
        begin = [] if traits.begin is None else [(traits.begin, -1)]
        read = [*begin, *read, *([] if traits.end is None else [(traits.end, -1)])]
    both = np.array(read, np.int64).reshape(-1, 2)
    return np.ascontiguousarray(both[:, 0]), both[:, 1]


def _known(sounds: str, owner: int, traits: Traits) -> list[tuple[int, int]]:
    found = (traits.symbols.get(sound, traits.symbols.get(sound.lower())) for sound in sounds)
    return [(sound, owner) for sound in found if sound is not None]


class VitsTake:
    """A sentence whose timing is decided, see `Take`."""

    def __init__(
        self, voice: VitsVoice, timing: Timing, mean: Floats, log_scale: Floats, noise: Noise
    ) -> None:
        self.voice = voice
        self.timing = timing
        self.mean = mean
        self.log_scale = log_scale
        self.noise = noise
        self.loudness_lufs: float | None = None

    @property
    def samples(self) -> int:
        """Length of all of its audio."""
        return self.timing.samples

    @property
    def words(self) -> tuple[WordTime, ...]:
        """Its words in order."""
        return self.timing.words

    @property
    def evidence(self) -> Floats:
        """What its loudness can be told from before it is heard: the prior's mean, [frames, channels]."""
        return np.ascontiguousarray(self.mean[:, self.timing.tokens].T)

    def audio(self, begin: int = 0, cancelled: Cancelled = never) -> Iterator[Pcm]:
        """Yield the audio from sample *begin* on, see `Take.audio`."""
        yield from self.timing.played(lambda at: self._windows(at, cancelled), begin)

    def whole(self) -> Pcm:
        """Return all of its audio, made at once; what the windows must add up to."""
        frames = self.timing.frames
        with engine_failures():
            network = self.voice.network
            made = network.decode(network.flow(self.prior(0, frames), 0, 0), 0, 0)
        return np.concatenate([*self.timing.played(lambda at: iter([made[at:]]), 0), np.zeros(0, np.int16)])

    def prior(self, first: int, last: int) -> Floats:
        """Return what the flow is given for frames *first* to *last*."""
        at = self.timing.tokens[first:last]
        noise = self.noise.upto(last)[:, first:]
        scale = np.float32(self.voice.traits.noise) * np.exp(self.log_scale[:, at])
        prior: Floats = self.mean[:, at] + noise * scale
        return prior

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
