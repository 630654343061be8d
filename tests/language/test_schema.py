"""Editors are told the same language that the loader reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from ivr_ari.language.schema import SCHEMAS, schema_text

from ..dialogue.small import FLOWS, SMALL

DOCS = Path(__file__).parents[2] / "docs"


class Yaml12(yaml.SafeLoader):
    """Reads as editors do, by the core schema of YAML 1.2: `no` is a word, a day is a text."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def plain(value: Any) -> Any:
    """Return the value as JSON has it: every key of a mapping is a text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[kind]())


def mistakes(kind: str, text: str) -> list[str]:
    data = plain(yaml.load(text, Loader=Yaml12))  # noqa: S506  a SafeLoader with fewer types
    return [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(data)]


def shipped() -> Iterator[tuple[str, Path]]:
    for path in sorted(FLOWS.glob("*.yaml")):
        yield "flow", path
    for path in sorted(FLOWS.glob("parts/*.yaml")):
        yield "part", path
    for path in sorted(FLOWS.glob("es/*.yaml")):
        yield "translation", path


class TestSchema:
    @pytest.mark.parametrize("kind", sorted(SCHEMAS))
    def test_the_published_schema_is_up_to_date(self, kind: str) -> None:
        """
        The file editors load says what the models say (``ivr-ari flows schema`` writes it anew).
        """
        published = (DOCS / f"{kind}.schema.json").read_text()

        assert published == schema_text(kind)
        Draft202012Validator.check_schema(json.loads(published))

    @pytest.mark.parametrize(("kind", "path"), shipped(), ids=lambda value: getattr(value, "name", value))
    def test_every_shipped_file_fits(self, kind: str, path: Path) -> None:
        """
        A file the loader takes is underlined by no editor.
        """
        assert mistakes(kind, path.read_text()) == []

    def test_the_small_flow_fits(self) -> None:
        """
        The flow other tests spoil has no mistake in an editor either.
        """
        assert mistakes("flow", SMALL) == []

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            ("flow: small\n", ""),
            ("language: en\n", "language: english\n"),
            ('    key: "1"\n', '    kye: "1"\n'),
            ("    title: a gift\n", ""),
            ("      - ask: rating\n", "      - aks: rating\n"),
            ("      - confirm: sure\n", "      - end: finished\n"),
            ("    confirm: implicit\n", "    confirm: maybe\n"),
            ("    length: 4-6\n", "    length: long\n"),
            ("request: GET /orders", "request: FETCH /orders"),
            ("      404:\n", "      four:\n"),
            ('{key: "0", hand-over: agent}', '{key: "x", hand-over: agent}'),
            ('{"1": red, "2": blue}', '{"one": red}'),
            ("  hello: Hello.\n", "  hello: {barge-in: no}\n"),
            ("    - leave: error\n", "    - leave: done\n"),
            ("      keypad: yes\n", "      keypad: perhaps\n"),
            ("  place-is: Main Street.\n", "  Place Is: Main Street.\n"),
        ],
    )
    def test_what_the_loader_refuses_in_one_place_an_editor_underlines(self, right: str, wrong: str) -> None:
        """
        Unknown and missing fields, wrong words and wrong shapes are seen while typing.
        """
        assert SMALL.count(right) == 1

        assert mistakes("flow", SMALL.replace(right, wrong))
