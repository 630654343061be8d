"""The last resort, spoken by the real helper process."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from ivr_ari.errors import EngineFailed
from ivr_ari.prompts.espeak_voice import EspeakVoice
from ivr_ari.prompts.script import Phrase, Sentence

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def voice() -> Iterator[EspeakVoice]:
    made = EspeakVoice("es")
    yield made
    made.close()


def test_every_word_has_its_time(voice: EspeakVoice) -> None:
    """
    Words come in order, none overlaps another, and each one sounds.
    """
    take = voice.take(Sentence((Phrase("Su saldo es de"), Phrase("cuarenta y dos dólares.", fixed=False))))
    pcm = np.concatenate(list(take.audio()))

    assert [word.word for word in take.words] == [
        "Su",
        "saldo",
        "es",
        "de",
        "cuarenta",
        "y",
        "dos",
        "dólares",
    ]
    assert [word.phrase for word in take.words] == [0, 0, 0, 0, 1, 1, 1, 1]
    bounds = [bound for word in take.words for bound in (word.begin, word.end)]
    assert bounds == sorted(bounds)
    assert bounds[-1] <= take.samples == len(pcm)
    assert all(np.abs(pcm[word.begin : word.end]).max() > 1000 for word in take.words)


def test_a_pause_is_silence_of_its_length(voice: EspeakVoice) -> None:
    """
    300 ms asked for between phrases are 300 ms of nothing; the last phrase's are left to who joins sentences.
    """
    pause = 300 * voice.rate_hz // 1000
    take = voice.take(Sentence((Phrase("Uno", pause_ms=300), Phrase("dos", pause_ms=900))))
    quiet = np.flatnonzero(take.pcm[take.words[0].end : take.words[1].begin] == 0)

    assert len(quiet) >= pause
    assert take.samples - take.words[1].end < 2 * pause


@pytest.mark.parametrize(
    "slower", [Phrase("Uno, dos, tres.", pace=70), Phrase("Uno, dos, tres.", stress=True)]
)
def test_slow_and_stressed_words_last_longer(voice: EspeakVoice, slower: Phrase) -> None:
    """
    Pace is heard, and so is stress.
    """
    plain = voice.take(Sentence((Phrase("Uno, dos, tres."),)))

    assert voice.take(Sentence((slower,))).samples > plain.samples * 1.05


def test_speed_is_heard(voice: EspeakVoice) -> None:
    """
    "Slower, please" works with the last resort too.
    """
    sentence = Sentence((Phrase("Uno, dos, tres."),))

    assert voice.take(sentence, speed=0.8).samples > voice.take(sentence).samples * 1.1


def test_a_word_given_by_its_sounds_is_said(voice: EspeakVoice) -> None:
    """
    IPA between slashes is a word like others; brackets of the text are no phonemes.
    """
    take = voice.take(Sentence((Phrase("El /tomˈate/, [[x]]."),)))

    assert [word.word for word in take.words][:2] == ["El", "/tomˈate/"]


def test_from_the_middle_on(voice: EspeakVoice) -> None:
    """
    A take begun later is the rest of the whole, and nobody's rest is not carried on.
    """
    take = voice.take(Sentence((Phrase("Buenos días."),)))

    assert np.array_equal(np.concatenate(list(take.audio(5000))), take.pcm[5000:])
    assert list(take.audio(cancelled=lambda: True)) == []


def test_nothing_to_say(voice: EspeakVoice) -> None:
    """
    No words, no audio.
    """
    assert voice.take(Sentence((Phrase(""),))).samples == 0


def test_a_language_espeak_does_not_have() -> None:
    """
    It fails at once, not in a call.
    """
    with pytest.raises(EngineFailed, match="xx"):
        EspeakVoice("xx")
