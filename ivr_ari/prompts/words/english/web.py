"""E-mail and web addresses in English: "jo_7@example.com" as "jo underscore seven at example dot com"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..rules import Rule, rule
from . import values as en
from .capitals import PRONOUNCED, SPELLED

__all__ = ["WEB", "web_address"]

SIGNS: Mapping[str, str] = {
    "@": "at",
    ".": "dot",
    "-": "dash",
    "_": "underscore",
    "+": "plus",
    "/": "slash",
    ":": "colon",
    "?": "question mark",
    "=": "equals",
    "&": "and",
    "%": "percent",
    "#": "hash",
    "~": "tilde",
}
DOMAINS = "com|org|net|gov|edu|io|co|info|biz|app|dev|uk|ca|de|es|fr|mx|eu|ai|tv|example|test"
FILES = "pdf|docx?|xlsx?|csv|jpe?g|png|gif|txt|zip|html?|mp3|wav"
PATH = r"(?:/[\w./~?=&%#+-]*)?"
ADDRESS = (
    rf"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?://[^\s,;]+|\bwww\.[\w./~?=&%#+-]+"
    rf"|(?<![\w.-])(?:[\w-]+\.)+(?:{DOMAINS})\b(?!\.\w){PATH}|(?<![\w.-])[\w-]+\.(?:{FILES})\b"
)
AS_WORDS = frozenset({"it", "am", "po", "as", "dot", "led", "ps", "va", "os", "ids"})
"""What names on the web rarely mean as an acronym."""


def web_address(written: str) -> str:
    """Return "acme.com/pay2" as "acme dot com slash pay two": names as words, digits one by one."""
    said = []
    for piece in re.findall(r"[^\W\d_]+|\d|[^\w\s]|_", written):
        if piece.isdigit():
            said.append(en.DIGITS[int(piece)])
        else:
            said.append(SIGNS.get(piece) or _name(piece))
    country = re.fullmatch(r".*\.([a-z]{2})(?:/.*)?", written)
    if country and country[1] not in ("co", "me"):
        at = len(said) - 1 - said[::-1].index(_name(country[1]))
        said[at] = " ".join(country[1].upper())
    return " ".join(said)


def _name(piece: str) -> str:
    """What nobody can pronounce, and what is known as an acronym, is spelled."""
    if piece.lower() == "www":
        return "w w w"
    capitals = piece.upper()
    acronym = capitals in SPELLED and piece not in AS_WORDS
    if acronym or (
        capitals not in PRONOUNCED and not re.search(r"[^\W\dbcdfghjklmnpqrstvwxz_]", piece, re.I)
    ):
        return " ".join(capitals)
    return capitals if len(piece) == 1 else piece


def _web(found: re.Match[str]) -> str:
    written = re.sub(r"(?i)^https?://", "", found[0])
    bare = written.rstrip(".,?!:").rstrip("/")
    tail = written[len(written.rstrip(".,?!:")) :]
    return web_address(bare) + tail


WEB: tuple[Rule, ...] = (
    rule(ADDRESS, _web),
    rule(r"(?<!\S)@(?=[A-Za-z]\w)", "at "),
)
"""First of all: their dots end no sentences."""
