"""
The rules of Spanish: "Su saldo es de 1.204,50 € el 3/3 a las 15:30" as a clerk reads it out.

What Spain and America write differently is read by its look: "1.204,50" and "1,204.50", "15:30" and
"3:30 p. m.". Where a clerk on the telephone and the grammars differ, the clerk is followed: numbers to be
written down are said digit by digit; kings and centuries up to ten are ordinals, chapters plain numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import Rule, rule
from ..states import STATES
from . import amounts, moments
from . import values as es
from .abbreviations import ANYWHERE, LEADING
from .agreement import NO_NOUN
from .amounts import NUMBER, number_words
from .letters import expand_capitals, is_sayable, letters
from .moments import end
from .numbers import is_feminine, one_by_one, ordinal
from .web import web_address

__all__ = ["RULES"]

CAPITAL = "A-ZÁÉÍÓÚÜÑ"
ADDRESS = (
    r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|\bhttps?://\S+|\bwww\.[\w./-]+"
    r"|\b[\w-]{1,63}\.(?:com|org|net|es|mx|ar|co|cl|pe|edu|gob|gov|info|io|app)\b(?:\.[a-z]{2}\b)?(?:/[\w./-]*)?"
)
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

ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
ROMAN: Mapping[str, int] = {
    "X" * tens + ONES[ones]: 10 * tens + ones for tens in range(4) for ones in range(10)
}
MOST_ORDINAL = 10
KEYS = {"*": "asterisco", "#": "almohadilla"}
STREET = r"(?i:calle|carrera|diagonal|transversal|avenida)"
SIGNS = {"-": "menos", "+": "más"}
KINGS = (
    r"(?:Alfonso|Carlos|Felipe|Fernando|Juan Carlos|Juan Pablo|Juan|Jaime|Pedro|Sancho|Enrique|Luis|Pío|León)"
)
QUEENS = r"(?:Isabel|María|Catalina|Cristina|Juana|Victoria|Margarita)"
NUMBERED = (
    r"(?i:cap[íi]tulo|tomo|t[íi]tulo|volumen|art[íi]culo|anexo|fase|nivel|grado|tipo|clase|sección|parte|unidad|tema"
    r"|zona|bloque|edificio|torre|sector|módulo|grupo|mundial|apartado|libro|acto)"
)


def _ordinal(found: re.Match[str]) -> str:
    """Written with raised letters: "1.º", "2.ª", "1er", "3ra"."""
    number, mark = int(found[1]), found[2].lower()
    feminine = mark.endswith(("a", "ª"))
    follows = re.match(r" ([a-záéíóúñ]+)", found.string[found.end() :])
    noun = bool(follows and follows[1] not in NO_NOUN and not feminine)
    return ordinal(number, feminine=feminine, before=mark == "er" or noun)


def _roman(name: str, written: str, *, feminine: bool = False) -> str:
    number = _value(written)
    said = ordinal(number, feminine=feminine) if number <= MOST_ORDINAL else es.cardinal(number)
    return f"{name} {said}"


def _value(written: str) -> int:
    if written not in ROMAN:
        raise ValueError("no such number")
    return ROMAN[written]


def _leading_roman(found: re.Match[str]) -> str:
    """Before what it counts: "II Guerra Mundial", "III Congreso"."""
    noun = found[2] or found[3]
    if noun in NO_NOUN:
        raise ValueError("nothing is counted")
    return ordinal(_value(found[1]), feminine=is_feminine(noun), before=True)


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


def _letter(found: re.Match[str]) -> str:
    return f"{found[1]}{letters(found[2])}"


RULES: tuple[Rule, ...] = (
    rule(ADDRESS, lambda f: web_address(f[0])),
    *(rule(pattern, words) for pattern, words in LEADING),
    *(rule(pattern, lambda f, words=words: words + end(f)) for pattern, words in ANYWHERE),  # type: ignore[misc]
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
    rule(r"(?<![\w*•#.])[*xX•#.]{2,40}[\s-]?\d{2,}\b", lambda f: es.digits(f[0])),
    rule(r"\b(\d+) ?[xX×] ?(?=[\d$€])", lambda f: f"{number_words(f[1])} por "),
    rule(r"(?<=\d) ?M\. ?N\.", lambda f: f" MXN{end(f)}"),
    *moments.RULES,
    *amounts.RULES,
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
    *amounts.COUNTED,
    rule(r"(?<![\w.,])\d+\b(?![.,]\d)", _run),
    rule(rf"((?<!\w)[-+])?(?<![\w.,])({NUMBER})(?!\w)", _number),
    rule(r"[0-9]+", lambda f: f" {es.digits(f[0])} "),
    rule(r"\b([Ss]iglos?) ([IVX]+)\b", lambda f: _roman(f[1], f[2])),
    rule(r"\b[sS]\. ([IVX]+)\b", lambda f: _roman("siglo", f[1])),
    rule(r"\b(siglos? [a-z ]+ (?:y|al|a)) ([IVX]+)\b", lambda f: _roman(f[1], f[2])),
    rule(rf"\b({KINGS}) ([IVX]+)\b", lambda f: _roman(f[1], f[2])),
    rule(rf"\b({QUEENS}) ([IVX]+)\b", lambda f: _roman(f[1], f[2], feminine=True)),
    rule(
        rf"\b([IVX]+) (?=([{CAPITAL}][a-záéíóúñ]+)\b|(?<=[XVI][XVI] )([a-záéíóúñ]+)\b)",
        lambda f: f"{_leading_roman(f)} ",
    ),
    rule(rf"\b({NUMBERED}) ([IVX]+)\b", lambda f: f"{f[1]} {es.cardinal(_value(f[2]))}"),
    rule(r"\b([IVX]{2,})\b", lambda f: es.cardinal(_value(f[1]))),
    rule(
        r"\b([A-Z](?:\. ?[A-Z])+)\.?(?=\W|$)",
        lambda f: letters(f[1]) + ("." if f[0][-1] == "." and f.end() == len(f.string) else ""),
    ),
    rule(rf"\b[{CAPITAL}]{{2,}}\b", lambda f: expand_capitals(f[0])),
    rule(
        rf"(?<=[a-záéíóúñ] )([B-DF-HJ-NP-TV-XZÑ])(?![\w'])\.?(?! [{CAPITAL}])",
        lambda f: letters(f[1]) + end(f),
    ),
    rule(
        r"\b((?i:letra|opción|puerta|grupo|plan|tipo|fila|bloque|portal) )Y\b",
        lambda f: f"{f[1]}{letters('y')}",
    ),
    rule(rf"\b([{CAPITAL}])\.(?= [{CAPITAL}][a-záéíóúñ])", lambda f: letters(f[1])),
    rule(r"(?<=[a-záéíóúñ])/(?=[a-záéíóúñ])", " o "),
    rule(r"\s?&\s?(?=[Hh]?[IiÍí](?![aeo]))", " e "),
    rule(r"\s?&\s?", " y "),
    rule(r"(?<=\w) \+ (?=\w)", " más "),
    rule(r"(?<=\w) = (?=\w)", " igual a "),
    rule(r"\s@\s", " arroba "),
)
"""In order. Addresses and abbreviations first: their dots are no sentence ends; telephones before amounts."""
