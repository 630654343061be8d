"""The prompts the engine says by itself, when each is said, and which of them a flow can come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .survey import Survey
from .written_steps import ConfirmStep

__all__ = ["NEW", "STANDARD", "reached"]

STANDARD: Mapping[str, str] = {
    "sorry": "when there is nothing else to say to what was not understood",
    "acknowledge": "when a caller has said what they want ({tasks})",
    "queued": "when they want something else in the middle of a task ({tasks})",
    "did-you-mean": "when two meanings are equally likely ({tasks})",
    "back-to": "when a task goes on after a question was answered ({task})",
    "understood": "when a value is confirmed in passing ({value})",
    "is-that-right": "when a value is confirmed by yes or no ({value})",
    "changed": "when a correction was understood ({value})",
    "already-done": "when what was done cannot be corrected",
    "cannot-now": "when what a task needs has failed before",
    "key-yes-no": "when a yes or no is asked for by keys",
    "key-first-second": "when one of two meanings is asked for by keys",
    "use-keys": "when speech does not work",
    "take-your-time": "when a caller asks to wait",
    "apology": "when a caller complains",
    "goodbye": "when a call ends",
    "starting-over": "when a caller wants to begin again",
    "cancelled": "when a caller calls something off",
}
"""Prompts that must be there, and when they are said."""

NEW: Mapping[str, str] = {
    "cannot-cancel": "when a task cannot be called off ({task})",
    "instead": "when a task takes the place of one it excludes ({task}, {tasks})",
    "what-is-wrong": "when a caller says no to several slots at once",
    "undone": "when what was done was taken back",
    "person-for-that": "when what was done cannot be taken back and a person is offered (yes or no)",
    "slower-now": "when a caller wants it slower",
    "faster-now": "when a caller wants it faster",
    "louder-now": "when a caller wants it louder",
    "quieter-now": "when a caller wants it quieter",
    "language-now": "when the language was changed",
    "same-as-before": "when a caller wants the same as before ({value})",
    "nothing-before": "when there is nothing that was before",
    "cannot-go-back": "when there is nothing to go back to",
}
"""Prompts without which the engine says nothing at that moment, or does something plainer."""

ONLY_IN_CONVERSATION = (STANDARD.keys() | NEW.keys()) - {"goodbye"}
"""Not needed where callers cannot choose: a flow without intents."""


def reached(survey: Survey) -> Iterator[str]:
    """Yield the prompts the engine may say in this flow."""
    flow = survey.flow
    conversation = any(task.intents for task in survey.tasks.values())
    unused = set() if conversation else set(ONLY_IN_CONVERSATION)
    tasks = flow.tasks.values()
    changing = any(action.changes or _changes(action.request) for action in flow.actions.values())
    steps = [step for _, (_, step) in survey.steps]
    unused |= {
        name
        for name, wanted in {
            "cannot-cancel": any(not task.cancel.allowed for task in tasks),
            "instead": any(task.excludes for task in tasks),
            "what-is-wrong": any(isinstance(step, ConfirmStep) and step.slots for step in steps),
            "undone": any(task.undo for task in tasks),
            "person-for-that": changing,
            "language-now": bool(flow.translations),
        }.items()
        if not wanted
    }
    yield from (name for name in (*STANDARD, *NEW) if name not in unused)


def _changes(request: str | None) -> bool:
    return bool(request) and not str(request).startswith("GET ")
