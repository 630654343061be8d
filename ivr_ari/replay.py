"""A call read back from the store: its events, through its flow, give the talk that was kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from .adapters.redis_store import RedisStore
from .adapters.store import CallStore
from .dialogue.engine import begin, step
from .dialogue.talk import Talk, to_json
from .errors import SetupError, StoreUnavailable
from .events import Began, Effect, HandOver, Inquire, Leave, Listen, Perform, Query, Say
from .fit import dialling, listening, speaking
from .language.load import parse_bundle
from .record import read_events
from .settings import Settings


@dataclass(frozen=True, slots=True)
class Report:
    """What a replay gave."""

    same: bool
    text: str


async def replay_call(settings: Settings, call_id: str) -> Report:
    """Replay a call kept in the Redis of *settings*. StoreUnavailable if it is not there any more."""
    if settings.redis.url is None:
        raise SetupError("redis.url", hint="there is no Redis to read the call from; set IVR_REDIS_URL")
    store = RedisStore(settings.redis.url.get_secret_value(), settings.redis.lifetimes)
    try:
        return await replay(store, call_id)
    finally:
        await store.close()


async def replay(store: CallStore, call_id: str) -> Report:
    """Replay a call kept in *store*."""
    try:
        kept, _ = await store.load(call_id)
        record, _ = await store.call(call_id)
        digest = json.loads(record)["flow_hash"]
        source = await store.flow(digest)
    except KeyError as error:
        raise StoreUnavailable(
            "replay.unknown", call_id=call_id, hint="its lifetime is over, or it never was"
        ) from error
    if hashlib.sha256(source.encode()).hexdigest() != digest:
        raise StoreUnavailable("replay.flow-changed", call_id=call_id)
    # Spoken and heard as it was then: the settings may have other voices and models by now.
    then = json.loads(record)
    flow = speaking(parse_bundle(source), [name[:2] for name in then.get("languages", ())])
    flow = dialling(listening(flow, then.get("heard", ("en",))), then.get("region", "US"))
    talk: Talk | None = None
    lines: list[str] = []
    for at_ms, event in read_events(await store.events(call_id)):
        effects: tuple[Effect, ...]
        if isinstance(event, Began):
            talk, effects = begin(flow, event)
        elif talk is not None:
            talk, effects = step(flow, talk, event)
        else:
            raise StoreUnavailable("replay.no-beginning", call_id=call_id)
        names = ", ".join(map(brief, effects)) or "-"
        lines.append(f"{at_ms / 1000:8.2f} s  {type(event).__name__:12} -> {names}")
    same = talk is not None and to_json(talk) == kept
    lines.append("the same talk as was kept" if same else "NOT the talk that was kept")
    return Report(same, "\n".join(lines))


def brief(effect: Effect) -> str:
    """Return an effect in a few words that hold nothing of the caller."""
    match effect:
        case Say(prompt=prompt):
            return f"say {prompt}"
        case Listen(expect):
            return f"listen {expect.step}"
        case Perform(backend=backend, method=method):
            return f"{method} {backend}"
        case Query(database=database):
            return f"query {database}"
        case Inquire(what=what, name=name):
            return f"inquire {what} {name}"
        case HandOver(target=target, reason=reason):
            return f"hand over to {target} ({reason})"
        case Leave(result=result, hang_up=hang_up):
            return f"{'hang up' if hang_up else 'leave'} {result}"
