"""
The small words of the flow language: names, times, ranges, keys, texts.

Every scalar of a flow file is read as text, so `yes` is a word until a field wants yes or no. The types
here say what a field wants, and what an editor is told about it (JSON Schema).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

__all__ = [
    "Bound",
    "Clock",
    "Day",
    "Expression",
    "Flag",
    "Key",
    "Language",
    "Milliseconds",
    "Name",
    "OneOrMore",
    "Pattern",
    "Phrases",
    "Refers",
    "Span",
    "Speech",
    "Template",
    "Text",
    "Written",
    "within",
    "by_shape",
]

NAME = r"^[a-z][a-z0-9-]{0,47}$"
TEXT, MAPPING = "=text", "=mapping"
"""Marks of `by_shape` in the place of an error; no key of a file begins with ``=``."""

TRUTH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


class Written(BaseModel):
    """A part of a flow file: frozen, with no fields but its own; a field's ``-`` is ``_`` here."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.rstrip("_").replace("_", "-"),
        validate_by_name=False,
        validate_by_alias=True,
        use_attribute_docstrings=True,
    )


SCALAR: JsonSchemaValue = {"type": ["string", "number", "boolean"]}
"""Every scalar is read as the text that stands there, whatever an editor takes it for."""


@dataclass(frozen=True, slots=True)
class Refers:
    """
    What stands in a text: the name of something of a *kind* that is declared elsewhere (``prompt``, ``slot``,
    ``slot or task``, ...), values in braces (``values``), those and tags (``prompt text``), ``expression``.
    """

    kind: str


class OneOrMore:
    """A single text where a list of them may stand is a list of one; an empty list is a mistake."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        several = handler(schema)
        return {"anyOf": [several["items"], several]}


def by_shape(value: Any) -> str:
    """Tell a text or list from a mapping, where either may stand."""
    return MAPPING if isinstance(value, Mapping | BaseModel) else TEXT


def within(least_ms: int, most_ms: int) -> AfterValidator:
    """Return a rule for a time: no shorter and no longer, both in ms."""

    def check(ms: int) -> int:
        if not least_ms <= ms <= most_ms:
            raise ValueError(f"should be a time from {_time(least_ms)} to {_time(most_ms)}")
        return ms

    check.__doc__ = f"{_time(least_ms)} to {_time(most_ms)}"
    return AfterValidator(check)


def _time(ms: int) -> str:
    return f"{ms}ms" if ms % 1000 else f"{ms // 1000}s"


def _flag(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in TRUTH:
        return TRUTH[value.lower()]
    raise ValueError("should be yes or no")


def _milliseconds(value: Any) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?) ?(ms|s|min)", value) if isinstance(value, str) else None
    if not found:
        raise ValueError("should be a time such as 6s, 800ms or 2min")
    return round(float(found[1]) * {"ms": 1, "s": 1000, "min": 60_000}[found[2]])


def _span(value: Any) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,4})(?: ?- ?(\d{1,4}))?", value) if isinstance(value, str) else None
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if first > last:
        raise ValueError("should be a number or a range such as 4-6")
    return first, last


def _listed(value: Any) -> Any:
    """A single text is a list of one."""
    return [value] if isinstance(value, str) else value


def _phrase(value: Any) -> Any:
    return " ".join(value.lower().split()) if isinstance(value, str) else value


def _pattern(value: Any) -> Any:
    if isinstance(value, str):
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from None
    return value


Name = Annotated[str, Field(pattern=NAME)]
Text = Annotated[str, Field(min_length=1)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Template = Annotated[
    str,
    Field(min_length=1, description="A text with values in braces: {amount|money}."),
    Refers("values"),
]
Speech = Annotated[
    str,
    Field(
        min_length=1,
        description="A text with values and tags: Press <emphasis>one</emphasis> for {amount|money}.",
    ),
    Refers("prompt text"),
]
Expression = Annotated[
    str,
    Field(min_length=1, description="amount > 100 and kind == 'new'; a name's - is written _ here."),
    Refers("expression"),
]
Flag = Annotated[
    bool,
    BeforeValidator(_flag),
    WithJsonSchema({"enum": ["yes", "no", True, False], "description": "yes or no."}),
]
Milliseconds = Annotated[
    int,
    BeforeValidator(_milliseconds),
    WithJsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)? ?(ms|s|min)$"}),
]
Span = Annotated[
    tuple[int, int],
    BeforeValidator(_span),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d+( ?- ?\d+)?$"}]}),
]
Key = Annotated[
    Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": "^[0-9]$"}, {"enum": list(range(10))}]}),
]
Phrase = Annotated[str, BeforeValidator(_phrase), Field(min_length=1), WithJsonSchema(SCALAR)]
Phrases = Annotated[
    tuple[Phrase, ...],
    Field(min_length=1),
    OneOrMore(),
]
Bound = Annotated[
    str,
    Field(pattern=r"^\d{1,9}(\.\d{1,2})?$"),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]}),
]
Pattern = Annotated[str, BeforeValidator(_pattern), Field(min_length=1)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="A time of day: 07:00.")]
Day = Annotated[
    str, Field(pattern=r"^(\d{4}-)?\d\d-\d\d$", description="2026-12-25, or 12-25 for every year.")
]
