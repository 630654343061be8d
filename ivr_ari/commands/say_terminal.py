"""The terminal as a telephone: what is typed becomes turns of a caller, what is said becomes lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

import typer

from ..dialogue.talk import to_json
from ..errors import CallerError
from ..events import HandOver, Heard, Json, Leave
from ..language.load_tests import is_answer
from ..workbench.rehearsal import Rehearsal
from ..workbench.transcript import Said, heard_words
from ..workbench.trial import asked, reply_of
from .say_backends import Asking, read_json

__all__ = ["Terminal"]

HELP = """\
  a line                 what the caller says
  /keys 123#             what the caller keys in
  /silence  /noise       nothing is said; something without words is heard
  /low WORDS             words of which recognition is not sure
  /cut PROMPT 0.5        the next turn interrupts that prompt, half of which was heard (needs --hold)
  /answer {"a": 1}       what the next request gets (or: down, late, 404)
  /slow  /down           the next request is answered slowly, or not at all
  /lost E  /found E      engine speech, understanding or voice dies, works again
  /unanswered busy       the hand-over reached nobody (busy, noanswer, failed)
  /slots  /agenda  /state  what is known, what waits, everything
  /hangup  /help  /quit"""

KEYS = "0123456789*#ABCD"

ENGINES = ("speech", "understanding", "voice")

LOW = 0.2
"""Confidence of words that are hardly heard."""

COLOURS: Mapping[str, str] = {"ivr": "green", "action": "yellow"}


class Terminal:
    """
    Reads *lines* and prints; *piped*: what is read is repeated, so that the output tells all of the call.

    *hold* leaves prompts unheard until the next turn, *quiet* prints no state, *as_json* nothing but one
    object a turn. *literal*: digits are not turned into the words that a recogniser writes.
    """

    def __init__(
        self,
        lines: Iterator[str],
        *,
        piped: bool,
        hold: bool = False,
        quiet: bool = False,
        as_json: bool = False,
        literal: bool = False,
    ) -> None:
        self._lines, self._piped, self._hold = lines, piped, hold
        self._quiet, self._as_json, self._literal = quiet, as_json, literal
        self._call: Rehearsal | None = None
        self._said: list[Said] = []

    def tell(self, said: Said) -> None:
        """Print one line of the call."""
        self._said.append(said)
        if self._as_json or (said.who != "ivr" and not self._piped):
            return
        name = typer.style(f"  [{said.prompt}]", dim=True) if said.prompt and not self._quiet else ""
        typer.echo(f"{typer.style(f'{said.who:7}', fg=COLOURS.get(said.who))} {said.words}{name}")

    def ask(self, action: str) -> str | None:
        """Ask for the answer to an action; None at the end of the input."""
        self._print(f"{typer.style('action ', fg='yellow')} {action}")
        while (line := self._read("answer> ")) is not None:
            if self._look(line):
                continue
            answer = line.removeprefix("/answer ").removeprefix("/")
            if is_answer(read_json(answer)):
                return answer
            self._print('        an answer is JSON as {"balance_cents": 4200}, or down, late, slow, 404')
        return None

    def note(self, text: str) -> None:
        """Print what is worth knowing about an answer."""
        self._print(f"        {text}")

    def converse(self, call: Rehearsal, asking: Asking) -> None:
        """Take lines until the call or the input is over."""
        self._call = call
        self.show(call)
        while (line := self._read("> ")) is not None and line != "/quit":
            try:
                self._take(call, asking, line)
            except (CallerError, ValueError) as error:
                self._print(str(error), err=True)
            if isinstance(call.ending, Leave) or (call.talk.over and call.ending is None):
                return

    def show(self, call: Rehearsal) -> None:
        """Print how the call stands."""
        state: dict[str, Json] = {
            "asks": asked(call),
            "agenda": list(call.talk.agenda),
            "tasks": [frame.task for frame in call.talk.stack],
            "slots": {name: str(value) for name, value in call.talk.slots.items()},
            "ended": ended(call),
        }
        if self._as_json:
            said: Json = [{"who": one.who, "words": one.words, "prompt": one.prompt} for one in self._said]
            typer.echo(json.dumps({"said": said, **state}, ensure_ascii=False))
        elif not self._quiet:
            slots = ", ".join(f"{name}={value}" for name, value in call.talk.slots.items())
            parts = [f"asks {state['asks']}" if state["asks"] else "", f"slots {slots}" if slots else ""]
            parts += [
                f"agenda {', '.join(call.talk.agenda)}" if call.talk.agenda else "",
                str(state["ended"]),
            ]
            typer.secho(f"        {' | '.join(filter(None, parts))}", dim=True)
        elif state["ended"]:
            typer.echo(str(state["ended"]))
        self._said.clear()

    # lines ----------------------------------------------------------------------------------------------

    def _read(self, prompt: str) -> str | None:
        if not self._piped:
            typer.echo(prompt, nl=False)
        while (line := next(self._lines, None)) is not None:
            if line.strip() and not line.startswith("# "):
                return line.strip()
        return None

    def _print(self, text: str, *, err: bool = False) -> None:
        if not self._as_json or err:
            typer.echo(text, err=err)

    def _take(self, call: Rehearsal, asking: Asking, line: str) -> None:
        word, _, rest = line.partition(" ")
        if not line.startswith("/"):
            call.utter(self._heard(call, line), settle=not self._hold)
        elif self._turn(call, word, rest.strip()):
            pass
        else:
            self._command(call, asking, word, rest.strip())
            return
        self.show(call)

    def _heard(self, call: Rehearsal, line: str, confidence: float = 1.0) -> Heard:
        return heard_words(line, confidence, "" if self._literal else call.talk.language)

    def _turn(self, call: Rehearsal, word: str, rest: str) -> bool:
        """Take a turn that is no speech; False if *word* names none."""
        turns: Mapping[str, Callable[[], None]] = {
            "/keys": lambda: call.press(one_of_keys(rest), settle=not self._hold),
            "/silence": lambda: call.keep_silent(settle=not self._hold),
            "/noise": lambda: call.utter(Heard(), settle=not self._hold),
            "/low": lambda: call.utter(self._heard(call, rest, LOW), settle=not self._hold),
            "/hangup": call.hang_up,
            "/unanswered": lambda: call.come_back(rest or "noanswer", settle=not self._hold),
            "/lost": lambda: call.engine(one_of_engines(rest), up=False, settle=not self._hold),
            "/found": lambda: call.engine(one_of_engines(rest), up=True, settle=not self._hold),
        }
        if word in turns:
            turns[word]()
        return word in turns

    def _command(self, call: Rehearsal, asking: Asking, word: str, rest: str) -> None:
        """Do what is no turn."""
        match word:
            case "/cut":
                prompt, _, share = rest.partition(" ")
                call.interrupt(prompt, share_of(share or "0"))
            case "/answer":
                if not is_answer(read_json(rest)):
                    raise ValueError("an answer is JSON, or down, late, slow, 404")
                asking.answers.append(reply_of(read_json(rest)))
            case "/down":
                asking.answers.append(reply_of("down"))
            case "/slow":
                asking.slow = 2
            case _:
                if not self._look(word):
                    self._print(HELP)

    def _look(self, word: str) -> bool:
        """Print a part of the state; False if *word* names none."""
        if word not in ("/slots", "/agenda", "/state"):
            return False
        if self._call is None:
            self._print("nothing yet: the call begins with this request")
        elif word == "/slots":
            for name, value in self._call.talk.slots.items():
                self._print(f"{name}: {value}")
        elif word == "/agenda":
            self._print(agenda(self._call))
        else:
            self._print(json.dumps(json.loads(to_json(self._call.talk)), indent=2))
        return True


def one_of_keys(text: str) -> str:
    """Return what can be keyed in; blanks only group it. ValueError."""
    keys = text.replace(" ", "").upper()
    if not keys or not set(keys) <= set(KEYS):
        raise ValueError(f"/keys takes {KEYS}")
    return keys


def one_of_engines(text: str) -> str:
    """Return the name of an engine. ValueError."""
    if text not in ENGINES:
        raise ValueError(f"an engine is one of {', '.join(ENGINES)}")
    return text


def share_of(text: str) -> float:
    """Return which share of a prompt was heard, 0 to 1. ValueError."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ValueError("what was heard is a share from 0 to 1: /cut PROMPT 0.5")
    return share


def agenda(call: Rehearsal) -> str:
    """Return what is being done, what waits and what is over, in a few lines."""
    stack = " > ".join(frame.task for frame in call.talk.stack) or "the open question"
    ended = ", ".join(f"{task} {outcome}" for task, outcome in call.talk.outcomes.items()) or "nothing"
    return f"now: {stack}\nwaits: {', '.join(call.talk.agenda) or 'nothing'}\nended: {ended}"


def ended(call: Rehearsal) -> str:
    """Return how the call ended, in a line; nothing while it goes on."""
    match call.ending:
        case HandOver(target, reason, summary):
            return f"handed over to {target} ({reason}): {summary}"
        case Leave(result, reason, variables):
            given = "".join(f" {name}={value}" for name, value in variables.items())
            return f"left: {result}{f' ({reason})' if reason else ''}{given}"
        case None:
            return "over" if call.talk.over else ""
        case fallback:
            return f"broke down: {fallback.reason}"
