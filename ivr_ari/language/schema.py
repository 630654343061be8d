"""
The language as JSON Schema (draft 2020-12), for editors: made from the models, so it cannot lag behind.

A schema knows one file; what several files or several places have to do with each other `ivr-ari check` says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from .written import FlowFile, PartFile, TranslationFile
from .written_types import Written

__all__ = ["SCHEMAS", "Schema", "flow_schema", "part_schema", "schema_text", "translation_schema"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def flow_schema() -> Schema:
    """Return the schema of ``flows/*.yaml``."""
    return _schema(FlowFile, "A flow of ivr-ari")


def part_schema() -> Schema:
    """Return the schema of ``flows/parts/*.yaml``."""
    return _schema(PartFile, "A shared part of flows of ivr-ari")


def translation_schema() -> Schema:
    """Return the schema of ``flows/es/*.yaml`` and its like."""
    return _schema(TranslationFile, "A translation of a flow of ivr-ari")


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "flow": flow_schema,
    "part": part_schema,
    "translation": translation_schema,
}
"""The schema of each kind of file; published as ``docs/KIND.schema.json``."""


def schema_text(kind: str = "flow") -> str:
    """Return a schema of `SCHEMAS` as it is published."""
    return json.dumps(SCHEMAS[kind](), indent=2, ensure_ascii=False) + "\n"


def _schema(model: type[Written], title: str) -> Schema:
    made = model.model_json_schema(by_alias=True)
    return {"$schema": DRAFT, **_closed(made), "title": title}


def _closed(part: Any) -> Any:
    """Refuse names that fit no pattern; leave out defaults and null, which no file writes."""
    if isinstance(part, list):
        return [_closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {name: _closed(item) for name, item in part.items() if name not in ("default", "title")}
    options = [option for option in kept.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        kept = {**options[0], **{name: item for name, item in kept.items() if name != "anyOf"}}
    elif options:
        kept["anyOf"] = options
    if "patternProperties" in part:
        kept["additionalProperties"] = False
    for name in ("properties", "$defs"):
        if name in part:
            kept[name] = {key: _closed(item) for key, item in part[name].items()}
    return kept
