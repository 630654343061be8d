"""What is killed in the middle of a call, and what the caller notices of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time

import pytest

from asterisk.stage import Stage
from ivr_ari.robot.phone import Phone

from .lab import Application, eventually
from .staging import Talk, dialled, gone, in_our_hands, menu, until

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(400)]


class TestServiceKilled:
    async def test_callers_get_the_menu(self, stage: Stage, watch: Application, phone: Phone) -> None:
        """
        kill -9 with two callers in the conversation.

        The one whose dialplan gave it five seconds is in the menu without any service; the other is let go by
        the next start, long before that has loaded its models; nothing of either stays in the application.
        """
        async with dialled(stage, phone) as talk, dialled(stage, phone, "692") as short:
            await talk.says("How can I help you")

            await asyncio.to_thread(stage.kill)
            ended = await menu(watch, 15, CallId=short.call_id)
            assert (ended["Result"], ended["Reason"]) == ("error", "max-seconds")
            assert talk.call.is_up

            stage.launch()
            starting = asyncio.create_task(asyncio.to_thread(stage.wait_ready))
            let_go = await menu(watch, 60, CallId=talk.call_id)
            loading = not starting.done()
            assert (let_go["Result"], let_go["Reason"]) == ("error", "restart")
            assert loading
            await talk.hears()
            await starting
            assert in_our_hands(stage) == []
            assert not await talk.store.calls(stage.lab.app)

    async def test_absolute_timeout_with_a_service(
        self, stage: Stage, watch: Application, phone: Phone
    ) -> None:
        """The dialplan's limit ends a conversation that goes on too long, whatever the service thinks."""
        async with dialled(stage, phone, "692") as talk:
            ended = await menu(watch, 15, CallId=talk.call_id)

            assert (ended["Result"], ended["Reason"]) == ("error", "max-seconds")
            assert talk.call.is_up


async def kill_worker(stage: Stage, name: str) -> int:
    """kill -9 one of the engines; return its process id once the service has noticed."""
    pid = int(stage.health()[1]["engines"][name])
    os.kill(pid, signal.SIGKILL)
    await eventually(lambda: stage.health()[1]["engines"].get(name) != pid)
    return pid


async def back(stage: Stage, name: str, before: int) -> None:
    """Wait until another process has taken an engine's place."""
    await eventually(lambda: stage.health()[1]["engines"].get(name, before) != before, 90)


class TestEngineKilled:
    @pytest.mark.parametrize("name", ["speech", "understanding"])
    async def test_the_keypad_leads_on(self, stage: Stage, phone: Phone, name: str) -> None:
        """Without hearing or understanding the keys are offered, and they work; afterwards words do again."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            pid = await kill_worker(stage, name)
            await talk.says("keys of your telephone")
            await talk.keys("5")
            await talk.says("Monday")

            await back(stage, name, pid)
            await talk.speaks("what are your opening hours")
            await talk.says("Monday")

            assert stage.health()[0]

    async def test_a_frozen_recogniser_counts_as_dead(self, stage: Stage, phone: Phone) -> None:
        """Stopped in the middle of a call: the keys are offered and work, and another one takes its place."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            pid = int(stage.health()[1]["engines"]["speech"])
            os.kill(pid, signal.SIGSTOP)
            await talk.says("keys of your telephone")
            await talk.keys("5")
            await talk.says("Monday")

            await back(stage, "speech", pid)
            await talk.speaks("what are your opening hours")
            await talk.says("Monday")

    async def test_a_recogniser_that_stumbled_is_kept(self, stage: Stage, phone: Phone) -> None:
        """Stopped until the keys are offered and no longer: the same one hears the caller again."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            pid = int(stage.health()[1]["engines"]["speech"])
            os.kill(pid, signal.SIGSTOP)
            await eventually(lambda: "speech" not in stage.health()[1]["engines"])
            os.kill(pid, signal.SIGCONT)
            await talk.says("keys of your telephone")
            await eventually(lambda: stage.health()[1]["engines"].get("speech") == pid)
            await talk.speaks("what are your opening hours")
            await talk.says("Monday")

    async def test_a_caller_can_leave_while_everything_is_frozen(self, stage: Stage, phone: Phone) -> None:
        """Hanging up needs no engine: nothing of the call is left, while all of them stand still."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            engines = [int(pid) for pid in stage.health()[1]["engines"].values()]
            for pid in engines:
                os.kill(pid, signal.SIGSTOP)
            try:
                await talk.call.hangup()
                await gone(stage)
            finally:
                for pid in engines:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGCONT)
            assert in_our_hands(stage) == []
        await eventually(lambda: len(stage.health()[1]["engines"]) == len(engines), 90)

    async def test_the_voice_comes_back_and_says_it(self, stage: Stage, phone: Phone) -> None:
        """A prompt that the dead voice owed is said by the next one: the caller is not left in silence."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            pid = await kill_worker(stage, "voice")
            await talk.keys("5")
            await talk.says("Monday")
            asked = time.monotonic()

            await back(stage, "voice", pid)
            await talk.call.first_audio_after(asked, quiet_ms=0)


class TestRedisKilled:
    async def test_the_call_goes_on_and_is_written_later(self, stage: Stage, phone: Phone) -> None:
        """While Redis is away the conversation goes on; once it is back nothing of it is missing."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            before = await talk.talk()
            await asyncio.to_thread(stage.redis.kill)
            try:
                await talk.keys("5")
                await talk.call.first_audio_after(time.monotonic())
                await talk.keys("5")
                await talk.call.first_audio_after(time.monotonic())
            finally:
                await asyncio.to_thread(stage.redis.start)
            await talk.says("Monday")

            assert await keyed(talk, 2)
            assert await talk.talk() != before
            numbers = [line["n"] for line in await talk.events()]
            assert sorted(set(numbers)) == numbers

    async def test_the_agent_rings_without_it(self, stage: Stage, phone: Phone, agent: Phone) -> None:
        """A caller who wants a person gets one also while the record for the screen can't be written."""
        async with dialled(stage, phone) as talk:
            await talk.says("How can I help you")
            await asyncio.to_thread(stage.redis.kill)
            try:
                await talk.keys("0")
                async with asyncio.timeout(30):
                    agents = await agent.incoming()
                header = agents.header("X-IVR-Context")
                await agents.answer()
                await agents.hangup()
                await talk.call.ended()
            finally:
                stage.redis.start()

        assert header.startswith(f"id={talk.call_id};reason=asked;")


async def keyed(talk: Talk, count: int) -> bool:
    async def enough() -> bool:
        return len(await talk.events("Keyed")) == count

    return await until(enough)
