"""A real voice as a light host speaks it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.prompts.coqui_tts import CoquiVoice
from ivr_ari.prompts.onnx_tts import OnnxVoice
from ivr_ari.prompts.periods import pitches
from ivr_ari.prompts.script import Phrase, Sentence
from ivr_ari.prompts.vits import VitsTake, VitsVoice
from ivr_ari.prompts.voice import Pcm
from ivr_ari.voices import ensure_joe

pytestmark = pytest.mark.model

TEXTS = (
    "Hello.",
    "Which of the two accounts is this about?",
    "I found two charges of twenty five dollars in February, and one of two hundred dollars in March.",
)

MANNERS = Sentence(
    (
        Phrase("Your code is", pause_ms=300),
        Phrase("four one one,", pace=80, fixed=False),
        Phrase("not", stress=True),
        Phrase("zero seven /ˈtoʊmɛ/."),
    )
)

RISING = [
    Sentence((Phrase("Anything else?"),), rises=True),
    Sentence((Phrase("Shall I transfer"), Phrase("ten dollars", fixed=False), Phrase("now?")), rises=True),
]

SENTENCES = [*(Sentence((Phrase(text),)) for text in TEXTS), MANNERS, *RISING]


def joined(take: VitsTake, begin: int = 0) -> Pcm:
    return np.concatenate([*take.audio(begin), np.zeros(0, np.int16)])


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.words[:12])
def test_is_the_audio_coqui_makes(joe: CoquiVoice, joe_onnx: OnnxVoice, sentence: Sentence) -> None:
    """
    Both engines decide the same timing and speak the same samples, but for rounding (-66 dB).
    """
    ours, theirs = joe_onnx.take(sentence), joe.take(sentence)

    assert ours.words == theirs.words
    assert ours.samples == theirs.samples
    assert np.abs(joined(ours).astype(int) - joined(theirs)).max() <= 16


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.words[:12])
def test_windows_join_to_the_whole(joe_onnx: OnnxVoice, sentence: Sentence) -> None:
    """
    What is spoken in pieces, from wherever one begins, equals what is made at once, to the last bit but one.
    """
    take = joe_onnx.take(sentence)
    whole = take.whole().astype(int)

    for begin in (0, 3000, len(whole) // 2):
        assert np.abs(joined(take, begin) - whole[begin:]).max() <= 1
    assert whole.std() > 500


@pytest.mark.parametrize("sentence", RISING, ids=lambda sentence: sentence.words[:12])
def test_a_question_rises(joe_onnx: OnnxVoice, sentence: Sentence) -> None:
    """
    Its end is two semitones higher at least than this voice says it by itself; nothing before it differs.
    """
    rising, plain = joe_onnx.take(sentence), joe_onnx.take(replace(sentence, rises=False))
    asked, said = joined(rising), joined(plain)
    end = rising.words[-1].end

    assert rising.words == plain.words
    assert len(asked) == len(said)
    assert np.array_equal(asked[: end // 2], said[: end // 2])
    assert pitch_hz(asked, end) > 2 ** (2 / 12) * pitch_hz(said, end)


def pitch_hz(audio: Pcm, end: int) -> float:
    """Return the pitch of the last voiced 50 ms before a sample."""
    found, _ = pitches((audio[:end] / 32768).astype(np.float32), 22050)
    return float(np.median(found[found > 0][-10:]))


def test_words_are_where_they_are_heard(joe_onnx: OnnxVoice) -> None:
    """
    Between words that a pause parts it is quiet, and inside of words it is not.
    """
    take = joe_onnx.take(MANNERS)
    audio = joined(take).astype(float)
    words = take.words

    assert [word.word for word in words[:6]] == ["Your", "code", "is", "four", "one", "one"]
    assert words[-1].word == "/ˈtoʊmɛ/"
    gap = audio[words[2].end + 600 : words[3].begin - 600]
    assert len(gap) > 0.3 * 22050
    assert np.abs(gap).max() < 600
    for word in words:
        assert audio[word.begin : word.end].std() > 300


@pytest.mark.parametrize("damage", ["voice.json", "encoder.onnx", "flow.onnx", "decoder.onnx"])
def test_a_damaged_voice_is_a_set_up_error(tmp_path: Path, cache_dir: Path, damage: str) -> None:
    """
    A folder with a broken file is named, with what is wrong.
    """
    for path in ensure_joe(cache_dir).iterdir():
        if path.suffix in (".onnx", ".json"):
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / damage).unlink()
    (tmp_path / damage).write_text("{")

    with pytest.raises(SetupError) as caught:
        OnnxVoice(tmp_path)

    assert caught.value.code == "voice.unreadable"


def test_needs_no_pytorch(cache_dir: Path) -> None:
    """
    A light host speaks without PyTorch, coqui-tts and SciPy, and the process stays below 300 MB.
    """
    program = f"""
import sys
from pathlib import Path
from ivr_ari.prompts.onnx_tts import OnnxVoice
from ivr_ari.prompts.periods import pitches
from ivr_ari.prompts.script import Phrase, Sentence
voice = OnnxVoice(Path({str(ensure_joe(cache_dir))!r}))
for text in {TEXTS!r}:
    for _ in voice.take(Sentence((Phrase(text),))).audio(): pass
voice.close()
print(sorted({{"torch", "TTS", "scipy"}} & set(sys.modules)))
[peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(peak.split()[1]) // 1024)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded, peak_mb = ran.stdout.split("\n")[:2]

    assert loaded == "[]"
    assert int(peak_mb) < 300


def test_one_voice_for_both() -> None:
    """
    What depends on the engine is its networks alone.
    """
    for engine in (OnnxVoice, CoquiVoice):
        assert engine.take is VitsVoice.take
