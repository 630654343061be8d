"""Which values fit which slots."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ivr_ari.dialogue.flow import Flow, Slot
from ivr_ari.dialogue.slots import checks, fit, fit_keys, suits
from ivr_ari.dialogue.talk import Filled
from ivr_ari.events import Kind, Secret, Value

from .conversation import TODAY, value

ACCOUNT = Slot("account", "digits", length=(8, 8))
CARD = Slot("card", "digits", length=(13, 19), check_digit="luhn")
PAST_MONTH = Slot("month", "month", tense="past")
NEXT_DAY = Slot("day", "date", tense="future")
TIP = Slot("tip", "amount", least="1", most="20")
STARS = Slot("stars", "number", least="1", most="5")
PAPER = Slot("paper", "choice", choices={"red": ("red",)}, choice_keys={"1": "red"})
SURE = Slot("sure", "yesno")
NAME = Slot("name", "text")
AT = Slot("at", "time")
STAY = Slot("stay", "range", tense="future")
WHO = Slot("who", "name")
ORDER = Slot("order", "id", length=(4, 8), pattern="[A-Z]{2}[0-9]+")
IBAN = Slot("iban", "id", length=(5, 34), check_digit="iban")
ISNI = Slot("isni", "id", length=(1, 20), check_digit="mod11")
PHONE = Slot("phone", "phone")
BRITISH = Slot("phone", "phone", region="GB")
EXTENSION = Slot("extension", "phone", length=(4, 4))
LASTS = Slot("lasts", "duration")
EMAIL = Slot("email", "email")
HOME = Slot("home", "address")
BORN = Slot("born", "date", tense="past")


class TestFit:
    @pytest.mark.parametrize(
        ("slot", "kind", "said", "kept"),
        [
            (ACCOUNT, "digits", "41007239", "41007239"),
            (ACCOUNT, "digits", "4100723", None),
            (ACCOUNT, "digits", "4100723a", None),
            (ACCOUNT, "digits", "٤١٠٠٧٢٣٩", None),
            (CARD, "digits", "4111111111111111", "4111111111111111"),
            (CARD, "digits", "4111111111111112", None),
            (PAST_MONTH, "month", "2026-06", "2026-06"),
            (PAST_MONTH, "month", "2026-07", "2026-07"),
            (PAST_MONTH, "month", "2026-08", None),
            (PAST_MONTH, "date", "2026-03-05", "2026-03"),
            (PAST_MONTH, "month", "2026-13", None),
            (PAST_MONTH, "month", "soon", None),
            (NEXT_DAY, "date", "2026-07-15", "2026-07-15"),
            (NEXT_DAY, "date", "2026-07-14", None),
            (NEXT_DAY, "date", "2026-02-30", None),
            (TIP, "amount", "2.5", "2.50"),
            (TIP, "number", "3", "3.00"),
            (TIP, "amount", "0.50", None),
            (TIP, "amount", "20.01", None),
            (TIP, "amount", "1e1", None),
            (TIP, "amount", "nan", None),
            (STARS, "number", "5", "5"),
            (STARS, "ordinal", "6", None),
            (PAPER, "choice", "red", "red"),
            (PAPER, "choice", "green", None),
            (SURE, "yesno", "yes", "yes"),
            (SURE, "yesno", "perhaps", None),
            (NAME, "text", "  dana   whitfield ", "dana whitfield"),
            (NAME, "text", " ", None),
            (NAME, "text", "a\nb\x00c", "a b c"),
            (AT, "time", "15:30", "15:30"),
            (AT, "time", "24:00", None),
            (AT, "time", "12:60", None),
            (AT, "time", "noon", None),
            (STAY, "range", "2026-07-20/2026-07-22", "2026-07-20/2026-07-22"),
            (STAY, "range", "2026-07-22/2026-07-20", None),
            (STAY, "range", "2026-07-01/2026-07-20", None),
            (STAY, "date", "2026-07-20", "2026-07-20/2026-07-20"),
            (STAY, "month", "2026-08", "2026-08-01/2026-08-31"),
            (STAY, "range", "2026-07-20/soon", None),
            (WHO, "name", "maria  o'neill-lopez", "maria o'neill-lopez"),
            (WHO, "name", "robert); drop", None),
            (WHO, "name", "x" * 61, None),
            (ORDER, "id", "ab-12 04", "AB1204"),
            (ORDER, "id", "1204AB", None),
            (ORDER, "digits", "1204", None),
            (ORDER, "id", "AB1", None),
            (IBAN, "id", "gb82 west 1234 5698 7654 32", "GB82WEST12345698765432"),
            (IBAN, "id", "GB82WEST12345698765433", None),
            (ISNI, "digits", "0000000121032683", "0000000121032683"),
            (ISNI, "id", "000000012146438x", "000000012146438X"),
            (ISNI, "digits", "0000000121032684", None),
            (PHONE, "phone", "+13125550123", "+13125550123"),
            (PHONE, "digits", "3125550123", "+13125550123"),
            (PHONE, "phone", "+34 612 345 678", "+34612345678"),
            (PHONE, "digits", "600123", None),
            (PHONE, "phone", "+999", None),
            (EXTENSION, "digits", "4711", "4711"),
            (BRITISH, "phone", "02079460958", "+442079460958"),
            (BRITISH, "phone", "+13125550123", "+13125550123"),
            (BRITISH, "phone", "3125550123", None),
            (LASTS, "duration", "PT2H30M", "PT2H30M"),
            (LASTS, "duration", "P21D/P28D", "P21D/P28D"),
            (LASTS, "duration", "two weeks", None),
            (EMAIL, "email", "Jo.Smith@Example.com", "jo.smith@example.com"),
            (EMAIL, "email", "jo at example", None),
            (EMAIL, "email", f"{'j' * 250}@x.com", None),
            (HOME, "address", "22 Elm Street, Dayton, OH", "22 Elm Street, Dayton, OH"),
        ],
    )
    def test_values(self, slot: Slot, kind: Kind, said: str, kept: str | None) -> None:
        """
        A value is kept as its slot writes it, or not at all.
        """
        assert fit(slot, value(kind, said), TODAY) == kept

    def test_another_reading_may_fit(self) -> None:
        """
        Where the likeliest reading is wrong, the next right one is taken.
        """
        said = Value("digits", "4107239", 0, 6, alternatives=("410072399", "41007239"))

        assert fit(ACCOUNT, said, TODAY) == "41007239"

    @pytest.mark.parametrize(("length", "fits"), [(7, False), (8, True), (9, False)])
    def test_of_a_secret_only_the_length_is_known(self, length: int, fits: bool) -> None:
        """
        Sensitive digits are judged by how many there are.
        """
        secret = Secret("account-1", length, "39")

        assert fit(ACCOUNT, value("digits", secret), TODAY) == (secret if fits else None)
        assert fit_keys(ACCOUNT, secret, TODAY) == (secret if fits else None)
        assert fit(NAME, value("text", secret), TODAY) is None

    def test_of_a_secret_the_vault_knows_the_check_digit(self) -> None:
        """
        A secret whose check digit counts is right only where the vault says so.
        """
        right = Secret("card-1", 16, right_for=("card",))

        assert fit(CARD, Value("digits", right, 0, 0), TODAY) == right
        assert fit(CARD, Value("digits", Secret("card-1", 16), 0, 0), TODAY) is None
        assert fit_keys(CARD, right, TODAY) == right

    def test_checks_of_secrets(self) -> None:
        """
        Sensitive slots with a check digit or a pattern can be checked by whoever knows the characters.
        """
        slots = {"card": replace(CARD, sensitivity="card"), "pin": Slot("pin", "digits", "pin")}
        rules = checks(Flow("f", "en", "d", "", slots=slots))

        assert list(rules) == ["card"]
        assert rules["card"]("4111111111111111")
        assert not rules["card"]("4111111111111112")

    def test_texts_are_bounded(self) -> None:
        """
        However long somebody speaks, the state stays small.
        """
        kept = fit(NAME, value("text", "x" * 1000), TODAY)

        assert isinstance(kept, str)
        assert len(kept) == 200


class TestSuits:
    @pytest.mark.parametrize(
        ("slot", "said", "does"),
        [
            (ACCOUNT, value("digits", "1"), True),
            (ACCOUNT, value("month", "2026-03"), False),
            (PAPER, value("choice", "red"), True),
            (PAPER, value("choice", "red", "paper"), True),
            (PAPER, value("choice", "red", "wine"), False),
            (PAPER, value("choice", "lost"), False),
            (NAME, value("text", Secret("x", 3)), False),
            (PHONE, value("phone", Secret("x", 10)), True),
            (ORDER, value("number", "1204"), True),
            (WHO, value("text", "dana"), False),
            (STAY, value("month", "2026-08"), True),
            (ACCOUNT, value("digits", Secret("x", 3)), True),
        ],
    )
    def test_kinds(self, slot: Slot, said: Value, does: bool) -> None:
        """
        A value suits a slot by its kind, right or wrong in itself.
        """
        assert suits(slot, said) is does


class TestFitKeys:
    @pytest.mark.parametrize(
        ("slot", "keys", "kept"),
        [
            (ACCOUNT, "41007239", "41007239"),
            (ACCOUNT, "4100", None),
            (ACCOUNT, "", None),
            (ACCOUNT, "4100*239", None),
            (PAST_MONTH, "06", "2026-06"),
            (PAST_MONTH, "6", "2026-06"),
            (PAST_MONTH, "08", "2025-08"),
            (PAST_MONTH, "13", None),
            (PAST_MONTH, "062026", None),
            (NEXT_DAY, "0714", "2027-07-14"),
            (NEXT_DAY, "0715", "2026-07-15"),
            (NEXT_DAY, "714", None),
            (TIP, "250", "2.50"),
            (TIP, "9999999999", None),
            (STARS, "4", "4"),
            (PAPER, "1", "red"),
            (PAPER, "2", None),
            (SURE, "1", "yes"),
            (SURE, "2", "no"),
            (SURE, "3", None),
            (NAME, "1", None),
            (WHO, "1", None),
            (AT, "1530", "15:30"),
            (AT, "930", "09:30"),
            (AT, "2460", None),
            (AT, "15", None),
            (STAY, "07200722", "2026-07-20/2026-07-22"),
            (STAY, "12280103", "2026-12-28/2027-01-03"),
            (STAY, "0720", "2026-07-20/2026-07-20"),
            (STAY, "072", None),
            (BORN, "03151962", "1962-03-15"),
            (BORN, "03152962", None),
            (LASTS, "0230", "PT2H30M"),
            (LASTS, "90", "PT1H30M"),
            (LASTS, "0000", None),
            (LASTS, "00230", None),
            (EMAIL, "1", None),
            (HOME, "22", None),
            (PHONE, "3125550123", "+13125550123"),
            (ISNI, "0000000121032683", "0000000121032683"),
        ],
    )
    def test_entries(self, slot: Slot, keys: str, kept: Filled | None) -> None:
        """
        Keys mean digits, months, month and day, cents, choices or yes and no, as the slot has it.
        """
        assert fit_keys(slot, keys, TODAY) == kept


@pytest.mark.parametrize(("hours_from", "kept"), [("", "15:00"), ("12:00", "15:00"), ("00:00", "03:00")])
def test_hours_of_a_time_slot(hours_from: str, kept: str) -> None:
    """Of a time said of both halves of the day, the half that the slot's hours name is kept."""
    slot = Slot("when", "time", hours_from=hours_from)

    assert fit(slot, Value("time", "15:00", 0, 0, alternatives=("03:00",)), "2026-03-03") == kept
