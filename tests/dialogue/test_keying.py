"""Keypad entries at each kind of question."""

from __future__ import annotations

import pytest

from ivr_ari.events import Secret

from .conversation import Conversation, at_confirmation, bank, flow_of, value, wants
from .small import SMALL


class TestKeyed:
    def test_the_main_menu(self) -> None:
        """
        Every task with a key can be begun by it; answers, too.
        """
        for key, prompt in {"1": "ask-account", "3": "ask-account", "4": "card-lost-now"}.items():
            call = Conversation(bank())
            call.key(key)
            assert call.said == [prompt]
        call = Conversation(bank())
        call.key("5")
        assert call.request.path == "/hours"

    @pytest.mark.parametrize("entry", ["7", "12", "", "*", Secret("x", 1)])
    def test_what_no_task_has_is_a_miss(self, entry: str | Secret) -> None:
        """
        Unknown, empty and long entries climb the ladder.
        """
        call = Conversation(bank())
        call.key(entry)
        assert call.said == ["sorry", "how-can-i-help"]
        assert call.talk.not_understood == 1

    def test_a_wrong_entry_is_told_in_the_slots_words(self) -> None:
        """
        Month 13 is refused as a month is.
        """
        call = Conversation(bank())
        call.hear(wants("balance"))
        call.key(Secret("account-1", 3))
        assert call.said == ["not-eight-digits", "ask-account-again"]

    def test_yes_and_no(self) -> None:
        """
        One is yes and two is no at a confirmation and at a read-back.
        """
        call = at_confirmation()
        call.key("2")
        assert call.said[0] == "not-refunded"

        shop = Conversation(flow_of(SMALL))
        shop.hear(wants("order"))
        shop.hear(value("digits", "79921"))
        shop.key("2")
        assert shop.said == ["ask-number"]
        shop.hear(value("digits", "79921"))
        shop.key("1")
        assert shop.request.path.startswith("/orders/79921")

    def test_other_keys_at_yes_or_no_are_misses(self) -> None:
        """
        Three is neither yes nor no.
        """
        call = at_confirmation()
        call.key("3")
        assert call.said == ["sorry", "refund-it"]
