"""Whether the words after a Spanish number are what it counts, and the number as it stands before them."""

from __future__ import annotations

import re

from .numbers_es import agreeing, is_feminine, ordinal

__all__ = ["LABELS", "NO_NOUN", "number_before", "ordinal_before"]

NO_NOUN = frozenset(
    re.findall(
        r"\S+",
        """
        a al ante antes ahora aquí así con como corresponde cuesta da de del desde después durante e
        el en es entonces entre era está están fue ha hasta hay hoy incluye la las le les lo los más
        menos mi mis mostrará muestra ni no nos o para permite pero por pues que quedan quiere se
        según será si sin sirve sobre son su sus también te tiene tras tres u un una vale va y ya
        además ambos x
        """,
    )
)
"""Words after a number that are not what it counts."""

LABELS = frozenset(
    re.findall(
        r"\S+",
        """
        pulse marque teclee oprima presione digite diga elija opción número línea página planta piso
        puerta mesa sala capítulo artículo nivel fase paso tecla código clave cuenta calle grupo
        zona andén vía terminal plan tipo versión tema unidad habitación ventanilla caja turno
        modelo local bloque portal kilómetro
        """,
    )
)
"""Words before a number that number things, so nothing is counted."""

NOUN = re.compile(r"\s*([a-záéíóúñü]+)\b")


def number_before(written: str, text: str) -> str:
    """Return "21" before "días libres" as "veintiún". Raises ValueError where *text* is nothing counted."""
    number, noun = int(written), _noun(text)
    if number != 1 and not noun.endswith("s"):
        raise ValueError("no plural")
    return agreeing(number, noun)


def ordinal_before(written: str, text: str) -> str:
    """Return "3" before "piso" as "tercer", before "planta" as "tercera". Raises ValueError as above."""
    noun = _noun(text)
    return ordinal(int(written), feminine=is_feminine(noun), before=True)


def _noun(text: str) -> str:
    found = NOUN.match(text)
    if found is None or found[1] in NO_NOUN:
        raise ValueError("nothing is counted")
    return found[1]
