"""Put a question: its words in the form that fits, and what is listened for."""

from __future__ import annotations

from dataclasses import replace

from ..events import Listen
from .draft import Draft
from .expect import by_keypad, expecting
from .flow import Slot
from .talk import Waiting

__all__ = ["ask_again", "listen", "put"]

YES_OR_NO = ("check", "confirm", "cancel", "person")


def put(draft: Draft, waiting: Waiting) -> None:
    """Ask what is *waiting*, and listen."""
    waiting = replace(waiting, keypad=waiting.keypad or by_keypad(draft.flow, draft.talk))
    _speak(draft, waiting)
    if waiting.keypad:
        _speak_keys(draft, waiting)
    if waiting.what == "slot":
        before = (name for name in draft.talk.asked if name != waiting.name)
        draft.change(asked=(*before, waiting.name))
    draft.wait(waiting)
    listen(draft)


def ask_again(draft: Draft) -> None:
    """Put the open question once more; how often it went wrong is not forgotten."""
    if draft.talk.waiting:
        put(draft, draft.talk.waiting)


def listen(draft: Draft) -> None:
    """Listen, without a word."""
    expect = expecting(draft.flow, draft.talk)
    if expect:
        draft.effects.append(Listen(expect))


def _speak(draft: Draft, waiting: Waiting) -> None:
    match waiting.what:
        case "main":
            main = draft.flow.main
            ask = main.more if _served(draft) else main.ask
            draft.say(main.keypad if waiting.keypad and main.keypad else ask, question=True)
        case "slot":
            slot = draft.flow.slots[waiting.name]
            draft.say(_slot_prompt(draft, slot, waiting), question=True)
        case "check":
            slot = draft.flow.slots[waiting.name]
            value = draft.value(slot, draft.talk.slots.get(waiting.name, ""))
            draft.say(slot.check or "is-that-right", value=value, question=True)
        case "confirm":
            draft.say(waiting.name, question=True)
        case "which":
            tasks = [draft.flow.tasks_of[name] for name in waiting.options]
            draft.say("did-you-mean", tasks=draft.titles(tasks), question=True)
        case "wrong":
            draft.say("what-is-wrong", question=True)
        case "cancel":
            draft.say(draft.flow.tasks[waiting.name].cancel.confirm, question=True)
        case "person":
            draft.say("person-for-that", question=True)
        case "action" | "handed":
            return


def _served(draft: Draft) -> bool:
    """Return whether something the caller wanted has ended, not only what was needed for it."""
    tasks = (draft.flow.tasks[name] for name in draft.talk.outcomes if name in draft.flow.tasks)
    return any(task.intents or task.key for task in tasks)


def _speak_keys(draft: Draft, waiting: Waiting) -> None:
    """Say which keys answer, where the question itself does not."""
    slot = draft.flow.slots.get(waiting.name) if waiting.what == "slot" else None
    if waiting.what in YES_OR_NO or (slot and slot.type == "yesno" and not slot.keypad):
        draft.say("key-yes-no", question=True)
    if waiting.what == "which":
        draft.say("key-first-second", question=True)


def _slot_prompt(draft: Draft, slot: Slot, waiting: Waiting) -> str:
    if waiting.keypad and slot.keypad:
        return slot.keypad
    if slot.again and slot.name in draft.talk.asked:
        return slot.again
    return slot.ask
