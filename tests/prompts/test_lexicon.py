"""Words of a deployment and how they are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.errors import SetupError
from ivr_ari.events import SOUNDS
from ivr_ari.prompts.lexicon import Lexicon
from ivr_ari.prompts.lexicon_file import load_lexicons, read_lexicons
from ivr_ari.prompts.words.normalise import normalise

TEXT = """
en:
  Siobhan: /ʃɪˈvɔːn/
  SQL: sequel
  nguyen: win
es:
  Xabier: /ʃaˈβjeɾ/
"""


def test_words_are_replaced_whole() -> None:
    """
    Longer entries before shorter ones, and never inside another word.
    """
    lexicon = Lexicon({"acme": "ack me", "acme bank": "the bank", "us": "you ess"})

    assert lexicon.apply("Acme Bank, acme. Acmeville uses us") == "the bank, ack me. Acmeville uses you ess"


def test_capitals_in_an_entry_count() -> None:
    """
    A word in lower case is meant in any case, one with capitals only as it is written.
    """
    lexicon = Lexicon({"Polish": "Poe lish", "tome": "toe may"})

    assert lexicon.apply("Polish polish, Tome TOME tome") == "Poe lish polish, toe may toe may toe may"


def test_word_is_found_as_it_is_read() -> None:
    """
    The rules make "S Q L" of SQL before anybody looks for it, and words of a sign.
    """
    lexicon = Lexicon({"SQL": "sequel", "P&G": "the soap makers"})

    assert lexicon.apply(normalise("SQL at P&G.")) == "sequel at the soap makers."


@pytest.mark.parametrize(
    ("said", "possessive"),
    [("/ʃɪˈvɔːn/", "/ʃɪˈvɔːnz/"), ("/dʒæk/", "/dʒæks/"), ("/rɒs/", "/rɒsɪz/"), ("shi vawn", "shi vawn's")],
)
def test_whose_it_is(said: str, possessive: str) -> None:
    """
    An "s" behind a word given by its sounds is a sound too: as after any English word.
    """
    assert Lexicon({"siobhan": said}).apply("Siobhan's account") == f"{possessive} account"


def test_file_has_a_lexicon_for_each_language(tmp_path: Path) -> None:
    """
    Sounds come out in the signs voices know.
    """
    file = tmp_path / "words.yaml"
    file.write_text(TEXT, encoding="utf-8")
    lexicons = load_lexicons(file)

    assert lexicons["en"].apply("Siobhan likes S Q L, Nguyen too") == "/ʃɪˈvɔːn/ likes sequel, win too"
    assert lexicons["es"].apply("Hola Xabier") == "Hola /ʃaˈβjeɾ/"
    assert load_lexicons(None) == {}


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("en:\n  Tomé: /tå/", "words.yaml:2:3", "no sound of the IPA: å"),
        ("en:\n  Tomé: //", "words.yaml:2:3", "nothing stands between the slashes"),
        ("en:\n  Tomé: a/b", "words.yaml:2:3", "should be other words, or sounds (IPA) between slashes"),
        ("en:\n  Tomé: '42'", "words.yaml:2:3", "should be other words"),
        ("en:\n  '--': x", "words.yaml:2:3", "'--' is no word"),
        ("en:\n  Bob!: x", "words.yaml:2:3", "without marks between or behind"),
        ("en:\n  e.on: x", "words.yaml:2:3", "without marks between or behind"),
        ("en:\n  C++: see plus plus", "words.yaml:2:3", "the '+' of 'C++' is not read"),
        ("en:\n  Bob: x\n  Bob: y", "words.yaml:3:3", "stands here twice, first in line 2"),
        ("en:\n  Bob: [x]", "words.yaml:2:3", "should be a word and how it is said"),
        ("english:\n  Bob: x", "words.yaml:1:1", "should be a language, such as en or es"),
        ("en: Bob", "words.yaml:1:1", "should hold lines of"),
        ("- Bob", "words.yaml:1", "should be a mapping"),
        ("", "words.yaml:1", "should be a mapping"),
        ("en:\n  Bob: 'x", "words.yaml:2", "is no YAML"),
    ],
)
def test_mistake_is_told_with_its_place(text: str, where: str, what: str) -> None:
    """
    File, line and what would be right: at load, before a caller hears it.
    """
    with pytest.raises(SetupError) as told:
        read_lexicons(text, "words.yaml")

    assert told.value.code == "lexicon.wrong"
    assert where in str(told.value)
    assert what in str(told.value)


def test_sound_the_voice_was_not_trained_on_is_told() -> None:
    """
    By its sign and its name, for whoever has to find another.
    """
    with pytest.raises(
        SetupError, match=r"words.yaml:2:3: .*does not know: ʘ \(latin letter bilabial click\)"
    ):
        read_lexicons("en:\n  Bob: /ʘaʘ/", "words.yaml", SOUNDS - {"ʘ"})


def test_all_mistakes_are_counted() -> None:
    """
    The first few are told; nobody reads two hundred.
    """
    words = "\n".join(f"  b{chr(97 + number)}: '{number}'" for number in range(9))
    with pytest.raises(SetupError, match=r"mistakes=9.*and 4 more"):
        read_lexicons(f"en:\n{words}", "words.yaml")


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """
    Settings check that too; files go away.
    """
    with pytest.raises(SetupError, match="lexicon.unreadable"):
        load_lexicons(tmp_path / "words.yaml")
