"""Sentences that begin with kept words: what is made, and how the two parts meet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ivr_ari.events import Part, Slotted
from ivr_ari.prompts.cache import PromptCache
from ivr_ari.prompts.carriers import carrier_of
from ivr_ari.prompts.joining import Delivery
from ivr_ari.prompts.script import Script, script
from ivr_ari.prompts.speaker import Speaker

from .test_speaker import files, pitches, spoken, tones
from .voices import ToneVoice

RATES = [8000, 16000]


def balance(amount: str) -> Script:
    return script(("Your account balance is ", Slotted(amount, "money"), " now."))


@pytest.fixture
def voice() -> ToneVoice:
    return ToneVoice()


@pytest.fixture
def speaker(voice: ToneVoice, tmp_path: Path) -> Speaker:
    """One that has said one balance."""
    speaker = Speaker(voice, PromptCache(tmp_path))
    spoken(speaker, balance("7.00"))
    voice.made.clear()
    return speaker


@pytest.mark.parametrize("rate_hz", RATES)
def test_the_kept_words_come_before_anything_is_made(
    speaker: Speaker, voice: ToneVoice, rate_hz: int
) -> None:
    """
    All but the last of them, in which the rest may begin.
    """
    audio = speaker.speak(balance("9.00"), Delivery(rate_hz=rate_hz))
    first = next(audio)

    assert not voice.made
    assert tones(first, rate_hz) == pitches("Your account balance")


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("amount", ["9.00", "4.20", "1204.50"])
def test_no_word_is_lost_or_doubled_at_the_join(speaker: Speaker, rate_hz: int, amount: str) -> None:
    """
    The same words, and as long as one made whole (silence is cut in steps of 10 ms).
    """
    how = Delivery(rate_hz=rate_hz)
    joined = spoken(speaker, balance(amount), how)
    speaker.make(balance(amount)[0])
    whole = spoken(speaker, balance(amount), how)

    assert joined != whole
    assert tones(joined, rate_hz) == pitches(balance(amount)[0].words)
    assert abs(len(joined) - len(whole)) <= 2 * 20 * rate_hz // 1000


@pytest.mark.parametrize("rate_hz", RATES)
def test_a_join_is_no_click_and_no_step(speaker: Speaker, rate_hz: int) -> None:
    """
    Around it no sample differs more from its neighbours than in the voice itself, and the word in which it
    lies has one level.
    """
    joined = np.frombuffer(spoken(speaker, balance("9.00"), Delivery(rate_hz=rate_hz)), "<i2").astype(float)
    speaker.make(balance("9.00")[0])
    whole = np.frombuffer(spoken(speaker, balance("9.00"), Delivery(rate_hz=rate_hz)), "<i2").astype(float)
    ms = rate_hz // 1000
    word = joined[310 * ms : 410 * ms]  # "is": the fourth, after 10 ms of silence
    loud = [10 * np.log10(np.square(part).mean()) for part in word[10 * ms : 90 * ms].reshape(4, -1)]

    assert max(loud) - min(loud) < 1.0
    assert np.abs(np.diff(word, 2)).max() <= 1.1 * np.abs(np.diff(whole, 2)).max()


def test_what_is_joined_is_not_kept(speaker: Speaker, tmp_path: Path) -> None:
    """
    What is kept was made whole.
    """
    before = files(tmp_path)
    spoken(speaker, balance("9.00"))

    assert files(tmp_path) == before


def test_what_is_prepared_is_made_whole(speaker: Speaker, voice: ToneVoice) -> None:
    """
    There is time; the caller then gets it from the cache.
    """
    said = balance("9.00")
    b"".join(speaker.play(said, Delivery(), whole=True))
    assert list(voice.made) == [said[0].words]
    spoken(speaker, said)
    assert len(voice.said) == 2


def test_what_is_said_again_is_made_whole_and_kept(speaker: Speaker, voice: ToneVoice) -> None:
    """
    A value that is said often is as good as fixed.
    """
    for _ in range(4):
        spoken(speaker, balance("9.00"))

    assert speaker.has(balance("9.00"))
    assert len(voice.said) == 3  # with the one before


def test_a_sensitive_sentence_is_made_whole(speaker: Speaker, voice: ToneVoice, tmp_path: Path) -> None:
    """
    And nothing of it is kept, nor a carrier cut of it.
    """
    before = files(tmp_path)
    said = balance("9.00")
    for _ in range(2):
        spoken(speaker, said, Delivery(sensitive=True))

    assert voice.made[said[0].words] == 2 * voice.take(said[0]).samples
    assert files(tmp_path) == before


def test_a_slow_voice_makes_no_gap(speaker: Speaker) -> None:
    """
    Where the rest would not be there in time, a sentence begins later and has no hole.
    """
    speaker.maker.join_ms = 1000.0
    whole = spoken(speaker, balance("9.00"))

    assert speaker.has(balance("9.00"))
    assert tones(whole) == pitches(balance("9.00")[0].words)


@pytest.mark.parametrize("heard_ms", range(5, 1100, 50))
def test_a_joined_sentence_goes_on_at_the_word(tmp_path: Path, heard_ms: int) -> None:
    """
    Cut in the kept part or in the new one, no word is lost or doubled.
    """
    speaker = Speaker(ToneVoice(), PromptCache(tmp_path))
    spoken(speaker, balance("7.00"))
    words = pitches(balance("9.00")[0].words)
    joined = spoken(speaker, balance("9.00"))
    again = tones(spoken(speaker, balance("9.00"), after_ms=heard_ms))
    before = words[: len(words) - len(again)]

    assert before + again == words
    assert tones(joined[: 16 * (heard_ms + 25)])[: len(before)] == before


@pytest.mark.parametrize(
    "parts",
    [
        ("Your account balance is high.",),
        (Slotted("9.00", "money"), " is your balance."),
        ("Hello ", Slotted("Ana"), "."),
    ],
)
def test_only_words_before_a_value_are_a_carrier(parts: tuple[Part, ...]) -> None:
    """
    And only if they last long enough for the rest to be made meanwhile.
    """
    assert carrier_of(script(parts)[0]) is None
