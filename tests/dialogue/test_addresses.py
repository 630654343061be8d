"""The parts of an address."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.addresses import PARTS, part_of

WHOLE = "1234 North Main Street, Apt 5B, Springfield, IL 62704"


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        (WHOLE, ("1234 North Main Street", "1234", "Apt 5B", "Springfield", "IL", "62704")),
        ("22 Elm Street", ("22 Elm Street", "22", "", "", "", "")),
        ("22 Elm Street, 62704-1234", ("22 Elm Street", "22", "", "", "", "62704-1234")),
        ("22 Elm Street, Dayton, OH", ("22 Elm Street", "22", "", "Dayton", "OH", "")),
        ("22 Elm Street, Floor 5, Dayton", ("22 Elm Street", "22", "Floor 5", "Dayton", "", "")),
        ("PO Box 12, Boston, MA 02108", ("PO Box 12", "", "", "Boston", "MA", "02108")),
        ("", ("", "", "", "", "", "")),
    ],
)
def test_parts(address: str, parts: tuple[str, ...]) -> None:
    """Each part is found by its place and its shape; what was not said is empty."""
    assert tuple(part_of(address, name) for name in PARTS) == parts


def test_no_part() -> None:
    """There are no other parts."""
    assert part_of(WHOLE, "country") == ""
