"""Dialogue acts as people perform them."""

import pytest

from ivr_ari.understanding.acts import find_acts, find_correction, is_unfinished

ACTS = {
    "person": "let me talk to somebody|i want to speak to a real person|operator please|agent"
    "|can i talk to an agent|put me through to an advisor|i need a human|get me a representative"
    "|customer service|transfer me to an operator|speak with a manager|connect me with someone",
    "repeat": "could you repeat that please|say that again|what did you say|pardon|come again"
    "|i didn't catch that|one more time|sorry what|can you say that again please|repeat",
    "back": "go back|back|one step back|previous question|undo that|take me back|undo the last step",
    "start-over": "start over|start again|from the beginning|main menu|let's start over",
    "cancel": "cancel|never mind|nevermind|forget it|cancel that please|stop|never mind cancel that",
    "help": "help|help me please|what can i say|what are my options|i need help|i don't know",
    "goodbye": "goodbye|good bye|bye|that's all|nothing else|i'm done|that will be all|have a nice day",
    "hold-on": "hold on a second|hold on|wait|just a moment|one moment please|give me a second"
    "|hang on|let me check",
    "thank": "thanks|thank you very much|thanks a lot|i appreciate it",
    "greet": "hello|hi there|good morning|is anyone there",
    "complain": "this is ridiculous|you are not listening|i'm really angry|this is a waste of my time"
    "|i already told you|that's so annoying|i'm very unhappy|you keep getting it wrong"
    "|this is the third time i'm calling",
    "back-channel": "okay|uh huh|i see|mm hmm|alright got it|right",
}


@pytest.mark.parametrize(
    ("act", "said"), [(act, one) for act, all_ in ACTS.items() for one in all_.split("|")]
)
def test_acts(act: str, said: str) -> None:
    """An utterance that is an act and nothing else gives that act."""
    assert {found.act for found in find_acts(said.split())} == {act}


@pytest.mark.parametrize(
    ("said", "acts"),
    [
        ("thank you goodbye", ["thank", "goodbye"]),
        ("that's all thanks", ["goodbye", "thank"]),
        ("thanks bye", ["thank", "goodbye"]),
        ("never mind bye", ["cancel", "goodbye"]),
        ("that's it thanks bye", ["goodbye", "thank", "goodbye"]),
        ("i want to speak to a person again", ["person"]),
        ("hello let me talk to somebody", ["greet", "person"]),
        ("hello i'd like a refund", ["greet"]),
        ("i need a refund and let me talk to somebody", ["person"]),
    ],
)
def test_several_acts(said: str, acts: list[str]) -> None:
    """Acts come in the order spoken, beside whatever else is said."""
    assert [found.act for found in find_acts(said.split())] == acts


@pytest.mark.parametrize(
    "said",
    [
        "cancel my card",
        "i lost my card",
        "i need help with my card",
        "the second one",
        "transfer money",
        "",
        "um",
    ],
)
def test_no_act(said: str) -> None:
    """Requests and answers that share a word with an act are none."""
    assert find_acts(said.split()) == ()


@pytest.mark.parametrize(
    "said",
    [
        "actually make that march",
        "actually change that to tuesday",
        "no i meant march",
        "sorry i said two",
        "not boston austin",
        "scratch that",
        "no it's the fourteenth",
        "no wait march",
        "change the month to april",
        "it should be march",
    ],
)
def test_corrections(said: str) -> None:
    """Words that take back something said before are a correction."""
    assert find_correction(said.split(), values=False, requests=False) is not None


def test_actually_corrects_only_values() -> None:
    """A mere "actually" corrects if it comes with a value, and leads in a request otherwise."""
    assert find_correction(["actually", "march"], values=True, requests=False) is not None
    assert find_correction(["actually", "what's", "my", "balance"], values=False, requests=True) is None


def test_change_request_is_no_correction() -> None:
    """Where the flow knows such a request, "change my address to" asks for it."""
    assert (
        find_correction(["change", "my", "address", "to", "maple", "street"], values=True, requests=True)
        is None
    )


@pytest.mark.parametrize(
    "said", ["my account number is", "and", "um", "i want to", "i'd like", "it was on the"]
)
def test_unfinished(said: str) -> None:
    """The words stop where no sentence ends."""
    assert is_unfinished(said.split())


@pytest.mark.parametrize(
    "said", ["yes", "uh huh", "mhm", "what's the weather like", "i would", "my balance", ""]
)
def test_finished(said: str) -> None:
    """Whole sentences and sounds of listening are finished."""
    assert not is_unfinished(said.split())
