"""Simulated recognition errors."""

import pytest

from ivr_ari.understanding.mishearing import mishear, variants, word_errors
from ivr_ari.understanding.pronunciations import alike, pronounce
from ivr_ari.understanding.sound_neighbours import channel_cost, heard_as, parted
from tests.bench.mishearing.sentences import sentences


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("", "", 0),
        ("a b c", "a b c", 0),
        ("a b c", "a x c", 1),
        ("a b c", "b c", 1),
        ("a b c", "a b x c", 1),
        ("checking account", "check in account", 2),
        ("a b", "", 2),
        ("", "a b", 2),
    ],
)
def test_word_errors_are_the_fewest_changes(said: str, heard: str, errors: int) -> None:
    """
    A word exchanged, left out or put in is one error; one word heard as two is two.
    """
    assert word_errors(said.split(), heard.split()) == errors


@pytest.mark.parametrize("rate", [0.1, 0.2, 0.3])
def test_rate_is_the_rate_that_is_measured(rate: float) -> None:
    """
    20 % word errors are 20 % by counting, within what chance allows over 2,300 words.
    """
    said = [one.split() for one in sentences()]

    errors = sum(word_errors(one, mishear(" ".join(one), rate, seed=5).split()) for one in said)

    assert errors / sum(len(one) for one in said) == pytest.approx(rate, abs=0.02)


def test_same_arguments_give_the_same_words() -> None:
    """
    Benchmarks compare; another seed gives something else.
    """
    sentence = "i would like to move three hundred dollars from savings to checking"

    assert mishear(sentence, 0.4, seed=1) == mishear(sentence, 0.4, seed=1)
    assert len({mishear(sentence, 0.4, seed=seed) for seed in range(6)}) > 3


def test_without_errors_only_the_writing_changes() -> None:
    """
    Recognisers write lower case without punctuation.
    """
    assert mishear("What's MY balance, please?", 0.0) == "what's my balance please"


@pytest.mark.parametrize("sentence", ["no", "my balance", "i", "?", ""])
def test_something_is_always_heard(sentence: str) -> None:
    """
    However bad the line, a sentence of words stays one; a sentence of none stays empty.
    """
    for seed in range(20):
        heard = mishear(sentence, 1.0, seed=seed)
        assert bool(heard) == any(letter.isalpha() for letter in sentence)


def test_variants_are_different_and_none_is_the_sentence() -> None:
    """
    Training wants other sentences than it has.
    """
    sentence = "please close the joint account i have with my husband"

    found = variants(sentence, 4, seed=2)

    assert len(set(found)) == 4
    assert sentence not in found


def test_sounds_decide_what_is_heard() -> None:
    """
    What is written for a word sounds like it, and the nearest sounds are likeliest.
    """
    words = [word for word, _ in heard_as(pronounce("account"), but="account")]

    assert "count" in words[:4]
    assert "account" not in words
    assert all(alike(pronounce(word), pronounce("account")) > 0.5 for word in words)


def test_one_word_may_be_heard_as_two() -> None:
    """
    "Checking" comes back as "check in".
    """
    assert "check in" in [words for words, _ in parted(pronounce("checking"), but="checking")]


def test_a_likely_confusion_costs_less() -> None:
    """
    N for M is more likely than S for M, and nothing is likelier than what was said.
    """
    assert channel_cost(("M", "AY"), ("M", "AY")) == 0
    assert channel_cost(("M", "AY"), ("N", "AY")) < channel_cost(("M", "AY"), ("S", "AY"))
