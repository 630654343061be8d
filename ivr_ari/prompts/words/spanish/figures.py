"""Figures in Spanish texts: telephone numbers, digits to write down, ids, ordinals, plain numbers."""

from __future__ import annotations

import re

from ..rules import Rule, rule
from ..states import STATES
from . import values as es
from .agreement import NO_NOUN
from .capitals import is_sayable
from .letters import letters
from .numbers import one_by_one, ordinal
from .patterns import CAPITAL, NUMBER, number_words

__all__ = ["NUMBERS", "PHONES", "PLAIN_NUMBERS", "QUALIFIED"]

DIGIT_WORDS = (
    r"n[úu]meros?|cuenta|clave|pin|nip|c[óo]digo(?: postal)?|pedido|referencia|expediente|extensi[óo]n|vuelo"
    r"|terminad[ao] en|termina en|acabad[ao] en|acaba en|marque|pulse|teclee|digite|llame al|ll[áa]menos al"
    r"|tarjeta|p[óo]liza|contrato|factura|recibo|caso|apartado|tel[ée]fono|m[óo]vil|celular|fax|solicitud|cita|tr[áa]mite|folio"
    r"|localizador|reserva|serie|cliente|socio|usuario|id|dni"
)
PHONE_WORDS = (
    r"(?:tel[ée]fono|m[óo]vil|celular|fax|whats[Aa]pp|[Ll]l[aá]m\w+ al|marque el)(?: es el|:| n[úu]mero| es)?"
)
PHONE = (
    r"(?<!\w)\+\d[\d ().-]{6,}\d\b"
    r"|(?<![\w.,])\(\d{2,3}\) ?\d{3,4}[ -]\d{4}\b"
    r"|(?<![\w.,])[6-9]\d{2}(?:[ .-]\d{3}){2}(?!\d|[.,]\d)(?!\s?(?:€|\$|euros|pesos|dólares))"
    r"|(?<![\w.,])[6-9]\d{2}(?:[ .-]\d{2}){3}\b|(?<![\w.,])9\d[ .-]\d{3}(?:[ .-]\d{2}){2}\b"
    r"|(?<![\w.,])(?:1[ -])?\d{3}[ .-]\d{3}[ .-]\d{4}\b|(?<![\w.,])\d{2}[ -]\d{4}[ -]\d{4}\b"
    r"|(?<![\w.,])\(\d{2,3}\) \d{3} \d{3} \d{4}\b|(?<![\w.,])\d{4} \d{4}\b(?! ?\d)"
    r"|(?<![\w.,])0[18]00[ -]\d{3}[ -]\d{3,4}\b|(?<![\w.,])01 800 \d{3} \d{4}\b"
    r"|(?<![\w.,-])\d{3,4}-\d{4}(?![\d-])"
)
EXTENSION = r"(?:,? ?(?i:extensi[óo]n|ext\.?) ?\d+)?"

KEYS = {"*": "asterisco", "#": "almohadilla"}
STREET = r"(?i:calle|carrera|diagonal|transversal|avenida)"
SIGNS = {"-": "menos", "+": "más"}


def _ordinal(found: re.Match[str]) -> str:
    """Written with raised letters: "1.º", "2.ª", "1er", "3ra"."""
    number, mark = int(found[1]), found[2].lower()
    feminine = mark.endswith(("a", "ª"))
    follows = re.match(r" ([a-záéíóúñ]+)", found.string[found.end() :])
    noun = bool(follows and follows[1] not in NO_NOUN and not feminine)
    return ordinal(number, feminine=feminine, before=mark == "er" or noun)


def _mixed(found: re.Match[str]) -> str:
    """Letters and digits together: an id. A word with a number in it is not ("covid-19")."""
    runs = re.findall(r"[^\W\d_]+|\d+", found[0])
    if any(len(run) > 3 and (not run.isupper() or is_sayable(run)) for run in runs if run.isalpha()):
        return " ".join(_piece(run) for run in runs)
    if (
        len(found[0]) <= 4
        and len(runs) == 2
        and all(len(run) < 3 and run[0] != "0" for run in runs if run.isdecimal())
    ):
        return " ".join(es.cardinal(int(run)) if run.isdecimal() else letters(run) for run in runs)
    return es.spell(found[0])


def _piece(run: str) -> str:
    """A part of a word with a number in it."""
    if run.isdecimal():
        return es.digits(run) if len(run) > 2 else number_words(run)
    return run.lower() if run.isupper() else run


def _run(found: re.Match[str]) -> str:
    """A long run of digits is a number to write down, not one to count with."""
    if len(found[0]) < 6 and not found[0].startswith("0"):
        raise ValueError("short")
    if found[0].rstrip("0") != found[0] and len(found[0].rstrip("0")) < 3:
        raise ValueError("round")
    return es.digits(found[0])


def _after_word(found: re.Match[str]) -> str:
    if len(found[3]) < 3 and found[3][0] != "0":
        raise ValueError("short")
    return f"{found[1]}{found[2]}{es.digits(found[3])}"


def _crossing(found: re.Match[str]) -> str:
    """A house in Colombia: at which crossing, and how far from it."""
    return f"{found[1]}número {es.cardinal(int(found[2]))}, {es.cardinal(int(found[3]))}"


def _dotted(found: re.Match[str]) -> str:
    """A version or an IP address, but no millions."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3}){2,}", found[0]) and (
        ".0" in found[0] or found[0].count(".") == 2
    ):
        raise ValueError("a number")
    return " punto ".join(map(es.digits, found[0].split(".")))


def _account(found: re.Match[str]) -> str:
    """An IBAN: in fours, letters and digits alike."""
    run = found[0].replace(" ", "")
    fours = [run[at : at + 4] for at in range(0, len(run), 4)]
    return ", ".join(es.spell(four).replace(",", "") for four in fours)


def _number(found: re.Match[str]) -> str:
    return f"{SIGNS[found[1]]} {number_words(found[2])}" if found[1] else number_words(found[2])


PHONES: tuple[Rule, ...] = (
    rule(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", _account),
    rule(r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b", lambda f: f"{number_words(f[1])} a {number_words(f[2])}"),
    rule(rf"(?:{PHONE}){EXTENSION}", lambda f: es.phone(f[0].replace(",", ""))),
    rule(
        rf"\b({PHONE_WORDS}) (\d[\d .-]*\d)(?![\d/:,])({EXTENSION})",
        lambda f: f"{f[1]} {es.phone(f[2] + f[3].replace(',', ''))}",
    ),
    rule(r"(?<![\w.,])\d{1,2}(?:\.\d{3}){2}-[\dkK]\b", lambda f: es.spell(f[0].replace(".", ""))),
    rule(r"(?<![\w.,])\d{4}(?: \d{4})+(?: \d{1,4})?\b", lambda f: es.digits(f[0])),
    rule(r"(?<![\w.,])\d{6,}(?: \d{6,})+\b", lambda f: ", ".join(map(es.digits, f[0].split()))),
    rule(r"(?i)\b(?:que )?(?:termin|acab)(?:a|ad[ao]) en (?=[*x•#.]{2,40}[\s-]?\d{2})", ""),
    rule(r"(?<![\w*•#.])[*xX•#.]{2,40}[\s-]?\d{2,}\b", lambda f: es.digits(f[0])),
)
"""In order; before dates and amounts, whose marks are in them too."""

QUALIFIED: tuple[Rule, ...] = (
    rule(r"\b(\d+) ?[xX×] ?(?=[\d$€])", lambda f: f"{number_words(f[1])} por "),
    rule(r"(?<=[\d€$])\+(?=[^\W\d_])", " más "),
)
"""Signs about numbers, before these are read."""

NUMBERS: tuple[Rule, ...] = (
    rule(
        r"(?<![\w.,])(\d{1,2})\.?\s?(er|[ºª]|(?<=\d)(?:ero|ro|do|to|vo|mo|no|era|ra|da|ta|va|ma|na))\b\.?",
        _ordinal,
    ),
    rule(r"(?<![\w.,])(\d{1,2}|100)\.?([ºª])", _ordinal),
    rule(r"(?<![\w.,])([\d.]+\d)\.?[ºª]", lambda f: number_words(f[1])),
    rule(rf"\b({'|'.join(STATES)}) (\d{{5}})\b", lambda f: f"{STATES[f[1]]}, {one_by_one(f[2])}"),
    rule(
        r"\b(GMT|UTC) ?([+-])(\d{1,2})\b", lambda f: f"{letters(f[1])} {SIGNS[f[2]]} {es.cardinal(int(f[3]))}"
    ),
    rule(r"(?<=\d) - (?=\d+ =)", " menos "),
    rule(
        r"(?<![\w*#])([*#][\d*#]*#)(?!\w)",
        lambda f: " ".join(KEYS.get(key) or one_by_one(key) for key in f[1]),
    ),
    rule(rf"\b({STREET} [^,;:]{{1,24}}?,? )(?:número |#\s?)(\d+)-(\d+)\b", _crossing),
    rule(r"\b((?i:vuelo)) ([A-Z]{2}) ?(\d{2,4})\b", lambda f: f"{f[1]} {letters(f[2])} {es.digits(f[3])}"),
    rule(rf"(?<=, )(\d{{5}})(?= [{CAPITAL}])", lambda f: one_by_one(f[1])),
    rule(r"\b(\d+)\+(?=\s)", lambda f: f"{es.cardinal(int(f[1]))} o más"),
    rule(
        r"(?<![\w/])(\d{1,4})/((?:19|20)\d\d)\b", lambda f: f"{number_words(f[1])} barra {number_words(f[2])}"
    ),
    rule(rf"(?i)\b({DIGIT_WORDS})( es el | es | n[úu]mero |: ?| #| )(\d[\d-]*)\b(?![.,%/:]\d)", _after_word),
    rule(r"(?<!\w)#\s?(?=[\dA-Z□])", "número "),
    rule(r"(?<!\S)[*#](?=[\s.,;?!]|$)", lambda f: KEYS[f[0]]),
    rule(r"(?<![\w.])\d+(?:\.\d+){2,}\b(?![,.]\d)", _dotted),
    rule(r"\b\d{4} ?[BCDFGHJ-NPR-TV-Z]{3}\b", lambda f: es.spell(f[0])),
    rule(r"\b\d{8}-?[A-Z]\b", lambda f: es.spell(f[0])),
    rule(r"(?<![\w-])(?=[\w-]{0,60}[A-Za-zÑñ])(?=[\w-]{0,60}\d)[A-Za-zÑñ0-9]+(?:-[A-Za-zÑñ0-9]+)*\b", _mixed),
    rule(
        rf"(?<![\w.,-])({NUMBER})\s?-\s?({NUMBER})(?![\w-])",
        lambda f: f"{number_words(f[1])} a {number_words(f[2])}",
    ),
    rule(r"(?<![\w.,/-])\d+(?:[/-]\d+)+\b", lambda f: es.digits(f[0])),
)
"""In order: what a mark or a word before tells to be no plain number."""

PLAIN_NUMBERS: tuple[Rule, ...] = (
    rule(r"(?<![\w.,])\d+\b(?![.,]\d)", _run),
    rule(rf"((?<!\w)[-+])?(?<![\w.,])({NUMBER})(?!\w)", _number),
    rule(r"[0-9]+", lambda f: f" {es.digits(f[0])} "),
)
"""In order: all that is left."""
