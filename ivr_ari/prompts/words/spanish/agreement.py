"""Whether the words after a Spanish number are what it counts, and the number as it stands before them."""

from __future__ import annotations

import re

from .numbers import agreeing, is_feminine, ordinal

__all__ = ["LABELS", "NO_NOUN", "number_before", "ordinal_before"]

NO_NOUN = frozenset(
    re.findall(
        r"\S+",
        """
        a además ahora al ambos ante antes aquí así centro como con corresponde cuesta da de del
        derecha desde después durante e el en entonces entre era es está están exterior fue ha hasta
        hay hoy incluye izquierda la las le les lo los menos mi mis mostrará muestra más ni no nos o
        para permite pero por pues que quedan quiere se según será si sin sirve sobre son su sus
        también te tiene tras tres u un una va vale x y ya
        """,
    )
)
"""Words after a number that are not what it counts."""

LABELS = frozenset(
    re.findall(
        r"\S+",
        """
        andén artículo bloque caja calle capítulo clave cuenta código diga digite elija fase grupo
        habitación kilómetro local línea marque mesa modelo nivel número opción oprima paso piso
        plan planta portal presione puerta pulse página sala tecla teclee tema terminal tipo turno
        unidad ventanilla versión vía zona
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
