"""The pronouncing process as its client sees it, good and bad."""

from __future__ import annotations

import sys

import pytest

from ivr_ari.errors import EngineFailed
from ivr_ari.prompts.espeak import Pronouncer

ECHO = """
import json, sys
for line in sys.stdin:
    clauses = json.loads(line)["clauses"]
    if "die" in clauses: sys.exit(1)
    if "lie" in clauses: print("no json", flush=True); continue
    if "refuse" in clauses: print(json.dumps({"error": "no such voice"}), flush=True); continue
    if "hang" in clauses: continue
    print(json.dumps({"phonemes": [c.upper() for c in clauses]}), flush=True)
"""


@pytest.fixture
def pronouncer():  # type: ignore[no-untyped-def]
    made = Pronouncer("en-us", command=(sys.executable, "-c", ECHO), seconds=5.0)
    yield made
    made.close()


def test_marks_stay_with_their_clauses(pronouncer: Pronouncer) -> None:
    """
    Each clause is pronounced by itself; the mark that ends it follows at once.
    """
    assert pronouncer.phonemes("yes, of course. really?! go") == "YES, OF COURSE. REALLY? GO"


def test_nothing_to_say_asks_nobody(pronouncer: Pronouncer) -> None:
    """
    Marks alone start no process.
    """
    assert pronouncer.phonemes(" ., ") == ""
    assert pronouncer.process is None


@pytest.mark.parametrize("word", ["die", "lie", "refuse"])
def test_one_bad_request_does_not_end_the_next(pronouncer: Pronouncer, word: str) -> None:
    """
    A process that dies, babbles or refuses is our error once, and answers again after it.
    """
    assert pronouncer.phonemes("one") == "ONE"
    with pytest.raises(EngineFailed) as caught:
        pronouncer.phonemes(word)

    assert caught.value.code == "voice.phonemes"
    assert pronouncer.phonemes("two") == "TWO"


def test_a_killed_process_is_replaced(pronouncer: Pronouncer) -> None:
    """
    Nobody notices when the process was killed between two requests.
    """
    assert pronouncer.phonemes("one") == "ONE"
    first = pronouncer.process
    assert first is not None
    first.kill()
    first.wait()

    assert pronouncer.phonemes("two") == "TWO"
    assert pronouncer.process is not first


def test_a_stuck_process_is_ended() -> None:
    """
    An answer that does not come is an error, and the stuck process is gone.
    """
    pronouncer = Pronouncer("en-us", command=(sys.executable, "-c", ECHO), seconds=0.3)
    with pytest.raises(EngineFailed):
        pronouncer.phonemes("hang")

    assert pronouncer.process is None


def test_a_missing_program_is_our_error() -> None:
    """
    What cannot be started is reported like what died.
    """
    with pytest.raises(EngineFailed):
        Pronouncer("en-us", command=("/nonexistent/pronouncer",)).phonemes("one")


def test_a_letter_is_no_article(pronouncer: Pronouncer) -> None:
    """
    An A among letters is called by its name: "A T M", "ten a m"; the article stays an article.
    """
    assert pronouncer.phonemes("an A T M at ten a m, a card") == "AN EH T M AT TEN EH M, A CARD"
