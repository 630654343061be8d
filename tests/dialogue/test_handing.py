"""A person gets the whole context, and the call comes back when there is none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ivr_ari.dialogue.draft import Draft
from ivr_ari.dialogue.flow import Target
from ivr_ari.dialogue.handing import LONGEST_SUMMARY, hand_over, target_for
from ivr_ari.dialogue.run import go_on
from ivr_ari.dialogue.talk import Frame
from ivr_ari.events import HandOver, Listen, Query, Returned, Secret

from .conversation import (
    ACCOUNT,
    PIN,
    Conversation,
    at_confirmation,
    authenticated,
    bank,
    flow_of,
    meant,
    value,
    wants,
)
from .manners import at_hotel, hotel
from .small import SMALL

CARD = SMALL.replace(
    """  gift:
    title: a gift
""",
    """  which-card:
    title: your card
    needs: [card]
    steps:
      - say: hello
  block:
    title: your card
    intents: [block]
    needs: [which-card]
    steps:
      - confirm: sure
      - action: block
      - say: hello
  gift:
    title: a gift
""",
)
for before, after in (
    (
        "  number:\n    type: digits\n",
        "  card:\n    type: digits\n    length: 16\n    sensitivity: card\n    ask: ask-card\n",
    ),
    (
        "  look-up:\n",
        "  block:\n    backend: shop\n    request: POST /blocked\n"
        '    body: {card: "{card}"}\n    failed:\n      other:\n        - end: failed\n',
    ),
    ("  order: [where", "  block: [block my card, lock my card, my card is gone]\n"),
    ("  hello: Hello.\n", "  ask-card: Your card number?\n"),
):
    CARD = CARD.replace(before, after + before)


class TestHandOver:
    def test_the_record_is_plain_json(self) -> None:
        """
        The record can be written as JSON as it is, and names its version and flow.
        """
        call = at_confirmation()
        call.hear("person")
        record = json.loads(json.dumps(call.handed.record))

        assert (record["version"], record["flow"], record["digest"]) == (1, "bank", call.flow.digest)
        assert record["asked"] == "confirm refund-it"
        assert record["slots"]["pin"] == "(pin-1: 4 characters)"

    def test_facts_of_the_call_are_in_it(self) -> None:
        """
        What the dialplan told is passed on.
        """
        call = Conversation(bank(), {"dialled": "600"})
        call.hear("person")
        assert call.handed.record["call"] == {"dialled": "600"}

    def test_the_summary_fits_the_dialplan(self) -> None:
        """
        At most 250 characters of printable ASCII, without quotes and backslashes.
        """
        text = SMALL.replace(
            'summary: "{reason}: {open}"', 'summary: "«Übergabe» \\"{reason}\\" \\\\ {open} {done} é"'
        )
        call = Conversation(flow_of(text.replace("title: a gift", "title: " + "gift " * 80)))
        call.hear(wants("gift"))
        call.hear(value("choice", "red", "paper"))
        call.hear("person")
        summary = call.handed.summary
        assert summary.startswith("Ubergabe asked gift (paper red")
        assert not set('"\\') & set(summary)

        long = Conversation(
            flow_of(SMALL.replace('summary: "{reason}', 'summary: "' + "so much " * 60 + "{reason}"))
        )
        long.hear("person")
        assert len(long.handed.summary) <= LONGEST_SUMMARY
        assert long.handed.summary.endswith("...")

    def test_nothing_known_is_a_dash(self) -> None:
        """
        A person sees that nothing is known rather than nothing at all.
        """
        call = Conversation(bank())
        call.hear("person")
        assert call.handed.summary == "Customer -. Reason: asked. Open: -. Done: -. Not understood: 0."

    def test_a_flow_that_writes_no_summary(self) -> None:
        """
        The person is told the usual things, and only those that are known.
        """
        call = Conversation(flow_of(SMALL.replace('  summary: "{reason}: {open}"\n', "")))
        call.hear(wants("gift"))
        call.hear(value("choice", "red", "paper"))
        call.hear()
        call.hear("person")
        assert call.handed.summary == "Reason: asked. Open: gift (paper red). Not understood: 1."

    def test_the_usual_summary_says_who_and_what_was_done(self) -> None:
        """
        Who was recognised and what was done stand in it as well.
        """
        flow = bank()
        call = Conversation(replace(flow, handover=replace(flow.handover, summary=())))
        call.hear(wants("balance"))
        authenticated(call)
        call.done(balance_cents=120437)
        call.hear("person")
        assert call.handed.summary == "C1007. Reason: asked. Done: balance."


class TestTakenBack:
    def test_without_another_offer_the_call_goes_on(self) -> None:
        """
        A flow that says nothing about it goes on where the call was.
        """
        call = Conversation(flow_of(SMALL))
        call.hear(wants("gift"))
        call.hear("person")
        call.take(Returned("busy"))
        assert call.said == ["ask-paper"]

    def test_a_task_that_was_a_hand_over_is_over(self) -> None:
        """
        A lost card that nobody took leads to the offer, and then to "anything else?".
        """
        call = Conversation(bank())
        call.hear(wants("card-lost"))
        call.take(Returned("noanswer"))
        assert call.asked == "nobody-there.then-what"
        call.key("3")
        assert call.said == ["going-on", "anything-else"]
        assert call.talk.outcomes["card-lost"] == "failed"

    def test_only_a_hand_over_comes_back(self) -> None:
        """
        A call that has left for good stays over.
        """
        call = Conversation(bank())
        call.hear("goodbye")
        assert call.take(Returned("busy")) == ()
        assert call.talk.over

    def test_secrets_are_asked_for_again(self) -> None:
        """
        The digits were in the memory of the call that was handed over: a task that needs them asks again,
        from the first, and sends what is told then.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))
        call.hear(value("digits", ACCOUNT))
        call.hear("person")
        call.take(Returned("busy"))
        call.key("3")
        assert (call.said[-1], call.talk.slots.get("account")) == ("ask-account-again", None)

        other = Secret("account-1", 8, "46")
        call.hear(value("digits", other))
        call.hear(value("digits", PIN))
        assert call.request.body == {"account": other, "pin": PIN}

    def test_who_is_calling_stays_known(self) -> None:
        """
        A caller who was recognised before the hand-over is not asked again who they are.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))
        authenticated(call)
        call.done(balance_cents=120437)
        call.hear("person")
        call.take(Returned("busy"))
        call.key("3")
        assert not [held for held in call.talk.slots.values() if isinstance(held, Secret)]

        call.hear(wants("refund", value("choice", "charged-twice", "problem"), value("month", "2026-06")))
        assert call.request.path == "/customers/C1007/charges?month=2026-06"

    def test_a_request_asks_for_what_another_task_had_asked(self) -> None:
        """
        Digits that a task done once a call had asked for are asked for by the request that carries them.
        """
        call = Conversation(flow_of(CARD))
        call.hear(wants("block"))
        call.hear(value("digits", Secret("card-1", 16)))
        assert call.said[-1] == "sure"
        call.hear("person")
        call.take(Returned("busy"))
        call.hear("affirm")
        assert (call.said, call.asked) == (["ask-card"], "block.card")

        again = Secret("card-1", 16)
        call.hear(value("digits", again))
        assert call.request.body == {"card": again}


NIGHT = "2026-07-15T20:00:00"
NOON = "2026-07-15T12:00:00"


class TestLost:
    def test_what_the_flow_emptied_is_not_asked_by_a_request(self) -> None:
        """
        A request asks only for secrets a hand-over took along, not for what the flow itself put aside.
        """
        draft = Draft(hotel(), at_hotel().talk)
        draft.fill("code", Secret("code-1", 6))
        draft.change(asked=("code",), lost=("code",))
        draft.fill("code", Secret("code-2", 6))
        draft.empty(("code",))
        draft.push(Frame("find", 1))
        go_on(draft)
        assert isinstance(draft.effects[-1], Query)

        draft = Draft(hotel(), replace(at_hotel().talk, lost=("code",)))
        draft.push(Frame("find", 1))
        go_on(draft)
        assert isinstance(draft.effects[-1], Listen)


class TestTargets:
    @pytest.mark.parametrize(
        ("name", "language", "target"),
        [
            ("concierge", "es", "concierge"),
            ("tickets", "en", "concierge"),
            ("front", "en", "front"),
            ("front", "es", "recepcion"),
            ("recepcion", "en", "recepcion"),
            ("default", "en", "front"),
            ("", "es", "recepcion"),
            ("nobody", "fr", "concierge"),
            ("nobody", "en", "front"),
        ],
    )
    def test_who_takes_the_call(self, name: str, language: str, target: str) -> None:
        """
        A target by its name, by its skill, else the default; where there is a choice, one who speaks the
        language.
        """
        talk = replace(at_hotel().talk, language=language)
        assert target_for(hotel(), talk, name) == target

    def test_skill_and_language(self) -> None:
        """
        Of those who can do it, one who lists the language goes before one who lists none.
        """
        targets = {
            "desk": Target(("orders",)),
            "french": Target(("orders",), ("fr",)),
            "mesa": Target(("orders", "returns"), ("es",)),
        }
        flow = replace(hotel(), handover=replace(hotel().handover, targets=targets, default="orders"))
        talk = at_hotel().talk
        chosen = {
            language: target_for(flow, replace(talk, language=language), "orders")
            for language in ("en", "es", "de")
        }

        assert chosen == {"en": "desk", "es": "mesa", "de": "desk"}
        assert target_for(flow, talk, "nobody") == "desk"

    def test_a_spanish_call(self) -> None:
        """
        The caller who wants a person gets one who understands.
        """
        call = at_hotel("es")
        call.key("0")
        assert (call.handed.target, call.handed.record["language"]) == ("recepcion", "es")

    def test_by_skill(self) -> None:
        """
        A step may name what is to be known instead of who.
        """
        call = at_hotel(now=NOON)
        call.hear(wants("concierge"))
        assert (call.handed.target, call.handed.reason) == ("concierge", "tickets")


class TestClosed:
    def test_nobody_is_there(self) -> None:
        """
        Outside the hours of a target no call is sent there: the flow says so and makes its other offer.
        """
        call = at_hotel(now=NIGHT)
        call.hear(wants("concierge"))
        assert call.said == ["acknowledge", "concierge-sleeps", "all-asleep", "more"]
        assert call.talk.outcome == "closed"
        assert call.talk.outcomes["concierge"] == "failed"
        assert not call.talk.over

    def test_the_end_of_a_ladder(self) -> None:
        """
        A ladder that leads to somebody who is not there goes on as well.
        """
        call = at_hotel(now=NIGHT)
        call.hear(wants("book", value("choice", "suite", "room")))
        call.hear(value("range", "2026-07-20/2026-07-22"))
        call.hear("affirm")
        call.take(meant())
        call.take(meant())
        assert call.said == ["concierge-sleeps", "all-asleep", "back-to", "ask-guests"]

    def test_without_another_offer(self) -> None:
        """
        A flow that has nothing else to offer sends the call all the same.
        """
        flow = replace(hotel(), handover=replace(hotel().handover, unanswered=""))
        draft = Draft(flow, at_hotel(now=NIGHT).talk)
        hand_over(draft, "concierge", "asked")
        assert isinstance(draft.effects[-1], HandOver)


class TestUntrusted:
    def test_what_the_network_says_of_the_caller(self) -> None:
        """
        Number and name of the caller are text: nothing in them is acted on.
        """
        call = Conversation(hotel(), {"name": "${SHELL(x)}\n", "number": "600"})
        call.hear("person")
        assert call.handed.record["call"] == {"name": "{SHELL(x)} ", "number": "600"}

    def test_the_summary_runs_nothing(self) -> None:
        """
        What a caller says reaches the dialplan as words in the summary too.
        """
        call = Conversation(flow_of(SMALL))
        call.hear(wants("gift"))
        draft = Draft(call.flow, call.talk)
        draft.fill("note", "${SHELL(x)}")
        hand_over(draft, "agent", "asked")
        handed = draft.effects[-1]
        assert isinstance(handed, HandOver)
        assert "{SHELL(x)}" in handed.summary
        assert "$" not in handed.summary

    def test_health_is_withheld(self) -> None:
        """
        Of a health value nothing stands in the record.
        """
        call = at_hotel()
        call.hear(wants("find"))
        call.hear(value("id", "AB1234"))
        call.hear("person")
        assert "AB1234" not in json.dumps(call.handed.record)
        assert call.handed.record["slots"] == {"code": "(withheld)"}
