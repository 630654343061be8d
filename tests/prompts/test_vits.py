"""A VITS voice over networks that can be followed by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from ivr_ari.errors import EngineFailed, SetupError
from ivr_ari.prompts.foreseen import Foresight
from ivr_ari.prompts.pronounced import Said
from ivr_ari.prompts.script import Phrase, Sentence
from ivr_ari.prompts.vits import VitsTake, cuts, windows
from ivr_ari.prompts.vits_model import Floats, Noise, Traits, tokens
from ivr_ari.prompts.voice import Pcm

from .networks import LETTERS, RATE_HZ, SumNetwork, letter_voice

LONG = "i found two charges in february, and one of two hundred dollars in march."
CARRIER = (Phrase("your balance is"), Phrase("one, two and three.", fixed=False))


def sentence(*texts: str) -> Sentence:
    return Sentence(tuple(map(Phrase, texts)))


def joined(take: VitsTake, begin: int = 0) -> Pcm:
    return np.concatenate([*take.audio(begin), np.zeros(0, np.int16)])


class TestWindows:
    @pytest.mark.parametrize("first", [0, 1, 7, 100])
    def test_every_frame_is_spoken_once_with_its_context(self, first: int) -> None:
        """
        Windows join without gap or overlap, and see the context around what they keep.
        """
        for frames in range(first + 1, 500):
            kept = first
            for begin, end, low, high in windows(frames, 11, first):
                assert begin == kept < end
                assert low == max(0, begin - 11)
                assert high == min(frames, end + 11)
                kept = end
            assert kept == frames

    def test_begin_small_and_grow(self) -> None:
        """
        The first window has a tenth of a second besides silence; later ones are large, which costs less.
        """
        sizes = [end - begin for begin, end, _, _ in windows(600, 11)]

        assert 0.15 <= sizes[0] * 256 / RATE_HZ <= 0.18
        assert sizes[:-2] == sorted(sizes[:-2])
        assert max(sizes) <= 80


class TestTake:
    @pytest.mark.parametrize("text", ["hi.", "hello there.", LONG])
    def test_pieces_join_to_the_whole(self, text: str) -> None:
        """
        What is spoken in pieces is what the networks give for the sentence as a whole.
        """
        take = letter_voice().take(sentence(text))
        whole = take.whole()

        assert len(whole) == take.samples
        assert np.array_equal(joined(take), whole)
        assert np.abs(whole.astype(int)).max() > 1000

    @pytest.mark.parametrize("begin", [0, 1, 255, 256, 5000, 20_000, 33_000])
    def test_begins_anywhere(self, begin: int) -> None:
        """
        From any sample on, with pauses and stress inside, it is the rest of the whole.
        """
        phrases = (Phrase("one", pause_ms=250), Phrase("two", stress=True), Phrase("and three.", pace=70))
        take = letter_voice().take(Sentence(phrases))
        whole = take.whole()

        assert take.samples > 33_000
        assert np.array_equal(joined(take, begin), whole[begin:])

    @pytest.mark.parametrize("begin", [0, 1, 5000, 33_000, 40_000, 50_000])
    def test_a_question_rises_wherever_it_begins(self, begin: int) -> None:
        """
        Its end is bent, with a pause before it, and the pieces from any sample on are the rest of the whole.
        """
        phrases = (Phrase("one hundred and", pause_ms=250), Phrase("twenty three, is that right?"))
        take, plain = (letter_voice().take(Sentence(phrases, rises)) for rises in (True, False))
        whole = take.whole()

        assert take.words == plain.words
        assert not np.array_equal(whole, plain.whole())
        assert np.array_equal(joined(take, begin), whole[begin:])

    @pytest.mark.parametrize("text", ["", "?", "a?", "is it?"])
    def test_short_questions_are_survived(self, text: str) -> None:
        """
        However little there is to rise, it is as long as without.
        """
        take = letter_voice().take(Sentence((Phrase(text),), rises=True))

        assert len(joined(take)) == take.samples == letter_voice().take(sentence(text)).samples

    def test_what_lies_before_is_not_made(self) -> None:
        """
        Beginning late costs less: frames before are not decoded.
        """
        voice = letter_voice()
        network = voice.network
        assert isinstance(network, SumNetwork)
        take = voice.take(sentence(LONG))
        joined(take)
        all_of_it, network.decoded = sum(network.decoded), []
        joined(take, take.samples - 5000)

        assert sum(network.decoded) < all_of_it / 4

    def test_the_same_text_sounds_the_same(self) -> None:
        """
        The noise is seeded by the text, whatever was spoken between.
        """
        voice = letter_voice()
        first = joined(voice.take(sentence(LONG)))
        joined(voice.take(sentence("hello.")))

        assert np.array_equal(first, joined(voice.take(sentence(LONG))))

    def test_sentences_that_begin_alike_sound_alike(self) -> None:
        """
        Two sentences with the same first phrase have the same noise: their beginnings fit each other.
        """
        voice = letter_voice()
        one = voice.take(Sentence(CARRIER))
        other = voice.take(Sentence((CARRIER[0], Phrase("seven.", fixed=False))))
        end = one.words[2].end - 20 * 256

        assert np.array_equal(joined(one)[:end], joined(other)[:end])

    def test_stops_between_windows(self) -> None:
        """
        Once nobody wants the rest, not one more window is made.
        """
        voice = letter_voice()
        heard: list[Pcm] = []
        for piece in voice.take(sentence(LONG)).audio(cancelled=lambda: len(heard) >= 2):
            heard.append(piece)

        assert len(heard) == 2

    @pytest.mark.parametrize("text", ["", "?!", "日本語", "1234"])
    def test_nothing_that_can_be_spoken_is_silence(self, text: str) -> None:
        """
        A sentence without a sound the voice knows has no audio and is no failure.
        """
        take = letter_voice().take(sentence(text))

        assert (take.samples, take.words) == (0, ())
        assert len(joined(take)) == len(take.whole()) == 0

    def test_what_a_network_raises_is_our_error(self) -> None:
        """
        Whatever goes wrong inside is EngineFailed, without the text.
        """
        voice = letter_voice()
        take = voice.take(sentence("hello."))

        class Broken(SumNetwork):
            def decode(self, latent: Floats, left: int, right: int) -> Floats:
                raise RuntimeError("hello.")

        voice.network = Broken()
        with pytest.raises(EngineFailed) as caught:
            joined(take)

        assert "hello" not in str(caught.value)


class TestCuts:
    def test_few_tokens_are_encoded_at_once(self) -> None:
        """
        A sentence of usual length is one.
        """
        assert list(cuts(np.zeros(600, np.int64))) == [0, 600]

    def test_many_are_cut_between_words(self) -> None:
        """
        A cut lies behind a silence; one endless word is cut all the same.
        """
        owners = np.where(np.arange(2000) % 7 == 0, -1, 1)

        for low, high in pairwise(cuts(owners, 100)):
            assert 50 <= high - low <= 100 or high == 2000
            assert high == 2000 or owners[high - 1] < 0
        assert list(cuts(np.ones(250, np.int64), 100)) == [0, 100, 200, 250]

    def test_a_long_text_is_spoken_to_its_end(self) -> None:
        """
        However long a sentence is, all of its words are in it.
        """
        take = letter_voice().take(sentence("please wait " * 200))

        assert len(take.words) == 400
        assert take.words[-1].end < take.samples == len(take.whole())


class TestLoudness:
    def test_is_foreseen_as_the_voice_was_measured(self) -> None:
        """
        A voice that knows its loudness tells that of a take before it sounds; one without sound has none.
        """
        plain = Foresight(np.zeros((21, 1), np.float32), np.zeros(2, np.float32), usual_lufs=-20.0)
        voice = letter_voice(loudness=plain.to_json())

        assert voice.take(sentence(LONG)).loudness_lufs == pytest.approx(-20.0, abs=1.5)
        assert voice.take(sentence("")).loudness_lufs is None

    def test_may_be_unknown(self) -> None:
        """
        A voice that was not measured says so.
        """
        assert letter_voice().take(sentence(LONG)).loudness_lufs is None

    def test_a_broken_measurement_is_a_set_up_error(self) -> None:
        """
        What the voice's folder says wrongly is found when the voice is opened.
        """
        with pytest.raises(SetupError) as caught:
            letter_voice(loudness={"units": "many"})

        assert caught.value.code == "voice.unreadable"


class TestNoise:
    def test_a_longer_one_begins_with_a_shorter_one(self) -> None:
        """
        However many frames are drawn, and in however many steps, each frame has its own noise.
        """
        at_once, in_steps = Noise("x", 3), Noise("x", 3)
        in_steps.upto(5)

        assert np.array_equal(in_steps.upto(20), at_once.upto(20))
        assert np.array_equal(at_once.upto(5), in_steps.upto(20)[:, :5])

    def test_stays_what_it_is(self) -> None:
        """
        Prompts that were kept fit those made after the next installation: the numbers are pinned.
        """
        assert Noise("hello", 1).upto(3)[0] == pytest.approx([-1.3467275, 0.3792506, 0.7938910], abs=1e-6)


class TestTokens:
    def test_marks_and_blanks_surround_the_sounds(self) -> None:
        """
        Begin, blank, sound, blank ... end, as models are trained; blanks beside a word's sounds are its own.
        """
        traits = letter_voice().traits
        ids, owners = tokens((Said("a", 0, "a", ","), Said("b", 0, "b")), traits)
        blank = traits.blank
        a, b, space, comma = (LETTERS.index(letter) for letter in "ab ,")

        inner = [blank, a, blank, comma, blank, space, blank, b, blank]
        assert ids.tolist() == [traits.begin, *inner, traits.end]
        assert owners.tolist() == [-1, 0, 0, 0, -1, -1, -1, 1, 1, 1, -1]

    def test_words_that_run_on_have_no_space(self) -> None:
        """
        What espeak says as one word stays one, though it is two words'.
        """
        ids, owners = tokens((Said("in", 0, "n"), Said("the", 0, "d", joined=True)), letter_voice().traits)

        assert LETTERS.index(" ") not in ids.tolist()
        assert owners.tolist() == [-1, 0, 0, 1, 1, 1, -1]

    def test_traits_survive_json(self) -> None:
        """
        What a voice's folder keeps of them is all of them.
        """
        traits = letter_voice().traits

        assert Traits.from_json(traits.to_json()) == traits
