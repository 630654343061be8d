"""What people say to closed steps."""

from __future__ import annotations

from ivr_ari.events import Expect
from ivr_ari.speech.grammar import phrases


def test_open_steps_have_no_list() -> None:
    """Free values and open questions take the full language model."""
    assert phrases(Expect()) == ()
    assert phrases(Expect(kinds=("amount",))) == ()
    assert phrases(Expect(kinds=("digits", "text"))) == ()
    assert phrases(Expect(kinds=("choice",))) == ()


def test_closed_steps_list_answers_carriers_and_commands() -> None:
    """Besides the answers there are the words around them, the way out, and a place for everything else."""
    digits = phrases(Expect(kinds=("digits",), digits=(8, 8)))
    confirm = phrases(Expect(confirm=True))
    choice = phrases(
        Expect(kinds=("choice",), choices=(("card", ("my card", "the card")), ("none", ("none",))))
    )
    assert {"double oh", "it's four", "my account number is"} <= set(digits)
    assert {"yes please", "that's wrong"} <= set(confirm)
    assert {"my card", "the card", "none"} <= set(choice)
    for listed in (digits, confirm, choice):
        assert {"let me talk to somebody", "[unk]"} <= set(listed)
        assert len(listed) == len(set(listed))
