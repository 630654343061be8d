"""Which sounds are whose. What espeak-ng answers is written down here as it answered."""

from __future__ import annotations

import pytest

from ivr_ari.prompts.pronounced import line, pronounced
from ivr_ari.prompts.script import Phrase

# clause, how espeak-ng 1.52 says it in en-us, and its words alone
CLAUSES = {
    "I am in the middle of the road": (
        "aɪɐm ɪnðə mˈɪdəl ʌvðə ɹˈoʊd",
        "ˈaɪ æm ˈɪn ðə mˈɪdəl ʌv ðə ɹˈoʊd",
        "aɪ ɐm ɪn ðə mˈɪdəl ʌv ðə ɹˈoʊd",
    ),
    "you have to say it for a while": (
        "juː hæv tə sˈeɪ ɪt fɚɹə wˈaɪl",
        "juː hˈæv tuː sˈeɪ ɪt fɔːɹ ˈeɪ wˈaɪl",
        "juː hæv tə sˈeɪ ɪt fɚɹ ə wˈaɪl",
    ),
    "out of those it has been": (
        "ˌaʊɾəv ðoʊz ɪt hˈæzbiːn",
        "ˈaʊt ʌv ðoʊz ɪt hæz biːn",
        "ˌaʊɾ əv ðoʊz ɪt hˈæz biːn",
    ),
    "your balance is forty": (
        "jʊɹ bˈæləns ɪz fˈɔːɹɾi",
        "jʊɹ bˈæləns ɪz fˈɔːɹɾi",
        "jʊɹ bˈæləns ɪz fˈɔːɹɾi",
    ),
}


class Espeak:
    """Answers what it was given and keeps what it was asked."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, clauses: list[str]) -> list[str]:
        self.asked += clauses
        return [self.answers.get(clause, clause) for clause in clauses]


@pytest.mark.parametrize("clause", CLAUSES)
def test_words_said_as_one_are_told_apart(clause: str) -> None:
    """
    Every word has its own sounds, in order, none lost, whatever espeak runs together.
    """
    together, alone, expected = CLAUSES[clause]
    espeak = Espeak(**dict(zip(clause.split(), alone.split(), strict=True)), **{clause: together})
    said = pronounced((Phrase(clause),), espeak)

    assert [word.word for word in said] == clause.split()
    assert [word.ipa for word in said] == expected.split()
    assert line(said) == together


def test_marks_and_phrases() -> None:
    """
    A clause may begin in one phrase and end in another; each word knows its phrase and its mark.
    """
    espeak = Espeak()
    said = pronounced((Phrase("yes, your code is"), Phrase("four. really ?!")), espeak)

    assert espeak.asked == ["yes", "your code is four", "really"]
    assert [(word.word, word.phrase, word.mark) for word in said] == [
        *(("yes", 0, ","), ("your", 0, ""), ("code", 0, ""), ("is", 0, "")),
        *(("four", 1, "."), ("really", 1, "?")),
    ]
    assert line(said) == "yes, your code is four. really?"


def test_a_word_given_in_sounds() -> None:
    """
    IPA between slashes is said as it is; espeak is shown another word in its place, so that those beside it
    sound as they do before it.
    """
    espeak = Espeak()
    said = pronounced((Phrase("ask /ˈtoʊmɛ/ and /ˈæpəl/, please"),), espeak)

    assert espeak.asked[0] == "ask bob and abe"
    assert line(said) == "ask ˈtoʊmɛ and ˈæpəl, please"
    assert [word.word for word in said] == ["ask", "/ˈtoʊmɛ/", "and", "/ˈæpəl/", "please"]


def test_a_pause_has_the_sound_of_a_comma() -> None:
    """
    Before a pause the voice does as before a comma, if no mark is there already.
    """
    said = pronounced((Phrase("one", pause_ms=200), Phrase("two.", pause_ms=200), Phrase("three")), Espeak())

    assert line(said) == "one, two. three"


def test_stress_marks() -> None:
    """
    In a stressed phrase every word with a full vowel bears a stress; elsewhere nothing changes.
    """
    espeak = Espeak(**{"is it the new one": "ɪz ɪt ðə nˌuː wˈʌn"})
    phrases = (Phrase("is it the new one", stress=True),)

    assert line(pronounced(phrases, espeak)) == "ˈɪz ˈɪt ðə nˈuː wˈʌn"


def test_accents_are_signs_of_their_own() -> None:
    """
    Sounds come decomposed (NFD), as Piper's models have them.
    """
    assert line(pronounced((Phrase("ç"),), Espeak())) == "c\u0327"


@pytest.mark.parametrize("text", ["", " ", "?!", ", ."])
def test_marks_alone_are_nothing(text: str) -> None:
    """
    Nothing to say asks nobody anything of a word.
    """
    espeak = Espeak()

    assert pronounced((Phrase(text),), espeak) == ()
    assert espeak.asked == []


def test_a_sound_too_many_is_somebodys() -> None:
    """
    Where espeak says more words than there are, and all there are are plain, none is lost.
    """
    espeak = Espeak(**{"bee tea": "b x t", "bee": "b", "tea": "t"})
    said = pronounced((Phrase("bee tea"),), espeak)

    assert [word.word for word in said] == ["bee", "tea"]
    assert "".join(word.ipa for word in said) == "bxt"


def test_long_texts_are_pronounced_in_clauses() -> None:
    """
    A backend's text may have no marks: no clause is so long that giving its sounds back takes long.
    """
    espeak = Espeak()
    words = ["word" * 5] * 100 + ["x" * 1000] + ["word"] * 100
    said = pronounced((Phrase(" ".join(words)),), espeak)

    assert [word.word for word in said] == words
    assert all(len(clause) <= 150 or " " not in clause for clause in espeak.asked)
    assert not any(word.mark for word in said)
