"""A whole utterance: everything that was wanted, corrected, answered and asked in it, in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..events import Act, Meaning, Request, Understood, Value
from .agenda import enqueue, forget
from .correct import committing
from .draft import Draft
from .globals import REACTIONS, call_off, hand_to_person, react
from .placing import Placed, place
from .questions import put
from .repair import missed
from .run import go_on
from .say import join_titles
from .slots import LONGEST_TEXT
from .steps import ConfirmStep
from .talk import Frame, Waiting

__all__ = ["answer_confirmation", "start", "understood"]

WORDS: frozenset[Act] = frozenset(("affirm", "deny", "thank", "greet", "complain", "back-channel"))
"""Acts that are no commands: where any text is an answer, they are text."""

SURE = 0.8
"""From this confidence a request is a request, whatever else its words may mean."""

URGENT = 0
"""The priority of a task that interrupts others."""

DEEPEST = 6
"""Tasks and answers inside each other; a question beyond it waits on the agenda."""


def understood(draft: Draft, event: Understood) -> None:
    """Take an utterance apart and do what follows from it."""
    meaning, waiting = event.meaning, draft.talk.waiting
    draft.change(confidence=round(100 * event.confidence))
    if "person" in meaning.acts:
        hand_to_person(draft)
        return
    chosen = _chosen(waiting, meaning)
    if chosen:
        start(draft, (draft.flow.tasks_of[chosen],))
        return
    if _ask_which(draft, meaning):
        return
    meaning = _without_mere_answers(draft, meaning)
    off = not committing(draft) and call_off(draft, meaning.acts)
    tasks, answers = _wanted(draft, meaning)
    placed = _take_in(draft, meaning, event.words, tasks, answers)
    if waiting and waiting.what == "action":
        if off or placed.corrected:
            go_on(draft)
        return
    if not off and not placed.corrected:
        decided = _decide(draft, meaning, placed)
    else:
        decided = True
    _digress(draft, answers)
    if decided or tasks or answers or placed.anything:
        go_on(draft)
    elif not react(draft, meaning.acts):
        missed(draft, placed.refused)


def _without_mere_answers(draft: Draft, meaning: Meaning) -> Meaning:
    """
    Leave out requests that are hardly more than the answer to what is being talked about.

    "To my card" sounds a little like a lost card; with a refund on the way it says where the money goes.
    """
    known = {name for frame in draft.talk.stack for name in draft.flow.tasks[frame.task].slots}
    requests = tuple(
        request
        for request in meaning.requests
        if not any(_only_answers(request, value) for value in request.values if value.slot in known)
    )
    return replace(meaning, requests=requests)


def _only_answers(request: Request, value: Value) -> bool:
    """Return whether *request* is doubtful, or has no word beside *value*."""
    return request.confidence < SURE or (value.first <= request.first and request.last <= value.last)


def _wanted(draft: Draft, meaning: Meaning) -> tuple[list[str], list[str]]:
    """
    Return the tasks and the answers asked for, in the order spoken.

    What is urgent does not wait for a task under way: it is taken like an answer.
    """
    names = [draft.flow.tasks_of.get(request.intent, "") for request in meaning.requests]
    known = [name for name in dict.fromkeys(names) if name]
    doing = {frame.task for frame in draft.talk.stack}
    at_once = [name for name in known if draft.flow.tasks[name].answer or (doing and _urgent(draft, name))]
    tasks = [name for name in known if name not in at_once]
    return tasks, [name for name in at_once if name not in doing]


def _urgent(draft: Draft, name: str) -> bool:
    return draft.flow.tasks[name].priority == URGENT


def _take_in(
    draft: Draft, meaning: Meaning, words: str, tasks: Sequence[str], answers: Sequence[str]
) -> Placed:
    """Put what is wanted on the agenda and what was told into slots, and say that it was understood."""
    waiting, busy = draft.talk.waiting, bool(draft.talk.stack)
    later = answers if waiting and waiting.what == "action" else ()
    new = enqueue(draft, (*tasks, *later))
    placed = place(draft, meaning)
    if not (meaning.requests or placed.anything or set(meaning.acts) & REACTIONS.keys() - WORDS):
        _take_words(draft, placed, words)
    if new:
        titles = join_titles(draft.flow.tasks[name].title for name in new)
        draft.say("queued" if busy else "acknowledge", tasks=titles)
    return placed


def _take_words(draft: Draft, placed: Placed, words: str) -> None:
    """Where a text is asked for, the words themselves are the answer."""
    waiting = draft.talk.waiting
    if waiting and waiting.what == "slot" and draft.flow.slots[waiting.name].type == "text" and words.strip():
        draft.fill(waiting.name, " ".join(words.split())[:LONGEST_TEXT])
        placed.filled.append(waiting.name)


def _decide(draft: Draft, meaning: Meaning, placed: Placed) -> bool:
    """Take a yes or a no as the answer to the question; return whether it was one."""
    waiting = draft.talk.waiting
    said = [act for act in meaning.acts if act in ("affirm", "deny")]
    said += [
        "affirm" if value.value == "yes" else "deny" for value in meaning.values if value.kind == "yesno"
    ]
    if waiting is None or not said:
        return False
    yes = said[-1] == "affirm"
    if waiting.what == "confirm" and (yes or not placed.filled):
        answer_confirmation(draft, yes)
        return True
    if waiting.what == "check" and waiting.name not in placed.filled:
        answer_check(draft, waiting.name, yes)
        return True
    slot = draft.flow.slots.get(waiting.name)
    if waiting.what == "slot" and slot and slot.type == "yesno" and not placed.filled:
        draft.fill(slot.name, "yes" if yes else "no")
        return True
    return False


def answer_confirmation(draft: Draft, yes: bool) -> None:
    """Go on after a yes; go to the other branch after a no."""
    step = draft.task.steps[draft.top.at]
    if isinstance(step, ConfirmStep):
        draft.move(at=draft.top.at + 1 if yes else step.no)


def answer_check(draft: Draft, slot: str, yes: bool) -> None:
    """Keep a value that was confirmed; ask again for one that was not."""
    if yes:
        draft.change(unsure={name: how for name, how in draft.talk.unsure.items() if name != slot})
    else:
        draft.empty((slot,))


def _chosen(waiting: Waiting | None, meaning: Meaning) -> str:
    """Return which of two meanings the caller chose, or nothing."""
    if waiting is None or waiting.what != "which":
        return ""
    words = [request.intent for request in meaning.requests]
    for value in meaning.values:
        place_said = value.kind in ("number", "ordinal") and value.value in ("1", "2")
        words.append(waiting.options[int(str(value.value)) - 1] if place_said else str(value.value))
    return next((word for word in words if word in waiting.options), "")


def _ask_which(draft: Draft, meaning: Meaning) -> bool:
    """Ask which of two likely meanings it was, if that makes a difference."""
    if len(meaning.requests) != 1 or (draft.talk.waiting and draft.talk.waiting.what == "action"):
        return False
    request = meaning.requests[0]
    options = (request.intent, request.runner_up)
    tasks = {draft.flow.tasks_of.get(intent, "") for intent in options}
    if len(tasks) != 2 or "" in tasks:
        return False
    put(draft, Waiting("which", options=options))
    return True


def start(draft: Draft, names: Iterable[str]) -> None:
    """Begin tasks and answers by their names, and go on."""
    wanted = list(names)
    busy = bool(draft.talk.stack)
    new = enqueue(draft, [name for name in wanted if not draft.flow.tasks[name].answer])
    if new and busy:
        draft.say("queued", tasks=join_titles(draft.flow.tasks[name].title for name in new))
    _digress(draft, [name for name in wanted if draft.flow.tasks[name].answer])
    go_on(draft)


def _digress(draft: Draft, answers: Sequence[str]) -> None:
    """Answer questions in place, the first one first; then what was being done goes on."""
    back = bool(draft.talk.stack)
    room = max(0, DEEPEST - len(draft.talk.stack))
    enqueue(draft, answers[room:])
    for name in reversed(answers[:room]):
        if not draft.flow.tasks[name].answer:
            forget(draft, name)
            draft.change(agenda=tuple(other for other in draft.talk.agenda if other != name))
        draft.push(Frame(name, back=back))
