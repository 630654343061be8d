"""What follows when two worlds that were apart are compared: ours and the PBX's."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

__all__ = ["Plan", "reconcile"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do after the link to the PBX comes back, by channel id."""

    close: Set[str]
    """We remember these; the PBX does not."""

    adopt: Set[str]
    """Both sides know these; go on where the talk was."""

    release: Set[str]
    """Only the PBX knows these; send them back to the dialplan."""


def reconcile(remembered: Set[str], alive: Set[str]) -> Plan:
    """Compare the channels we *remember* with those that are *alive* in our application."""
    return Plan(remembered - alive, remembered & alive, alive - remembered)
