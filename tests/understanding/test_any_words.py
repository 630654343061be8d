"""Whatever is said, nothing breaks: callers say anything, and recognisers hear anything."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ivr_ari.events import Expect, Heard, Kind, Word
from ivr_ari.understanding.acts import find_acts, find_correction, is_unfinished
from ivr_ari.understanding.denials import deny
from ivr_ari.understanding.naming import known_names
from ivr_ari.understanding.segments import cut
from ivr_ari.understanding.values import read_values
from ivr_ari.understanding.yesno import find_yesno

WORDS = (
    "one two nine zero oh double triple twenty thirty hundred thousand million a and the of in on at to from"
    " half quarter past point dollars cents first second third march may tuesday next last week month year"
    " ago tomorrow o'clock pm noon um my pin account number is was no yes actually make that or for end"
    " day couple minutes b bee see as for charlie u plus area code name is maria smith weekend through"
    " between until since starting spanish english not other same both wrong few"
)
NAMES = known_names({})
KINDS: tuple[Kind, ...] = (
    *("digits", "amount", "date", "month", "time", "number", "ordinal", "yesno"),
    *("range", "name", "id", "phone", "language"),
)


@settings(max_examples=300, deadline=None)
@given(
    said=st.lists(st.sampled_from(WORDS.split()), max_size=14),
    kinds=st.lists(st.sampled_from(KINDS), max_size=2, unique=True),
    wanted=st.lists(st.sampled_from(KINDS), max_size=3, unique=True),
    digits=st.sampled_from([(0, 0), (4, 4), (8, 16)]),
)
def test_any_words(said: list[str], kinds: list[Kind], wanted: list[Kind], digits: tuple[int, int]) -> None:
    """Values lie inside the turn, in order, without overlaps; the other parts take any words too."""
    heard = Heard(tuple(Word(word) for word in said))

    values, _ = read_values(
        heard, said, Expect(kinds=tuple(kinds), digits=digits), "2026-07-15", NAMES, wanted=wanted
    )

    edges = [edge for value in values for edge in (value.first, value.last + 1)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(said) for edge in edges)
    assert all(0 <= value.confidence <= 1 for value in values)
    assert len(deny(said, values)) == len(values)
    find_acts(said)
    find_correction(said, True, False)
    find_yesno(said)
    is_unfinished(said)
    assert sum(piece.last - piece.first + 1 for piece in cut(said)) == len(said)
