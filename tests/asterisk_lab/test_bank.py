"""The demo's bank, asked over HTTP as a flow asks it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest

from asterisk.bank import Bank
from ivr_ari.adapters.http_backend import HttpBackend, HttpRequest
from ivr_ari.errors import BackendFailed

TOKEN = "t0ken"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and database of a bank that runs as a program, says its address and leaves nothing."""
    folder = tmp_path_factory.mktemp("bank")
    program = subprocess.Popen(
        [sys.executable, "-m", "asterisk.bank"],
        env={**os.environ, "TMPDIR": str(folder), "IVR_BANK_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert program.stdout is not None
    url = program.stdout.readline().strip()
    (file,) = folder.glob("ivr-bank-*/bank.sqlite")
    yield url, file
    program.terminate()
    said, _ = program.communicate()
    assert (program.returncode, said, list(folder.iterdir())) == (0, "", [])


@pytest.fixture
async def bank(started: tuple[str, Path]) -> AsyncIterator[HttpBackend]:
    async with HttpBackend("bank", started[0], TOKEN) as client:
        yield client


def auth(account: str, pin: str) -> HttpRequest:
    return HttpRequest("POST", "/auth", {"account": account, "pin": pin})


def refund(key: str | None, month: str = "2026-06", amount_cents: int | str = 4219) -> HttpRequest:
    body = {"month": month, "amount_cents": amount_cents, "problem": "charged-twice"}
    return HttpRequest("POST", "/customers/C1007/refunds", body, idempotency_key=key)


async def refused(bank: HttpBackend, request: HttpRequest) -> object:
    with pytest.raises(BackendFailed) as caught:
        await bank.perform(request)
    return caught.value.facts["status"]


class TestBank:
    async def test_knows_its_customer(self, bank: HttpBackend) -> None:
        """
        Account number and PIN together name the customer.
        """
        assert await bank.perform(auth("41007239", "9201")) == {"customer": "C1007", "name": "Dana Whitfield"}

    @pytest.mark.parametrize(("account", "pin"), [("41007239", "9202"), ("41007230", "9201"), ("", "")])
    async def test_wrong_pin_and_unknown_account_look_alike(
        self, bank: HttpBackend, account: str, pin: str
    ) -> None:
        """
        Nobody learns which account numbers exist.
        """
        assert await refused(bank, auth(account, pin)) == 401

    async def test_tells_the_balance(self, bank: HttpBackend) -> None:
        """
        In cents, so that nobody rounds.
        """
        assert await bank.perform(HttpRequest("GET", "/customers/C1007/balance")) == {
            "balance_cents": 120_437,
            "currency": "USD",
        }

    @pytest.mark.parametrize(
        ("month", "cents"), [("2026-06", 4219), ("2026-03", 1850), ("2026-05", 0), ("1999-01", 0)]
    )
    async def test_finds_what_was_charged_twice(self, bank: HttpBackend, month: str, cents: int) -> None:
        """
        Last month and March differ, so that correcting the month changes the amount.
        """
        answer = await bank.perform(HttpRequest("GET", f"/customers/C1007/charges?month={month}"))

        assert answer["duplicate_cents"] == cents
        assert sum(charge["amount_cents"] == 4219 for charge in answer["charges"]) == 2 * (month == "2026-06")

    async def test_refund_is_made_once(self, bank: HttpBackend) -> None:
        """
        The same key, and another call for the same charge, get the same reference; another month its own.
        """
        june = [
            (await bank.perform(refund(key, amount_cents="4219")))["reference"] for key in ("a", "a", "b")
        ]
        march = (await bank.perform(refund("c", "2026-03", 1850)))["reference"]

        assert len(set(june)) == 1
        assert {june[0], march} == {"R1234", "R1235"}

    @pytest.mark.parametrize(
        ("request_", "status"),
        [
            (refund("d", amount_cents=1), 409),
            (refund("e", "2026-05", 4219), 409),
            (refund("f", "June"), 422),
            (refund(None), 422),
            (HttpRequest("GET", "/customers/C9/balance"), 404),
            (HttpRequest("GET", "/customers/C1007/charges?month=2026-13"), 422),
        ],
    )
    async def test_refuses(self, bank: HttpBackend, request_: HttpRequest, status: int) -> None:
        """
        What was not charged twice is not given back; what makes no sense is not done.
        """
        assert await refused(bank, request_) == status

    async def test_key_belongs_to_one_request(self, bank: HttpBackend) -> None:
        """
        A key used again for something else is a mistake of the caller's program.
        """
        await bank.perform(refund("g"))

        assert await refused(bank, refund("g", "2026-03", 1850)) == 422

    async def test_needs_its_token(self, started: tuple[str, Path]) -> None:
        """
        Without the token not even the opening hours.
        """
        async with HttpBackend("bank", started[0], "wrong") as stranger:
            assert await refused(stranger, HttpRequest("GET", "/hours")) == 403

    async def test_tells_its_hours(self, bank: HttpBackend) -> None:
        """
        As a sentence, ready to be spoken.
        """
        assert "nine to five" in (await bank.perform(HttpRequest("GET", "/hours")))["hours"]

    async def test_keeps_no_pin(self, bank: HttpBackend, started: tuple[str, Path]) -> None:
        """
        The database holds no PIN in clear.
        """
        with sqlite3.connect(started[1]) as db:
            kept = db.execute("SELECT pin FROM customer").fetchall()
        db.close()

        assert all(len(pin) == 64 and b"9201" not in pin for (pin,) in kept)


class TestData:
    @pytest.mark.parametrize(
        "today", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31)]
    )
    def test_follows_its_date(self, tmp_path: Path, today: date) -> None:
        """
        On any day there is a double charge last month and another one in the March before.
        """
        bank = Bank(tmp_path / "bank.sqlite", today)
        last = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
        march = today.year if today.month > 4 else today.year - 1

        assert bank.charges("C1007", f"{last[0]}-{last[1]:02}")["duplicate_cents"] == 4219
        assert bank.charges("C1007", f"{march}-03")["duplicate_cents"] == 1850

    def test_is_kept(self, tmp_path: Path) -> None:
        """
        A bank started again on its file knows what it gave back.
        """
        file, today = tmp_path / "bank.sqlite", date(2026, 7, 15)
        first = Bank(file, today).refund("C1007", "2026-06", 4219, "charged-twice", "a")

        assert Bank(file, today).refund("C1007", "2026-06", 4219, "charged-twice", "b") == first


def test_refuses_to_run_open() -> None:
    """
    Without a token it does not start; there is none to be given on the command line, which all can read.
    """
    command = [sys.executable, "-m", "asterisk.bank"]
    environment = {name: value for name, value in os.environ.items() if name != "IVR_BANK_TOKEN"}

    for more in ([], ["--token", TOKEN]):
        done = subprocess.run([*command, *more], env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (2, "")
