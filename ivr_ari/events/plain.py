"""Values that everything else is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from typing_extensions import TypeAliasType

__all__ = ["Json", "Method", "Secret", "Sensitivity"]

# A plain recursive alias sends pydantic round in circles; a named one does not.
Json = TypeAliasType("Json", "None | bool | int | float | str | list[Json] | dict[str, Json]")

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

Sensitivity = Literal["", "pii", "pin", "card", "health"]
"""What a slot holds: ``pii`` may show its last two characters, ``pin`` and ``card`` show nothing."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A handle on characters kept in the call's vault, in memory only."""

    handle: str
    """Names the entry in the vault, for example ``pin-1``; says nothing of its content."""

    length: int
    """How many characters there are."""

    last: str = ""
    """The last two characters of ``pii``; empty for everything more sensitive."""

    right_for: tuple[str, ...] = ()
    """
    Slots whose check digit or pattern the characters meet: only where they are kept can that be seen.
    """

    def __str__(self) -> str:
        return f"({self.handle}: {self.length} characters{f' ending {self.last}' if self.last else ''})"
