"""The demo bank: its conversations, folds of what was meant, and its flow against its own backend."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from asterisk.backends.app import create_app
from ivr_ari.dialogue.fixed import fixed_prompts
from ivr_ari.dialogue.talk import to_json
from ivr_ari.events import (
    Began,
    Expect,
    HandOver,
    Heard,
    Keyed,
    Meaning,
    Noise,
    Request,
    Returned,
    Secret,
    Silent,
    Value,
)
from ivr_ari.language import load_tests
from ivr_ari.workbench.rehearsal import Rehearsal
from ivr_ari.workbench.transcript import heard_words
from tests.dialogue.conversation import ACCOUNT, PIN, Conversation, authenticated, meant, value, wants

from .conversations import FLOWS, cases, flow, hold, load
from .demo_backend import DemoBackend

TODAY = date(2026, 7, 15)


@pytest.fixture
def call() -> Conversation:
    return Conversation(flow("bank"))


def at_confirmation() -> Conversation:
    """Return a call that has come to "Shall I refund ...?"."""
    call = Conversation(flow("bank"))
    call.hear(wants("refund", value("choice", "charged-twice", "problem"), value("month", "2026-06")))
    authenticated(call)
    call.done(duplicate_cents=4219)
    call.hear(value("choice", "card", "payout"))
    return call


@pytest.mark.parametrize("conversation", cases("bank"))
def test_conversation(conversation: load_tests.Conversation) -> None:
    """Each conversation of the flow comes out as written."""
    hold("bank", conversation)


def test_there_is_enough_of_each_kind() -> None:
    """
    The conversations are many, and the hard ones are not the smallest part of them.
    """
    kinds = [conversation.test.kind for conversation in load(FLOWS / "bank.yaml")[1]]

    assert len(kinds) >= 45
    assert sum(kind in ("multi-intent", "correction", "digression") for kind in kinds) >= 18
    assert kinds.count("failure") >= 6


class TestDemo:
    def test_two_requests_a_correction_a_question_and_a_person(self, call: Conversation) -> None:
        """
        The conversation of the demo, from the greeting to the hand-over.
        """
        assert call.said == ["greeting", "how-can-i-help"]

        call.hear(
            wants("refund", value("choice", "charged-twice", "problem"), value("month", "2026-06")),
            wants("balance"),
        )
        assert "Sure: your balance, and your refund." in call.text
        assert call.talk.agenda == ("refund",)
        assert call.talk.slots == {"problem": "charged-twice", "month": "2026-06"}
        assert call.asked == "authenticate.account"
        assert call.expect.digits == (8, 8)
        assert call.expect.sensitive == "pii"

        call.hear(value("digits", ACCOUNT))
        assert call.asked == "authenticate.pin"
        call.hear(value("digits", PIN))
        assert (call.request.method, call.request.path) == ("POST", "/auth")
        assert call.request.body == {"account": ACCOUNT, "pin": PIN}
        call.done(customer="C1007", name="Dana Whitfield")
        assert call.request.path == "/customers/C1007/balance"

        call.done(balance_cents=120437, currency="USD")
        assert "Your balance is 1204.37." in call.text
        assert call.request.path == "/customers/C1007/charges?month=2026-06"
        call.done(month="2026-06", duplicate_cents=4219)
        assert call.said == ["charge-found", "ask-payout"]
        call.hear(value("choice", "card", "payout"))
        assert call.asked == "refund.refund-it"
        assert call.expect.confirm

        call.hear("correct", value("month", "2026-03"))
        assert call.said[0] == "month-changed"
        assert call.request.path == "/customers/C1007/charges?month=2026-03"
        call.done(month="2026-03", duplicate_cents=1850)
        assert call.said == ["charge-found", "refund-it"]
        assert "18.50" in call.text

        call.hear(wants("hours"))
        assert call.request.path == "/hours"
        call.done(hours="We are open from nine to five.")
        assert call.text == (
            "We are open from nine to five. Now, back to your refund. "
            "Shall I refund 18.50 for 2026-03 to your card now?"
        )

        call.hear("person")
        assert call.handed.target == "billing"
        assert call.talk.over

    def test_the_person_is_told_everything_but_secrets(self) -> None:
        """
        The record says who, what is done and open, with what; digits are handles in it.
        """
        call = at_confirmation()
        call.hear(wants("balance"))
        call.hear("person")

        record = call.handed.record
        assert record["who"] == {"authenticated": True, "id": "C1007"}
        assert record["reason"] == "asked"
        tasks = record["tasks"]
        assert isinstance(tasks, dict)
        opened = tasks["open"]
        assert isinstance(opened, list)
        assert [task["task"] for task in opened if isinstance(task, dict)] == ["refund", "balance"]
        written = json.dumps(record)
        assert "2026-06" in written
        assert "account-1: 8 characters ending 39" in written
        assert call.handed.summary.startswith("Customer C1007. ")
        assert (
            "refund (problem charged-twice, month 2026-06, payout card, duplicate 42.19)"
            in call.handed.summary
        )

    def test_a_confirmed_refund_is_made_once(self) -> None:
        """
        After a yes the refund is asked for with an idempotency key, and its reference is spoken.
        """
        call = at_confirmation()

        call.hear("affirm")
        assert call.request.path == "/customers/C1007/refunds"
        assert call.request.body == {"month": "2026-06", "amount_cents": 4219, "problem": "charged-twice"}
        assert call.request.once
        call.done(reference="R1234")
        assert call.said == ["refund-made", "anything-else"]
        call.hear("deny", "thank")
        assert call.said == ["goodbye"]
        assert call.left.result == "done"

    def test_a_refused_refund_is_not_made(self) -> None:
        """
        After a no nothing is asked of the bank, and the caller hears that.
        """
        call = at_confirmation()

        call.hear("deny")

        assert call.said == ["not-refunded", "anything-else"]
        assert call.talk.outcomes["refund"] == "cancelled"

    def test_a_month_without_a_double_charge_is_asked_for_again(self, call: Conversation) -> None:
        """
        When the bank finds nothing, another month is asked for: three in all, then a person.
        """
        call.hear(wants("refund", value("choice", "charged-twice", "problem"), value("month", "2026-06")))
        authenticated(call)
        for month in ("2026-05", "2026-04"):
            call.done(duplicate_cents=0)
            assert call.said[0] == "nothing-charged-twice"
            assert call.asked == "refund.month"
            call.hear(value("month", month))
            assert call.request.path.endswith(month)
        call.done(duplicate_cents=0)

        assert call.handed.reason == "charge-not-found"


class TestAuthentication:
    def test_three_attempts_then_a_person(self, call: Conversation) -> None:
        """
        A wrong account number or PIN may be given again twice.
        """
        call.hear(wants("balance"))
        for _ in range(2):
            call.hear(value("digits", ACCOUNT))
            call.key(PIN)
            call.fails(401)
            assert call.said[0] == "wrong-number-or-pin"
            assert call.asked == "authenticate.account"
        call.hear(value("digits", ACCOUNT))
        call.key(PIN)
        call.fails(401)

        assert "three-times-wrong" in call.said
        assert call.handed.reason == "not-authenticated"
        assert call.handed.record["who"] == {"authenticated": False, "id": ""}

    def test_after_three_attempts_there_is_no_fourth(self, call: Conversation) -> None:
        """
        A caller who was not recognised and whom nobody took can do nothing that needs it.
        """
        call.hear(wants("balance"), wants("refund"))
        for _ in range(3):
            call.hear(value("digits", ACCOUNT))
            call.key(PIN)
            call.fails(401)
        call.take(Returned("busy"))
        call.key("3")
        assert call.said == ["going-on", "cannot-now", "anything-else"]

        call.hear(wants("balance"))
        assert "cannot-now" in call.said

    def test_once_a_call(self, call: Conversation) -> None:
        """
        Who was recognised for one task is not asked again for the next.
        """
        call.hear(wants("balance"))
        authenticated(call)
        call.done(balance_cents=100)

        call.hear(wants("refund", value("choice", "charged-twice", "problem"), value("month", "2026-06")))

        assert call.request.path == "/customers/C1007/charges?month=2026-06"

    def test_a_bank_out_of_reach_leads_to_a_person(self, call: Conversation) -> None:
        """
        When the bank's computer does not answer, the caller hears it and is handed over.
        """
        call.hear(wants("balance"))
        call.hear(value("digits", ACCOUNT))
        call.hear(value("digits", PIN))
        call.fails(0)

        assert call.said[0] == "bank-does-not-answer"
        assert call.handed.reason == "backend"

    def test_account_and_pin_in_one_breath(self, call: Conversation) -> None:
        """
        Both numbers at once are not asked for twice.
        """
        call.hear(wants("balance"))

        call.hear(value("digits", ACCOUNT, "account"), value("digits", PIN, "pin"))

        assert call.request.path == "/auth"


class TestKeypad:
    def test_a_whole_refund_without_a_word(self, call: Conversation) -> None:
        """
        Every question can be answered by keys.
        """
        call.key("2")
        call.key(ACCOUNT)
        call.key(PIN)
        call.done(customer="C1007")
        call.key("1")
        assert call.talk.slots["problem"] == "charged-twice"
        call.key("06")
        assert call.request.path.endswith("month=2026-06")
        call.done(duplicate_cents=4219)
        call.key("2")
        assert call.talk.slots["payout"] == "account"
        call.key("1")
        call.done(reference="R1")
        call.key("1")
        assert call.request.path == "/customers/C1007/balance"

    def test_zero_is_a_person_wherever_one_key_is_asked_for(self) -> None:
        """
        Zero hands over at a yes-or-no question, too.
        """
        call = at_confirmation()

        call.key("0")

        assert call.handed.reason == "asked"

    def test_a_month_keyed_in_is_the_latest_there_was(self, call: Conversation) -> None:
        """
        In July 2026, 12 means December 2025.
        """
        call.hear(wants("refund", value("choice", "charged-twice", "problem")))
        authenticated(call)
        call.key("12")

        assert call.talk.slots["month"] == "2025-12"

    def test_too_few_digits_are_asked_for_again(self, call: Conversation) -> None:
        """
        Seven digits are no account number: the caller hears what is wrong and is asked again.
        """
        call.key("1")

        call.take(Keyed(Secret("account-2", 7, "23")))

        assert call.said == ["not-eight-digits", "ask-account-again"]


class TestPerson:
    def test_a_lost_card_comes_first(self, call: Conversation) -> None:
        """
        A lost card goes to a person before anything else that was asked for.
        """
        call.hear(wants("balance"), wants("card-lost"))

        assert call.handed.reason == "card-lost"

    @pytest.mark.parametrize(("outcome", "said"), [("busy", "all-busy"), ("noanswer", "nobody-answers")])
    def test_nobody_there_makes_another_offer(self, outcome: str, said: str) -> None:
        """
        A hand-over that comes back is followed by an offer; going on goes on where the call was.
        """
        call = at_confirmation()
        call.hear("person")

        call.take(Returned(outcome))
        assert call.said == [said, "ask-then-what"]
        call.hear(value("choice", "stay", "then-what"))

        assert call.said == ["going-on", "back-to", "refund-it"]
        call.hear("affirm")
        assert call.request.path == "/customers/C1007/refunds"

    def test_trying_again_and_again(self) -> None:
        """
        Each hand-over that comes back makes the offer anew.
        """
        call = at_confirmation()
        call.hear("person")
        for _ in range(2):
            call.take(Returned("busy"))
            call.hear(value("choice", "again", "then-what"))
            assert call.handed.reason == "second-try"

    def test_calling_back_later_ends_the_call(self) -> None:
        """
        A caller who calls back later is let go.
        """
        call = at_confirmation()
        call.hear("person")
        call.take(Returned("noanswer"))

        call.key("2")

        assert call.left.reason == "calls-later"

    def test_silence_and_noise_lead_to_a_person(self, call: Conversation) -> None:
        """
        Both ladders offer the keypad before they end with a person.
        """
        call.take(Silent())
        assert call.said == ["are-you-there", "how-can-i-help"]
        call.take(Silent())
        assert call.said == ["use-keys", "main-keys"]
        call.take(Silent())
        assert call.handed.reason == "silent"

        other = Conversation(flow("bank"))
        said = []
        for event in (Noise(), meant(), Noise()):
            other.take(event)
            said += other.said[:1]
        assert said == ["sorry", "did-not-understand", "use-keys"]
        other.take(Noise())
        assert other.handed.reason == "not-understood"
        assert other.handed.record["not_understood"] == 4


class TestSize:
    def test_the_state_stays_small(self) -> None:
        """
        The state of an ordinary call is far below the 8 KB it may have.
        """
        call = at_confirmation()
        call.hear(wants("balance"), wants("hours"))
        call.done(hours="x" * 5000)

        assert len(to_json(call.talk).encode()) < 2048

    def test_what_can_be_rendered_ahead_holds_no_values(self) -> None:
        """
        Prompts without values, and those that name tasks, are known before any call.
        """
        texts = [prompt.text for prompt in fixed_prompts(flow("bank"))]

        assert "Now, back to your refund." in texts
        assert "Sure: your balance." in texts
        assert len(texts) < 250
        assert "How can I help you?" in texts
        assert not [text for text in texts if "{" in text]


class Bank(DemoBackend):
    service = "bank"

    def balances(self) -> tuple[int, int, int]:
        """Cents on checking, savings and business."""
        asked = [
            self.client.get(f"/bank/customers/C1007/accounts/{kind}").json()["balance_cents"]
            for kind in ("checking", "savings", "business")
        ]
        return asked[0], asked[1], asked[2]


@pytest.fixture
def computer(tmp_path: Path) -> Iterator[Bank]:
    app = create_app(tmp_path, TODAY, "t0ken")
    with TestClient(app, headers={"Authorization": "Bearer t0ken"}) as client:
        yield Bank(client)


def nothing_understood(heard: Heard, expect: Expect, today: str) -> Meaning:
    return Meaning()


def calling(computer: Bank, language: str = "en") -> Rehearsal:
    began = Began(TODAY.isoformat(), language, now="2026-07-15T15:00:00")
    return Rehearsal(flow("bank"), began, nothing_understood, computer)


def press(call: Rehearsal, *entries: str) -> None:
    for keys in entries:
        call.press(keys)


def mean(call: Rehearsal, meaning: Meaning) -> None:
    call.utter(heard_words("something"), meaning)


class TestWithItsBackend:
    def test_the_balance(self, computer: Bank) -> None:
        """
        What the bank's computer says is what the caller hears.
        """
        call = calling(computer)
        press(call, "1", "41007239", "9201")

        assert call.said[-2].words == (
            "Your balance is one thousand two hundred four dollars and thirty seven cents."
        )

    def test_a_wrong_pin_is_refused(self, computer: Bank) -> None:
        """
        The bank's own refusal leads to the question again.
        """
        call = calling(computer)
        press(call, "1", "41007239", "9202")

        assert [said.prompt for said in call.said[-2:]] == ["wrong-number-or-pin", "ask-account-again"]

    def test_a_refund_is_made_once(self, computer: Bank) -> None:
        """
        The refund asked for in two calls is one.
        """
        said = []
        for _ in range(2):
            call = calling(computer)
            press(call, "2", "41007239", "9201", "1", "06", "1", "1")
            said.append(call.said[-2].words)

        assert said[0] == said[1]
        assert "R, one two three four" in said[0]

    def test_a_transfer_moves_money(self, computer: Bank) -> None:
        """
        What was confirmed is what is moved.
        """
        call = calling(computer)
        press(call, "6", "41007239", "9201", "2", "1", "20000#", "1")

        assert call.said[-2].prompt == "transfer-made"
        assert computer.balances() == (140_437, 842_000, 45_310)

    def test_a_corrected_transfer_is_taken_back_first(self, computer: Bank) -> None:
        """
        After a correction the old amount is back where it was, and the new one is moved.
        """
        call = calling(computer)
        press(call, "6", "41007239", "9201", "2", "1", "20000#", "1")
        mean(call, Meaning(acts=("correct",), values=(Value("amount", "300.00", 0, 0),)))
        assert computer.balances() == (120_437, 862_000, 45_310)
        press(call, "1")

        assert computer.balances() == (150_437, 832_000, 45_310)

    def test_the_card_is_blocked_when_nobody_is_there(self, computer: Bank) -> None:
        """
        The bank names the card that it blocked.
        """
        call = calling(computer)
        press(call, "4")
        call.come_back("noanswer")
        press(call, "1", "41007239", "9201")

        assert ("block-card", "/customers/C1007/cards/block") in computer.paths
        assert "ending in six six one two is blocked" in call.said[-2].words

    def test_a_spanish_call_by_keypad(self, computer: Bank) -> None:
        """
        The whole way in Spanish, every question with its keys.
        """
        call = calling(computer, "es")
        press(call, "6", "41007239", "9201", "2", "1", "20000#", "1")

        assert call.said[-2].words.startswith("Hecho. Su referencia es")
        assert computer.balances() == (140_437, 842_000, 45_310)

    def test_nothing_secret_is_handed_over(self, computer: Bank) -> None:
        """
        Account number and PIN are in no record.
        """
        call = calling(computer)
        press(call, "1", "41007239", "9201", "0")

        assert isinstance(call.ending, HandOver)
        written = json.dumps(call.ending.record) + call.ending.summary
        assert "C1007" in written
        assert "41007239" not in written
        assert "9201" not in written

    def test_a_number_to_call_is_for_the_bank_alone(self, computer: Bank) -> None:
        """
        The bank's computer gets the number; the record of a later hand-over shows its end only.
        """
        call = calling(computer)
        mean(call, Meaning(requests=(Request("call-back", 0, 0),)))
        press(call, "2025550147#")
        mean(call, Meaning(acts=("affirm",)))
        mean(call, Meaning(values=(Value("date", "2026-07-17", 0, 0),)))
        press(call, "0")

        assert ("order-callback", "/callbacks") in computer.paths
        assert isinstance(call.ending, HandOver)
        assert "5550147" not in json.dumps(call.ending.record) + call.ending.summary
