"""Slots as the engine knows them: own types resolved, keys by type, ladders."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import get_args

from ..dialogue import flow
from ..dialogue.flow import Rung, SlotType
from ..dialogue.template import groups_of
from ..events import Keys
from .written_slots import Ladder, Ladders, Own, Slot, TurnLimits

__all__ = ["DEFAULT", "TYPES", "base_type", "compile_rungs", "compile_slot", "keys_of", "length_of"]

TYPES: tuple[SlotType, ...] = get_args(SlotType)
LENGTHS: Mapping[str, tuple[int, int]] = {"text": (1, 200), "name": (1, 60), "phone": (5, 15)}
"""Digits or characters where a slot does not say; a telephone number has 15 digits at most (ITU-T E.164)."""

DEFAULT = "default"
"""Stands for the flow's default target; a part does not know its name."""

KEY_COUNTS: Mapping[str, tuple[int, int]] = {
    "month": (2, 2),
    "date": (4, 4),
    "time": (4, 4),
    "duration": (1, 4),
    "range": (8, 8),
    "amount": (1, 7),
    "number": (1, 6),
}
"""How many keys an answer of a type has: by their length for digits, telephones and ids, else one."""

LADDERS: Mapping[str, str] = {
    "silence": "silence",
    "no-match": "no_match",
    "low-confidence": "low_confidence",
    "noise": "noise",
}


def base_type(kind: str, types: Mapping[str, Own]) -> SlotType:
    """Return the type of the language behind *kind*; ``text`` for one that is neither."""
    if kind in types:
        return "choice" if types[kind].choices or types[kind].choices_from else "id"
    return kind if kind in TYPES else "text"


def length_of(slot: Slot, kind: SlotType) -> tuple[int, int]:
    return slot.length or LENGTHS.get(kind, flow.Slot("", "text").length)


def keys_of(slot: Slot, kind: SlotType) -> Keys:
    """Return how the slot is keyed in."""
    counted = kind in ("digits", "phone") or (kind == "id" and slot.length is not None)
    least, most = length_of(slot, kind) if counted else KEY_COUNTS.get(kind, (1, 1))
    keys, usual = slot.keys, Keys()
    least = keys.min or least
    return Keys(
        least,
        keys.max or max(least, most),
        first_ms=keys.first or usual.first_ms,
        between_ms=keys.between or usual.between_ms,
        terminator=keys.terminator,
        clear=keys.clear,
    )


def compile_slot(name: str, slot: Slot, types: Mapping[str, Own], default_target: str) -> flow.Slot:
    """Return the slot with all that its own type says."""
    own = types.get(slot.type)
    kind = base_type(slot.type, types)
    manner, _, groups = (slot.spoken or "").partition(" ")
    return flow.Slot(
        name,
        kind,
        slot.sensitivity or "",
        called=slot.called,
        after=slot.after,
        counts=slot.counts,
        own=slot.type if own else "",
        ask=slot.ask or "",
        again=slot.again or "",
        keypad=slot.keypad or "",
        help=slot.help or "",
        spoken=manner,
        groups=groups_of(groups.strip(), manner),
        confirm=slot.confirm,
        check=slot.check or "",
        implied=slot.implied or "",
        changed=slot.changed or "",
        invalid=slot.invalid or "",
        must=tuple((must.be, must.else_) for must in slot.must),
        length=length_of(slot, kind),
        check_digit=slot.check_digit or "",
        pattern=slot.pattern or (own and own.pattern) or "",
        tense=slot.tense or "",
        hours_from=slot.hours_from or "",
        least=str(Decimal(slot.least)) if slot.least else "",
        most=str(Decimal(slot.most)) if slot.most else "",
        choices=slot.choices or (own.choices if own else {}),
        listed=bool(slot.choices_from or (own and own.choices_from)),
        choice_keys=dict(slot.keys.choose.items()),
        early=slot.early,
        then_stale=slot.then_stale,
        keys=keys_of(slot, kind),
        silence_ms=slot.silence or 6000,
        patience_ms=slot.patience or 0,
        turn=compile_turn(slot.turn),
        barge_in=slot.barge_in,
        listen=slot.listen or "",
        ladders=compile_rungs(slot.ladders, default_target),
    )


def compile_turn(turn: TurnLimits) -> flow.TurnLimits:
    return flow.TurnLimits(turn.complete or 0, turn.open or 0, turn.longest or 0)


def compile_rungs(ladders: Ladders, default_target: str) -> dict[str, tuple[Rung, ...]]:
    """Return the ladders that are given, by their names."""
    found: dict[str, tuple[Rung, ...]] = {}
    for name, field in LADDERS.items():
        ladder: Ladder = getattr(ladders, field)
        if ladder:
            found[name] = tuple(
                Rung(
                    rung.say or "",
                    rung.keypad,
                    target=target_named(rung.hand_over or "", default_target),
                    leave=rung.leave is not None,
                )
                for rung in ladder
            )
    return found


def target_named(name: str, default_target: str) -> str:
    """Return the target that *name* stands for."""
    return default_target if name == DEFAULT else name
