"""Which languages can be understood."""

import pytest

from ivr_ari.dialogue.flow import UNDERSTOOD
from ivr_ari.errors import SetupError
from ivr_ari.understanding.known_languages import TONGUES, tongue_of


def test_the_dialogue_listens_to_what_is_understood() -> None:
    """Nobody is asked in words that understanding does not know, nor by keypad where it does."""
    assert tuple(TONGUES) == UNDERSTOOD


def test_a_language_by_its_code() -> None:
    """A language is found by its code; one nobody knows is told with those that are known."""
    assert tongue_of("es").code == "es"
    with pytest.raises(SetupError) as caught:
        tongue_of("fr")
    assert (caught.value.code, caught.value.facts["language"]) == ("understanding.language", "fr")


def test_words_are_looked_up_without_accents_in_spanish_only() -> None:
    """Callers' recognisers leave accents out in Spanish; English words stay as they are."""
    assert [tongue_of("es").plain(word) for word in ("Miércoles", "sí", "eñe")] == ["miercoles", "si", "eñe"]
    assert tongue_of("en").plain("Café") == "café"
