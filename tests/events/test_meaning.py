"""What was heard, as a value."""

from __future__ import annotations

from ivr_ari.events import Heard, Word


def heard(text: str, *alternatives: str) -> Heard:
    return Heard(tuple(Word(word) for word in text.split()), alternatives)


def test_pieces_joined() -> None:
    """The words in order; without other readings of a piece there is none of the whole."""
    assert Heard.joined([heard("four one"), heard("nine")]) == heard("four one nine")
    assert Heard.joined([]) == Heard()


def test_one_piece_keeps_its_alternatives() -> None:
    """As they are, the likeliest first."""
    piece = heard("four won", "four one", "for one")

    assert Heard.joined([piece]) == piece


def test_another_reading_of_a_piece_is_one_of_the_whole() -> None:
    """Each alone, then all together."""
    whole = Heard.joined([heard("four won", "four one"), heard("five"), heard("okay", "oh eight")])

    assert whole.text == "four won five okay"
    assert whole.alternatives == ("four one five okay", "four won five oh eight", "four one five oh eight")


def test_readings_are_not_without_end() -> None:
    """Understanding reads each: eight at most."""
    assert len(Heard.joined([heard("a", "b", "c")] * 9).alternatives) == 8
