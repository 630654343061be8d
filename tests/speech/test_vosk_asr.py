"""Vosk with the lab model: words, times, pieces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.events import Expect, Heard
from ivr_ari.models import LAB_MODEL, find_model, serving_folder
from ivr_ari.speech.endpointer import Endpointer, Paused
from ivr_ari.speech.recognizer import Recognizer
from ivr_ari.speech.vosk_asr import VoskEngine, VoskRecognizer
from ivr_ari.speech.vosk_pool import LIFE_MS
from ivr_ari.speech.webrtc_vad import WebrtcVad
from ivr_ari.workbench.word_errors import count_errors

from .callers import Clip, clips, duration_ms, frames, line

pytestmark = pytest.mark.model

DIGITS = clips("b013", "b014", "b016", "b017")
SENTENCES = clips("b001", "b002", "b003", "b024", "b026")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> VoskEngine:
    return VoskEngine(folder(tmp_path_factory.mktemp("model")))


@pytest.fixture
def recognizer(engine: VoskEngine) -> Iterator[VoskRecognizer]:
    recognizer = engine.recognizer()
    yield recognizer
    recognizer.close()


def folder(cache: Path) -> Path:
    return serving_folder(find_model(LAB_MODEL), cache)


def hear(recognizer: Recognizer, audio: bytes, at_ms: int = 0) -> None:
    for number, frame in enumerate(frames(audio)):
        recognizer.hear(frame, at_ms + 20 * number)


def errors(heard: list[tuple[Clip, Heard]]) -> float:
    words = sum(len(clip.text.split()) for clip, _ in heard)
    return sum(count_errors(clip.text, text.text).all for clip, text in heard) / words


def test_words_have_times_and_confidences(recognizer: VoskRecognizer) -> None:
    """Times count on the call's audio, wherever the piece began."""
    [clip] = clips("b024_am")
    hear(recognizer, line(300, clip, 200), at_ms=60_000)
    heard = recognizer.flush()
    assert heard.text == "what are your opening hours"
    assert heard.confidence > 0.8
    assert 60_200 <= heard.words[0].start_ms <= 60_500
    assert abs(heard.words[-1].end_ms - (60_300 + duration_ms(clip))) < 200
    assert all(word.start_ms < word.end_ms for word in heard.words)


def test_audio_may_have_gaps(recognizer: VoskRecognizer) -> None:
    """Fed only around speech, words still stand where they were said."""
    first, second = clips("b003_af", "b005_am")
    hear(recognizer, line(300, first, 200), at_ms=1_000)
    hear(recognizer, line(200, second, 200), at_ms=30_000)
    heard = recognizer.flush()
    assert heard.text == f"{first.text} {second.text}"
    assert heard.words[3].end_ms < 3_200
    assert 30_100 <= heard.words[4].start_ms <= 30_600


def test_pieces_joined_are_as_right_as_the_whole(engine: VoskEngine) -> None:
    """Flushing at every pause of 160 ms costs a dictated number next to nothing."""
    dictated = clips("d001", "d002", "d003", "d005")
    recognizer = engine.recognizer()
    joined = []
    for clip in dictated:
        words: tuple[str, ...] = ()
        vad, endpointer = WebrtcVad(), Endpointer()
        for number, frame in enumerate(frames(line(400, clip, 600))):
            recognizer.hear(frame, 20 * number)
            if isinstance(endpointer.frame(vad.voiced(frame)), Paused):
                words += (recognizer.flush().text,)
        recognizer.reset()
        assert len(words) > clip.pauses
        joined.append(count_errors(clip.text, " ".join(words)).all)
    recognizer.close()
    assert sum(joined) <= 0.1 * sum(len(clip.text.split()) for clip in dictated)


def test_nothing_heard_is_no_words(recognizer: VoskRecognizer) -> None:
    """An empty piece, a single sample, silence: Heard without words."""
    assert recognizer.flush() == Heard()
    recognizer.hear(b"\0\0", 0)
    assert recognizer.flush() == Heard()
    hear(recognizer, line(1000))
    assert recognizer.flush() == Heard()
    assert recognizer.partial() == ""


def test_reset_forgets_and_spoils_nothing(recognizer: VoskRecognizer) -> None:
    """A reset in the middle of a sentence leaves the next one whole."""
    first, second = clips("b001_af", "b024_am")
    hear(recognizer, line(300, first)[:20_000])
    recognizer.reset()
    hear(recognizer, line(300, second, 200))
    assert recognizer.flush().text == second.text


def test_partial_grows_into_the_result(recognizer: VoskRecognizer) -> None:
    """Before the flush the words are known as far as they were decoded; they may still change."""
    [clip] = clips("b024_am")
    audio = line(300, clip, 500)
    hear(recognizer, audio[:16_000])
    early = recognizer.partial().split()
    hear(recognizer, audio[16_000:], at_ms=1000)
    late = recognizer.partial().split()
    assert len(early) < len(late)
    assert late[-2:] == ["opening", "hours"]
    assert recognizer.flush().text == clip.text
    assert recognizer.partial() == ""


def test_a_silence_in_mid_sentence_ends_nothing(recognizer: VoskRecognizer) -> None:
    """The model's folder as served leaves it to us where a piece ends: 5 s of silence end none."""
    first, second = clips("b003_af", "b005_am")
    hear(recognizer, line(300, first, 5000, second, 200))
    assert recognizer.flush().text == f"{first.text} {second.text}"


def test_endless_audio_is_settled_in_between(recognizer: VoskRecognizer) -> None:
    """A minute without a flush loses no word and keeps no endless lattice."""
    first, second = clips("b003_af", "b005_am")
    hear(recognizer, line(300, first, 35_000, second, 200))
    assert recognizer.flush().text == f"{first.text} {second.text}"


def test_recognisers_are_used_again(engine: VoskEngine) -> None:
    """A used one is quicker than a fresh one; the next call gets it, with its own times."""
    first = engine.recognizer()
    hear(first, line(300, SENTENCES[0]))
    first.close()
    second = engine.recognizer()
    [clip] = clips("b024_am")
    hear(second, line(300, clip, 200), at_ms=0)
    heard = second.flush()
    second.close()
    assert heard.text == clip.text
    assert 200 <= heard.words[0].start_ms <= 500


def test_word_errors_stay_where_they_were_measured(engine: VoskEngine) -> None:
    """Digits and sentences of the demo's callers, one after the other on one line."""
    recognizer = engine.recognizer()
    heard = []
    for clip in DIGITS + SENTENCES:
        hear(recognizer, line(300, clip, 200))
        heard.append((clip, recognizer.flush()))
    recognizer.close()
    assert errors(heard) <= 0.08


def test_a_closed_step_is_heard_by_its_phrases(engine: VoskEngine) -> None:
    """Audio that came before it was known what is waited for is heard in the new light."""
    recognizer = engine.recognizer()
    [said] = clips("b017_af")
    audio = line(300, said, 200)
    middle = len(audio) // 2 // 320
    hear(recognizer, audio[: middle * 320])
    recognizer.expect(Expect(kinds=("digits",), digits=(4, 4)))
    hear(recognizer, audio[middle * 320 :], at_ms=middle * 20)
    assert recognizer.listening.phrases
    assert recognizer.flush().text == said.text
    recognizer.close()


def test_something_else_is_heard_in_a_closed_step(engine: VoskEngine) -> None:
    """What the step's phrases do not hold is left to the full language model."""
    recognizer = engine.recognizer()
    recognizer.expect(Expect(confirm=True))
    [other] = clips("b024_am")
    hear(recognizer, line(300, other, 200))
    assert recognizer.flush().text == other.text
    recognizer.close()


def test_nothing_a_backend_names_ends_recognition(engine: VoskEngine) -> None:
    """Choices made of the model's own symbols, of unknown words or of nothing are heard without."""
    [clip] = clips("b003_af")
    for ways in (("<eps>", "#0 </s>"), ("zzzqqq",), ()):
        recognizer = engine.recognizer()
        recognizer.expect(Expect(kinds=("choice",), choices=(("one", ways),)))
        hear(recognizer, line(300, clip, 200))
        assert recognizer.flush().text == clip.text
        recognizer.close()


def test_a_model_listens_for_words_it_has(engine: VoskEngine) -> None:
    """What is left of phrases that hold others; nothing at all rather than nothing but unknown sounds."""
    assert engine.pool.known(["yes zzzqqq please", "<eps> no", "zzzqqq", "", "[unk]"]) == (
        *("yes please", "no", "[unk]"),
    )
    assert engine.pool.known(["zzzqqq", "[unk]"]) == ()


def test_a_recogniser_is_held_while_somebody_speaks(engine: VoskEngine) -> None:
    """Two callers who speak one after the other need one; each gets back the one it had, if it is free."""
    first, second = engine.recognizer(name="a"), engine.recognizer(name="b")
    [clip] = clips("b003_af")
    audio = line(300, clip, 200)
    hear(first, audio)
    first.flush()
    made = engine.pool.made
    for recognizer in (second, first, second):
        hear(recognizer, audio, at_ms=60_000)
        assert recognizer.flush().text == clip.text
    assert engine.pool.made == made


def test_an_old_recogniser_is_let_go(engine: VoskEngine) -> None:
    """After half an hour of speech: a new one takes its place."""
    old = engine.pool.take(8000, (), "old")
    old.samples = 8 * LIFE_MS + 8
    engine.pool.give(old)
    fresh = engine.pool.take(8000, (), "old")
    assert fresh is not old
    engine.pool.give(fresh)
    assert engine.pool.take(8000, (), "old") is fresh


def test_no_model_says_what_to_do(tmp_path: Path) -> None:
    """A folder without a model is the machine's fault, not the caller's."""
    with pytest.raises(SetupError) as caught:
        VoskEngine(tmp_path)
    assert caught.value.code == "model.missing"
    assert caught.value.facts["hint"]


def test_broken_model_says_what_to_do(tmp_path: Path) -> None:
    """So is a model cut short."""
    (tmp_path / "am").mkdir()
    (tmp_path / "am" / "final.mdl").write_bytes(b"\0B short")
    with pytest.raises(SetupError) as caught:
        VoskEngine(tmp_path)
    assert caught.value.code == "model.broken"
