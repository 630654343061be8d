"""From the tags of a flow to the timing of a real voice."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.markup import parse_speech
from ivr_ari.dialogue.steps import Field
from ivr_ari.prompts.script import script
from ivr_ari.prompts.voice import Take, Voice

pytestmark = pytest.mark.model


def taken(voice: Voice, text: str, speed: float = 1.0) -> Take:
    """How the only sentence of a prompt is going to be spoken."""
    speech, mistakes = parse_speech(text)
    assert mistakes == []
    (sentence,) = script([part for part in speech if not isinstance(part, Field)])
    return voice.take(sentence, speed=speed)


def lasts_ms(voice: Voice, take: Take, first: str, last: str) -> float:
    """How long some words last."""
    names = [word.word for word in take.words]
    begin, end = take.words[names.index(first)].begin, take.words[names.index(last)].end
    return 1000 * (end - begin) / voice.rate_hz


def test_pause_lasts_as_long_as_it_is_written(joe: Voice) -> None:
    """
    300 ms more in the flow are 300 ms more in the ear, and nothing else changes.
    """
    short = taken(joe, 'Press one<break time="200ms"/> or say yes.')
    long = taken(joe, 'Press one<break time="500ms"/> or say yes.')

    assert (long.samples - short.samples) / joe.rate_hz == pytest.approx(0.3, abs=0.001)
    assert [word.word for word in long.words] == ["Press", "one", "or", "say", "yes"]


def test_pace_and_emphasis_reach_the_words_they_are_for(joe: Voice) -> None:
    """
    Slow words last longer, stressed ones too; those before them do not.
    """
    usual = taken(joe, "Hang up and dial nine one one.")
    slow = taken(joe, 'Hang up and dial <prosody rate="75%">nine one one</prosody>.')
    stressed = taken(joe, "Hang up and dial <emphasis>nine one one</emphasis>.")

    for take in (slow, stressed):
        assert lasts_ms(joe, take, "nine", "one") > 1.1 * lasts_ms(joe, usual, "nine", "one")
        assert lasts_ms(joe, take, "Hang", "dial") < 1.1 * lasts_ms(joe, usual, "Hang", "dial")


def test_slower_please(joe: Voice) -> None:
    """
    A caller who asked for it hears every word slower, slow ones slower still; a written pause stays.
    """
    text = 'Your number is<break time="400ms"/> <prosody rate="90%">one two three</prosody>.'
    usual, slower = (lasts_ms(joe, taken(joe, text, speed), "Your", "three") for speed in (1.0, 0.85))

    assert slower - 400 == pytest.approx((usual - 400) / 0.85, rel=0.05)
