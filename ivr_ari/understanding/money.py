"""
Names of money: currencies, their hundredths, and what people call sums and scales.
"""

from __future__ import annotations

from decimal import Decimal

from .words import Words, has, listed

__all__ = ["CENTS", "HUNDREDTH", "SCALES", "COINS", "unit_at"]

UNITS = {
    **dict.fromkeys(listed("dollar dollars bucks buck usd"), "USD"),
    **dict.fromkeys(listed("euro euros eur"), "EUR"),
    **dict.fromkeys(listed("pound pounds quid sterling gbp"), "GBP"),
    **dict.fromkeys(listed("yen jpy"), "JPY"),
    **dict.fromkeys(listed("rupee rupees inr"), "INR"),
    **dict.fromkeys(listed("peso pesos mxn"), "MXN"),
    **dict.fromkeys(listed("franc francs chf"), "CHF"),
    **dict.fromkeys(listed("krona kronor sek"), "SEK"),
    **dict.fromkeys(listed("yuan renminbi cny"), "CNY"),
    **dict.fromkeys(listed("zloty zlotys pln"), "PLN"),
}
"""Words of a currency to its code (ISO 4217), each after the country where the word is used most."""

OF_COUNTRY = {
    ("us", "dollars"): "USD",
    ("u", "s", "dollars"): "USD",
    ("american", "dollars"): "USD",
    ("canadian", "dollars"): "CAD",
    ("australian", "dollars"): "AUD",
    ("swiss", "francs"): "CHF",
    ("mexican", "pesos"): "MXN",
    ("pounds", "sterling"): "GBP",
    ("british", "pounds"): "GBP",
    ("english", "pounds"): "GBP",
}

CENTS = {"cent": "", "cents": "", "pence": "GBP", "penny": "GBP", "pennies": "", "p": "GBP"}
"""Words of a hundredth to the currency they tell."""

HUNDREDTH = Decimal("0.01")

SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "k": 1000, "million": 1_000_000}
"""What a number that is not whole may count: "two and a half thousand"."""

COINS = {
    **dict.fromkeys(("penny", "pennies"), ("0.01", "")),
    **dict.fromkeys(("nickel", "nickels"), ("0.05", "USD")),
    **dict.fromkeys(("dime", "dimes"), ("0.10", "USD")),
    **dict.fromkeys(("quarter", "quarters"), ("0.25", "USD")),
    **dict.fromkeys(("fiver", "fivers"), ("5", "GBP")),
    **dict.fromkeys(("tenner", "tenners"), ("10", "GBP")),
}
"""Coins and notes that have a name: what they are worth, and their currency."""


def unit_at(words: Words, at: int) -> tuple[str, int] | None:
    """Return the currency named at *at* and the index behind its words."""
    for said, code in OF_COUNTRY.items():
        if tuple(words[at : at + len(said)]) == said:
            return code, at + len(said)
    return (UNITS[words[at]], at + 1) if has(words, at, *UNITS) else None
