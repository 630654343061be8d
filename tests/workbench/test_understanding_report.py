"""The report of a flow that is understood by a rule everybody can follow: the last word is the intent."""

from __future__ import annotations

import numpy as np
import pytest

from ivr_ari.workbench.judging import Examples, Judge, Verdict
from ivr_ari.workbench.understanding_report import Report, report_of

EXAMPLES = {
    "balance": ["my balance", "what is my balance", "how much do i have", "tell me the balance"],
    "refund": ["a refund", "i want my money back", "give me a refund", "pay me the balance"],
}

SENTENCES = [said for sentences in EXAMPLES.values() for said in sentences]


def learn(examples: Examples) -> Judge:
    def judge(said: str) -> Verdict:
        last = said.split()[-1]
        return Verdict(last, 0.9, True) if last in examples else Verdict("refund", 0.2, False)

    return judge


def mumbled(said: str) -> str:
    return said.replace("balance", "valance")


@pytest.fixture(scope="module")
def report() -> Report:
    rows = {said: np.eye(8, dtype=np.float32)[at] for at, said in enumerate(SENTENCES)}
    return report_of(
        "bank",
        "en",
        EXAMPLES,
        folds=2,
        learn=learn,
        vectors=rows,
        distort=mumbled,
        strangers=["sing me a song", "a refund"],
    )


def test_shares(report: Report) -> None:
    """
    How many examples are understood, clean and misheard, of all and of each intent.
    """
    assert (report.examples, report.accuracy, report.misheard) == (8, 0.625, 0.25)
    assert [(one.intent, one.plain, one.misheard) for one in report.intents] == [
        ("balance", 0.75, 0.0),
        ("refund", 0.5, 0.5),
    ]


def test_confusions(report: Report) -> None:
    """
    What was mixed up, with the sentences that were, and what to do.
    """
    found = {(one.meant, one.taken): [mistake.said for mistake in one.mistakes] for one in report.confusions}

    assert found == {
        ("balance", ""): ["how much do i have"],
        ("refund", ""): ["i want my money back"],
        ("refund", "balance"): ["pay me the balance"],
    }
    assert all(one.advice for one in report.confusions)


def test_strangers(report: Report) -> None:
    """
    Those taken for a request are named.
    """
    assert report.strangers.count == 2
    assert [(one.said, one.taken) for one in report.strangers.taken] == [("a refund", "refund")]


def test_reliability_counts_strangers(report: Report) -> None:
    """
    Callers are both: those who want something and those who do not.
    """
    assert sum(one.count for one in report.reliability) == 10


def test_only_some_judged() -> None:
    """
    What is not judged is in no figure, and nothing misheard where errors cannot be simulated.
    """
    rows = {said: np.ones(1, np.float32) for said in SENTENCES}

    report = report_of(
        "bank",
        "es",
        EXAMPLES,
        folds=2,
        learn=learn,
        vectors=rows,
        distort=None,
        strangers=[],
        judged={"balance": EXAMPLES["balance"]},
    )

    assert (report.examples, report.accuracy, report.misheard) == (4, 0.75, None)
    assert [one.intent for one in report.intents] == ["balance"]


def test_examples_of_no_use(report: Report) -> None:
    """
    Those that mean something else, or nothing, even when they are learnt.
    """
    assert [(one.said, one.taken) for one in report.not_learnt] == [
        ("how much do i have", ""),
        ("i want my money back", ""),
        ("pay me the balance", "balance"),
    ]
