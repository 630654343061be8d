"""The language a caller asks for."""

import pytest

from ivr_ari.understanding.tongues import find_languages

WISHES = {
    "es": "spanish|spanish please|in spanish please|in spanish|um spanish|español|espanol|español por favor"
    "|en español por favor|habla español|hablas español|habla usted español|do you speak spanish"
    "|can we speak spanish|can you speak spanish please|i want to speak spanish|i only speak spanish"
    "|i speak spanish|is there someone who speaks spanish|does anybody speak spanish there"
    "|can you switch to spanish please|i'd prefer spanish|could i continue in spanish please"
    "|puedo hablar en español|prefiero español|change the language to spanish|espanyol|castellano"
    "|do you have anyone that speaks spanish|let's speak spanish",
    "en": "english|english please|in english|no in english|do you speak english|switch to english"
    "|change the language to english|in english i need a refund|habla inglés|hablas ingles"
    "|can we speak english"
    "|i'd like to speak english",
    "fr": "do you speak french|français|in french please",
    "de": "does anyone speak german|deutsch",
}


@pytest.mark.parametrize(
    ("language", "said"), [(code, said) for code, all_ in WISHES.items() for said in all_.split("|")]
)
def test_wishes(language: str, said: str) -> None:
    """However it is asked for, in whatever language."""
    (value,) = find_languages(said.split())

    assert (value.kind, value.value) == ("language", language)


@pytest.mark.parametrize(
    "said",
    [
        "i'm learning spanish",
        "my spanish teacher called",
        "translate hello into spanish",
        "what is hello in french",
        "i bought english muffins",
        "the english department",
        "i want spanish lessons",
        "the payment was made in spain",
        "",
    ],
)
def test_talk_about_languages(said: str) -> None:
    """Who talks about a language does not ask for it."""
    assert find_languages(said.split()) == ()


def test_where_one_is_asked_for() -> None:
    """The answer to "in which language" needs no more than the name, in any sentence."""
    said = ["spanish", "would", "be", "great"]

    assert [value.value for value in find_languages(said, asked=True)] == ["es"]
