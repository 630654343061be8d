"""
Spanish numbers as words, and how they bend to what they count.

Gender and shortening (veintiún días, doscientas libras, tercer piso) as in the Nueva gramática de la lengua
española, chapter 21.
"""

from __future__ import annotations

import re

from num2words import num2words

from ..reading import LARGEST

__all__ = ["DIGITS", "agreeing", "cardinal", "counted", "is_feminine", "one_by_one", "ordinal"]

DIGITS = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
HUNDRED, MILLION = 100, 1_000_000

ORDINALS = (
    *("", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno"),
    *("décimo", "undécimo", "duodécimo", "decimotercero", "decimocuarto", "decimoquinto", "decimosexto"),
    *("decimoséptimo", "decimoctavo", "decimonoveno"),
)
TENS = (
    *("", "décimo", "vigésimo", "trigésimo", "cuadragésimo", "quincuagésimo"),
    *("sexagésimo", "septuagésimo", "octogésimo", "nonagésimo"),
)

FEMININE = re.compile(
    r"(?:a|[cstx]ión|[dt]ad|tud|umbre)s?$|(?:[cstx]ion|[dt]ad|tud|umbr)es$"
    r"|^(?:base|calle|carne|clase|clave|fase|foto|frase|fuente|gente|leche|llave|mano|moto|muerte|nave|noche|nube"
    r"|parte|radio|sede|serie|superficie|tarde|torre|hambre)s?$"
    r"|^(?:flor|imagen|ley|mujer|orden|postal|razón|red|sal|señal|sucursal|tos|vez|cárcel)$"
    r"|^(?:flores|imágenes|leyes|mujeres|órdenes|postales|razones|redes|sales|señales|sucursales|toses|veces"
    r"|cárceles)$"
)
MASCULINE = re.compile(
    r"^(?:día|mapa|planeta|tema|sistema|problema|programa|idioma|clima|pijama|tranvía|colega|mega|giga|tera|dálmata|atleta|poeta|gorila|policía|guardia"
    r"|\w+grama|\w+ista|\w+nauta)s?$"
)
STRESSED_A = frozenset(
    ("agua", "aula", "área", "arma", "alma", "águila", "ala", "acta", "hambre", "habla", "ancla")
)
"""Feminine words that take "un" (Nueva gramática, 14.2)."""


def cardinal(number: int) -> str:
    """Return 1204 as "mil doscientos cuatro"."""
    if abs(number) >= LARGEST:
        return ("menos " if number < 0 else "") + one_by_one(str(abs(number)))
    words = num2words(abs(number), lang="es")
    # before mil and millones "uno" is shortened; the library does not
    words = re.sub(r"veintiuno (?=mil|\w*llones)", "veintiún ", words)
    words = re.sub(r"\buno (?=mil|\w*llones)", "un ", words)
    return f"menos {words}" if number < 0 else words


def counted(number: int, *, feminine: bool = False) -> str:
    """Return a number as it stands before what is counted: "veintiún", "doscientas"."""
    words = cardinal(number)
    if not feminine:
        return re.sub(r"\buno$", "un", re.sub(r"veintiuno$", "veintiún", words))
    # millones are counted themselves: doscientos millones de libras
    millions, behind, rest = words.rpartition("llones ")
    if words.endswith("llones"):
        return words
    rest = re.sub(r"(cient|quinient)os\b", r"\1as", rest)
    return millions + behind + re.sub(r"uno$", "una", rest)


def ordinal(number: int, *, feminine: bool = False, before: bool = False) -> str:
    """
    Return 21 as "vigésimo primero"; above 100 the plain number is what people say.

    *before*: what is counted follows, so primero and tercero are shortened ("tercer piso").
    """
    if number < 0:
        raise ValueError(number)
    if number == HUNDRED:
        return "centésima" if feminine else "centésimo"
    if not 0 < number < HUNDRED:
        return f"número {cardinal(number)}"
    tens, ones = divmod(number, 10)
    words = ORDINALS[number] if number < len(ORDINALS) else f"{TENS[tens]} {ORDINALS[ones]}".strip()
    if feminine:
        return re.sub(r"o\b", "a", words)
    return re.sub(r"(primer|tercer)o$", r"\1", words) if before else words


def is_feminine(noun: str) -> bool:
    """Return whether a noun, in the singular or plural, is feminine, as its ending tells."""
    noun = noun.lower()
    return bool(FEMININE.search(noun)) and not MASCULINE.search(noun)


def agreeing(number: int, noun: str) -> str:
    """Return a number as it stands before *noun*: 1 "hora" is "una", 200 "personas" "doscientas"."""
    feminine = is_feminine(noun) and not (number == 1 and noun.lower() in STRESSED_A)
    of = " de" if number and number % MILLION == 0 else ""
    return counted(number, feminine=feminine) + of


def one_by_one(run: str) -> str:
    """Return "0412" as "cero cuatro uno dos"."""
    return " ".join(DIGITS[int(digit)] for digit in run)
