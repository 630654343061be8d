"""The demo's clinic."""

from __future__ import annotations

import sqlite3
from datetime import date

from fastapi import APIRouter

from .frame import Answer, Service, Store

__all__ = ["SERVICE"]

SCHEMA = ""


def _seed(db: sqlite3.Connection, today: date) -> None:
    """Write the data as it is on *today*."""


def _routes(store: Store) -> APIRouter:
    routes = APIRouter()

    @routes.get("/hours")
    def hours() -> Answer:
        return {"hours": "We are open Monday to Friday from nine to five."}

    return routes


SERVICE = Service("clinic", SCHEMA, _seed, _routes)
