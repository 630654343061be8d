"""
One call being held on audio time: packets in, packets out, and what happens in between written down.

The clock is the audio: packet *n* comes *n* x 20 ms after the first, whatever the machine does meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np

from ivr_ari.actions import Actions, Asker
from ivr_ari.dialogue.flow import Flow
from ivr_ari.dialogue.talk import Talk
from ivr_ari.events import Action, ActionFailed, Began, Event, Heard, Meaning, Noise, Request, Understood
from ivr_ari.journal import Page
from ivr_ari.media.codecs import PCMU, SLIN16
from ivr_ari.media.line import Line
from ivr_ari.media.pacing import Progress
from ivr_ari.media.rtp import RtpPacket, Sender
from ivr_ari.orders import Line as Written
from ivr_ari.session import Engines, Session

from .audio_takes import FRAME_MS, Outcome, Pcm, Scene, Take, Taken

__all__ = ["ASKED_MS", "NOW", "TODAY", "Held", "lead"]

TODAY, NOW = "2026-07-15", "2026-07-15T10:30"

ASKED_MS = 100
"""When the bench puts the call to its question; the greeting is over by then."""

GRACE_MS = 300
"""A call whose turn is taken after the caller's last word is left alone after this."""

LEAD = "(led here)"


def lead(scene: Scene) -> Understood:
    """Return what leads to the question of *scene*."""
    return Understood(Meaning(requests=(Request(scene.request, 0, 0),)), LEAD)


class World:
    """No backend answers: what a call does after its answer is not measured."""

    async def carry(self, action: Action, asker: Asker) -> ActionFailed:
        return ActionFailed(action.id, "http.down")


class Held:
    """A session, its line and its caller; stands in its page's place too."""

    def __init__(
        self, call: str, flow: Flow, scene: Scene, take: Take, engines: Engines, words: Callable[[], Heard]
    ) -> None:
        """*words* tells what understanding was asked about last."""
        loop = asyncio.get_running_loop()
        self._scene, self._take, self._words = scene, take, words
        self._codec = PCMU if take.rate_hz == PCMU.rate_hz else SLIN16
        self._frame = take.rate_hz // 1000 * FRAME_MS
        self._silence = bytes(2 * self._frame)
        self._began_s = loop.time()
        self._question: str | None = None
        self._ended = False
        self.outcome = Outcome()
        self._line = Line(self._codec, Sender(1, 1, 1), self._heard)
        self.session = Session(
            call,
            flow,
            Began(TODAY, flow.language, now=f"{NOW}:00"),
            line=self._line,
            engines=engines,
            actions=cast(Actions, World()),
            channel="bench",
            page=cast(Page, self),
            moment=lambda: NOW,
            clock=loop.time,
        )
        self._line.on_progress, self._line.on_sent = self._played, self.session.sent

    async def run(self) -> Outcome:
        """Hold it to its end."""
        self.session.start()
        caller = Sender(2, 1, 1)
        caller.payload_type = self._codec.payload_type
        for number in range(len(self._take.pcm) // self._frame):
            now_ms = (number + 1) * FRAME_MS
            await asyncio.sleep(self._began_s + now_ms / 1000 - asyncio.get_running_loop().time())
            datagram = caller.send(self._codec.encode(self._said(number)), self._frame).serialize()
            if number not in self._take.lost:
                self._line.hear(datagram, 1000 * self._began_s + now_ms)
            sent = RtpPacket.parse(self._line.tick(1000 * self._began_s + now_ms))
            self.outcome.sent.append(self._codec.decode(sent.payload).tobytes())
            if now_ms == ASKED_MS and self._scene.request:
                self._question = ""
                self.session.feed(lead(self._scene))
            if self.session.ending.done() and not self._ended:
                self._ended = True
                self.session.ending.result()  # what the session stumbled over is no figure
            if self._over(now_ms):
                break
        await self.session.close()
        return self.outcome

    def prompt(self, text: str) -> bytes:
        """Return the audio of a prompt: the first one after the call was led to its question is that."""
        if self._question == "":
            self._question = text
        if text == self._question:
            return self._take.prompt or self._silence
        return (self._question is not None and self._take.answer) or self._silence

    def keep(self, talk: Talk, lines: Sequence[Written], events: Sequence[tuple[float, Event]]) -> None:
        """Take what the session writes down, as `Page.keep` does."""
        for at, event in events:
            if isinstance(event, Understood) and event.words != LEAD:
                value = str(talk.slots.get(self._scene.slot, "")) if self._scene.slot else ""
                at_ms = round(1000 * (at - self._began_s))
                self.outcome.turns.append(Taken(at_ms, self._words().text, value))
            self.outcome.noises += isinstance(event, Noise)

    def _said(self, number: int) -> Pcm:
        """Return the 20 ms the caller's telephone sends: the caller, and what it plays coming back."""
        pcm = self._take.pcm[number * self._frame : (number + 1) * self._frame]
        back = number - self._take.echo_ms // FRAME_MS
        if self._take.echo_db is None or back < 0:
            return pcm
        echo = np.frombuffer(self.outcome.sent[back], "<i2") * 10 ** (self._take.echo_db / 20)
        mixed: Pcm = np.clip(pcm + np.rint(echo), -32768, 32767).astype(np.int16)
        return mixed

    def _heard(self, pcm: bytes) -> None:
        self.outcome.frames.append(pcm)
        if not self._ended:  # plain Vosk is to hear all of it, even if the call has ended
            self.session.frame(pcm)

    def _played(self, progress: Progress) -> None:
        at_ms = round(1000 * (asyncio.get_running_loop().time() - self._began_s))
        self.outcome.prompts.append((at_ms, progress.id, progress.state))
        self.session.progress(progress)

    def _over(self, now_ms: int) -> bool:
        """Whether the caller has said everything and a turn was taken since."""
        if self._ended:
            return now_ms >= self._take.ends_ms + 2 * GRACE_MS
        last_ms = self.outcome.turns[-1].at_ms if self.outcome.turns else 0
        return last_ms >= self._take.ends_ms and now_ms >= last_ms + GRACE_MS
