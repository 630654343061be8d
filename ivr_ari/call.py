"""
One call, without I/O: joins hearing, understanding, dialogue and speaking.

Feed it what happened and when (seconds on the shell's clock); carry out what it returns, in order; wake
it at `wake_at`. Every decision of a call is taken here or below; the shell in `session` only carries.
"""

from __future__ import annotations

from .dialogue.engine import begin, step
from .dialogue.flow import Flow
from .dialogue.slots import HIDDEN, checks
from .dialogue.talk import Talk
from .dialogue.turn import verdict
from .errors import FlowError
from .events import (
    ActionDone,
    ActionFailed,
    ActionSlow,
    Began,
    Effect,
    EngineDown,
    EngineUp,
    Event,
    Expect,
    HandOver,
    Heard,
    Hungup,
    Inquire,
    Keyed,
    Leave,
    Listen,
    Meaning,
    Noise,
    Perform,
    Query,
    Returned,
    Say,
    Silent,
    Spoken,
    Understood,
)
from .keypad import Keypad
from .orders import Attend, Disregard, Fallback, Flush, Keep, Line, Order, Prepare, StopPlaying, Understand
from .slow import Slow
from .speech.endpointer import Endpointer, Paused, Resumed, VoiceBegan
from .turn import Draft, Turn
from .vault import NEVER_PLAIN, Vault, shield, withhold

NO_MEDIA_S = 2.0
"""The caller's audio must begin within this time after the media path is up."""

PROMPT_S = 60.0
"""A prompt that has not been reported as spoken after this long is taken for spoken."""


class Call:
    """The state of one call; made by `begin`, or by `resume` when a hand-over reached nobody."""

    def __init__(self, flow: Flow, talk: Talk, *, now: float) -> None:
        self.flow = flow
        self.talk = talk
        self.vault = Vault(checks(flow))
        self._sensitivities = {name: slot.sensitivity for name, slot in flow.slots.items()}
        self._plain = {name for name, slot in flow.slots.items() if slot.type not in HIDDEN}
        self.expect: Expect | None = None
        self.over = False
        self.keypad = Keypad()
        self.turn = Turn()
        self.ear = Endpointer()
        self._draft: Draft | None = None
        self._playing: tuple[Say, ...] = ()
        self._late: set[str] = set()
        self._leaving: HandOver | Leave | None = None
        self._deadlines: dict[str, float] = {"media": now + NO_MEDIA_S}
        self._slow = Slow()
        self._lines: tuple[Line, ...] = ()
        self._events: tuple[tuple[float, Event], ...] = ()

    @classmethod
    def begin(cls, flow: Flow, began: Began, *, now: float) -> tuple[Call, tuple[Order, ...]]:
        """The call is up: greet. FlowError if the flow cannot even begin."""
        talk, effects = begin(flow, began)
        call = cls(flow, talk, now=now)
        return call, call._happened(began, talk, effects, now=now)

    @classmethod
    def resume(cls, flow: Flow, talk: Talk, event: Returned, *, now: float) -> tuple[Call, tuple[Order, ...]]:
        """The hand-over reached nobody: go on with the *talk* that was kept."""
        call = cls(flow, talk, now=now)
        return call, call.feed(event, now=now)

    @property
    def hearing(self) -> bool:
        """Whether the caller's audio matters now; False while a prompt plays that may not be cut."""
        return not self.over and self._leaving is None and all(say.barge_in for say in self._playing)

    @property
    def wake_at(self) -> float | None:
        if self.over:
            return None
        times = [*self._deadlines.values(), self.keypad.wake_at, self.turn.wake_at, self._slow.wake_at]
        return min((time for time in times if time is not None), default=None)

    # what happens ----------------------------------------------------------------------------------------

    def feed(self, event: Event, *, now: float) -> tuple[Order, ...]:
        """Take an event that concerns the dialogue as it is (everything but words, keys and prompts)."""
        if self.over:
            return ()
        if isinstance(event, ActionDone | ActionFailed) and not self._slow.answered(event.id):
            return ()
        if isinstance(event, Hungup):
            self._leaving = None
        effects = self._step(event, now=now)
        if isinstance(event, Hungup):
            self.over = True
        return effects

    def frame(self, voiced: bool, *, now: float) -> tuple[Order, ...]:
        """Take 20 ms of the caller's audio: was it voice?"""
        self._deadlines.pop("media", None)
        if not self.hearing:
            return ()
        match self.ear.frame(voiced):
            case VoiceBegan():
                self.turn.begin(now=now)
                self._deadlines.pop("silence", None)
                return (StopPlaying(),) if self._playing else ()
            case Paused(at_ms):
                quiet = (self.ear.audio_ms - at_ms) / 1000
                return (Flush(self.turn.pause(since=now - quiet, now=now)),)
            case Resumed():
                self.turn.resume()
                self._draft = None
                return ()
            case None:
                return ()

    def heard(self, flush: str, heard: Heard, *, now: float) -> tuple[Order, ...]:
        """Take the words of one flush."""
        if self.over:
            return ()
        back = self._back("speech", now=now)
        if not self.turn.heard(flush, heard):
            return back
        asked = self.turn.ask()
        return (*back, Understand(asked, self.turn.words, self.expect or Expect())) if asked else back

    def meant(self, asked: str, meaning: Meaning, *, now: float) -> tuple[Order, ...]:
        """Take a meaning: try the step it would cause, and decide when the turn is over."""
        if self.over:
            return ()
        back = self._back("understanding", now=now)
        if not self.turn.meant(asked):
            return back
        expect = self.expect or Expect()
        meaning, words = shield(
            self.turn.words, meaning, expect, self._sensitivities, self.vault, self._plain
        )
        words = withhold(words, meaning, self.flow.withheld)
        event = Understood(meaning, words, self.turn.words.confidence)
        try:
            talk, effects = step(self.flow, self.talk, event)
        except FlowError as error:
            return self._give_up(error.code)
        self._draft = Draft(event, Line(now, "caller", words), talk, effects)
        self.turn.judge(verdict(self.flow, self.talk, meaning, words), patience_s=expect.patience_ms / 1000)
        if self.turn.wake_at is not None and self.turn.wake_at <= now:
            return (*back, *self.wake(now=now))
        return (*back, *(Prepare(effect) for effect in effects if isinstance(effect, Say)))

    def key(self, key: str, *, now: float) -> tuple[Order, ...]:
        """Take one key of the keypad: it stops what is being said and whatever was being heard."""
        if self.over or self._leaving is not None:
            return ()
        effects: tuple[Order, ...] = (StopPlaying(),) if self._playing and self.hearing else ()
        if self.turn.began is not None:
            effects = (*effects, Disregard())
            self._end_turn()
        self._deadlines.pop("silence", None)
        return (*effects, *self._keyed(self.keypad.press(key, now=now), now=now))

    def spoken(self, report: Spoken, *, now: float) -> tuple[Order, ...]:
        """Take the report that a prompt has ended or was cut."""
        if self.over or all(say.id != report.id for say in self._playing):
            return ()
        self._playing = tuple(say for say in self._playing if say.id != report.id)
        effects = self._step(report, now=now)
        return (*effects, *self._quiet(now=now))

    def wake(self, *, now: float) -> tuple[Order, ...]:
        """Do what is due."""
        effects: tuple[Order, ...] = ()
        for due in (self._wake_turn, self._wake_keypad, self._wake_deadlines, self._wake_slow):
            if not self.over:
                effects = (*effects, *due(now=now))
        return effects

    # turns -----------------------------------------------------------------------------------------------

    def _wake_turn(self, *, now: float) -> tuple[Order, ...]:
        if self.turn.wake_at is None or self.turn.wake_at > now:
            return ()
        if self.turn.quiet_since is None:
            return (Flush(self.turn.cut(now=now)),)
        if self.turn.over:
            return self._commit(now=now)
        late = self.turn.late or "speech"
        self._late.add(late)
        self._end_turn()
        return self._step(EngineDown(late), now=now)

    def _back(self, engine: str, *, now: float) -> tuple[Order, ...]:
        """An engine that had been given up has answered after all."""
        if engine not in self._late:
            return ()
        self._late.remove(engine)
        return self._step(EngineUp(engine), now=now)

    def _commit(self, *, now: float) -> tuple[Order, ...]:
        """The turn is over: what was tried now happens."""
        draft, silent = self._draft, self.turn.silent
        self._end_turn()
        self.keypad.drop()
        if draft is None:
            return self._step(Noise(), now=now) if silent else ()
        if draft.line:
            self._lines = (*self._lines, draft.line)
        return self._happened(draft.event, draft.talk, draft.effects, now=now)

    def _end_turn(self) -> None:
        self.turn.clear()
        self.ear.end_turn()
        self._draft = None

    # keys and silence --------------------------------------------------------------------------------------

    def _keyed(self, entry: str | None, *, now: float) -> tuple[Order, ...]:
        if entry is None:
            return ()
        expect = self.expect or Expect()
        # A person can be keyed for anywhere; any other lone key may be a digit of what is secret.
        person = self.flow.anywhere.get("person")
        plain = expect.slot in self._plain and expect.sensitive not in NEVER_PLAIN
        if not expect.sensitive or plain or (person is not None and entry == person.key):
            return self._step(Keyed(entry), now=now)
        return self._step(Keyed(self.vault.put(entry, expect.sensitive, expect.slot)), now=now)

    def _wake_keypad(self, *, now: float) -> tuple[Order, ...]:
        if self.keypad.wake_at is None or self.keypad.wake_at > now:
            return ()
        return self._keyed(self.keypad.wake(), now=now)

    def _wake_deadlines(self, *, now: float) -> tuple[Order, ...]:
        due = [name for name, time in self._deadlines.items() if time <= now]
        for name in due:
            del self._deadlines[name]
        if "media" in due:
            return self._give_up("no-media")
        effects: tuple[Order, ...] = ()
        if "prompt" in due:
            for say in self._playing:
                effects = (*effects, *self.spoken(Spoken(say.id, 0, False), now=now))
        if "silence" in due:
            effects = (*effects, *self._step(Silent(), now=now))
        return effects

    def _wake_slow(self, *, now: float) -> tuple[Order, ...]:
        effects: tuple[Order, ...] = ()
        for action in self._slow.due(now=now):
            waiting = self.talk.waiting
            awaited = waiting is not None and (waiting.what, waiting.name) == ("action", action)
            # While something is being said nobody waits in silence: that time is left out.
            if awaited and not (self._playing or self.over):
                effects = (*effects, *self._step(ActionSlow(action), now=now))
        return effects

    def _quiet(self, *, now: float) -> tuple[Order, ...]:
        """Nothing is being said any more: leave if that was the last word, else wait for the caller."""
        if self._playing or self.over:
            return ()
        self._deadlines.pop("prompt", None)
        if self._leaving is not None:
            self.over, leaving = True, self._leaving
            return (*self._keep(), leaving)
        if self.expect is not None and self.turn.began is None and not self.keypad.busy:
            self._deadlines["silence"] = now + self.expect.silence_ms / 1000
        return ()

    # steps of the dialogue ----------------------------------------------------------------------------------

    def _step(self, event: Event, *, now: float) -> tuple[Order, ...]:
        try:
            talk, effects = step(self.flow, self.talk, event)
            if self._draft is not None and talk != self.talk:
                # What was tried on the old state would undo this step: try it on the new one.
                tried = step(self.flow, talk, self._draft.event)
                self._draft = Draft(self._draft.event, self._draft.line, *tried)
        except FlowError as error:
            return self._give_up(error.code)
        return self._happened(event, talk, effects, now=now)

    def _happened(
        self, event: Event, talk: Talk, effects: tuple[Effect, ...], *, now: float
    ) -> tuple[Order, ...]:
        self.talk = talk
        self._events = (*self._events, (now, event))
        done: list[Order] = []
        answers: tuple[Order, ...] = ()
        for effect in effects:
            match effect:
                case Say():
                    self._playing = (*self._playing, effect)
                    self._deadlines["prompt"] = now + PROMPT_S
                    self._lines = (*self._lines, Line(now, "ivr", "(…)" if effect.sensitive else effect.text))
                    done.append(effect)
                case Perform() | Query() | Inquire():
                    self._deafen()
                    self._slow.ask(effect.id, effect.slow_ms, now=now)
                    done.append(effect)
                case Listen(expect):
                    self.expect = expect
                    done.append(Attend(expect))
                    answers = self._keyed(self.keypad.expect(expect.keys, now=now), now=now)
                case HandOver() | Leave():
                    self._leaving = effect
        if self.turn.began is not None and not self.hearing:
            self._end_turn()
            done.append(Disregard())
        if isinstance(event, Spoken) and not effects:
            return ()
        return (*done, *self._keep(), *answers, *self._quiet(now=now))

    def _deafen(self) -> None:
        """A backend is at work: no question is open until the next `Listen`."""
        self.expect = None
        self._deadlines.pop("silence", None)
        self.keypad.hold()

    def _keep(self) -> tuple[Order, ...]:
        kept = Keep(self.talk, self._lines, self._events)
        self._lines, self._events = (), ()
        return (kept,)

    def _give_up(self, reason: str) -> tuple[Order, ...]:
        self.over = True
        return (*self._keep(), Fallback("no-media" if reason == "no-media" else "error", reason))
