"""
The demo's shop: orders, returns, stock, addresses.

Orders are found by their six digits or by the telephone number they were made with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from .frame import Answer, OnceKey, Refusal, Service, Store

__all__ = ["SERVICE"]

Shop = Literal["city", "airport", "river-mall"]
SHOPS: tuple[Shop, ...] = ("city", "airport", "river-mall")

SCHEMA = """
CREATE TABLE purchase (
    number TEXT PRIMARY KEY, digits TEXT UNIQUE, phone TEXT, state TEXT, delivery TEXT,
    street TEXT, postcode TEXT
);
CREATE TABLE former (number TEXT PRIMARY KEY, street TEXT, postcode TEXT);
CREATE TABLE returned (id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT UNIQUE, reason TEXT, wish TEXT);
CREATE TABLE stock (product TEXT, shop TEXT, pieces INTEGER, PRIMARY KEY (product, shop));
CREATE TABLE callback (id INTEGER PRIMARY KEY AUTOINCREMENT, phone TEXT);
"""

ORDERS = (
    # number, six digits, telephone, state, days until delivery
    ("R1204", "412209", "3125550142", "shipped", 2),
    ("R1205", "412210", "3125550143", "packed", 5),
    ("R1300", "413300", "3125550144", "delivered", -8),
    ("R1301", "413301", "3125550145", "delivered", -60),
    ("R1302", "413302", "3125550146", "cancelled", 0),
)
STOCK: Mapping[str, tuple[int, int, int]] = {
    "rain-jacket": (6, 0, 2),
    "hiking-boots": (3, 1, 0),
    "blue-backpack": (0, 0, 4),
    "tent": (1, 2, 0),
    "sleeping-bag": (0, 0, 0),
    "camping-lamp": (12, 5, 9),
    "water-bottle": (30, 25, 40),
    "trekking-poles": (2, 0, 1),
}
"""Pieces in each of SHOPS."""


class PhoneSearch(BaseModel):
    phone: Annotated[str, Field(pattern=r"^\+?\d{4,15}$")]


class ReturnRequest(BaseModel):
    reason: Annotated[str, Field(max_length=40)]
    wish: Literal["money", "exchange"]


class Address(BaseModel):
    street: Annotated[str, Field(min_length=1, max_length=200)]
    postcode: Annotated[str, Field(pattern=r"^\d{5}$")]


def _seed(db: sqlite3.Connection, today: date) -> None:
    """Write orders around *today*, and what lies in the stores."""
    for number, digits, phone, state, days in ORDERS:
        day = (today + timedelta(days=days)).isoformat()
        row = (number, digits, phone, state, day, "1 Oak Street", "60601")
        db.execute("INSERT INTO purchase VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    for product, pieces in STOCK.items():
        db.executemany(
            "INSERT INTO stock VALUES (?, ?, ?)",
            [(product, shop, count) for shop, count in zip(SHOPS, pieces, strict=True)],
        )


def _routes(store: Store) -> APIRouter:
    routes = APIRouter()
    _orders(routes, store)
    _returns(routes, store)
    _shops(routes, store)
    return routes


def _orders(routes: APIRouter, store: Store) -> None:
    @routes.get("/orders/{digits}")
    def by_number(digits: str) -> Answer:
        with store.read() as db:
            return _found(db, "digits", digits)

    @routes.post("/orders/search")
    def by_phone(asked: PhoneSearch) -> Answer:
        with store.read() as db:
            return _found(db, "phone", asked.phone[-10:])

    @routes.put("/orders/{number}/address")
    def change_address(number: str, asked: Address, key: OnceKey) -> Answer:
        request = {"address": asked.model_dump(), "number": number}
        return store.once(key, request, lambda db: _move(db, number, asked))

    @routes.delete("/orders/{number}/address")
    def restore_address(number: str, key: OnceKey) -> Answer:
        return store.once(key, {"restore": number}, lambda db: _restore(db, number))


def _returns(routes: APIRouter, store: Store) -> None:
    @routes.post("/orders/{number}/returns")
    def make_return(number: str, asked: ReturnRequest, key: OnceKey) -> Answer:
        request = {"return": asked.model_dump(), "number": number}
        return store.once(key, request, lambda db: _return(db, number, asked))

    @routes.delete("/returns/{number}")
    def drop_return(number: str, key: OnceKey) -> Answer:
        return store.once(key, {"drop": number}, lambda db: _drop(db, number))


def _shops(routes: APIRouter, store: Store) -> None:
    @routes.get("/stock/{product}")
    def stock(product: str, shop: Annotated[Shop, Query(alias="store")]) -> Answer:
        with store.read() as db:
            rows = db.execute("SELECT shop, pieces FROM stock WHERE product = ?", (product,)).fetchall()
        if not rows:
            raise Refusal(404, "no-such-product")
        pieces = {row["shop"]: row["pieces"] for row in rows}
        others = [other for other in SHOPS if other != shop and pieces[other]]
        return {"pieces": pieces[shop], "others": len(others), "elsewhere": (others or [shop])[0]}

    @routes.post("/callbacks")
    def callback(asked: PhoneSearch, key: OnceKey) -> Answer:
        def note(db: sqlite3.Connection) -> Answer:
            number = db.execute("INSERT INTO callback (phone) VALUES (?)", (asked.phone,)).lastrowid
            return {"number": f"C{number}"}

        return store.once(key, {"callback": asked.phone}, note)


def _found(db: sqlite3.Connection, column: Literal["digits", "phone"], value: str) -> Answer:
    row = db.execute(f"SELECT * FROM purchase WHERE {column} = ?", (value,)).fetchone()  # noqa: S608
    if row is None:
        raise Refusal(404, "no-such-order")
    return _order(row)


def _order(row: Mapping[str, Any]) -> Answer:
    return {
        "number": row["number"],
        "state": row["state"],
        "delivery_day": row["delivery"],
        "delivered_on": row["delivery"],
    }


def _row(db: sqlite3.Connection, number: str) -> Any:
    row = db.execute("SELECT * FROM purchase WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise Refusal(404, "no-such-order")
    return row


def _move(db: sqlite3.Connection, number: str, asked: Address) -> Answer:
    """Write a new address, and keep the first one so that it can be had back."""
    row = _row(db, number)
    if row["state"] != "packed":
        raise Refusal(409, "has-left")
    db.execute("INSERT OR IGNORE INTO former VALUES (?, ?, ?)", (number, row["street"], row["postcode"]))
    change = (asked.street, asked.postcode, number)
    db.execute("UPDATE purchase SET street = ?, postcode = ? WHERE number = ?", change)
    return {"number": number}


def _restore(db: sqlite3.Connection, number: str) -> Answer:
    row = _row(db, number)
    former = db.execute("SELECT street, postcode FROM former WHERE number = ?", (number,)).fetchone()
    if former is None or row["state"] != "packed":
        raise Refusal(409, "nothing-to-restore")
    db.execute("UPDATE purchase SET street = ?, postcode = ? WHERE number = ?", (*former, number))
    return {"number": number}


def _return(db: sqlite3.Connection, number: str, asked: ReturnRequest) -> Answer:
    if _row(db, number)["state"] != "delivered":
        raise Refusal(409, "not-delivered")
    if db.execute("SELECT 1 FROM returned WHERE number = ?", (number,)).fetchone():
        raise Refusal(409, "returned-already")
    row = (number, asked.reason, asked.wish)
    made = db.execute("INSERT INTO returned (number, reason, wish) VALUES (?, ?, ?)", row).lastrowid
    return {"number": f"RT{made}"}


def _drop(db: sqlite3.Connection, number: str) -> Answer:
    if not db.execute("DELETE FROM returned WHERE 'RT' || id = ?", (number,)).rowcount:
        raise Refusal(404, "no-such-return")
    return {"number": number}


SERVICE = Service("retail", SCHEMA, _seed, _routes)
