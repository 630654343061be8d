"""Words of a flow that a recognition model does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr_ari.dialogue.flow import Flow, Slot
from ivr_ari.errors import SetupError
from ivr_ari.workbench.known_words import KnownWords, unheard, unknown_words

LISTED = "<eps> 0\nrain 1\ncoat 2\nrainbow 3\nsend 4\nit 5\nback 6\nto-day 7\ni'd 8\n[unk] 9\n#0 10\n"
SHOP = Flow(
    "shop",
    "en",
    "d1",
    "",
    slots={
        "product": Slot(
            "product", "choice", choices={"coat": ("raincoat", "Rain-Coat!"), "bow": ("rainbow",)}
        ),
        "day": Slot("day", "date", called=("due",)),
    },
    intents={"return": ("send it back", "i'd return it"), "other": ("return",)},
)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph/words.txt").write_text(LISTED)
    return tmp_path


def test_each_word_with_its_places(model: Path) -> None:
    """Signs and capitals make no other word; a word is told once."""
    assert unknown_words(SHOP, "en", KnownWords(model)) == {
        "due": ("called of day",),
        "raincoat": ("choices of product",),
        "return": ("intent return", "intent other"),
    }


def test_halves_come_first_then_what_sounds_alike(model: Path) -> None:
    """A compound that is known in two words is heard as those."""
    assert KnownWords(model).nearest("raincoat")[:2] == ("rain coat", "rainbow")


def test_beyond_english_letters_tell(model: Path) -> None:
    """Pronunciations are known of English only."""
    assert KnownWords(model, "es").nearest("rainbos")[0] == "rainbow"


def test_signs_of_the_model_are_no_words(model: Path) -> None:
    """Its list holds the empty word, sounds that are none, and marks of its grammar."""
    known = KnownWords(model)

    assert [sign for sign in ("<eps>", "[unk]", "#0") if sign in known] == []


def test_a_line_for_each(model: Path) -> None:
    """Only in languages there is a model of."""
    lines = list(unheard([SHOP], {"en": model}))

    assert lines[1].startswith(
        "shop: recognition does not know 'raincoat' (choices of product); near: rain coat,"
    )
    assert len(lines) == 3
    assert list(unheard([SHOP], {"es": model})) == []


def test_a_model_without_words(tmp_path: Path) -> None:
    """Is told by its folder."""
    with pytest.raises(SetupError) as caught:
        KnownWords(tmp_path)

    assert caught.value.code == "model.words"
