"""
Asks other people's software how the forms of the English table are said, and notes who agrees.

``python tests/prompts/words/forms/sources.py tests/prompts/words/forms/en.txt`` in an environment that holds
any of nemo-text-processing, wetext, gruut, PyICU, inflect, text2num, coqui-tts; what is not installed is left
out, and what an earlier run noted stays. Words are compared without marks, letters without spaces; a
"~" behind a name says that only an "and" or a "the" differs. ``clerk`` is noted where nobody agrees: then
a rule in the head of the table says why we differ.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Say = Callable[[str, str], str]

SPARE = {"and", "the", "of"}


def nemo() -> Say:
    module = importlib.import_module("nemo_text_processing.text_normalization.normalize")
    reader = module.Normalizer(
        input_case="cased", lang="en", cache_dir=str(Path.home() / ".cache/nemo-forms")
    )
    return lambda written, kind: str(reader.normalize(as_text(written, kind)))


def wetext() -> Say:
    reader = importlib.import_module("wetext").Normalizer(lang="en", operator="tn")
    return lambda written, kind: str(reader.normalize(as_text(written, kind)))


def gruut() -> Say:
    sentences: Any = importlib.import_module("gruut").sentences

    def say(written: str, kind: str) -> str:
        found = sentences(as_text(written, kind), lang="en-us", pos=False, phonemes=False)
        return " ".join(word.text for sentence in found for word in sentence)

    return say


def coqui() -> Say:
    clean: Any = importlib.import_module("TTS.tts.utils.text.cleaners").english_cleaners
    return lambda written, kind: str(clean(as_text(written, kind)))


def icu() -> Say:
    module = importlib.import_module("icu")
    reader = module.RuleBasedNumberFormat(module.URBNFRuleSetTag.SPELLOUT, module.Locale("en_US"))

    def say(written: str, kind: str) -> str:
        rules = {"number": "cardinal", "ordinal": "ordinal"}[kind]
        number = re.sub(r"[^0-9.-]", "", written)
        return str(reader.format(float(number) if "." in number else int(number), f"%spellout-{rules}"))

    return say


def inflect() -> Say:
    engine = importlib.import_module("inflect").engine()

    def say(written: str, kind: str) -> str:
        number = re.sub(r"[^0-9.-]", "", written)
        if kind == "number":
            return str(engine.number_to_words(number, andword=""))
        return str(engine.number_to_words(engine.ordinal(int(number)), andword=""))

    return say


SOURCES: dict[str, Callable[[], Say]] = {
    "nemo": nemo,
    "wetext": wetext,
    "gruut": gruut,
    "coqui": coqui,
    "icu": icu,
    "inflect": inflect,
}


def as_text(written: str, kind: str) -> str:
    """Return a value as people write it in a text."""
    kind = kind.partition(":")[0]
    if kind == "money" and re.match(r"-?[\d,]", written):
        return f"-${written[1:]}" if written.startswith("-") else f"${written}"
    if kind == "percent":
        return written if written.endswith("%") else f"{written}%"
    if kind == "ordinal" and written.isdigit():
        teen = 10 <= int(written) % 100 <= 20
        return written + ("th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(written[-1], "th"))
    if kind == "phone" and re.fullmatch(r"\d{10}", written):
        return f"{written[:3]}-{written[3:6]}-{written[6:]}"
    return written


def backwards(rows: list[list[str]]) -> Iterator[bool]:
    """Yield whether the words, turned into digits by text2num, hold just the numbers that are written."""
    back: Any = importlib.import_module("text_to_num").alpha2digit
    for written, _, words, _ in rows:
        wanted = re.sub(r"\D", "", written)
        found = re.sub(r"\D", "", str(back(words.replace(",", " ; "), "en")))
        yield bool(wanted) and found == wanted


def bare(words: str) -> list[str]:
    """Return words in lower case without marks; letters that stand alone are put together."""
    plain = re.sub(r"[^\w\s']|_", " ", words.lower()).replace("'s", "s")
    joined = re.sub(r"\b(\w) (?=\w\b)", r"\1", plain)
    return joined.split()


def agrees(said: str, words: str) -> str:
    """Return "" for no, "=" for yes, "~" for yes but for an "and"."""
    if bare(said) == bare(words):
        return "="
    ours, theirs = ([word for word in bare(text) if word not in SPARE] for text in (words, said))
    return "~" if ours == theirs else ""


def main(table: Path) -> None:
    """Fill in the last column of *table*."""
    lines = table.read_text().splitlines()
    rows = {
        at: f"{line} ".split(" | ") for at, line in enumerate(lines) if line and not re.match(r"#( |$)", line)
    }
    noted = {at: {mark for mark in row[3].split() if mark != "clerk"} for at, row in rows.items()}
    for name, open_source in SOURCES.items():
        try:
            say = open_source()
        except ImportError:
            continue
        for at, (written, kind, words, _) in rows.items():
            try:
                found = agrees(say(written, kind), words)
            except (AssertionError, LookupError, NotImplementedError, TypeError, ValueError):
                continue
            noted[at] -= {name, f"{name}~"}
            noted[at] |= {name if found == "=" else f"{name}~"} if found else set()
    try:
        for at, right in zip(rows, backwards(list(rows.values())), strict=True):
            noted[at] |= {"text2num"} if right else set()
    except ImportError:
        pass
    for at, row in rows.items():
        lines[at] = " | ".join([*row[:3], " ".join(sorted(noted[at])) or "clerk"])
    table.write_text("\n".join(lines) + "\n")
    alone = sum(not marks for marks in noted.values())
    print(f"{len(rows)} forms, {len(rows) - alone} said so by others too")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
