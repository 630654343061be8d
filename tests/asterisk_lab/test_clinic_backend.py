"""The demo's clinic, asked over HTTP as a flow asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from asterisk.backends.app import create_app

TODAY = date(2026, 3, 16)  # a Monday
TUESDAY = "2026-03-17"


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(tmp_path, TODAY, "t0ken"))
    headers = {"Authorization": "Bearer t0ken"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://clinic/clinic", headers=headers
    ) as client:
        yield client


def once(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


async def book(clinic: httpx.AsyncClient, key: str, time: str, patient: str = "P1009") -> httpx.Response:
    body = {"patient": patient, "doctor": "doctor-grant", "day": TUESDAY, "time": time}
    return await clinic.post("/appointments", json=body, headers=once(key))


class TestIdentify:
    @pytest.mark.parametrize("who", [{"number": "41072"}, {"name": "dana  whitfield"}])
    async def test_by_birthday_and_number_or_name(
        self, clinic: httpx.AsyncClient, who: dict[str, str]
    ) -> None:
        """Either of the two is enough beside the birthday; a name in any case and spacing."""
        answer = await clinic.post("/identify", json={"born": "1962-03-14", **who})

        assert answer.json() == {"patient": "P1007"}

    @pytest.mark.parametrize(
        "who",
        [
            {"born": "1962-03-15", "number": "41072"},
            {"born": "1962-03-14", "number": "30551"},
            {"born": "1962-03-14", "name": "luis ortega"},
            {"born": "1962-03-14"},
        ],
    )
    async def test_what_does_not_fit_together_is_nobody(
        self, clinic: httpx.AsyncClient, who: dict[str, str]
    ) -> None:
        """A wrong birthday, number or name, or a birthday alone: 404, and no hint which it was."""
        answer = await clinic.post("/identify", json=who)

        assert (answer.status_code, answer.json()) == (404, {"detail": "no-such-patient"})

    async def test_two_of_a_name(self, clinic: httpx.AsyncClient) -> None:
        """Two patients with one name and birthday are told apart by their number only."""
        twins = {"born": "1978-05-09", "name": "maria lopez"}
        assert (await clinic.post("/identify", json=twins)).status_code == 409
        answer = await clinic.post("/identify", json={"born": "1978-05-09", "number": "52231"})
        assert answer.json() == {"patient": "P1011"}


class TestFreeTimes:
    async def test_a_time_that_is_free(self, clinic: httpx.AsyncClient) -> None:
        """The time asked for is offered if the doctor is there and free."""
        answer = await clinic.get(
            "/slots", params={"doctor": "doctor-grant", "day": TUESDAY, "time": "10:30"}
        )

        assert answer.json() == {"match": "exact", "doctor": "doctor-grant", "day": TUESDAY, "time": "10:30"}

    async def test_a_taken_time_gives_the_nearest(self, clinic: httpx.AsyncClient) -> None:
        """A taken time leads to the nearest free one of the same day."""
        await book(clinic, "a", "10:30")

        answer = await clinic.get(
            "/slots", params={"doctor": "doctor-grant", "day": TUESDAY, "time": "10:30"}
        )

        assert (answer.json()["match"], answer.json()["time"]) == ("other", "10:00")

    async def test_a_day_without_that_doctor(self, clinic: httpx.AsyncClient) -> None:
        """A doctor who is not there that day leads to the next day they are."""
        answer = await clinic.get("/slots", params={"doctor": "doctor-stone", "day": "2026-03-18"})

        assert (answer.json()["match"], answer.json()["day"]) == ("other", "2026-03-19")

    @pytest.mark.parametrize(
        ("part", "time"), [("morning", "08:30"), ("afternoon", "13:00"), ("any", "08:30")]
    )
    async def test_a_part_of_the_day(self, clinic: httpx.AsyncClient, part: str, time: str) -> None:
        """A part of the day is met by its first free time, by any doctor of the department."""
        answer = await clinic.get(
            "/slots",
            params={"department": "children", "day": TUESDAY, "part": part, "doctor": "", "time": ""},
        )

        assert answer.json() == {"match": "exact", "doctor": "doctor-hill", "day": TUESDAY, "time": time}

    async def test_nothing_today(self, clinic: httpx.AsyncClient) -> None:
        """Today is offered to nobody: the next day is."""
        answer = await clinic.get("/slots", params={"department": "children", "day": TODAY.isoformat()})

        assert (answer.json()["match"], answer.json()["day"]) == ("other", TUESDAY)


class TestAppointments:
    async def test_the_first_and_the_second(self, clinic: httpx.AsyncClient) -> None:
        """A patient's appointments in order, each with whether there are more; then 404."""
        first = (await clinic.get("/patients/P1007/appointments/1")).json()
        second = (await clinic.get("/patients/P1007/appointments/2")).json()

        assert (first["doctor"], first["time"], first["more"]) == ("doctor-grant", "10:00", True)
        assert (second["doctor"], second["time"], second["more"]) == ("doctor-stone", "14:30", False)
        assert first["day"] < second["day"]
        assert (await clinic.get("/patients/P1007/appointments/3")).status_code == 404
        assert (await clinic.get("/patients/P1009/appointments/1")).status_code == 404

    async def test_those_of_a_day(self, clinic: httpx.AsyncClient) -> None:
        """A day chooses among them; a day with none of them chooses nothing."""
        second = (await clinic.get("/patients/P1007/appointments/2")).json()

        on_its_day = await clinic.get("/patients/P1007/appointments/1", params={"day": second["day"]})
        another = await clinic.get("/patients/P1007/appointments/1", params={"day": "2026-12-24"})

        assert on_its_day.json() == {**second, "more": False}
        assert another.json()["doctor"] == "doctor-grant"

    async def test_a_time_is_booked_once(self, clinic: httpx.AsyncClient) -> None:
        """The same request is one appointment, however often it comes; another patient is too late."""
        first, again = await book(clinic, "a", "11:00"), await book(clinic, "a", "11:00")
        late = await book(clinic, "b", "11:00", "P1008")

        assert first.json() == again.json()
        assert (late.status_code, late.json()) == (409, {"detail": "taken"})

    async def test_a_move_frees_the_old_time(self, clinic: httpx.AsyncClient) -> None:
        """A moved appointment keeps its number; its old time is free again."""
        number = (await book(clinic, "a", "11:00")).json()["appointment"]
        place = {"doctor": "doctor-grant", "day": TUESDAY, "time": "14:00"}

        moved = await clinic.patch(f"/appointments/{number}", json=place, headers=once("b"))

        assert moved.json() == {"appointment": number}
        assert (await book(clinic, "c", "11:00", "P1008")).status_code == 200
        assert (await book(clinic, "d", "14:00", "P1008")).status_code == 409

    async def test_a_cancelled_one_can_be_taken_back(self, clinic: httpx.AsyncClient) -> None:
        """A cancelled appointment is gone, and comes back unless somebody was faster."""
        number = (await book(clinic, "a", "11:00")).json()["appointment"]
        await clinic.delete(f"/appointments/{number}", headers=once("b"))
        assert (await clinic.get("/patients/P1009/appointments/1")).status_code == 404

        back = await clinic.post(f"/appointments/{number}/restore", headers=once("c"))
        assert back.status_code == 200
        assert (await clinic.get("/patients/P1009/appointments/1")).json()["appointment"] == number

        await clinic.delete(f"/appointments/{number}", headers=once("d"))
        await book(clinic, "e", "11:00", "P1008")
        assert (await clinic.post(f"/appointments/{number}/restore", headers=once("f"))).status_code == 409

    async def test_an_unknown_number(self, clinic: httpx.AsyncClient) -> None:
        """404 for an appointment that never was."""
        assert (await clinic.delete("/appointments/A1", headers=once("a"))).status_code == 404


class TestPrescriptions:
    @pytest.mark.parametrize("asked", ["AB48215", "48215"])
    async def test_with_and_without_its_letters(self, clinic: httpx.AsyncClient, asked: str) -> None:
        """A keypad has no letters: a patient's prescription is found by its digits too."""
        answer = await clinic.post("/refills", json={"patient": "P1007", "prescription": asked})

        assert answer.json() == {"state": "ready", "day": TODAY.isoformat()}

    async def test_only_of_the_patient(self, clinic: httpx.AsyncClient) -> None:
        """Somebody else's prescription is not found."""
        answer = await clinic.post("/refills", json={"patient": "P1008", "prescription": "AB48215"})

        assert answer.status_code == 404


async def test_a_callback_is_noted_once(clinic: httpx.AsyncClient) -> None:
    """The same request is one call to give back."""
    first = await clinic.post("/callbacks", json={"phone": "+13125550123"}, headers=once("a"))
    again = await clinic.post("/callbacks", json={"phone": "+13125550123"}, headers=once("a"))

    assert first.json() == again.json() == {"reference": "C501"}
