"""
Read-only look-ups in a customer's SQL database: one SELECT in, the first row or one named error out.

SQLAlchemy speaks to whatever database a driver is installed for. Read-only three times over: one statement
that is a SELECT, a transaction or connection that cannot write, and, as the manual asks, an account that may
not. Drivers block, so each database has threads of its own, few and counted.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from ..errors import BackendFailed, SetupError
from ..events import Json
from .sql_text import as_json, read_only_url, single_select

__all__ = ["SqlLookup"]

WAITING_PER_THREAD = 4
"""Look-ups that may wait for a thread; more would come too late anyway."""

CHECK_STEPS = 10_000
"""Instructions of SQLite's machine between two looks at the clock: a millisecond or so."""

FOREIGN = (SQLAlchemyError, ImportError, LookupError, OSError, TypeError, ValueError)
"""What SQLAlchemy and the drivers below it raise over a wrong statement, value or address."""

CONNECT_S = 5
CONNECT: Mapping[str, Mapping[str, object]] = {
    "postgresql": {"connect_timeout": CONNECT_S},
    "mysql": {"connect_timeout": CONNECT_S},
    "mariadb": {"connect_timeout": CONNECT_S},
}


class SqlLookup:
    """
    One database and the connections to it.

    *url* is SQLAlchemy's (``sqlite:///orders.db``, ``postgresql+psycopg://...``). Raises SetupError
    ``sql.driver`` or ``sql.url``, without the address, which may hold a password.
    """

    def __init__(self, name: str, url: str, threads: int = 4) -> None:
        self.name = name
        self._engine = _engine(name, url, threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=f"sql-{name}")
        self._most = threads * (1 + WAITING_PER_THREAD)
        self._under_way = 0

    async def look_up(
        self, sql: str, parameters: Mapping[str, str], *, deadline_ms: int = 4000
    ) -> dict[str, Json]:
        """
        Return the first row, column to value; *parameters* are bound to ``:name``, never put into *sql*.

        Decimals, dates and times come as text. BackendFailed otherwise: ``sql.none`` (no row, status 404),
        ``sql.late``, ``sql.busy``, ``sql.not-a-select``, ``sql.failed``.
        """
        if not single_select(sql):
            raise self._failed("sql.not-a-select")
        if self._under_way >= self._most:
            raise self._failed("sql.busy")
        until = time.monotonic() + deadline_ms / 1000
        loop = asyncio.get_running_loop()
        work: Future[dict[str, Json]] = self._threads.submit(self._first_row, sql, dict(parameters), until)
        self._under_way += 1
        # A thread whose answer nobody waits for any more is counted until its driver lets go.
        work.add_done_callback(lambda _: _on(loop, self._done))
        try:
            async with asyncio.timeout(deadline_ms / 1000):
                return await asyncio.wrap_future(work)
        except TimeoutError as exc:
            raise self._failed("sql.late") from exc

    async def close(self) -> None:
        """Let all connections go."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._engine.dispose)

    def _done(self) -> None:
        self._under_way -= 1

    def _first_row(self, sql: str, parameters: Mapping[str, str], until: float) -> dict[str, Json]:
        if time.monotonic() > until:
            raise self._failed("sql.late")
        try:
            with self._engine.connect() as connection:
                for statement in _preparations(connection, until):
                    connection.execute(text(statement))
                _stop_at(connection, until)
                found = connection.execution_options(stream_results=True, max_row_buffer=1).execute(
                    text(sql), parameters
                )
                row = found.mappings().first()
                answer = None if row is None else {str(name): as_json(value) for name, value in row.items()}
        except FOREIGN as exc:
            code = "sql.late" if time.monotonic() > until else "sql.failed"
            # The text of a driver's error may quote values; its kind does not.
            raise self._failed(code, why=type(exc).__name__) from None
        if answer is None:
            raise self._failed("sql.none", status=404)
        return answer

    def _failed(self, code: str, *, status: int = 0, **facts: object) -> BackendFailed:
        return BackendFailed(code, backend=self.name, status=status, **facts)


def _engine(name: str, url: str, threads: int) -> Engine:
    try:
        read_only = read_only_url(make_url(url))
        engine = create_engine(
            read_only,
            pool_size=threads,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=dict(CONNECT.get(read_only.get_backend_name(), {})),
        )
    except ImportError as exc:  # the driver
        raise SetupError("sql.driver", backend=name, hint=f"install a driver: {exc.name}") from None
    except FOREIGN as exc:
        raise SetupError(
            "sql.url", backend=name, why=type(exc).__name__, hint="expected an address as SQLAlchemy takes it"
        ) from None
    if engine.dialect.is_async:
        raise SetupError("sql.driver", backend=name, hint="take a driver that is not an asyncio one")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _query_only)
    return engine


def _query_only(connection: Any, _: object) -> None:
    """Refuse writes on this connection, whatever the file's rights (SQLite, PRAGMA query_only)."""
    connection.execute("PRAGMA query_only = ON")


def _preparations(connection: Connection, until: float) -> Sequence[str]:
    """Return what begins a transaction that cannot write and ends by itself at the deadline."""
    left_ms = max(1, round(1000 * (until - time.monotonic())))
    dialect = connection.dialect
    match dialect.name:
        case "postgresql":
            return ("SET TRANSACTION READ ONLY", f"SET LOCAL statement_timeout = {left_ms}")
        case "mysql" | "mariadb":
            limit = (
                f"max_statement_time = {left_ms / 1000}"
                if getattr(dialect, "is_mariadb", False)
                else f"max_execution_time = {left_ms}"
            )
            return ("SET TRANSACTION READ ONLY", f"SET SESSION {limit}")
        case "oracle":
            return ("SET TRANSACTION READ ONLY",)
        case _:
            return ()


def _stop_at(connection: Connection, until: float) -> None:
    """Have SQLite give up at *until*; the others were told so in their own words."""
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection
        raw.set_progress_handler(lambda: int(time.monotonic() > until), CHECK_STEPS)


def _on(loop: asyncio.AbstractEventLoop, call: Any) -> None:
    """Call *call* on *loop*, unless that has ended."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)
