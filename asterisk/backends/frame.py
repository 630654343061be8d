"""What the demo's services share: their data in SQLite, refusals, requests that are made once."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Header

__all__ = ["Answer", "OnceKey", "Refusal", "Service", "Store"]

Answer = dict[str, Any]
OnceKey = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
"""The header of a request that changes something; a second one with the same key changes nothing more."""

ONCE = "CREATE TABLE once (key TEXT PRIMARY KEY, request TEXT, answer TEXT);"


class Refusal(Exception):
    """What a service says no to, as an HTTP status and a word."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(status, word)
        self.status = status
        self.word = word


@dataclass(frozen=True, slots=True)
class Service:
    """One of the services: its paths begin with ``/NAME``, its data lies in ``NAME.sqlite``."""

    name: str
    schema: str
    """CREATE statements; the table ``once`` is there already."""

    seed: Callable[[sqlite3.Connection, date], None]
    """Writes the data as it is on a given day."""

    routes: Callable[[Store], APIRouter]


class Store:
    """A service's data, in one SQLite file; every use opens it anew, so that threads share nothing."""

    def __init__(self, service: Service, folder: Path, today: date) -> None:
        self.file = folder / f"{service.name}.sqlite"
        self.today = today
        self._service = service
        if not self.file.exists():
            self.reset()

    def reset(self) -> None:
        """Begin with the first day's data again."""
        fresh = self.file.with_suffix(".fresh")
        fresh.unlink(missing_ok=True)
        with closing(sqlite3.connect(fresh)) as db, db:
            db.executescript(ONCE + self._service.schema)
            self._service.seed(db, self.today)
        os.replace(fresh, self.file)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection whose rows can be asked by column name."""
        with closing(sqlite3.connect(self.file, timeout=5)) as db:
            db.row_factory = sqlite3.Row
            yield db

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a transaction of its own, taken back if anything is raised."""
        with self.read() as db, db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    def once(
        self, key: str, request: Mapping[str, Any], make: Callable[[sqlite3.Connection], Answer]
    ) -> Answer:
        """
        Return what *make* answers, the same for every request with this *key*.

        Raises `Refusal` 422 when the key was used for another *request*.
        """
        written = json.dumps(request, sort_keys=True)
        with self.change() as db:
            known = db.execute("SELECT request, answer FROM once WHERE key = ?", (key,)).fetchone()
            if known is None:
                known = (written, json.dumps(make(db)))
                db.execute("INSERT INTO once VALUES (?, ?, ?)", (key, *known))
        if known[0] != written:
            raise Refusal(422, "key-used-for-another-request")
        answer: Answer = json.loads(known[1])
        return answer
