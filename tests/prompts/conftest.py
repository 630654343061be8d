"""The real voice, loaded once for all tests that need it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr_ari.prompts.voice import Voice


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    """The machine's cache, where voices are."""
    return Path(os.environ.get("IVR_CACHE") or Path.home() / ".cache" / "ivr-ari")


@pytest.fixture(scope="session")
def joe_onnx(cache_dir: Path) -> Iterator[Voice]:
    """The joe voice as a light host speaks it."""
    from ivr_ari.prompts.onnx_tts import OnnxVoice
    from ivr_ari.voices import ensure_joe

    voice = OnnxVoice(ensure_joe(cache_dir), threads=1)
    yield voice
    voice.close()


@pytest.fixture(scope="session")
def joe(cache_dir: Path) -> Iterator[Voice]:
    """The joe voice; made first where this machine has none (half a minute)."""
    from ivr_ari.prompts.coqui_tts import CoquiVoice
    from ivr_ari.voices import ensure_joe

    voice = CoquiVoice(ensure_joe(cache_dir), threads=1)
    yield voice
    voice.close()
