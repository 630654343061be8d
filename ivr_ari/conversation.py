"""
The dialogue of one call: steps that are taken, a step that is only tried, and what is to be written down.

A step is tried on what the caller has said so far while nobody knows yet whether that was all. Nothing of it
happens before `commit`; `drop` leaves no trace of it, not even its digits in the vault.
"""

from __future__ import annotations

from dataclasses import dataclass

from .dialogue.engine import step
from .dialogue.flow import Flow
from .dialogue.slots import HIDDEN, checks
from .dialogue.talk import Talk
from .events import Effect, Event, Expect, Heard, Keyed, Meaning, Say, Understood
from .orders import Keep, Line
from .vault import NEVER_PLAIN, Vault, shield, withhold

__all__ = ["Conversation", "Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A dialogue step tried on what the caller has said so far; nothing of it has happened yet."""

    event: Understood
    line: Line
    talk: Talk
    effects: tuple[Effect, ...]


class Conversation:
    """Where the call is in its flow. Steps raise FlowError, and have then changed nothing."""

    def __init__(self, flow: Flow, talk: Talk) -> None:
        self.flow = flow
        self.talk = talk
        self.vault = Vault(checks(flow))
        self.draft: Draft | None = None
        self._sensitivities = {name: slot.sensitivity for name, slot in flow.slots.items()}
        self._plain = {name for name, slot in flow.slots.items() if slot.type not in HIDDEN}
        self._lines: tuple[Line, ...] = ()
        self._events: tuple[tuple[float, Event], ...] = ()
        self._untried = 0

    def take(self, event: Event, *, now: float) -> tuple[Effect, ...]:
        """Move the call by one event."""
        talk, effects = step(self.flow, self.talk, event)
        if self.draft is not None and talk != self.talk:
            # What was tried on the old state would undo this step: try it on the new one.
            tried = step(self.flow, talk, self.draft.event)
            self.draft = Draft(self.draft.event, self.draft.line, *tried)
        return self.happened(event, talk, effects, now=now)

    def attempt(self, heard: Heard, meaning: Meaning, expect: Expect, *, now: float) -> Draft:
        """Try what would follow if the caller had said no more than *heard*."""
        self.drop()
        self._untried = self.vault.count
        meaning, words = shield(heard, meaning, expect, self._sensitivities, self.vault, self._plain)
        words = withhold(words, meaning, self.flow.withheld)
        event = Understood(meaning, words, heard.confidence)
        self.draft = Draft(event, Line(now, "caller", words), *step(self.flow, self.talk, event))
        return self.draft

    def commit(self, *, now: float) -> tuple[Event, tuple[Effect, ...]]:
        """What was tried happens."""
        draft, self.draft = self.draft, None
        assert draft is not None
        self._lines = (*self._lines, draft.line)
        return draft.event, self.happened(draft.event, draft.talk, draft.effects, now=now)

    def drop(self) -> None:
        """Forget what was tried."""
        if self.draft is not None:
            self.draft = None
            self.vault.back_to(self._untried)

    def happened(
        self, event: Event, talk: Talk, effects: tuple[Effect, ...], *, now: float
    ) -> tuple[Effect, ...]:
        """Write down an event and where it has led."""
        self.talk = talk
        self._events = (*self._events, (now, event))
        said = (effect for effect in effects if isinstance(effect, Say))
        lines = (Line(now, "ivr", "(…)" if say.sensitive else say.text) for say in said)
        self._lines = (*self._lines, *lines)
        return effects

    def keyed(self, entry: str, expect: Expect) -> Keyed:
        """Return an entry of the keypad as the dialogue may see it."""
        # A person can be keyed for anywhere; any other lone key may be a digit of what is secret.
        person = self.flow.anywhere.get("person")
        plain = expect.slot in self._plain and expect.sensitive not in NEVER_PLAIN
        if not expect.sensitive or plain or (person is not None and entry == person.key):
            return Keyed(entry)
        return Keyed(self.vault.put(entry, expect.sensitive, expect.slot))

    def keep(self) -> Keep:
        """Return what is to be written: the state, and what was added since the last time."""
        kept = Keep(self.talk, self._lines, self._events)
        self._lines, self._events = (), ()
        return kept
