"""Spanish text as words: what holds for any text; the forms themselves are in ``forms/es.txt``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ivr_ari.prompts.words.normalise import normalise

FLOWS = Path(__file__).parents[3] / "flows"
WRITTEN = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+",
            """
            1 21 200 0412 4110733 1.204,50 1,204.50 3/3 25/12/2024 15:30 9-14h a las la de L-V € $ % km h n.º
            2.ª 1er IVA DNI AB-12 ana@correo.es www.banco.es Sr. Ruiz XXI siglo días personas - . , ( ) # * +
            1/2 MXN mil +34 912 345 678 ext. c/ Mayor y o 100.000 2025
            """,
        )
    ),
    max_size=12,
).map(" ".join)


@given(st.text() | WRITTEN)
def test_any_text_becomes_words(text: str) -> None:
    """Nothing raises, and a voice gets letters and marks only: no digit is left to its own reading."""
    words = normalise(text, "es")

    assert not re.search(r"[0-9€$%@#*+/=]", words)
    assert words == " ".join(words.split())


FORMS = (Path(__file__).parent / "forms" / "es.txt").read_text().splitlines()
WORDS = sorted({line.split(" | ")[2] for line in FORMS if line.count(" | ") == 3})


def test_words_stay_words() -> None:
    """What is in words already is not read as something else, so a prompt may be normalised twice."""
    assert len(WORDS) > 300
    for words in WORDS:
        assert normalise(words, "es", whole=False) == words


def _texts(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    parts = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [text for part in parts for text in _texts(part)]


PROMPTS = sorted(
    {
        piece.strip()
        for path in [*FLOWS.glob("es/*.yaml"), *FLOWS.glob("parts/es/*.yaml")]
        for text in _texts(yaml.safe_load(path.read_text())["prompts"])
        for piece in re.split(r"\{[^}]*\}|<[^>]*>", text)
    }
)


def test_the_flows_own_prompts_are_said_as_they_are_written() -> None:
    """They hold words only, so nothing but the opening marks goes."""
    assert len(PROMPTS) > 200
    for prompt in PROMPTS:
        assert normalise(prompt, "es", whole=False) == " ".join(re.sub("[¿¡]", "", prompt).split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pulse 1 y espere.", "Pulse uno y espere."),
        ("la línea 21 termina en la plaza", "la línea veintiuno termina en la plaza"),
        ("la talla M y L", "la talla eme y ele"),
        ("Es mi plan.", "Es mi plan."),
        ("el mar y el sol", "el mar y el sol"),
        ("vale, de 2 a 3 cosas", "vale, de dos a tres cosas"),
        ("Ganó 3-1", "Ganó tres a uno"),
        ("No. Gracias.", "No. Gracias."),
        ("sin. Es así", "sin. Es así"),
        ("La señora de la casa", "La señora de la casa"),
        ("Mi hija tiene 1 año", "Mi hija tiene un año"),
        ("Esto es un 10.", "Esto es un diez."),
        ("45/12/2024", "cuatro cinco, uno dos, dos cero dos cuatro"),
        ("a las 25:70", "a las veinticinco: setenta"),
    ],
)
def test_what_only_looks_like_something(text: str, words: str) -> None:
    """A name, a label or a wrong date is not taken for what it looks like."""
    assert normalise(text, "es") == words


def test_an_abbreviation_before_a_value_ends_no_sentence() -> None:
    """The piece of a prompt before a value goes on, whatever full stop its last abbreviation has."""
    assert normalise("Venga a las 3:30 p. m. ", "es", whole=False) == "Venga a las tres y media de la tarde"
    assert normalise("Venga a las 3:30 p. m.", "es") == "Venga a las tres y media de la tarde."
    assert normalise("Come at 3:30 p.m. ", "en", whole=False) == "Come at three thirty p m"
    assert normalise("Hecho. ", "es", whole=False) == "Hecho."
