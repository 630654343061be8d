"""The numbers a QA engineer dials: read-back of speech and keys, and the media modes."""

from __future__ import annotations

import pytest

from ivr_ari.events import Silent
from ivr_ari.language.load import load_flow
from tests.dialogue.conversation import FLOWS, Conversation, meant, value


class TestReadback:
    def test_says_what_was_heard_and_how_sure_it_was(self) -> None:
        """
        Whatever is said is said back, with the confidence in percent, and the next one is asked for.
        """
        call = Conversation(load_flow(FLOWS / "qa-readback.yaml"))
        assert call.said == ["greeting", "say-something"]

        call.take(meant(words="yes please two tickets", confidence=0.874))

        assert call.text == "I heard: yes please two tickets. Confidence 87 percent. Next one."

    def test_a_yes_is_a_word_like_any_other(self) -> None:
        """
        Where any text is an answer, acts that are no commands are text.
        """
        call = Conversation(load_flow(FLOWS / "qa-readback.yaml"))

        call.take(meant("affirm", words="yes"))

        assert call.talk.slots == {}
        assert call.text.startswith("I heard: yes.")

    def test_ends_after_nine(self) -> None:
        """
        A forgotten test call ends by itself.
        """
        call = Conversation(load_flow(FLOWS / "qa-readback.yaml"))
        for _ in range(9):
            call.take(meant(words="again"))

        assert call.left.reason == "readback"

    def test_ends_in_silence(self) -> None:
        """
        Two silences end the test.
        """
        call = Conversation(load_flow(FLOWS / "qa-readback.yaml"))
        call.take(Silent())
        call.take(Silent())

        assert call.left.result == "error"


class TestKeys:
    def test_reads_back_the_keys(self) -> None:
        """
        An entry of up to twenty keys is read back digit by digit.
        """
        call = Conversation(load_flow(FLOWS / "qa-dtmf.yaml"))
        assert (call.expect.keys and call.expect.keys.most) == 20

        call.key("0123456789")

        assert call.text == "You pressed 0123456789. Next ones."

    def test_spoken_digits_count_too(self) -> None:
        """
        Somebody who says the digits hears them as well.
        """
        call = Conversation(load_flow(FLOWS / "qa-dtmf.yaml"))

        call.hear(value("digits", "42"))

        assert call.text.startswith("You pressed 42.")


@pytest.mark.parametrize("mode", ["echo", "latency"])
def test_media_modes_have_a_greeting_only(mode: str) -> None:
    """
    Echo and latency flows say which mode the shell takes, and what is said before.
    """
    flow = load_flow(FLOWS / f"qa-{mode}.yaml")

    assert flow.mode == mode
    assert flow.greeting
    assert flow.intents == {}
