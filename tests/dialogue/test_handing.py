"""A person gets the whole context, and the call comes back when there is none."""

from __future__ import annotations

import json

from ivr_ari.dialogue.handing import LONGEST_SUMMARY
from ivr_ari.events import Returned

from .conversation import Conversation, at_confirmation, bank, flow_of, value, wants
from .small import SMALL


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
