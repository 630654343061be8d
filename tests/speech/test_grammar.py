"""What listens in a step."""

from __future__ import annotations

import pytest

from ivr_ari.events import Expect
from ivr_ari.speech.grammar import listening
from ivr_ari.speech.listening import FlowPhrases, Listening

BANK = FlowPhrases(called={"account": ("account number",)}, choices={"branch": ("old town", "harbour")})
ACCOUNT = Expect(slot="account", kinds=("digits",), digits=(8, 8))
CHOICE = Expect(kinds=("choice",), choices=(("card", ("my card", "the card")), ("none", ("none",))))


@pytest.mark.parametrize(
    "expect",
    [
        Expect(),
        Expect(kinds=("text",)),
        Expect(kinds=("name",)),
        Expect(kinds=("choice",)),
        Expect(kinds=("digits",), digits=(4, 4), listen="open"),
    ],
)
def test_what_nobody_foresees_is_left_to_the_full_model(expect: Expect) -> None:
    """Free text, names, open questions, and steps whose flow says so have no phrases."""
    assert listening(expect, BANK) == Listening()


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        (("digits",), {"double oh", "four one", "forty one", "my account number is", "it's four"}),
        (("phone",), {"five five", "triple zero"}),
        (("amount",), {"two hundred", "hundred and fifty", "nineteen cents", "fifteen hundred"}),
        (("date",), {"the third of october", "may fifth", "tomorrow", "next tuesday", "nineteen eighty two"}),
        (("month",), {"in march", "last month"}),
        (("range",), {"from monday", "may fifth", "friday to"}),
        (("time",), {"half past three", "three p m", "ten thirty"}),
        (("duration",), {"two weeks", "half an hour"}),
        (("id",), {"a b", "b one", "one two"}),
        (("number",), {"twenty five", "hundred and two"}),
        (("yesno",), {"yes please", "mhm", "uh huh", "yeah", "that's wrong"}),
    ],
)
def test_the_type_says_what_may_be_said(kinds: tuple[str, ...], said: set[str]) -> None:
    """Neighbours of a value stand in some phrase, and so do the words before and behind it."""
    expect = Expect(slot="account", kinds=kinds)  # type: ignore[arg-type]
    phrases = " | ".join(listening(expect, BANK).phrases)

    assert [words for words in said if words not in phrases] == []


@pytest.mark.parametrize("expect", [ACCOUNT, CHOICE, Expect(confirm=True)])
def test_the_way_out_stays(expect: Expect) -> None:
    """Every list has the commands and a place for everything else; the full model listens beside it."""
    listens = listening(expect, BANK)

    assert {"let me talk to somebody", "help", "[unk]"} <= set(listens.phrases)
    assert listens.second


def test_a_choice_is_said_by_its_phrases() -> None:
    """Those of the step; of a list from a file those that were told with the flow."""
    assert {"my card", "the card", "none"} <= set(listening(CHOICE, BANK).phrases)
    listed = listening(Expect(slot="branch", kinds=("choice",)), BANK).phrases
    assert {"old town", "harbour", "the harbour"} <= set(listed)


def test_a_list_too_long_is_left_to_the_full_model() -> None:
    """Thousands of names would take more memory than they are worth."""
    streets = FlowPhrases(choices={"street": tuple(f"street {number}" for number in range(7000))})

    assert listening(Expect(slot="street", kinds=("choice",)), streets) == Listening()


def test_closed_by_the_flow_means_nothing_else() -> None:
    """`listen: closed` hears the type's words alone."""
    assert not listening(Expect(kinds=("digits",), listen="closed"), BANK).second


def test_another_language_has_the_words_of_its_flow() -> None:
    """Choices are known in any language; how values are said only in English."""
    spanish = FlowPhrases("es")

    assert listening(ACCOUNT, spanish) == Listening()
    assert listening(CHOICE, spanish).phrases == ("my card", "the card", "none") * 2 + ("[unk]",)
