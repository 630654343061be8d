"""A scripted conversation held once, with everything that can be found out about it afterwards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from redis.asyncio import Redis

from asterisk.ready import POLL_S, ari
from asterisk.stage import MODEL, ROOT, Stage
from ivr_ari.adapters.redis_store import RedisStore
from ivr_ari.errors import PbxUnavailable
from ivr_ari.replay import Report, replay
from ivr_ari.robot.clips import Clips
from ivr_ari.robot.conversation import Outcome, converse, prepare
from ivr_ari.robot.listen import VoskListener
from ivr_ari.robot.phone import Phone
from ivr_ari.robot.script import load_script

from .lab import call_records, eventually

__all__ = ["Held", "dump", "hold", "until"]

CONVERSATIONS = ROOT / "asterisk" / "conversations"
CALLERS = ROOT / "tests" / "data" / "callers"
T = TypeVar("T")

VARIABLES = ("IVR_CALL_ID", "IVR_RESULT", "IVR_REASON", "IVR_SUMMARY", "IVR_HANDOVER_TARGET")


@dataclass
class Held:
    """A call that is over."""

    outcome: Outcome
    call_id: str
    lifetimes: dict[str, int]
    """Seconds by the last part of the key's name."""

    talk: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    transcript: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    handover: dict[str, Any] = field(default_factory=dict)
    replayed: Report = field(default_factory=lambda: Report(False, ""))
    header: str = ""
    """X-IVR-Context as the agent's telephone got it."""

    variables: dict[str, str] = field(default_factory=dict)
    """Of the caller's channel while the agent had the call."""

    records: list[dict[str, str]] = field(default_factory=list)
    """The PBX's call records."""

    @property
    def heard(self) -> str:
        """All that the robot heard and understood."""
        return " | ".join(heard.text for heard in self.outcome.heard)

    def all_of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["event"] == kind]

    def slots(self) -> Mapping[str, Any]:
        return dict(json.loads(self.talk)["slots"])


async def until(what: Callable[[], Awaitable[T]], patience_s: float = 10.0) -> T:
    """Await *what* again and again until it gives something true; TimeoutError after *patience_s*."""
    async with asyncio.timeout(patience_s):
        found = await what()
        while not found:
            await asyncio.sleep(POLL_S)
            found = await what()
        return found


async def hold(stage: Stage, name: str, phone: Phone, agent: Phone) -> Held:
    """Hold the demo's conversation *name*; the agent answers if the call gets there, and both hang up."""
    script = load_script(CONVERSATIONS / f"{name}.yaml")
    sentences = prepare(script, Clips.load(CALLERS))
    store = RedisStore(stage.redis.url, deadline=5)
    answering = asyncio.create_task(_answer(agent))
    try:
        before = await store.calls(stage.lab.app)
        call = await phone.dial("600")

        async def fresh() -> set[str]:
            return await store.calls(stage.lab.app) - before

        call_id = next(iter(await until(fresh)))
        outcome = await converse(call, script, sentences, VoskListener(MODEL))
        held = Held(outcome, call_id, await _lifetimes(stage, call_id))
        held.record = json.loads((await store.call(call_id))[0])
        if answering.done():
            held.header = answering.result()
            held.variables = await asyncio.to_thread(_variables, stage, held.record["channel"])
        await call.hangup()
        await _read(held, store)
    finally:
        answering.cancel()
        await store.close()
    held.records = await eventually(lambda: call_records(stage.lab, held.call_id))
    return held


async def _answer(agent: Phone) -> str:
    call = await agent.incoming()
    await call.answer()
    return call.header("X-IVR-Context")


async def _lifetimes(stage: Stage, call_id: str) -> dict[str, int]:
    redis = Redis(unix_socket_path=stage.redis.url.removeprefix("unix://"))
    try:
        keys = [key.decode() async for key in redis.scan_iter(f"ivr:{{{call_id}}}:*")]
        return {key.rpartition(":")[2]: await redis.ttl(key) for key in keys}
    finally:
        await redis.aclose()


def _variables(stage: Stage, channel: str) -> dict[str, str]:
    found = {}
    for name in VARIABLES:
        with suppress(PbxUnavailable):  # a variable that is not set
            found[name] = ari(stage.lab, f"/channels/{channel}/variable?variable={name}")["value"]
    return found


async def _read(held: Held, store: RedisStore) -> None:
    """Read what Redis keeps once the call has been put away."""

    async def ended() -> bool:
        return held.call_id not in await store.calls(held.record["app"])

    await until(ended)
    held.talk = (await store.load(held.call_id))[0]
    held.transcript = [json.loads(line) for line in await store.transcript(held.call_id)]
    held.events = [json.loads(line) for line in await store.events(held.call_id)]
    with suppress(KeyError):
        held.handover = json.loads(await store.handover(held.call_id))
    held.replayed = await replay(store, held.call_id)


def dump(stage: Stage) -> bytes:
    """Return everything that was ever written to the stage's Redis: its append-only file."""
    return (Path(stage.redis.url.removeprefix("unix://")).parent / "appendonly.aof").read_bytes()
