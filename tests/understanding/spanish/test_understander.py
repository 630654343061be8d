"""A Spanish turn from words to meaning, with the intents of a flow."""

import pytest

from ivr_ari.events import Expect, Heard, Meaning, Word
from ivr_ari.understanding.flow_words import FlowWords
from ivr_ari.understanding.spacy_nlu import Understander

pytestmark = pytest.mark.model

WORDS = FlowWords(
    {
        "balance": ["cuál es mi saldo", "mi saldo por favor", "cuánto dinero tengo", "dígame mi saldo"],
        "refund": [
            "quiero un reembolso",
            "devuélvanme el dinero",
            "me han cobrado dos veces",
            "un reembolso",
        ],
        "hours": ["a qué hora abren", "cuál es el horario", "están abiertos el sábado", "cuándo cierran"],
    },
    {"problem": {"charged-twice": ["dos veces", "cobrado dos veces"]}},
    "es",
    called={"account": ["número de cuenta"], "who": ["nombre"]},
    types={"account": "digits", "who": "name", "month": "month"},
)


@pytest.fixture(scope="module")
def spanish() -> Understander:
    return Understander(WORDS)


def meaning(understander: Understander, said: str, *kinds: str, confirm: bool = False) -> Meaning:
    heard = Heard(tuple(Word(word) for word in said.split()))
    expect = Expect(kinds=kinds, confirm=confirm, language="es")  # type: ignore[arg-type]
    return understander.understand(heard, expect, today="2026-03-16")


def test_two_requests_in_one_breath(spanish: Understander) -> None:
    """Each has the values that belong to it."""
    found = meaning(spanish, "me han cobrado dos veces el mes pasado ah y cuál es mi saldo")

    assert [request.intent for request in found.requests] == ["refund", "balance"]
    assert {(value.kind, value.value) for value in found.requests[0].values} == {
        ("choice", "charged-twice"),
        ("month", "2026-02"),
    }


@pytest.mark.parametrize("said", ["cual es mi saldo", "cuál es mi saldo", "quisiera saber mi saldo"])
def test_accents_may_be_missing(spanish: Understander, said: str) -> None:
    """What a recogniser leaves out changes nothing."""
    assert [request.intent for request in meaning(spanish, said).requests] == ["balance"]


def test_names_keep_their_accents(spanish: Understander) -> None:
    """They are looked up without, and given as heard."""
    (value,) = meaning(spanish, "me llamo josé garcía", "name").values
    assert (value.kind, value.value) == ("name", "josé garcía")


def test_a_named_number(spanish: Understander) -> None:
    """Words that name a slot point the value to it, whether they have accents or not."""
    (value,) = meaning(spanish, "mi numero de cuenta es cuatro uno doble cero siete dos tres nueve").values
    assert (value.slot, value.value) == ("account", "41007239")


@pytest.mark.parametrize(
    ("said", "acts"),
    [
        ("si", ("affirm",)),
        ("no gracias", ("deny",)),
        ("sí claro", ("affirm",)),
        ("eso no es correcto", ("deny",)),
    ],
)
def test_answers(spanish: Understander, said: str, acts: tuple[str, ...]) -> None:
    """Yes and no where they are asked for."""
    assert tuple(act for act in meaning(spanish, said, confirm=True).acts if act != "thank") == acts


def test_no_is_part_of_a_sentence(spanish: Understander) -> None:
    """ "no" in front of a verb denies nothing that was said."""
    assert "deny" not in meaning(spanish, "no me han devuelto el dinero").acts


def test_strangers(spanish: Understander) -> None:
    """What no service does is no request."""
    assert meaning(spanish, "qué tiempo hace hoy en madrid").requests == ()


def test_an_accent_alone(spanish: Understander) -> None:
    """A word of which nothing stays without its accent is passed over."""
    assert meaning(spanish, "quiero mi saldo \N{COMBINING ACUTE ACCENT}").requests
