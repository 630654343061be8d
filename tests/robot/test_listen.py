"""The robot's recogniser, on the lab's model."""

from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.listen import VoskListener
from ivr_ari.robot.script import share

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "models" / "vosk-lab-en"


class TestVoskListener:
    def test_sentences_are_recognised_one_after_the_other(self) -> None:
        """
        Roughly, as the rules of a script need it; nothing of one is left in the next.
        """
        clips, listener = Clips.load(ROOT / "tests" / "data" / "callers"), VoskListener(MODEL)
        heard = []
        for text in ("what are your opening hours", "i lost my card"):
            for portion in np.array_split(clips.find(text), 5):
                listener.hear(portion)
            heard.append(listener.finish())

        assert share("opening hours", heard[0]) > 0.7
        assert share("lost my card", heard[1]) > 0.7
        assert "hours" not in heard[1]

    def test_silence_has_no_words(self) -> None:
        """
        Nothing is invented where nothing was said.
        """
        listener = VoskListener(MODEL)
        listener.hear(np.zeros(8000, np.int16))

        assert listener.finish() == ""

    def test_sentence_with_a_long_pause_stays_whole(self) -> None:
        """
        Vosk's own idea of an utterance does not lose the words before its end.
        """
        clips, listener = Clips.load(ROOT / "tests" / "data" / "callers"), VoskListener(MODEL)
        for pcm in (clips.find("i lost my card"), np.zeros(16000, np.int16), clips.find("start over")):
            listener.hear(pcm)

        text = listener.finish()

        assert share("lost my card start over", text) > 0.6

    def test_folder_without_a_model_is_refused(self, tmp_path: Path) -> None:
        """
        In words, instead of Kaldi's.
        """
        with pytest.raises(SetupError) as caught:
            VoskListener(tmp_path)

        assert caught.value.code == "robot.model"
