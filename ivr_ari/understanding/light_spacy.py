"""
spaCy without PyTorch.

Where PyTorch is installed, spaCy's numerical library imports it, which costs seconds and 200 MB that
understanding has no use for. While spaCy is imported here, PyTorch looks as if it were not installed;
afterwards whoever needs it can import it as usual.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Doc", "Language", "PhraseMatcher", "Vocab", "blank", "levenshtein", "load"]


@contextmanager
def _hidden(name: str) -> Iterator[None]:
    if name in sys.modules:
        yield
        return
    # None makes an import fail as if nothing were there (importlib's documented convention)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


with _hidden("torch"):
    from spacy import blank, load
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.matcher.levenshtein import levenshtein
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
