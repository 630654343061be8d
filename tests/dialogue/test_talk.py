"""The state of a call as one small, versioned document."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ivr_ari.dialogue.talk import VERSION, Frame, Talk, Waiting, from_json, to_json
from ivr_ari.errors import PeerError
from ivr_ari.events import Secret, Silent
from ivr_ari.language.load import load_flow

from .conversation import FLOWS, Conversation, wants

TALK = Talk(
    "digest",
    "2026-07-15",
    "en",
    facts={"number": "600"},
    count=7,
    stack=(Frame("refund", 3, {"5": 1}, acted=True), Frame("hours", back=True)),
    agenda=("balance",),
    outcomes={"authenticate": "done", "balance": "cancelled"},
    acted=("refund",),
    slots={"account": Secret("account-1", 8, "39"), "month": "2026-03", "a": "é"},
    unsure={"month": "explicit"},
    asked=("account", "pin"),
    waiting=Waiting("which", options=("refund", "balance"), misses=2, longer=True),
    said=(("greeting", 0), ("sorry", 1)),
    spoken={"sorry": 2},
    outcome="busy",
    not_understood=3,
    confidence=71,
    keypad=True,
    now="2026-07-15T10:30:00",
    known=True,
    pace=90,
    gain_db=3,
    before={"month": "2026-02"},
    lost=("pin",),
    playing=(("s6", "greeting"), ("s7", "ask-account")),
)


class TestJson:
    def test_what_is_written_can_be_read(self) -> None:
        """
        A state that was written down and read again is the same state.
        """
        assert from_json(to_json(TALK)) == TALK
        assert from_json(to_json(Talk("d", "2026-07-15", "en"))) == Talk("d", "2026-07-15", "en")

    def test_the_order_of_slots_is_kept(self) -> None:
        """
        Which slot was filled last decides what "go back" and "make that" mean.
        """
        assert list(from_json(to_json(TALK)).slots) == ["account", "month", "a"]

    def test_no_digits_behind_a_secret(self) -> None:
        """
        Of a secret, the document holds the handle, the length and what may be shown.
        """
        document = json.loads(to_json(TALK))

        assert document["slots"][0] == ["account", {"handle": "account-1", "length": 8, "last": "39"}]

    def test_another_release_is_refused(self) -> None:
        """
        A document of another version is not guessed at.
        """
        document = json.loads(to_json(TALK)) | {"version": VERSION + 1}

        with pytest.raises(PeerError) as caught:
            from_json(json.dumps(document))

        assert caught.value.code == "talk.version"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "[]",
            "3",
            "{}",
            '{"version": 2}',
            to_json(TALK).replace('"which"', '"whom"'),
            to_json(TALK).replace('"at":', '"et":'),
            to_json(TALK).replace('"agenda":["balance"]', '"agenda":5'),
        ],
    )
    def test_what_is_no_state_is_refused(self, text: str) -> None:
        """
        A broken document is an error with a name, whatever is wrong with it.
        """
        with pytest.raises(PeerError) as caught:
            from_json(text)

        assert caught.value.code == "talk.broken"


class TestSize:
    def test_a_long_call_to_the_bank(self) -> None:
        """
        Every task wanted, several under way, every slot told once and corrected once: under 8 KB.
        """
        flow = load_flow(FLOWS / "bank.yaml")
        call = Conversation(flow, {"number": "+13125550123", "name": "Dana Whitfield", "dialled": "600"})
        call.hear(*(wants(intent) for intent in flow.tasks_of))
        call.take(Silent())
        call.take(Silent())
        slots = {name: "2026-03-03 and so" for name, slot in flow.slots.items() if slot.ask}
        talk = replace(
            call.talk,
            slots={**slots, "account": Secret("account-1", 8, "39"), "pin": Secret("pin-1", 4)},
            before=slots,
            asked=tuple(slots),
            spoken={
                name: 2 for name, prompt in flow.prompts.items() if len(prompt.variants) > 1 or prompt.short
            },
            outcomes=dict.fromkeys(flow.tasks, "done"),
        )

        assert len(to_json(talk).encode()) < 8192
        assert len(to_json(call.talk).encode()) < 4096
