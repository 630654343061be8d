"""
Spanish names of persons: "me llamo maría lópez", "soy juan pérez", "a nombre de garcía, ge a erre ce i a".
"""

from __future__ import annotations

from ...events import Value
from ..people import NameLeads, behind_lead
from ..words import Words, has, listed, phrases
from .almanac import MONTHS, WEEKDAYS
from .letters import spelled
from .words import FILLERS, NUMBER_WORDS

__all__ = ["find_people"]

LEADS = phrases(
    """
me llamo | mi nombre es | mi nombre completo es | el nombre es | mi apellido es | el apellido es
nombre es | mis apellidos son | los apellidos son | se llama | soy | yo soy | habla | le habla
aqui habla | al habla | a nombre de | esta a nombre de | la cuenta esta a nombre de
la cita esta a nombre de | es a nombre de | para | es para | la cita es para | el paciente es | es
apellido | la paciente es | nombre | apellidos | con | habla usted con | esta hablando con
"""
)
"""What stands in front of a name."""

OPENLY = phrases(
    "me llamo | mi nombre es | mi nombre completo es | el nombre es | mi apellido es | a nombre de"
)
"""Of those the ones behind which a name is expected even if nobody asked."""

TITLES = frozenset(listed("senor senora senorita don dona doctor doctora sr sra"))
POLITE = FILLERS | frozenset(
    listed("si claro hola buenas buenos dias tardes noches vale ok por favor gracias oh ah yo entonces")
)
SPANISH = NameLeads(LEADS, OPENLY, POLITE)
ENDS = frozenset(
    listed(
        "quiero quisiera necesito con desde llamo llamaba por porque para sobre que mi numero fecha se como"
        " tengo gracias nacido nacida naci le me puede podria es hablo deletreo deletreado escribe y"
    )
)
"""Words behind a name that are none of it."""

NO_NAMES = (
    frozenset({*NUMBER_WORDS, *WEEKDAYS})
    | frozenset(MONTHS.keys() - {"abril", "julio"})
    | frozenset(
        listed(
            "yo tu usted ustedes el ella ellos nosotros me te se le lo un una unos unas este esta esto"
            " eso esa"
            " que quien cual cuando donde como cuanto por si no nunca nada nadie tengo tiene hay quiero puedo"
            " puede necesito se sabe digo dice espere espera cancelar anular repita repetir ayuda persona"
            " agente operador operadora cuenta tarjeta saldo pedido cita receta pregunta problema perdon otra"
            " otro vez aqui ahi alli con sin en a de para sobre cliente bien mal mejor dolares euros"
            " hoy manana"
            " ayer minuto momento segundo favor gracias adios hola ninguno ninguna cualquiera igual primero"
            " correcto exacto claro vale todo todos entiendo entendido oigo recuerdo ya [unk] -"
        )
    )
)
"""With one of these among them, words are no name; "de" and "la" may be part of one ("de la Cruz")."""

TAKES_BACK = frozenset(("perdon", "digo", "corrijo"))
PARTICLES = frozenset(("de", "la", "del", "los", "las"))
BEFORE_SPELLING = frozenset(listed("se escribe deletreo deletreado con es y"))
MOST = 5
MOST_OPENLY = 4


def find_people(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """
    Return the name in *words*, if there is one, first name first.

    Where one is *asked* for, the words without what leads in ("soy ..."); else only what follows "me
    llamo". A spelling replaces the word it spells.
    """
    start = behind_lead(words, asked, SPANISH)
    if (
        asked
        and (back := max((at for at, word in enumerate(words) if word in TAKES_BACK), default=-1)) > start
    ):
        # "juan, no, perdón, josé"
        start = back + 1
    taken = _taken(words, start, MOST if asked else MOST_OPENLY) if start >= 0 else []
    end = taken[-1] + 1 if taken else start
    spelling_at = max(end, 0)
    while spelling_at < len(words) and (
        words[spelling_at] in FILLERS or words[spelling_at] in BEFORE_SPELLING
    ):
        spelling_at += 1
    letters = spelled(words, spelling_at) if start >= 0 else None
    names = [words[each] for each in taken]
    if letters:
        end = letters[1]
        like = next((each for each, name in enumerate(names) if name[0] == letters[0][0]), len(names) - 1)
        names[max(like, 0) : like + 1] = [letters[0]]
    if not names or (asked and not (end == len(words) or words[end] in POLITE or words[end] in ENDS)):
        return ()
    first = taken[0] if taken else spelling_at
    return (Value("name", " ".join(names), first, end - 1, 0.85 if len(names) > 1 else 0.75),)


def _taken(words: Words, start: int, most: int) -> list[int]:
    """The indices of the words of the name."""
    taken: list[int] = []
    for at in range(start, len(words)):
        word = words[at]
        if word in FILLERS or word in TITLES or has(words, at + 1, *TITLES):
            continue
        if taken and word in PARTICLES and at + 1 < len(words):
            taken.append(at)
            continue
        # "garcía y márquez" is one name, "garcía y quiero" none
        joined = word == "y" and taken and at + 1 < len(words) and not _is_no_name(words[at + 1])
        if (_is_no_name(word) and not joined) or len(taken) >= most or spelled(words, at):
            break
        taken.append(at)
    while taken and words[taken[-1]] in PARTICLES | {"y"}:
        taken.pop()
    return taken


def _is_no_name(word: str) -> bool:
    return word in ENDS or word in NO_NAMES
