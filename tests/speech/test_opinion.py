"""One result of two readings."""

from __future__ import annotations

from ivr_ari.events import Heard, Word
from ivr_ari.speech.listening import Listening
from ivr_ari.speech.opinion import doubtful
from ivr_ari.speech.opinion import opinion as opinion_of


def read(text: str, *doubted: str, sure: float = 0.99) -> Heard:
    """Words with their confidences; those *doubted* have 0.4."""
    return Heard(tuple(Word(word, confidence=0.4 if word in doubted else sure) for word in text.split()))


CLOSED = Listening(("four",), second=True)
OPEN = Listening(("four",), second=True, closed=False)


def opinion(near: Heard, wide: Heard) -> Heard:
    return opinion_of(near, wide, CLOSED)


def test_one_reading_of_both() -> None:
    """Where both heard the same there is nothing else to tell."""
    both = opinion(read("four one nine"), read("four one nine", sure=0.7))

    assert (both.text, both.alternatives) == ("four one nine", ())
    assert both.confidence > 0.9


def test_the_phrases_fill_what_the_full_model_doubts() -> None:
    """The doubted word is replaced, and stays as an alternative."""
    both = opinion(read("sixteen dollars four cents"), read("sixteen dollars for cents", "for"))

    assert both.text == "sixteen dollars four cents"
    assert both.alternatives == ("sixteen dollars for cents",)


def test_what_the_full_model_is_sure_of_stands() -> None:
    """The phrases know no "transfer" and make numbers of it; their reading is told, for what it is worth."""
    both = opinion(
        read("i'd like two two cents for two hundred dollars"),
        read("i'd like to transfer two hundred dollars please", "please"),
    )

    assert both.text.startswith("i'd like to transfer two hundred dollars")
    assert "i'd like two two cents for two hundred dollars" in both.alternatives


def test_a_caller_who_says_something_else_is_heard() -> None:
    """The phrases make an answer of everything: that is not even told."""
    both = opinion(
        read("nine four oh one fine hours"), read("what are your opening hours", "what", "are", "your")
    )

    assert (both.text, both.alternatives) == ("what are your opening hours", ())


def test_unknown_sounds_fill_nothing() -> None:
    """Where the phrases heard none of their words, the doubted words stand."""
    assert opinion(read("four [unk] nine"), read("four won nine", "won")).text == "four won nine"


def test_a_word_more_or_less() -> None:
    """Between doubted neighbours a word may be missing or too much."""
    assert opinion(read("four one nine"), read("four nine", "nine")).text == "four one nine"
    assert opinion(read("four nine"), read("four a nine", "a")).text == "four nine"
    assert opinion(read("four one nine"), read("four nine")).text == "four nine"


def test_a_model_that_is_lost_proves_nothing() -> None:
    """Of words that are all doubted, none has to agree."""
    assert opinion(read("four one six"), read("form and sick", sure=0.3)).text == "four one six"


def test_a_short_piece_is_judged_by_doubt_alone() -> None:
    """Two digits heard as one other word have none in common with it."""
    both = opinion(read("three four", sure=0.8), read("before", "before"))

    assert (both.text, both.alternatives) == ("three four", ("before",))
    assert opinion(read("good five"), read("goodbye")).text == "goodbye"


def test_where_anything_may_be_said_readings_have_to_agree() -> None:
    """However short or doubted the words are, and only greater doubt is a reason."""
    assert opinion_of(read("oh seven"), read("oh of them", sure=0.4), OPEN).text == "oh seven"
    assert opinion_of(read("with uh"), read("instead of", "instead", "of"), OPEN).text == "instead of"
    assert opinion_of(read("four one"), read("four won", sure=0.8), OPEN).text == "four won"
    assert opinion_of(read("four one"), read("four won", sure=0.8), CLOSED).text == "four one"


def test_doubt_decides_whether_the_phrases_are_asked() -> None:
    """A full model that is sure of every word is right whatever the phrases heard; silence proves nothing."""
    assert not doubtful(read("four one"), CLOSED)
    assert doubtful(read("four one", "one"), CLOSED)
    assert doubtful(Heard(), OPEN)


def test_nothing_heard() -> None:
    """Either reading may be empty."""
    assert opinion(read(""), read("hello")).text == "hello"
    assert opinion(read("yes"), read("")).text == "yes"
    assert opinion(read(""), read("")) == Heard()
