"""Whether a recording says what its prompt says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ivr_ari.sounds.checking import Judge, Verdict
from ivr_ari.sounds.recordings import Checked, Recording

from .some_sounds import sound
from .studio_files import delivered

SOUNDS = [
    sound("hello", "Welcome to the shop, what can I do for you today?"),
    sound("bye", "Good bye, and thank you for calling the shop."),
    sound("brand", "This is Zyxelo."),
]
HELLO = "welcome to the shop what can i do for you today"


@dataclass
class Ear:
    """Hears the same words in every recording."""

    words: str
    calls: list[int] = field(default_factory=list)

    def knows(self, word: str) -> bool:
        return word != "zyxelo"

    def hear(self, pcm: bytes) -> Sequence[tuple[str, int, int]]:
        self.calls.append(len(pcm))
        return [(word, 100 * at, 100 * at + 90) for at, word in enumerate(self.words.split())]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return delivered(tmp_path / "recordings" / "en" / "shop" / "hello.wav")


def judged(path: Path, heard: str, *, at: int = 0, accept: Sequence[str] = ()) -> Verdict:
    recording = Recording(path, SOUNDS[at], "digest")
    return Judge(SOUNDS, {}, lambda: Ear(heard), accept).judge(recording)


def test_word_for_word(path: Path) -> None:
    """
    It is used, nothing is left to say, and when its words are heard is known.
    """
    verdict = judged(path, HELLO)

    assert (verdict.state, verdict.used, verdict.says) == ("right", True, "")
    assert verdict.words[1] == (100, 190)
    assert verdict.checked == Checked("digest", HELLO, False, verdict.words)


def test_a_word_or_two_that_differ(path: Path) -> None:
    """
    A recogniser hears amiss too: it is used, and a person is told what to listen for.
    """
    verdict = judged(path, HELLO.replace("today", "to").replace("the shop", "the chop"))

    assert (verdict.state, verdict.used) == ("near", True)
    assert "'shop' was heard as 'chop'" in verdict.says


@pytest.mark.parametrize(
    "heard", ["", "something else altogether", "welcome to the shop", HELLO + " " + HELLO]
)
def test_too_many_words_that_differ(path: Path, heard: str) -> None:
    """
    Cut off, said twice, or another text: it is not used.
    """
    verdict = judged(path, heard)

    assert (verdict.state, verdict.used) == ("wrong", False)


def test_words_that_nobody_expects(path: Path) -> None:
    """
    What the recogniser was not told to listen for is shown as dots.
    """
    says = judged(path, HELLO.replace("shop", "[unk]") + " [unk]").says

    assert "'shop' was heard as '...'" in says
    assert "'...' is too much" in says


def test_two_that_were_mixed_up(path: Path) -> None:
    """
    If it says what another prompt says, that prompt is named.
    """
    verdict = judged(path, "good bye and thank you for calling the shop")

    assert not verdict.used
    assert "nearer to what shop/bye says" in verdict.says


def test_accepted_by_a_person(path: Path) -> None:
    """
    Who has listened knows better; it is remembered who decided.
    """
    verdict = judged(path, "something else", accept=["shop/hello"])

    assert (verdict.state, verdict.used, verdict.checked.accepted) == ("accepted", True, True)


def test_words_the_recogniser_does_not_know(path: Path) -> None:
    """
    A name it can't hear is held against nobody.
    """
    assert judged(path, "this is", at=2).state == "right"


def test_nobody_who_hears_the_language(path: Path) -> None:
    """
    Without a recogniser it is not used, unless a person says so.
    """
    recording = Recording(path, SOUNDS[0], "digest")

    assert Judge(SOUNDS, {}, lambda: None).judge(recording).state == "unheard"
    assert Judge(SOUNDS, {}, lambda: None, ["shop/hello"]).judge(recording).used


def test_a_file_that_can_be_no_prompt(tmp_path: Path) -> None:
    """
    It is reported, and no recogniser is loaded for it.
    """
    path = tmp_path / "hello.wav"
    path.write_bytes(b"MZ")
    ear = Ear(HELLO)
    verdict = Judge(SOUNDS, {}, lambda: ear).judge(Recording(path, SOUNDS[0], "digest"))

    assert (verdict.state, ear.calls) == ("unusable", [])


class TestKnownBefore:
    def judge(self, path: Path, before: Checked, accept: Sequence[str] = ()) -> tuple[Verdict, Ear]:
        ear = Ear(HELLO)
        judge = Judge(SOUNDS, {"shop/hello": before}, lambda: ear, accept)
        return judge.judge(Recording(path, SOUNDS[0], "digest")), ear

    def test_it_is_not_heard_again(self, path: Path) -> None:
        """
        Neither file nor text has changed: what was found stands.
        """
        verdict, ear = self.judge(path, Checked("digest", HELLO, words=((0, 90),)))

        assert (verdict.state, verdict.words, ear.calls) == ("right", ((0, 90),), [])

    def test_another_file(self, path: Path) -> None:
        """
        A new delivery is heard.
        """
        verdict, ear = self.judge(path, Checked("other", HELLO))

        assert (verdict.state, len(ear.calls)) == ("right", 1)

    def test_another_text(self, path: Path) -> None:
        """
        The prompt has changed since: it is not used, and both texts are shown.
        """
        verdict, ear = self.judge(path, Checked("digest", "welcome to the store"))

        assert (verdict.state, verdict.used, ear.calls) == ("stale", False, [])
        assert "'welcome to the store'" in verdict.says
        assert HELLO in verdict.says

    def test_accepted_although_the_text_has_changed(self, path: Path) -> None:
        """
        A person may keep it.
        """
        verdict, _ = self.judge(path, Checked("digest", "welcome to the store"), ["shop/hello"])

        assert verdict.used
        assert verdict.checked.said == HELLO
