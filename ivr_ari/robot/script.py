"""
What the robot says to what it hears: rules in a YAML file, and the decision which of them applies.

    name: a refund
    voice: am_adam
    rules:
      - name: opening
        hear: how can i help              # or a list: any of these phrases, roughly
        say: I was charged twice last month and I need a refund
      - hear: account number
        keys: "44192065#"
        secret: true                      # printed as a count only
      - barge_in_ms: 800                  # speaks while a prompt has been playing for so long
        after: opening                    # not before that rule was used
        say: what are your opening hours
      - silence_ms: 6000
        say: could you repeat that please
        times: 2
      - hear: goodbye
        hangup: true

Rules are tried from the top, each may be used `times` times (1; 0 without limit). Recognition of a
synthetic voice over a telephone is imperfect, so a phrase matches when enough of its letters are heard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ..errors import SetupError
from .clips import normalise

__all__ = [
    "GiveUp",
    "Playing",
    "PromptHeard",
    "Quiet",
    "Rule",
    "Script",
    "State",
    "decide",
    "load_script",
    "share",
]

ALIKE = 0.75
"""difflib ratio from which two words count as the same one, misheard."""


class Rule(BaseModel):
    """One reaction; exactly one reason to react, and at most one reaction."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    hear: tuple[str, ...] = ()
    """Phrases, any of them."""
    match: str = ""
    """A regular expression searched in the recognised text instead."""
    silence_ms: int = Field(0, ge=0)
    """Nobody has said anything for so long."""
    barge_in_ms: int = Field(0, ge=0)
    """A prompt has been playing for so long."""
    after: str = ""
    """Name of a rule that must have been used before."""
    times: int = Field(1, ge=0)
    wait_ms: int = Field(0, ge=0)
    """Time to think before reacting."""
    say: str = ""
    voice: str = ""
    keys: str = ""
    hangup: bool = False
    finish: bool = False
    """End the conversation and leave the call up."""
    secret: bool = False
    """What is said or keyed is not printed."""

    @field_validator("hear", mode="before")
    @classmethod
    def _one_phrase_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("match")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as exc:
            raise ValueError(f"no regular expression: {exc}") from exc
        return value

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if sum(map(bool, (self.hear, self.match, self.silence_ms, self.barge_in_ms))) != 1:
            raise ValueError("needs one of hear, match, silence_ms, barge_in_ms")
        if sum(map(bool, (self.say, self.keys, self.hangup, self.finish))) > 1:
            raise ValueError("has more than one of say, keys, hangup, finish")
        return self


class Script(BaseModel):
    """A conversation's rules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    voice: str = ""
    pause_ms: int = Field(700, ge=100)
    """Silence after which a prompt is taken to be over."""
    patience_ms: int = Field(15_000, ge=1000)
    """Silence of both sides after which the robot gives up."""
    sure: float = Field(0.7, gt=0, le=1)
    """Share of a phrase's letters that must be heard."""
    rules: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _after_names_a_rule(self) -> Self:
        names = {rule.name for rule in self.rules}
        if strangers := sorted({rule.after for rule in self.rules if rule.after} - names):
            raise ValueError(f"after names no rule: {', '.join(strangers)}")
        return self

    def title(self, index: int) -> str:
        """Return a rule's name, or what makes it apply."""
        rule = self.rules[index]
        return rule.name or " / ".join(rule.hear) or rule.match or f"rule {index + 1}"


def load_script(path: Path) -> Script:
    """Read a script; SetupError ``robot.script`` lists everything wrong with it."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Script.model_validate(content)
    except OSError as exc:
        raise SetupError("robot.script", path=str(path), hint=exc.strerror or "cannot be read") from exc
    except yaml.YAMLError as exc:
        raise SetupError("robot.script", path=str(path), hint=f"no YAML: {exc}") from exc
    except ValidationError as exc:
        found = [f"{'.'.join(map(str, e['loc'])) or 'script'}: {e['msg']}" for e in exc.errors()]
        raise SetupError("robot.script", path=str(path), problems=found, hint="; ".join(found)) from exc


# --- deciding ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PromptHeard:
    """A prompt is over and was recognised as *text*."""

    text: str


@dataclass(frozen=True, slots=True)
class Playing:
    """A prompt has been playing for *ms*."""

    ms: float


@dataclass(frozen=True, slots=True)
class Quiet:
    """Neither side has made a sound for *ms*."""

    ms: float


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The silence was too long for any rule."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a conversation has come."""

    used: tuple[int, ...] = ()
    """Index of each rule used, in order."""

    text: str = ""
    """What was heard since the robot last did something: a prompt may come in pieces."""


def decide(
    script: Script, state: State, event: PromptHeard | Playing | Quiet
) -> tuple[State, Rule | GiveUp | None]:
    """Return the first rule that applies, None to go on listening."""
    if isinstance(event, PromptHeard):
        state = replace(state, text=f"{state.text} {normalise(event.text)}".strip())
    for index, rule in enumerate(script.rules):
        if _may(script, state, index) and _applies(script, state, rule, event):
            return State((*state.used, index)), rule
    if isinstance(event, Quiet) and event.ms >= script.patience_ms:
        return state, GiveUp()
    return state, None


def unused(script: Script, state: State) -> tuple[str, ...]:
    """Return the rules that were expected to be used and were not: those without a condition of silence."""
    return tuple(
        script.title(index)
        for index, rule in enumerate(script.rules)
        if index not in state.used and not rule.silence_ms and rule.times
    )


def _may(script: Script, state: State, index: int) -> bool:
    rule = script.rules[index]
    if rule.times and state.used.count(index) >= rule.times:
        return False
    return not rule.after or any(script.rules[earlier].name == rule.after for earlier in state.used)


def _applies(script: Script, state: State, rule: Rule, event: PromptHeard | Playing | Quiet) -> bool:
    match event:
        case PromptHeard():
            if rule.match:
                return re.search(rule.match, state.text) is not None
            return any(share(phrase, state.text) >= script.sure for phrase in rule.hear)
        case Playing(ms):
            return 0 < rule.barge_in_ms <= ms
        case Quiet(ms):
            return 0 < rule.silence_ms <= ms


def share(phrase: str, text: str) -> float:
    """Return what share of a phrase's letters stands in words that are heard, or in words much like them."""
    wanted, heard = normalise(phrase).split(), normalise(text).split()
    found = sum(len(word) for word in wanted if any(_alike(word, other) for other in heard))
    return found / max(1, sum(map(len, wanted)))


def _alike(word: str, other: str) -> bool:
    return word == other or SequenceMatcher(None, word, other).ratio() >= ALIKE
