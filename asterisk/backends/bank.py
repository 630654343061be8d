"""
The demo's bank.

PINs lie in the database as salted hashes. Money is written in cents, so that nobody rounds.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from .bank_data import DUPLICATES, HOURS, SCHEMA, hashed, seed
from .frame import Answer, OnceKey, Refusal, Service, Store

__all__ = ["SERVICE"]

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
LIMIT_CENTS = 200_000
"""What may be transferred by telephone at once."""

Kind = Literal["checking", "savings", "business"]


class Credentials(BaseModel):
    account: str
    pin: str


class RefundRequest(BaseModel):
    month: Annotated[str, Field(pattern=MONTH)]
    amount_cents: Annotated[int, Field(gt=0)]
    problem: Annotated[str, Field(max_length=100)]


class TransferRequest(BaseModel):
    source: Kind
    target: Kind
    amount_cents: Annotated[int, Field(gt=0)]


class StatementRequest(BaseModel):
    month: Annotated[str, Field(pattern=MONTH)]


class CallbackRequest(BaseModel):
    phone: Annotated[str, Field(pattern=r"^\+?\d{4,15}$")]
    day: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


def _routes(store: Store) -> APIRouter:
    routes = APIRouter()
    _who(routes, store)
    _money(routes, store)
    _service(routes, store)
    return routes


def _who(routes: APIRouter, store: Store) -> None:
    @routes.post("/auth")
    def authenticate(given: Credentials) -> Answer:
        with store.read() as db:
            row = db.execute(
                "SELECT id, name, pin FROM customer WHERE account = ?", (given.account,)
            ).fetchone()
        # An unknown account takes as long as a wrong PIN, and gets the same answer.
        customer, name, kept = row or ("", "", b"")
        if not hmac.compare_digest(hashed(given.account, given.pin), kept):
            raise Refusal(401, "not-authenticated")
        return {"customer": customer, "name": name}


def _money(routes: APIRouter, store: Store) -> None:
    @routes.get("/customers/{customer}/balance")
    def balance(customer: str) -> Answer:
        with store.read() as db:
            return {"balance_cents": _balance(db, customer, "checking"), "currency": "USD"}

    @routes.get("/customers/{customer}/accounts/{kind}")
    def account(customer: str, kind: Kind) -> Answer:
        with store.read() as db:
            return {"balance_cents": _balance(db, customer, kind), "limit_cents": LIMIT_CENTS}

    @routes.get("/customers/{customer}/charges")
    def charges(customer: str, month: Annotated[str, Query(pattern=MONTH)]) -> Answer:
        with store.read() as db:
            return _charges(db, customer, month)

    @routes.post("/customers/{customer}/refunds")
    def refund(customer: str, asked: RefundRequest, key: OnceKey) -> Answer:
        request = {"refund": asked.model_dump(), "customer": customer}
        return store.once(key, request, lambda db: _refund(db, customer, asked))

    @routes.post("/customers/{customer}/transfers")
    def transfer(customer: str, asked: TransferRequest, key: OnceKey) -> Answer:
        request = {"transfer": asked.model_dump(), "customer": customer}
        return store.once(key, request, lambda db: _transfer(db, customer, asked))

    @routes.post("/customers/{customer}/transfers/{reference}/return")
    def take_back(customer: str, reference: str, key: OnceKey) -> Answer:
        return store.once(
            key, {"return": reference, "customer": customer}, lambda db: _take_back(db, customer, reference)
        )


def _service(routes: APIRouter, store: Store) -> None:
    @routes.post("/customers/{customer}/cards/block")
    def block(customer: str, key: OnceKey) -> Answer:
        return store.once(key, {"block": customer}, lambda db: _block(db, customer))

    @routes.post("/customers/{customer}/statements")
    def statement(customer: str, asked: StatementRequest, key: OnceKey) -> Answer:
        request = {"statement": asked.month, "customer": customer}
        return store.once(key, request, lambda db: _note(db, customer, "statement", asked.month, "S"))

    @routes.post("/callbacks")
    def callback(asked: CallbackRequest, key: OnceKey) -> Answer:
        request = {"callback": asked.model_dump()}
        return store.once(key, request, lambda db: _note(db, "", f"callback {asked.day}", asked.phone, "C"))

    @routes.get("/hours")
    def hours() -> Answer:
        return {"hours": HOURS}


def _balance(db: sqlite3.Connection, customer: str, kind: str) -> int:
    row = db.execute(
        "SELECT balance_cents FROM account WHERE customer = ? AND kind = ?", (customer, kind)
    ).fetchone()
    if row is None:
        raise Refusal(404, "no-such-account")
    return int(row[0])


def _charges(db: sqlite3.Connection, customer: str, month: str) -> Answer:
    _balance(db, customer, "checking")
    rows = db.execute(
        "SELECT day, merchant, cents FROM charge WHERE customer = ? AND substr(day, 1, 7) = ?"
        " ORDER BY day, merchant",
        (customer, month),
    ).fetchall()
    twice = db.execute(DUPLICATES, (customer, month)).fetchall()
    return {
        "month": month,
        "currency": "USD",
        "charges": [_charge(row) for row in rows],
        "duplicates": [_charge(row) for row in twice],
        "duplicate_cents": sum(row["cents"] * row["times"] for row in twice),
    }


def _charge(row: Mapping[str, Any]) -> Answer:
    return {"day": row["day"], "merchant": row["merchant"], "amount_cents": row["cents"]}


def _refund(db: sqlite3.Connection, customer: str, asked: RefundRequest) -> Answer:
    """Give back what was charged twice in a month, once; another call for it gets the same reference."""
    _balance(db, customer, "checking")
    owed = sum(row["cents"] * row["times"] for row in db.execute(DUPLICATES, (customer, asked.month)))
    if not owed or asked.amount_cents != owed:
        raise Refusal(409, "not-what-was-charged-twice")
    before = db.execute(
        "SELECT number FROM refund WHERE customer = ? AND month = ?", (customer, asked.month)
    ).fetchone()
    number = before[0] if before else None
    if number is None:
        number = db.execute(
            "INSERT INTO refund (customer, month, cents, problem) VALUES (?, ?, ?, ?)",
            (customer, asked.month, asked.amount_cents, asked.problem),
        ).lastrowid
    return {"reference": f"R{number}", "amount_cents": asked.amount_cents, "month": asked.month}


def _transfer(db: sqlite3.Connection, customer: str, asked: TransferRequest) -> Answer:
    if asked.source == asked.target or asked.amount_cents > LIMIT_CENTS:
        raise Refusal(409, "not-allowed")
    if _balance(db, customer, asked.source) < asked.amount_cents:
        raise Refusal(409, "not-enough")
    _balance(db, customer, asked.target)
    _move(db, customer, asked.source, asked.target, asked.amount_cents)
    number = db.execute(
        "INSERT INTO transfer (customer, source, target, cents) VALUES (?, ?, ?, ?)",
        (customer, asked.source, asked.target, asked.amount_cents),
    ).lastrowid
    return {"reference": f"T{number}", "balance_cents": _balance(db, customer, asked.source)}


def _take_back(db: sqlite3.Connection, customer: str, reference: str) -> Answer:
    row = db.execute(
        "SELECT number, source, target, cents FROM transfer WHERE 'T' || number = ? AND customer = ?",
        (reference, customer),
    ).fetchone()
    if row is None:
        raise Refusal(404, "no-such-transfer")
    if _balance(db, customer, row["target"]) < row["cents"]:
        raise Refusal(409, "not-enough")
    _move(db, customer, row["target"], row["source"], row["cents"])
    db.execute("DELETE FROM transfer WHERE number = ?", (row["number"],))
    return {"reference": reference, "balance_cents": _balance(db, customer, row["source"])}


def _move(db: sqlite3.Connection, customer: str, source: str, target: str, cents: int) -> None:
    moving = "UPDATE account SET balance_cents = balance_cents + ? WHERE customer = ? AND kind = ?"
    db.execute(moving, (-cents, customer, source))
    db.execute(moving, (cents, customer, target))


def _block(db: sqlite3.Connection, customer: str) -> Answer:
    card = db.execute("SELECT last FROM card WHERE customer = ?", (customer,)).fetchone()
    if card is None:
        raise Refusal(404, "no-such-card")
    db.execute("UPDATE card SET blocked = 1 WHERE customer = ?", (customer,))
    return {"last": card["last"], "state": "blocked"}


def _note(db: sqlite3.Connection, customer: str, what: str, about: str, letter: str) -> Answer:
    number = db.execute(
        "INSERT INTO wish (customer, what, about) VALUES (?, ?, ?)", (customer, what, about)
    ).lastrowid
    return {"reference": f"{letter}{number}"}


SERVICE = Service("bank", SCHEMA, seed, _routes)
