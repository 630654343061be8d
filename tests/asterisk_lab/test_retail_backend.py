"""The demo's shop, asked over HTTP as a flow asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from asterisk.backends.app import create_app

TODAY = date(2026, 3, 15)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(tmp_path, TODAY, "t0ken"))
    headers = {"Authorization": "Bearer t0ken"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://shop/retail", headers=headers
    ) as client:
        yield client


def once(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


async def test_an_order_by_its_digits(shop: httpx.AsyncClient) -> None:
    """Six digits find an order, its state and its day."""
    answer = await shop.get("/orders/412209")

    assert answer.json() == {
        "number": "R1204",
        "state": "shipped",
        "delivery_day": "2026-03-17",
        "delivered_on": "2026-03-17",
    }


async def test_an_order_by_telephone(shop: httpx.AsyncClient) -> None:
    """The number is found with and without the country's code."""
    for phone in ("3125550144", "+13125550144"):
        answer = await shop.post("/orders/search", json={"phone": phone})
        assert answer.json()["number"] == "R1300"


async def test_no_such_order(shop: httpx.AsyncClient) -> None:
    """404, by either way."""
    assert (await shop.get("/orders/999999")).status_code == 404
    assert (await shop.post("/orders/search", json={"phone": "3125559999"})).status_code == 404


async def test_a_return_is_made_once(shop: httpx.AsyncClient) -> None:
    """The same request gives the same number; another one for the same order is refused."""
    body = {"reason": "damaged", "wish": "money"}
    first = await shop.post("/orders/R1300/returns", json=body, headers=once("a"))
    again = await shop.post("/orders/R1300/returns", json=body, headers=once("a"))
    other = await shop.post("/orders/R1300/returns", json=body, headers=once("b"))

    assert first.json() == again.json() == {"number": "RT1"}
    assert (other.status_code, other.json()) == (409, {"detail": "returned-already"})


async def test_a_return_taken_back_can_be_made_anew(shop: httpx.AsyncClient) -> None:
    """What `undo` does; the new return has a number of its own."""
    body = {"reason": "damaged", "wish": "money"}
    await shop.post("/orders/R1300/returns", json=body, headers=once("a"))
    dropped = await shop.delete("/returns/RT1", headers=once("b"))
    new = await shop.post("/orders/R1300/returns", json={**body, "wish": "exchange"}, headers=once("c"))

    assert dropped.status_code == 200
    assert new.json() == {"number": "RT2"}


async def test_what_is_under_way_cannot_be_returned(shop: httpx.AsyncClient) -> None:
    """Only what was delivered."""
    body = {"reason": "damaged", "wish": "money"}
    answer = await shop.post("/orders/R1204/returns", json=body, headers=once("a"))

    assert answer.json() == {"detail": "not-delivered"}


async def test_an_address_can_be_changed_and_restored(shop: httpx.AsyncClient, tmp_path: Path) -> None:
    """The first address comes back, also after two changes."""
    for key, street in (("a", "2 Elm Street"), ("b", "3 Ash Street")):
        body = {"street": street, "postcode": "60614"}
        assert (await shop.put("/orders/R1205/address", json=body, headers=once(key))).status_code == 200
    assert (await shop.delete("/orders/R1205/address", headers=once("c"))).status_code == 200

    assert "1 Oak Street" in (tmp_path / "retail.sqlite").read_bytes().decode("latin-1")
    late = await shop.put(
        "/orders/R1204/address", json={"street": "x", "postcode": "60614"}, headers=once("d")
    )
    assert late.status_code == 409


async def test_stock_names_another_store(shop: httpx.AsyncClient) -> None:
    """With the number of stores that have it; where none has, the store asked for stands there."""
    there = (await shop.get("/stock/blue-backpack", params={"store": "city"})).json()
    nowhere = (await shop.get("/stock/sleeping-bag", params={"store": "city"})).json()

    assert there == {"pieces": 0, "others": 1, "elsewhere": "river-mall"}
    assert nowhere == {"pieces": 0, "others": 0, "elsewhere": "city"}


async def test_a_wrong_body_does_not_come_back(shop: httpx.AsyncClient) -> None:
    """422 with the names of fields, without what was sent."""
    answer = await shop.post("/orders/search", json={"phone": "secret words"})

    assert answer.status_code == 422
    assert "secret" not in answer.text
