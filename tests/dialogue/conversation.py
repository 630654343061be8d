"""A conversation held with a flow event by event, and short ways to write meanings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from ivr_ari.dialogue.engine import begin, step
from ivr_ari.dialogue.flow import Flow
from ivr_ari.events import (
    Act,
    ActionDone,
    ActionFailed,
    Began,
    Effect,
    Event,
    Expect,
    HandOver,
    Json,
    Keyed,
    Kind,
    Leave,
    Listen,
    Meaning,
    Perform,
    Request,
    Say,
    Secret,
    Understood,
    Value,
)
from ivr_ari.language.load import load_flow, parse_flow

FLOWS = Path(__file__).parents[2] / "flows"
TODAY = "2026-07-15"
ACCOUNT = Secret("account-1", 8, "39")
PIN = Secret("pin-1", 4)


@cache
def bank() -> Flow:
    return load_flow(Path(__file__).parent / "bank.yaml")


def flow_of(text: str) -> Flow:
    """Return the flow written in *text*."""
    return parse_flow(text, "test.yaml", recordings_muted=True)


def value(kind: Kind, text: str | Secret, slot: str = "", confidence: float = 1.0) -> Value:
    return Value(kind, text, 0, 0, confidence, slot=slot)


def wants(intent: str, *values: Value, runner_up: str = "") -> Request:
    return Request(intent, 0, 0, values=values, runner_up=runner_up)


def meant(*parts: Request | Value | Act, words: str = "", confidence: float = 1.0) -> Understood:
    """Return an utterance made of acts, requests and values; those of requests count as well."""
    requests = tuple(part for part in parts if isinstance(part, Request))
    loose = tuple(part for part in parts if isinstance(part, Value))
    acts = tuple(part for part in parts if not isinstance(part, Request | Value))
    inside = tuple(value for request in requests for value in request.values)
    # Word numbers tell values inside a request from those beside it.
    beside = tuple(replace(value, first=9, last=9) for value in loose)
    return Understood(Meaning(acts, requests, (*inside, *beside)), words, confidence)


class Conversation:
    """The state of a call after each event, and the effects of the latest."""

    def __init__(self, flow: Flow, facts: Mapping[str, str] | None = None) -> None:
        self.flow = flow
        self.talk, self.effects = begin(flow, Began(TODAY, flow.language, facts or {}))

    def take(self, event: Event) -> tuple[Effect, ...]:
        self.talk, self.effects = step(self.flow, self.talk, event)
        return self.effects

    def hear(self, *parts: Request | Value | Act) -> tuple[Effect, ...]:
        return self.take(meant(*parts))

    def key(self, digits: str | Secret) -> tuple[Effect, ...]:
        return self.take(Keyed(digits))

    def done(self, **answer: Json) -> tuple[Effect, ...]:
        """The backend answers the request under way."""
        assert self.talk.waiting is not None
        return self.take(ActionDone(self.talk.waiting.name, answer))

    def fails(self, status: int = 0) -> tuple[Effect, ...]:
        assert self.talk.waiting is not None
        return self.take(ActionFailed(self.talk.waiting.name, "http.status", status))

    # what came of it ---------------------------------------------------------------------------------

    @property
    def said(self) -> list[str]:
        """Names of the prompts of the latest step."""
        return [effect.prompt for effect in self.effects if isinstance(effect, Say)]

    @property
    def text(self) -> str:
        return " ".join(effect.text for effect in self.effects if isinstance(effect, Say))

    @property
    def expect(self) -> Expect:
        last = self.effects[-1]
        assert isinstance(last, Listen), last
        return last.expect

    @property
    def asked(self) -> str:
        return self.expect.step

    @property
    def request(self) -> Perform:
        last = self.effects[-1]
        assert isinstance(last, Perform), last
        return last

    @property
    def handed(self) -> HandOver:
        last = self.effects[-1]
        assert isinstance(last, HandOver), last
        return last

    @property
    def left(self) -> Leave:
        last = self.effects[-1]
        assert isinstance(last, Leave), last
        return last


def authenticated(conversation: Conversation) -> None:
    """Say account number and PIN, and let the bank agree."""
    conversation.hear(value("digits", ACCOUNT))
    conversation.hear(value("digits", PIN))
    conversation.done(customer="C1007", name="Dana Whitfield")


def at_confirmation() -> Conversation:
    """Return a call to the bank that has come to "Shall I refund ...?"."""
    call = Conversation(bank())
    call.hear(wants("refund", value("choice", "charged-twice", "problem"), value("month", "2026-06")))
    authenticated(call)
    call.done(duplicate_cents=4219)
    call.hear(value("choice", "card", "payout"))
    return call
