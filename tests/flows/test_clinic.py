"""The demo clinic: its conversations, and its flow against its own backend."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from asterisk.backends.app import create_app
from ivr_ari.events import (
    Began,
    Expect,
    HandOver,
    Heard,
    Meaning,
    Request,
    Value,
)
from ivr_ari.language.load_tests import Conversation
from ivr_ari.workbench.rehearsal import Rehearsal
from ivr_ari.workbench.transcript import heard_words

from .conversations import cases, flow, hold
from .demo_backend import DemoBackend

TODAY = date(2026, 3, 16)  # a Monday
MORNING = "2026-03-16T15:30:00"  # half past ten in Chicago

BORN, NUMBER = "03141962", "41072"


@pytest.mark.parametrize("conversation", cases("clinic"))
def test_conversation(conversation: Conversation) -> None:
    """Each conversation of the flow comes out as written."""
    hold("clinic", conversation)


class Clinic(DemoBackend):
    service = "clinic"


@pytest.fixture(scope="module")
def backends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = create_app(tmp_path_factory.mktemp("backends"), TODAY, "t0ken")
    with TestClient(app, headers={"Authorization": "Bearer t0ken"}) as client:
        yield client


@pytest.fixture
def clinic(backends: TestClient) -> Clinic:
    assert backends.post("/admin/reset").status_code == 204
    return Clinic(backends)


def nothing_understood(heard: Heard, expect: Expect, today: str) -> Meaning:
    return Meaning()


def calling(clinic: Clinic, language: str = "en") -> Rehearsal:
    began = Began(TODAY.isoformat(), language, now=MORNING)
    return Rehearsal(flow("clinic"), began, nothing_understood, clinic)


def identified(call: Rehearsal) -> None:
    """Key in who is calling."""
    for keys in (BORN, "1", NUMBER):
        call.press(keys)


def mean(call: Rehearsal, *values: Value, intents: tuple[str, ...] = ()) -> None:
    requests = tuple(Request(intent, 0, 0) for intent in intents)
    call.utter(heard_words("something"), Meaning(requests=requests, values=values))


def appointments(clinic: Clinic, patient: str = "P1007") -> list[str]:
    """The days and times of a patient's appointments to come."""
    found: list[str] = []
    while True:
        answer = clinic.client.get(f"/clinic/patients/{patient}/appointments/{len(found) + 1}")
        if answer.status_code != 200:
            return found
        found.append(f"{answer.json()['day']} {answer.json()['time']}")


class TestWithItsBackend:
    def test_an_appointment_is_booked(self, clinic: Clinic) -> None:
        """What the flow sends is what the backend takes: the appointment stands in its book."""
        before = appointments(clinic)
        call = calling(clinic)

        call.press("1")
        identified(call)
        for keys in ("1", "1", "0317", "4", "1030", "1"):
            call.press(keys)

        assert call.said[-2].prompt == "booked"
        assert sorted([*before, "2026-03-17 10:30"]) == appointments(clinic)

    def test_a_taken_time_offers_the_next(self, clinic: Clinic) -> None:
        """The time another patient has is not offered, the one beside it is."""
        body = {"patient": "P1009", "doctor": "doctor-grant", "day": "2026-03-17", "time": "10:30"}
        clinic.client.post("/clinic/appointments", json=body, headers={"Idempotency-Key": "another"})
        call = calling(clinic)

        call.press("1")
        identified(call)
        for keys in ("1", "1", "0317", "4", "1030"):
            call.press(keys)

        assert [said.prompt for said in call.said[-2:]] == ["not-free", "book-it"]
        assert call.talk.slots["offer-time"] == "10:00"

    def test_the_second_appointment_is_moved(self, clinic: Clinic) -> None:
        """Of two appointments the second is moved, the first stays."""
        first, second = appointments(clinic)
        call = calling(clinic)

        call.press("2")
        identified(call)
        for keys in ("2", "0326", "2", "1"):
            call.press(keys)

        assert call.said[-2].prompt == "moved"
        after = appointments(clinic)
        assert first in after
        assert "2026-03-26 13:00" in after
        assert second not in after

    def test_the_first_appointment_is_cancelled(self, clinic: Clinic) -> None:
        """Cancelled is gone from the book."""
        first, second = appointments(clinic)
        call = calling(clinic)

        call.press("3")
        identified(call)
        for keys in ("1", "1"):
            call.press(keys)

        assert call.said[-2].prompt == "cancelled-it"
        assert appointments(clinic) == [second]

    def test_a_refill_by_its_digits(self, clinic: Clinic) -> None:
        """A keypad has no letters: five digits find the prescription."""
        call = calling(clinic)

        call.press("4")
        identified(call)
        call.press("48215")

        assert call.said[-2].prompt == "refill-ready"

    def test_a_call_back_is_noted(self, clinic: Clinic) -> None:
        """The number goes to the backend, and nowhere else."""
        call = calling(clinic)

        for keys in ("8", "3125550123", "1"):
            call.press(keys)

        assert call.said[-2].prompt == "we-call-you"
        assert clinic.bodies == [("note-callback", {"phone": "3125550123"})]

    def test_a_spanish_call_by_keypad(self, clinic: Clinic) -> None:
        """The whole way in Spanish, every question with its keys."""
        call = calling(clinic, "es")

        call.press("1")
        identified(call)
        for keys in ("2", "0317", "1", "1"):
            call.press(keys)

        assert call.said[-2].words.startswith(
            "Su cita está reservada para el diecisiete de marzo a las ocho y media de la mañana"
        )


class TestPrivacy:
    def test_a_refill_leaves_nothing_in_the_record(self, clinic: Clinic) -> None:
        """Neither who the patient is nor how they are treated is written down for a hand-over."""
        call = calling(clinic)
        call.press("4")
        identified(call)
        call.press("48215")
        call.press("0")

        assert isinstance(call.ending, HandOver)
        written = json.dumps(call.ending.record) + call.ending.summary
        for secret in ("1962-03-14", BORN, NUMBER, "48215", "ready"):
            assert secret not in written
        assert isinstance(call.ending.record["slots"], dict)
        assert call.ending.record["slots"]["refill"] == "(withheld)"

    def test_symptoms_leave_no_words_in_the_record(self, clinic: Clinic) -> None:
        """The nurse is told that there are symptoms, not which: they ask for themselves."""
        call = calling(clinic)

        mean(call, intents=("symptoms",))

        assert isinstance(call.ending, HandOver)
        assert call.ending.reason == "symptoms"
        assert call.ending.record["slots"] == {"urgent": "yes"}
