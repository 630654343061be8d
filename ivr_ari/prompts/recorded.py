"""A studio's recordings: whole prompts that are played in place of what the voice would say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from .cache import PromptCache
from .script import Script

__all__ = ["forget", "recording_key", "recordings"]


def recordings(cache: Path, language: str) -> PromptCache:
    """
    Return those in a language. Nothing prunes them: ``ivr-ari prompts render`` puts and removes them.

    They are kept by what they say: a prompt whose words have changed has no recording any more.
    """
    return PromptCache(cache / "prompts" / f"recorded-{language[:2]}")


def recording_key(script: Script) -> str:
    """Return the name under which the recording of a whole prompt is kept."""
    said = json.dumps([sentence.key for sentence in script], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:40]


def forget(kept: PromptCache, key: str) -> None:
    """Remove the recording *key*. A service that has played it plays it until it is started again."""
    for path in kept.folder.glob(f"*/{key}.*"):
        path.unlink(missing_ok=True)
