"""What is wrong with intents: too few examples, and examples that say the same for two of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from .document import Path
from .survey import Survey, section_of

__all__ = ["check_intents"]

FEWEST_EXAMPLES = 3
FEW_EXAMPLES = 5
FILLING = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "please",
        "i",
        "i'd",
        "i'm",
        "would",
        "like",
        "want",
        "to",
        "need",
        "can",
        "could",
        "you",
        "me",
        "is",
        "of",
        "for",
        "it",
        "this",
        "that",
        "hi",
        "hello",
        "uh",
        "um",
    ]
)
"""Words that do not tell one wish from another."""


def check_intents(survey: Survey) -> None:
    """Write down every mistake about intents and their examples."""
    owners = Counter(intent for task in survey.tasks.values() for intent in task.intents)
    for name, examples in survey.flow.intents.items():
        path: Path = ("intents", name, "[key]")
        different = len(set(examples))
        if different < FEWEST_EXAMPLES:
            text = f"intent {name!r} needs at least {FEWEST_EXAMPLES} different examples"
            survey.gathered.problem(path, text)
        elif different < FEW_EXAMPLES:
            text = f"intent {name!r} has only {different} examples; eight to fifteen are understood better"
            survey.gathered.note(path, text)
        if owners[name] == 0 and survey.own("intents", name) and survey.gathered.whole:
            survey.gathered.problem(path, f"intent {name!r} starts no task")
    _check_owners(survey, owners)
    _check_alike(survey)


def _check_owners(survey: Survey, owners: Counter[str]) -> None:
    first: dict[str, str] = {}
    for name, task in survey.tasks.items():
        for place, intent in enumerate(task.intents):
            if owners[intent] > 1 and first.setdefault(intent, name) != name:
                text = f"intent {intent!r} starts more than one task: {first[intent]!r} has it already"
                survey.gathered.problem((section_of(task), name, "intents", place), text)


def _check_alike(survey: Survey) -> None:
    """The same sentence, or one that differs in words of no weight only, cannot mean two things."""
    said: dict[str, str] = {}
    alike: dict[frozenset[str], list[tuple[str, str]]] = defaultdict(list)
    for name, examples in survey.flow.intents.items():
        for place, example in enumerate(examples):
            path: Path = ("intents", name, place)
            if said.setdefault(example, name) != name:
                text = f"intents {said[example]!r} and {name!r} share the example {example!r}"
                survey.gathered.problem(path, text)
                continue
            weighty = frozenset(re.findall(r"[\w']+", example)) - FILLING
            if not weighty:
                continue
            for other, sentence in alike[weighty]:
                if other != name:
                    text = f"{example!r} is nearly what intent {other!r} has: {sentence!r}"
                    survey.gathered.problem(path, text)
                    break
            alike[weighty].append((name, example))
