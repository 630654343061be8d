"""
What each tag in the text of a prompt means: the small part of SSML 1.1 (W3C) that flows may use.

ValueError: the tag is not right; its text is a sentence for whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from ..events import Pause, Slotted, Style, sounds_of
from .steps import Field
from .template import MANNERS, groups_of

__all__ = ["HOLDERS", "TAGS", "attributes_of", "interpreted", "pause_of", "style_of"]

T = TypeVar("T")

TAGS: Mapping[str, tuple[str, ...]] = {
    "break": ("time", "strength"),
    "emphasis": ("level",),
    "prosody": ("rate",),
    "say-as": ("interpret-as", "format"),
    "sub": ("alias",),
    "phoneme": ("ph", "alphabet"),
}
"""Tags and the attributes each may have."""

NEEDED: Mapping[str, str] = {
    "prosody": 'rate="slow"',
    "say-as": 'interpret-as="digits"',
    "sub": 'alias="other words"',
    "phoneme": 'ph="təˈmeɪtoʊ"',
}
"""The attribute a tag means nothing without."""

HOLDERS = ("say-as", "sub", "phoneme")
"""Tags that hold text or a value, and no other tag."""

STRENGTHS = {"none": 0, "x-weak": 80, "weak": 150, "medium": 300, "strong": 600, "x-strong": 1000}
"""``<break strength="...">`` in ms of silence; SSML leaves them to the speaker."""

LONGEST_MS = 3000
"""After more silence a caller thinks that the line is dead."""

LEVELS = {"none": False, "moderate": True, "strong": True}

RATES = {"x-slow": 65, "slow": 80, "medium": 100, "default": 100, "fast": 115, "x-fast": 130}
SLOWEST, FASTEST = 50, 150
"""Percent; beyond it nobody understands a voice on the telephone."""

INTERPRET: Mapping[str, str] = {
    "characters": "spell",
    "spell-out": "spell",
    "telephone": "phone",
    "currency": "money",
    "cardinal": "number",
    **{manner: manner for manner in MANNERS if manner not in ("last", "cents", "range")},
}
"""``<say-as interpret-as="...">`` and the manner of speaking it is; the manners' own names are known too."""

LITERAL: Mapping[str, tuple[str, str]] = {
    "digits": (r"[\d\s().+*-]*\d[\d\s().+*-]*", "digits, such as 4110733"),
    "phone": (r"\+?[\d\s().-]*\d[\d\s().-]*", "a number, such as 555 123 4567"),
    "date": (r"\d{4}-\d\d-\d\d", "a day, such as 2027-03-14"),
    "month": (r"\d{4}-\d\d", "a month, such as 2027-03"),
    "time": (r"\d{1,2}:\d\d", "a time, such as 15:30"),
    "money": (r"([A-Z]{3} ?)?[$€£¥]?\d[\d,]*(\.\d+)?", "an amount, such as $42.19"),
    "number": (r"-?\d[\d,]*(\.\d+)?", "a number, such as 1204"),
    "ordinal": (r"\d+", "a whole number, such as 21"),
    "percent": (r"-?\d[\d,]*(\.\d+)?%?", "a number, such as 4.25"),
}
"""What a text has to be to be spoken so, and how that is told."""

ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def attributes_of(name: str, written: str) -> dict[str, str]:
    """Return the attributes that are *written* in tag *name*. Raises ValueError."""
    found = {key: (double or single).strip() for key, double, single in ATTRIBUTE.findall(written)}
    for key, value in found.items():
        if key not in TAGS[name]:
            raise ValueError(f"<{name}> has no {key!r}; it has {' and '.join(map(repr, TAGS[name]))}")
        if "{" in value or not value:
            raise ValueError(f"{key}={value!r} should be a plain text: values stand between tags only")
    needed = NEEDED.get(name, "").partition("=")[0]
    if needed and needed not in found:
        raise ValueError(f"<{name}> needs {needed!r}, such as <{name} {NEEDED[name]}>")
    return found


def pause_of(attributes: Mapping[str, str]) -> Pause:
    """Return the silence of a ``<break>``; without attributes 300 ms. Raises ValueError."""
    if "time" in attributes:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s)", attributes["time"])
        if not found:
            raise ValueError(f"time={attributes['time']!r} should be a time such as 300ms or 0.5s")
        pause_ms = round(float(found[1]) * (1 if found[2] == "ms" else 1000))
        if not 0 < pause_ms <= LONGEST_MS:
            raise ValueError(f"time={attributes['time']!r} should be from 1ms to {LONGEST_MS // 1000}s")
        return Pause(pause_ms)
    return Pause(_one_of("strength", attributes.get("strength", "medium"), STRENGTHS))


def style_of(name: str, attributes: Mapping[str, str], around: Style) -> Style:
    """Return the style inside ``<emphasis>`` or ``<prosody>``, given that *around* it. Raises ValueError."""
    if name == "emphasis":
        return replace(around, stress=_one_of("level", attributes.get("level", "moderate"), LEVELS))
    rate = attributes["rate"]
    percent = re.fullmatch(r"(\d{1,3})%", rate)
    pace = int(percent[1]) if percent else _one_of("rate", rate, RATES, " or a share such as 90%")
    if not SLOWEST <= pace <= FASTEST:
        raise ValueError(f"rate={rate!r} should be from {SLOWEST}% to {FASTEST}%")
    return replace(around, pace=pace)


def interpreted(name: str, attributes: Mapping[str, str], piece: str | Field) -> Field | Slotted:
    """Return what ``<say-as>``, ``<sub>`` or ``<phoneme>`` holds as it is spoken. Raises ValueError."""
    if name == "say-as":
        return _said_as(attributes, piece)
    if not isinstance(piece, str):
        raise ValueError(f"<{name}> holds text only; how a value is spoken is said by <say-as>")
    written = piece.strip()
    if name == "sub":
        return Slotted(written, said=attributes["alias"].replace("/", " "), fixed=True)
    if attributes.get("alphabet", "ipa") != "ipa":
        raise ValueError(f"alphabet={attributes['alphabet']!r}: sounds are written in 'ipa'")
    try:
        return Slotted(written, said=sounds_of(attributes["ph"]), fixed=True)
    except ValueError as exc:
        raise ValueError(f"ph={attributes['ph']!r} holds what is no sound of the IPA: {exc}") from exc


def _said_as(attributes: Mapping[str, str], piece: str | Field) -> Field | Slotted:
    manner = _one_of("interpret-as", attributes["interpret-as"], INTERPRET)
    groups = groups_of(attributes.get("format", ""), manner)
    if isinstance(piece, Field):
        if piece.manner:
            raise ValueError(f"{{{piece.slot}|{piece.manner}}} says twice how it is spoken: leave one out")
        return Field(piece.slot, manner, groups)
    written = piece.strip()
    pattern, such_as = LITERAL.get(manner, ("(?s).*", ""))
    if not re.fullmatch(pattern, written):
        raise ValueError(f"{written!r} is not {such_as}, and cannot be spoken as {manner!r}")
    return Slotted(written, manner, groups, fixed=True)


def _one_of(name: str, value: str, known: Mapping[str, T], other: str = "") -> T:
    if value not in known:
        raise ValueError(f"{name}={value!r} should be one of {', '.join(known)}{other}")
    return known[value]
