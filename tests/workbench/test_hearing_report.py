"""Figures of what was heard."""

from __future__ import annotations

from pathlib import Path

from ivr_ari.events import Heard, Word
from ivr_ari.workbench.hearing import EVERYTHING, STEP, Listened
from ivr_ari.workbench.hearing_report import report_of
from ivr_ari.workbench.hearing_set import Recording
from ivr_ari.workbench.word_errors import count_errors


def listened(
    said: str, heard: str, by: str = EVERYTHING, asked: str = "", right: bool | None = None
) -> Listened:
    words = Heard(tuple(Word(word) for word in heard.split()))
    recording = Recording(Path(f"{said}.wav"), said)
    return Listened(
        recording, "m", by, asked, words, count_errors(said, heard), right, 4.0, 0.2, (10.0, 30.0)
    )


def test_a_line_for_all_and_one_for_each_question() -> None:
    """Words and values are summed, speed is that of all the audio."""
    report = report_of(
        [
            listened("four one", "for one", asked="digits", right=False),
            listened("what's my balance", "what's balance"),
        ]
    )
    every, digits, rest = report.lines
    assert (every.asked, digits.asked, rest.asked) == ("all", "digits", "open")
    assert (every.substituted, every.deleted, every.inserted, every.words) == (1, 1, 0, 5)
    assert every.rate == 0.4
    assert every.low <= every.rate <= every.high
    assert (every.values, every.right) == (1, 0)
    assert every.load == 0.05
    assert every.flush_ms == (10.0, 30.0)
    assert [wrong.heard for wrong in report.wrong] == ["for one", "what's balance"]
    assert report.better == ()


def test_whether_the_step_helps() -> None:
    """The two ways are compared on the same recordings."""
    full = [listened(f"four {number}", "for the") for number in ("one", "two", "six", "nine")]
    step = [listened(one.recording.text, one.recording.text, STEP) for one in full]
    [(model, low, high)] = report_of(full + step).better
    assert (model, low, high) == ("m", 1.0, 1.0)


def test_a_right_value_in_wrong_words_is_still_told() -> None:
    """Words may be wrong where the value is right; both stand there."""
    [wrong] = report_of([listened("it's four one", "is four one", asked="digits", right=True)]).wrong
    assert wrong.value_right is True
