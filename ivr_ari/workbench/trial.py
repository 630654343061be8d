"""
A conversation of a flow's tests held with it: what was expected, what came, and where it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..dialogue.flow import Flow
from ..dialogue.talk import Filled
from ..errors import CallerError
from ..events import Action, Began, HandOver, Heard, Json, Leave, Meaning, Request, Secret, Value, Word
from ..language.load_tests import Conversation
from ..language.written_tests import Ends, Means, Turn
from ..orders import Fallback
from ..vault import Vault
from .answered import Backend, Reply
from .rehearsal import Rehearsal, Understanding
from .transcript import Said, heard_words, transcript

__all__ = ["Failure", "Trial", "canned", "needs_understanding", "rehearse", "reply_of"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that came out differently."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one conversation; the first turn with failures is the last that was held."""

    conversation: Conversation
    failures: tuple[Failure, ...]
    said: tuple[Said, ...]

    @property
    def passed(self) -> bool:
        return not self.failures

    def __str__(self) -> str:
        """The failures, and the conversation up to them."""
        lines = [f"{self.conversation.file}:{self.conversation.line}: {self.conversation}"]
        lines += [f"  line {failure.line}: {failure.text}" for failure in self.failures]
        return "\n".join([*lines, *transcript(self.said)])


def needs_understanding(conversation: Conversation) -> bool:
    """Whether any of its turns is words."""
    return any(turn.caller is not None for turn in conversation.test.turns)


def rehearse(flow: Flow, conversation: Conversation, understand: Understanding) -> Trial:
    """Hold a conversation with *flow*."""
    held = Held(flow, conversation, understand)
    failures = next((found for found in held.check() if found), ())
    return Trial(conversation, tuple(failures), tuple(held.said))


class Held:
    """One conversation being held."""

    def __init__(self, flow: Flow, conversation: Conversation, understand: Understanding) -> None:
        self.conversation, self.test = conversation, conversation.test
        self.flow = flow if self.test.heard else replace(flow, heard=())
        self.understand = understand
        self.said: list[Said] = []

    def check(self) -> Iterator[list[Failure]]:
        """Hold it; yield the failures of the greeting, of each turn, and of the end."""
        test = self.test
        began = Began(
            test.today,
            test.language or self.flow.language,
            test.facts,
            now=test.now or f"{test.today}T10:30:00",
            known=test.known,
        )
        call = Rehearsal(self.flow, began, self.understand, canned(test.backend), settle=not self._cuts(0))
        self.said = call.said
        line = self.conversation.line
        yield [self._failure(line, text) for text in _told(test.says, test.hears, (), call.said)]
        for number, turn in enumerate(test.turns):
            yield self._turn(call, number, turn)
        yield [self._failure(line, text) for text in self._at_end(call)]

    def _cuts(self, number: int) -> bool:
        """Whether turn *number* is a `cut`: what is being said then must not have been heard yet."""
        return number < len(self.test.turns) and self.test.turns[number].cut is not None

    def _turn(self, call: Rehearsal, number: int, turn: Turn) -> list[Failure]:
        said, done = len(call.said), len(call.actions)
        line = self.conversation.lines[number]
        try:
            _take(call, turn, settle=not self._cuts(number + 1))
        except CallerError as error:
            return [self._failure(line, str(error))]
        wrong = [*_told(turn.says, (*turn.hears,), turn.hears_not, call.said[said:])]
        wrong += _differs("does", turn.does, tuple(call.actions[done:]))
        wrong += _differs("agenda", turn.agenda, tuple(call.talk.agenda))
        wrong += _differs("asks", turn.asks, asked(call))
        for slot, value in turn.fills.items():
            wrong += _differs(f"slot {slot}", value, _shown(call.talk.slots.get(slot, "")))
        return [self._failure(line, text) for text in wrong]

    def _at_end(self, call: Rehearsal) -> Iterator[str]:
        if self.test.ends is not None:
            yield from _ended(self.test.ends, call)
        elif isinstance(call.ending, Fallback):
            yield f"the call broke down: {call.ending.reason}"
        ended = call.talk.outcomes
        for task in self.test.done:
            yield from _differs(f"task {task}", "done", ended.get(task, "not begun or under way"))
        yield from _differs("performed", self.test.performed, tuple(call.actions))

    def _failure(self, line: int, text: str) -> Failure:
        return Failure(self.conversation.file, line, text)


def _take(call: Rehearsal, turn: Turn, *, settle: bool) -> None:
    """Do what the caller, or the world, does in this turn."""
    if turn.caller is not None:
        call.utter(heard_words(turn.caller, turn.confidence), settle=settle)
    elif turn.means is not None:
        heard = Heard((Word("(meaning)", confidence=turn.confidence),))
        call.utter(heard, _meaning(turn.means), settle=settle)
    elif turn.keys is not None:
        call.press(turn.keys, settle=settle)
    elif turn.cut is not None:
        call.interrupt(turn.cut.prompt, turn.cut.heard)
    elif turn.hangs_up:
        call.hang_up()
    elif turn.unanswered is not None:
        call.come_back(turn.unanswered, settle=settle)
    elif turn.lost or turn.found:
        call.engine(turn.lost or turn.found or "", up=bool(turn.found), settle=settle)
    for _ in range(turn.silence or 0):
        call.keep_silent(settle=settle)
    for _ in range(turn.noise or 0):
        call.utter(Heard(), settle=settle)


def _meaning(means: Means) -> Meaning:
    values = tuple(
        Value(v.kind, v.value, 0, 0, v.confidence, v.alternatives, v.slot or "", denied=v.denied)
        for v in means.values
    )
    requests = tuple(
        Request(r.intent, 0, 0, r.confidence, runner_up=r.runner_up or "") for r in means.requests
    )
    return Meaning(means.acts, requests, values)


def _told(
    says: Sequence[str] | None, hears: Sequence[str], hears_not: Sequence[str], said: Sequence[Said]
) -> Iterator[str]:
    """Yield what is wrong with what was said."""
    mine = [one for one in said if one.who == "ivr"]
    yield from _differs("says", says, tuple(one.prompt for one in mine))
    words = _bare(" ".join(one.words for one in mine))
    for text in hears:
        if _bare(text) not in words:
            yield f"hears: {text!r} was not said"
    for text in hears_not:
        if _bare(text) in words:
            yield f"hears-not: {text!r} was said"


def _bare(text: str) -> str:
    """Return words alone, so that commas and capitals do not matter."""
    return " ".join(re.sub(r"[^\w' ]+", " ", text.lower()).split())


def _differs(what: str, expected: object, came: object) -> Iterator[str]:
    """Yield a sentence if something was expected and something else came."""
    if expected is not None and expected != came:
        yield f"{what}: expected {_words(expected)}, came {_words(came)}"


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value) or "nothing"


def _shown(value: Filled) -> str:
    """Return a slot's value; of a secret its length, "(8 digits)"."""
    return f"({value.length} digits)" if isinstance(value, Secret) else value


def asked(call: Rehearsal) -> str:
    """Return what a call waits for, as `asks` names it: a slot, a prompt, ``main``, ..., or nothing."""
    waiting = call.talk.waiting
    if call.talk.over or waiting is None:
        return ""
    return waiting.name if waiting.what in ("slot", "check", "confirm") else waiting.what


def _ended(ends: Ends, call: Rehearsal) -> Iterator[str]:
    match call.ending:
        case HandOver(target, reason, summary):
            came = ("handed", target, reason)
        case Leave(result, reason):
            came, summary = ("left", result, reason), ""
        case Fallback(_, reason):
            came, summary = ("left", "error", reason), ""
        case None:
            came, summary = ("asks", asked(call), ""), ""
    how = "handed" if ends.handed else "left" if ends.left else "asks" if ends.asks else came[0]
    expected = (how, ends.handed or ends.left or ends.asks or came[1], ends.reason or came[2])
    if expected != came:
        yield f"ends: expected {' '.join(expected).strip()}, came {' '.join(came).strip()}"
    if ends.summary and ends.summary not in summary:
        yield f"ends: {ends.summary!r} is not in the summary {summary!r}"
    variables = call.ending.variables if isinstance(call.ending, Leave) else {}
    for name, value in ends.variables.items():
        yield from _differs(f"ends: variable {name}", value, variables.get(name, ""))


def canned(answers: Mapping[str, Json]) -> Backend:
    """Return a backend that answers as the test says; an action that it does not name is down."""
    left = {name: list(answer) if isinstance(answer, list) else [answer] for name, answer in answers.items()}

    def reply(name: str, request: Action, vault: Vault) -> Reply:
        queue = left.get(name, ["down"])
        return reply_of(queue.pop(0) if len(queue) > 1 else queue[0])

    return reply


def reply_of(answer: Json) -> Reply:
    """Return what an answer of a test means: its fields, or a word for how it fails."""
    match answer:
        case "down":
            return Reply()
        case "late":
            return Reply(code="http.late", slow=2)
        case "slow":
            return Reply({}, slow=2)
        case {"then": then, **how} if how.keys() <= {"slow", "turns"}:
            count = {str(name): int(str(times)) for name, times in how.items()}
            return replace(reply_of(then), slow=count.get("slow", 0), turns=count.get("turns", 0))
        case dict():
            return Reply(answer)
        case int() | str() if re.fullmatch(r"[1-5]\d\d", str(answer)):
            code = "http.refused" if str(answer)[0] == "4" else "http.status"
            return Reply(code=code, status=int(answer))
        case _:
            return Reply({})
