"""Which questions rise."""

from __future__ import annotations

import unicodedata

import pytest

from ivr_ari.prompts.words.questions import rises

RISING = {
    "en": """
        Is that right?
        Would you like to pay it now?
        Anything else?
        Is there anything else I can do for you?
        Do you have your order number at hand?
        Shall I block your card myself, right now?
        And your four digit PIN?
        Your date of birth?
        Sorry?
        Do you know what it costs?
        May I ask who is calling?
        You said March the third, is that right?
        Is the shop open when you get home?
        I can call you back: would that help?
        So, is it for /təˈmɑːtoʊ/?
        IS THAT RIGHT?
    """,
    "es": """
        Es correcto?
        Quiere que le llamemos?
        Puedo hacer algo más por usted?
        Y su clave de cuatro cifras?
        Perdón?
        Sabe cuál es su número?
        Le llamo cuando esté libre?
        El martes, verdad?
        Como siempre?
    """,
}

FALLING = {
    "en": """
        How can I help you?
        What is your account number?
        First, what is your date of birth?
        And to which account?
        For how many people?
        On which day shall we call you?
        What's the number?
        Sorry, which one?
        Okay, and when?
        At what time?
        Which account, checking, savings or business?
        Would you like to wait, or shall we call you back?
        The first one or the second one?
        Is that right.
        Anything else
        ?
    """,
    "es": """
        Cuál es su número de cuenta?
        En qué puedo ayudarle?
        Y a qué cuenta?
        Primero, cuál es su fecha de nacimiento?
        De qué mes quiere el extracto?
        Por qué?
        Adónde quiere enviarlo?
        Cuánto quiere pasar?
        La primera o la segunda?
        Plata u oro?
        Quiere esperar, o le llamamos nosotros?
        Es correcto.
    """,
}


def rows(table: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (language, line.strip()) for language, lines in table.items() for line in lines.strip().splitlines()
    ]


@pytest.mark.parametrize(("language", "sentence"), rows(RISING))
def test_what_wants_a_yes_or_a_no_rises(language: str, sentence: str) -> None:
    """
    Questions without a question word of their own, whole or shortened.
    """
    assert rises(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), rows(FALLING))
def test_what_wants_something_told_does_not(language: str, sentence: str) -> None:
    """
    Questions with a question word, choices, and what is no question.
    """
    assert not rises(sentence, language)


def test_letters_may_be_written_in_two_signs() -> None:
    """
    An accent of its own is the same word; a region's language is the language.
    """
    assert not rises(unicodedata.normalize("NFD", "Cuándo?"), "es-MX")


def test_other_languages_are_left_to_their_voice() -> None:
    """
    Nobody here knows which of their questions rise.
    """
    assert not rises("Ist das richtig?", "de")
