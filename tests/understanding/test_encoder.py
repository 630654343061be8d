"""The sentence encoders made from the registry packages."""

from pathlib import Path

import numpy as np
import pytest

from ivr_ari.errors import SetupError
from ivr_ari.understanding.both import SECOND
from ivr_ari.understanding.encoder import (
    ENCODERS,
    Encoder,
    encoder_for,
    encoder_version,
    package_file,
    shared_encoder,
)
from ivr_ari.understanding.minilm import MiniLmEncoder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module", params=sorted(ENCODERS))
def encoder(request: pytest.FixtureRequest, folder: Path) -> Encoder:
    return shared_encoder(folder, request.param)


@pytest.fixture(scope="module")
def multilingual(folder: Path) -> Encoder:
    return shared_encoder(folder, "multilingual")


def test_like_sentences_are_near(encoder: Encoder) -> None:
    """Sentences of one meaning are nearer to each other than to another's; all have length one."""
    rows = encoder(["what's my balance", "how much money do i have", "my card was stolen"])

    assert rows.shape == (3, encoder.width)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.05


def test_company_changes_little(encoder: Encoder) -> None:
    """A sentence has nearly the same vector alone and beside longer ones."""
    said = "what's my balance"

    alone = encoder([said])[0]
    beside = encoder([said, "i was charged twice last month and i need a refund for both of them"])[0]

    assert alone @ beside > 0.97


def test_nothing_to_encode(encoder: Encoder) -> None:
    """No sentences give no rows."""
    assert encoder([]).shape == (0, encoder.width)


def test_endless_sentences_are_cut(encoder: Encoder) -> None:
    """However long somebody talks, what is encoded has an end."""
    talk = " ".join(["and then i called again"] * 40)

    assert encoder([talk])[0] @ encoder([f"{talk} {talk}"])[0] > 0.999


def test_examples_are_remembered(encoder: Encoder, folder: Path) -> None:
    """Examples are encoded once by a process; nothing of them or of callers is written."""
    before = set(folder.iterdir())
    encoder(["my pin is one two three four"])

    first = encoder.remembered(["hello", "goodbye", "hello"])
    again = encoder.remembered(["goodbye", "what a day", "hello"])

    assert np.array_equal(first[[1, 0, 2]], again[[0, 2, 2]])
    assert encoder.remembered([]).shape == (0, encoder.width)
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize(
    "said",
    [
        "cuál es mi saldo",
        "quel est le solde de mon compte",
        "wie hoch ist mein kontostand",
        "qual é o saldo da minha conta",
    ],
)
def test_languages_share_one_space(multilingual: Encoder, said: str) -> None:
    """The same question in another language is nearer than a different one in English."""
    other, same, different = multilingual([said, "what is my balance", "i lost my card"])

    assert other @ same > other @ different + 0.1


def test_rare_words_count_more(folder: Path) -> None:
    """Weighed, small words move a sentence less."""
    said = ["refund", "i would like to have a refund of it"]
    weighed, plain = MiniLmEncoder(folder)(said), MiniLmEncoder(folder, weighed=False)(said)

    assert weighed[0] @ weighed[1] > plain[0] @ plain[1]


def test_two_opinions(folder: Path) -> None:
    """How near two sentences are for both is the weighted mean of what each says."""
    said = ["what's my balance", "how much money do i have"]
    first, second = (shared_encoder(folder, name)(said) for name in ("minilm", "multilingual"))
    both = shared_encoder(folder, "both")(said)

    mean = (1 - SECOND) * (first[0] @ first[1]) + SECOND * (second[0] @ second[1])
    assert abs(both[0] @ both[1] - mean) < 1e-3


def test_encoder_of_a_language() -> None:
    """English has both encoders, all others the one of many languages."""
    found = [encoder_for(one) for one in ("en", "en-us", "es", "pt-br")]

    assert found == ["both", "both", "multilingual", "multilingual"]


def test_versions_differ() -> None:
    """What was computed with one encoder is never taken for another's."""
    assert len({encoder_version(name) for name in ENCODERS}) == len(ENCODERS)


def test_unknown_encoder(folder: Path) -> None:
    """A name that is no encoder is refused, with those there are."""
    with pytest.raises(SetupError) as caught:
        shared_encoder(folder, "huge")

    assert caught.value.code == "understanding.encoder"
    assert caught.value.facts["known"] == sorted(ENCODERS)


def test_missing_package() -> None:
    """What must be installed is said."""
    with pytest.raises(SetupError) as caught:
        package_file("no_such_encoder", "no-such-encoder", "weights.npz")

    assert "no-such-encoder" in str(caught.value.facts["hint"])
