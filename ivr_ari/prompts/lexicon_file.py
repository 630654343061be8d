"""
The file of a deployment's own words (setting ``voice.lexicon``): language, word, and how it is said.

    en:
      Siobhan: /ʃɪˈvɔːn/
      SQL: sequel
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import yaml

from ..errors import SetupError
from ..events import SOUNDS, sounds_of
from .lexicon import Lexicon
from .words.normalise import normalise

__all__ = ["load_lexicons", "read_lexicons"]

LANGUAGE = re.compile("[a-z]{2}")
LARGEST = 1_000_000
"""Characters; a file of words is written by hand."""

TOLD = 5
"""Mistakes that an error names; the others are of the same kind."""

Entry = tuple[str, yaml.ScalarNode, yaml.ScalarNode]
"""Language, word, and what is said."""


def load_lexicons(file: Path | None, sounds: Collection[str] = SOUNDS) -> Mapping[str, Lexicon]:
    """
    Return the lexicon of each language in *file*; none where there is no file.

    *sounds* are those the voice knows (NFD). Raises SetupError ``lexicon.unreadable``, ``lexicon.wrong``.
    """
    if file is None:
        return {}
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as exc:
        raise SetupError("lexicon.unreadable", file=str(file), why=type(exc).__name__) from exc
    return read_lexicons(text, str(file), sounds)


def read_lexicons(text: str, file: str, sounds: Collection[str] = SOUNDS) -> Mapping[str, Lexicon]:
    """Return the lexicons in *text*; *file* is how mistakes name it. Raises SetupError ``lexicon.wrong``."""
    mistakes: list[str] = []
    found: dict[str, dict[str, str]] = {}
    lines: dict[tuple[str, str], int] = {}
    for language, word, said in _entries(text, file, mistakes):
        key = language, normalise(word.value, language)
        try:
            if key in lines:
                raise ValueError(f"{word.value!r} stands here twice, first in line {lines[key]}")
            found.setdefault(language, {})[_word(word.value, *key)] = _said(said.value, sounds)
        except ValueError as exc:
            mistakes.append(f"{_place(file, word)}: {exc}")
        lines.setdefault(key, word.start_mark.line + 1)
    if mistakes:
        more = f"; and {len(mistakes) - TOLD} more" if len(mistakes) > TOLD else ""
        raise SetupError("lexicon.wrong", mistakes=len(mistakes), hint="; ".join(mistakes[:TOLD]) + more)
    return {language: Lexicon(words, language) for language, words in found.items()}


def _entries(text: str, file: str, mistakes: list[str]) -> Iterator[Entry]:
    """Yield every entry, where it stands included; write down what is none."""
    try:
        top = yaml.compose(text[:LARGEST], Loader=yaml.SafeLoader)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        mistakes.append(f"{file}:{line}: is no YAML: {getattr(exc, 'problem', None) or 'cannot be read'}")
        return
    if not isinstance(top, yaml.MappingNode):
        mistakes.append(f"{file}:1: should be a mapping, such as 'en:' with lines of 'word: how it is said'")
        return
    for language, words in top.value:
        if not isinstance(language, yaml.ScalarNode) or not LANGUAGE.fullmatch(language.value):
            mistakes.append(f"{_place(file, language)}: should be a language, such as en or es")
        elif not isinstance(words, yaml.MappingNode):
            mistakes.append(f"{_place(file, language)}: should hold lines of 'word: how it is said'")
        else:
            for word, said in words.value:
                if isinstance(word, yaml.ScalarNode) and isinstance(said, yaml.ScalarNode):
                    yield language.value, word, said
                else:
                    mistakes.append(f"{_place(file, word)}: should be a word and how it is said")


def _word(word: str, language: str, normalised: str) -> str:
    if not any(sign.isalpha() for sign in normalised):
        raise ValueError(f"{word!r} is no word")
    if re.search("[.,;:?!]", normalised):
        raise ValueError(f"{word!r} should be words without marks between or behind them")
    for sign in word:
        # "C++" would change every C
        if unicodedata.category(sign)[0] == "S" and normalise(word.replace(sign, ""), language) == normalised:
            raise ValueError(f"the {sign!r} of {word!r} is not read, so it would stand for {normalised!r}")
    return word


def _said(said: str, sounds: Collection[str]) -> str:
    """Return what is said as a script has it. ValueError: why it cannot be said."""
    said = said.strip()
    if not (said.startswith("/") and said.endswith("/") and len(said) > 1):
        if "/" in said or not any(sign.isalpha() for sign in said):
            raise ValueError(f"{said!r} should be other words, or sounds (IPA) between slashes: /ʃɪˈvɔːn/")
        return said
    try:
        ipa = sounds_of(said)
    except ValueError as exc:
        signs = str(exc) or "nothing stands between the slashes"
        raise ValueError(f"{said} holds what is no sound of the IPA: {signs}") from exc
    unknown = [sign for sign in ipa if sign not in {*sounds, " ", "/"}]
    if unknown:
        names = ", ".join(
            f"{sign} ({unicodedata.name(sign, '?').lower()})" for sign in dict.fromkeys(unknown)
        )
        raise ValueError(f"{said} holds sounds that the voice does not know: {names}")
    return ipa


def _place(file: str, node: yaml.Node) -> str:
    return f"{file}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
