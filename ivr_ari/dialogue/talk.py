"""
Where a call is in its flow: all of it, as one versioned JSON document under 8 KB.

Sensitive digits are held as `Secret` handles only; what the caller said is not held at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, cast, get_args

from ..errors import PeerError
from ..events import Secret
from .steps import Outcome

__all__ = ["VERSION", "Filled", "Frame", "Talk", "Waiting", "from_json", "to_json"]

VERSION = 2

Filled = str | Secret
Policy = Literal["implicit", "explicit"]
For = Literal["main", "slot", "check", "confirm", "wrong", "cancel", "person", "which", "action", "handed"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A task under way, and the step it stands at."""

    task: str
    at: int = 0
    tries: Mapping[str, int] = field(default_factory=dict)
    """How often each `AgainStep` was used, by its number as text."""

    acted: bool = False
    """Something was done that cannot be undone by asking again."""

    back: bool = False
    """It interrupted a task: say where we go back to when it ends."""

    undoing: bool = False
    """It takes back what it did, so that a correction can go on from there."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    What the call waits for.

    ``main``: the open question, ``slot``: slot *name*, ``check``: yes or no to the value of slot *name*,
    ``confirm``: yes or no to prompt *name*, ``wrong``: one of the slots in *options*, after a bare no to
    them all, ``cancel``: yes or no to calling task *name* off, ``person``: yes or no to a person, as what
    slot *name* was used for cannot be taken back, ``which``: one of the intents in *options*, ``action``:
    the answer to request *name*, ``handed``: nothing but a call that comes back.
    """

    what: For
    name: str = ""
    options: tuple[str, ...] = ()
    misses: int = 0
    silences: int = 0
    longer: bool = False
    """The caller asked for time."""

    keypad: bool = False
    """The question was put in terms of keys."""

    slow: int = 0
    """How often the caller was told that the request takes longer."""


@dataclass(frozen=True, slots=True)
class Talk:
    """The state of a conversation. Frozen: a step makes a new one."""

    flow: str
    """The digest of the flow it belongs to."""

    today: str
    language: str
    facts: Mapping[str, str] = field(default_factory=dict)
    count: int = 0
    """Effects numbered so far: the source of their ids."""

    stack: tuple[Frame, ...] = ()
    """What is being done; the last one now, those before it when it ends."""

    agenda: tuple[str, ...] = ()
    """What the caller wants next, in order."""

    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    """How tasks ended, the latest last."""

    acted: tuple[str, ...] = ()
    """Ended tasks that did what cannot be undone by asking again."""

    slots: Mapping[str, Filled] = field(default_factory=dict)
    """What is known, the latest last."""

    unsure: Mapping[str, Policy] = field(default_factory=dict)
    """Filled slots still to be confirmed, and how."""

    asked: tuple[str, ...] = ()
    """Slots asked for in this call, the latest last; the second time the question is short."""

    waiting: Waiting | None = None
    said: tuple[tuple[str, int], ...] = ()
    """Prompts of the latest turn and their variant, to be repeated."""

    spoken: Mapping[str, int] = field(default_factory=dict)
    """How often prompts with variants were said."""

    outcome: str = ""
    """How the latest hand-over ended."""

    not_understood: int = 0
    confidence: int = 100
    """How sure recognition was of the latest utterance, in percent."""

    keypad: bool = False
    """Speech does not work: ask for keys."""

    over: bool = False
    now: str = ""
    """When the call began: UTC in ISO form."""

    known: bool = False
    """The caller has called before."""

    pace: int = 100
    """How fast prompts are spoken, in percent of the voice's own rate."""

    gain_db: int = 0
    """How much louder prompts are spoken than the voice's own, in dB."""

    before: Mapping[str, Filled] = field(default_factory=dict)
    """What slots held before they were last emptied or filled anew: "same as before"."""

    playing: tuple[tuple[str, str], ...] = ()
    """Ids and names of the prompts of the latest turn, the question too."""

    held: Mapping[str, Filled] = field(default_factory=dict)
    """Corrections that wait until what was done with the old values is taken back."""

    listed: tuple[tuple[str, int], ...] = ()
    """Options that the latest question names, and at which permille of it each has been said."""

    cut: str = ""
    """The id of the prompt the caller cut short."""

    heard: int = 1000
    """How much of that prompt was heard, in permille."""

    parted: tuple[str, ...] = ()
    """Of the latest "did you mean": the intent taken, then the one that was not."""

    undone: int = 0
    """How often something that was done has been taken back."""

    lost: tuple[str, ...] = ()
    """Slots whose secrets went with a hand-over that nobody took; what carries one asks for it again."""


def to_json(talk: Talk) -> str:
    """Write a state down; `from_json` gives an equal one back."""
    document = {name: getattr(talk, name) for name in Talk.__slots__}
    document["version"] = VERSION
    document["stack"] = [asdict(frame) for frame in talk.stack]
    document["waiting"] = asdict(talk.waiting) if talk.waiting else None
    for slots in ("slots", "before", "held"):
        document[slots] = [[name, _written(value)] for name, value in getattr(talk, slots).items()]
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Talk:
    """
    Read a state.

    Raises PeerError ``talk.version`` for the state of another release, ``talk.broken`` for anything that
    is no state at all.
    """
    try:
        document = json.loads(text)
        version = document.pop("version")
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise PeerError("talk.broken", why=type(error).__name__) from error
    if version != VERSION:
        hint = "let calls of the other release end, or send them to the fallback"
        raise PeerError("talk.version", found=version, wanted=VERSION, hint=hint)
    try:
        return _from_document(document)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise PeerError("talk.broken", why=type(error).__name__) from error


def _from_document(document: dict[str, Any]) -> Talk:
    waiting = document["waiting"]
    if waiting is not None:
        waiting = Waiting(**{**waiting, "options": tuple(waiting["options"])})
        if waiting.what not in get_args(For):
            raise ValueError(waiting.what)
    read = {
        "stack": tuple(Frame(**frame) for frame in document["stack"]),
        "waiting": waiting,
        "slots": {name: _filled(value) for name, value in document["slots"]},
        "before": {name: _filled(value) for name, value in document["before"]},
        "held": {name: _filled(value) for name, value in document["held"]},
        "listed": tuple((str(name), int(share)) for name, share in document["listed"]),
        "playing": tuple((str(name), str(prompt)) for name, prompt in document["playing"]),
        "said": tuple((str(name), int(variant)) for name, variant in document["said"]),
    }
    read |= {name: tuple(document[name]) for name in ("agenda", "acted", "asked", "lost", "parted")}
    return Talk(**{**document, **read})


def _written(value: Filled) -> Any:
    if not isinstance(value, Secret):
        return value
    return {name: part for name, part in asdict(value).items() if name != "right_for" or part}


def _filled(value: Any) -> Filled:
    if not isinstance(value, dict):
        return cast(str, value)
    return Secret(**{**value, "right_for": tuple(value.get("right_for", ()))})
