"""From a prompt's parts to sentences of phrases."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ivr_ari.events import Part, Pause, Slotted, Style
from ivr_ari.prompts.joining import sentences_of
from ivr_ari.prompts.lexicon import Lexicon
from ivr_ari.prompts.script import Phrase, Script, Sentence, script
from ivr_ari.prompts.words.spoken import KINDS

TEXTS = st.text(st.sampled_from(" aZé0127.,;:?!'’-/$%&@#()<>{}|¿¡—…"), max_size=30)
PARTS = st.lists(
    TEXTS
    | st.builds(Slotted, TEXTS, st.sampled_from(KINDS), st.sampled_from([(), (3, 4)]))
    | st.builds(Slotted, st.just("x"), said=st.just("/ˈa/"), fixed=st.just(True))
    | st.builds(Pause, st.integers(1, 900))
    | st.builds(Style, st.integers(50, 150), st.booleans()),
    max_size=6,
)

MONEY = Slotted("42.19", "money")


def words(made: Script) -> list[list[str]]:
    return [[phrase.words for phrase in sentence.phrases] for sentence in made]


def test_sentences_end_at_marks_and_phrases_where_texts_and_values_meet() -> None:
    """
    A value is a phrase of its own and takes the mark behind it; what stands on either side of a full stop
    is spoken, and kept, apart.
    """
    made = script(("Sure. Your balance is ", MONEY, ". Anything else?"))
    assert words(made) == [
        ["Sure."],
        ["Your balance is", "forty two dollars and nineteen cents."],
        ["Anything else?"],
    ]
    assert [phrase.fixed for phrase in made[1].phrases] == [True, False]


@pytest.mark.parametrize(
    ("language", "before", "value", "manner", "behind", "said"),
    [
        ("en", "See Dr. ", "Lee", "text", "", "See Doctor Lee."),
        ("en", "Your acct. no. ", "123", "digits", " is open.", "Your account number one two three is open."),
        ("en", "", "5", "number", "% off", "five percent off."),
        ("en", "", "9.99", "money", "/month", "nine dollars and ninety nine cents per month."),
        ("en", "Up to ", "5", "number", " GB left", "Up to five gigabytes left."),
        ("en", "Wait ", "1", "number", " min.", "Wait one minute."),
        ("en", "#", "512", "digits", " is next", "number five one two is next."),
        ("es", "La Dra. ", "Ruiz", "text", " llega.", "La doctora Ruiz llega."),
        ("es", "Su cta. n.º ", "12", "digits", ".", "Su cuenta número uno dos."),
        ("es", "Un ", "21", "number", " % menos", "Un veintiuno por ciento menos."),
        ("es", "Faltan ", "21", "number", " h.", "Faltan veintiuna horas."),
        ("es", "Falta ", "1", "number", " h.", "Falta una hora."),
        ("es", "Son ", "9", "money", "/mes", "Son nueve dólares al mes."),
        ("es", "a las ", "15:30", "time", ".", "a las tres y media de la tarde."),
        ("es", "a ", "15:30", "time", ".", "a las tres y media de la tarde."),
        ("en", "Press no. ", "1", "digits", ".", "Press number one."),
        ("en", "The card ending in ", "****42", "digits", ".", "The card ending in four two."),
        ("en", "The card ", "****42", "digits", ".", "The card ending in four two."),
        ("es", "La terminada en ", "****42", "digits", ".", "La terminada en cuatro dos."),
    ],
)
def test_what_belongs_to_a_value_is_read_with_it(
    language: str, before: str, value: str, manner: str, behind: str, said: str
) -> None:
    """
    Titles, signs and units beside a value are said as if the value stood there in figures.
    """
    made = script((before, Slotted(value, manner), behind), language)
    assert [sentence.words for sentence in made] == [said]


def test_a_long_sentence_is_not_cut_inside_a_number() -> None:
    """
    The groups of a telephone number stay together.
    """
    made = script(
        ("To speak to one of us, call 1-202-555-0143, 1-202-555-0155 or, at night, 1-202-555-0199.",)
    )
    assert len(made) > 1
    assert not [sentence.words for sentence in made if sentence.words.endswith("two zero two,")]
    assert not [sentence.words for sentence in made if sentence.words.startswith(("five", "zero"))]


def test_a_sentence_never_ends_in_a_comma() -> None:
    """
    A mark that only pauses becomes a full stop where nothing follows.
    """
    made = script(("Account ", Slotted("12", "digits"), " (checking)"))
    assert [sentence.words for sentence in made] == ["Account one two, checking."]


@pytest.mark.parametrize(("sign", "word"), [("-", "to"), (" - ", "to"), (" x ", "times")])
def test_a_sign_between_two_values(sign: str, word: str) -> None:
    """
    It is said as between two figures.
    """
    made = script((Slotted("5", "number"), sign, Slotted("1", "number")))
    assert [sentence.words for sentence in made] == [f"five {word} one."]


def test_same_sentence_in_another_prompt_has_the_same_key() -> None:
    """
    What the cache keeps is the sentence, whatever stands around it.
    """
    first = script(("Sure. Your balance is ", MONEY, ". Anything else?"))
    second = script(("Your balance is ", MONEY, "."))
    assert first[1].key == second[0].key


def test_marks_of_abbreviations_and_decimals_end_nothing() -> None:
    """
    Only what is still a mark after everything was put into words ends a sentence.
    """
    made = script(("Call Dr. Smith at 3:30 p.m. about 4.5 GB. Bye",))
    assert words(made) == [
        ["Call Doctor Smith at three thirty p m about four point five gigabytes."],
        ["Bye."],
    ]


def test_pause_follows_the_word_it_stands_behind() -> None:
    """
    Inside a sentence, behind its end, and before any word; two in a row are one.
    """
    parts: tuple[Part, ...] = (
        Pause(100),
        "Hello. ",
        Pause(200),
        "Press one",
        Pause(50),
        Pause(70),
        " or two.",
    )
    assert [
        [(phrase.words, phrase.pause_ms) for phrase in sentence.phrases] for sentence in script(parts)
    ] == [[("", 100), ("Hello.", 200)], [("Press one", 120), ("or two.", 0)]]


def test_style_holds_until_the_next() -> None:
    """
    For texts and values alike.
    """
    made = script(("It is ", Style(80, True), MONEY, " today", Style(), ", Anna."))
    assert made[0].phrases == (
        Phrase("It is"),
        Phrase("forty two dollars and nineteen cents", False, 80, True),
        Phrase("today,", True, 80, True),
        Phrase("Anna."),
    )


def test_dot_of_a_value_does_not_end_the_sentence_around_it() -> None:
    """
    "Acme Inc. is closed." is one sentence; a value of two sentences is two.
    """
    company = Slotted("Acme Inc.")

    assert [one.words for one in script((company, " is closed."))] == ["Acme Incorporated is closed."]
    assert [one.words for one in script(("This is ", company, ", hello"))] == [
        "This is Acme Incorporated, hello."
    ]
    assert len(script((Slotted("It is ready. It has your name on it."), " Anything else?"))) == 3


def test_letters_behind_a_value_belong_to_it() -> None:
    """
    "Anna's account" is not "Anna s account".
    """
    lexicon = Lexicon({"Siobhan": "/ʃɪˈvɔːn/"})

    assert words(script((Slotted("Anna"), "'s account"))) == [["Anna's", "account."]]
    assert words(script((Slotted("Siobhan"), "’s account"), lexicon=lexicon)) == [["/ʃɪˈvɔːnz/", "account."]]


def test_value_is_read_and_never_parsed() -> None:
    """
    Tags, braces and slashes in what a backend or a caller gave are signs like others, left out.
    """
    odd = Slotted("<break time='9s'/> {balance} /ˈhæk/ a/b")
    said = script(("Say ", odd))[0].words
    assert not set(said) & set("<>{}/=")


def test_lexicon_replaces_words_and_leaves_spelled_values_alone() -> None:
    """
    A word in capitals is known although it is spelled out without the lexicon; "Polish" is not "polish".
    """
    lexicon = Lexicon({"SQL": "sequel", "tomé": "/toʊˈmeɪ/", "Polish": "Poe lish"})
    made = script(("SQL of Tomé: ", Slotted("SQL", "spell"), ". Polish and polish."), lexicon=lexicon)
    assert words(made) == [["sequel of /toʊˈmeɪ/:", "S Q L."], ["Poe lish and polish."]]


def test_year_of_the_call_is_not_said() -> None:
    """
    In either language; what is spoken depends on nothing but the arguments.
    """
    day = Slotted("2026-03-04", "date")
    assert words(script(("Is it ", day, "?"), year=2026)) == [["Is it", "March fourth?"]]
    assert words(script(("¿Es el ", day, "? Gracias"), "es", 2026)) == [
        ["Es el", "cuatro de marzo?"],
        ["Gracias."],
    ]


def test_digits_are_grouped_as_the_flow_says() -> None:
    """
    A group is a breath: a comma between.
    """
    made = script((Slotted("5551234567", "digits", (3, 3, 4)),))
    assert words(made) == [["five five five, one two three, four five six seven."]]


def test_nothing_to_say_is_no_sentence() -> None:
    """
    An empty value, marks and blanks alone.
    """
    assert script(()) == script(("", Slotted(""), " . ")) == ()


LONG = "First you tell us who you are, then " + "what you want done, " * 15 + "and then we do it"


def test_long_sentence_is_cut_at_commas() -> None:
    """
    Every part begins as soon as a short sentence does; no word is lost, and only the last ends the sentence.
    """
    made = script((LONG, Slotted("5551234567", "digits"), "."))
    whole = " ".join(sentence.words for sentence in made)

    assert len(made) > 1
    assert all(len(sentence.words) <= 120 for sentence in made)
    assert [sentence.words[-1] for sentence in made[:-1]] == [","] * (len(made) - 1)
    assert whole == f"{LONG} five five five, one two three, four five six seven."


def test_value_is_never_cut() -> None:
    """
    However long: a number read in two halves is two numbers.
    """
    digits = Slotted("1234567890" * 9, "digits")
    made = script(("Your number is ", digits, ", and that is all of it, believe me"))

    assert made[0].phrases[1].words.count(" ") == 89


def test_other_languages_are_left_as_they_are_written() -> None:
    """
    Where nobody knows how a language reads numbers, its text goes to the voice as it stands.
    """
    assert words(script(("Guten Tag, Nr. 5! Danke",), "de"))[-1] == ["Danke."]


def test_words_given_by_their_sounds_keep_them() -> None:
    """
    Between slashes, as the lexicon has them; other words in place of some are read like any.
    """
    tomato = Slotted("tomato", said="/təˈmɑːtəʊ/", fixed=True)
    street = Slotted("St. J.", said="Saint John 2", fixed=True)
    assert words(script(("A ", tomato, " for ", street))) == [["A", "/təˈmɑːtəʊ/", "for", "Saint John two."]]


@example([Slotted("-", "address")], "en")
@given(PARTS, st.sampled_from(["en", "es", "fr"]))
def test_every_script_can_be_spoken(parts: list[Part], language: str) -> None:
    """
    Whatever backends and callers gave: letters and marks only, sounds between two slashes, no pause lost.
    """
    made = script(parts, language, 2026)
    phrases = [phrase for sentence in made for phrase in sentence.phrases]
    wanted = sum(part.pause_ms for part in parts if isinstance(part, Pause))

    assert sum(phrase.pause_ms for phrase in phrases) == wanted
    for phrase in phrases:
        signs = set(phrase.words.replace("/ˈa/", "")) - set(" .,;:?!'")
        assert all(sign.isalpha() or unicodedata.combining(sign) or language == "fr" for sign in signs)
        assert "/" not in signs


def test_questions_that_want_a_yes_or_a_no_rise() -> None:
    """
    Decided by all the words of a sentence, values with it; another sound has another key, and a pause at
    the sentence's edge changes nothing.
    """
    made = script(("Which one? Is it ", MONEY, "? Thank you. ", Pause(300), "Anything else?", Pause(200)))

    assert [sentence.rises for sentence in made] == [False, True, False, True]
    assert sentences_of(made)[-1] == Sentence((Phrase("Anything else?"),), rises=True)
    assert made[1].key != replace(made[1], rises=False).key


def test_of_a_long_question_the_end_rises() -> None:
    """
    Where it was cut, only its last part ends as a question; its first words count for all of it.
    """
    list_of_things = ", ".join(["the card that we sent you in the spring"] * 9)

    assert [s.rises for s in script((f"Have you got {list_of_things}?",))].count(True) == 1
    assert script((f"Have you got {list_of_things}?",))[-1].rises
    assert not any(s.rises for s in script((f"Which do you mean, {list_of_things}?",)))


def test_each_language_asks_in_its_own_way() -> None:
    """
    The language of the script decides.
    """
    assert script(("¿Es correcto?",), "es")[0].rises
    assert not script(("¿Cuál es su número?",), "es")[0].rises
    assert not script(("Ist das richtig?",), "de")[0].rises
