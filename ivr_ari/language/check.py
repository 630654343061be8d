"""
What is wrong with a flow as a whole. Every check writes down what it finds and goes on.

Checks for what is missing or never used run only where nothing had to be left out of the files: what seems
to be missing might stand in what could not be read.
"""

from __future__ import annotations

from dataclasses import dataclass

from .check_actions import check_actions
from .check_expressions import check_expressions
from .check_intents import check_intents
from .check_prompts import check_prompts
from .check_slots import check_slots
from .check_tasks import check_tasks
from .check_values import check_values
from .check_words import check_words
from .gather import Gathered
from .lookup import look_up
from .survey import Survey

__all__ = ["Given", "check"]

NEEDED = ("start", "main", "tasks", "handover", "ladders", "prompts")
MODE_FIELDS = {"flow", "language", "mode", "greeting"}


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the place the flow is to work in."""

    recordings_muted: bool = False
    tests: bool = False
    """Whether the flow's tests lie beside it."""


def check(gathered: Gathered, given: Given) -> None:
    """Write every mistake into the files of *gathered*."""
    flow = gathered.flow
    if flow.mode:
        for field in sorted(gathered.documents[0].data.keys() - MODE_FIELDS):
            gathered.problem((field,), f"{field!r} has no meaning in a flow with mode {flow.mode!r}")
        return
    if gathered.whole:
        for section in NEEDED:
            if not getattr(flow, section):
                gathered.problem((), f"the flow has no {section!r}")
        if flow.greeting:
            gathered.problem(
                ("greeting",), "'greeting' belongs to a flow with a mode; name its prompt in 'start'"
            )
    survey = Survey(gathered)
    complete = gathered.whole
    # A name that leads nowhere would be told a second time as something missing.
    gathered.whole &= look_up(survey)
    check_tasks(survey)
    check_slots(survey, recordings_muted=given.recordings_muted)
    check_actions(survey)
    check_expressions(survey)
    check_values(survey)
    check_intents(survey)
    check_prompts(survey, complete=complete)
    check_words(survey)
