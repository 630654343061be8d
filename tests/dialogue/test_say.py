"""Prompts with their values."""

from __future__ import annotations

import pytest

from ivr_ari.dialogue.flow import Flow, Slot
from ivr_ari.dialogue.markup import parse_speech
from ivr_ari.dialogue.say import cents, join_titles, neutral, plain, render, shown, spoken
from ivr_ari.dialogue.talk import Filled
from ivr_ari.dialogue.template import parse_template
from ivr_ari.events import Pause, Secret, Slotted, Style

from .conversation import bank


@pytest.fixture
def flow() -> Flow:
    return bank()


class TestRender:
    def test_values_come_with_their_manner(self, flow: Flow) -> None:
        """
        A value is marked with how it is spoken; texts beside each other are one.
        """
        template, _ = parse_template("In {month|month} {task} is {duplicate}.")
        slots = {"month": "2026-03", "duplicate": "18.50"}

        parts, sensitive = render(flow, template, slots, {"task": "it"})

        assert parts == ("In ", Slotted("2026-03", "month"), " it is ", Slotted("18.50", "money"), ".")
        assert not sensitive

    def test_what_is_empty_is_left_out(self, flow: Flow) -> None:
        """
        A slot without a value says nothing.
        """
        template, _ = parse_template("In {month|month}.")

        assert render(flow, template, {}, {})[0] == ("In .",)

    def test_pauses_and_styles_stand_where_they_are_written(self, flow: Flow) -> None:
        """
        Around texts and values alike; a value's groups go with it.
        """
        speech, _ = parse_speech(
            'All right.<break time="200ms"/> It is <prosody rate="90%">{duplicate}, '
            "{month|digits 2}</prosody>."
        )
        slots = {"month": "2026-03", "duplicate": "18.50"}

        parts, _ = render(flow, speech, slots, {})

        assert parts == (
            *("All right.", Pause(200), " It is ", Style(90), Slotted("18.50", "money"), ", "),
            *(Slotted("2026-03", "digits", (2,)), Style(), "."),
        )

    def test_values_are_never_markup(self, flow: Flow) -> None:
        """
        What a caller or a backend says is spoken as it is, whatever it looks like.
        """
        speech, _ = parse_speech("You want {task}.")
        parts, _ = render(flow, speech, {}, {"task": '<break time="3s"/>{month}'})

        assert parts == ('You want <break time="3s"/>{month}.',)

    def test_sensitive_values_mark_the_prompt(self, flow: Flow) -> None:
        """
        A prompt with the end of an account number is never kept.
        """
        template, _ = parse_template("The one ending in {account|last}?")

        parts, sensitive = render(flow, template, {"account": Secret("account-1", 8, "39")}, {})

        assert parts[1] == Slotted("39", "digits")
        assert sensitive


class TestSpoken:
    @pytest.mark.parametrize(
        ("slot", "value", "part"),
        [
            (Slot("a", "amount"), "42.19", Slotted("42.19", "money")),
            (Slot("n", "id", spoken="clarity"), "AB12", Slotted("AB12", "clarity")),
            (Slot("d", "digits", spoken="digits", groups=(5,)), "10115", Slotted("10115", "digits", (5,))),
            (Slot("c", "choice", choices={"charged-twice": ("twice",)}), "charged-twice", "charged twice"),
            (Slot("p", "digits", "pin"), Secret("pin-1", 4, "01"), ""),
            (Slot("p", "digits", "pii"), Secret("p-1", 8, ""), ""),
            (Slot("p", "digits", "pii"), Secret("p-1", 8, "39"), Slotted("39", "digits")),
        ],
    )
    def test_values(self, slot: Slot, value: Filled, part: str | Slotted) -> None:
        """
        Every type has its manner; of a PIN nothing is ever spoken.
        """
        assert spoken(slot, value) == part

    def test_prompt_says_how_before_the_slot_does(self) -> None:
        """
        The slot's groups are for the slot's manner.
        """
        slot = Slot("d", "digits", spoken="digits", groups=(5,))

        assert spoken(slot, "10115", "spell") == Slotted("10115", "spell")


class TestShown:
    @pytest.mark.parametrize(
        ("slot", "value", "text"),
        [
            (Slot("m", "month"), "2026-03", "2026-03"),
            (Slot("n", "text", "pii"), "Whitfield", "(ending ld)"),
            (Slot("h", "text", "health"), "a cough", "(withheld)"),
            (Slot("p", "digits", "pin"), Secret("pin-1", 4), "(pin-1: 4 characters)"),
        ],
    )
    def test_records_show_no_secrets(self, slot: Slot, value: Filled, text: str) -> None:
        """
        What goes into a record is masked by the slot's sensitivity.
        """
        assert shown(slot, value) == text

    def test_plain_texts_are_masked_alike(self, flow: Flow) -> None:
        """
        A variable for the dialplan shows no more than a record does.
        """
        template, _ = parse_template("{account} in {month}{reference}")

        text = plain(flow, template, {"account": Secret("account-1", 8, "39"), "month": "2026-03"})

        assert text == "(account-1: 8 characters ending 39) in 2026-03"


def test_titles_are_joined_as_people_do() -> None:
    """
    One, two or three things in a row.
    """
    assert join_titles(["a"]) == "a"
    assert join_titles(["a", "b"]) == "a, and b"
    assert join_titles(["a", "b", "c"]) == "a, b, and c"


def test_cents_are_exact() -> None:
    """
    Money is not counted in floating point.
    """
    assert [cents(text) for text in ("42.19", "0.07", "1204.37", "19.99")] == [4219, 7, 120437, 1999]


class TestSpokenTypes:
    @pytest.mark.parametrize(
        ("slot", "value", "part"),
        [
            (Slot("t", "time"), "15:30", Slotted("15:30", "time")),
            (Slot("i", "id"), "AB1204", Slotted("AB1204", "spell")),
            (Slot("p", "phone"), "+13125550123", Slotted("+13125550123", "phone")),
            (Slot("n", "name"), "maria o'neill", Slotted("Maria O'neill", "text")),
            (Slot("p", "phone", "pii"), Secret("p-1", 10, "23"), Slotted("23", "digits")),
        ],
    )
    def test_values(self, slot: Slot, value: Filled, part: str | Slotted) -> None:
        """
        Ids are spelled, telephone numbers grouped, names have capitals.
        """
        assert spoken(slot, value) == part

    def test_a_range_is_two_dates(self, flow: Flow) -> None:
        """
        A stay is spoken from day to day in the language of the text, a single day once.
        """
        given = {"value": Slotted("2026-07-20/2026-07-22", "range")}
        template, _ = parse_template("{value}.")
        day = Slotted("2026-07-20", "date")

        assert render(flow, template, {}, given)[0] == (day, " to ", Slotted("2026-07-22", "date"), ".")
        assert render(flow, template, {}, given, "es")[0][1] == " al "
        alone = {"value": Slotted("2026-07-20/2026-07-20", "range")}
        assert render(flow, template, {}, alone)[0] == (day, ".")


class TestNeutral:
    @pytest.mark.parametrize(
        ("text", "harmless"),
        [
            ("${SHELL(rm)}", "{SHELL(rm)}"),
            ("$[1+1]", "[1+1]"),
            ("$${X}", "{X}"),
            ("$ {X}", " {X}"),
            ("a\r\nb\x00c\u2028d", "a  b c d"),
            ("5$ a night", "5$ a night"),
        ],
    )
    def test_nothing_is_left_to_be_run(self, text: str, harmless: str) -> None:
        """
        No dialplan function, expression or control character survives in a value.
        """
        assert neutral(text) == harmless


class TestLanguages:
    def test_titles_are_joined_in_each_language(self) -> None:
        """
        "And" is a word of the language.
        """
        assert join_titles(["su saldo", "un reembolso"], "es") == "su saldo, y un reembolso"
        assert join_titles(["su saldo", "información"], "es") == "su saldo, e información"
        assert join_titles(["a", "b"], "xx") == "a, and b"
