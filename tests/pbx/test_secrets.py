"""Account number and PIN, spoken and keyed: where they may not be, and what a log may not say at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from asterisk.stage import Stage

from .held import Held, dump

pytestmark = [pytest.mark.pbx, pytest.mark.timeout(600)]

ACCOUNT, PIN = "41007239", "9201"
SPOKEN = (
    *("four one double oh seven two three nine", "double oh seven", "seven two three nine"),
    *("nine two zero one", "nine two oh one", "two zero one"),
)
FORBIDDEN = (ACCOUNT, PIN, "4100 7239", "4 1 0 0 7 2 3 9", "9 2 0 1", *SPOKEN)


@pytest.fixture
def places(theatre: Stage, spoken: Held, keyed: Held) -> dict[str, str]:
    """Everything that was written about the two calls, by where it was written."""
    lab = theatre.lab
    return {
        "service log": theatre.log.read_text(),
        "everything Redis was ever told": dump(theatre).decode("utf-8", "replace"),
        "the PBX's log": lab.messages.read_text(),
        "all of the PBX's logs": "".join(read(path) for path in Path(lab.folder, "log").rglob("*")),
        "call records": lab.cdr_csv.read_text(),
        "SIP header": spoken.header,
        "hand-over record": json.dumps(spoken.handover),
        "transcripts": json.dumps([spoken.transcript, keyed.transcript]),
        "channel variables": json.dumps(spoken.variables),
    }


def read(path: Path) -> str:
    return path.read_text(errors="replace") if path.is_file() else ""


def around(text: str, part: str) -> Iterator[str]:
    """
    Yield where *part* stands in *text*, with what stands around it.

    Four digits turn up inside any time of day or channel id: the PIN is looked for as a number of its own.
    """
    alone = rf"(?<!\d){part}(?!\d)" if part == PIN else re.escape(part)
    for match in re.finditer(alone, text):
        yield text[max(0, match.start() - 80) : match.start() + 40]


class TestSecrets:
    def test_nowhere(self, places: dict[str, str]) -> None:
        """Neither number, in digits or words, is in anything that is written down."""
        for place, text in places.items():
            lower = text.lower()
            for part in FORBIDDEN:
                assert list(around(lower, part)) == [], f"{part} in {place}"

    def test_the_account_shows_its_last_two_digits(self, spoken: Held, keyed: Held) -> None:
        """What an operator sees of an account number: its length and its end; of a PIN its length."""
        for held in (spoken, keyed):
            slots = held.slots()
            assert (slots["account"]["length"], slots["account"]["last"]) == (8, "39")
            assert (slots["pin"]["length"], slots["pin"]["last"]) == (4, "")

    def test_both_were_understood(self, spoken: Held, keyed: Held) -> None:
        """The test would find nothing if nothing had been said: both callers were authenticated."""
        for held in (spoken, keyed):
            assert held.slots()["customer"] == "C1007"


class TestLog:
    def test_no_words_of_callers(self, theatre: Stage, spoken: Held) -> None:
        """What a caller says is in no line of the log, nor what is said to them."""
        log = theatre.log.read_text().lower()

        for line in spoken.transcript:
            if len(line["words"].split()) > 2:
                assert line["words"].lower() not in log

    def test_no_numbers_of_callers(self, theatre: Stage, spoken: Held) -> None:
        """Nor is the number they call from."""
        assert "2025550101" not in theatre.log.read_text()

    def test_one_call_can_be_followed(self, theatre: Stage, spoken: Held) -> None:
        """Level info is enough to follow a call from its start to its end."""
        lines = [json.loads(line) for line in theatre.log.read_text().splitlines() if spoken.call_id in line]

        events = [line["event"] for line in lines]
        assert events[0] == "call taken"
        assert "call over" in events
        assert "call returned" in events
