"""
How people say how we should speak, and how they point back to what was said: tables behind `acts`.

Patterns are regular expressions over lower-case words joined by blanks; they match whole words.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..events import Act

__all__ = ["MANNERS", "MANNERS_ALONE"]

_TALK = r"(?:talk|speak|go|say (?:it|that|this)|read (?:it|that|this)|talking|speaking|going|reading)"
_BIT = r"(?:(?:a (?:little )?(?:bit|little)|little bit|a lot|much|way|far|just|even|more) )*"
_A_BIT = r"a (?:(?:little )?bit|little|lot)"
_IT_IS = (
    r"(?:you're|you are|you were|it's|it is|that's|that is|that was|this is"
    r"|(?:your|the) (?:voice|sound|volume) is)"
)
_TOO = r"(?:too|so|very)"
_NOT_SO = r"(?:not|don't \w+) (?:so|that|too)"
_EARLIER = (
    r"(?:before|last (?:time|month|week|year)|always|usual|usually|ever|previously|the last time"
    r"|the other day|earlier)"
)
_VOLUME = r"(?:it|that|the (?:volume|sound)|your (?:volume|voice)|yourself)"
_THING = r"(?:one|account|card|number|address|place|store|doctor|appointment)"

MANNERS: Mapping[Act, tuple[str, ...]] = {
    "slower": (
        rf"{_TALK} {_BIT}(?:slower|slow|slowly|less fast|less quickly)|slower please",
        r"(?:slow|slowing) (?:it )?down|more slowly|you lost me",
        rf"{_IT_IS} {_BIT}(?:{_TALK} {_BIT})?{_TOO} (?:fast|quick|quickly)",
        rf"{_TALK} {_TOO} (?:fast|quickly)|{_NOT_SO} (?:fast|quick|quickly)|{_A_BIT} slower",
        r"too fast(?= (?:say|can|could|please|repeat|i))",
    ),
    "faster": (
        rf"{_TALK} {_BIT}(?:faster|quicker|more quickly|less slowly)|faster please",
        r"(?:speed|hurry) (?:it |things |this )?up|pick up the pace",
        rf"(?:you're|you are) {_BIT}(?:{_TALK} {_BIT})?{_TOO} (?:slow|slowly)",
        rf"{_TALK} {_TOO} (?:slow|slowly)|{_NOT_SO} (?:slow|slowly)|{_A_BIT} (?:faster|quicker)",
    ),
    "louder": (
        rf"(?:talk|speak|say (?:it|that)) {_BIT}(?:louder|loud|loudly|up)|louder please|{_A_BIT} louder",
        rf"turn {_VOLUME} up|turn up the (?:volume|sound)|volume up|more volume",
        r"(?:raise|increase) (?:your voice|the volume)",
        r"(?:can|could) (?:hardly|barely|scarcely|only just) hear (?:you|it|that|anything)",
        r"(?:can't|cannot|can not|couldn't|don't) hear (?:you|it|that)"
        r" (?:very |too |that |so )?(?:well|clearly|good)",
        rf"{_IT_IS} {_BIT}(?:{_TALK} {_BIT})?{_TOO} (?:quiet|quietly|soft|softly|faint|low|silent)",
    ),
    "quieter": (
        rf"(?:talk|speak) {_BIT}(?:quieter|softer|(?:more )?(?:quietly|softly)|less loudly|down)",
        rf"turn {_VOLUME} down|turn down the (?:volume|sound)|volume down|less volume",
        r"(?:lower|reduce|decrease) (?:your voice|the volume|the sound)",
        rf"quieter please|{_A_BIT} (?:quieter|softer)|{_NOT_SO} loud(?:ly)?",
        rf"{_IT_IS} {_BIT}(?:{_TALK} {_BIT})?{_TOO} loud(?:ly)?|{_TALK} {_TOO} loud(?:ly)?",
        r"(?:stop|quit) (?:shouting|yelling|screaming)|(?:don't|do not) (?:shout|yell|scream)",
        r"keep (?:it|your voice) down",
    ),
    "other": (
        r"the other (?:one|account|card|option|choice|order|number|appointment|store|address|item)",
        r"(?:not (?:that|this) (?:one)?|not the one) (?:but )?the other",
    ),
    "both": (
        r"both of (?:them|those|these|the two|it|'em)|the both of|(?:all|the) two of them|each of them",
    ),
    "same": (
        rf"(?:the )?same (?:\w+ ){{0,3}}(?:as|like|that i (?:used|had|gave|said)) (?:the ones? )?{_EARLIER}",
        rf"(?:just )?(?:like|as) {_EARLIER}|the usual(?: (?:{_THING}|time))?",
        rf"(?:the )?{_THING} (?:from|as|i used|we used|i had|you had|you used) {_EARLIER}",
        r"as (?:i|you) (?:had|did|used|said) (?:it )?(?:before|last time)|same (?:one )?again",
        r"what(?:ever)? (?:i|we) (?:used|had|did|chose|picked) (?:before|last time)",
        rf"(?:the )?{_THING} (?:you have|that's|you've got) on (?:file|record)",
    ),
}
"""Patterns that count wherever they stand."""

_MUCH = r"(?:way |much |a (?:bit|little) )*"

MANNERS_ALONE: Mapping[Act, str] = {
    "slower": rf"slow(?:er|ly)?|{_MUCH}too (?:fast|quick)|less fast",
    "faster": rf"fast(?:er)?|quick(?:er|ly)?|{_MUCH}too slow(?:ly)?|hurry",
    "louder": rf"loud(?:er)?|{_MUCH}too (?:quiet|soft|low|faint)|volume",
    "quieter": rf"quiet(?:er|ly)?|soft(?:er|ly)?|{_MUCH}too loud|less loud",
    "other": r"(?:give me )?the other|other|other one|other \w+|different one|the alternative|the opposite",
    "both": r"(?:take |on |in |from |to |do |all )?both(?: \w+)?|both of (?:my|the|our) \w+"
    r"|the two|one and the other|this one and that one",
    "same": r"same(?: \w+)?|(?:keep|leave) it the same|no changes?|unchanged|as is|as it is"
    r"|don't change (?:it|anything|that)",
}
"""Patterns that count only if the clause holds nothing else but politeness."""
