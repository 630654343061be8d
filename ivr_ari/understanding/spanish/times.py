"""
Spanish times of day: "las tres y media", "las cuatro menos cuarto", "cuarto para las cinco", "mediodía".

Without a part of the day, hours from one to six and twelve are taken for the afternoon and seven to eleven
for the morning, as offices keep them; the other half of the day is the alternative.
"""

from __future__ import annotations

from ...events import Value
from ..words import Words, has, listed
from .words import TEENS, TENS, cardinal

__all__ = ["find_times"]

NAMED = {"mediodia": 12 * 60, "medianoche": 0}
PARTS = {"cuarto": 15, "media": 30}
BEFORE_TIME = frozenset(listed("las la sobre hacia"))
NOT_A_TIME_AFTER = frozenset(
    listed(
        "dolares dolar euros euro pesos centimos centavos por dia dias semana semanas mes meses veces"
        " personas ultimas ultimos proximas proximos cifras cuentas"
    )
)
DAY = 24 * 60
NOON = 12 * 60

Read = tuple[int, int]
"""Minutes since midnight (twelve-hour clock unless over 12:59) and the index behind the words."""


def find_times(words: Words, *, asked: bool = False) -> tuple[Value, ...]:
    """Return the times in *words*; where a time is *asked* for, a number alone is one."""
    found, at = [], 0
    while at < len(words):
        value = _time(words, at, asked)
        at = value.last + 1 if value else at + 1
        if value:
            found.append(value)
    return tuple(found)


def _time(words: Words, start: int, asked: bool) -> Value | None:
    begin = start + has(words, start, "el", "al")
    if has(words, begin, *NAMED) and not has(words, begin - 1, "del"):
        return _value(NAMED[words[begin]], start, begin + 1, 0.95)
    led = has(words, start, "las", "la")
    read = _to_the_hour(words, start) or _clock(words, start + led)
    if read is None:
        return None
    minutes, end, plain = read
    part, end = _part_of_day(words, end)
    plain = plain or bool(part) or led
    if has(words, end, *NOT_A_TIME_AFTER) or not (plain or asked or has(words, start - 1, *BEFORE_TIME)):
        return None
    if part:
        return _value(_in_part(minutes, part), start, end, 0.95)
    if minutes >= 13 * 60:
        return _value(minutes, start, end, 0.9)
    likely = minutes % NOON + (0 if 7 <= minutes // 60 < 12 else NOON)
    return _value(likely, start, end, 0.85, (likely + NOON) % DAY)


def _value(minutes: int, first: int, end: int, confidence: float, *others: int) -> Value:
    texts = [f"{each // 60:02d}:{each % 60:02d}" for each in (minutes, *others)]
    return Value("time", texts[0], first, end - 1, confidence, tuple(texts[1:]))


def _in_part(minutes: int, part: str) -> int:
    """Put an hour of the clock into a part of the day."""
    if minutes >= 13 * 60:
        return minutes
    hour = minutes % NOON
    match part:
        case "manana":
            # "las doce de la mañana" is noon
            return hour + (NOON if minutes // 60 == 12 else 0)
        case "madrugada":
            return hour
        case "noche":
            return hour + (NOON if 6 <= minutes // 60 < 12 else 0)
        case _:
            return hour + NOON


def _to_the_hour(words: Words, at: int) -> tuple[int, int, bool] | None:
    """Read "cuarto para las cinco", "diez para las tres", "faltan diez para las tres"."""
    begin = at + has(words, at, "un", "faltan", "falta")
    begin += has(words, begin, "un")
    if has(words, begin, "cuarto"):
        minutes, side = 15, begin + 1
    else:
        read = cardinal(words, begin)
        if read is None or not 0 < read[0] < 60:
            return None
        minutes, side = read[0], read[1] + has(words, read[1], "minutos")
    if not has(words, side, "para") or not has(words, side + 1, "las", "la"):
        return None
    hour = cardinal(words, side + 2)
    if hour is None or not 1 <= hour[0] <= 12:
        return None
    return (hour[0] * 60 - minutes) % DAY, hour[1], True


def _clock(words: Words, at: int) -> tuple[int, int, bool] | None:
    """Read "tres", "tres y media", "cuatro menos cuarto", "tres treinta", "quince horas", "ocho en punto"."""
    hour = _hour(words, at)
    if hour is None:
        return None
    number, end = hour
    horas = has(words, end, "horas", "hora")
    end += horas
    if has(words, end, "en") and has(words, end + 1, "punto"):
        return number * 60, end + 2, True
    sign = {"y": 1, "con": 1, "menos": -1}.get(words[end], 0) if end < len(words) else 0
    if sign and (minutes := _minutes(words, end + 1)):
        plain = has(words, end + 1, *PARTS) or (sign < 0 and minutes[0] < 60)
        return (number * 60 + sign * minutes[0]) % DAY, minutes[1], plain
    if not sign and has(words, end, *TENS, *TEENS) and (minutes := _minutes(words, end)):
        return number * 60 + minutes[0], minutes[1], False
    if horas:
        return number % 24 * 60, end, number > 6 or has(words, at - 1, "las")
    return (number * 60, end, False) if number <= 12 or has(words, at - 1, "las") else None


def _hour(words: Words, at: int) -> Read | None:
    """Read the hour alone: in "las tres y diez" the minutes are apart, in "veinte horas" they are none."""
    if has(words, at, *TENS):
        read: Read | None = cardinal(words, at)
        if read and read[0] > 23:
            read = (20, at + 1) if words[at] == "veinte" else None
        return read
    read = cardinal(words[: at + 1], at)
    return read if read and 1 <= read[0] <= 23 and not has(words, at, "un") else None


def _minutes(words: Words, at: int) -> Read | None:
    if has(words, at, *PARTS):
        return PARTS[words[at]], at + 1
    read = cardinal(words, at + has(words, at, "cero"))
    if read is None or not 0 < read[0] <= 59:
        return None
    return read[0], read[1] + has(words, read[1], "minutos")


def _part_of_day(words: Words, at: int) -> tuple[str, int]:
    """Read "de la tarde", "por la mañana", "del mediodía", "am", "p m", "esta noche" behind a time."""
    led = has(words, at, "de", "por", "en") and has(words, at + 1, "la")
    if led and has(words, at + 2, "manana", "tarde", "noche", "madrugada"):
        return words[at + 2], at + 3
    if has(words, at, "del") and has(words, at + 1, "mediodia", "dia"):
        return "tarde", at + 2
    if has(words, at, "esta") and has(words, at + 1, "manana", "tarde", "noche"):
        return words[at + 1], at + 2
    if has(words, at, "am", "pm", "a.m", "p.m"):
        return ("madrugada" if words[at][0] == "a" else "tarde"), at + 1
    if has(words, at, "a", "p", "pe") and has(words, at + 1, "m", "eme"):
        return ("madrugada" if words[at] == "a" else "tarde"), at + 2
    return "", at
