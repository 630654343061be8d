"""The sentence encoder made from the registry package."""

from pathlib import Path

import numpy as np
import pytest

from ivr_ari.understanding.encoder import Encoder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder)


def test_like_sentences_are_near(encoder: Encoder) -> None:
    """Sentences of one meaning are nearer to each other than to another's; all have length one."""
    rows = encoder(["what's my balance", "how much money do i have", "my card was stolen"])

    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2


def test_company_changes_little(encoder: Encoder) -> None:
    """A sentence has nearly the same vector alone and beside longer ones."""
    said = "what's my balance"

    alone = encoder([said])[0]
    beside = encoder([said, "i was charged twice last month and i need a refund for both of them"])[0]

    assert alone @ beside > 0.97


def test_nothing_to_encode(encoder: Encoder) -> None:
    """No sentences give no rows."""
    assert encoder([]).shape == (0, 384)


def test_examples_are_remembered(encoder: Encoder, folder: Path) -> None:
    """Examples are read back from the cache, callers' sentences leave nothing there."""
    encoder(["my pin is one two three four"])
    before = set(folder.iterdir())

    first = encoder.remembered(["hello", "goodbye"])
    kept = set(folder.iterdir()) - before

    assert len(kept) == 1
    assert np.array_equal(first, encoder.remembered(["hello", "goodbye"]))
    assert set(folder.iterdir()) - before == kept
