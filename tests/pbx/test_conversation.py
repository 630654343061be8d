"""The demo's conversations on the lab PBX: what was said, what Redis keeps, what agent and PBX got."""

from __future__ import annotations

import json
import re

import pytest

from ivr_ari.dialogue.talk import VERSION

from .held import Held

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(600)]

DAY = 24 * 3600


class TestSpoken:
    def test_it_goes_as_written(self, spoken: Held) -> None:
        """Every reply of the script is used, and the robot finishes with the agent's telephone ringing."""
        assert (spoken.outcome.why, set(spoken.outcome.unused) - {"again"}) == ("finish", set()), spoken.heard

    def test_it_sounds_as_written(self, spoken: Held) -> None:
        """The robot hears the greeting, the balance, the charge of March and its amount, who comes next."""
        heard = spoken.heard
        for word in ("welcome", "balance", "thousand", "march", "eighteen", "person"):
            assert word in heard, heard

    def test_two_requests_in_one_breath(self, spoken: Held) -> None:
        """The first sentence gives two tasks, with problem and month (the demo's last month) filled in."""
        first = spoken.all_of("Understood")[0]["meaning"]

        assert {request["intent"] for request in first["requests"]} == {"refund", "balance"}
        values = {(value["kind"], value["value"]) for value in first["values"]}
        assert {("choice", "charged-twice"), ("month", "2026-06")} <= values

    def test_the_balance_comes_from_the_backend(self, spoken: Held) -> None:
        """What the bank's computer answered is what is said."""
        said = [line["words"] for line in spoken.transcript if line["who"] == "ivr"]

        assert {"balance_cents": 120437, "currency": "USD"} in [
            event["answer"] for event in spoken.all_of("ActionDone")
        ]
        assert any("1204.37" in words for words in said), said

    def test_the_correction_is_computed_again(self, spoken: Held) -> None:
        """ "Make that March" changes the month and what depended on it, and nothing else."""
        said = [line["words"] for line in spoken.transcript if line["who"] == "ivr"]

        charges = [words for words in said if "you were charged" in words]
        assert "42.19" in charges[0]
        assert "18.50" in charges[-1]
        assert spoken.slots()["month"] == "2026-03"
        assert spoken.slots()["problem"] == "charged-twice"

    def test_the_question_in_between_is_answered(self, spoken: Held) -> None:
        """The opening hours are said, then the refund goes on where it was."""
        said = [line["words"] for line in spoken.transcript if line["who"] == "ivr"]
        hours = next(index for index, words in enumerate(said) if re.search(r"Monday|nine|9", words))

        assert any("card, or to your account" in words for words in said[hours:]), said

    def test_the_agent_sees_who_and_why(self, spoken: Held) -> None:
        """One header: the call's id, the reason, and a summary a person reads in five seconds."""
        found = re.fullmatch(r'id=([^;]+);reason=([^;]+);summary="([^"]*)"', spoken.header)

        assert found, spoken.header
        assert found[1] == spoken.call_id
        assert found[2] == "asked"
        assert len(found[3]) <= 250
        for word in ("refund", "2026-03", "balance", "C1007"):
            assert word in found[3]

    def test_the_channel_carries_the_same(self, spoken: Held) -> None:
        """The dialplan finds id, result, reason, target and summary in variables."""
        variables = spoken.variables

        assert variables["IVR_CALL_ID"] == spoken.call_id
        assert variables["IVR_RESULT"] == "handover"
        assert variables["IVR_REASON"] == "asked"
        assert variables["IVR_HANDOVER_TARGET"] == "billing"
        assert variables["IVR_SUMMARY"] in spoken.header

    def test_the_hand_over_record(self, spoken: Held) -> None:
        """The agent's screen finds who, tasks done and open, slots, why, and the whole transcript."""
        record = spoken.handover

        assert record["id"] == spoken.call_id
        assert record["call"]["channel"] == spoken.record["channel"]
        assert record["who"] == {"authenticated": True, "id": "C1007"}
        assert [task["task"] for task in record["tasks"]["open"]] == ["refund"]
        assert [task["task"] for task in record["tasks"]["done"]] == ["balance"]
        assert record["slots"]["month"] == "2026-03"
        assert [line["words"] for line in record["transcript"]][-2:-1] == ["let me talk to somebody"]
        assert 0 < spoken.lifetimes["handover"] <= DAY

    def test_two_call_records_of_one_call(self, spoken: Held) -> None:
        """The conversation's record says how it ended; the agent's follows; our own legs write none."""
        first, *rest = spoken.records

        assert first["userfield"] == f"{spoken.call_id} handover"
        assert (first["dst"], first["disposition"]) == ("600", "ANSWERED")
        assert [row["dstchannel"].partition("-")[0] for row in rest] == ["PJSIP/agent"]


class TestKeyed:
    def test_it_goes_as_written(self, keyed: Held) -> None:
        """The keypad alone leads through: account, PIN, balance."""
        assert (keyed.outcome.why, set(keyed.outcome.unused) - {"again"}) == ("hangup", set()), keyed.heard

    def test_what_was_keyed(self, keyed: Held) -> None:
        """Each entry arrives once; what is secret arrives as a handle."""
        first, *secrets = [event["digits"] for event in keyed.all_of("Keyed")]

        assert first == "1"
        assert [(secret["length"], secret.get("last", "")) for secret in secrets] == [(8, "39"), (4, "")]

    def test_the_balance_is_heard(self, keyed: Held) -> None:
        """The robot hears the figure that the bank's computer gave."""
        assert "thousand" in keyed.heard
        assert "four dollars" in keyed.heard.replace("hundred and four", "hundred four"), keyed.heard

    def test_one_call_record(self, keyed: Held) -> None:
        """A caller who hangs up leaves one usable record."""
        [record] = keyed.records

        assert record["userfield"].startswith(keyed.call_id)
        assert (record["src"], record["dst"], record["disposition"]) == ("2025550101", "600", "ANSWERED")


@pytest.fixture(params=["spoken", "keyed"])
def held(request: pytest.FixtureRequest) -> Held:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Held)
    return found


class TestKept:
    def test_replay_gives_the_same(self, held: Held) -> None:
        """The events read back from Redis, through the flow of the recorded hash, lead to the same state."""
        assert held.replayed.same, held.replayed.text

    def test_the_dialogue_record_is_small(self, held: Held) -> None:
        """Versioned JSON under 8 KB."""
        assert len(held.talk.encode()) < 8192
        assert json.loads(held.talk)["version"] == VERSION

    def test_everything_has_a_lifetime(self, held: Held) -> None:
        """No key of a call stays for ever."""
        assert {"talk", "call", "transcript", "events"} <= held.lifetimes.keys()
        assert all(0 < seconds <= 7 * DAY for seconds in held.lifetimes.values()), held.lifetimes

    def test_the_call_record_says_what_a_successor_needs(self, held: Held) -> None:
        """Channel, leg, bridge, addresses, the RTP stream's numbers, the flow's hash."""
        record = held.record

        assert record["leg"] == f"{held.call_id}-leg"
        assert record["bridge"] == f"{held.call_id}-bridge"
        assert record["codec"] == "ulaw"
        assert record["flow"] == "bank"
        assert record["flow_hash"] == json.loads(held.talk)["flow"]
        assert {"channel", "pbx", "rtp_port", "ssrc", "sequence", "timestamp", "app"} <= record.keys()

    def test_lines_are_in_order(self, held: Held) -> None:
        """Transcript and events share one numbering; times never go back."""
        for lines in (held.transcript, held.events):
            numbers = [line["n"] for line in lines]
            assert numbers == sorted(set(numbers))
            assert [line["at_ms"] for line in lines] == sorted(line["at_ms"] for line in lines)

    def test_the_caller_is_answered_every_time(self, held: Held) -> None:
        """Each reply of the robot was followed by an answer."""
        assert len(held.outcome.answers_ms) >= 3
