"""The robot caller on a real PBX: registers, dials, is called, is echoed, keys and hangs up."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from asterisk.lab import Lab, command, running
from ivr_ari.errors import PeerError
from ivr_ari.robot.call import Call
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.timing import level_dbfs

from .lab import where_possible

pytestmark = pytest.mark.pbx

CALLERS = Path(__file__).parents[1] / "data" / "callers"
ECHO, TONE, AGENT, NOBODY = "9900", "9905", "700", "55555"


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """A lab of these tests' own: they need its numbers and count its channels."""
    with where_possible(), running("robot-tests") as pbx:
        yield pbx


@pytest.fixture
async def caller(lab: Lab) -> AsyncIterator[Phone]:
    """A telephone that needs no registration to call; afterwards no channel is left."""
    async with Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone:
        yield phone
    assert "0 active channels" in command(lab, "core show channels count")


@pytest.fixture
async def agent(lab: Lab) -> AsyncIterator[Phone]:
    """A registered telephone."""
    async with Phone("agent", lab.phones["agent"], (lab.sip_host, lab.sip_port)) as phone:
        await phone.register()
        yield phone
    assert "sip:agent@" not in command(lab, "pjsip show contacts")


async def is_quiet(call: Call) -> None:
    """Wait until nothing has been heard for 300 ms, by the packets' own time."""

    def quiet() -> bool:
        heard = call.ear.levels()
        loud = [sound.at for sound in heard if sound.level > -45]
        return bool(heard) and (not loud or heard[-1].at - loud[-1] > 0.3)

    await call.heard(quiet)


class TestDial:
    async def test_echo_brings_back_what_was_said_and_keyed(self, caller: Phone) -> None:
        """
        The sentence comes back whole and in time order, keys come back as keys.
        """
        sentence = Clips.load(CALLERS).find("what's my balance", "am_adam")
        call = await caller.dial(ECHO)

        said = call.say(sentence)
        await said.over.wait()
        await is_quiet(call)
        keys = call.send_keys("12")
        await keys.over.wait()
        await call.heard(lambda: call.ear.keys == "12")
        recording = call.ear.recording()
        ended = await call.hangup()

        assert said.began_at is not None
        assert call.ear.first_at is not None
        assert call.times.answered is not None
        first = call.ear.first_audio_after(said.began_at - 0.001)
        assert first is not None
        assert said.began_at <= first
        assert level_dbfs(recording) > level_dbfs(sentence) - 10
        assert ended.cause == "we"
        assert call.ear.buffer.lost == 0

    async def test_audio_of_the_pbx_itself_is_heard(self, caller: Phone) -> None:
        """
        The digital milliwatt arrives at its level: what the PBX plays is decoded right.
        """
        call = await caller.dial(TONE)
        await call.heard(lambda: len(call.ear.sounds) >= 10)
        level = call.ear.sounds[-1].level
        await call.hangup()

        # 0 dBm0 lies 3.17 dB below a sine at full scale, and that 3.01 dB below a square wave.
        assert level == pytest.approx(-6.2, abs=0.3)

    async def test_unknown_number_is_refused_with_its_status(self, caller: Phone) -> None:
        """
        What a QA engineer sees who mistypes the extension.
        """
        with pytest.raises(PeerError) as caught:
            await caller.dial(NOBODY)

        assert (caught.value.code, caught.value.facts["status"]) == ("sip.refused", 404)

    async def test_wrong_password_is_refused_after_one_try(self, lab: Lab) -> None:
        """
        The PBX says no, the robot does not insist.
        """
        async with Phone("caller", "wrong", (lab.sip_host, lab.sip_port)) as stranger:
            with pytest.raises(PeerError) as caught:
                await stranger.dial(ECHO)

        assert caught.value.facts["status"] == 401


class TestAgent:
    async def test_agent_is_called_talks_and_hangs_up(self, caller: Phone, agent: Phone) -> None:
        """
        Two robots through the PBX: both hear each other, each knows who ended it and why.
        """
        clips = Clips.load(CALLERS)
        mine = caller.start(AGENT)
        theirs = await agent.incoming()
        theirs.ring()
        await mine.ringing()
        await theirs.answer()
        await mine.answered()

        question = mine.say(clips.find("let me talk to somebody"))
        await theirs.heard(lambda: theirs.ear.first_audio_after(0) is not None)
        await question.over.wait()
        answer = theirs.say(clips.find("yes please"))
        assert question.ended_at is not None
        first = await mine.first_audio_after(question.ended_at)
        await theirs.hangup()
        ended = await mine.ended()

        assert answer.began_at is not None
        assert answer.began_at <= first
        assert (ended.cause, ended.reason) == ("they", "Q.850;cause=16")

    async def test_busy_agent_is_a_refusal(self, caller: Phone, agent: Phone) -> None:
        """
        486 comes through as the Q.850 cause of a busy line.
        """
        mine = caller.start(AGENT)
        (await agent.incoming()).refuse(486)
        ended = await mine.ended()

        assert (ended.cause, ended.status, ended.reason) == ("refused", 486, "Q.850;cause=17")

    async def test_caller_who_gives_up_stops_the_ringing(self, caller: Phone, agent: Phone) -> None:
        """
        CANCEL goes through the PBX to the agent's telephone.
        """
        mine = caller.start(AGENT)
        theirs = await agent.incoming()
        theirs.ring()
        await mine.ringing()
        await mine.hangup()

        assert (await theirs.ended()).cause == "cancelled"
