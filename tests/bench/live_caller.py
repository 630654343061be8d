"""
A caller who answers the bench's questions for as long as wanted, and times every answer.

*End of speech* is the packet with the last voiced sample the caller sent, *first audio* the first packet of
the answer above -45 dBFS that came back, both on the machine's monotonic clock at the caller's own socket.
The service's own record of the turn (`ivr_ari.turn_times`) is on the same clock, so the two are joined.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ivr_ari.errors import PeerError
from ivr_ari.media.g711 import Pcm
from ivr_ari.robot.call import Call
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.ear import Sound
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.timing import LOUD_DBFS

from .live_stage import Answered, Turns

__all__ = ["ANSWERS", "GROWING", "REQUESTS", "Caller", "Reply", "Talkative", "Voices"]

QUIET_S = 0.3
"""A prompt that has been silent for so long is over; nothing in the bench's prompts pauses longer."""

PATIENCE_S = 8.0
"""An answer that has not come by then never will; the service itself gives up on its engines before."""

OVER_S = 12.0
"""No prompt of the bench is longer."""

REQUESTS = (
    "where is my order",
    "cancel my appointment please",
    "i'd like to make an appointment",
    "has my prescription been refilled",
    "i don't recognize a payment on my statement",
    "i need a refund for a charge in march",
    "can you tell me how much i have in my checking account",
    "can you send me a new card",
    "i want to pay my credit card bill",
    "i want to return a pair of shoes i bought last week",
    "do you have the blue jacket in stock in the downtown store",
    "i'd like a refund instead of an exchange",
)
"""Open requests: recordings of `tests/data/callers` by their words."""

ANSWERS: Mapping[str, Sequence[str]] = {
    "agreed": ("yes", "yes please", "no", "that's right"),
    "account": (
        "four four one nine two zero six five",
        "three oh seven seven one eight double four",
        "my account number is four four one nine two zero six five",
        "four one double oh seven two three nine",
    ),
    "day": ("it was on the third of october", "um i think it was the twelfth of june"),
    "amount": ("forty two dollars and nineteen cents", "two hundred dollars and fifty cents"),
    "from": ("from savings",),
}
"""What may be said to the closed questions that key 6 opens, by slot."""

KEY_ALL = "6"

GROWING = frozenset({"day", "amount"})
"""
Questions whose answers may go on after a pause (a year after the day, cents after the dollars), so that the
turn waits although there is an answer; the others are closed by it.
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """One turn: what was said to which question, and how long the answer took."""

    call_id: str
    asked: str
    """The slot that was asked for; empty: an open question."""

    words: str
    ended_at: float
    first_at: float | None
    """None: no answer came."""

    service: Answered | None
    """What the service says of the turn, None if it does not say."""

    @property
    def step(self) -> str:
        """``open``, ``closed``, or ``growing`` (`GROWING`)."""
        if not self.asked:
            return "open"
        return "growing" if self.asked in GROWING else "closed"

    @property
    def answer_ms(self) -> float | None:
        return None if self.first_at is None else 1000 * (self.first_at - self.ended_at)

    def shares(self) -> dict[str, float]:
        """Return the milliseconds of each stage, in order; nothing if the turn has no record."""
        if self.service is None or self.first_at is None:
            return {}
        voice, after = self.service.voice_at, self.service.after_ms
        shares = {"way in, voice seen to end": 1000 * (voice - self.ended_at)}
        before = 0.0
        for stage, name in (
            ("paused", "silence until the pause counts"),
            ("heard", "recogniser's last words"),
            ("meant", "understanding, dialogue tried"),
            ("committed", "silence until the turn is over"),
            ("sent", "voice, pace"),
        ):
            if stage in after:
                shares[name] = after[stage] - before
                before = after[stage]
        shares["way out"] = 1000 * (self.first_at - voice) - before
        return shares


class Voices:
    """The recordings callers speak with, read once."""

    def __init__(self, clips: Clips) -> None:
        self._by_words: dict[str, list[Pcm]] = {}
        wanted = {*REQUESTS, *(words for some in ANSWERS.values() for words in some)}
        for recording in clips.recordings:
            if recording.text in wanted:
                pcm = clips.find(recording.text, recording.voice)
                self._by_words.setdefault(recording.text, []).append(pcm)

    def say(self, words: str, choice: random.Random) -> Pcm:
        """Return a recording of these words, in any of the voices."""
        return choice.choice(self._by_words[words])


@dataclass(slots=True)
class Talk:
    """What a caller has measured of one call."""

    replies: list[Reply] = field(default_factory=list)
    spoken_s: float = 0.0
    heard_s: float = 0.0
    """Seconds of prompt at the caller's ear."""

    seconds: float = 0.0


class Caller:
    """One call under way, as the bench leads it."""

    def __init__(self, call: Call, call_id: str, turns: Turns) -> None:
        self.call, self.call_id = call, call_id
        self.talk = Talk()
        self._turns = turns
        self._loud_at = 0.0
        self._waiting_since: float | None = None
        self._first_at: float | None = None
        self._began = time.monotonic()
        call.on_sound = self._sound

    @classmethod
    async def dial(cls, phone: Phone, number: str, turns: Turns) -> Caller:
        """Dial, and find out which of the service's calls it is; nobody else may dial meanwhile."""
        turns.follow()
        before = len(turns.taken)
        call = await phone.dial(number)
        for _ in range(100):
            turns.follow()
            if len(turns.taken) > before:
                return cls(call, turns.taken[before], turns)
            await asyncio.sleep(0.02)
        await call.hangup()
        told = ", ".join(turns.warnings) or "nothing"
        raise PeerError("bench.not-taken", hint=f"the service has not taken the call; it warned of: {told}")

    async def quiet(self) -> None:
        """Wait until whatever is being said is over."""
        await self._until(lambda: time.monotonic() - self._loud_at > QUIET_S, OVER_S)

    async def keys(self, keys: str) -> None:
        """Press keys, and wait for the prompt that follows to be over."""
        utterance = self.call.send_keys(keys)
        await utterance.over.wait()
        self._listen(utterance.ended_at or time.monotonic())
        await self._until(lambda: self._first_at is not None, PATIENCE_S)
        await self.quiet()

    async def say(self, asked: str, words: str, pcm: Pcm) -> Reply:
        """Say something, and wait for the first audio of the answer."""
        known = len(self._turns.of(self.call_id))
        utterance = self.call.say(pcm)
        await utterance.over.wait()
        ended_at = utterance.ended_at or time.monotonic()
        self._listen(ended_at)
        await self._until(lambda: self._first_at is not None, PATIENCE_S)
        first_at, self._waiting_since = self._first_at, None
        service = self._record(known, first_at)
        reply = Reply(self.call_id, asked, words, ended_at, first_at, service)
        self.talk.replies.append(reply)
        self.talk.spoken_s += len(pcm) / 8000
        return reply

    @property
    def asks(self) -> str:
        """The slot the service asks for since the last turn."""
        answered = self._turns.of(self.call_id)
        return answered[-1].asks if answered else ""

    async def hang_up(self) -> None:
        self.talk.seconds = time.monotonic() - self._began
        if self.call.end is None:
            await self.call.hangup()

    def _record(self, known: int, first_at: float | None) -> Answered | None:
        if first_at is None:
            return None
        fresh = self._turns.of(self.call_id)[known:]
        # The packet that was heard first is one the service sent just before.
        near = [turn for turn in fresh if 0 <= first_at - turn.voice_at - turn.after_ms["sent"] / 1000 < 0.25]
        return near[-1] if near else None

    def _listen(self, since: float) -> None:
        self._waiting_since, self._first_at = since, None

    def _sound(self, sound: Sound) -> None:
        if sound.level <= LOUD_DBFS:
            return
        self.talk.heard_s += 0.02
        if self._first_at is None and self._waiting_since is not None and sound.at > self._waiting_since:
            self._first_at = sound.at
        self._loud_at = sound.at

    async def _until(self, enough: object, seconds: float) -> None:
        assert callable(enough)
        try:
            async with asyncio.timeout(seconds):
                await self.call.heard(lambda: bool(enough()))
        except TimeoutError:
            return


class Talkative:
    """Goes through requests and questions in the order of the flow, as long as it is let."""

    def __init__(
        self, caller: Caller, voices: Voices, seed: int, *, think_s: float = 0.0, requests: int = 1
    ) -> None:
        """*requests* are made before each round of the five closed questions; *think_s* before speaking."""
        self.caller, self.voices, self.requests = caller, voices, requests
        self.choice = random.Random(seed)
        self.think_s = think_s
        self._made = 0

    async def begin(self) -> None:
        """Let the greeting pass, and key in where this call's sums begin."""
        await self.caller.quiet()
        await self.caller.keys("9")
        await self.caller.keys(f"{self.choice.randrange(1000, 10_000)}#")

    async def turn(self) -> Reply:
        """Take the next turn: answer what is asked; if nothing is, a request or a round of questions."""
        caller = self.caller
        asked = caller.asks
        if not asked and self._made >= self.requests:
            await caller.keys(KEY_ALL)
            asked = "agreed"
        self._made = 0 if asked else self._made + 1
        words = self.choice.choice(ANSWERS.get(asked, REQUESTS))
        if self.think_s:
            await asyncio.sleep(self.think_s)
        reply = await caller.say(asked, words, self.voices.say(words, self.choice))
        await caller.quiet()
        return reply
