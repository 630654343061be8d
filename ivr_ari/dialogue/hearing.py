"""A whole utterance: everything that was wanted, corrected, answered and asked in it, in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..events import Meaning, Request, Understood, Value
from .agenda import announce, cancel, enqueue, forget, offer_person
from .answering import answer, chosen
from .calling_off import call_off, governing, meant_off
from .correct import committing, withdraw
from .draft import Draft
from .globals import REACTIONS, TUNES, hand_to_person, react, repeat, switch_language, tune
from .placing import Placed, place
from .pointing import SPAN, Pointed, pointed
from .questions import ask_again, put
from .repair import missed
from .run import go_on
from .scope import WORDS, awaited_slot, dictated
from .slots import LONGEST_TEXT, fit, suits
from .talk import Frame, Waiting

__all__ = ["start", "understood"]

SURE = 0.8
"""From this confidence a request is a request, and a value a value, whatever else was hardly heard."""

URGENT = 0
"""The priority of a task that interrupts others."""

DEEPEST = 6
"""Tasks and answers inside each other; a question beyond it waits on the agenda."""


def understood(draft: Draft, event: Understood) -> None:
    """Take an utterance apart and do what follows from it."""
    draft.change(confidence=round(100 * event.confidence))
    waiting = draft.talk.waiting
    if event.confidence < draft.flow.sure and not _plain_answer(draft, event.meaning):
        missed(draft, ladder="low-confidence")
    elif "person" in event.meaning.acts:
        hand_to_person(draft)
    elif waiting and waiting.what == "which" and chosen(draft, waiting, event.meaning):
        taken = chosen(draft, waiting, event.meaning)
        left = [name for name in waiting.options if name not in taken]
        draft.change(parted=(*taken, *left) if len(taken) == 1 else ())
        start(draft, [draft.flow.tasks_of[name] for name in taken])
    elif not _ask_which(draft, event.meaning):
        _take(draft, event.meaning, event.words)


def _plain_answer(draft: Draft, meaning: Meaning) -> bool:
    """Return whether a hardly heard utterance is a yes, a no or digits that are sure by themselves."""
    slot = awaited_slot(draft)
    if meaning.requests or set(meaning.acts) - {"affirm", "deny"} or not meaning.values:
        return False
    for value in meaning.values:
        digits = value.kind == "digits" and slot is not None and suits(slot, value)
        fits = slot is not None and digits and fit(slot, value, draft.talk.today) is not None
        if value.confidence < SURE or not (value.kind == "yesno" or fits):
            return False
    return True


def _take(draft: Draft, meaning: Meaning, words: str) -> None:
    """Do all that an utterance says, and go on with what follows from it."""
    waiting = draft.talk.waiting
    tuned = tune(draft, meaning.acts)
    switched = switch_language(draft, meaning)
    hint = _not_that_task(draft, pointed(draft, _without_mere_answers(draft, meaning)))
    meaning = hint.meaning
    named = [draft.flow.tasks_of.get(request.intent, "") for request in meaning.requests]
    meant = meant_off(draft, meaning.acts, named)
    off = call_off(draft, meaning.acts, named)
    if meant:
        requests = tuple(one for one, task in zip(meaning.requests, named, strict=True) if task not in meant)
        meaning = replace(meaning, requests=requests)
        hint = replace(hint, meaning=meaning)
    tasks, answers = _wanted(draft, meaning)
    placed = _take_in(draft, hint, words, tasks, answers)
    if waiting and waiting.what == "action":
        if off == "ask" and draft.talk.stack:
            put(draft, Waiting("cancel", governing(draft)))
        elif off == "done" or placed.corrected or draft.talk.waiting is None:
            go_on(draft)
        return
    answered = answer(draft, meaning, placed) if not off else "go"
    if answered == "asked":
        return
    _digress(draft, answers)
    if off == "ask" and draft.talk.stack:
        put(draft, Waiting("cancel", governing(draft)))
    elif placed.offer and offer_person(draft, placed.offer):
        return
    elif answered or tasks or answers or placed.anything:
        draft.refused = placed.refused, placed.reason
        go_on(draft)
    elif tuned:
        repeat(draft)
    elif hint.nothing or switched:
        ask_again(draft)
    elif not react(draft, meaning.acts):
        _help_choosing(draft, meaning)
        missed(draft, placed.refused, reason=placed.reason)


def _not_that_task(draft: Draft, hint: Pointed) -> Pointed:
    """ "No, the other one", right after "did you mean": leave the task that was begun, take the other."""
    meaning, parted = hint.meaning, draft.talk.parted
    if "other" not in meaning.acts or meaning.values or meaning.requests or hint.wrong or len(parted) != 2:
        return hint
    begun = draft.flow.tasks_of[parted[0]]
    if not draft.talk.stack or draft.talk.stack[0].task != begun or committing(draft):
        return hint
    if any(frame.acted for frame in draft.talk.stack):
        return hint
    cancel(draft)
    draft.change(parted=parted[::-1])
    return replace(hint, meaning=replace(meaning, requests=(Request(parted[1], SPAN, SPAN),)))


def _help_choosing(draft: Draft, meaning: Meaning) -> None:
    """ "Both" where only one can be: the slot's help says so."""
    slot = awaited_slot(draft)
    if "both" in meaning.acts and slot and slot.choices and slot.help:
        draft.say(slot.help, question=True)


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

    What is urgent does not wait for a task under way: it is taken like an answer. Of several urgent tasks the
    one declared first comes first.
    """
    names = {draft.flow.tasks_of.get(request.intent, ""): None for request in meaning.requests}
    urgent = [name for name in draft.flow.tasks if name in names and _urgent(draft, name)]
    known = [*urgent, *(name for name in names if name and name not in urgent)]
    doing = {frame.task for frame in draft.talk.stack}
    at_once = [name for name in known if draft.flow.tasks[name].answer or (doing and _urgent(draft, name))]
    tasks = [name for name in known if name not in at_once]
    return tasks, [name for name in at_once if name not in doing]


def _urgent(draft: Draft, name: str) -> bool:
    return draft.flow.tasks[name].priority == URGENT


def _take_in(draft: Draft, hint: Pointed, words: str, tasks: Sequence[str], answers: Sequence[str]) -> Placed:
    """Put what is wanted on the agenda and what was told into slots, and say that it was understood."""
    meaning, waiting, busy = hint.meaning, draft.talk.waiting, bool(draft.talk.stack)
    later = answers if waiting and waiting.what == "action" else ()
    new = enqueue(draft, (*tasks, *later))
    placed = place(draft, meaning)
    _say_same(draft, hint, placed)
    if hint.wrong and hint.wrong not in (*placed.filled, *placed.corrected):
        if withdraw(draft, {hint.wrong}):
            placed.corrected.append(hint.wrong)
        else:
            placed.told, placed.offer = True, hint.wrong
    commands = (REACTIONS.keys() | TUNES.keys()) - WORDS
    other = meaning.requests or placed.anything or set(meaning.acts) & commands
    if not other or dictated(draft, meaning):
        _take_words(draft, placed, words)
    if "complain" in meaning.acts and new:
        draft.say("apology", question=True)
    if not any(_urgent(draft, name) for name in (*new, *answers)):
        announce(draft, new, "queued" if busy else "acknowledge")
    return placed


def _say_same(draft: Draft, hint: Pointed, placed: Placed) -> None:
    """Say which value "the same as before" is; a correction has said it already."""
    if hint.nothing:
        draft.say("nothing-before", question=True)
    if hint.same is not None and placed.filled and not placed.corrected:
        slot = draft.flow.slots[placed.filled[-1]]
        draft.say("same-as-before", value=draft.value(slot, hint.same))


def _take_words(draft: Draft, placed: Placed, words: str) -> None:
    """Where a text is asked for, the words themselves are the answer."""
    waiting = draft.talk.waiting
    if waiting is None or waiting.what != "slot" or waiting.name in placed.filled:
        return
    if draft.flow.slots[waiting.name].type == "text" and words.strip():
        draft.fill(waiting.name, " ".join(words.split())[:LONGEST_TEXT])
        placed.filled.append(waiting.name)


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
    if new and (busy or len(new) > 1 or any(new.values())):
        announce(draft, new, "queued" if busy else "acknowledge")
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
