"""The demo's clinic: patients, free times, appointments, prescriptions, calls to give back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from .frame import Answer, OnceKey, Refusal, Service, Store

__all__ = ["SERVICE"]

PATIENTS = (
    # patient, number, name, date of birth
    ("P1007", "41072", "Dana Whitfield", "1962-03-14"),
    ("P1008", "30551", "Luis Ortega", "1985-11-02"),
    ("P1009", "77120", "Mei Tanaka", "1990-07-21"),
    ("P1010", "52230", "Maria Lopez", "1978-05-09"),
    ("P1011", "52231", "Maria Lopez", "1978-05-09"),
)
DOCTORS = {
    # doctor: department, the weekdays they are here (0 is Monday)
    "doctor-grant": ("family-medicine", (0, 1, 2, 3, 4)),
    "doctor-rivers": ("family-medicine", (0, 2, 4)),
    "doctor-stone": ("skin", (1, 3)),
    "doctor-hill": ("children", (0, 1, 2, 3, 4)),
}
TIMES = tuple(
    f"{hour:02}:{minute:02}"
    for hour in (8, 9, 10, 11, 13, 14, 15, 16)
    for minute in (0, 30)
    if hour != 8 or minute
)
NOON = "12:00"
AHEAD = 60
"""Days that are looked through for a free time."""

APPOINTMENTS = (
    # number, patient, doctor, working days from today, time
    (1001, "P1007", "doctor-grant", 3, "10:00"),
    (1002, "P1007", "doctor-stone", 8, "14:30"),
    (1003, "P1008", "doctor-rivers", 5, "09:00"),
    (1004, "P1010", "doctor-hill", 2, "10:30"),
)
PRESCRIPTIONS = (
    # prescription, patient, state, days until it can be picked up
    ("AB48215", "P1007", "ready", 0),
    ("CD11907", "P1007", "in-work", 2),
    ("EF77342", "P1008", "needs-doctor", 0),
    ("GH20681", "P1008", "used-up", 0),
)

SCHEMA = """
CREATE TABLE patient (id TEXT PRIMARY KEY, number TEXT UNIQUE, name TEXT, born TEXT);
CREATE TABLE appointment (
    number INTEGER PRIMARY KEY, patient TEXT, doctor TEXT, day TEXT, time TEXT, cancelled INTEGER DEFAULT 0
);
CREATE UNIQUE INDEX taken ON appointment (doctor, day, time) WHERE NOT cancelled;
CREATE TABLE prescription (id TEXT PRIMARY KEY, patient TEXT, state TEXT, day TEXT);
CREATE TABLE callback (number INTEGER PRIMARY KEY, phone TEXT);
INSERT INTO callback (number, phone) VALUES (500, '');
"""

Doctor = Annotated[str, Field(pattern="^doctor-(grant|rivers|stone|hill)$")]
MaybeDoctor = Annotated[str, Query(pattern="^(|anyone|doctor-(grant|rivers|stone|hill))$")]
Department = Annotated[str, Query(pattern="^(|family-medicine|skin|children)$")]
Part = Annotated[str, Query(pattern="^(|morning|afternoon|any|exact)$")]
Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
MaybeTime = Annotated[str, Query(pattern=r"^(|([01]\d|2[0-3]):[0-5]\d)$")]


class Person(BaseModel):
    born: date
    number: Annotated[str, Field(pattern=r"^\d{0,9}$")] = ""
    name: Annotated[str, Field(max_length=100)] = ""


class Place(BaseModel):
    doctor: Doctor
    day: date
    time: Time


class Booking(Place):
    patient: Annotated[str, Field(max_length=20)]


class Refill(BaseModel):
    patient: Annotated[str, Field(max_length=20)]
    prescription: Annotated[str, Field(pattern=r"^[A-Z0-9]{5,7}$")]


class Callback(BaseModel):
    phone: Annotated[str, Field(pattern=r"^\+?\d{5,15}$")]


def _seed(db: sqlite3.Connection, today: date) -> None:
    """Write patients, their appointments on the next working days, and their prescriptions."""
    db.executemany("INSERT INTO patient VALUES (?, ?, ?, ?)", PATIENTS)
    for number, patient, doctor, ahead, time in APPOINTMENTS:
        day = _here(doctor, _working_day(today, ahead))
        db.execute(
            "INSERT INTO appointment (number, patient, doctor, day, time) VALUES (?, ?, ?, ?, ?)",
            (number, patient, doctor, day.isoformat(), time),
        )
    for prescription, patient, state, days in PRESCRIPTIONS:
        day = today + timedelta(days)
        db.execute(
            "INSERT INTO prescription VALUES (?, ?, ?, ?)", (prescription, patient, state, day.isoformat())
        )


def _working_day(today: date, ahead: int) -> date:
    """Return the working day that many working days after *today*."""
    day = today
    while ahead:
        day += timedelta(1)
        ahead -= day.weekday() < 5
    return day


def _here(doctor: str, day: date) -> date:
    """Return the first day from *day* on that *doctor* is at the clinic."""
    return next(at for at in (day + timedelta(n) for n in range(7)) if at.weekday() in DOCTORS[doctor][1])


def _routes(store: Store) -> APIRouter:
    routes = APIRouter()
    _people(routes, store)
    _look(routes, store)
    _change(routes, store)
    return routes


def _people(routes: APIRouter, store: Store) -> None:
    @routes.post("/identify")
    def identify(person: Person) -> Answer:
        """Who was born that day and has that number, or that name if no other one has."""
        with store.read() as db:
            found = db.execute(
                "SELECT id FROM patient WHERE born = ? AND (number = ? OR (? = '' AND lower(name) = ?))",
                (
                    person.born.isoformat(),
                    person.number,
                    person.number,
                    " ".join(person.name.lower().split()),
                ),
            ).fetchall()
        if not found:
            raise Refusal(404, "no-such-patient")
        if len(found) > 1:
            raise Refusal(409, "several-of-that-name")
        return {"patient": found[0]["id"]}

    @routes.post("/refills")
    def refill(asked: Refill) -> Answer:
        """How far a prescription is; its letters may be left out, as a keypad has none."""
        with store.read() as db:
            row = db.execute(
                "SELECT state, day FROM prescription WHERE patient = ? AND (id = ? OR substr(id, 3) = ?)",
                (asked.patient, asked.prescription, asked.prescription),
            ).fetchone()
        if row is None:
            raise Refusal(404, "no-such-prescription")
        return {"state": row["state"], "day": row["day"]}

    @routes.post("/callbacks")
    def callback(asked: Callback, key: OnceKey) -> Answer:
        def note(db: sqlite3.Connection) -> Answer:
            made = db.execute("INSERT INTO callback (phone) VALUES (?)", (asked.phone,))
            return {"reference": f"C{made.lastrowid}"}

        return store.once(key, {"callback": asked.phone}, note)


def _look(routes: APIRouter, store: Store) -> None:
    @routes.get("/slots")
    def free(
        day: date,
        department: Department = "",
        doctor: MaybeDoctor = "",
        part: Part = "",
        time: MaybeTime = "",
    ) -> Answer:
        """The free time nearest to what is wanted; ``match`` is ``exact`` or ``other``."""
        doctors = [doctor] if doctor in DOCTORS else _of(department)
        with store.read() as db:
            for ahead in range(AHEAD):
                at = day + timedelta(ahead)
                if at <= store.today:
                    continue
                if found := _nearest(db, doctors, at, part, time):
                    exact = at == day and _wanted(found[1], part, time)
                    return {
                        "match": "exact" if exact else "other",
                        "doctor": found[0],
                        "day": at.isoformat(),
                        "time": found[1],
                    }
        raise Refusal(404, "nothing-free")

    @routes.get("/patients/{patient}/appointments/{place}")
    def appointment(patient: str, place: Annotated[int, Field(ge=1, le=9)], day: str = "") -> Answer:
        """The first, second, ... appointment to come, of those on *day* if there are any."""
        with store.read() as db:
            rows = db.execute(
                "SELECT number, doctor, day, time FROM appointment"
                " WHERE patient = ? AND day >= ? AND NOT cancelled ORDER BY day, time",
                (patient, store.today.isoformat()),
            ).fetchall()
        rows = [row for row in rows if row["day"] == day] or rows
        if place > len(rows):
            raise Refusal(404, "no-such-appointment")
        row = rows[place - 1]
        return {
            "appointment": f"A{row['number']}",
            "doctor": row["doctor"],
            "day": row["day"],
            "time": row["time"],
            "more": place < len(rows),
        }


def _of(department: str) -> list[str]:
    return [doctor for doctor, (name, _) in DOCTORS.items() if name == (department or "family-medicine")]


def _nearest(
    db: sqlite3.Connection, doctors: list[str], day: date, part: str, time: str
) -> tuple[str, str] | None:
    """Return who is free when on *day*: as wanted, or else as near to it as can be."""
    free = [found for doctor in doctors for found in _free(db, doctor, day)]
    return min(
        free,
        key=lambda found: (not _wanted(found[1], part, time), _apart(found[1], time), found[1]),
        default=None,
    )


def _free(db: sqlite3.Connection, doctor: str, day: date) -> Iterator[tuple[str, str]]:
    if day.weekday() not in DOCTORS[doctor][1]:
        return
    taken = {
        row["time"]
        for row in db.execute(
            "SELECT time FROM appointment WHERE doctor = ? AND day = ? AND NOT cancelled",
            (doctor, day.isoformat()),
        )
    }
    yield from ((doctor, time) for time in TIMES if time not in taken)


def _wanted(time: str, part: str, exact: str) -> bool:
    if exact:
        return time == exact
    return {"morning": time < NOON, "afternoon": time > NOON}.get(part, True)


def _apart(time: str, wanted: str) -> int:
    """Return the minutes between two times of day; none if no time is wanted."""
    if not wanted:
        return 0
    minutes = [int(each[:2]) * 60 + int(each[3:]) for each in (time, wanted)]
    return abs(minutes[0] - minutes[1])


def _change(routes: APIRouter, store: Store) -> None:
    @routes.post("/appointments")
    def book(asked: Booking, key: OnceKey) -> Answer:
        def make(db: sqlite3.Connection) -> Answer:
            if not db.execute("SELECT 1 FROM patient WHERE id = ?", (asked.patient,)).fetchone():
                raise Refusal(404, "no-such-patient")
            values = (asked.patient, asked.doctor, asked.day.isoformat(), asked.time)
            made = _unless_taken(
                db, "INSERT INTO appointment (patient, doctor, day, time) VALUES (?, ?, ?, ?)", values
            )
            return {"appointment": f"A{made.lastrowid}"}

        return store.once(key, asked.model_dump(mode="json"), make)

    @routes.patch("/appointments/{appointment}")
    def move(appointment: str, asked: Place, key: OnceKey) -> Answer:
        def make(db: sqlite3.Connection) -> Answer:
            values = (asked.doctor, asked.day.isoformat(), asked.time, _number(db, appointment))
            _unless_taken(db, "UPDATE appointment SET doctor = ?, day = ?, time = ? WHERE number = ?", values)
            return {"appointment": appointment}

        return store.once(key, {"move": appointment, **asked.model_dump(mode="json")}, make)

    @routes.delete("/appointments/{appointment}")
    def cancel(appointment: str, key: OnceKey) -> Answer:
        def make(db: sqlite3.Connection) -> Answer:
            number = _number(db, appointment)
            db.execute("UPDATE appointment SET cancelled = 1 WHERE number = ?", (number,))
            return {"appointment": appointment}

        return store.once(key, {"cancel": appointment}, make)

    @routes.post("/appointments/{appointment}/restore")
    def restore(appointment: str, key: OnceKey) -> Answer:
        def make(db: sqlite3.Connection) -> Answer:
            number = _number(db, appointment)
            _unless_taken(db, "UPDATE appointment SET cancelled = 0 WHERE number = ?", (number,))
            return {"appointment": appointment}

        return store.once(key, {"restore": appointment}, make)


def _number(db: sqlite3.Connection, appointment: str) -> int:
    row = db.execute("SELECT number FROM appointment WHERE 'A' || number = ?", (appointment,)).fetchone()
    if row is None:
        raise Refusal(404, "no-such-appointment")
    return int(row["number"])


def _unless_taken(db: sqlite3.Connection, sql: str, values: tuple[object, ...]) -> sqlite3.Cursor:
    try:
        return db.execute(sql, values)
    except sqlite3.IntegrityError as exc:
        raise Refusal(409, "taken") from exc


SERVICE = Service("clinic", SCHEMA, _seed, _routes)
