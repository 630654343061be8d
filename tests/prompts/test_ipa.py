"""Words given by their sounds, for engines without IPA."""

from __future__ import annotations

import pytest

from ivr_ari.prompts.ipa import GIVEN, espeak_names, spelled


@pytest.mark.parametrize(
    ("ipa", "names"), [("təmˈeɪɾoʊ", "t@m'eIt#oU"), ("ʃˈɪp", "S'Ip"), ("niɲo", "nin^o"), ("a𝔘b", "ab")]
)
def test_sounds_have_names_in_espeak(ipa: str, names: str) -> None:
    """
    Each sound has the name that espeak-ng's tables give it; a sign that is no sound is left out.
    """
    assert espeak_names(ipa) == names


def test_sounds_are_spelled_nearly() -> None:
    """
    Only the given word changes.
    """
    assert spelled("Eat a /təmˈeɪɾoʊ/, please.") == "Eat a tameirou, please."


def test_a_slash_that_stands_alone_gives_nothing() -> None:
    """
    Both slashes are needed.
    """
    assert GIVEN.search("and/or") is None
