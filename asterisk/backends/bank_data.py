"""What the demo's bank knows on its first day."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date

__all__ = ["DUPLICATES", "HOURS", "SCHEMA", "hashed", "seed"]

HOURS = "We are open Monday to Friday from nine to five, and on Saturday from ten to two."

CUSTOMERS = (
    # customer, name, account, PIN, last digits of the card; cents on checking, savings, business
    ("C1007", "Dana Whitfield", "41007239", "9201", "6612", (120_437, 862_000, 45_310)),
    ("C1008", "Luis Ortega", "30551846", "4477", "0953", (8_812, 15_025, None)),
    ("C1009", "Mei Tanaka", "77120043", "3308", "4178", (1_532_090, None, 9_964_200)),
    ("C1010", "Ines Moreau", "55310097", "1120", "7785", (None, 50_500, None)),
)
EVERY_MONTH = (
    # day, merchant, cents
    (2, "Harbour Rentals", 95_000),
    (9, "Greenfield Market", 6_734),
    (21, "Metro Transit", 4_900),
)

SCHEMA = """
CREATE TABLE customer (id TEXT PRIMARY KEY, name TEXT, account TEXT UNIQUE, pin BLOB);
CREATE TABLE account (customer TEXT, kind TEXT, balance_cents INTEGER, PRIMARY KEY (customer, kind));
CREATE TABLE card (customer TEXT PRIMARY KEY, last TEXT, blocked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE charge (customer TEXT, day TEXT, merchant TEXT, cents INTEGER);
CREATE TABLE refund (
    number INTEGER PRIMARY KEY, customer TEXT, month TEXT, cents INTEGER, problem TEXT,
    UNIQUE (customer, month)
);
CREATE TABLE transfer (number INTEGER PRIMARY KEY, customer TEXT, source TEXT, target TEXT, cents INTEGER);
CREATE TABLE wish (number INTEGER PRIMARY KEY, customer TEXT, what TEXT, about TEXT);
INSERT INTO refund (number) VALUES (1233);
INSERT INTO transfer (number) VALUES (5610);
INSERT INTO wish (number) VALUES (2040);
"""

# A charge made n times on one day is one charge and n - 1 duplicates.
DUPLICATES = """
SELECT day, merchant, cents, count(*) - 1 AS times FROM charge
WHERE customer = ? AND substr(day, 1, 7) = ? GROUP BY day, merchant, cents HAVING count(*) > 1
"""


def hashed(account: str, pin: str) -> bytes:
    """Return what is kept of a PIN."""
    # A demo's data must be the same in every run: the salt is made from the account instead of drawn.
    return hashlib.scrypt(pin.encode(), salt=hashlib.sha256(account.encode()).digest(), n=1024, r=8, p=1)


def seed(db: sqlite3.Connection, today: date) -> None:
    """Write the customers and thirteen months before *today*; the first has two double charges."""
    months = [_months_before(today, i) for i in range(1, 14)]
    for customer, name, account, pin, card, cents in CUSTOMERS:
        db.execute(
            "INSERT INTO customer VALUES (?, ?, ?, ?)", (customer, name, account, hashed(account, pin))
        )
        db.execute("INSERT INTO card (customer, last) VALUES (?, ?)", (customer, card))
        for kind, balance in zip(("checking", "savings", "business"), cents, strict=True):
            if balance is not None:
                db.execute("INSERT INTO account VALUES (?, ?, ?)", (customer, kind, balance))
        for month in months:
            for charge in EVERY_MONTH:
                _charge(db, customer, month, *charge)
    march = next(month for month in months[1:] if month.endswith("-03"))
    for _ in range(2):
        _charge(db, "C1007", months[0], 12, "Northwind Fuel", 4_219)
        _charge(db, "C1007", march, 5, "City Parking", 1_850)


def _charge(db: sqlite3.Connection, customer: str, month: str, day: int, merchant: str, cents: int) -> None:
    db.execute("INSERT INTO charge VALUES (?, ?, ?, ?)", (customer, f"{month}-{day:02}", merchant, cents))


def _months_before(today: date, months: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return f"{year}-{month + 1:02}"
