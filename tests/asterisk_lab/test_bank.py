"""The demo's backends: the bank, asked over HTTP as a flow asks it, and how all of them misbehave."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from fastapi.testclient import TestClient

from asterisk.backends.app import create_app
from ivr_ari.adapters.http_backend import HttpBackend, HttpRequest
from ivr_ari.errors import BackendFailed

TOKEN = "t0ken"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and database of a bank that runs as a program, says its address and leaves nothing."""
    folder = tmp_path_factory.mktemp("bank")
    program = subprocess.Popen(
        [sys.executable, "-m", "asterisk.backends"],
        env={**os.environ, "TMPDIR": str(folder), "IVR_DEMO_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert program.stdout is not None
    url = program.stdout.readline().strip()
    (file,) = folder.glob("ivr-demo-*/bank.sqlite")
    yield url, file
    program.terminate()
    said, _ = program.communicate()
    assert (program.returncode, said, list(folder.iterdir())) == (0, "", [])


@pytest.fixture
async def bank(started: tuple[str, Path]) -> AsyncIterator[HttpBackend]:
    async with HttpBackend("bank", f"{started[0]}/bank", TOKEN) as client:
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
        async with HttpBackend("bank", f"{started[0]}/bank", "wrong") as stranger:
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
        last = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
        march = today.year if today.month > 4 else today.year - 1
        bank = opened(tmp_path, today)

        for month, cents in ((f"{last[0]}-{last[1]:02}", 4219), (f"{march}-03", 1850)):
            answer = bank.get(f"/bank/customers/C1007/charges?month={month}").json()
            assert answer["duplicate_cents"] == cents

    def test_is_kept(self, tmp_path: Path) -> None:
        """
        A bank started again on its files knows what it gave back.
        """
        assert refunded(opened(tmp_path), "a") == refunded(opened(tmp_path), "b")

    def test_a_reset_forgets(self, tmp_path: Path) -> None:
        """
        What was moved, and how paths were told to behave, is as on the first day again.
        """
        bank = opened(tmp_path)
        bank.post("/admin/behaviour", json={"path": "/bank/hours", "mode": "status"})
        assert moved(bank, "checking", "savings", 5_000) == {"reference": "T5611", "balance_cents": 115_437}

        assert bank.post("/admin/reset").status_code == 204

        assert bank.get("/bank/hours").status_code == 200
        assert balance(bank, "checking") == 120_437


class TestTransfer:
    def test_moves_money_once(self, tmp_path: Path) -> None:
        """
        The same key moves it once; both balances show it.
        """
        bank = opened(tmp_path)

        assert moved(bank, "savings", "checking", 10_000) == moved(bank, "savings", "checking", 10_000)

        assert (balance(bank, "savings"), balance(bank, "checking")) == (852_000, 130_437)

    @pytest.mark.parametrize(
        ("source", "target", "cents"),
        [("checking", "savings", 120_438), ("savings", "savings", 1), ("savings", "checking", 200_001)],
    )
    def test_refuses(self, tmp_path: Path, source: str, target: str, cents: int) -> None:
        """
        More than there is, to the same account, more than may be moved by telephone: nothing happens.
        """
        bank = opened(tmp_path)

        assert moved(bank, source, target, cents) == {"detail": ANY}
        assert balance(bank, "savings") == 862_000

    def test_is_taken_back(self, tmp_path: Path) -> None:
        """
        Taking a transfer back restores both balances, and cannot be done twice.
        """
        bank = opened(tmp_path)
        reference = moved(bank, "savings", "checking", 10_000)["reference"]
        path = f"/bank/customers/C1007/transfers/{reference}/return"

        assert bank.post(path, headers={"Idempotency-Key": "u"}).json()["balance_cents"] == 862_000
        assert balance(bank, "checking") == 120_437
        assert bank.post(path, headers={"Idempotency-Key": "v"}).status_code == 404


class TestService:
    def test_blocks_the_card(self, tmp_path: Path) -> None:
        """
        The customer's card is blocked, and named by its last digits.
        """
        answer = opened(tmp_path).post("/bank/customers/C1007/cards/block", headers={"Idempotency-Key": "a"})

        assert answer.json() == {"last": "6612", "state": "blocked"}

    def test_notes_wishes(self, tmp_path: Path) -> None:
        """
        A statement and a call back each get a reference of their own.
        """
        bank = opened(tmp_path)
        wishes = [
            ("/bank/customers/C1007/statements", {"month": "2026-06"}),
            ("/bank/callbacks", {"phone": "5551", "day": "2026-07-16"}),
        ]

        answers = [
            bank.post(path, json=body, headers={"Idempotency-Key": path}).json() for path, body in wishes
        ]

        assert answers == [{"reference": "S2041"}, {"reference": "C2042"}]


class TestBehaviour:
    @pytest.mark.parametrize(
        ("asked", "code", "status"),
        [
            ({"mode": "status", "status": 503}, "http.status", 503),
            ({"mode": "status", "status": 404}, "http.refused", 404),
            ({"mode": "garbled"}, "http.not-json", 200),
            ({"mode": "down"}, "http.unreachable", 0),
            ({"mode": "slow", "seconds": 60}, "http.late", 0),
        ],
    )
    async def test_misbehaves_as_often_as_asked(
        self, started: tuple[str, Path], bank: HttpBackend, asked: dict[str, object], code: str, status: int
    ) -> None:
        """
        A path fails in the way asked for, and works again afterwards; others are not touched.
        """
        async with HttpBackend("admin", f"{started[0]}/admin", TOKEN) as admin:
            wish = {"path": "/bank/customers/C1007", "times": 1, **asked}
            await admin.perform(HttpRequest("POST", "/behaviour", wish))

        assert (await bank.perform(auth("41007239", "9201")))["customer"] == "C1007"
        request = HttpRequest("GET", "/customers/C1007/balance", deadline_ms=1000, retries=0)
        with pytest.raises(BackendFailed) as caught:
            await bank.perform(request)
        assert (caught.value.code, caught.value.facts["status"]) == (code, status)
        assert (await bank.perform(request))["balance_cents"] == 120_437

    def test_the_longest_path_counts(self, tmp_path: Path) -> None:
        """
        A rule for one path goes before one for all below, and `well` ends it.
        """
        bank = opened(tmp_path)
        for path, status in (("/bank", 500), ("/bank/hours", 404)):
            bank.post("/admin/behaviour", json={"path": path, "mode": "status", "status": status})

        assert bank.get("/bank/hours").status_code == 404
        assert bank.get("/bank/customers/C1007/balance").status_code == 500
        bank.post("/admin/behaviour", json={"path": "/bank/hours", "mode": "well"})
        assert bank.get("/bank/hours").status_code == 500


def opened(folder: Path, today: date = date(2026, 7, 15)) -> TestClient:
    return TestClient(create_app(folder, today, TOKEN), headers={"Authorization": f"Bearer {TOKEN}"})


def refunded(bank: TestClient, key: str) -> Any:
    body = {"month": "2026-06", "amount_cents": 4219, "problem": "charged-twice"}
    return bank.post("/bank/customers/C1007/refunds", json=body, headers={"Idempotency-Key": key}).json()


def moved(bank: TestClient, source: str, target: str, cents: int) -> Any:
    body = {"source": source, "target": target, "amount_cents": cents}
    return bank.post("/bank/customers/C1007/transfers", json=body, headers={"Idempotency-Key": "t"}).json()


def balance(bank: TestClient, kind: str) -> Any:
    return bank.get(f"/bank/customers/C1007/accounts/{kind}").json()["balance_cents"]


def test_refuses_to_run_open() -> None:
    """
    Without a token it does not start; there is none to be given on the command line, which all can read.
    """
    command = [sys.executable, "-m", "asterisk.backends"]
    environment = {name: value for name, value in os.environ.items() if name != "IVR_DEMO_TOKEN"}

    for more in ([], ["--token", TOKEN]):
        done = subprocess.run([*command, *more], env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (2, "")
