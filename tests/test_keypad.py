"""Keys become entries."""

from ivr_ari.events import Keys
from ivr_ari.keypad import TYPE_AHEAD, Keypad

PIN = Keys(least=4, most=4)
ACCOUNT = Keys(least=6, most=10, between_ms=3000)


def typed(keypad: Keypad, keys: str, now: float = 0.0) -> list[str | None]:
    return [keypad.press(key, now=now) for key in keys]


class TestKeypad:
    def test_longest_entry_finishes_by_itself(self) -> None:
        """
        Nobody has to press # after the fourth digit of a PIN.
        """
        keypad = Keypad()
        keypad.expect(PIN, now=0)

        assert typed(keypad, "9201") == [None, None, None, "9201"]

    def test_terminator_finishes_a_short_entry(self) -> None:
        """
        # ends an entry of any length, so that the dialogue can say what was wrong with it.
        """
        keypad = Keypad()
        keypad.expect(ACCOUNT, now=0)

        assert typed(keypad, "410#")[-1] == "410"

    def test_terminator_alone_is_an_empty_entry(self) -> None:
        """
        An empty entry is an entry: the caller has answered, with nothing.
        """
        keypad = Keypad()
        keypad.expect(ACCOUNT, now=0)

        assert typed(keypad, "#") == [""]

    def test_clear_key_begins_again(self) -> None:
        """
        * takes a mistyped entry back.
        """
        keypad = Keypad()
        keypad.expect(PIN, now=0)

        assert typed(keypad, "92*9201")[-1] == "9201"

    def test_clear_key_is_a_key_where_one_key_is_the_answer(self) -> None:
        """
        In a menu of single keys * may be one of them.
        """
        keypad = Keypad()
        keypad.expect(Keys(), now=0)

        assert typed(keypad, "*") == ["*"]

    def test_pause_between_keys_finishes(self) -> None:
        """
        The time between keys counts from the last one.
        """
        keypad = Keypad()
        keypad.expect(ACCOUNT, now=0)
        typed(keypad, "410072", now=10)

        assert keypad.wake_at == 13
        assert keypad.wake() == "410072"
        assert keypad.wake_at is None

    def test_keys_typed_ahead_answer_the_next_question(self) -> None:
        """
        Who knows the menu does not wait for it: each question takes its own keys.
        """
        keypad = Keypad()
        typed(keypad, "19201")

        assert keypad.expect(Keys(), now=0) == "1"
        assert keypad.expect(PIN, now=0) == "9201"

    def test_type_ahead_is_bounded(self) -> None:
        """
        A key held down does not fill memory.
        """
        keypad = Keypad()
        typed(keypad, "5" * 1000)

        assert keypad.expect(Keys(most=1000), now=0) is None
        assert keypad.wake() == "5" * TYPE_AHEAD

    def test_keys_wait_while_nothing_is_asked(self) -> None:
        """
        What is pressed while a backend works belongs to the next question.
        """
        keypad = Keypad()
        keypad.expect(ACCOUNT, now=0)
        typed(keypad, "41")
        keypad.hold()
        typed(keypad, "00")

        assert keypad.expect(Keys(most=4), now=0) == "4100"

    def test_voice_drops_what_was_typed(self) -> None:
        """
        Two digits and then words: the words count.
        """
        keypad = Keypad()
        keypad.expect(PIN, now=0)
        typed(keypad, "92")
        keypad.drop()

        assert not keypad.busy
        assert typed(keypad, "9201")[-1] == "9201"
