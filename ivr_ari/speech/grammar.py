"""
What listens in a step: phrases for a recogniser's run-time grammar, generated from what is waited for.

Such a list is a bigram model (Vosk estimates it from the phrases), so any mix of neighbours can come out. A
bare list of the answers is far worse than no grammar at all: what people say around them belongs to it. And
since nobody foresees all of that, the full language model listens too (see `opinion`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..events import Expect, Kind
from .listening import UNKNOWN, FlowPhrases, Listening
from .spoken_values import (
    ORDINALS,
    amounts,
    clock_times,
    counted,
    dates,
    digits,
    durations,
    letters,
    months,
    spans,
)

__all__ = ["listening"]

LEADS: tuple[str, ...] = (
    *("it's", "it is", "that's", "that is", "that would be", "it was", "that was", "there it is"),
    *("i think it's", "i think it was", "my number is", "the number is", "here it is", "make it"),
    *("i want", "i need", "i'd like", "i would like", "how about", "let's say", "maybe", "about"),
    *("can i have", "can i come", "i was born", "i'd like to transfer", "transfer", "send"),
    *("at", "on", "for", "in", "to", "from", "and", "and then", "no", "yes", "yeah"),
    *("um", "uh", "oh", "okay", "sure", "well", "so", "all right", "let me see"),
)
"""What stands before an answer."""

COUNTING: tuple[str, ...] = (
    *("it's", "it is", "that's", "the number is", "my number is", "i think it's", "and then", "um", "uh"),
)
"""
What stands before figures. A number is said in pieces, and a short word before it sounds like one of them:
"okay" like "oh eight", "for" like "four".
"""

TAILS: tuple[str, ...] = ("please", "thank you", "thanks", "um", "and")
"""What stands behind one."""

CHOSEN: tuple[str, ...] = (
    *("the", "my", "it's", "it was", "to", "from", "in", "on", "with", "for", "that's", "a", "with my"),
    *("to the", "to my", "on my", "from the", "from my", "i want", "i want the", "i'd like", "i'd like the"),
    *("um", "uh", "well", "no", "yes", "okay", "use", "put it", "and"),
)
"""What stands before a choice."""

ANSWERS: tuple[str, ...] = (
    *("yes", "yes please", "yeah", "yep", "sure", "okay", "right", "correct", "exactly", "absolutely"),
    *("mhm", "uh huh", "definitely", "of course", "yes of course", "go ahead", "please do", "yes do it"),
    *("yes it is", "yes i am", "yes i do", "yes that's right", "that's right", "that is right"),
    *("that's correct", "yes that's correct", "sounds good", "that's fine", "yeah that's fine", "i do"),
    *("no", "nope", "no thanks", "no thank you", "no it's not", "no that's wrong", "that's wrong"),
    *("no that's not right", "that's not right", "that is not right", "not really", "not at all"),
    *("no i don't", "i don't think so", "no way", "wrong", "no don't do that", "no not that one", "nah"),
)

COMMANDS: tuple[str, ...] = (
    *("could you repeat that please", "repeat that", "go back", "start over", "help", "cancel that"),
    *("never mind", "hold on a second", "let me talk to somebody", "i want to speak to a real person"),
)

Said = Callable[[], Iterable[str]]

VALUES: Mapping[Kind, Said] = {
    "digits": digits,
    "phone": digits,
    "amount": amounts,
    "number": lambda: (*counted(), *digits()),
    "ordinal": lambda: (*ORDINALS, "last"),
    "month": months,
    "date": dates,
    "range": spans,
    "time": clock_times,
    "duration": durations,
    "id": letters,
    "yesno": lambda: ANSWERS,
}
"""Kinds whose answers can be foreseen; names, addresses and free text cannot."""

LONGEST_LIST = 6000
"""Phrases of a choice from which on its list is left to the full language model: it would take memory."""


def listening(expect: Expect, flow: FlowPhrases) -> Listening:
    """
    Return what listens in the step that waits for *expect*, in a flow whose callers say *flow*.

    Where the flow says ``listen: closed``, the phrases listen alone. How values are said is known in English
    only; in other languages there are the flow's own phrases.
    """
    if expect.listen == "open" or not (expect.kinds or expect.confirm):
        return _open(flow)
    said = tuple(_answers(expect, flow))
    if not said:
        return Listening()
    leads = (*_leads(expect.kinds[:1]), *_naming(expect, flow))
    around = _around(said, leads) if _english(flow) else ()
    return Listening((*said, *said, *around, *_commands(flow), UNKNOWN), second=expect.listen != "closed")


def _open(flow: FlowPhrases) -> Listening:
    """What the flow's callers say. Values are left out: they fill whatever was not understood."""
    if not flow.sentences:
        return Listening()
    named = (said for phrases in (*flow.called.values(), *flow.choices.values()) for said in phrases)
    listed = tuple(dict.fromkeys(named))[:LONGEST_LIST]
    return Listening((*flow.sentences, *_commands(flow), *listed, UNKNOWN), second=True, closed=False)


def _answers(expect: Expect, flow: FlowPhrases) -> Iterator[str]:
    kinds = ("yesno",) if expect.confirm else expect.kinds
    for kind in kinds:
        if kind == "choice":
            offered = tuple(said.lower() for _, ways in expect.choices for said in ways)
            listed = flow.choices.get(expect.slot) or offered
            yield from listed if len(listed) <= LONGEST_LIST else offered
        elif kind in VALUES and _english(flow):
            yield from VALUES[kind]()


def _leads(kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    match kinds:
        case ("choice",):
            return CHOSEN
        case ("digits",) | ("phone",) | ("id",):
            return COUNTING
    return LEADS


def _naming(expect: Expect, flow: FlowPhrases) -> Iterator[str]:
    for called in flow.called.get(expect.slot, ()):
        yield from (f"{whose} {called} is" for whose in ("my", "the"))


def _around(said: Iterable[str], leads: Iterable[str]) -> Iterator[str]:
    """Yield what stands before and behind answers beside the words they begin and end with."""
    words = [phrase.split() for phrase in said if phrase.strip()]
    for first in dict.fromkeys(phrase[0] for phrase in words):
        yield from (f"{lead} {first}" for lead in leads)
    for last in dict.fromkeys(phrase[-1] for phrase in words):
        yield from (f"{last} {tail}" for tail in TAILS)


def _commands(flow: FlowPhrases) -> tuple[str, ...]:
    return COMMANDS if _english(flow) else ()


def _english(flow: FlowPhrases) -> bool:
    return flow.language[:2] == "en"
