"""What is to be done so that every prompt can be heard at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ivr_ari.dialogue.fixed import FixedPrompt
from ivr_ari.engines.kept import KeptPrompts
from ivr_ari.events import Slotted
from ivr_ari.prompts.cache import PromptCache, prompt_key
from ivr_ari.prompts.joining import Delivery
from ivr_ari.prompts.lexicon import Lexicon
from ivr_ari.prompts.shelf import Shelf
from ivr_ari.sounds.catalogue import Sound
from ivr_ari.sounds.checking import Verdict
from ivr_ari.sounds.files import SoundFiles
from ivr_ari.sounds.plan import Plan, planned
from ivr_ari.sounds.recordings import Recording
from ivr_ari.sounds.stock import Cast

from .some_sounds import sound
from .studio_files import delivered

NAME = "joe-0123"
AUDIO = {8000: b"\1\2" * 800, 16000: b"\1\2" * 1600}
OPEN = sound("open", "We are open. How can I help?")
HELP = sound("help", "How can I help?")
BYE = sound("bye", "Good bye.")
ADIOS = sound("bye", "Adiós.", language="es")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache with one voice."""
    folder = tmp_path / "voices" / NAME
    folder.mkdir(parents=True)
    about = {"name": NAME, "rate_hz": 22050, "espeak_voice": "en-us"}
    (folder / "voice.json").write_text(json.dumps(about))
    return tmp_path


def english(cache: Path, *sounds: Sound) -> Plan:
    [plan] = planned(cache, sounds, Cast("joe", {}, {"shop": "en"}))
    return plan


def spoken(cache: Path, plan: Plan) -> None:
    """Do what the voice would do."""
    kept = PromptCache(cache / "prompts" / NAME)
    for sentence in plan.sentences():
        kept.put(prompt_key(NAME, sentence), AUDIO)


def recorded(tmp_path: Path, sound: Sound, state: str = "right") -> Verdict:
    path = delivered(tmp_path / "recordings" / sound.language / f"{sound.name}.wav")
    return Verdict(Recording(path, sound, path.name), state, "", words=((0, 400),))  # type: ignore[arg-type]


class TestWhoSpeaks:
    def test_a_translation_needs_a_voice_of_its_own(self, cache: Path) -> None:
        """
        Without one it is left out, as the service leaves it out, and how to change that is said.
        """
        own, other = planned(cache, [BYE, ADIOS], Cast("joe", {}, {"shop": "en"}))

        assert own.stock is not None
        assert own.stock.voice == NAME
        assert other.stock is None
        assert "--voice es=NAME" in other.why
        assert other.sentences() == ()
        assert list(other.missing()) == []

    def test_a_flow_in_another_language_is_spoken_by_the_main_voice(self, cache: Path) -> None:
        """
        A flow's own language needs no setting.
        """
        [plan] = planned(cache, [ADIOS], Cast("joe", {}, {"shop": "es"}))

        assert plan.stock is not None

    def test_a_voice_that_is_not_there(self, cache: Path) -> None:
        """
        The other languages go on without it.
        """
        own, other = planned(cache, [BYE, ADIOS], Cast("joe", {"es": "marta"}, {"shop": "en"}))

        assert own.stock is not None
        assert other.stock is None
        assert "voice.missing" in other.why


class TestSpoken:
    def test_each_sentence_is_made_once(self, cache: Path) -> None:
        """
        Prompts share sentences.
        """
        plan = english(cache, OPEN, HELP, BYE)

        said = [sentence.words for sentence in plan.sentences()]
        assert said == ["We are open.", "How can I help?", "Good bye."]

    def test_words_of_the_deployment(self, cache: Path) -> None:
        """
        The lexicon changes what is said, as it does in a call.
        """
        lexicons = {"en": Lexicon({"bye": "buy"})}
        [plan] = planned(cache, [BYE], Cast("joe", {}, {"shop": "en"}, lexicons))

        assert [sentence.words for sentence in plan.sentences()] == ["Good buy."]

    def test_what_is_missing(self, cache: Path) -> None:
        """
        A prompt is there if all of its sentences are.
        """
        plan = english(cache, OPEN, HELP)
        assert list(plan.missing()) == [OPEN, HELP]
        spoken(cache, english(cache, HELP))
        assert list(plan.missing()) == [OPEN]
        spoken(cache, plan)
        assert list(plan.missing()) == []


class TestBegun:
    def balance(self, amount: str) -> Sound:
        parts = ("Your balance is ", Slotted(amount, "money"), ". Anything else?")
        return Sound("shop", FixedPrompt("balance", "balance", parts, "en"), "shop.yaml:2")

    def test_first_words_are_made_once(self, cache: Path) -> None:
        """
        One sentence with a value will do for all that begin as it does; those without a value are not made.
        """
        cast = Cast("joe", {}, {"shop": "en"})
        two = [self.balance("42.19"), self.balance("1.00")]
        [plan] = planned(cache, [BYE], cast, two)

        said = [sentence.words for sentence in plan.sentences()]
        assert said == ["Good bye.", "Your balance is one dollar."]
        assert list(plan.missing()) == [BYE]

    def test_what_has_been_said_is_begun(self, cache: Path) -> None:
        """
        Any value that was ever said there will do.
        """
        [plan] = planned(cache, [BYE], Cast("joe", {}, {"shop": "en"}), [self.balance("42.19")])
        shelf = Shelf(NAME, PromptCache(cache / "prompts" / NAME))
        for sentence in plan.sentences():
            shelf.put(sentence, 1.0, AUDIO, ((0, 20), (20, 40), (40, 60), (60, 90)), 3)

        assert plan.sentences() == ()


class TestRecorded:
    def test_a_recording_takes_the_voices_place(self, cache: Path) -> None:
        """
        Its prompt has nothing to be spoken, and whoever plays prompts without the voice plays it.
        """
        plan = english(cache, OPEN, BYE)
        assert list(plan.choose([recorded(cache, BYE)])) == []
        assert list(plan.missing()) == [OPEN, BYE]
        plan.take()

        assert plan.used == {BYE.name: "bye.wav"}
        assert list(plan.missing()) == [OPEN]
        assert [sentence.words for sentence in plan.sentences()] == ["We are open.", "How can I help?"]
        heard = KeptPrompts(cache, "joe").recall(BYE.prompt.parts, Delivery(rate_hz=16000))
        assert heard is not None
        assert len(heard) / 32000 == pytest.approx(1.0, abs=0.3)

    def test_one_that_is_wrong_does_not(self, cache: Path) -> None:
        """
        The voice speaks on.
        """
        plan = english(cache, BYE)
        list(plan.choose([recorded(cache, BYE, "wrong")]))
        plan.take()

        assert plan.used == {}
        assert list(plan.missing()) == [BYE]

    def test_where_nobody_speaks(self, cache: Path) -> None:
        """
        A language without a voice is not spoken by recordings alone: values would be missing.
        """
        [plan] = planned(cache, [ADIOS], Cast("joe", {}, {"shop": "en"}))
        [line] = plan.choose([recorded(cache, ADIOS)])

        assert "bye.wav: not used: no voice" in line
        plan.take()
        assert plan.used == {}

    def test_one_that_was_taken_away(self, cache: Path) -> None:
        """
        The voice speaks again.
        """
        plan = english(cache, BYE)
        list(plan.choose([recorded(cache, BYE)]))
        plan.take()
        list(plan.choose([]))
        plan.take()

        assert list(english(cache, BYE).missing()) == [BYE]

    def test_two_of_the_same_words(self, cache: Path) -> None:
        """
        Words sound the same wherever they are said: the first is used for both, and the other is named.
        """
        again = sound("bye-again", "Good bye.")
        plan = english(cache, BYE, again)
        [line] = plan.choose([recorded(cache, BYE), recorded(cache, again)])

        assert "bye-again.wav: not used: the same words are recorded in" in line
        assert plan.used == {BYE.name: "bye.wav", again.name: "bye.wav"}


class TestFiles:
    def test_what_is_there_is_written_for_asterisk(self, cache: Path, tmp_path: Path) -> None:
        """
        Only what was made can be written; the second time there is nothing to do.
        """
        root = tmp_path / "sounds"
        plan = english(cache, OPEN, BYE)
        spoken(cache, english(cache, BYE))
        files = SoundFiles.read(root)

        assert list(plan.write(files)) == [BYE]
        assert [state for _, state in plan.states(files)] == ["missing", "there"]
        assert (root / "en" / "ivr-ari" / "shop" / "bye.wav16").stat().st_size == 44 + len(AUDIO[16000])
        assert list(plan.write(files)) == []

    def test_another_text_is_stale(self, cache: Path, tmp_path: Path) -> None:
        """
        So is another voice, and a recording where the voice was before.
        """
        plan = english(cache, BYE)
        spoken(cache, plan)
        files = SoundFiles.read(tmp_path / "sounds")
        list(plan.write(files))
        files.save()
        again = SoundFiles.read(tmp_path / "sounds")

        changed = english(cache, sound("bye", "Good bye, then."))
        assert [state for _, state in changed.states(again)] == ["stale"]
        respelt = english(cache, sound("bye", "Good  bye."))
        assert [state for _, state in respelt.states(again)] == ["there"]
        list(plan.choose([recorded(cache, BYE)]))
        assert [state for _, state in plan.states(again)] == ["stale"]
        plan.take()
        assert list(plan.write(again)) == [BYE]
        assert [state for _, state in plan.states(again)] == ["there"]
