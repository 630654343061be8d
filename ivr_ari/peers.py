"""The peers of a service, made from its settings; each is closed with the stack it was entered in."""

from __future__ import annotations

from contextlib import AsyncExitStack

import structlog

from .adapters.ari import Ari
from .adapters.http_backend import HttpBackend
from .adapters.pbx_lookup import PbxLookup
from .adapters.redis_store import RedisStore
from .adapters.sql_lookup import SqlLookup
from .adapters.store import CallStore, MemoryStore
from .settings import AriSettings, RedisSettings, Settings

__all__ = ["open_ari", "open_backends", "open_databases", "open_store", "pbx_lookup", "secrets"]

log = structlog.get_logger()


async def open_ari(stack: AsyncExitStack, ari: AriSettings) -> Ari:
    """Find Asterisk. PbxUnavailable if it does not answer, SetupError if it never will."""
    return await stack.enter_async_context(
        Ari(
            ari.url,
            ari.user,
            ari.password.get_secret_value(),
            ari.app,
            ca_file=str(ari.tls_ca) if ari.tls_ca else None,
        )
    )


def open_store(stack: AsyncExitStack, redis: RedisSettings) -> CallStore:
    """Return where states are kept; it is asked with the first call only."""
    if redis.url is None:
        log.warning("no redis", hint="states of calls are kept in memory only: lab")
        return MemoryStore()
    store = RedisStore(redis.url.get_secret_value(), redis.lifetimes, deadline=redis.timeout_ms / 1000)
    stack.push_async_callback(store.close)
    return store


async def open_backends(stack: AsyncExitStack, settings: Settings) -> dict[str, HttpBackend]:
    """Return the HTTP services by name. SetupError if a certificate is none."""
    opened = {}
    for name, backend in settings.backends.items():
        token = backend.token.get_secret_value() if backend.token else None
        peer = HttpBackend(
            name, backend.url, token, backend.tls_ca, failures=backend.failures, pause_s=backend.pause_s
        )
        opened[name] = await stack.enter_async_context(peer)
    return opened


def open_databases(stack: AsyncExitStack, settings: Settings) -> dict[str, SqlLookup]:
    """Return the databases by name. SetupError if an address is none or its driver is missing."""
    opened = {}
    for name, database in settings.databases.items():
        opened[name] = SqlLookup(name, database.url.get_secret_value(), database.threads)
        stack.push_async_callback(opened[name].close)
    return opened


def pbx_lookup(ari: Ari, settings: Settings) -> PbxLookup:
    """Return what may be asked of the PBX."""
    own = settings.flows
    return PbxLookup(ari, frozenset(own.reads), frozenset(own.queues), own.devices)


def secrets(settings: Settings) -> dict[str, str]:
    """Return what flows send by name, in clear."""
    return {name: secret.get_secret_value() for name, secret in settings.secrets.items()}
