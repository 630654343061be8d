"""Sensitive digits stay in memory; handles go everywhere."""

import pytest

from ivr_ari.errors import CallerError
from ivr_ari.events import Act, Expect, Heard, Kind, Meaning, Request, Secret, Sensitivity, Value, Word
from ivr_ari.vault import Vault, shield, withhold

PIN = Expect(slot="pin", kinds=("digits",), digits=(4, 4), sensitive="pin")
ACCOUNT = Expect(slot="account", kinds=("digits",), digits=(8, 8), sensitive="pii")
SLOTS: dict[str, Sensitivity] = {"pin": "pin", "account": "pii", "month": ""}


def heard(text: str) -> Heard:
    return Heard(tuple(Word(word) for word in text.split()))


class TestVault:
    def test_gives_back_what_was_put(self) -> None:
        """
        The adapter that calls the bank gets the digits; the handle alone says nothing of them.
        """
        vault = Vault()
        secret = vault.put("9201", "pin", "pin")

        assert vault.open(secret) == "9201"
        assert secret == Secret("pin-1", 4)
        assert "9201" not in repr(secret) + str(secret)

    def test_same_digits_share_a_handle(self) -> None:
        """
        Trying a step several times, speculatively, does not fill the vault.
        """
        vault = Vault()

        assert vault.put("9201", "pin", "pin") == vault.put("9201", "pin", "pin")

    def test_unknown_handle_is_an_error(self) -> None:
        """
        After a restart the vault is empty and the flow has to ask again.
        """
        with pytest.raises(CallerError) as caught:
            Vault().open(Secret("pin-1", 4))

        assert caught.value.code == "vault.unknown"

    def test_tells_where_characters_are_right(self) -> None:
        """
        A secret says for which slots its check digit is right, and nothing else of it.
        """
        vault = Vault({"card": lambda characters: characters.endswith("1"), "other": str.isalpha})

        assert vault.put("4111", "card", "card").right_for == ("card",)
        assert vault.put("4112", "card", "card").right_for == ()


class TestShield:
    def test_the_reading_that_is_right_is_kept(self) -> None:
        """
        Of several readings of a secret the one with the right check digit goes into the vault.
        """
        vault = Vault({"pin": lambda characters: characters == "9215"})
        said = Value("digits", "9250", 0, 2, slot="pin", alternatives=("9251", "9215"))

        covered, _ = shield(heard("nine two fifteen"), Meaning(values=(said,)), PIN, SLOTS, vault)

        assert isinstance(secret := covered.values[0].value, Secret)
        assert vault.open(secret) == "9215"
        assert secret.right_for == ("pin",)

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            ("range", "2026-03-03/2026-03-07"),
            ("duration", "PT3H4M"),
            ("address", "45 Third Street"),
            ("email", "a1@example.com"),
        ],
    )
    def test_a_pin_taken_for_something_else(self, kind: Kind, value: str) -> None:
        """
        Digits that sound like days or hours are kept in the vault all the same.
        """
        covered, _ = shield(
            heard("three to seven"), Meaning(values=(Value(kind, value, 0, 2),)), PIN, SLOTS, Vault()
        )

        assert isinstance(covered.values[0].value, Secret)

    def test_pin_shows_nothing(self) -> None:
        """
        Neither the meaning nor the words hold a digit of the PIN.
        """
        vault = Vault()
        meaning = Meaning(values=(Value("digits", "9201", 3, 6, slot="pin"),))

        covered, words = shield(heard("my pin is nine two zero one"), meaning, PIN, SLOTS, vault)

        assert covered.values[0].value == Secret("pin-1", 4)
        assert words == "(pin)"

    def test_account_shows_its_last_two_digits(self) -> None:
        """
        A clerk who takes over can tell which account is meant.
        """
        meaning = Meaning(values=(Value("digits", "41007239", 3, 10, alternatives=("41007293",)),))

        covered, words = shield(
            heard("my account is four one double oh seven two three nine"), meaning, ACCOUNT, SLOTS, Vault()
        )

        assert covered.values[0].value == Secret("account-1", 8, "39")
        assert covered.values[0].alternatives == ()
        assert words == "my account is (account …39)"

    def test_volunteered_pin_is_shielded_too(self) -> None:
        """
        A PIN said while something else is asked is as secret as one asked for.
        """
        meaning = Meaning(
            values=(
                Value("digits", "41007239", 1, 8, slot="account"),
                Value("digits", "9201", 10, 13, slot="pin"),
            )
        )

        covered, words = shield(
            heard("account four one oh oh seven two three nine pin nine two oh one"),
            meaning,
            ACCOUNT,
            SLOTS,
            Vault(),
        )

        assert words == "account (account …39) pin (pin)"
        assert all(isinstance(value.value, Secret) for value in covered.values)

    def test_long_digits_nobody_asked_for(self) -> None:
        """
        A card number read out at the greeting is a card number.
        """
        meaning = Meaning(values=(Value("digits", "4111111111111111", 0, 15),))

        covered, words = shield(heard(" ".join(["four"] + ["one"] * 15)), meaning, Expect(), {}, Vault())

        assert covered.values[0].value == Secret("card-1", 16)
        assert words == "(card)"

    def test_an_order_number_that_was_asked_for_is_none(self) -> None:
        """
        The flow says that it is no secret; digits of another length are somebody's.
        """
        order = Expect(slot="order", kinds=("digits",), digits=(6, 6))
        meaning = Meaning(values=(Value("digits", "120455", 0, 5),))
        longer = Meaning(values=(Value("digits", "41007239", 0, 7),))

        assert shield(heard("x " * 6), meaning, order, {"order": ""}, Vault())[0] == meaning
        covered, words = shield(heard("x " * 8), longer, order, {"order": ""}, Vault())
        assert isinstance(covered.values[0].value, Secret)
        assert "order" in words

    def test_values_inside_requests_are_the_same_secret(self) -> None:
        """
        A value stands in the list and in its request; both are covered.
        """
        value = Value("digits", "41007239", 1, 8)
        meaning = Meaning(requests=(Request("balance", 0, 8, values=(value,)),), values=(value,))

        covered, _ = shield(heard("balance " + "x " * 8), meaning, Expect(), SLOTS, Vault())

        assert covered.requests[0].values == covered.values
        assert isinstance(covered.values[0].value, Secret)

    def test_misheard_pin_is_not_shown(self) -> None:
        """
        While a PIN is asked for, words that gave no value may still be its digits.
        """
        _, words = shield(heard("nine to oh won"), Meaning(), PIN, SLOTS, Vault())

        assert words == "(pin)"

    @pytest.mark.parametrize("act", ["more-to-come", "affirm", "deny", "back-channel"])
    def test_half_a_pin_is_not_shown(self, act: Act) -> None:
        """
        What trails off, or begins with yes, may be the digits all the same.
        """
        _, words = shield(heard("yes nine to oh uh"), Meaning(acts=(act,)), PIN, SLOTS, Vault())

        assert words == "(pin)"

    def test_request_for_a_person_at_the_pin_is_shown(self) -> None:
        """
        What is clearly something else stays readable.
        """
        _, words = shield(heard("let me talk to somebody"), Meaning(acts=("person",)), PIN, SLOTS, Vault())

        assert words == "let me talk to somebody"

    def test_a_birthday_stays_a_date(self) -> None:
        """
        It has to be compared, so its value is kept; nobody reads it in the transcript.
        """
        born = Expect(slot="born", kinds=("date",), sensitive="pii")
        meaning = Meaning(values=(Value("date", "1980-02-01", 2, 5),))

        covered, words = shield(
            heard("i'm born february first nineteen eighty"),
            meaning,
            born,
            {"born": "pii"},
            Vault(),
            {"born"},
        )

        assert covered == meaning
        assert words == "i'm born (born)"

    def test_a_pin_is_never_plain(self) -> None:
        """
        Whatever type a flow gives it.
        """
        covered, _ = shield(
            heard("nine"), Meaning(values=(Value("number", "9", 0, 0),)), PIN, SLOTS, Vault(), {"pin"}
        )

        assert isinstance(covered.values[0].value, Secret)

    def test_a_name_is_masked(self) -> None:
        """
        Words of whatever kind are withheld where the slot is sensitive.
        """
        name = Expect(slot="name", kinds=("name",), sensitive="pii")
        meaning = Meaning(values=(Value("name", "maria lopez", 2, 3),))

        covered, words = shield(heard("it is maria lopez"), meaning, name, {"name": "pii"}, Vault(), {"name"})

        assert (covered, words) == (meaning, "it is (name)")

    def test_yes_is_shown(self) -> None:
        """
        The answer to "is that right" holds nothing of what it is about.
        """
        check = Expect(slot="born", confirm=True, sensitive="pii")

        _, words = shield(heard("yes"), Meaning(values=(Value("yesno", "yes", 0, 0),)), check, {}, Vault())

        assert words == "yes"

    def test_plain_values_pass(self) -> None:
        """
        A month is no secret.
        """
        meaning = Meaning(values=(Value("month", "2026-03", 3, 3, slot="month"),))

        assert shield(heard("actually make that march"), meaning, ACCOUNT, SLOTS, Vault()) == (
            meaning,
            "actually make that march",
        )


class TestWithhold:
    """What a caller tells in order to have something can itself be private."""

    def test_only_the_kind_is_shown(self) -> None:
        """An illness stands in no transcript, whatever else is said with it."""
        told = Meaning(requests=(Request("directions", 0, 2), Request("symptoms", 3, 6)))

        assert withhold("where are you i have a rash", told, {"symptoms": "health"}) == "(health)"

    def test_other_requests_are_shown(self) -> None:
        """Words that tell nothing private stay."""
        told = Meaning(requests=(Request("directions", 0, 2),))

        assert withhold("where are you", told, {"symptoms": "health"}) == "where are you"


class TestSaidOnceMore:
    def test_pin_at_the_next_question(self) -> None:
        """
        Who repeats a PIN because the answer takes its time says it into the open question: not a digit shows.
        """
        vault = Vault()
        vault.put("9201", "pin", "pin")
        meaning = Meaning(values=(Value("digits", "9201", 0, 3),))

        covered, words = shield(heard("nine two zero one please"), meaning, Expect(), SLOTS, vault)

        assert covered.values[0].value == Secret("pin-1", 4)
        assert words == "(pin) please"

    def test_other_digits(self) -> None:
        """
        Short digits that are no secret of the call stay as they are.
        """
        vault = Vault()
        vault.put("9201", "pin", "pin")
        meaning = Meaning(values=(Value("digits", "4711", 0, 3),))

        covered, words = shield(heard("four seven one one"), meaning, Expect(), SLOTS, vault)

        assert (covered, words) == (meaning, "four seven one one")
