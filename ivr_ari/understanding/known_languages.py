"""
The languages that can be understood.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import SetupError
from .english import ENGLISH
from .languages import Tongue
from .spanish.tongue import SPANISH

__all__ = ["TONGUES", "tongue_of"]

TONGUES: Mapping[str, Tongue] = {tongue.code: tongue for tongue in (ENGLISH, SPANISH)}


def tongue_of(code: str) -> Tongue:
    """Return the language of an ISO 639-1 *code*; SetupError ``understanding.language`` if there is none."""
    if code not in TONGUES:
        hint = f"known are {', '.join(TONGUES)}"
        raise SetupError("understanding.language", language=code, hint=hint)
    return TONGUES[code]
