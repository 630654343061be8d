"""What one step says: the right words, in the right language, not twice the same."""

from __future__ import annotations

from dataclasses import replace

from ivr_ari.dialogue.draft import Draft
from ivr_ari.events import Say, Secret

from .conversation import value, wants
from .manners import at_hotel, hotel


def says(draft: Draft) -> list[Say]:
    return [effect for effect in draft.effects if isinstance(effect, Say)]


class TestLanguage:
    def test_a_call_is_answered_in_its_language(self) -> None:
        """
        Prompts and titles come from the translation; choices are its first phrase.
        """
        call = at_hotel("es")
        assert [say.language for say in says(Draft(hotel(), call.talk, list(call.effects)))] == ["es", "es"]
        call.hear(wants("book"))
        assert call.text.startswith("Muy bien: una habitación.")

        draft = Draft(hotel(), call.talk)
        draft.fill("room", "suite")
        assert draft.value(hotel().slots["room"], "suite") == "suite grande"
        draft.say("book-it")
        assert says(draft)[0].text.endswith("una suite grande. ¿Reservo?")

    def test_what_is_not_translated_is_said_in_the_flows_own(self) -> None:
        """
        A missing translation is spoken, by the flow's own voice, with values in the same language.
        """
        draft = Draft(hotel(), at_hotel("es").talk)
        draft.fill("room", "suite")
        draft.say("booked")

        assert (says(draft)[0].text, says(draft)[0].language) == ("Your suite is booked.", "en")

    def test_another_language_is_the_flows_own(self) -> None:
        """
        A call in a language the flow does not have is held in its own.
        """
        assert at_hotel("fr").talk.language == "en"


class TestShort:
    def test_the_second_time_is_short(self) -> None:
        """
        A prompt's long form is said once a call; its short forms take turns.
        """
        call = at_hotel()
        texts = []
        for _ in range(4):
            draft = Draft(hotel(), call.talk)
            draft.say("more")
            call.talk = draft.talk
            texts.append(says(draft)[0].text)

        assert texts[0] == "Is there anything else?"
        assert set(texts[1:]) == {"Anything else?", "What else?"}
        assert all(one != other for one, other in zip(texts, texts[1:], strict=False))

    def test_who_called_before_hears_the_short_form_at_once(self) -> None:
        """
        Known callers are spared the long words.
        """
        assert at_hotel(known=True).text.startswith("Hello again.")
        assert at_hotel().text.startswith("Welcome to the hotel.")

    def test_a_repeated_prompt_is_the_one_that_was_said(self) -> None:
        """
        "Repeat that" gives the same words, long or short.
        """
        call = at_hotel(known=True)
        call.hear("repeat")
        assert call.text.startswith("Hello again.")

    def test_what_was_told_earlier_is_past(self) -> None:
        """
        After "sure: a room" nobody is greeted again: the question alone is put once more.
        """
        call = at_hotel()
        call.hear(wants("book"))
        call.hear("repeat")
        assert call.said == ["ask-stay"]


class TestVoice:
    def test_pace_and_loudness_are_those_of_the_call(self) -> None:
        """
        Slower and louder hold for every prompt that follows.
        """
        draft = Draft(hotel(), replace(at_hotel().talk, pace=80, gain_db=6))
        draft.say("hello")

        assert (says(draft)[0].pace, says(draft)[0].gain_db) == (80, 6)


class TestRemember:
    def test_what_was_there_before(self) -> None:
        """
        A value replaced or emptied is kept as the one before; sensitive ones are not.
        """
        draft = Draft(hotel(), at_hotel().talk)
        draft.fill("room", "suite")
        draft.fill("code", "AB1234")
        draft.fill("note", Secret("x", 3))
        draft.fill("room", "double")
        draft.empty(("room", "code"))
        assert draft.talk.before == {"room": "double"}

    def test_what_is_playing(self) -> None:
        """
        The prompts of a step are known by their ids, the question too.
        """
        call = at_hotel()
        call.hear(wants("find"))
        assert [name for _, name in call.talk.playing] == ["acknowledge", "ask-code"]
        assert call.hear(value("id", "AB1234"))
        assert len(call.talk.playing) <= 6
