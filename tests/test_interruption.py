"""What becomes of a prompt while the caller's line is not quiet."""

import pytest

from ivr_ari.events import Expect
from ivr_ari.interruption import (
    CALM_MS,
    FRAME_MS,
    RELEASE_MS,
    SURE_MS,
    WORDLESS_MS,
    Change,
    Interruption,
    telling,
)


def changes(
    barge: Interruption,
    ms: int,
    *,
    sound: bool,
    voice: bool = True,
    in_turn: bool = True,
    playing: bool = True,
) -> list[tuple[int, Change]]:
    """Feed *ms* of one kind; return what changed, and after how long."""
    found = []
    for at in range(FRAME_MS, ms + FRAME_MS, FRAME_MS):
        change = barge.frame(sound and voice, sound, playing=playing, in_turn=in_turn)
        if change:
            found.append((at, change))
    return found


class TestInterruption:
    def test_sound_ducks_within_60_ms(self) -> None:
        """
        Three frames of sound; a click is shorter.
        """
        barge = Interruption()
        assert changes(barge, 40, sound=True) == []
        assert changes(barge, 100, sound=False) == []
        assert changes(barge, 100, sound=True) == [(60, "duck")]

    def test_cough_is_forgiven(self) -> None:
        """
        A sound that is no voice, and no turn, gives the prompt its voice back soon.
        """
        barge = Interruption()
        changes(barge, 300, sound=True, voice=False, in_turn=False)

        assert changes(barge, 400, sound=False, in_turn=False) == [(RELEASE_MS, "unduck")]

    def test_a_sound_that_is_no_voice_never_stops_a_prompt(self) -> None:
        """
        Music ducks, and not for long: soon it is known for noise, and the prompt is loud again.
        """
        barge = Interruption()
        found = changes(barge, WORDLESS_MS, sound=True, voice=False, in_turn=False)
        barge.over()

        assert found == [(60, "duck"), (WORDLESS_MS, "noise")]
        assert changes(barge, 5000, sound=True, voice=False, in_turn=False) == []

    def test_voice_that_lasts_stops_it(self) -> None:
        """
        No words are needed for that, they come too late.
        """
        assert changes(Interruption(), 600, sound=True) == [(60, "duck"), (SURE_MS, "stop")]

    def test_words_stop_it_once(self) -> None:
        """
        Words in a partial result, and the same again in a final one.
        """
        barge = Interruption()
        changes(barge, 200, sound=True)

        assert barge.words() == "stop"
        assert barge.words() is None
        assert changes(barge, 3000, sound=True, playing=False) == []

    def test_noise_brings_it_back_and_is_not_trusted_again(self) -> None:
        """
        A television that talks on: only words interrupt until the line has been quiet.
        """
        barge = Interruption()
        assert changes(barge, WORDLESS_MS, sound=True)[-1] == (WORDLESS_MS, "noise")
        barge.over()
        assert changes(barge, 3000, sound=True) == []
        assert barge.words() == "stop"

        barge.over()
        changes(barge, CALM_MS, sound=False)
        assert changes(barge, 100, sound=True) == [(60, "duck")]

    def test_nothing_is_ducked_while_nothing_plays(self) -> None:
        """
        Voice into silence is an answer.
        """
        assert changes(Interruption(), 1000, sound=True, playing=False) == []


class TestTelling:
    @pytest.mark.parametrize(
        ("text", "open_", "yesno", "choice"),
        [
            ("", False, False, False),
            ("uh", False, False, False),
            ("mhm", False, True, False),
            ("uh huh", False, True, False),
            ("okay", False, True, False),
            ("yeah", False, True, True),
            ("yes please", True, True, True),
            ("no", True, True, True),
            ("wait", True, True, True),
            ("the balance", True, True, True),
        ],
    )
    def test_what_interrupts(self, text: str, open_: bool, yesno: bool, choice: bool) -> None:
        """
        Signs of listening interrupt nothing; where they answer the question that is asked they do.
        """
        asks = Expect(), Expect(kinds=("yesno",), confirm=True), Expect(kinds=("choice",))

        assert tuple(telling(text, ask, asked=True) for ask in asks) == (open_, yesno, choice)

    @pytest.mark.parametrize("text", ["yes", "okay", "mhm"])
    def test_before_the_question_there_is_nothing_to_answer(self, text: str) -> None:
        """
        What is said into the words before it is a sign of listening.
        """
        assert not telling(text, Expect(kinds=("yesno",), confirm=True), asked=False)

    def test_spanish(self) -> None:
        """
        Each language has its own.
        """
        assert not telling("ajá vale", Expect(language="es-MX"), asked=True)
        assert telling("sí", Expect(kinds=("yesno",), confirm=True, language="es"), asked=True)
        assert telling("mi saldo", Expect(language="es"), asked=True)
