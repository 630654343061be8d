"""
One call, without I/O: joins hearing, understanding, dialogue and speaking.

Feed it what happened and when (seconds on the shell's clock); carry out what it returns, in order; wake
it at `wake_at`. Every decision of a call is taken here or below; the shell in `session` only carries.
"""

from __future__ import annotations

from .caller import Caller
from .conversation import Conversation
from .dialogue.engine import begin
from .dialogue.flow import Flow
from .dialogue.talk import Talk
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
)
from .floor import Floor
from .keypad import Keypad
from .orders import Attend, Fallback, Flush, Order
from .playing import EAR_S
from .slow import Slow
from .turn import Turn
from .vault import Vault

NO_MEDIA_S = 2.0
"""The caller's audio must begin within this time after the media path is up."""


class Call:
    """The state of one call; made by `begin`, or by `resume` when a hand-over reached nobody."""

    def __init__(self, flow: Flow, talk: Talk, *, now: float) -> None:
        self._conversation = Conversation(flow, talk)
        self.expect: Expect | None = None
        self.over = False
        self.moved = False
        """Whether the latest frame may have made `wake_at` earlier."""

        self.keypad = Keypad()
        self._floor = Floor()
        self._caller = Caller(self._conversation, self._floor)
        self._late: set[str] = set()
        self._leaving: HandOver | Leave | None = None
        self._deadlines: dict[str, float] = {"media": now + NO_MEDIA_S}
        self._slow = Slow()

    @classmethod
    def begin(cls, flow: Flow, began: Began, *, now: float) -> tuple[Call, tuple[Order, ...]]:
        """The call is up: greet. FlowError if the flow cannot even begin."""
        talk, effects = begin(flow, began)
        call = cls(flow, talk, now=now)
        call._conversation.happened(began, talk, effects, now=now)
        return call, call._follow(began, effects, now=now)

    @classmethod
    def resume(cls, flow: Flow, talk: Talk, event: Returned, *, now: float) -> tuple[Call, tuple[Order, ...]]:
        """The hand-over reached nobody: go on with the *talk* that was kept."""
        call = cls(flow, talk, now=now)
        return call, call.feed(event, now=now)

    @property
    def flow(self) -> Flow:
        return self._conversation.flow

    @property
    def talk(self) -> Talk:
        return self._conversation.talk

    @property
    def turn(self) -> Turn:
        return self._caller.turn

    @property
    def vault(self) -> Vault:
        return self._conversation.vault

    @property
    def hearing(self) -> bool:
        """Whether the caller's audio matters now; False while a prompt plays that may not be cut."""
        return not self.over and self._leaving is None and self._floor.playing.barge_in

    @property
    def listening(self) -> bool:
        """Whether there may be words in what the caller's line brings right now."""
        return (self.turn.speaking or self._floor.ducked) and self.hearing

    @property
    def secret(self) -> bool:
        """Whether what is said right now, by whomever, may not be kept as sound."""
        expected = self.expect is not None and bool(self.expect.sensitive)
        return expected or any(say.sensitive for say in self._floor.playing.prompts)

    @property
    def wake_at(self) -> float | None:
        if self.over:
            return None
        clocks = (self.keypad, self.turn, self._slow, self._floor, self._floor.playing)
        times = [*self._deadlines.values(), *(clock.wake_at for clock in clocks)]
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

    def frame(
        self, voiced: bool, *, now: float, sounding: bool | None = None, hummed: bool = False
    ) -> tuple[Order, ...]:
        """Take 20 ms of the caller's audio: a voice, (sooner known) what may be one, up to now a mere hum?"""
        self._deadlines.pop("media", None)
        self.moved = False
        if not self.hearing:
            return ()
        self._caller.hums = hummed
        orders = self._caller.frame(voiced, voiced if sounding is None else sounding, now=now)
        self.moved = self._caller.moved
        if self.moved and self.turn.began is not None:
            self._deadlines.pop("silence", None)
        return (*orders, *self._quiet(now=now)) if orders and self.turn.began is None else orders

    def partial(self, text: str, *, now: float) -> tuple[Order, ...]:
        """Take the words the recogniser makes out before it is asked; they may still change."""
        return () if self.over else self._caller.partial(text, now=now)

    def heard(self, flush: str, heard: Heard, *, now: float) -> tuple[Order, ...]:
        """Take the words of one flush."""
        if self.over:
            return ()
        back = self._back("speech", now=now)
        orders = self._caller.heard(flush, heard, now=now)
        return (*back, *orders, *(self._quiet(now=now) if self.turn.began is None else ()))

    def meant(self, asked: str, meaning: Meaning, *, now: float) -> tuple[Order, ...]:
        """Take a meaning: what it leads to is made ready, and happens when the turn is over."""
        if self.over:
            return ()
        back = self._back("understanding", now=now)
        try:
            ready = self._caller.meant(asked, meaning, now=now)
        except FlowError as error:
            return self._give_up(error.code)
        return (*back, *ready, *self._wake_turn(now=now))

    def key(self, key: str, *, now: float) -> tuple[Order, ...]:
        """Take one key of the keypad: it stops what is being said and whatever was being heard."""
        if self.over or self._leaving is not None:
            return ()
        effects = self._floor.key(now=now) if self.hearing else ()
        effects = (*effects, *self._caller.disregard())
        self._deadlines.pop("silence", None)
        return (*effects, *self._keyed(self.keypad.press(key, now=now), now=now), *self._answered(now=now))

    def spoken(self, report: Spoken, *, now: float) -> tuple[Order, ...]:
        """Take the report that a prompt has ended or was cut."""
        told = None if self.over else self._floor.ended(report, now=now)
        if told is None:
            return ()
        return (*self._step(told, now=now), *self._quiet(now=now))

    def wake(self, *, now: float) -> tuple[Order, ...]:
        """Do what is due."""
        effects: tuple[Order, ...] = ()
        rest = (self._wake_deadlines, self._wake_slow)
        for due in (self._wake_turn, self._wake_keypad, self._wake_playing, self._wake_floor, *rest):
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
        self._caller.end_turn()
        return (*self._step(EngineDown(late), now=now), *self._answered(now=now))

    def _back(self, engine: str, *, now: float) -> tuple[Order, ...]:
        """An engine that had been given up has answered after all."""
        if engine not in self._late:
            return ()
        self._late.remove(engine)
        return self._step(EngineUp(engine), now=now)

    def _commit(self, *, now: float) -> tuple[Order, ...]:
        """The turn is over: what was tried now happens."""
        if self._caller.hummed:
            return (*self._caller.dismiss(now=now), *self._quiet(now=now))
        silent, drafted = self.turn.silent, self._conversation.draft is not None
        if drafted:
            self.turn.taken()
            event, effects = self._conversation.commit(now=now)
        self._caller.end_turn()
        self.keypad.drop()
        if drafted:
            return (*self._follow(event, effects, now=now), *self._answered(now=now))
        if silent and not self._floor.playing:
            return (*self._step(Noise(), now=now), *self._answered(now=now))
        return self._quiet(now=now)

    def _answered(self, *, now: float) -> tuple[Order, ...]:
        """The caller has had their turn, or pressed a key: silence must not follow."""
        return () if self.over else self._floor.answered(silent=not self.keypad.busy, now=now)

    # keys and silence --------------------------------------------------------------------------------------

    def _keyed(self, entry: str | None, *, now: float) -> tuple[Order, ...]:
        if entry is None:
            return ()
        return self._step(self._conversation.keyed(entry, self.expect or Expect()), now=now)

    def _wake_keypad(self, *, now: float) -> tuple[Order, ...]:
        if self.keypad.wake_at is None or self.keypad.wake_at > now:
            return ()
        entry = self.keypad.wake()
        if entry is None:  # it was cleared, and nothing came in its place
            return self._go_on(now=now)
        return self._keyed(entry, now=now)

    def _wake_playing(self, *, now: float) -> tuple[Order, ...]:
        effects: tuple[Order, ...] = ()
        for say in self._floor.playing.overdue(now=now):
            effects = (*effects, *self.spoken(Spoken(say.id, 0, False), now=now))
        return effects

    def _wake_floor(self, *, now: float) -> tuple[Order, ...]:
        due = self._floor.wake_at is not None and self._floor.wake_at <= now
        return self._go_on(now=now) if due else ()

    def _go_on(self, *, now: float) -> tuple[Order, ...]:
        return (*self._floor.go_on(now=now), *self._quiet(now=now))

    def _wake_deadlines(self, *, now: float) -> tuple[Order, ...]:
        due = [name for name, time in self._deadlines.items() if time <= now]
        for name in due:
            del self._deadlines[name]
        if "media" in due:
            return self._give_up("no-media")
        return self._step(Silent(), now=now) if "silence" in due else ()

    def _wake_slow(self, *, now: float) -> tuple[Order, ...]:
        effects: tuple[Order, ...] = ()
        for action in self._slow.due(now=now):
            waiting = self.talk.waiting
            awaited = waiting is not None and (waiting.what, waiting.name) == ("action", action)
            # While something is being said nobody waits in silence: that time is left out.
            if awaited and not (self._floor.playing or self.over):
                effects = (*effects, *self._step(ActionSlow(action), now=now))
        return effects

    def _quiet(self, *, now: float) -> tuple[Order, ...]:
        """Nothing is being said any more: leave if that was the last word, else wait for the caller."""
        if self._floor.playing or self.over:
            self._deadlines.pop("silence", None)
            return ()
        settled = self._floor.settle()
        if self._leaving is not None:
            self.over, leaving = True, self._leaving
            return (*settled, self._conversation.keep(), leaving)
        if self.expect is not None and self.turn.began is None and not self.keypad.busy:
            # Prompts end at the caller's ear later than here. A silence that has begun already goes on.
            self._deadlines.setdefault("silence", now + EAR_S + self.expect.silence_ms / 1000)
        return settled

    # steps of the dialogue ----------------------------------------------------------------------------------

    def _step(self, event: Event, *, now: float) -> tuple[Order, ...]:
        try:
            effects = self._conversation.take(event, now=now)
        except FlowError as error:
            return self._give_up(error.code)
        return self._follow(event, effects, now=now)

    def _follow(self, event: Event, effects: tuple[Effect, ...], *, now: float) -> tuple[Order, ...]:
        """Do what the dialogue wants after *event*."""
        done: list[Order] = []
        answers: tuple[Order, ...] = ()
        for effect in effects:
            match effect:
                case Say():
                    self._floor.say(effect, now=now)
                    done.append(effect)
                case Perform() | Query() | Inquire():
                    self._deafen()
                    self._slow.ask(effect.id, effect.slow_ms, now=now)
                    done.append(effect)
                case Listen(expect):
                    self.expect = self._caller.expect = expect
                    self._deadlines.pop("silence", None)
                    if not expect.barge_in:
                        self._floor.playing.protect()
                    done.append(Attend(expect))
                    answers = self._keyed(self.keypad.expect(expect.keys, now=now), now=now)
                case HandOver() | Leave():
                    self._leaving = effect
        if not self.hearing:
            done += (*self._floor.settle(), *self._caller.disregard())
        if isinstance(event, Spoken) and not effects:
            return ()
        return (*done, self._conversation.keep(), *answers, *self._quiet(now=now))

    def _deafen(self) -> None:
        """A backend is at work: no question is open until the next `Listen`."""
        self.expect, self._caller.expect = None, Expect()
        self._deadlines.pop("silence", None)
        self._floor.playing.forget()
        self.keypad.hold()

    def _give_up(self, reason: str) -> tuple[Order, ...]:
        self.over = True
        return (self._conversation.keep(), Fallback("no-media" if reason == "no-media" else "error", reason))
