"""Understanding without a model: only what is said exactly as the flow writes it."""

from __future__ import annotations

from ..dialogue.flow import Flow
from ..events import Act, Expect, Heard, Meaning, Request, Value

__all__ = ["Literal"]

ACTS: dict[str, Act] = {
    "yes": "affirm",
    "no": "deny",
    "repeat": "repeat",
    "back": "back",
    "start over": "start-over",
    "person": "person",
    "help": "help",
    "goodbye": "goodbye",
    "cancel": "cancel",
}


class Literal:
    """
    Takes an intent's name or one of its examples for the intent, a choice's phrase for the choice, a few
    words (yes, no, person, help, goodbye, ...) for commands, and anything else for a value of the kind that
    is asked for, as values are written: 41007239, 2026-03, 42.19.
    """

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._intents = {name.replace("-", " "): name for name in flow.intents}
        self._intents |= {text: name for name, texts in flow.intents.items() for text in texts}

    def __call__(self, heard: Heard, expect: Expect, today: str) -> Meaning:
        text, last = heard.text, len(heard.words) - 1
        for name, phrases in expect.choices:
            if text in (name, name.replace("-", " "), *phrases):
                return Meaning(values=(Value("choice", name, 0, last, slot=expect.slot),))
        if text in ACTS:
            return Meaning(acts=(ACTS[text],))
        if text in self._intents:
            return Meaning(requests=(Request(self._intents[text], 0, last),))
        if expect.kinds and not expect.confirm and expect.kinds[0] != "choice":
            return Meaning(values=(Value(expect.kinds[0], text, 0, last, slot=expect.slot),))
        return Meaning()
