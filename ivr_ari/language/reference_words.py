"""What `docs/flow-reference.md` says that stands under no field of the models."""

from __future__ import annotations

from collections.abc import Mapping

from ..dialogue.flow import SlotType
from .written_types import NAME

__all__ = [
    "EXPRESSIONS",
    "FUNCTION_WORDS",
    "HEAD",
    "PATTERNED",
    "REFERRED",
    "SAID",
    "STEPS_HEAD",
    "VALIDATED",
    "VALUES",
]

HEAD = """\
# Flow reference

Every word of the flow language, made from the types the loader itself uses (`ivr-ari flows reference`). To
read about it in order, begin with [flows.md](flows.md). Editors check a flow while you type with
[flow.schema.json](flow.schema.json), [part.schema.json](part.schema.json) and
[translation.schema.json](translation.schema.json).

Names are lower case letters, digits and `-`, 48 at most, and begin with a letter. Times have a unit: `6s`,
`800ms`, `2min`. Every scalar is read as the text that stands there. Where one or more things may stand, a
single one needs no list.
"""

SAID: Mapping[SlotType, tuple[str, str]] = {
    "digits": ("strings of digits", "as many keys"),
    "number": ('numbers and places ("the third")', "digits"),
    "amount": ("money", "cents"),
    "date": ("days", "month and day, four keys; with `min: 8` the year too"),
    "month": ("months", "two keys"),
    "time": ("times of day", "hour and minute, four keys"),
    "range": ('days from and to ("from Monday to Friday")', "two dates, eight keys"),
    "name": ("a person's name", "nothing"),
    "id": ("letters and digits, also spelled", "nothing"),
    "phone": ("telephone numbers", "digits"),
    "duration": (
        'how long ("two and a half hours", "a fortnight", "three to four weeks")',
        "hours and minutes, up to four keys (`0230`)",
    ),
    "email": ("e-mail addresses, in words and spelled", "nothing"),
    "address": ("street addresses of the United States; nothing is looked up ([more](values.md))", "nothing"),
    "choice": ("the phrases under `choices`, or of a file of thousands ([more](values.md))", "one key"),
    "yesno": ("yes or no", "1 or 2"),
    "text": ("any words, up to 200 characters", "nothing"),
}
"""What may be said and keyed in for each type."""

FUNCTION_WORDS: Mapping[str, str] = {
    "filled": "`filled(slot)`: whether it has a value",
    "empty": "`empty(slot)`: whether it has none",
    "length": "`length(slot)`: digits or characters",
    "last": "`last(slot, n)`: the last *n* characters",
    "first": "`first(slot, n)`: the first *n* characters",
    "days": "`days(a, b)`: days from *a* to *b*; `days(a)`: of a duration",
    "hours": "`hours(a)`: hours of a duration",
    "minutes": "`minutes(a)`: minutes of a duration",
    "part": "`part(a, 'zip')`: of an address `street`, `number`, `unit`, `city`, `state` or `zip`",
    "done": "`done('task')`: whether it was done in this call",
    "is_open": "`is_open('hours')`: whether somebody is there now",
    "opens": "`opens('hours')`: when somebody will be there",
    "min": "`min(a, b)`: the smaller",
    "max": "`max(a, b)`: the larger",
    "abs": "`abs(a)`: without its sign",
    "lower": "`lower(text)`: in small letters",
}

VALIDATED: Mapping[str, str] = {
    "_flag": "yes or no",
    "_milliseconds": "time",
    "_span": "number or range",
    "_pattern": "regular expression",
    "_phrase": "phrase",
    "gather_choice_keys": "",
}

PATTERNED: Mapping[str, str] = {
    NAME: "name",
    "^[a-z]{2}": "language",
    "^[a-z0-9-]{1,64}": "reason",
    "^IVR_": "variable",
    "^([1-5]": "HTTP status",
    "^[A-Za-z][A-Za-z0-9-]": "header",
    "^[A-Za-z_]": "variable",
    "^(mon": "days",
    "^(\\d{4}-)": "day",
    r"^\d{1,9}": "number",
}
"""What texts of a pattern are called, by how the pattern begins."""

REFERRED: Mapping[str, str] = {
    "values": "text with values",
    "prompt text": "text with values and tags",
    "set value": "text with values, or `= expression`",
    "expression": "expression",
    "tested": "slot or `outcome`",
    "target": "target or skill",
}

STEPS_HEAD = """\
## Steps

The first field of a step says which one it is. Steps go forward; only `ask-again`, which counts, leads
back, so that no flow can turn in circles. Nothing can stand behind `ask-again`, `hand-over`, `leave`,
`hang-up` and `end`.
"""

VALUES = """\
## Values in texts

`{slot}` or, with how it is spoken, `{slot|manner}`; without a manner as its type is. `{{` and `}}` are
braces. `{slot|cents}`, a whole number of cents, is for requests. In prompts also:
"""

EXPRESSIONS = (
    """\
## Expressions

`amount > 100 and kind == 'new'`. Names are slots, with `_` for `-`, and NAMES. There are `and`, `or`,
`not`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in ('a', 'b')`, `+`, `-`, `*`, `/`, `a if b else c`, numbers,
texts in quotes, and these functions:
""",
    """\
A comparison with an empty slot is false. A name nobody declared, or a date compared with an amount,
`ivr-ari check` finds.
""",
)
