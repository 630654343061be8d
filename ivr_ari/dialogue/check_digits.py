"""Check digits: whether a number that was said, heard and written down is still the number it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

__all__ = ["CHECKS", "iban", "luhn", "mod11"]


def luhn(text: str) -> bool:
    """ISO/IEC 7812-1, annex B: from the right, every second digit counts twice, as the sum of its digits."""
    if not re.fullmatch(r"[0-9]+", text):
        return False
    total = sum(int(digit) for digit in text[::-2])
    total += sum(sum(divmod(2 * int(digit), 10)) for digit in text[-2::-2])
    return total % 10 == 0


def iban(text: str) -> bool:
    """ISO 13616: country and check digits moved to the end, letters as 10 to 35, the whole is 1 modulo 97."""
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{4,30}", text):
        return False
    return int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def mod11(text: str) -> bool:
    """ISO/IEC 7064, MOD 11-2: the last sign is 0 to 9, or X for ten."""
    if not re.fullmatch(r"[0-9]+[0-9X]", text):
        return False
    total = 0
    for digit in text[:-1]:
        total = (total + int(digit)) * 2
    return (12 - total % 11) % 11 == int(text[-1].replace("X", "10"))


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "": lambda text: True,
    "luhn": luhn,
    "iban": iban,
    "mod11": mod11,
}
