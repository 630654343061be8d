"""A look-up reads one row, in time, and can't write whatever is asked of it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from ivr_ari.adapters.sql_lookup import SqlLookup
from ivr_ari.adapters.sql_text import as_json, read_only_url, single_select
from ivr_ari.errors import BackendFailed, SetupError
from ivr_ari.events import Json

ORDER = "SELECT state, total_cents FROM orders WHERE id = :order_id"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS most FROM n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "my orders #1.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT, total_cents INTEGER)")
        database.executemany(
            "INSERT INTO orders VALUES (?, ?, ?)", [("A1", "shipped", 4219), ("A2", "packed", None)]
        )
    database.close()
    return path


@pytest.fixture
async def orders(file: Path) -> AsyncIterator[SqlLookup]:
    lookup = SqlLookup("orders", f"sqlite:///{file}", threads=1)
    yield lookup
    await lookup.close()


async def failure(
    lookup: SqlLookup, sql: str, *, deadline_ms: int = 4000, **parameters: str
) -> tuple[str, object]:
    with pytest.raises(BackendFailed) as caught:
        await lookup.look_up(sql, parameters, deadline_ms=deadline_ms)
    assert caught.value.facts["backend"] == "orders"
    return caught.value.code, caught.value.facts["status"]


class TestLookUp:
    async def test_first_row_answers(self, orders: SqlLookup) -> None:
        """
        Column to value; what is NULL is null.
        """
        assert await orders.look_up(ORDER, {"order_id": "A1"}) == {"state": "shipped", "total_cents": 4219}
        assert await orders.look_up(ORDER, {"order_id": "A2"}) == {"state": "packed", "total_cents": None}

    async def test_no_row_is_404(self, orders: SqlLookup) -> None:
        """
        As an HTTP service would say it, so that a flow treats both alike.
        """
        assert await failure(orders, ORDER, order_id="B9") == ("sql.none", 404)

    async def test_values_are_bound(self, orders: SqlLookup) -> None:
        """
        What a caller says is a value, whatever it looks like.
        """
        assert await failure(orders, ORDER, order_id="A1' OR '1'='1") == ("sql.none", 404)

    async def test_a_wrong_statement_fails(self, orders: SqlLookup) -> None:
        """
        One error of ours, whatever the driver's; a missing parameter is one too.
        """
        assert await failure(orders, "SELECT nothing FROM nowhere") == ("sql.failed", 0)
        assert await failure(orders, ORDER) == ("sql.failed", 0)

    async def test_only_a_select_is_run(self, orders: SqlLookup) -> None:
        """
        The first of three locks.
        """
        assert await failure(orders, "DELETE FROM orders") == ("sql.not-a-select", 0)

    async def test_the_connection_cannot_write(self, orders: SqlLookup) -> None:
        """
        The second: SQLite itself refuses, also what looks like reading.
        """
        with orders._engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA query_only").scalar()
        assert found == 1
        assert str(orders._engine.url).endswith("?mode=ro&uri=true")

    async def test_deadline_ends_the_statement_too(self, orders: SqlLookup) -> None:
        """
        A statement that never ends costs its deadline; the only thread is free for the next one.
        """
        assert await failure(orders, ENDLESS, deadline_ms=30) == ("sql.late", 0)
        assert (await orders.look_up(ORDER, {"order_id": "A1"}))["state"] == "shipped"

    async def test_waiting_is_bounded(self, orders: SqlLookup) -> None:
        """
        One at work and four that wait; the sixth is told at once.
        """
        tasks = [asyncio.create_task(failure(orders, ENDLESS, deadline_ms=60)) for _ in range(6)]

        codes = [code for code, _ in await asyncio.gather(*tasks)]

        assert sorted(codes) == ["sql.busy", *["sql.late"] * 5]

    async def test_no_file(self, tmp_path: Path) -> None:
        """
        A database that is not there is not made.
        """
        lookup = SqlLookup("orders", f"sqlite:///{tmp_path}/none.db")

        assert await failure(lookup, ORDER, order_id="A1") == ("sql.failed", 0)
        assert not (tmp_path / "none.db").exists()
        await lookup.close()


class TestSetUp:
    @pytest.mark.parametrize(
        ("url", "code"),
        [
            ("orders.db", "sql.url"),
            ("sqlite://", "sql.url"),
            ("nosuchdb://ivr:hunter2@db/orders", "sql.url"),
            ("oracle+cx_oracle://ivr:hunter2@db/orders", "sql.driver"),
        ],
    )
    def test_what_cannot_be_opened(self, url: str, code: str) -> None:
        """
        Said at start, without the address and its password.
        """
        with pytest.raises(SetupError) as caught:
            SqlLookup("orders", url)

        assert caught.value.code == code
        assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        " select a from b where c = ':x; drop'; ",
        "WITH x AS (SELECT 1) SELECT * FROM x -- ; DELETE",
        'SELECT "update", [set] FROM `delete` /* ; */',
        "SELECT replace(name, '-', '') AS name FROM t",
    ],
)
def test_reads(sql: str) -> None:
    """
    One statement that reads.
    """
    assert single_select(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "DELETE FROM t",
        "SELECT 1; DELETE FROM t",
        "SELECT * INTO u FROM t",
        "SELECT * FROM t FOR UPDATE",
        "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
        "PRAGMA query_only = OFF",
        "REPLACE INTO t VALUES (1)",
        "-- only a remark",
    ],
)
def test_does_not_read(sql: str) -> None:
    """
    No statement, several, or one that writes or locks.
    """
    assert not single_select(sql)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (1.5, 1.5),
        (float("nan"), None),
        (Decimal("42.10"), "42.10"),
        (Decimal("1E+3"), "1000"),
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5, 9, 30), "2026-03-05T09:30:00"),
        (time(9, 30), "09:30:00"),
        (b"caf\xc3\xa9", "café"),
        ("x" * 5000, "x" * 4096),
    ],
)
def test_values_as_json(value: object, expected: Json) -> None:
    """
    Money keeps its digits, days are ISO, nothing is longer than a dialogue can use.
    """
    assert as_json(value) == expected


def test_other_databases_keep_their_address() -> None:
    """
    They are told to read only in each transaction.
    """
    url = make_url("postgresql+psycopg://ivr@db/orders")

    assert read_only_url(url) == url
