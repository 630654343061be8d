"""Flows drawn at random: every kind of slot, step and action there is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

from ivr_ari.dialogue.flow import Flow
from ivr_ari.language.compile import compile_flow
from ivr_ari.language.gather import gather
from ivr_ari.language.standard import NEW, STANDARD

__all__ = ["random_flow"]

T = TypeVar("T")
Made = dict[str, Any]

WORDS = ("red", "blue", "green", "boston", "austin", "monday", "noon", "yes", "no")
CONDITIONS = (
    "amount > 100",
    "filled(day)",
    "kind == 'red'",
    "days(today, day) < 3",
    "done('task-1')",
    "length(pin) == 4",
)
EXPRESSIONS = (
    "amount * 2",
    "kind",
    "today",
    "first(code, 2)",
    "amount / number",
    "'red' if filled(day) else 'blue'",
)


OUTSIDE = 99
"""In place of a task's number: steps that belong to no task."""


class _Making:
    """One flow while it is being drawn."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.tasks = [f"task-{index}" for index in range(draw.randint(2, 6))]
        self.answers = ["answer-0", "answer-1"]
        self.actions = [f"action-{index}" for index in range(5)]
        self.prompts = [f"prompt-{index}" for index in range(8)]
        self.slots = [
            "pin",
            "account",
            "number",
            "amount",
            "day",
            "when",
            "month",
            "time",
            "dates",
            "name",
            "code",
        ]
        self.slots += ["phone", "kind", "from-kind", "to-kind", "sure", "words", "own-code", "made"]
        self.slots += ["lasts", "email", "home"]

    def some(self, values: Sequence[T], least: int = 0, most: int = 3) -> list[T]:
        count = self.draw.randint(least, min(most, len(values)))
        return self.draw.sample(list(values), count)

    def one(self, values: Sequence[T]) -> T:
        return self.draw.choice(list(values))

    def maybe(self, chance: float = 0.5) -> bool:
        return self.draw.random() < chance

    def text(self) -> str:
        """A template with a few values in it."""
        fields = "".join(f" {{{name}}}" for name in self.some(self.slots, 0, 2))
        return f"Words{fields} {self.one(WORDS)} or {self.one(WORDS)}."

    def prompt(self) -> Any:
        if self.maybe(0.3):
            return {
                "say": [self.text(), self.text()],
                "short": self.text(),
                "barge-in": self.one(("yes", "no")),
            }
        return self.text()

    # --- slots ---------------------------------------------------------------------------------------

    def slot(self, kind: str, **more: Any) -> Made:
        made: Made = {"type": kind, "ask": self.one(self.prompts), **more}
        for field in ("again", "keypad", "help", "invalid", "check", "implied", "changed"):
            if self.maybe(0.3):
                made[field] = self.one(self.prompts)
        made["confirm"] = self.one(("never", "implicit", "explicit", "by-confidence", "by-risk"))
        made["early"] = self.one(("yes", "yes", "no"))
        if self.maybe(0.3):
            made["then-stale"] = self.some(self.slots, 1, 2)
        if self.maybe(0.2):
            made["must"] = [{"be": self.one(CONDITIONS), "else": self.one(self.prompts)}]
        if self.maybe(0.2):
            made["ladders"] = self.ladders()
        return made

    def all_slots(self) -> dict[str, Made]:
        choices = {"red": ["red", "the red one"], "blue": ["blue"], "green": ["green", "monday"]}
        two = {"red": ["red"], "blue": ["blue", "boston"]}
        return {
            "pin": self.slot("digits", length="4", sensitivity="pin", called=["pin"]),
            "account": self.slot("digits", length="4-8", sensitivity="pii", called=["account"]),
            "number": self.slot("number", least="1", most="30"),
            "amount": self.slot("amount", after=["of"]),
            "day": self.slot("date", tense="future", after=["on", "from"]),
            "when": self.slot("date", after=["until"]),
            "month": self.slot("month", tense="past"),
            "time": self.slot("time"),
            "dates": self.slot("range"),
            "name": self.slot("name", sensitivity="pii"),
            "code": self.slot("id", length="2-8"),
            "phone": self.slot("phone"),
            "kind": self.slot("choice", choices=choices, keys={"1": "red", "2": "blue"}),
            "from-kind": self.slot("place", after=["from"]),
            "to-kind": self.slot("place", after=["to"]),
            "sure": self.slot("yesno"),
            "words": self.slot("text", sensitivity="health"),
            "own-code": self.slot("coded"),
            "made": {"type": "text"},
            "lasts": self.slot("duration", after=["for"]),
            "email": self.slot("email", sensitivity="pii"),
            "home": self.slot("address"),
        } | ({"kind": self.slot("choice", choices=two)} if self.maybe(0.3) else {})

    # --- steps ---------------------------------------------------------------------------------------

    def steps(self, index: int, depth: int = 0) -> list[Made]:
        return [self.step(index, depth) for _ in range(self.draw.randint(1, 4 if depth == 0 else 2))]

    def step(self, index: int, depth: int) -> Made:
        later = self.tasks[index + 1 :]
        kinds = ["say", "ask", "ask", "ask", "confirm", "set"]
        kinds += ["action"] * 2 if index < OUTSIDE else []  # what happens when one fails does no other
        kinds += ["when"] * 2 if depth < 2 else []
        kinds += ["run"] if later else []
        kinds += ["ask-again", "hand-over", "leave", "hang-up", "end"] if self.maybe(0.12) else []
        kind = self.one(kinds)
        match kind:
            case "say":
                return {"say": self.some(self.prompts, 1, 2)}
            case "ask":
                return {"ask": self.some(self.slots[:-1], 1, 2)}
            case "confirm":
                return self.confirm(index, depth)
            case "set":
                text = f"= {self.one(EXPRESSIONS)}" if self.maybe() else self.one(("red", "", "{kind} {day}"))
                return {"set": {self.one(("made", "kind", "words")): text}}
            case "action":
                return {"action": self.one((*self.actions, "action-1", "action-1"))}
            case "when":
                return self.when(index, depth)
            case "run":
                return {"run": self.one(later)}
            case "ask-again":
                attempts = str(self.draw.randint(1, 3))
                return {"ask-again": self.some(self.slots[:-1], 1, 2), "attempts": attempts}
            case "hand-over":
                return {
                    "hand-over": self.one(("agent", "sales")),
                    "reason": "asked",
                    "say": self.one(self.prompts),
                }
            case "leave":
                return {"leave": "done", "variables": {"IVR_KIND": "{kind}", "IVR_PIN": "{account}"}}
            case "hang-up":
                return {"hang-up": self.one(self.prompts)}
            case _:
                return {"end": self.one(("done", "cancelled", "failed"))}

    def confirm(self, index: int, depth: int) -> Made:
        made: Made = {"confirm": self.one(self.prompts)}
        if self.maybe():
            made["slots"] = self.some(self.slots[:-1], 1, 3)
        if self.maybe() and depth < 2:
            made["no"] = self.steps(index, depth + 1)
        return made

    def when(self, index: int, depth: int) -> Made:
        test: Any = (
            self.one(CONDITIONS)
            if self.maybe()
            else {self.one(self.slots): self.one(("filled", "empty", "red"))}
        )
        made: Made = {"when": test, "then": self.steps(index, depth + 1)}
        if self.maybe():
            made["else"] = self.steps(index, depth + 1)
        return made

    # --- the rest ------------------------------------------------------------------------------------

    def task(self, index: int) -> Made:
        name = self.tasks[index]
        made: Made = {"title": f"title {index}", "steps": self.steps(index), "priority": self.one("05559")}
        if index < 5 and self.maybe(0.9):
            made["intents"] = [f"intent-{index}"]
            made["key"] = str(index + 1)
        made["needs"] = self.some((*self.tasks[index + 1 :], *self.slots[:4]), 0, 2)
        if self.maybe(0.7):
            made["undo"] = self.steps(index, 1)
        if self.maybe(0.3):
            made["excludes"] = [other for other in self.some(self.tasks, 0, 2) if other != name]
        made["results"] = self.some(self.slots, 0, 2)
        made["cancel"] = {"allowed": self.one(("yes", "yes", "no"))}
        if self.maybe(0.4):
            made["cancel"] |= {"confirm": self.one(self.prompts), "say": self.one(self.prompts)}
        return made

    def action(self, index: int) -> Made:
        made: Made = {"answer": {}, "while": self.some(self.prompts, 0, 3), "every": "3s"}
        made["failed"] = {"404": self.steps(OUTSIDE, 1), "other": self.steps(OUTSIDE, 1)}
        made["answer"] = dict.fromkeys(self.some(("made", "kind", "words", "code"), 0, 2), "field")
        match index:
            case 0:
                return made | {"backend": "shop", "request": "GET /things/{kind}?day={day}"}
            case 1:
                body = {"kind": "{kind}", "pin": "{pin}", "text": "{day} {amount|cents}"}
                return made | {"backend": "shop", "request": "POST /things/{from-kind}", "body": body}
            case 2:
                return made | {"database": "books", "query": "SELECT field FROM t WHERE k = :kind"}
            case 3:
                return made | {"variable": "IVR_FACT"}
            case _:
                return made | {self.one(("queue", "device")): "front"}

    def ladders(self) -> Made:
        end = self.one(({"hand-over": "agent"}, {"leave": "error"}))
        rungs = [{"say": self.one(self.prompts), "keypad": self.one(("yes", "no"))} for _ in range(2)]
        names = ["silence", "no-match", *self.some(("low-confidence", "noise"), 0, 2)]
        return {name: [*rungs[: self.draw.randint(0, 2)], end] for name in names}

    def anywhere(self) -> Made:
        acts = ["person", "repeat", "back", "start-over", "help", "cancel", "slower", "louder", "language"]
        keys = self.draw.sample("0123456789", len(acts))
        return {act: {"key": key} for act, key in zip(acts, keys, strict=True) if self.maybe(0.7)}

    def flow(self) -> Made:
        prompts = {name: self.prompt() for name in self.prompts}
        prompts |= {
            name: f"{name} {{value}} {{tasks}}" for name in (*STANDARD, *self.some(tuple(NEW), 5, 99))
        }
        prompts |= {"hi": "Hello.", "what": "What?", "more": "More?"}
        intents = {name: ["say this"] for name in (*(f"intent-{i}" for i in range(5)), "ask-0", "ask-1")}
        declared = {name: self.task(index) for index, name in enumerate(self.tasks)}
        used = {intent for task in declared.values() for intent in task.get("intents", ())} | {
            "ask-0",
            "ask-1",
        }
        return {
            "flow": "drawn",
            "translations": {"es": "es.yaml"},
            "start": ["hi"],
            "first": self.some(self.tasks, 0, 1),
            "main": {"ask": "what", "more": "more", "help": self.one(self.prompts)},
            "sure": self.one(("0", "0.35")),
            "tasks": declared,
            "answers": {
                f"answer-{index}": {
                    "title": f"question {index}",
                    "intents": [f"ask-{index}"],
                    "steps": self.steps(len(self.tasks), 1),
                }
                for index in range(2)
            },
            "intents": {name: words for name, words in intents.items() if name in used},
            "types": {
                "place": {"choices": {"boston": ["boston"], "austin": ["austin"], "red": ["red"]}},
                "coded": {"pattern": "[A-Z]{2}[0-9]+"},
            },
            "slots": self.all_slots(),
            "actions": {name: self.action(index) for index, name in enumerate(self.actions)},
            "anywhere": self.anywhere(),
            "handover": {
                "targets": {"agent": {"skills": ["any"]}, "sales": {"languages": ["es"]}},
                "say": "hi",
                "who": "account",
                "summary": "{who} {reason} {open} {done} {trouble}",
            }
            | ({"unanswered": self.tasks[-1]} if self.maybe() else {}),
            "ladders": self.ladders(),
            "hours": {"agent": {"zone": "Europe/Madrid", "open": {"mon-fri": "09:00-17:00"}, "closed": "hi"}},
            "prompts": prompts,
        }


def _filled(made: Any) -> Any:
    """Leave out what is empty: the language wants it not to be written at all."""
    if isinstance(made, dict):
        return {name: _filled(value) for name, value in made.items() if value not in ([], {})}
    return [_filled(value) for value in made] if isinstance(made, list) else made


def random_flow(draw: Random) -> Flow:
    """Return a flow that is written rightly, though no sane person would write it."""
    text = json.dumps(_filled(_Making(draw).flow()))
    spanish = {"language": "es", "prompts": {"what": "¿Qué?", "prompt-1": "Rojo o azul {kind}."}}
    gathered = gather(text, "drawn.yaml", "", lambda name: json.dumps(spanish) if name == "es.yaml" else None)
    assert not [problem for problem in gathered.problems if not problem.note], gathered.problems
    return compile_flow(gathered)
