"""
The task that owns one call: from its offer to the moment nothing of it is left with us.

Whatever goes wrong inside a call ends here: the caller goes back to the dialplan, which knows what to do
without us, and the other calls notice nothing.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import structlog

from .actions import Actions
from .adapters.ari import Ari, Media
from .adapters.ari_events import CallOffered
from .adapters.rtp_socket import MediaPorts, RtpSocket, Ticker
from .adapters.store import CallStore
from .dialogue.flow import Flow
from .dialogue.talk import from_json
from .errors import CallGone, IvrError, PbxUnavailable, StoreUnavailable
from .events import Began, HandOver, Json, Leave, Returned
from .fit import language_of
from .journal import Page
from .leg import answer
from .media.line import Line
from .media.rtp import Sender
from .modes import Mode, mode_of
from .orders import Fallback
from .recorder import Recorder
from .session import Beginning, Ending, Engines, Session

log = structlog.get_logger()

FIRST_RETRY_S, LONGEST_RETRY_S = 0.5, 5.0
"""Waits between tries to give a caller back while the PBX does not answer."""

FUNCTION = re.compile(r"\$[{\[]")
"""
What begins a function or an expression of the dialplan. ARI sets a value as it is, but a dialplan may hand it
to something that evaluates it, and it may be a caller's words.
"""

LINES_RESERVED = 10_000
"""A call that comes back numbers its lines from here, above those of its first part."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all calls share; built once by the service."""

    ari: Ari
    store: CallStore
    engines: Engines
    actions: Actions
    ports: MediaPorts
    ticker: Ticker
    fence: int
    codec: str
    """What the PBX sends us of a narrowband caller."""

    wideband: bool
    """Whether callers who speak wideband are heard so."""

    advertised: str
    """The address Asterisk is told to send audio to."""

    targets: frozenset[str]
    """Names that may be handed over to."""

    variables: frozenset[str]
    """Channel variables that a flow may set."""

    moment: Callable[[], str]
    """The day and the time where the service is, ISO to the minute."""

    now: Callable[[], str]
    """UTC, ISO, in seconds."""

    version: Callable[[str], Awaitable[Flow]]
    """The flow with a digest, if anybody has it still."""

    clock: Callable[[], float]

    recorder: Recorder | None = None
    """Keeps calls as sound, where that is wanted."""


class Owner:
    """Owns one call. `run` returns when it is over; the rest may be called at any time before."""

    def __init__(self, offer: CallOffered, flow: Flow, around: Surroundings) -> None:
        self.call_id = offer.call_id
        self.channel = offer.channel
        self.session: Session | None = None
        self.mode: Mode | None = None
        self._line: Line | None = None
        self.flow: Flow
        """What this call goes by to its end, whatever becomes of the service's flows."""

        self._offer, self.flow, self._around = offer, flow, around
        self._gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Carry the call to its end. Raises nothing but CancelledError."""
        with structlog.contextvars.bound_contextvars(call_id=self.call_id, flow=self.flow.name):
            log.info("call taken", channel=self.channel)
            try:
                await self._run()
            except CallGone as error:
                if not self._gone.done():  # a leg or bridge may be what is gone: the caller need not be
                    log.warning("call lost its media", error=error)
                    await self._return({"IVR_RESULT": "error", "IVR_REASON": "gone"})
            except IvrError as error:
                log.error("call failed", error=error)
                await self._return({"IVR_RESULT": "error", "IVR_REASON": error.code.replace(".", "-")[:64]})
            except Exception as error:  # noqa: BLE001 - the one place: a fault in a call must not reach the others
                log.error("call failed", error=error)
                await self._return({"IVR_RESULT": "error", "IVR_REASON": "fault"})
            finally:
                await self._release()

    def gone(self) -> None:
        """The channel has left us, by hang-up or by somebody else's hand."""
        if not self._gone.done():
            self._gone.set_result(None)

    def key(self, key: str) -> None:
        """The PBX tells a key of the caller's."""
        if self._line:
            self._line.key_told()
        self._pressed(key)

    def _pressed(self, key: str) -> None:
        if self.session:
            self.session.key(key)
        elif self.mode:
            self.mode.key(key)

    # --- one call ----------------------------------------------------------------------------------------

    async def _run(self) -> None:
        around = self._around
        async with AsyncExitStack() as stack:
            wire = around.ports.open()  # before the answer: without a port the call goes on unanswered
            stack.callback(wire.close)
            codec = await answer(
                around.ari,
                self.channel,
                answered=self._offer.answered,
                narrow=around.codec,
                wideband=around.wideband,
            )
            sender = Sender(random.getrandbits(32), random.getrandbits(16), random.getrandbits(32))
            line = self._line = Line(codec, sender, lambda pcm: None)
            line.on_key = self._pressed
            socket = RtpSocket(wire, around.ticker, line)
            stack.callback(socket.close)
            media = await around.ari.attach_media(
                self.call_id, self.channel, around.advertised, socket.port, codec=codec.format
            )
            socket.aim(media.host, media.port)
            if self.flow.mode:
                await self._qa(line)
                return
            beginning, revision = await self._beginning()
            # Whoever goes on with a call has to be a later owner than the one that began it.
            fence = await around.store.fence() if self._offer.resume else around.fence
            page = await stack.enter_async_context(
                Page(
                    around.store,
                    self.call_id,
                    around.ari.app,
                    fence,
                    clock=around.clock,
                    revision=revision,
                    line_count=LINES_RESERVED * revision,
                )
            )
            await page.record(lambda: self._record(media, socket, line))
            await self._talk(stack, line, page, beginning)

    async def _talk(self, stack: AsyncExitStack, line: Line, page: Page, beginning: Beginning) -> None:
        around = self._around
        session = Session(
            self.call_id,
            self.flow,
            beginning,
            line=line,
            engines=around.engines,
            actions=around.actions,
            channel=self.channel,
            page=page,
            moment=around.moment,
            clock=around.clock,
        )
        stack.push_async_callback(session.close)
        line.on_frame, line.on_progress = session.frame, session.progress
        line.on_sent = session.sent
        self.session = session
        if around.recorder:
            tape = around.recorder.record(self.call_id, around.moment()[:10], line, session.call)
            page.on_lines = tape.lines
            stack.callback(tape.close)
        session.start()
        ending = await self._ended(session)
        log.info("call over", result=type(ending).__name__.lower())
        if ending is not None:
            await self._leave(ending, page)

    async def _qa(self, line: Line) -> None:
        """A test extension: no dialogue, only our media path, until the caller hangs up."""
        self.mode = mode_of(self.call_id, self.flow, line, self._around.engines.voice)
        self.mode.start()
        try:
            await self._gone
        finally:
            self.mode.stop()

    async def _beginning(self) -> tuple[Beginning, int]:
        """A new call, or one that comes back from a hand-over with its talk in the store."""
        offer, around = self._offer, self._around
        if not offer.resume:
            return await self._began(), 0
        outcome = await around.ari.get_variable(offer.channel, "IVR_HANDOVER")
        try:
            text, revision = await around.store.load(offer.call_id)
        except KeyError:
            raise StoreUnavailable("store.no-talk", hint="it has outlived redis.lifetimes.talk") from None
        talk = from_json(text)
        if talk.flow != self.flow.digest:  # flows were changed since: this call ends with what it began with
            self.flow = await around.version(talk.flow)
        return (talk, Returned(outcome or "failed")), revision

    async def _began(self) -> Began:
        offer, around = self._offer, self._around
        try:
            known = await around.ari.get_variable(offer.channel, "IVR_KNOWN") == "yes"
        except PbxUnavailable as error:
            log.warning("variable not read", error=error)
            known = False
        language = language_of(self.flow, offer.language)
        return Began(around.moment()[:10], language, {"channel": offer.channel}, around.now(), known)

    async def _ended(self, session: Session) -> Ending | None:
        """Return how the dialogue ended, or None if the caller left first."""
        either: list[asyncio.Future[Any]] = [self._gone, session.ending]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if session.ending.done():
            return session.ending.result()
        session.hung_up()
        return None

    async def _leave(self, ending: Ending, page: Page) -> None:
        match ending:
            case HandOver(target, reason, summary, record):
                if target not in self._around.targets:
                    log.error("hand-over refused", wanted=target, hint="not in flows.targets")
                    await self._return({"IVR_RESULT": "error", "IVR_REASON": "target-not-allowed"})
                    return
                await page.hand_over({**record, "id": self.call_id})
                await self._return(
                    {
                        "IVR_RESULT": "handover",
                        "IVR_REASON": reason,
                        "IVR_SUMMARY": FUNCTION.sub("(", summary),
                        "IVR_HANDOVER_TARGET": target,
                    }
                )
            case Leave(result, reason, variables, hang_up):
                allowed = {
                    name: text
                    for name, text in variables.items()
                    if name in self._around.variables and not FUNCTION.search(text)
                }
                if len(allowed) < len(variables):
                    log.error("variables refused", count=len(variables) - len(allowed))
                await self._return({**allowed, "IVR_RESULT": result, "IVR_REASON": reason}, hang_up=hang_up)
            case Fallback(result, reason):
                await self._return({"IVR_RESULT": result, "IVR_REASON": reason.replace(".", "-")[:64]})

    async def _return(self, variables: Mapping[str, str], *, hang_up: bool = False) -> None:
        """Give the caller back to the dialplan, or hang up (normal clearing)."""
        result = variables["IVR_RESULT"]
        log.info("call returned", result=result, reason=variables.get("IVR_REASON", ""))
        # Leaving the bridge closes the call's record: what it should hold has to be set before.
        record = {"CDR(userfield)": f"{self.call_id} {result}"}
        wait_s = FIRST_RETRY_S
        while not self._gone.done():
            try:
                if hang_up:
                    await self._around.ari.set_variables(self.channel, {**record, **variables})
                    await self._around.ari.hangup(self.channel)
                else:
                    await self._around.ari.continue_in_dialplan(self.channel, {**record, **variables})
                return
            except CallGone:
                return
            except PbxUnavailable as error:
                log.warning("call not returned yet", error=error)
            await asyncio.wait([self._gone], timeout=wait_s)
            wait_s = min(2 * wait_s, LONGEST_RETRY_S)

    async def _release(self) -> None:
        """Take leg and bridge off the PBX, however long it is away."""
        wait_s = FIRST_RETRY_S
        while True:
            try:
                await self._around.ari.release(self.call_id)
                return
            except PbxUnavailable as error:
                log.warning("call not released yet", error=error)
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, LONGEST_RETRY_S)

    def _record(self, media: Media, socket: RtpSocket, line: Line) -> dict[str, Json]:
        """What a successor would need to take the call over where it is."""
        return {
            "channel": self.channel,
            "leg": media.leg,
            "bridge": media.bridge,
            "pbx": f"{media.host}:{media.port}",
            "rtp_port": socket.port,
            "codec": line.codec.format,
            "ssrc": line.sender.ssrc,
            "sequence": line.sender.sequence,
            "timestamp": line.sender.timestamp,
            "flow": self.flow.name,
            "flow_hash": self.flow.digest,
            "languages": list(self.flow.languages),
            "heard": list(self.flow.heard),
            "region": self.flow.region,
            "app": self._around.ari.app,
        }
