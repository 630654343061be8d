"""A caller gets a person: what stays with us (nothing), and what happens when nobody is there."""

from __future__ import annotations

import asyncio
import time

import pytest

from asterisk.stage import Stage
from ivr_ari.robot.call import Call
from ivr_ari.robot.phone import Phone

from .lab import call_records, eventually
from .staging import Talk, dialled, in_our_hands, voice

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(400)]


async def hear_each_other(one: Call, other: Call) -> None:
    """Let each say something, and wait until the other hears it."""
    for speaker, listener in ((one, other), (other, one)):
        said = speaker.say(voice("yes please"))
        await listener.first_audio_after(time.monotonic(), quiet_ms=0)
        await said.over.wait()


async def ask_for_a_person(talk: Talk) -> None:
    await talk.says("How can I help you")
    await talk.keys("0")
    await talk.says("connect you with a person")


class TestAnswered:
    async def test_they_talk_on_without_us(self, stage: Stage, phone: Phone, agent: Phone) -> None:
        """Once the agent has answered nothing of the call is in our application: the service may stop."""
        async with dialled(stage, phone) as talk:
            await ask_for_a_person(talk)
            agents = await agent.incoming()
            await agents.answer()
            await eventually(lambda: in_our_hands(stage) == [])
            await hear_each_other(talk.call, agents)

            await asyncio.to_thread(stage.stop)

            await hear_each_other(talk.call, agents)
            assert talk.call.is_up
            assert agents.is_up
            await agents.hangup()


class TestNobodyThere:
    async def test_busy_gets_another_offer(self, stage: Stage, phone: Phone, agent: Phone) -> None:
        """A busy agent brings the caller back, who may try again; the second time somebody answers."""
        async with dialled(stage, phone) as talk:
            await ask_for_a_person(talk)
            (await agent.incoming()).refuse(486)
            await talk.says("Everybody is talking")
            await talk.says("Shall I try again")
            await talk.keys("1")
            agents = await agent.incoming()
            header = agents.header("X-IVR-Context")
            await agents.answer()
            await hear_each_other(talk.call, agents)

            assert [event["outcome"] for event in await talk.events("Returned")] == ["busy"]
            assert header.startswith(f"id={talk.call_id};reason=second-try;")
            await agents.hangup()

    async def test_no_agent_gets_another_offer(self, stage: Stage, phone: Phone) -> None:
        """Nobody's telephone is there: the caller comes back at once, calls later, and the call is done."""
        async with dialled(stage, phone) as talk:
            await ask_for_a_person(talk)
            await talk.says("Nobody could take your call")
            await talk.says("Shall I try again")
            await talk.keys("2")
            ended = await talk.call.ended()

            assert [event["outcome"] for event in await talk.events("Returned")] == ["failed"]
            assert (ended.cause, ended.reason) == ("they", "Q.850;cause=16")
            records = await eventually(lambda: call_records(stage.lab, talk.call_id))
            assert records[-1]["userfield"] == f"{talk.call_id} done"

    async def test_no_answer_goes_on_where_it_was(self, stage: Stage, phone: Phone, agent: Phone) -> None:
        """Nobody picks up: the caller may stay, and what had been said is still known."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            await talk.keys("1")
            await talk.identify()
            await talk.says("Your balance is")
            await talk.says("anything else")
            await talk.keys("0")
            (await agent.incoming()).refuse(480)
            await talk.says("Nobody could take your call")
            await talk.says("Shall I try again")
            await talk.keys("3")
            await talk.says("go on here")
            await talk.says("anything else")

            assert [event["outcome"] for event in await talk.events("Returned")] == ["noanswer"]
            assert dict((await talk.talk())["slots"])["customer"] == "C1007"

            await talk.keys("1")
            await talk.says("Your balance is")

    async def test_three_offers_are_enough(self, stage: Stage, phone: Phone, agent: Phone) -> None:
        """A caller who insists three times in vain gets the old menu."""
        async with dialled(stage, phone) as talk:
            await ask_for_a_person(talk)
            for _ in range(2):
                (await agent.incoming()).refuse(486)
                await talk.says("Shall I try again")
                await talk.keys("1")
            (await agent.incoming()).refuse(486)

            records = lambda: call_records(stage.lab, f"{talk.call_id} error")  # noqa: E731
            await talk.hears()
            await talk.call.hangup()
            assert await eventually(records)


class TestRecord:
    async def test_it_is_kept_before_the_agent_rings(self, stage: Stage, phone: Phone, agent: Phone) -> None:
        """When the agent's telephone rings, the screen already finds the record under the header's id."""
        async with dialled(stage, phone) as talk:
            await ask_for_a_person(talk)
            agents = await agent.incoming()
            call_id = agents.header("X-IVR-Context").partition(";")[0].removeprefix("id=")

            assert "transcript" in await talk.store.handover(call_id)
            await talk.call.hangup()
