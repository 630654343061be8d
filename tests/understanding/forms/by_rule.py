"""
Writes the tables under ``by_rule``: forms that follow from sources of their own.

Numbers, ordinals, years and currency are said as num2words says them, days are reckoned by `datetime`,
telephone numbers are the examples that phonenumbers gives for each country, letters are said by alphabets
written here. Nothing of the package that is tested is used. Run it as ``python -m
tests.understanding.forms.by_rule``; it is seeded, so the tables change only when a rule does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import phonenumbers
from num2words import num2words

__all__ = ["TODAY", "Row", "listed", "said", "write"]

Row = tuple[str, str, str]
"""What was asked, what was said, what is meant."""


def listed(words: str) -> list[str]:
    return words.split()


HERE = Path(__file__).parent
TODAY = date(2026, 7, 15)
LEADS = ("", "", "", "uh yeah it's", "that would be", "it's", "um", "i think it's")
MONTHS = listed("january february march april may june july august september october november december")
DAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
NATO = listed(
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec"
    " romeo sierra tango uniform victor whiskey x-ray yankee zulu"
)
FOLK = listed(
    "apple boy cat dog edward frank george henry ida john king larry mary nancy ocean peter queen robert sam"
    " tom uncle victor william xylophone yellow zebra"
)
FIRST = listed("john maria anna peter laura james emma carlos susan kevin")
LAST = listed("smith lopez baker jones rivera miller turner walker garcia foster")
REGIONS = listed("US GB ES FR DE IT MX CA AU IE NL BE CH AT SE NO DK FI PT PL BR AR IN JP NZ")
HOSTS = (
    ("example dot com", "example.com"),
    ("gmail dot com", "gmail.com"),
    ("yahoo dot com", "yahoo.com"),
    ("example dot org", "example.org"),
)


def said(number: float, language: str = "en", **how: str) -> str:
    """Say a number, without the signs that nobody hears."""
    words = str(num2words(number, lang=language, **how))
    return " ".join(words.replace("-", " ").replace(",", " ").split())


def led(random: Random, words: str) -> str:
    return f"{random.choice(LEADS)} {words}".strip()


def digit_words(random: Random, digits: str) -> str:
    """Say digits one by one, with oh or zero, and two or three alike as double and triple."""
    zero, words, at = random.choice(("oh", "zero")), list[str](), 0
    while at < len(digits):
        alike = next(n for n in (3, 2, 1) if digits[at : at + n] == digits[at] * n)
        if alike > 1 and random.random() < 0.5:
            words.append(("double", "triple")[alike - 2])
        else:
            alike = 1
        words.append(zero if digits[at] == "0" else said(int(digits[at])))
        at += alike
    return " ".join(words)


def digits(random: Random) -> Iterable[Row]:
    for length in (4, 5, 6, 8, 9, 10, 12, 16):
        for _ in range(8):
            number = "".join(random.choice("0123456789") for _ in range(length))
            yield f"digits {length}", led(random, digit_words(random, number)), number
    for length in (4, 6, 8):
        for _ in range(8):
            pairs = [random.randint(10, 99) for _ in range(length // 2)]
            yield f"digits {length}", led(random, " ".join(map(said, pairs))), "".join(map(str, pairs))


def numbers(random: Random) -> Iterable[Row]:
    for top in (100, 1_000, 10_000, 1_000_000):
        for number in random.sample(range(20, top), 15):
            words = said(number)
            yield "number", words if random.random() < 0.5 else words.replace(" and ", " "), str(number)


def amounts(random: Random) -> Iterable[Row]:
    for top in (10_000, 100_000, 10_000_000):
        for cents in random.sample(range(101, top), 20):
            whole, rest = divmod(cents, 100)
            dollars = f"{said(whole)} {'dollar' if whole == 1 else 'dollars'}"
            change = f" {random.choice(('and ', ''))}{said(rest)} {'cent' if rest == 1 else 'cents'}"
            yield "amount", led(random, dollars + change * bool(rest)), f"{cents / 100:.2f}"


def ordinals(random: Random) -> Iterable[Row]:
    for number in (*range(1, 32), *random.sample(range(32, 100), 12)):
        yield "ordinal", f"the {said(number, to='ordinal')} one", str(number)


def dates(random: Random) -> Iterable[Row]:
    for _ in range(70):
        day = TODAY - timedelta(days=random.randint(200, 30_000))
        month, nth, year = MONTHS[day.month - 1], said(day.day, to="ordinal"), said(day.year, to="year")
        forms = [
            f"{month} {nth} {year}",
            f"{month} the {nth} {year}",
            f"the {nth} of {month} {year}",
            f"{nth} of {month} {year}",
            f"{month} {said(day.day)} {year}",
        ]
        yield "date past", led(random, random.choice(forms)), day.isoformat()
    for _ in range(40):
        day = TODAY + timedelta(days=random.randint(1, 360))
        month, nth = MONTHS[day.month - 1], said(day.day, to="ordinal")
        weekday = DAYS[day.weekday()]
        forms = [
            f"{month} {nth}",
            f"the {nth} of {month}",
            f"{weekday} {month} {nth}",
            f"{weekday} the {nth} of {month}",
        ]
        yield "date future", led(random, random.choice(forms)), day.isoformat()
    for count in (2, 4, 5, 6, 8, 9, 11, 12, 20, 45):
        yield "date future", f"in {said(count)} days", (TODAY + timedelta(days=count)).isoformat()
        yield "date future", f"{said(count)} days from now", (TODAY + timedelta(days=count)).isoformat()
        yield "date past", f"{said(count)} days ago", (TODAY - timedelta(days=count)).isoformat()
    for count in (2, 3, 4, 6, 8):
        yield "date future", f"{said(count)} weeks from today", (TODAY + timedelta(weeks=count)).isoformat()
        yield "date past", f"{said(count)} weeks ago", (TODAY - timedelta(weeks=count)).isoformat()
        for place in (0, 2, 4):
            coming = TODAY + timedelta(days=(place - TODAY.weekday() - 1) % 7 + 1, weeks=count)
            yield "date future", f"{said(count)} weeks from {DAYS[place]}", coming.isoformat()


def times(random: Random) -> Iterable[Row]:
    parts = (("in the morning", "am"), ("in the afternoon", "pm"), ("in the evening", "pm"))
    for minutes in random.sample(range(60, 23 * 60 + 30), 70):
        hour, minute = divmod(minutes, 60)
        shown = said(hour % 12 or 12)
        part = parts[0] if hour < 12 else parts[1] if hour < 18 else parts[2]
        tail = random.choice(part)
        small = f"oh {said(minute)}" if minute < 10 else said(minute)
        forms = [f"{shown} {small} {tail}" if minute else f"{shown} {tail}"]
        if minute == 30:
            forms.append(f"half past {shown} {tail}")
        elif 0 < minute < 30:
            forms.append(f"{said(minute)} minutes past {shown} {tail}")
        elif minute > 30 and hour not in (11, 17):
            forms.append(f"{said(60 - minute)} minutes to {said((hour + 1) % 12 or 12)} {tail}")
        yield "time", led(random, random.choice(forms)), f"{hour:02}:{minute:02}"


def ranges(random: Random) -> Iterable[Row]:
    for _ in range(40):
        first = TODAY + timedelta(days=random.randint(1, 300))
        last = first + timedelta(days=random.randint(1, 25))
        ends = [(MONTHS[day.month - 1], said(day.day, to="ordinal")) for day in (first, last)]
        (one, low), (other, high) = ends
        forms = [
            f"from {one} {low} to {other} {high}",
            f"from the {low} of {one} until the {high} of {other}",
            f"between {one} {low} and {other} {high}",
            f"{one} {low} through {other} {high}",
        ]
        if one == other:
            forms.append(f"from the {low} to the {high} of {one}")
        yield "range future", led(random, random.choice(forms)), f"{first}/{last}"


def phones(random: Random) -> Iterable[Row]:
    for region in REGIONS:
        number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
        assert number is not None
        whole = f"{number.country_code}{phonenumbers.national_significant_number(number)}"
        start = random.choice(("plus", "plus", "zero zero"))
        yield "phone", led(random, f"{start} {digit_words(random, whole)}"), f"+{whole}"
    for _ in range(20):
        area = f"{random.randint(2, 9)}{random.randint(0, 8)}{random.randint(1, 9)}"
        parts = (area, "555", f"01{random.randint(10, 99)}")
        yield "phone", led(random, " ".join(digit_words(random, part) for part in parts)), "".join(parts)


def letter(random: Random, capital: str) -> str:
    """Say a letter: by itself, by its NATO word, or as in a word of the people."""
    low, place = capital.lower(), ord(capital) - ord("A")
    return random.choice((low, low, NATO[place], f"{low} as in {FOLK[place]}", f"{low} for {NATO[place]}"))


def spelling(random: Random) -> Iterable[Row]:
    capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for place, capital in enumerate(capitals):
        yield "id", f"{capital.lower()} as in {FOLK[place]}", capital
        yield "id", NATO[place], capital
    for _ in range(40):
        word = random.sample(capitals, random.randint(3, 6))
        yield "id", " ".join(letter(random, capital) for capital in word), "".join(word)
    for name in (*FIRST, *LAST):
        yield "name", " ".join(NATO[ord(sign) - ord("a")] for sign in name), name
        yield "name", f"it's {name} {' '.join(name)}", name


def ids(random: Random) -> Iterable[Row]:
    for pattern in ("LLDDDD", "LDDDDD", "DDDLLL", "LLLDDD", "LDLDLD", "DDDDDL", "LLDDDDDDLL"):
        for _ in range(8):
            # each letter once, for "b bravo" may be one of them or two
            letters = iter(random.sample("ABCDEFGHJKLMNPQRSTUVWXYZ", pattern.count("L")))
            signs = [next(letters) if place == "L" else random.choice("123456789") for place in pattern]
            words = [letter(random, sign) if sign.isalpha() else said(int(sign)) for sign in signs]
            yield f"id {len(pattern)}", led(random, " ".join(words)), "".join(signs)


def emails(random: Random) -> Iterable[Row]:
    signs = (("dot", "."), ("underscore", "_"), ("dash", "-"), ("", ""))
    for _ in range(40):
        first, last = random.choice(FIRST), random.choice(LAST)
        sign, host = random.choice(signs), random.choice(HOSTS)
        tail = random.choice(("", "", str(random.randint(13, 99))))
        number = f" {said(int(tail))}" if tail else ""
        name = " ".join(f"{first} {sign[0]} {last}{number}".split())
        yield "email", led(random, f"{name} at {host[0]}"), f"{first}{sign[1]}{last}{tail}@{host[1]}"


def durations(random: Random) -> Iterable[Row]:
    for hours, minutes in zip(random.sample(range(2, 12), 10), random.sample(range(2, 60), 10), strict=True):
        shown = f"{said(hours)} hours {random.choice(('and ', ''))}{said(minutes)} minutes"
        yield "duration", led(random, shown), f"PT{hours}H{minutes}M"
    for unit, sign, each in (("days", "D", 1), ("weeks", "D", 7), ("months", "M", 1), ("years", "Y", 1)):
        for count in random.sample(range(2, 12), 5):
            yield "duration", led(random, f"{said(count)} {unit}"), f"P{count * each}{sign}"


def addresses(random: Random) -> Iterable[Row]:
    kinds = ("Street", "Avenue", "Road", "Drive", "Lane", "Boulevard", "Court", "Way")
    names = ("Maple", "Oak", "Lincoln", "Washington", "Park", "Lake", "Hill", "Cedar", "Sunset", "Jackson")
    for _ in range(30):
        house, name, kind = random.randint(101, 9899), random.choice(names), random.choice(kinds)
        ways = [digit_words(random, str(house)), said(house)]
        yield "address", led(random, f"{random.choice(ways)} {name} {kind}".lower()), f"{house} {name} {kind}"


def counted(random: Random) -> Iterable[Row]:
    for _ in range(25):
        adults, kids = random.randint(2, 12), random.randint(2, 9)
        words = f"{said(adults)} adults and {said(kids)} {random.choice(('kids', 'children'))}"
        yield "open number flow=hotel", led(random, words), f"adults={adults} + kids={kids}"


def write(table: str, rows: Iterable[Row]) -> None:
    """Write a table; what comes twice is written once."""
    lines = list(dict.fromkeys("\t".join(row) for row in rows))
    path = HERE / table
    path.parent.mkdir(parents=True, exist_ok=True)
    head = "# Written by by_rule.py; the tables beside it say how values are written.\n#asked\twords\tvalue\n"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    rules = (
        digits,
        numbers,
        amounts,
        ordinals,
        dates,
        times,
        ranges,
        phones,
        spelling,
        ids,
        emails,
        durations,
    )
    for rule in (*rules, addresses, counted):
        write(f"by_rule/{rule.__name__}.tsv", rule(Random(rule.__name__)))


if __name__ == "__main__":
    main()
