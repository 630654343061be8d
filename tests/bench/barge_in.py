"""
Barge-in, in real calls: how soon our own voice gives way to the caller's, and what does not interrupt it.

A long question is asked again and again. Into each asking the caller coughs, plays music or says "mhm", and
at last speaks; in half of the calls the telephone returns the prompt 18 dB weaker all the time. The same
question, heard whole before, is the measure of what is heard (`ivr_ari.robot.interrupting`).

*Onset* is when the packet with the caller's first voice (above -45 dBFS) left; times are at the caller's ear.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from asterisk.demo import CALLERS
from ivr_ari.media.codecs import Pcm
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.ear import Sound
from ivr_ari.robot.interrupting import Place, find, follow
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.timing import LOUD_DBFS

from .disturbances import DISTURBANCES, mhm
from .live_caller import Caller
from .live_stage import QUESTIONS, live
from .measures import Part, Row

__all__ = ["Disturbed", "Interrupted", "Interrupter", "measure"]

FLOW = Path(__file__).with_name("barge.yaml")

ECHO_DB = -18.0
DOWN_P95_MS, SILENT_P95_MS = 200.0, 600.0
MOST_SHARE = 2.0
"""Per cent of barge-ins missed, and of disturbances that interrupted."""

SPEECH_AGAIN_S = 2.0

IN_PAUSE_MS = 20.0
"""Who begins to speak in a pause of the prompt itself finds it quiet at once: that is no time to tell."""

PACKET_S = 0.02
PIECE = 30
"""Packets (600 ms) by which a place in the question is found."""

WHOLE_S = 14.0
"""The question is at least this long."""

WORD_MS = 1500
"""A prompt that comes back may begin so far before where it was cut: with the first word not heard."""

LATE_MS = 100
"""A prompt that comes back so far after the cut has lost nothing that could be heard."""

REQUESTS = (
    "what's my balance",
    "where is my order",
    "cancel my appointment please",
    "i'd like to make an appointment",
    "can you send me a new card",
    "what are your opening hours",
    "i need a refund for a charge in march",
)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The caller spoke into the prompt; times in ms after the onset, None if it never came to that."""

    words: str
    echo: bool
    down_ms: float | None
    silent_ms: float | None
    again_ms: float | None
    """From the end of the caller's speech to the next thing heard."""


@dataclass(frozen=True, slots=True)
class Disturbed:
    """Something that is no speech sounded while the prompt was played."""

    kind: str
    echo: bool
    ducked: bool
    stopped: bool
    back_ms: float | None
    """From silence to the prompt being heard again."""

    lost_ms: int | None
    """How far after the place of the cut it came back; negative: before it; None: it did not."""

    @property
    def interrupted(self) -> bool:
        """Whether the prompt did not go on from the first word that was not heard."""
        return self.stopped and (self.lost_ms is None or not -WORD_MS <= self.lost_ms <= LATE_MS)


class Interrupter:
    """A caller who lets the question be asked and disturbs it."""

    def __init__(self, caller: Caller, whole: Pcm, *, echo: bool) -> None:
        self.caller, self.whole, self.echo = caller, whole, echo
        self._sounds = caller.call.ear.sounds
        if echo:
            listen, speech = caller.call.on_sound, caller.call.line.speech

            def return_it(sound: Sound) -> None:
                listen(sound)
                speech.give_back(sound.pcm, ECHO_DB)

            caller.call.on_sound = return_it

    async def at(self, ms: int) -> bool:
        """Wait until the question has come so far; False if it never does."""
        for _ in range(400):
            place = self._place(len(self._sounds))
            if place is not None and place.ms + PIECE * 20 >= ms:
                return True
            if self.caller.call.end is not None:
                return False
            await asyncio.sleep(0.1)
        return False

    async def speak(self, words: str, pcm: Pcm) -> Interrupted | None:
        """Say something into the question, and listen to what becomes of it."""
        first = len(self._sounds)
        onset, ended = await self._sound(pcm)
        await asyncio.sleep(max(0.0, SPEECH_AGAIN_S + 0.5 - (time.monotonic() - ended)))
        heard = self._since(first)
        place = self._place(first)
        if place is None:
            return None
        followed = follow(self.whole, self._since(first - PIECE), place.at)
        down, silent = followed.down_at(onset), followed.silent_at(onset)
        again = _loud_after(heard, max(ended, silent or ended))
        return Interrupted(
            words, self.echo, _ms(onset, down), _ms(onset, silent), _ms(ended, again) if silent else None
        )

    async def disturb(self, kind: str, pcm: Pcm) -> Disturbed | None:
        """Make a noise into the question, and listen to whether it goes on."""
        first = len(self._sounds)
        onset, ended = await self._sound(pcm)
        await asyncio.sleep(max(0.0, SPEECH_AGAIN_S + PIECE * PACKET_S - (time.monotonic() - ended)))
        place = self._place(first)
        if place is None:
            return None
        followed = follow(self.whole, self._since(first - PIECE), place.at)
        ducked, silent = followed.down_at(onset) is not None, followed.silent_at(onset)
        if silent is None:
            return Disturbed(kind, self.echo, ducked, False, None, None)
        back = _loud_after(self._since(first), silent + 5 * PACKET_S)
        cut_ms = place.ms + round(1000 * (silent - followed.at[0]))
        came = None if back is None else self._place_from(back)
        lost_ms = None if came is None else came.ms - cut_ms
        return Disturbed(kind, self.echo, ducked, True, _ms(silent, back), lost_ms)

    async def undisturbed(self, seconds: float) -> Disturbed | None:
        """Do nothing but return the echo: nothing may happen to the question."""
        return await self.disturb("echo alone", np.zeros(round(seconds * 8000), np.int16))

    async def _sound(self, pcm: Pcm) -> tuple[float, float]:
        """Send *pcm*; return when its first voice left and when it was over, seconds."""
        utterance = self.caller.call.say(pcm)
        await utterance.over.wait()
        ended = utterance.ended_at or time.monotonic()
        began = utterance.began_at or ended
        return began + _first_voice(pcm) * PACKET_S, ended

    def _since(self, first: int) -> Sequence[Sound]:
        return [self._sounds[number] for number in range(max(0, first), len(self._sounds))]

    def _place(self, end: int) -> Place | None:
        """Where in the question the packets before *end* are from."""
        return self._find([self._sounds[number] for number in range(max(0, end - PIECE), end)])

    def _place_from(self, at: float) -> Place | None:
        return self._find([sound for sound in self._sounds if sound.at >= at][:PIECE])

    def _find(self, sounds: Sequence[Sound]) -> Place | None:
        if len(sounds) < PIECE or max(sound.level for sound in sounds) < LOUD_DBFS:
            return None
        return find(self.whole, np.concatenate([sound.pcm for sound in sounds]))


def measure(quick: bool, tell: Say) -> Part:
    """Hold two calls of seven askings each; QUICK: of two."""
    part = Part("barge-in, one call at a time")
    with live("bench-barge", FLOW) as (stage, turns):
        lab = stage.lab

        async def hold() -> None:
            async with Phone("caller", lab.phones["caller"], (lab.sip_host, lab.sip_port)) as phone:
                await phone.register()
                whole = await _whole(await Caller.dial(phone, QUESTIONS, turns))
                speeches: list[Interrupted] = []
                noises: list[Disturbed] = []
                for echo in (False, True):
                    caller = await Caller.dial(phone, QUESTIONS, turns)
                    interrupter = Interrupter(caller, whole, echo=echo)
                    for asking in range(2 if quick else 7):
                        await _asking(interrupter, asking, speeches, noises)
                        tell(f"echo {echo}: {len(speeches)} barge-ins, {len(noises)} sounds")
                    await caller.hang_up()
                part.rows += rows(speeches, noises)
                part.figures["barge_ins"] = [asdict(one) for one in speeches]
                part.figures["disturbances"] = [asdict(one) for one in noises]

        asyncio.run(hold())
    part.figures["service warnings"] = turns.warnings
    return part


async def _whole(caller: Caller) -> Pcm:
    """Return the question as it is heard when nobody says anything."""
    await asyncio.sleep(WHOLE_S)
    await caller.quiet()
    whole = caller.call.ear.recording()
    await caller.hang_up()
    return whole


async def _asking(
    interrupter: Interrupter, asking: int, speeches: list[Interrupted], noises: list[Disturbed]
) -> None:
    """Disturb one asking of the question twice, then interrupt it."""
    choice = random.Random(asking)
    kinds = list(DISTURBANCES)
    for number, at_ms in enumerate((1500, 5500)):
        if not await interrupter.at(at_ms):
            return
        if interrupter.echo and number == 0 and asking % 2 == 0:
            found = await interrupter.undisturbed(1.5)
        elif number == 1 and asking % 2 == 1:
            found = await interrupter.disturb("mhm", mhm(asking))
        else:
            kind = kinds[(2 * asking + number) % len(kinds)]
            found = await interrupter.disturb(kind, DISTURBANCES[kind](asking, 8000)[:12_000])
        if found is not None:
            noises.append(found)
    if await interrupter.at(9500):
        words = choice.choice(REQUESTS)
        spoken = await interrupter.speak(words, Clips.load(CALLERS).find(words))
        if spoken is not None:
            speeches.append(spoken)


def rows(speeches: Sequence[Interrupted], noises: Sequence[Disturbed]) -> list[Row]:
    """Return what is in the table, beside the targets."""
    down = [one.down_ms for one in speeches if one.down_ms is not None and one.down_ms > IN_PAUSE_MS]
    silent = [one.silent_ms for one in speeches if one.silent_ms is not None and one.silent_ms > IN_PAUSE_MS]
    missed = sum(one.silent_ms is None for one in speeches)
    false = sum(one.interrupted for one in noises)
    again = [one.again_ms for one in speeches if one.again_ms is not None]
    again += [one.back_ms for one in noises if one.back_ms is not None]
    return [
        Row.times("barge-in: prompt 15 dB down after the onset", down, None, DOWN_P95_MS),
        Row.times("barge-in: prompt silent after the onset", silent, None, SILENT_P95_MS),
        Row.of("barge-ins missed", "%", _share(missed, speeches), MOST_SHARE, count=len(speeches)),
        Row.of(
            "false barge-ins: prompt lost to a sound",
            "%",
            _share(false, noises),
            MOST_SHARE,
            count=len(noises),
        ),
        Row.of(
            "sounds that stopped the prompt for a while",
            "%",
            _share(sum(one.stopped for one in noises), noises),
        ),
        Row.times("interrupted: speech or a question again", again, None, 1000 * SPEECH_AGAIN_S),
    ]


def _share(count: int, among: Sequence[object]) -> float:
    return 100 * count / len(among) if among else float("nan")


def _ms(since: float, at: float | None) -> float | None:
    return None if at is None else 1000 * (at - since)


def _first_voice(pcm: Pcm) -> int:
    """Which packet of *pcm* is the first above -45 dBFS; 0 if none is."""
    packets = pcm[: pcm.size // 160 * 160].reshape(-1, 160).astype(np.float64)
    loud = np.flatnonzero(np.sqrt((packets**2).mean(axis=1)) > 32768 * 10 ** (LOUD_DBFS / 20))
    return int(loud[0]) if loud.size else 0


def _loud_after(heard: Sequence[Sound], after: float) -> float | None:
    return next((sound.at for sound in heard if sound.at > after and sound.level > LOUD_DBFS), None)
