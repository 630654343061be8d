"""Examples are judged by what was learnt from the others, and confidence is held against accuracy."""

from __future__ import annotations

import pytest

from ivr_ari.workbench.judging import (
    Examples,
    Judge,
    Judgement,
    Verdict,
    calibration_error,
    crossed,
    reliability,
)

EXAMPLES = {
    "balance": ["my balance", "balance please", "what is my balance", "tell me the balance"],
    "refund": ["a refund", "my money back", "refund please"],
    "hours": ["when are you open"],
}


class Remembering:
    """An understanding that knows the sentences it learnt, and whose last word is an intent's name."""

    def __init__(self) -> None:
        self.learnt: list[Examples] = []
        self.judged: list[str] = []

    def learn(self, examples: Examples) -> Judge:
        self.learnt.append(examples)

        def judge(said: str) -> Verdict:
            self.judged.append(said)
            assert all(said not in sentences for sentences in examples.values())
            return Verdict("balance", 0.9, "balance" in said)

        return judge


def test_no_sentence_is_judged_by_itself() -> None:
    """
    Each example is judged once, by an understanding that learnt all others of its part's complement.
    """
    understanding = Remembering()

    plain, distorted = crossed(EXAMPLES, 3, understanding.learn)

    assert sorted(understanding.judged) == sorted([*EXAMPLES["balance"], *EXAMPLES["refund"]])
    assert len(plain) == 7
    assert distorted == []
    assert all(set(examples) == set(EXAMPLES) for examples in understanding.learnt)


def test_the_only_example_is_not_judged() -> None:
    """
    Without it there would be no such intent; it is learnt every time.
    """
    understanding = Remembering()

    crossed(EXAMPLES, 2, understanding.learn)

    assert all(examples["hours"] == ["when are you open"] for examples in understanding.learnt)


def test_distorted() -> None:
    """
    The same parts judge what recognition makes of the sentences.
    """
    understanding = Remembering()

    plain, distorted = crossed(EXAMPLES, 3, understanding.learn, lambda said: f"uh {said}")

    assert [one.said for one in distorted] == [f"uh {one.said}" for one in plain]
    assert [one.meant for one in distorted] == [one.meant for one in plain]


def test_same_parts_every_time() -> None:
    """
    The report of an unchanged flow is the same.
    """
    first, again = Remembering(), Remembering()
    crossed(EXAMPLES, 3, first.learn)
    crossed(EXAMPLES, 3, again.learn)

    assert first.learnt == again.learnt


def test_judging_some_only() -> None:
    """
    A translation's examples are judged; the flow's own are learnt beside them.
    """
    understanding = Remembering()

    plain, _ = crossed(EXAMPLES, 2, understanding.learn, judged={"balance": ["my balance"]})

    assert [one.said for one in plain] == ["my balance"]


@pytest.mark.parametrize(
    ("verdict", "taken", "right"),
    [
        (Verdict("balance", 0.9, True), "balance", True),
        (Verdict("balance", 0.4, False), "", False),
        (Verdict("balance", 0.9, True, ("refund",)), "balance + refund", False),
        (Verdict("", 0.0, False, (), ("cancel",)), "(cancel)", False),
        (Verdict("refund", 0.7, True, (), ("cancel",)), "refund", False),
    ],
)
def test_what_a_sentence_was_taken_for(verdict: Verdict, taken: str, right: bool) -> None:
    """
    An intent if it is sure enough; several; an act; or nothing.
    """
    judgement = Judgement("my balance", "balance", verdict)

    assert (judgement.taken, judgement.right) == (taken, right)


def judged(confidence: float, right: bool) -> Judgement:
    return Judgement("my balance", "balance", Verdict("balance" if right else "refund", confidence, True))


def test_reliability() -> None:
    """
    Tenths of confidence, how sure on average, and how often right; 1.0 belongs to the last tenth.
    """
    bins = reliability([judged(0.82, True), judged(0.88, False), judged(1.0, True)])

    assert [(one.least, one.count, one.confidence, one.accuracy) for one in bins] == [
        (0.8, 2, 0.85, 0.5),
        (0.9, 1, 1.0, 1.0),
    ]
    assert calibration_error(bins) == pytest.approx((0.35 * 2 + 0.0) / 3)


def test_strangers_are_never_right() -> None:
    """
    A sentence that means nothing lowers the accuracy of its tenth.
    """
    bins = reliability([judged(0.85, True), Judgement("sing a song", "", Verdict("balance", 0.85, True))])

    assert [(one.count, one.accuracy) for one in bins] == [(2, 0.5)]


def test_nothing_judged() -> None:
    """
    No sentences, no error.
    """
    assert calibration_error(reliability([])) == 0
