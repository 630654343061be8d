"""A robot with a script talks to a telephone that plays prompts, over the loopback."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.media.g711 import Pcm
from ivr_ari.robot.call import Call
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.conversation import (
    Heard,
    HungUp,
    Keyed,
    Outcome,
    Spoke,
    TalkEvent,
    converse,
    prepare,
)
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.script import Script


def tone(ms: int, hz: int) -> Pcm:
    samples = np.arange(8 * ms)
    wave: Pcm = np.rint(8000 * np.sin(samples * 2 * np.pi * hz / 8000)).astype(np.int16)
    return wave


# What the bank's voice says is a tone here, and the recogniser below hears its pitch.
WORDS = {
    300: "how can i help",
    600: "your account number",
    900: "opening hours are nine to five",
    1200: "goodbye",
}
PROMPTS = {text: tone(300, hz) for hz, text in WORDS.items()}
LONG_PROMPT = tone(3000, 300)


class PitchListener:
    """Understands tones: a recogniser without a model."""

    def __init__(self) -> None:
        self.pcm: list[Pcm] = []

    def hear(self, pcm: Pcm) -> None:
        self.pcm.append(pcm)

    def finish(self) -> str:
        pcm, self.pcm = np.concatenate(self.pcm), []
        peak = int(np.argmax(np.abs(np.fft.rfft(pcm)))) * 8000 / pcm.size
        return WORDS[min(WORDS, key=lambda hz: abs(hz - peak))]


class Bank:
    """The other end: answers, says a prompt, waits for the robot to speak or key, says the next."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.keys = ""

    async def hold(self, *prompts: Pcm, cut_by_speech: bool = False) -> None:
        call = await self.phone.incoming()
        await call.answer()
        for index, prompt in enumerate(prompts):
            said = call.say(prompt)
            if cut_by_speech and index == 0:
                await call.heard(lambda: call.ear.levels() != () and call.ear.levels()[-1].level > -45)
                call.line.speech.stop()
            await said.over.wait()
            if index < len(prompts) - 1:
                await self._answered(call, said.ended_at or 0.0)
        await call.ended()
        self.keys = call.ear.keys

    async def _answered(self, call: Call, since: float) -> None:
        """Wait until the caller has said something after *since* and been quiet for 150 ms, or keyed #."""
        had = len(call.ear.keys)

        def quiet() -> bool:
            loud = [sound.at for sound in call.ear.levels() if sound.level > -45]
            spoke = bool(loud) and loud[-1] > since and call.ear.levels()[-1].at - loud[-1] > 0.15
            return spoke or call.ear.keys[had:].endswith("#")

        await call.heard(quiet)


SENTENCES = Clips(synthesise=lambda text: tone(200, 440))


async def play(script: Script, *prompts: Pcm, cut: bool = False) -> tuple[Outcome, list[TalkEvent], str]:
    """Let the robot hold a conversation with the bank; return its outcome, what it told, what it keyed."""
    told: list[TalkEvent] = []
    async with Phone("robot") as robot, Phone("bank") as phone:
        bank = Bank(phone)
        other = asyncio.create_task(bank.hold(*prompts, cut_by_speech=cut))
        call = await robot.dial(f"sip:bank@127.0.0.1:{phone.address[1]}")
        outcome = await converse(call, script, prepare(script, SENTENCES), PitchListener(), told.append)
        await call.hangup()
        await other
    return outcome, told, bank.keys


SCRIPT = Script.model_validate(
    {
        "pause_ms": 200,
        "patience_ms": 3000,
        "rules": [
            {"hear": "how can i help", "say": "I need a refund"},
            {"hear": "account number", "keys": "4419#", "secret": True},
            {"hear": "goodbye", "hangup": True},
        ],
    }
)


class TestConverse:
    async def test_conversation_is_held_told_and_timed(self) -> None:
        """
        Each prompt is heard, each rule used, each answer timed but the greeting; keys are told as a count.
        """
        prompts = (PROMPTS["how can i help"], PROMPTS["your account number"], PROMPTS["goodbye"])

        outcome, told, keys = await play(SCRIPT, *prompts)

        assert [type(event) for event in told] == [Heard, Spoke, Heard, Keyed, Heard, HungUp]
        assert [h.text for h in outcome.heard] == ["how can i help", "your account number", "goodbye"]
        assert [h.answer_ms is None for h in outcome.heard] == [True, False, False]
        assert all(ms > 0 for ms in outcome.answers_ms)
        assert (outcome.why, outcome.unused) == ("hangup", ())
        assert told[3] == Keyed(5)
        assert keys == "4419#"

    async def test_barge_in_cuts_the_prompt_and_is_answered(self) -> None:
        """
        What is left of a prompt after the robot spoke is told as cut, and answers nothing.
        """
        script = Script.model_validate(
            {
                "pause_ms": 200,
                "rules": [
                    {"barge_in_ms": 300, "say": "what are your opening hours"},
                    {"hear": "opening hours", "hangup": True},
                ],
            }
        )

        outcome, _, _ = await play(script, LONG_PROMPT, PROMPTS["opening hours are nine to five"], cut=True)

        assert [(h.cut, h.answer_ms is None) for h in outcome.heard] == [(True, True), (False, False)]
        assert outcome.why == "hangup"

    async def test_silence_is_given_up_and_the_missing_steps_named(self) -> None:
        """
        A bank that says nothing more does not hold the robot for ever.
        """
        script = SCRIPT.model_copy(update={"patience_ms": 400})

        outcome, _, _ = await play(script, PROMPTS["opening hours are nine to five"])

        assert outcome.why == "gave up"
        assert outcome.unused == ("how can i help", "account number", "goodbye")

    async def test_other_side_may_end_it(self) -> None:
        """
        The last words are still heard, then it is over, by them.
        """
        told: list[TalkEvent] = []
        async with Phone("robot") as robot, Phone("bank") as phone:
            dialling = asyncio.create_task(robot.dial(f"sip:bank@127.0.0.1:{phone.address[1]}"))
            other = await phone.incoming()
            await other.answer()
            call = await dialling
            script = SCRIPT.model_copy(update={"rules": SCRIPT.rules[1:2]})
            talk = asyncio.create_task(converse(call, script, {}, PitchListener(), told.append))
            await other.say(PROMPTS["goodbye"]).over.wait()
            await call.heard(lambda: any(sound.level > -45 for sound in call.ear.sounds))
            await other.hangup()
            outcome = await talk

        assert outcome.why == "they"
        assert told == [Heard("goodbye", None), HungUp("they")]

    async def test_secret_sentences_are_not_told(self) -> None:
        """
        A spoken PIN is printed as something that was said, no more.
        """
        rule = {"hear": "how can i help", "say": "nine two zero one", "secret": True}
        script = Script.model_validate(
            {"pause_ms": 200, "rules": [rule, {"hear": "goodbye", "finish": True}]}
        )

        outcome, told, _ = await play(script, PROMPTS["how can i help"], PROMPTS["goodbye"])

        assert Spoke("") in told
        assert outcome.why == "finish"


class TestPrepare:
    def test_everything_missing_is_named_at_once(self) -> None:
        """
        Before the call, and not one sentence after the other.
        """
        rules = [{"hear": "a", "say": "One?"}, {"hear": "b", "say": "Two?"}]

        with pytest.raises(SetupError) as caught:
            prepare(Script.model_validate({"rules": rules}), Clips())

        assert "One?; Two?" in str(caught.value)

    def test_recordings_of_the_scripts_voice_are_used(self) -> None:
        """
        A rule's own voice goes before the script's.
        """
        clips = Clips.load(Path(__file__).parents[1] / "data" / "callers")
        rules = [
            {"hear": "a", "say": "actually make that march"},
            {"hear": "b", "say": "actually make that march", "voice": "af_sarah"},
        ]

        found = prepare(Script.model_validate({"voice": "am_adam", "rules": rules}), clips)

        adam, sarah = (clips.find("actually make that march", voice) for voice in ("am_adam", "af_sarah"))
        assert [pcm.size for pcm in found.values()] == [adam.size, sarah.size]
