"""What a caller gets when the conversation is not there, refuses, breaks, or ends: dialplans/ivr.conf."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from asterisk.lab import Lab

from .lab import Application, Event, call_records, eventually, leaves_nothing_behind

pytestmark = pytest.mark.pbx


@pytest_asyncio.fixture
async def watch(own_lab: Lab) -> AsyncIterator[Application]:
    """An application that takes no call but hears what happens on the PBX; afterwards nothing is left."""
    with leaves_nothing_behind(own_lab):
        async with Application(own_lab, "test-watch", watch=True) as watching:
            yield watching


async def menu(watch: Application, channel: str) -> Event:
    """Wait until *channel* is in the lab's old menu, end the call, and return what the menu was told."""
    event = await watch.event("ChannelUserevent", eventname="LabMenu", id=channel)
    await watch.hang_up(channel)
    told: Event = event["userevent"]
    return told


class TestNobodyThere:
    @pytest.mark.parametrize("number", ["600", "601"], ids=["by Gosub", "by Goto with IVR_FALLBACK"])
    async def test_absent_service(self, watch: Application, number: str) -> None:
        """Without the service a caller gets the old menu, at once."""
        told = await menu(watch, await watch.call(number))

        assert told["Result"] == "unavailable"

    async def test_service_that_has_gone(self, own_lab: Lab, watch: Application) -> None:
        """An application whose websocket has dropped takes no new call."""
        async with Application(own_lab, "ivr"):
            pass

        told = await menu(watch, await watch.call("600"))

        assert told["Result"] == "unavailable"

    async def test_next_node(self, own_lab: Lab, watch: Application) -> None:
        """The names in IVR_APPS are tried in turn."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("691")

            start = await service.event("StasisStart", id=channel)
            await service.leave(channel, IVR_RESULT="done")

        assert start["args"][0] == "bank"

    async def test_goto_without_fallback_apologises(self, watch: Application) -> None:
        """A call that entered by Goto and has no fallback hears a sentence before it is hung up."""
        channel = await watch.call("693")

        await watch.event("ChannelDialplan", id=channel, dialplan_app="Playback")
        gone = await watch.event("ChannelDestroyed", id=channel)
        assert gone["cause"] == 38  # Q.850: network out of order


class TestArguments:
    async def test_flow_language_and_call_id(self, own_lab: Lab, watch: Application) -> None:
        """The application is told flow, language and an id that the dialplan knows as well."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("601")
            start = await service.event("StasisStart", id=channel)
            known = await service.variable(channel, "IVR_CALL_ID")
            await service.leave(channel, IVR_RESULT="done")

        assert start["args"] == ["bank", "en", known]
        assert known.startswith("ivr-")
        assert set(known) <= set("ivr-.0123456789abcdefghijklmnopqstuwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

    async def test_commas_add_no_argument(self, own_lab: Lab, watch: Application) -> None:
        """A value with a comma can't move the arguments after it."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("600", {"__IVR_LANG": "en,resume,x"})
            start = await service.event("StasisStart", id=channel)
            await service.leave(channel, IVR_RESULT="done")

        assert start["args"][:2] == ["bank", "enresumex"]
        assert len(start["args"]) == 3

    async def test_result_of_an_earlier_conversation_is_cleared(
        self, own_lab: Lab, watch: Application
    ) -> None:
        """IVR_RESULT is empty when the application gets the call, whatever it was before."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("600", {"__IVR_RESULT": "done", "__IVR_REASON": "old"})
            await service.event("StasisStart", id=channel)
            result = await service.variable(channel, "IVR_RESULT")
            reason = await service.variable(channel, "IVR_REASON")
            await service.leave(channel)
            told = await menu(watch, channel)

        assert (result, reason) == ("", "")
        assert (told["Result"], told["Reason"]) == ("error", "no-result")


class TestResults:
    @pytest.mark.parametrize(
        "result", ["no-media", "unknown-flow", "error", "overload", "draining", "nonsense"]
    )
    async def test_all_but_done_and_handover_fall_back(
        self, own_lab: Lab, watch: Application, result: str
    ) -> None:
        """What is neither done nor handed over goes to the old menu, with the reason at hand."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("600")
            await service.event("StasisStart", id=channel)
            await service.leave(channel, IVR_RESULT=result, IVR_REASON="because")
            told = await menu(watch, channel)

        assert (told["Result"], told["Reason"]) == (result, "because")

    async def test_done_hangs_up(self, own_lab: Lab, watch: Application) -> None:
        """A call that is done is hung up normally, and its record says so."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("600")
            start = await service.event("StasisStart", id=channel)
            await service.leave(channel, IVR_RESULT="done")
            gone = await watch.event("ChannelDestroyed", id=channel)

        call_id = start["args"][2]
        records = await eventually(lambda: call_records(own_lab, call_id))
        assert gone["cause"] == 16
        assert [record["userfield"] for record in records] == [f"{call_id} done"]

    @pytest.mark.parametrize("refusal", ["overload", "draining"])
    async def test_refused_call_goes_to_the_next_node(
        self, own_lab: Lab, watch: Application, refusal: str
    ) -> None:
        """A node that is full or draining passes the call on; its refusal is not the call's result."""
        async with Application(own_lab, "one") as one, Application(own_lab, "two") as two:
            channel = await watch.call("600", {"__IVR_APPS": "one,two"})
            await one.event("StasisStart", id=channel)
            await one.leave(channel, IVR_RESULT=refusal)
            await two.event("StasisStart", id=channel)
            result = await two.variable(channel, "IVR_RESULT")
            await two.leave(channel, IVR_RESULT="done")

        assert result == ""

    async def test_last_refusal_stands(self, own_lab: Lab, watch: Application) -> None:
        """If no node takes the call, the menu is told why the last one that was there refused."""
        async with Application(own_lab, "one") as one:
            channel = await watch.call("600", {"__IVR_APPS": "one,absent"})
            await one.event("StasisStart", id=channel)
            await one.leave(channel, IVR_RESULT="overload")
            told = await menu(watch, channel)

        assert told["Result"] == "overload"


class TestLost:
    @pytest.mark.parametrize("bridged", [False, True], ids=["alone", "in a bridge"])
    async def test_controller_that_never_answers(
        self, own_lab: Lab, watch: Application, bridged: bool
    ) -> None:
        """A call that its controller forgot comes back after IVR_MAX_SECONDS, out of a bridge as well."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("600", {"__IVR_MAX_SECONDS": "1"})
            await service.event("StasisStart", id=channel)
            if bridged:
                await service.ask("POST", "/bridges/ivr-test-bridge", type="mixing,dtmf_events,proxy_media")
                await service.ask("POST", "/bridges/ivr-test-bridge/addChannel", channel=channel)
            told = await menu(watch, channel)
            if bridged:
                await service.ask("DELETE", "/bridges/ivr-test-bridge")

        assert (told["Result"], told["Reason"]) == ("error", "max-seconds")

    async def test_killed_controller(self, own_lab: Lab, watch: Application) -> None:
        """The same with its websocket gone: Asterisk itself gives the caller back."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("600", {"__IVR_MAX_SECONDS": "1"})
            await service.event("StasisStart", id=channel)

        told = await menu(watch, channel)

        assert (told["Result"], told["Reason"]) == ("error", "max-seconds")

    async def test_without_a_gosub(self, own_lab: Lab, watch: Application) -> None:
        """A forgotten call that entered by Goto and has no fallback hears the apology."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("693", {"__IVR_MAX_SECONDS": "1"})
            await service.event("StasisStart", id=channel)
            gone = await watch.event("ChannelDestroyed", id=channel)

        assert gone["cause"] == 38  # Q.850: network out of order


class TestHandover:
    async def test_unknown_target_comes_back_three_times(self, own_lab: Lab, watch: Application) -> None:
        """A target that [ivr-targets] does not name dials nothing; after three offers the menu takes over."""
        async with Application(own_lab, "ivr") as service:
            channel = await watch.call("600")
            for offer in range(3):
                start = await service.event("StasisStart", id=channel)
                service.heard.clear()
                assert start["args"][3:] == (["resume"] if offer else [])
                if offer:
                    assert await service.variable(channel, "IVR_HANDOVER") == "failed"
                target = {"IVR_HANDOVER_TARGET": "PJSIP/agent&PJSIP/robot2"}
                await service.leave(channel, IVR_RESULT="handover", IVR_REASON="caller-asked", **target)
            told = await menu(watch, channel)

        assert (told["Result"], told["Reason"]) == ("error", "handover-failed")
