"""What a caller may say or key in at any time, whatever was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..events import Act, Meaning
from .calling_off import call_off, governing, words_for
from .correct import committing, withdraw
from .draft import Draft
from .ears import said_after_cut
from .handing import hand_over, leave
from .questions import ask_again, listen, put
from .run import go_on
from .steps import AskStep
from .talk import Waiting

__all__ = ["REACTIONS", "TUNES", "by_key", "hand_to_person", "react", "repeat", "switch_language", "tune"]

PACE = range(60, 151)
"""How fast prompts may be spoken, in percent of the voice's own rate."""

GAIN_DB = range(-6, 13)

TUNES: Mapping[Act, tuple[int, int]] = {
    "slower": (-15, 0),
    "faster": (15, 0),
    "louder": (0, 6),
    "quieter": (0, -6),
}
"""How an act changes pace (percent) and gain (dB)."""


def hand_to_person(draft: Draft) -> None:
    """The caller wants a person: no question, no detour."""
    given = draft.flow.anywhere.get("person")
    target = given.target if given and given.target else draft.flow.handover.default
    hand_over(draft, target, "asked")
    if not draft.talk.over:  # nobody is there: the flow's other offer
        go_on(draft)


def react(draft: Draft, acts: Sequence[Act]) -> bool:
    """Do what the weightiest of *acts* asks for; return whether one of them asks for anything."""
    return any(act in acts and do(draft) for act, do in REACTIONS.items())


def tune(draft: Draft, acts: Sequence[Act]) -> bool:
    """Speak slower, faster, louder or quieter from now on; return whether that was wanted."""
    wanted = [act for act in TUNES if act in acts]
    for act in wanted:
        pace, gain = TUNES[act]
        draft.change(
            pace=min(max(draft.talk.pace + pace, PACE[0]), PACE[-1]),
            gain_db=min(max(draft.talk.gain_db + gain, GAIN_DB[0]), GAIN_DB[-1]),
        )
        draft.say(words_for(draft, act, f"{act}-now"), question=True)
    return bool(wanted)


def switch_language(draft: Draft, meaning: Meaning) -> bool:
    """Go on in the language that was named, if the flow has it; return whether it has."""
    named = [str(value.value) for value in meaning.values if value.kind == "language"]
    wanted = next((name for name in reversed(named) if name in draft.flow.languages), "")
    if wanted:
        draft.change(language=wanted)
        draft.say(words_for(draft, "language", "language-now"), question=True)
    return bool(wanted)


def by_key(draft: Draft, key: str) -> bool:
    """Do what *key* does anywhere; return whether it does anything."""
    act = next((name for name, given in draft.flow.anywhere.items() if given.key and given.key == key), "")
    match act:
        case "":
            return False
        case "person":
            hand_to_person(draft)
        case "start-over" | "cancel":
            _call_off_by_key(draft, "cancel" if act == "cancel" else "start-over")
        case "slower" | "faster" | "louder" | "quieter":
            tune(draft, (act,))
            repeat(draft)
        case "language":
            _next_language(draft)
        case _:
            react(draft, (act,))  # type: ignore[arg-type]
    return True


def _call_off_by_key(draft: Draft, act: Act) -> None:
    match call_off(draft, (act,)):
        case "done" | "no":
            go_on(draft)
        case "ask":
            put(draft, Waiting("cancel", governing(draft)))
        case "":
            ask_again(draft)


def _next_language(draft: Draft) -> None:
    """The key takes the flow's languages in turn; the question is asked anew in the next one."""
    names = draft.flow.languages
    at = names.index(draft.talk.language) if draft.talk.language in names else -1
    draft.change(language=names[(at + 1) % len(names)])
    draft.say(words_for(draft, "language", "language-now"), question=True)
    ask_again(draft)


# --- reactions: each returns whether it had anything to do here -----------------------------------------


def repeat(draft: Draft) -> bool:
    """Say once more what was told in the latest turn, from where it was cut, and ask."""
    for name, variant in said_after_cut(draft.talk):
        draft.say_variant(name, variant)
    ask_again(draft)
    return True


def _help(draft: Draft) -> bool:
    waiting = draft.talk.waiting
    slot = draft.flow.slots.get(waiting.name) if waiting and waiting.what in ("slot", "check") else None
    prompt = slot.help if slot and slot.help else words_for(draft, "help", draft.flow.main.help)
    if prompt:
        draft.say(prompt)
    ask_again(draft)
    return True


def _goodbye(draft: Draft) -> bool:
    draft.say(words_for(draft, "goodbye", "goodbye"))
    leave(draft, "done", "goodbye")
    return True


def _hold_on(draft: Draft) -> bool:
    draft.say("take-your-time")
    if draft.talk.waiting:
        draft.wait(replace(draft.talk.waiting, longer=True))
    listen(draft)
    return True


def _back(draft: Draft) -> bool:
    """Ask the question before once more; what was done since is not undone."""
    known = _asked_before(draft)
    if known and not committing(draft) and withdraw(draft, {known}):
        go_on(draft)
        return True
    if not known:
        draft.say("cannot-go-back", question=True)
    ask_again(draft)
    return True


def _asked_before(draft: Draft) -> str:
    """Return the slot of the tasks under way that was answered last, nothing if none was."""
    for frame in reversed(draft.talk.stack):
        task = draft.flow.tasks[frame.task]
        asked = {step.slot for step in task.steps[: frame.at + 1] if isinstance(step, AskStep)}
        known = [name for name in draft.talk.slots if name in asked]
        if known and not frame.acted:
            return known[-1]
    return ""


def _nothing_more(draft: Draft) -> bool:
    """A no, or thanks, to "anything else?" ends the call."""
    waiting = draft.talk.waiting
    return bool(waiting and waiting.what == "main" and draft.talk.outcomes) and _goodbye(draft)


def _something_more(draft: Draft) -> bool:
    """A bare yes to "anything else?" asks what."""
    waiting = draft.talk.waiting
    if waiting and waiting.what == "main" and draft.talk.outcomes:
        draft.say(draft.flow.main.ask, question=True)
        draft.wait(replace(waiting, misses=0, silences=0))
        listen(draft)
        return True
    return False


def _neither(draft: Draft) -> bool:
    """A no to "do you mean this or that?" takes both back; "never mind" declines an offered person too."""
    waiting = draft.talk.waiting
    if waiting and waiting.what in ("which", "person"):
        draft.change(waiting=None)
        if draft.talk.stack:
            go_on(draft)
        else:
            put(draft, Waiting("main"))
        return True
    return False


def _apologise(draft: Draft) -> bool:
    draft.say("apology")
    ask_again(draft)
    return True


def _ask_again(draft: Draft) -> bool:
    ask_again(draft)
    return True


def _only_listen(draft: Draft) -> bool:
    listen(draft)
    return True


REACTIONS: Mapping[Act, Callable[[Draft], bool]] = {
    "goodbye": _goodbye,
    "repeat": repeat,
    "back": _back,
    "help": _help,
    "hold-on": _hold_on,
    "complain": _apologise,
    "deny": lambda draft: _nothing_more(draft) or _neither(draft),
    "affirm": _something_more,
    "thank": lambda draft: _nothing_more(draft) or _ask_again(draft),
    "cancel": lambda draft: _neither(draft) or _ask_again(draft),
    "greet": _ask_again,
    "back-channel": _only_listen,
}
"""The weightiest first."""
