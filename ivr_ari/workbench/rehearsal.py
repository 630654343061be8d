"""
A call without a telephone: the real `Call` on a clock of its own, fed with words, keys and silence.

Everything that decides in a call decides here too: when a turn is over, what is typed ahead, what is
secret, how a prompt that was cut is taken. Only audio, and the waiting, is left out, so that a rehearsal
takes no time and always comes out the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from ..call import Call
from ..dialogue.flow import Flow
from ..dialogue.talk import Talk
from ..errors import CallerError
from ..events import (
    Action,
    ActionDone,
    ActionFailed,
    Began,
    EngineDown,
    EngineUp,
    Event,
    Expect,
    HandOver,
    Heard,
    Hungup,
    Inquire,
    Leave,
    Meaning,
    Pause,
    Perform,
    Query,
    Returned,
    Say,
    Silent,
    Spoken,
)
from ..orders import Fallback, Flush, GoOn, Keep, Order, StopPlaying, Understand
from ..playing import EAR_S
from ..vault import LONGEST_PLAIN
from .answered import Backend, Pending, action_name
from .transcript import Said, as_spoken

__all__ = ["Ending", "Rehearsal", "Understanding"]

Understanding = Callable[[Heard, Expect, str], Meaning]
"""What is heard, what is expected, the ISO date of the call."""

Ending = HandOver | Leave | Fallback

FRAME_S = 0.02
VOICED_FRAMES, QUIET_FRAMES = 20, 12
"""Enough for the endpointer to hear a turn begin and pause."""

CHARACTER_MS = 60
"""Prompts take about so long, by the length of their text."""

MOST_WAKES = 50
"""More timers than this without what is waited for: it is not going to come."""


class Rehearsal:
    """
    One call, from its greeting on.

    Each turn is a method; CallerError ``rehearsal.*`` tells that no caller could do that there. *settle*
    False leaves prompts unheard, to be cut by the turn that follows.
    """

    def __init__(
        self,
        flow: Flow,
        began: Began,
        understand: Understanding,
        backend: Backend,
        *,
        settle: bool = True,
        tell: Callable[[Said], None] = lambda said: None,
    ) -> None:
        self.flow, self.today = flow, began.today
        self.said: list[Said] = []
        self.actions: list[str] = []
        """Actions asked for, by name, in order."""

        self.ending: Ending | None = None
        self.events: list[Event] = []
        self.now = 0.0
        self._understand, self._backend, self._tell = understand, backend, tell
        self._heard = Heard()
        self._meaning: Meaning | None = None
        self._playing: list[Say] = []
        self._unsaid = ""
        """What the caller says, until the transcript tells which of these words are secret."""

        self._cut: tuple[str, float] = ("", 0.0)
        self._spoke_at = 0.0
        self._pending: list[Pending] = []
        self._before: tuple[Pending, ...] = ()
        """Requests that were not answered when this turn began."""

        self._todo: deque[Order] = deque()
        self._carrying = False
        self.call, orders = Call.begin(flow, began, now=self.now)
        self._carry(orders)
        self._carry(self.call.frame(False, now=self.now))
        self.settle(prompts=settle)

    @property
    def talk(self) -> Talk:
        return self.call.talk

    @property
    def waiting_for_backend(self) -> bool:
        return bool(self._pending)

    # turns of the caller --------------------------------------------------------------------------------

    def utter(self, heard: Heard, meaning: Meaning | None = None, *, settle: bool = True) -> None:
        """Say something: *meaning* in place of what understanding would make of it. No words are noise."""
        self._open()
        self._unsaid = "(…)" if self._secret() else heard.text
        if not heard.words:
            self._line("caller", "(noise)")
            self._unsaid = ""
        self._heard, self._meaning = heard, meaning
        self._spoke_at = self.now
        try:
            self._frames(VOICED_FRAMES, voiced=True)
            if self.call.turn.began is None:
                raise CallerError(
                    "rehearsal.deaf", hint="nobody listens while this is said: it cannot be cut"
                )
            self._frames(QUIET_FRAMES, voiced=False)
            self._wake_until(lambda: self.call.turn.began is None, "rehearsal.endless-turn")
        finally:
            self._uttered(self._unsaid)  # a turn that came to nothing is in no transcript
        self._turn_over(settle)

    def press(self, keys: str, *, settle: bool = True) -> None:
        """Press keys one after the other; the pause afterwards ends an unfinished entry."""
        self._open()
        hidden = self._secret() or sum(key.isdecimal() for key in keys) > LONGEST_PLAIN
        self._line("keys", f"({len(keys)} keys)" if hidden else keys)
        for key in keys:
            self._spoke_at = self.now = self.now + 0.1
            self._carry(self.call.key(key, now=self.now))
        self._wake_until(lambda: not self.call.keypad.busy, "rehearsal.endless-entry")
        self._turn_over(settle)

    def keep_silent(self, *, settle: bool = True) -> None:
        """Say nothing for as long as the question allows."""
        self._open()
        self._line("caller", "(silence)")
        before = self._silences
        self._wake_until(lambda: self._silences > before or self.call.over, "rehearsal.no-silence")
        self._turn_over(settle)

    def hang_up(self) -> None:
        self._open()
        self._line("caller", "(hangs up)")
        self._carry(self.call.feed(Hungup(), now=self.now))
        self._turn_over(settle=True)

    def come_back(self, outcome: str, *, settle: bool = True) -> None:
        """The hand-over reached nobody. A service that has let go of a call has lost its secrets."""
        if not isinstance(self.ending, HandOver):
            raise CallerError("rehearsal.not-handed", hint="only a call that was handed over comes back")
        self._line("pbx", f"({outcome})")
        self.ending = None
        self.call, orders = Call.resume(self.flow, self.talk, Returned(outcome), now=self.now)
        self._carry(orders)
        self._carry(self.call.frame(False, now=self.now))
        self.settle(prompts=settle)

    def engine(self, name: str, *, up: bool, settle: bool = True) -> None:
        """An engine dies, or works again."""
        self._open()
        self._line(name, "(works again)" if up else "(has died)")
        self._carry(self.call.feed(EngineUp(name) if up else EngineDown(name), now=self.now))
        self._turn_over(settle)

    def interrupt(self, prompt: str, heard: float) -> None:
        """The turn to come cuts *prompt* of which the share *heard* was heard; those before it were whole."""
        names = [say.prompt for say in self._playing]
        if prompt not in names:
            raise CallerError(
                "rehearsal.not-said", prompt=prompt, hint=f"being said is {', '.join(names) or 'nothing'}"
            )
        while self._playing[0].prompt != prompt:
            self._report(self._playing[0], 1.0)
        self._cut = (prompt, heard)

    def settle(self, *, prompts: bool = True) -> None:
        """Let backends answer, and what is said be heard to its end (unless *prompts* is False)."""
        while True:
            if due := next((one for one in self._pending if not one.turns), None):
                self._pending.remove(due)
                self._answer(due)
            elif prompts and self._playing:
                self._finish_prompts()
            else:
                return

    # what is done about it -------------------------------------------------------------------------------

    def _line(self, who: str, words: str, prompt: str = "") -> None:
        self.said.append(Said(who, words, prompt))
        self._tell(self.said[-1])

    def _uttered(self, words: str) -> None:
        """Tell what the caller has said, if it is not told yet."""
        if self._unsaid:
            self._unsaid = ""
            self._line("caller", words)

    def _open(self) -> None:
        """A turn begins."""
        if self.ending is not None or self.call.over:
            raise CallerError("rehearsal.over", hint="the call is over by then")
        if not self._cut[0]:
            self.settle()
        self._before = tuple(self._pending)

    def _turn_over(self, settle: bool) -> None:
        self._cut = ("", 0.0)
        for one in self._before:
            one.turns = max(0, one.turns - 1)
        self.settle(prompts=settle)

    @property
    def _silences(self) -> int:
        return sum(isinstance(event, Silent) for event in self.events)

    def _secret(self) -> bool:
        return self.call.expect is not None and bool(self.call.expect.sensitive)

    def _frames(self, count: int, *, voiced: bool) -> None:
        for _ in range(count):
            self.now += FRAME_S
            self._carry(self.call.frame(voiced, now=self.now))

    def _wake_until(self, done: Callable[[], bool], code: str) -> None:
        for _ in range(MOST_WAKES):
            if done():
                return
            if self.call.wake_at is None:
                break
            self.now = max(self.now, self.call.wake_at)
            self._carry(self.call.wake(now=self.now))
        raise CallerError(code, hint="nothing is waited for" if self.call.expect is None else "it never came")

    def _carry(self, orders: Iterable[Order]) -> None:
        """Carry orders out in their order, those that come of them last, as the shell does."""
        orders = tuple(orders)
        for line in (line for order in orders if isinstance(order, Keep) for line in order.lines):
            if line.who == "caller":  # the transcript is kept behind the answer, but comes before it
                self._uttered(line.words)
        self._todo.extend(orders)
        if self._carrying:
            return
        self._carrying = True
        try:
            while self._todo:
                self._do(self._todo.popleft())
        finally:
            self._carrying = False

    def _do(self, order: Order | Action) -> None:
        match order:
            case Say():
                self._playing.append(order)
                self._line("ivr", as_spoken(order, int(self.today[:4])), order.prompt)
            case GoOn(say):
                self._playing.append(say)
            case StopPlaying():
                for say in tuple(self._playing):
                    self._report(say, self._cut[1] if say.prompt == self._cut[0] else 0.0)
            case Flush(name):
                self._carry(self.call.heard(name, self._heard, now=self.now))
            case Understand(name, heard, expect):
                meaning = self._meaning or self._understand(heard, expect, self.today)
                self._carry(self.call.meant(name, meaning, now=self.now))
            case Perform() | Query() | Inquire():
                name = action_name(self.flow, self.talk, order)
                self.actions.append(name)
                reply = self._backend(name, order, self.call.vault)
                self._pending.append(Pending(order.id, reply, reply.turns, order.slow_ms))
            case Keep(_, _, events):
                self.events += [event for _, event in events]
            case HandOver() | Leave() | Fallback():
                self.ending = order

    def _finish_prompts(self) -> None:
        while self._playing:
            self._report(self._playing[0], 1.0)

    def _report(self, say: Say, share: float) -> None:
        self._playing.remove(say)
        pauses = sum(part.pause_ms for part in say.parts if isinstance(part, Pause))
        total = CHARACTER_MS * len(say.text) + pauses
        heard_ms = round(total * share)
        if share < 1.0:  # of what was sent by now the caller has not heard what they spoke into
            heard_ms += round(1000 * (self.now - self._spoke_at + EAR_S))
        report = Spoken(say.id, heard_ms, share == 1.0, total)
        self._carry(self.call.spoken(report, now=self.now))

    def _answer(self, due: Pending) -> None:
        reply = due.reply
        for _ in range(reply.slow if due.slow_ms else 0):
            self._finish_prompts()  # nobody waits in silence while something is being said
            self.now += due.slow_ms / 1000
            self._carry(self.call.wake(now=self.now))
        failed = ActionFailed(due.id, reply.code, reply.status)
        event = failed if reply.answer is None else ActionDone(due.id, reply.answer)
        self._carry(self.call.feed(event, now=self.now))
