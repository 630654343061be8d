"""
What ARI tells, as values.

`Roster` turns ARI's JSON into them and keeps what is known of each channel. It knows no network; a
recorded stream of events gives the same values again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import PeerError
from .phase import Phase, move

__all__ = [
    "PREFIX",
    "AriEvent",
    "CallOffered",
    "CallerGone",
    "KeyPressed",
    "LeftApp",
    "LegGone",
    "LegUp",
    "LinkDown",
    "LinkUp",
    "Orphan",
    "Roster",
    "bridge_id",
    "leg_id",
    "orphan",
]

PREFIX = "ivr-"
"""Every id that we choose on the PBX begins with this, and nothing without it is ever touched."""

CALL_ID = re.compile(r"ivr-[A-Za-z0-9._-]{1,80}")


def leg_id(call_id: str) -> str:
    """Return the channel id of the call's external media."""
    return f"{call_id}-leg"


def bridge_id(call_id: str) -> str:
    """Return the id of the bridge between caller and external media."""
    return f"{call_id}-bridge"


@dataclass(frozen=True, slots=True)
class CallOffered:
    """
    A caller has entered our application: ``Stasis(app,flow,language,call id[,resume])``.

    What the caller controls (*caller_number*, *caller_name*) is to be trusted with nothing.
    """

    channel: str
    call_id: str
    args: tuple[str, ...] = ()
    flow: str = ""
    language: str = ""
    resume: bool = False
    """It has been here before: a hand-over reached nobody."""

    answered: bool = False
    dialed: str = ""
    """Extension of the dialplan that sent it, as ARI gives it (``s`` inside a Gosub)."""

    caller_number: str = ""
    caller_name: str = ""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A caller in our application whom nobody here knows: who controlled the call is gone."""

    channel: str
    call_id: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegUp:
    """Our external media leg *channel* is there and can be bridged."""

    channel: str


@dataclass(frozen=True, slots=True)
class LegGone:
    """Our external media leg *channel* is gone; if the caller is not, nobody hears anything."""

    channel: str


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """The caller pressed a key, found by Asterisk in whatever way it came; told once, when it is released."""

    channel: str
    digit: str
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class CallerGone:
    """The channel was hung up; *cause* is Q.850's number as text, or ``lost`` if it vanished unseen."""

    channel: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class LeftApp:
    """The channel left our application alive: we let it go on, or somebody redirected it."""

    channel: str


@dataclass(frozen=True, slots=True)
class LinkDown:
    """
    ARI is out of reach; calls go on, keys and hang-ups are not seen meanwhile.

    *final*: it will not come back. Another service has taken the application's name (*reason*
    ``ari.replaced``), which is not taken back, since two would steal it from each other for ever; or a
    fault of ours ended the link (``ari.fault``).
    """

    reason: str
    final: bool = False


@dataclass(frozen=True, slots=True)
class LinkUp:
    """ARI is back. A `CallerGone` for each call that ended meanwhile came just before."""

    adopted: frozenset[str] = frozenset()
    """Channels that are still ours."""

    strangers: tuple[Orphan, ...] = ()
    """Callers who came in while nobody could tell us."""


AriEvent = CallOffered | LegUp | LegGone | KeyPressed | CallerGone | LeftApp | LinkDown | LinkUp


def orphan(channel: Mapping[str, Any], app: str) -> Orphan | None:
    """
    Return the caller that ARI's *channel* is if it sits in application *app*, else None.

    ARI gives a channel's current application as ``app_name`` and ``app_data`` (since Asterisk 16.12); a
    list of the application's own channels would also name those that are merely watched.
    """
    dialplan = channel.get("dialplan", {})
    name, *args = str(dialplan.get("app_data", "")).split(",")
    if dialplan.get("app_name") != "Stasis" or name != app or is_leg(str(channel["id"])):
        return None
    return Orphan(str(channel["id"]), call_of(args, str(channel["id"])), tuple(args))


def is_leg(channel: str) -> bool:
    return channel.startswith(PREFIX) and channel.endswith("-leg")


def call_of(args: list[str], channel: str) -> str:
    """Return the call id that the dialplan gave, or one made from the channel if it gave none fit for use."""
    if len(args) > 2 and CALL_ID.fullmatch(args[2]):
        return args[2]
    return PREFIX + re.sub(r"[^A-Za-z0-9.]", "-", channel)


class Roster:
    """The channels of one application and their phases, callers and legs apart."""

    def __init__(self) -> None:
        self.callers: dict[str, Phase] = {}
        self.legs: dict[str, Phase] = {}
        self.unexpected = 0
        """Events that the table of phases does not know at that point."""

    def take(self, raw: Mapping[str, Any]) -> AriEvent | None:
        """Note one of ARI's events and return what it means; None when it means nothing to us."""
        kind = str(raw.get("type", ""))
        channel = raw.get("channel")
        if not isinstance(channel, Mapping) or "id" not in channel:
            return None
        name = str(channel["id"])
        if kind == "StasisStart":
            return self._enter(name, raw)
        if kind == "ChannelDtmfReceived":
            known = name in self.callers
            digit = str(raw.get("digit", ""))
            return KeyPressed(name, digit, int(raw.get("duration_ms", 0))) if known else None
        if kind == "ChannelStateChange" and channel.get("state") != "Up":
            return None
        return self._move(name, kind, str(raw.get("cause", "")))

    def lose(self, channels: Iterable[str]) -> list[AriEvent]:
        """Forget channels that vanished unseen and return what is to be told of it."""
        told: list[AriEvent] = []
        for name in sorted(channels):
            phase = self.callers.pop(name, None)
            if phase not in (None, Phase.ENDING):
                told.append(CallerGone(name, "lost"))
            if self.legs.pop(name, None) is not None:
                told.append(LegGone(name))
        return told

    def _enter(self, name: str, raw: Mapping[str, Any]) -> AriEvent:
        channel = raw["channel"]
        up = channel.get("state") == "Up"
        if is_leg(name):
            self.legs[name] = Phase.ANSWERED
            return LegUp(name)
        self.callers[name] = Phase.ANSWERED if up else Phase.OFFERED
        args = [str(arg) for arg in raw.get("args", ())]
        flow, language, _, resume = (*args, "", "", "", "")[:4]
        caller = channel.get("caller", {})
        return CallOffered(
            name,
            call_of(args, name),
            tuple(args),
            flow=flow,
            language=language,
            resume=resume == "resume",
            answered=up,
            dialed=str(channel.get("dialplan", {}).get("exten", "")),
            caller_number=str(caller.get("number", "")),
            caller_name=str(caller.get("name", "")),
        )

    def _move(self, name: str, kind: str, cause: str) -> AriEvent | None:
        table = self.legs if name in self.legs else self.callers
        before = table.get(name)
        if before is None:
            return None
        try:
            after = move(before, kind)
        except PeerError:
            self.unexpected += kind in WATCHED
            return None
        table[name] = after
        if after is Phase.OVER:
            del table[name]
        if after is before or before is Phase.ENDING or after not in (Phase.ENDING, Phase.OVER):
            return None
        if table is self.legs:
            return LegGone(name)
        return LeftApp(name) if kind == "StasisEnd" else CallerGone(name, cause)


WATCHED = {"ChannelEnteredBridge", "ChannelLeftBridge"}
