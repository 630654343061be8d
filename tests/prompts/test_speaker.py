"""Scripts to telephone audio, with a voice of tones in the engine's place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import EngineFailed
from ivr_ari.events import Pause, Slotted
from ivr_ari.prompts.cache import PromptCache
from ivr_ari.prompts.joining import USUAL, Delivery, sentences_of
from ivr_ari.prompts.script import Phrase, Script, Sentence, script
from ivr_ari.prompts.speaker import Speaker

from .voices import ToneVoice, pitch_hz

RATE_HZ = 8000
BALANCE = ("Your balance is ", Slotted("42.19", "money"), ".")
SECRET = Delivery(sensitive=True)


@pytest.fixture
def voice() -> ToneVoice:
    return ToneVoice()


@pytest.fixture
def speaker(voice: ToneVoice, tmp_path: Path) -> Speaker:
    return Speaker(voice, PromptCache(tmp_path))


def spoken(speaker: Speaker, said: Script | str, how: Delivery = USUAL, after_ms: int = 0) -> bytes:
    said = script((said,)) if isinstance(said, str) else said
    return b"".join(speaker.speak(said, how, after_ms=after_ms))


def tones(pcm: bytes, rate_hz: int = RATE_HZ) -> list[int]:
    """Return the tones heard in *pcm*, one for each stretch of 60 ms or more."""
    audio = np.frombuffer(pcm, "<i2").astype(float)
    size = rate_hz // 50
    heard: list[int] = []
    before = 0
    for block in audio[: len(audio) - len(audio) % size].reshape(-1, size):
        spectrum = np.abs(np.fft.rfft(block * np.hanning(size), 4 * size))
        loud = float(np.sqrt((block**2).mean())) > 1000
        pitch = round(float(np.argmax(spectrum)) * rate_hz / (4 * size) / 50) * 50 if loud else 0
        if pitch and pitch == before and (not heard or heard[-1] != pitch):
            heard.append(pitch)
        if not pitch:
            heard.append(0)
        before = pitch
    return [pitch for pitch in heard if pitch]


def pitches(words: str) -> list[int]:
    return [pitch_hz(word) for word in words.split()]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_new_sentence_comes_in_pieces_and_again_at_once(speaker: Speaker, voice: ToneVoice) -> None:
    """
    The second time nothing is made and the whole sentence comes as one piece.
    """
    text = script(("one two three four",))
    first = [piece for piece in speaker.speak(text) if piece]
    second = list(speaker.speak(text))

    assert len(first) > 2
    assert len(second) == 1
    assert abs(len(second[0]) - sum(map(len, first))) <= 16 * 10
    assert voice.said == ["one two three four."]


def test_a_sentence_is_made_once_for_all_prompts_and_rates(speaker: Speaker, voice: ToneVoice) -> None:
    """
    What is kept is the sentence: another prompt with it, and a call at another rate, take it from the cache.
    """
    spoken(speaker, "Sure. What else?")
    spoken(speaker, "Done. What else?")
    wide = spoken(speaker, "What else?", Delivery(rate_hz=16000))

    assert voice.said == ["Sure.", "What else?", "Done."]
    assert len(wide) == pytest.approx(2 * len(spoken(speaker, "What else?")), rel=0.05)


def test_a_prompt_is_the_same_made_and_from_the_cache(speaker: Speaker) -> None:
    """
    Same words, same pause between sentences; its level is a little truer, which may move an edge by 10 ms.
    """
    text = "One two three. Four five."
    first, second = spoken(speaker, text), spoken(speaker, text)

    assert abs(len(first) - len(second)) <= 2 * 16 * 10
    assert tones(first) == tones(second) == pitches("One two three Four five")


def test_between_sentences_there_is_a_breath(speaker: Speaker) -> None:
    """
    Some 350 ms, tail included; where a long sentence was cut at a comma, less.
    """

    def gap_ms(text: str) -> int:
        cut = tuple(Sentence((Phrase(words),)) for words in text.split("|"))
        for sentence in sentences_of(cut):
            speaker.make(sentence)
        alone = sum(len(spoken(speaker, (sentence,))) for sentence in cut)
        return (len(spoken(speaker, cut)) - alone) // 16

    assert gap_ms("One two.|Three four.") == 230
    assert gap_ms("One two,|three four.") == 60


def test_pauses_beside_a_sentence_do_not_change_it(speaker: Speaker, voice: ToneVoice) -> None:
    """
    A pause asked for is exactly as long as it says, and the sentence is kept once.
    """
    speaker.make(sentences_of(script(("Hold on.",)))[0])
    bare = spoken(speaker, "Hold on.")
    paused = spoken(speaker, script((Pause(200), "Hold on.", Pause(700))))

    assert len(paused) - len(bare) == 900 * 16
    assert not any(paused[: 200 * 16])
    assert not any(paused[-700 * 16 :])
    assert voice.said == ["Hold on."]


def test_sensitive_text_is_kept_nowhere(speaker: Speaker, voice: ToneVoice, tmp_path: Path) -> None:
    """
    Neither memory nor disk hold it, and a value is not looked for there.
    """
    secret = script(("Code ", Slotted("99", "digits")))
    spoken(speaker, secret, SECRET)
    spoken(speaker, secret, SECRET)

    assert len(voice.said) == 2
    assert not speaker.shelf.cache.in_memory
    assert not files(tmp_path)


def test_the_flows_own_words_in_a_sensitive_prompt_are_taken_from_the_cache(
    speaker: Speaker, voice: ToneVoice
) -> None:
    """
    "Sure." is no secret; the sentence with the value is made anew even if somebody had it before.
    """
    parts = ("Sure. Your code is ", Slotted("99", "digits"), ".")
    spoken(speaker, script(parts))
    spoken(speaker, script(parts), SECRET)

    assert voice.said == ["Sure.", "Your code is nine nine.", "Your code is nine nine."]


def test_a_cancelled_prompt_stops_and_is_not_kept(speaker: Speaker, voice: ToneVoice) -> None:
    """
    Half a sentence is never taken for the whole; the ones before it are kept.
    """
    text = script(("Sure. One two three four five.",))
    asked = iter([False] * 8)
    heard = b"".join(speaker.speak(text, cancelled=lambda: next(asked, True)))
    whole = spoken(speaker, text)

    assert 0 < len(heard) < len(whole)
    assert voice.said == ["Sure.", "One two three four five.", "One two three four five."]


def test_a_sentence_nobody_hears_to_the_end_is_not_kept(speaker: Speaker) -> None:
    """
    Closing the audio early leaves nothing in the cache.
    """
    audio = speaker.speak(script(("one two three",)))
    next(audio)
    audio.close()  # type: ignore[attr-defined]

    assert not speaker.has(script(("one two three",)))


@pytest.mark.parametrize("word", ["broken", "odd"])
def test_a_failing_engine_raises_our_error_and_goes_on(speaker: Speaker, word: str) -> None:
    """
    Whatever the engine raises comes out as EngineFailed without the text, and the next prompt is spoken.
    """
    with pytest.raises(EngineFailed) as caught:
        spoken(speaker, f"one {word} two")

    assert caught.value.code == "voice.failed"
    assert "own words" not in str(caught.value)
    assert not speaker.has(script((f"one {word} two",)))
    assert spoken(speaker, "one two")


@pytest.mark.parametrize("text", ["", "   ", "...", "🙂"])
def test_text_without_words_is_silence(speaker: Speaker, text: str) -> None:
    """
    Nothing to say says nothing, and fails nowhere.
    """
    assert spoken(speaker, text) == b""


def test_speed_is_another_prompt(speaker: Speaker) -> None:
    """
    A slower sentence is longer and kept beside the other.
    """
    normal = spoken(speaker, "one two three four")
    slow = spoken(speaker, "one two three four", Delivery(speed=0.5))

    assert len(slow) > 1.5 * len(normal)


def test_a_sentence_is_made_ahead(speaker: Speaker, voice: ToneVoice) -> None:
    """
    Rendering asks for sentences as prompts will ask for them.
    """
    text = script(("Sure. ", Pause(300), *BALANCE))
    assert not speaker.has(text)
    for sentence in sentences_of(text):
        speaker.make(sentence)
    made = len(voice.said)
    spoken(speaker, text)

    assert speaker.has(text)
    assert len(voice.said) == made


# --- going on after an interruption -----------------------------------------------------------------------

RESUMED = "One two three four. Five six seven. Eight nine."
ALL = pitches(RESUMED.replace(".", ""))


@pytest.mark.parametrize("how", [Delivery(), SECRET], ids=["kept", "made"])
@pytest.mark.parametrize("heard_ms", range(0, 1900, 37))
def test_no_word_is_lost_or_doubled_by_an_interruption(tmp_path: Path, how: Delivery, heard_ms: int) -> None:
    """
    Wherever a prompt is cut, what was heard whole and what comes after are all of its words, once.
    """
    voice = ToneVoice()
    speaker = Speaker(voice, PromptCache(tmp_path))
    whole = spoken(speaker, RESUMED, how)
    rest = spoken(speaker, RESUMED, how, after_ms=heard_ms)

    again = tones(rest)
    before = ALL[: len(ALL) - len(again)]
    assert before + again == ALL
    # what is not said again was heard to its last 20 ms, and what is said again was not
    heard = tones(whole[: 16 * (heard_ms + 25)])
    assert heard[: len(before)] == before
    assert len(tones(whole[: 16 * max(0, heard_ms - 125)])) <= len(before)


def test_nothing_is_left_of_a_prompt_that_was_heard(speaker: Speaker) -> None:
    """
    The silence after its last word is not said again.
    """
    whole = spoken(speaker, "One two. Three.")

    assert spoken(speaker, "One two. Three.", after_ms=len(whole) // 16 - 110) == b""


@pytest.mark.parametrize("how", [USUAL, SECRET], ids=["kept", "made"])
def test_what_goes_on_in_a_word_begins_without_a_click(speaker: Speaker, how: Delivery) -> None:
    """
    No step between two samples at its beginning is larger than those of the voice itself.
    """
    whole = np.frombuffer(spoken(speaker, RESUMED, how), "<i2").astype(int)
    rest = np.frombuffer(spoken(speaker, RESUMED, how, after_ms=150), "<i2").astype(int)

    assert abs(rest[0]) < 500
    assert np.abs(np.diff(rest[:80])).max() <= np.abs(np.diff(whole)).max()
