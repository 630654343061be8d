"""
Spanish words that name what a value is, what it is there for, and what stands around choices.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...events import Kind
from ..choices import ChoiceWords
from ..naming import NAMES as ENGLISH_NAMES
from ..naming import NamingWords
from ..roles import RoleWords
from ..words import listed
from .numbers import find_cardinals, find_ordinals
from .words import FILLERS, plain

__all__ = ["CHOICES", "NAMING", "ROLES"]

_NAMES: Mapping[str, str] = {
    "account": "numero de cuenta | cuenta",
    "pin": "pin | clave | numero secreto | contrasena | codigo secreto",
    "card": "numero de tarjeta | numero de la tarjeta | tarjeta",
    "phone": "numero de telefono | telefono | numero de movil | movil | celular | numero de celular",
    "order": "numero de pedido | numero del pedido | pedido",
    "zip": "codigo postal",
    "birth_date": "fecha de nacimiento | naci | naci el | nacida el | nacido el",
    "amount": "importe | cantidad | monto",
    "date": "fecha",
    "time": "hora",
    "month": "mes",
}
NAMES: Mapping[str, tuple[tuple[Kind, ...], str]] = {
    slot: (("phone",) if slot == "phone" else ENGLISH_NAMES[slot][0], said) for slot, said in _NAMES.items()
}
LINKS = FILLERS | frozenset(listed("es era son fue seria el la de del numero en ahora mismo que sea"))
"""Words between a name and its value."""

NAMING = NamingWords(
    names=NAMES,
    links=LINKS,
    whose=frozenset(("mi", "el", "la")),
    led_in=frozenset(("es", "era")),
    plain=plain,
)

ROLES = RoleWords(
    between=FILLERS
    | frozenset(
        listed("mi mis su sus el la los las un una este esta ese esa uno de es sea seria sera era dia cuenta")
    ),
    heard_as={},
    pairs={"de": "a", "del": "al", "desde": "hasta", "entre": "y"},
    plain=plain,
)

CHOICES = ChoiceWords(
    light=FILLERS | frozenset(listed("me le te se lo mi su de ha he han es")),
    polite=FILLERS
    | frozenset(
        listed("por favor el la lo los quiero quisiera prefiero si no vale pues mejor que sea opcion")
    ),
    counting=frozenset(("numero", "opcion")),
    ordinals=lambda words: find_ordinals(words, asked=True),
    cardinals=lambda words: find_cardinals(words, asked=True),
    plain=plain,
)
