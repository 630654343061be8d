"""Capitals in English texts: acronyms, initials, Roman numerals, shouting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from ..rules import Rule, rule
from . import values as en

__all__ = ["CAPITALS", "SPELLED", "expand_capitals"]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SPELLED = _words(
    """
    ATM USA US UK EU FAQ ID IDS IVR AI API CEO CFO COO CTO IRS SSN APR APY CD DVD DMV DNA ETA FBI CIA HR
    HTML IBM IOU IP IRA IT LED LLC MRI OTP PBX PC PDF PO PS QR RSVP SIP SMS SOS SUV TV UPS URL USB UTC
    VAT VIP VPN XML ABC AC AM PM DC EST PST CST MST GMT CET BBC CNN NBC AAA ACH EFT KYC POS AARP FDIC
    USPS FSA HSA HMO PPO EPO CVV CVC DUI EMI EMT ER ICU EKG ECG EEG OB GYN ENT IV IUD UTI ADHD AED UN EPA
    FDA FCC FTC SEC TSA DHS DOJ DOT HUD VA SSA SSI SSDI PTO HOA NDA IPO ROI KPI MMS RCS LTE HDMI HD UHD
    GPS EV AWD MPV RPM ISO ISBN ISP EIN ITIN ABA BIC UPC SKU RMA MSRP COD OS UI UX IO TTY AOL MSN IMDB
    UCLA MIT USC UAE UFO UPI NHS RAF ASPCA NAACP USAA IEEE NYSE NCAA
    """
)
"""Capitals that are read letter by letter though they might be a word."""

PRONOUNCED = _words(
    """
    PIN SIM ZIP VIN RAM GIF CAT PET LAN WAN SWAT FICO VISA AMEX NASA NATO FEMA IBAN AIDS COVID COBRA JPEG
    HIPAA OSHA SOFA NASDAQ UNESCO UNICEF LASER SONAR RADAR SCUBA CAPTCHA SARS MOMA ROM BIOS IKEA YAML JSON
    """
)
"""Capitals that are read as a word though they are short."""

SHORT_WORDS = _words(
    """
    AN AS AT BE BY DO GO HE IF IN IS ME MY NO OF ON OR OX SO TO UP WE OH HI AND ANY ALL ARE ASK BAD BAG
    BAR BED BIG BIT BOX BUT BUY CAN CAR CUT DAY DID DUE EAT END FAR FEE FEW FOR FUN GET GOT GUN HAD HAS
    HER HIM HIS HOT HOW ITS JOB KEY LAW LET LOT LOW MAN MAY MEN NEW NOT NOW OFF OLD ONE OUR OUT OWN PAY
    PUT RED RUN SAT SAY SEE SET SHE SIT SIX SUM TAX TEN THE TOO TOP TRY TWO USE WAS WAY WHO WHY WIN WON
    YES YET YOU SUN MON TUE WED JAN FEB MAR JUN JUL AUG LEE KIM ANN AMY ADA EVA IAN JOE JIM JON LEO LOU
    MAX MEG RAY ROB RON ROY SAM SUE TED TIM TOM UMA VAL ZOE AIR APP ART AGE AGO ADD BUS CUP DOG EYE FAX
    FLY GAS ICE INN KID LEG LIE LOG MAP MOM DAD NET OIL PEN RAW ROW SEA SKY SON TEA TIP TOY WAR WEB OCT
    NOV DEC SEP
    """
)
"""Short words that are only written in capitals."""

WORDS: Mapping[str, str] = {
    "OK": "okay",
    "TTY": "T T Y",
    "PINS": "pins",
    "DOB": "date of birth",
    "N/A": "not applicable",
    "ASAP": "as soon as possible",
    "PHD": "P H D",
}

CAPITAL = "A-ZÀ-ÖØ-Þ"
ONSET = (
    r"(?:S[CHKLMNPQTW]|[BCFGPS]L|[BCDFGPTW]R|[CPTSWGKR]H|[DTS]W|KN|GN|PS|QU|SCR|SPL|SPR|STR|THR|SCH[MW]?|SHR|CHR|NG"
    r"|[BCDFGHJKLMNPQRSTVWXZ])"
)
CODA = (
    r"(?:[BCDFGKLMNPRSTVWXZH]|CK|[FCPXN]T|[LRN]D|[LR][BCFGKLMNPSTVX]|LTH|M[PBS]|N[DGKSTXC]|[CSTGPN]H|HN|S[KPTSM]"
    r"|[BCDFGKLMNPRSTW]S|FF|ZZ|TT|LLS|LDS|WN|DT|RTZ|TCH|[NRL]CH|NGS|RDS|RST|NDS|NTS|RTS|CTS|STS|FTS|NKS|RKS|NGTH|RLD|LFTH|GHT|GHTS"
    r"|RTH|NTH)"
)
SAYABLE = re.compile(rf"(?=[A-Z]{{4,24}}$)(?:MC)?{ONSET}?[AEIOUY](?:{CODA}?{ONSET}?[AEIOUY])*{CODA}?")
"""How English words begin, go on and end; longer ones are none."""

SHORT_NAME = re.compile("[^AEIOU]?[AEIOU][^AEIOU]?[AEIOU]?")
"""How a short word sounds like one, beside longer ones: "ANA", "BOB"."""

VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
ROMAN = r"(?=[LC]*X*[IVX]{2}|[LC]+[IVX]|XX)(?!XL\b|XC\b)C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
"""Of two letters and more, one of them of the small ones: XL is a size, CD a disc."""

ONE_LETTER = (
    r"\b(Chapter|Section|Part|Type|Phase|Volume|Level|Class|Article|Title|Stage|Grade|Plan|Tier|Unit|Act|War)"
)
MEDICAL = r"\b((?:class|stage|grade|phase|tier))"
NOT_ME = r"(?! (?:am|have|had|was|do|did|can|could|will|would|want|need|like|use|chose|got|saw|just|think)\b)"
LETTER_NAMES = (
    r"Press|Say|Plan|Option|Gate|Type|Part|Vitamin|Group|Section|Class|Exhibit|Zone|Box|Grade|Line|Row"
)
NUMBERED = (
    r"chapter|section|part|type|phase|volume|level|class|article|war|bowl|act|book|figure|title|stage|grade"
    r"|schedule|appendix|annex|table|unit|step|tier|generation|factor|plan|mark|rule|form|group|zone|option"
)
RULERS = (
    r"Henry|Charles|Louis|Elizabeth|George|William|Edward|James|Richard|Philip|John|Paul|Pius|Benedict|Francis"
    r"|Leo|Peter|Catherine|Mary|Frederick|Napoleon|Nicholas|Alexander|Ivan|Felipe|Juan|Carlos|Alfonso|Ferdinand"
)


def expand_capitals(word: str) -> str:
    """Return a word of two or more capitals as it is said: "ATM" -> "A T M", "PIN" -> "pin"."""
    if word in WORDS:
        return WORDS[word]
    if word in PRONOUNCED or word in SHORT_WORDS:
        return word.lower()
    return " ".join(word) if word in SPELLED or len(word) < 4 else _lower(word)


def _several(found: re.Match[str]) -> str:
    """More than one of them: "A T M's", as a reader sounds it; a pronounced one is a word: "pins"."""
    said = expand_capitals(found[1])
    return f"{said}'s" if " " in said else f"{said}s"


def _shouted(found: re.Match[str]) -> str:
    """Several words in capitals, one of them long, are stress or a name: "DO NOT REPLY", "ANA MARÍA LEE"."""
    words = re.split("[ -]", found[0])
    if not any(len(word) > 3 and " " not in expand_capitals(word) for word in words):
        raise ValueError("acronyms")
    return " ".join(
        word.lower() if word not in SPELLED and SHORT_NAME.fullmatch(_bare(word)) else expand_capitals(word)
        for word in words
    )


def _lower(word: str) -> str:
    """A word in small letters if anybody can pronounce it: "HVAC" is spelled."""
    return word.lower() if SAYABLE.fullmatch(_bare(word)) and "AA" not in word else " ".join(word)


def _bare(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if letter.isalpha())


def _number(roman: str) -> int:
    if not roman:
        raise ValueError("no numeral")
    values = [VALUES[letter] for letter in roman]
    return sum(
        -one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True)
    )


def _nth(found: re.Match[str]) -> str:
    return f"{found[1]} the {en.ordinal(_number(found[2]))}"


def _count(found: re.Match[str]) -> str:
    return f"{found[1]} {en.cardinal(_number(found[2]))}"


CAPITALS: tuple[Rule, ...] = (
    rule(rf"\b((?i:{NUMBERED})) ({ROMAN})\b(?!')", _count),
    rule(rf"{ONE_LETTER} ([IVX])\b(?!'){NOT_ME}", _count),
    rule(rf"{MEDICAL} ([IVX])\b(?= [a-z]){NOT_ME}", _count),
    rule(r"\b((?:Queen|King|Pope|Emperor|Tsar) [A-Z][a-z]+(?: [A-Z][a-z]+)?) ([IVX]+)\b", _nth),
    rule(rf"\b({RULERS}) (I[IV]|V?I{{2,3}}|VI|IX|XI{{0,3}}|XI?V|XVI{{0,3}})\b", _nth),
    rule(r"\b([A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][a-z]+),? (II|III|IV)\b", _nth),
    rule(r"\b([A-Z][a-z]+) (II|III|IV|VI|VII|VIII|IX|XI|XII|XIII)\b", _count),
    rule(r"\b([A-Z]{1,2})&([A-Z]{1,2})\b", lambda f: f"{' '.join(f[1])} and {' '.join(f[2])}"),
    rule(r"\bPh\.? ?D\b\.?", "P H D"),
    rule(r"\b([A-Z])\. ([A-Z])\. (?=[A-Z][a-z])", lambda f: f"{f[1]} {f[2]} "),
    rule(r"(?:(?<=^)|(?<=, ))([A-Z])\. (?=[A-Z][a-z])", lambda f: f"{f[1]} "),
    rule(rf"\b(?!(?:{LETTER_NAMES})\b)([A-Z][a-z]+) ([A-Z])\. (?=[A-Z][a-z])", lambda f: f"{f[1]} {f[2]} "),
    rule(r"\b([A-Z](?:\.[A-Z])+)\.?(?=\W|$)", lambda f: " ".join(f[1].replace(".", ""))),
    rule(rf"\b[{CAPITAL}]{{2,}}(?:[ -][{CAPITAL}]{{2,}})+\b", _shouted),
    rule(r"\b([A-Z]{2,})s\b", _several),
    rule(rf"\b[{CAPITAL}]{{2,}}\b", lambda f: expand_capitals(f[0])),
)
"""In order."""
