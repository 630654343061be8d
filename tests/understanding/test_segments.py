"""Several requests in one breath."""

import pytest

from ivr_ari.understanding.segments import (
    MOST_PIECES,
    Piece,
    Scored,
    best_cover,
    content,
    cut,
    is_question,
    runs,
    trimmed,
)


def pieces(said: str, *whole: tuple[int, int]) -> list[str]:
    words = said.split()
    return [" ".join(words[piece.first : piece.last + 1]) for piece in cut(words, whole=whole)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("what's my balance", ["what's my balance"]),
        ("i need a refund and what's my balance", ["i need a refund", "and what's my balance"]),
        ("i need a refund oh and what's my balance", ["i need a refund", "oh and what's my balance"]),
        ("i lost my card can you send me a new one", ["i lost my card", "can you send me a new one"]),
        ("someone stole my wallet i need help", ["someone stole my wallet", "i need help"]),
        ("can you tell me when you are open", ["can you tell me when you are open"]),
        ("the amount is wrong", ["the amount is wrong"]),
        ("", []),
    ],
)
def test_cuts(said: str, expected: list[str]) -> None:
    """A turn is cut where a clause may begin, and not behind words that need an object."""
    assert pieces(said) == expected


def test_values_are_not_cut() -> None:
    """An "and" inside a value is no place to cut."""
    said = "send two hundred and fifty dollars"

    assert len(pieces(said)) == 2
    assert len(pieces(said, (1, 5))) == 1


def test_pauses_cut() -> None:
    """A pause cuts where no word says so."""
    words = ["refund", "balance"]

    assert cut(words, pauses=(0, 100)) == (Piece(0, 1),)
    assert cut(words, pauses=(0, 500)) == (Piece(0, 0), Piece(1, 1))


def test_pieces_are_bounded() -> None:
    """However long a turn is, it has a bounded number of pieces that cover it all."""
    words = ("refund and " * 30).split()

    found = cut(words)

    assert len(found) <= MOST_PIECES
    assert [at for piece in found for at in range(piece.first, piece.last + 1)] == list(range(len(words)))


def test_markers_are_no_content() -> None:
    """Words that lead in ask for nothing and are left out of what is judged."""
    words = ["oh", "and", "also", "what's", "my", "balance", "please"]

    assert trimmed(words, 0, 6) == (3, 4, 5)
    assert content(words, 0, 6) == (3, 5)
    assert content(["okay", "so", "um", "yes"], 0, 3) == ()


def test_cover_prefers_two_plain_requests() -> None:
    """Two pieces that each ask for something plain are two requests."""
    scores = {(0, 0): Scored("refund", 0.45), (1, 1): Scored("balance", 0.45), (0, 1): Scored("refund", 0.3)}

    assert best_cover(2, scores) == ((0, 0), (1, 1))


def test_cover_prefers_one_plain_request_to_two_weak() -> None:
    """A sentence that as a whole asks for one thing is not torn apart by a weak second reading."""
    scores = {(0, 0): Scored("balance", 0.3), (1, 1): Scored("open", 0.1), (0, 1): Scored("balance", 0.48)}

    assert best_cover(2, scores) == ((0, 1),)


def test_cover_leaves_out_what_asks_for_nothing() -> None:
    """A piece that asks for nothing costs nothing."""
    scores = {(0, 0): Scored("", 0.0), (1, 1): Scored("balance", 0.45), (0, 1): Scored("balance", 0.2)}

    assert best_cover(2, scores) == ((0, 0), (1, 1))


def test_runs_cover_singles_and_the_whole() -> None:
    """Every piece by itself and the whole turn are always judged."""
    spans = runs(6)

    assert {(at, at) for at in range(6)} <= set(spans)
    assert (0, 5) in spans
    assert runs(0) == ()


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("where do i find that", True),
        ("um well what do you mean", True),
        ("is that the total", True),
        ("can you tell me why", True),
        ("that is the total", False),
        ("tell me what that is", False),
        ("i can", False),
        ("what", False),
        ("", False),
    ],
)
def test_questions(said: str, asks: bool) -> None:
    """A question is known by how it begins."""
    words = said.split()

    assert is_question(words, 0, len(words) - 1) == asks
