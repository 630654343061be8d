"""
The demo's bank: an HTTP backend on SQLite with the same data in every run.

    IVR_BANK_TOKEN=TOKEN python -m asterisk.bank --port 0 --db FILE [--today 2026-07-15]

prints its URL and stays until SIGINT or SIGTERM. Every request needs ``Authorization: Bearer TOKEN``. PINs
lie in the database as salted hashes, and neither requests nor their contents are logged.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import os
import signal
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import uvicorn
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

__all__ = ["Bank", "create_app"]

HOURS = "We are open Monday to Friday from nine to five, and on Saturday from ten to two."

CUSTOMERS = (
    # customer, name, account, PIN, balance in cents
    ("C1007", "Dana Whitfield", "41007239", "9201", 120_437),
    ("C1008", "Luis Ortega", "30551846", "4477", 8_812),
    ("C1009", "Mei Tanaka", "77120043", "3308", 1_532_090),
)
EVERY_MONTH = (
    # day, merchant, cents
    (2, "Harbour Rentals", 95_000),
    (9, "Greenfield Market", 6_734),
    (21, "Metro Transit", 4_900),
)

SCHEMA = """
CREATE TABLE customer (id TEXT PRIMARY KEY, name TEXT, account TEXT UNIQUE, pin BLOB, balance_cents INTEGER);
CREATE TABLE charge (customer TEXT, day TEXT, merchant TEXT, cents INTEGER);
CREATE TABLE refund (
    number INTEGER PRIMARY KEY, customer TEXT, month TEXT, cents INTEGER, problem TEXT,
    UNIQUE (customer, month)
);
CREATE TABLE once (key TEXT PRIMARY KEY, request TEXT, number INTEGER);
INSERT INTO refund (number) VALUES (1233);
"""

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
# A charge made n times on one day is one charge and n - 1 duplicates.
DUPLICATES = """
SELECT day, merchant, cents, count(*) - 1 FROM charge
WHERE customer = ? AND substr(day, 1, 7) = ? GROUP BY day, merchant, cents HAVING count(*) > 1
"""


class Refusal(Exception):
    """What the bank says no to, as an HTTP status and a word."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(status, word)
        self.status = status
        self.word = word


class Bank:
    """The data, in one SQLite file; every method opens it anew, so that threads share nothing."""

    def __init__(self, file: Path, today: date) -> None:
        self.file = file
        if not file.exists():
            with self._open() as db:
                db.executescript(SCHEMA)
                _seed(db, today)

    def authenticate(self, account: str, pin: str) -> dict[str, Any]:
        with self._open() as db:
            row = db.execute("SELECT id, name, pin FROM customer WHERE account = ?", (account,)).fetchone()
        # An unknown account takes as long as a wrong PIN, and gets the same answer.
        customer, name, kept = row or ("", "", b"")
        if not hmac.compare_digest(_hash(account, pin), kept):
            raise Refusal(401, "not-authenticated")
        return {"customer": customer, "name": name}

    def balance(self, customer: str) -> dict[str, Any]:
        with self._open() as db:
            return {"balance_cents": self._balance(db, customer), "currency": "USD"}

    def charges(self, customer: str, month: str) -> dict[str, Any]:
        with self._open() as db:
            self._balance(db, customer)
            rows = db.execute(
                "SELECT day, merchant, cents FROM charge WHERE customer = ? AND substr(day, 1, 7) = ?"
                " ORDER BY day, merchant",
                (customer, month),
            ).fetchall()
            twice = db.execute(DUPLICATES, (customer, month)).fetchall()
        return {
            "month": month,
            "currency": "USD",
            "charges": [{"day": day, "merchant": name, "amount_cents": cents} for day, name, cents in rows],
            "duplicates": [
                {"day": day, "merchant": name, "amount_cents": cents} for day, name, cents, _ in twice
            ],
            "duplicate_cents": sum(cents * times for _, _, cents, times in twice),
        }

    def refund(self, customer: str, month: str, cents: int, problem: str, key: str) -> dict[str, Any]:
        """
        Give back what was charged twice in *month*, once.

        The same *key* gets the same answer, as does another request for a month already refunded.
        """
        request = f"{customer} {month} {cents} {problem}"
        with self._open() as db:
            self._balance(db, customer)
            db.execute("BEGIN IMMEDIATE")
            known = db.execute("SELECT request, number FROM once WHERE key = ?", (key,)).fetchone()
            if known is None:
                known = request, self._refund(db, customer, month, cents, problem)
                db.execute("INSERT INTO once VALUES (?, ?, ?)", (key, *known))
        if known[0] != request:
            raise Refusal(422, "key-used-for-another-request")
        return {"reference": f"R{known[1]}", "amount_cents": cents, "month": month}

    def _refund(self, db: sqlite3.Connection, customer: str, month: str, cents: int, problem: str) -> int:
        owed = sum(row[2] * row[3] for row in db.execute(DUPLICATES, (customer, month)))
        if not owed or cents != owed:
            raise Refusal(409, "not-what-was-charged-twice")
        before = db.execute(
            "SELECT number FROM refund WHERE customer = ? AND month = ?", (customer, month)
        ).fetchone()
        if before:
            return int(before[0])
        made = db.execute(
            "INSERT INTO refund (customer, month, cents, problem) VALUES (?, ?, ?, ?)",
            (customer, month, cents, problem),
        )
        return int(made.lastrowid or 0)

    def _balance(self, db: sqlite3.Connection, customer: str) -> int:
        row = db.execute("SELECT balance_cents FROM customer WHERE id = ?", (customer,)).fetchone()
        if row is None:
            raise Refusal(404, "no-such-customer")
        return int(row[0])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file, timeout=5)) as db, db:
            yield db


def _hash(account: str, pin: str) -> bytes:
    # A demo's data must be the same in every run: the salt is made from the account instead of drawn.
    return hashlib.scrypt(pin.encode(), salt=hashlib.sha256(account.encode()).digest(), n=1024, r=8, p=1)


def _seed(db: sqlite3.Connection, today: date) -> None:
    """Write the customers and thirteen months before *today*; the first has two double charges."""
    for customer, name, account, pin, cents in CUSTOMERS:
        db.execute(
            "INSERT INTO customer VALUES (?, ?, ?, ?, ?)",
            (customer, name, account, _hash(account, pin), cents),
        )
    months = [_months_before(today, i) for i in range(1, 14)]
    for customer, *_ in CUSTOMERS:
        for month in months:
            for day, merchant, cents in EVERY_MONTH:
                _charge(db, customer, month, day, merchant, cents)
    march = next(month for month in months[1:] if month.endswith("-03"))
    for _ in range(2):
        _charge(db, "C1007", months[0], 12, "Northwind Fuel", 4_219)
        _charge(db, "C1007", march, 5, "City Parking", 1_850)


def _charge(db: sqlite3.Connection, customer: str, month: str, day: int, merchant: str, cents: int) -> None:
    db.execute("INSERT INTO charge VALUES (?, ?, ?, ?)", (customer, f"{month}-{day:02}", merchant, cents))


def _months_before(today: date, months: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return f"{year}-{month + 1:02}"


class Credentials(BaseModel):
    account: str
    pin: str


class RefundRequest(BaseModel):
    month: Annotated[str, Field(pattern=MONTH)]
    amount_cents: Annotated[int, Field(gt=0)]
    problem: Annotated[str, Field(max_length=100)]


def create_app(bank: Bank, token: str) -> FastAPI:
    """Return the bank as an ASGI application that asks for *token*."""

    def with_token(authorization: Annotated[str, Header()] = "") -> None:
        if not hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
            raise HTTPException(403, "token")

    app = FastAPI(title="demo bank", dependencies=[Depends(with_token)], docs_url=None, redoc_url=None)
    app.include_router(_routes(bank))

    @app.exception_handler(Refusal)
    def refused(_: Request, refusal: Refusal) -> JSONResponse:
        return JSONResponse({"detail": refusal.word}, refusal.status)

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # The framework's own answer would repeat what was sent.
        fields = sorted({".".join(map(str, problem["loc"])) for problem in error.errors()})
        return JSONResponse({"detail": "invalid", "fields": fields}, 422)

    return app


def _routes(bank: Bank) -> APIRouter:
    routes = APIRouter()

    @routes.post("/auth")
    def authenticate(given: Credentials) -> dict[str, Any]:
        return bank.authenticate(given.account, given.pin)

    @routes.get("/customers/{customer}/balance")
    def balance(customer: str) -> dict[str, Any]:
        return bank.balance(customer)

    @routes.get("/customers/{customer}/charges")
    def charges(customer: str, month: Annotated[str, Query(pattern=MONTH)]) -> dict[str, Any]:
        return bank.charges(customer, month)

    @routes.post("/customers/{customer}/refunds")
    def refund(
        customer: str,
        asked: RefundRequest,
        idempotency_key: Annotated[str, Header(min_length=1, max_length=200)],
    ) -> dict[str, Any]:
        return bank.refund(customer, asked.month, asked.amount_cents, asked.problem, idempotency_key)

    @routes.get("/hours")
    def hours() -> dict[str, Any]:
        return {"hours": HOURS}

    return routes


def main() -> None:
    parser = argparse.ArgumentParser(prog="asterisk.bank", description="the demo's bank")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--db", type=Path, help="SQLite file, made when absent (default: a temporary one)")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 7, 15), help="the data's date")
    given = parser.parse_args()
    # Not an argument: everybody on the machine can read those.
    token = os.environ.get("IVR_BANK_TOKEN", "")
    if not token:
        parser.error("IVR_BANK_TOKEN is not set: what requests have to carry")

    # uvicorn stops on a signal and then raises it once more: that must do nothing, so that we end in order.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    with tempfile.TemporaryDirectory(prefix="ivr-bank-") as folder, socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", given.port))
        except OSError as exc:
            sys.exit(f"port {given.port}: {exc.strerror}; --port 0 takes a free one")
        listening.listen()
        app = create_app(Bank(given.db or Path(folder) / "bank.sqlite", given.today), token)
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(config).run([listening])


if __name__ == "__main__":
    main()
