"""From the conversation to a person and back: the agent's telephone is a SIP telephone of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from asterisk.lab import Lab
from ivr_ari.robot.phone import Phone

from .lab import Application, call_records, eventually, leaves_nothing_behind

pytestmark = pytest.mark.pbx


@dataclass(frozen=True)
class Talk:
    """A caller in the conversation: media bridged as the service does it."""

    service: Application
    channel: str
    call_id: str

    async def bridge(self) -> None:
        """Answer and bridge the caller with an external media leg that writes no call record."""
        ask, leg = self.service.ask, f"{self.call_id}-leg"
        await ask("POST", f"/channels/{self.channel}/answer")
        await ask("POST", f"/bridges/{self.call_id}-bridge", type="mixing,dtmf_events,proxy_media")
        body = {"variables": {"CDR_PROP(disable)": "1"}}
        where = {"external_host": "127.0.0.1:9", "format": "ulaw", "channelId": leg, "app": "ivr"}
        await ask("POST", "/channels/externalMedia", body, **where)
        await self.service.event("StasisStart", id=leg)
        await ask("POST", f"/bridges/{self.call_id}-bridge/addChannel", channel=f"{self.channel},{leg}")

    async def release(self) -> None:
        await self.service.hang_up(f"{self.call_id}-leg")
        await self.service.ask("DELETE", f"/bridges/{self.call_id}-bridge")

    async def hand_over(self, target: str, summary: str = "wants a refund") -> None:
        reason = {"IVR_REASON": "caller-asked", "IVR_SUMMARY": summary, "IVR_HANDOVER_TARGET": target}
        self.service.heard.clear()
        await self.service.leave(self.channel, IVR_RESULT="handover", **reason)

    async def comes_back(self) -> str:
        """Wait until the dialplan resumes the conversation; return IVR_HANDOVER."""
        start = await self.service.event("StasisStart", id=self.channel)
        assert start["args"][2:] == [self.call_id, "resume"]
        return await self.service.variable(self.channel, "IVR_HANDOVER")


@dataclass(frozen=True)
class Phones:
    caller: Phone
    agent: Phone


@pytest_asyncio.fixture
async def phones(own_lab: Lab) -> AsyncIterator[Phones]:
    """The customer's and the agent's telephones; afterwards nothing is left of their calls."""
    server = (own_lab.sip_host, own_lab.sip_port)
    with leaves_nothing_behind(own_lab):
        async with (
            Phone("caller", own_lab.phones["caller"], server) as caller,
            Phone("agent", own_lab.phones["agent"], server) as agent,
        ):
            await agent.register()
            yield Phones(caller, agent)


@pytest_asyncio.fixture
async def talk(own_lab: Lab, phones: Phones) -> AsyncIterator[Talk]:
    """A caller who has dialled 600 and is in the conversation."""
    async with Application(own_lab, "ivr") as service:
        phones.caller.start("600")
        start = await service.event("StasisStart")
        yield Talk(service, start["channel"]["id"], start["args"][2])


class TestContext:
    async def test_the_agent_sees_who_and_why(self, phones: Phones, talk: Talk) -> None:
        """The INVITE to the agent carries id, reason and summary in one header."""
        await talk.hand_over("agent")

        ringing = await phones.agent.incoming()

        seen = ringing.header("X-IVR-Context")
        ringing.refuse(486)
        await talk.comes_back()
        assert seen == f'id={talk.call_id};reason=caller-asked;summary="wants a refund"'

    async def test_a_summary_is_only_text(self, phones: Phones, talk: Talk) -> None:
        """Neither quotes nor line ends nor dialplan syntax get out of its value; 250 characters pass."""
        hostile = 'said "x", then\r\nX-Evil: 1 \\ ${IVR_CALL_ID} $[1+1];b=c '
        await talk.hand_over("agent", hostile + "y" * 300)

        ringing = await phones.agent.incoming()

        seen = ringing.header("X-IVR-Context") or ""
        evil = ringing.header("X-Evil")
        ringing.refuse(486)
        await talk.comes_back()
        assert not evil
        summary = seen.partition("summary=")[2]
        assert summary.startswith('"said x, thenX-Evil: 1  ${IVR_CALL_ID} $[1+1];b=c yy')
        assert summary.count('"') == 2
        assert len(summary) <= 252

    async def test_a_queue_passes_it_on(self, phones: Phones, talk: Talk) -> None:
        """A queue's member gets the same header."""
        await talk.hand_over("support-soon")

        ringing = await phones.agent.incoming()

        seen = ringing.header("X-IVR-Context") or ""
        ringing.refuse(486)
        await talk.comes_back()
        assert seen.startswith(f"id={talk.call_id};reason=caller-asked;")


class TestOutcome:
    async def test_busy(self, phones: Phones, talk: Talk) -> None:
        """A busy agent: the conversation goes on and is told so."""
        await talk.hand_over("agent")
        (await phones.agent.incoming()).refuse(486)

        assert await talk.comes_back() == "busy"

    @pytest.mark.parametrize("target", ["agent-soon", "support-soon"], ids=["by Dial", "by Queue"])
    async def test_no_answer(self, phones: Phones, talk: Talk, target: str) -> None:
        """Nobody picks up: the conversation goes on and is told so."""
        await talk.hand_over(target)
        await phones.agent.incoming()

        assert await talk.comes_back() == "noanswer"

    async def test_answered_call_is_no_longer_ours(self, own_lab: Lab, phones: Phones, talk: Talk) -> None:
        """While caller and agent talk, nothing of the call is in our application and no limit is set."""
        await talk.bridge()
        await talk.release()
        await talk.hand_over("agent")
        agents = await phones.agent.incoming()
        await agents.answer()

        left = await talk.service.ask("GET", "/applications/ivr")
        limit = await talk.service.variable(talk.channel, "TIMEOUT(absolute)")
        await agents.hangup()

        assert left["channel_ids"] == []
        assert left["bridge_ids"] == []
        assert float(limit) <= 0


class TestRecords:
    async def test_a_conversation_gives_one_record(self, own_lab: Lab, phones: Phones, talk: Talk) -> None:
        """Without a hand-over there is one record: caller, number, call id and result."""
        await talk.bridge()
        user_field = {"variable": "CDR(userfield)", "value": f"{talk.call_id} done"}
        await talk.service.ask("POST", f"/channels/{talk.channel}/variable", **user_field)
        await talk.release()
        await talk.service.leave(talk.channel, IVR_RESULT="done")

        await eventually(lambda: call_records(own_lab, talk.call_id))
        [record] = [row for row in call_records(own_lab) if talk.call_id in "|".join(row.values())]
        assert (record["src"], record["dst"]) == ("2025550101", "600")
        assert record["userfield"] == f"{talk.call_id} done"
        assert record["disposition"] == "ANSWERED"

    async def test_a_hand_over_adds_the_agents_record(self, own_lab: Lab, phones: Phones, talk: Talk) -> None:
        """Conversation and agent have a record each, of one call, and none for our own leg."""
        await talk.bridge()
        await talk.release()
        await talk.hand_over("agent")
        agents = await phones.agent.incoming()
        await agents.answer()
        await agents.hangup()

        records = await eventually(lambda: call_records(own_lab, talk.call_id))
        assert [row["dstchannel"].partition("-")[0] for row in records[1:]] == ["PJSIP/agent"]
        assert records[0]["lastapp"] == "Stasis"
        assert len({row["uniqueid"] for row in records}) == 1
        assert not [row for row in call_records(own_lab) if row["channel"].startswith("UnicastRTP")]
