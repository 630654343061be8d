"""Numbers in English texts: telephone numbers, digits to write down, ids, fractions, plain numbers."""

from __future__ import annotations

import re

from ..rules import Rule, rule
from . import values as en
from .capitals import expand_capitals
from .patterns import NUMBER

__all__ = ["NUMBERS", "PHONES", "PLAIN_NUMBERS", "QUALIFIED", "in_pairs"]

DIGIT_WORDS = (
    r"(?:number|account|code|zip|pin|order|reference|ref|ticket|case|extension|flight|room|box|ending in"
    r"|ending|card|press|dial|id|SSN|confirmation|invoice|claim|policy|prescription|routing|tracking|check"
    r"|member|SKU)"
)
COUNTABLE = ("order", "press", "check", "box", "id", "card", "ticket")
"""What may be a verb, or stand before how many there are."""

NUMBERED = r"account|order|reference|ref|ticket|case|invoice|prescription|card|member|phone|policy"
PHONE = (
    r"(?<!\w)(?:\+\d{1,3}[ .-]?)?(?:1[ .-]?(?=[( .-]))?(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}"
    r"(?:,? ?(?:x|ext\.?|extension) ?\d+)?\b"
)
VANITY = r"(?<!\w)((?:1[ .-])?\(?8(?:00|88|77|66|55|44|33)\)?)[ .-]((?:[A-Z]{3,}-?)+)\b"
SERVICES = r"\b((?i:call|dial|text|press|or|and)) ([2-8]11|911|988)\b(?![-.,]\d)"
NAMED_PARTS = (
    r"\b((?i:form|route|highway|interstate|us|boeing|exit|suite|apartment)|US)([ -])(\d{2,4})\b(?![.,-]\d)"
)
WORDS = {
    "401(k)": "four oh one K",
    "403(b)": "four oh three B",
    "457(b)": "four fifty seven B",
    "24/7": "twenty four seven",
    "7-Eleven": "Seven Eleven",
    "WWI": "World War one",
    "WWII": "World War two",
    "B2B": "B to B",
    "B2C": "B to C",
    "50/50": "fifty fifty",
}
DENOMINATORS = {
    2: ("half", "halves"),
    3: ("third", "thirds"),
    4: ("quarter", "quarters"),
    5: ("fifth", "fifths"),
    6: ("sixth", "sixths"),
    8: ("eighth", "eighths"),
    10: ("tenth", "tenths"),
    16: ("sixteenth", "sixteenths"),
}
FRACTION = rf"(\d{{1,2}})/({'|'.join(map(str, DENOMINATORS))})\b(?!/)"
OF_WHAT = r"(?= (?:of|inch|inches|mile|miles|cup|cups|teaspoon|tablespoon|pound|hour|full|price|off|time)\b)"
SIGNS = {"x": "times", "×": "times", "*": "times", "÷": "divided by", "/": "over"}


def _vanity(found: re.Match[str]) -> str:
    """The words of a number are easier to remember than its digits: "eight hundred, flowers"."""
    words = found[2].strip("-").replace("-", " ").lower()
    front = en.phone(f"{found[1]} 555 0000").removesuffix(", five five five, zero zero zero zero")
    return f"{front}, {words}"


def _named_part(found: re.Match[str]) -> str:
    """Forms and roads are read in pairs: "ten ninety nine", "Highway one oh one"."""
    return f"{found[1]} {in_pairs(found[3])}"


def in_pairs(digits: str) -> str:
    """Return "1234" as "twelve thirty four", "105" as "one oh five", "400" as "four hundred"."""
    number = int(digits)
    if len(digits) < 3 or number % 1000 == 0:
        return en.cardinal(number)
    front, behind = en.cardinal(number // 100), number % 100
    if not behind:
        return f"{front} hundred"
    return f"{front}{' oh' if behind < 10 else ''} {en.cardinal(behind)}"


def _mixed_fraction(found: re.Match[str]) -> str:
    return f"{en.cardinal(int(found[1]))} and {_parts(int(found[2]), int(found[3]), article=True)}"


def _fraction(found: re.Match[str]) -> str:
    if not 0 < int(found[1]) < int(found[2]):
        raise ValueError("no part of a whole")
    return _parts(int(found[1]), int(found[2]))


def _parts(count: int, of: int, *, article: bool = False) -> str:
    one, many = DENOMINATORS[of]
    if count == 1:
        return f"{'a' if article else 'one'} {one}"
    return f"{en.cardinal(count)} {many}"


def _mixed(found: re.Match[str]) -> str:
    """Letters and digits together: an id. A word with a number in it is not ("covid-19", "MP3")."""
    letters = re.findall(r"[A-Za-z]+", found[0])
    if any(len(run) > 3 and not (run.isupper() and " " in expand_capitals(run)) for run in letters):
        return re.sub(r"\d+", lambda run: f" {en.decimal(run[0])} ", found[0])
    short = re.fullmatch(r"([A-Za-z]{0,3})-?(?!0)(\d{1,2}|\d00)([A-Za-z]{0,2})", found[0])
    if short:
        first, number, last = short.groups()
        said = [*first.upper(), en.cardinal(int(number)), *last.upper()]
        return " ".join(said)
    words = en.spell(found[0])
    # a short one is said in one breath, unless an A would be taken for the article
    return words if len(found[0]) > 4 or re.search(r"A\d", found[0]) else words.replace(",", "")


def _run(found: re.Match[str]) -> str:
    """A long run of digits is a number to write down, not one to count with."""
    if len(found[0]) < 6 and not found[0].startswith("0"):
        raise ValueError("short")
    if found[0].rstrip("0") != found[0] and len(found[0].rstrip("0")) < 3 and not found[0].startswith("0"):
        raise ValueError("round")
    return en.digits(found[0])


def _after_word(found: re.Match[str]) -> str:
    word, between, run = found[1], found[2], found[3]
    if len(run) < 3 and run[0] != "0":
        raise ValueError("short")
    several = re.match(r" (?!has|is|was|ships)[a-z]+s\b", after(found))
    if between == " " and word.lower() in COUNTABLE and several:
        raise ValueError("so many of them")
    return f"{word}{' number ' if '#' in between else between}{en.digits(run)}"


def _below_one(found: re.Match[str]) -> str:
    return f"{'minus ' if found[1] else ''}point {en.one_by_one(found[2])}"


def after(found: re.Match[str]) -> str:
    """Return the text after what was found."""
    return found.string[found.end() :]


PHONES: tuple[Rule, ...] = (
    *(rule(rf"(?<!\w){re.escape(written)}(?!\w)", words) for written, words in WORDS.items()),
    rule(VANITY, _vanity),
    rule(PHONE, lambda f: en.phone(f[0].replace(",", ""))),
    rule(
        r"(?<![\w-])\d{3}-\d{4}\b(?!-)(?:,? ?(?:x|ext\.?|extension) ?\d+)?",
        lambda f: en.phone(f[0].replace(",", "")),
    ),
    rule(r"(?<!\w)\+\d[\d ().-]{6,}\d\b", lambda f: en.phone(f[0])),
    rule(
        r"\b((?i:call|fax|phone|telephone|dial|text)\b(?: \w+){0,2}:?) (\d{3}\.\d{4})\b(?!\.\d)",
        lambda f: f"{f[1]} {en.phone(f[2])}",
    ),
    rule(r"\b((?i:text) \S+ to) (\d{5,6})\b", lambda f: f"{f[1]} {en.digits(f[2])}"),
    rule(SERVICES, lambda f: f"{f[1]} {en.digits(f[2])}"),
    rule(r"(?i)\bending(?: in)? (?=[*x•#.]{2,}[\s-]?\d{2})", ""),
    rule(r"(?<![\w*•#.])[*xX•#.]{2,}(?:[\s-][*xX•#.]{2,})*[\s-]?\d{2,}\b", lambda f: en.digits(f[0])),
)
"""In order; before dates, whose marks are in them too."""

NUMBERS: tuple[Rule, ...] = (
    rule(r"\b(\d+)(?:st|nd|rd|th|ST|ND|RD|TH)\b", lambda f: en.ordinal(int(f[1]))),
    rule(rf"(?<![\w.,/]){FRACTION}{OF_WHAT}", _fraction),
    rule(NAMED_PARTS, _named_part),
    rule(
        r"\b((?i:flight)) ([A-Z]{2}|[A-Z]\d) ?(\d{2,4})\b",
        lambda f: f"{f[1]} {' '.join(f[2])}, {en.digits(f[3])}",
    ),
    rule(
        rf"\b((?i:{DIGIT_WORDS}))( is |: ?| #| )(\d[\d-]*(?: \d{{3,}})*)\b(?![.,%/:]\d|-?[A-Za-z])",
        _after_word,
    ),
    rule(r"(?<!\w)#\s?(?=[\dA-Z□])", "number "),
    rule(rf"\b((?i:{NUMBERED})) #(?=[\s:]|$)", lambda f: f"{f[1]} number"),
    rule(r"(?<!\S)[*#](?=[\s.,;?!]|$)", lambda f: "star" if f[0] == "*" else "pound"),
    rule(r"(?<!\S)\*(\d+)\b", lambda f: f"star {en.digits(f[1])}"),
    rule(r"\bv\.? ?(?=\d+\.\d)", "version "),
    rule(
        r"(?<![\w-])(\d+)-([a-z]{2,})-(\d+)(?![\w-])",
        lambda f: f"{en.cardinal(int(f[1]))} {f[2]} {en.cardinal(int(f[3]))}",
    ),
    rule(r"(?<![\w.])\d+(?:\.\d+){2,}\b", lambda f: " dot ".join(map(en.digits, f[0].split(".")))),
)
"""In order: what a mark or a word before tells to be no plain number."""

QUALIFIED: tuple[Rule, ...] = (
    rule(rf"(?<![\d.,$/-])(\d+) {FRACTION}", _mixed_fraction),
    rule(rf"(?<![\w.,/])({NUMBER})x\b(?! ?\d)", lambda f: f"{en.decimal(f[1])} times"),
    rule(r"(?<!\w)[~≈] ?(?=[$\d])", "about "),
    rule(r"(?<!\w)± ?(?=\d)", "plus or minus "),
    rule(r"(?<=\d)\+(?![\w+])", " plus"),
    rule(r"(?<=\d)\+(?=[a-z])", " plus "),
    rule(r"\b([A-F])\+(?= |$)", lambda f: f"{f[1]} plus"),
    rule(r"(?<=\d) ?<= ?(?=\d)", " at most "),
    rule(r"(?<=\d) ?>= ?(?=\d)", " at least "),
    rule(r"(?<=\d) ?< ?(?=\d)", " less than "),
    rule(r"(?<=\d) ?> ?(?=\d)", " greater than "),
    rule(r"(?<!\S)< ?(?=[$\d])", "less than "),
    rule(r"(?<!\S)> ?(?=[$\d])", "more than "),
    rule(r"(?<=\d) ([x×*÷]) (?=[\d$])", lambda f: f" {SIGNS[f[1]]} "),
    rule(r"(?<=\d)[x×](?=\d)", " by "),
    rule(r"\b(\d+):(\d+)(?= (?:ratio|odds|scale|mix)\b)", lambda f: f"{f[1]} to {f[2]}"),
    rule(
        r"(?<=\d) ?[kK]\b(?! (?:run|race|TV|TVs|video|videos|resolution|monitor|screen|display))", " thousand"
    ),
)
"""Signs about numbers, before these are read."""

PLAIN_NUMBERS: tuple[Rule, ...] = (
    rule(r"(?<=\d)/(?=\d)", " over "),
    rule(r"(?<![\w-])(?=[\w-]*[A-Za-z])(?=[\w-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\b", _mixed),
    rule(
        rf"(?<![\w.,-])({NUMBER})\s?-\s?({NUMBER})(?![\w-])",
        lambda f: f"{en.decimal(f[1])} to {en.decimal(f[2])}",
    ),
    rule(r"(?<![\w.,-])\d+(?:-\d+)+\b", lambda f: en.digits(f[0])),
    rule(r"(?<![\w.,])\d+\b(?![.,]\d)", _run),
    rule(r"((?<!\w)-)?(?<![\w.])\.([0-9]+)\b", _below_one),
    rule(
        rf"((?<!\w)[-+])?((?<![\w.,])|(?<=,))({NUMBER})(?!\w)",
        lambda f: {"-": "minus ", "+": "plus "}.get(f[1] or "", "") + en.decimal(f[3]),
    ),
    rule(r"[0-9]+", lambda f: f" {en.digits(f[0])} "),
)
"""In order: all that is left."""
