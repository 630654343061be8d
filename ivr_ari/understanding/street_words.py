"""
The words of addresses in the United States: kinds of streets, directions, units, states.

States and their two letters are those of USPS Publication 28, appendix B; kinds of streets a choice of its
appendix C1.
"""

from __future__ import annotations

from collections.abc import Mapping

from .words import listed, phrases

__all__ = ["DIRECTIONS", "NUMBERED", "RARE", "STATES", "STREETS", "UNITS"]

STREETS: Mapping[str, str] = {
    **{
        word: word.capitalize()
        for word in listed(
            "street avenue road drive lane court boulevard way place terrace circle parkway highway square"
            " trail loop alley plaza crescent close row walk pike turnpike freeway expressway path run ridge"
            " point crossing cove heights hill hills landing manor meadow park pass view vista bend creek"
            " grove commons gardens green mews causeway esplanade"
        )
    },
    "st": "Street",
    "ave": "Avenue",
    "rd": "Road",
    "dr": "Drive",
    "ln": "Lane",
    "ct": "Court",
    "blvd": "Boulevard",
    "pl": "Place",
    "pkwy": "Parkway",
    "hwy": "Highway",
    "cir": "Circle",
}
RARE = frozenset(
    listed(
        "run ridge point crossing cove heights hill hills landing manor meadow park pass view vista bend"
        " creek grove commons gardens green close row walk path"
    )
)
"""Kinds of streets that are parts of names as well ("park avenue", "oak hill road")."""

NUMBERED: Mapping[tuple[str, ...], str] = {
    ("county", "road"): "County Road",
    ("state", "road"): "State Road",
    ("state", "route"): "State Route",
    ("state", "highway"): "State Highway",
    ("u", "s", "highway"): "US Highway",
    ("rural", "route"): "Rural Route",
    ("highway",): "Highway",
    ("route",): "Route",
    ("interstate",): "Interstate",
}
"""Roads that a number behind them names: "highway sixty one"."""

DIRECTIONS: Mapping[str, str] = {
    **{word: word.capitalize() for word in listed("north south east west")},
    **{word: word.capitalize() for word in listed("northeast northwest southeast southwest")},
    "n": "North",
    "s": "South",
    "e": "East",
    "w": "West",
}
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("apartment", "apt"), "Apt"),
    **dict.fromkeys(("suite", "ste", "sweet"), "Suite"),
    **dict.fromkeys(("unit", "number", "flat"), "Unit"),
    **dict.fromkeys(("room", "rm"), "Room"),
    **dict.fromkeys(("building", "bldg"), "Building"),
    **dict.fromkeys(("floor",), "Floor"),
    **dict.fromkeys(("lot",), "Lot"),
    **dict.fromkeys(("trailer",), "Trailer"),
}

_STATES = """
alabama AL | alaska AK | arizona AZ | arkansas AR | california CA | colorado CO | connecticut CT | delaware DE
district of columbia DC | florida FL | georgia GA | hawaii HI | idaho ID | illinois IL | indiana IN | iowa IA
kansas KS | kentucky KY | louisiana LA | maine ME | maryland MD | massachusetts MA | michigan MI
minnesota MN | mississippi MS | missouri MO | montana MT | nebraska NE | nevada NV | new hampshire NH
new jersey NJ | new mexico NM | new york NY | north carolina NC | north dakota ND | ohio OH | oklahoma OK
oregon OR | pennsylvania PA | rhode island RI | south carolina SC | south dakota SD | tennessee TN | texas TX
utah UT | vermont VT | virginia VA | washington WA | west virginia WV | wisconsin WI | wyoming WY
puerto rico PR | d c DC | washington d c DC
"""
STATES: Mapping[tuple[str, ...], str] = {phrase[:-1]: phrase[-1] for phrase in phrases(_STATES)}
"""Words of a state to its two letters."""
