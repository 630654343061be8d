"""Yes and no in many ways."""

import pytest

from ivr_ari.understanding.yesno import find_yesno

YES = (
    "yes|yeah|yep|yup|sure|okay|of course|that's right|that is correct|correct|yes please|um yeah sure|uh huh"
    "|go ahead|please do|absolutely|well i guess so|i do|i think so|sounds good|yes that's right|mm hmm|right"
    "|exactly|that's fine|why not|yes it is|affirmative|definitely|please|works for me|that one"
    "|oh totally|precisely|no i mean yes|no wait yes|no sorry yes"
)
NO = (
    "no|nope|nah|no thanks|no thank you|not really|no that's wrong|that's not right"
    "|that is not right|incorrect"
    "|i don't think so|no i don't|of course not|absolutely not|not quite|that's not what i meant"
    "|no the other one"
    "|i did not|wrong|naw|not today|i wouldn't|i don't want to|yes i mean no|yes no wait no|yes actually no"
    "|never|no way|i don't|uh uh|no it isn't|um no|well no|negative|that's incorrect"
)
NEITHER = (
    "right away|no idea|i need a refund|i don't recognize a payment|i do not know|i would like a refund"
    "|never mind"
    "|please block my card|i don't want to pay twice|not today but on friday"
    "|i did not make that charge|block my card right away|the fine print|i'm not sure|my account number is|"
)


@pytest.mark.parametrize("said", YES.split("|"))
def test_yes(said: str) -> None:
    """A yes is a yes however it is put."""
    found = find_yesno(said.split())

    assert found is not None
    assert found.value == "yes"


@pytest.mark.parametrize("said", NO.split("|"))
def test_no(said: str) -> None:
    """A no is a no however it is put."""
    found = find_yesno(said.split())

    assert found is not None
    assert found.value == "no"


@pytest.mark.parametrize("said", NEITHER.split("|"))
def test_neither(said: str) -> None:
    """Statements that begin like an answer are none."""
    assert find_yesno(said.split()) is None


def test_mixed_answer_is_unsure() -> None:
    """Where the words disagree, the stronger ones win, and the other reading is kept."""
    found = find_yesno(["no", "that's", "right"])

    assert found is not None
    assert (found.value, found.alternatives) == ("yes", ("no",))
    assert found.confidence < 0.7
