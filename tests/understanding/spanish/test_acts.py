"""Spanish dialogue acts, yes and no, unfinished turns."""

import pytest

from ivr_ari.understanding.acts import find_acts, find_correction, is_unfinished
from ivr_ari.understanding.spanish.act_phrases import ACTS
from ivr_ari.understanding.spanish.words import plain
from ivr_ari.understanding.spanish.yesno import ANSWERS
from ivr_ari.understanding.yesno import find_yesno


def said(text: str) -> list[str]:
    return [plain(word) for word in text.split()]


@pytest.mark.parametrize(
    ("act", "text"),
    [
        ("person", "quiero hablar con una persona"),
        ("person", "páseme con un agente por favor"),
        ("person", "una persona de verdad por favor"),
        ("person", "operadora"),
        ("person", "necesito hablar con alguien"),
        ("repeat", "¿puede repetir por favor?"),
        ("repeat", "qué ha dicho"),
        ("repeat", "otra vez por favor"),
        ("repeat", "no le he oído bien"),
        ("repeat", "cómo dice"),
        ("repeat", "perdón"),
        ("start-over", "quiero empezar de nuevo"),
        ("start-over", "volver a empezar"),
        ("back", "vuelva atrás"),
        ("hold-on", "espere un momento"),
        ("hold-on", "un segundo por favor"),
        ("cancel", "cancelar"),
        ("cancel", "olvídelo"),
        ("cancel", "déjelo"),
        ("goodbye", "adiós"),
        ("goodbye", "no nada más"),
        ("goodbye", "eso es todo"),
        ("thank", "muchas gracias"),
        ("help", "qué puedo decir"),
        ("help", "no sé"),
        ("help", "ayuda"),
        ("greet", "buenos días"),
        ("complain", "esto es ridículo"),
        ("complain", "ya se lo he dicho"),
        ("slower", "más despacio por favor"),
        ("slower", "habla muy rápido"),
        ("faster", "un poco más rápido"),
        ("louder", "más alto por favor"),
        ("louder", "se oye muy bajo"),
        ("quieter", "más bajo"),
        ("both", "las dos"),
        ("other", "la otra"),
        ("same", "la misma de antes"),
        ("back-channel", "ya veo"),
    ],
)
def test_acts(act: str, text: str) -> None:
    """What callers do with words besides asking for something."""
    assert act in {found.act for found in find_acts(said(text.strip("¿?")), ACTS)}


@pytest.mark.parametrize(
    "text",
    [
        "quiero mi saldo",
        "quiero cancelar mi cita",
        "necesito una tarjeta nueva",
        "a las dos",
        "tengo otra pregunta",
        "es para otra persona",
        "enviar dinero a otra persona",
        "las dos últimas cifras",
    ],
)
def test_no_acts(text: str) -> None:
    """Words of requests and values are none."""
    assert find_acts(said(text), ACTS) == ()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("yes", "sí"),
        ("yes", "si"),
        ("yes", "sí por favor"),
        ("yes", "claro que sí"),
        ("yes", "vale"),
        ("yes", "de acuerdo"),
        ("yes", "correcto"),
        ("yes", "eso es"),
        ("yes", "sí es correcto"),
        ("yes", "sí lo tengo"),
        ("yes", "por supuesto"),
        ("yes", "pues sí"),
        ("no", "no"),
        ("no", "no gracias"),
        ("no", "para nada"),
        ("no", "no es correcto"),
        ("no", "claro que no"),
        ("no", "no no lo tengo"),
        ("no", "todavía no"),
        ("no", "creo que no"),
    ],
)
def test_yes_and_no(answer: str, text: str) -> None:
    """Yes and no in many words; the accent of "sí" may be missing."""
    found = find_yesno(said(text), ANSWERS)
    assert found is not None
    assert found.value == answer


@pytest.mark.parametrize("text", ["quiero saber si abren", "el martes", "me llamo clara"])
def test_neither_yes_nor_no(text: str) -> None:
    """ "si" inside a sentence is an "if"."""
    assert find_yesno(said(text), ANSWERS) is None


@pytest.mark.parametrize(
    "text",
    [
        "mejor el martes",
        "perdón es el martes",
        "quise decir ahorros",
        "me he equivocado",
        "que sean trescientos",
    ],
)
def test_corrections(text: str) -> None:
    """Words that correct something said before."""
    assert find_correction(said(text), values=True, requests=False, language=ACTS) is not None


@pytest.mark.parametrize("text", ["mi número es", "quiero", "y", "me gustaría", "de la"])
def test_unfinished(text: str) -> None:
    """No sentence ends so."""
    assert is_unfinished(said(text), ACTS)


@pytest.mark.parametrize("text", ["así es", "sí", "no sé", "mi saldo", "eso es"])
def test_finished(text: str) -> None:
    """These are whole."""
    assert not is_unfinished(said(text), ACTS)
