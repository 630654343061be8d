"""Acts that point back ("the other one") and acts about how we speak ("not so fast")."""

import pytest

from ivr_ari.understanding.acts import find_acts

ACTS = {
    "other": "the other one|other one|the other|no the other one|no the other|i want the other one"
    "|give me the other one|actually the other one|the other account|the other card please"
    "|i meant the other one|oh sorry the other one|not that one the other one|a different one"
    "|can i have the other one|um the other one please",
    "both": "both|both please|both of them|both of those|i want both|i'd like both of them|both accounts"
    "|both cards please|on both|from both|the two of them|um both of them i think|both of the two"
    "|i need both|take both|yes both|both of my cards|each of them",
    "same": "same as before|the same as before|same as last time|the same one as last time|the same|same"
    "|same one|the same one please|the usual|same again|same address as before|the same card as last time"
    "|the same account as always|like last time|as before|just like before|as always|as usual"
    "|the one i used last time|same as usual|same thing|the usual please|the address you have on file"
    "|leave it the same|same place as last time|same doctor as last time",
    "slower": "slower|slower please|can you speak slower|could you talk more slowly|speak more slowly please"
    "|slow down|please slow down a bit|not so fast|not so fast please|too fast|you're talking too fast"
    "|you are speaking way too fast|that was too fast|a bit slower|a little slower please"
    "|could you go a little slower|talk slowly please|that's too fast for me|can you speak a bit slower"
    "|oh slow down|you lost me|could you say that more slowly|you speak too fast|more slowly please",
    "faster": "faster|faster please|can you speak faster|speak a bit faster|speed up|speed it up"
    "|could you go a little faster|too slow|you're too slow|you're talking too slow|hurry up|not so slow"
    "|a little faster please|talk faster|can you speed things up|you speak too slowly|a bit quicker",
    "louder": "louder|louder please|speak up|can you speak up|could you speak up please|speak up a little"
    "|please speak a little louder|talk louder|a bit louder|turn it up|turn up the volume"
    "|i can hardly hear you|i can barely hear you|i can't hear you very well|i can't hear you well"
    "|you're too quiet|it's too quiet|your voice is very soft|volume up|can you turn the volume up"
    "|could you talk a little bit louder|i couldn't hear that very well|the sound is too low|too quiet",
    "quieter": "quieter|quieter please|too loud|you're too loud|that's too loud|it's way too loud|not so loud"
    "|turn it down|turn the volume down|turn it down a bit|volume down|can you lower your voice|softer please"
    "|a bit quieter please|could you speak more quietly|stop shouting|don't shout|lower the volume please"
    "|speak softer|your voice is too loud|you are talking so loud|talk a little quieter|keep it down",
}


@pytest.mark.parametrize(
    ("act", "said"), [(act, one) for act, all_ in ACTS.items() for one in all_.split("|")]
)
def test_acts(act: str, said: str) -> None:
    """However it is put, it is that act and no other."""
    assert {found.act for found in find_acts(said.split())} == {act}


@pytest.mark.parametrize(
    "said",
    [
        "there are two charges for the same thing",
        "i was charged twice on the same day",
        "the television is too loud",
        "the other day i bought a jacket",
        "i called the other day",
        "my internet is too slow",
        "how fast is the delivery",
        "can i get it by tomorrow",
        "is there an other way",
        "i want to speak spanish",
        "where is the quiet room",
        "on the same account",
        "it was charged to both my neighbor and me",
    ],
)
def test_words_that_only_sound_so(said: str) -> None:
    """Requests and stories with such words are no such acts."""
    assert find_acts(said.split()) == ()


@pytest.mark.parametrize(
    ("said", "acts"),
    [
        ("sorry can you repeat that a bit slower", ["repeat", "slower"]),
        ("i can hardly hear you could you repeat that", ["louder", "repeat"]),
        ("too fast say that again", ["slower", "repeat"]),
        ("speak up please i need a refund", ["louder"]),
        ("no the other one thanks", ["other", "thank"]),
    ],
)
def test_beside_other_acts(said: str, acts: list[str]) -> None:
    """They stand beside other acts, in the order spoken."""
    assert [found.act for found in find_acts(said.split())] == acts
