"""The arithmetic of the understanding benchmark."""

import pytest

from ivr_ari.events import Value

from .mishearing.count import aligned, counted, phone_pairs
from .nlu_data import Clinc, drawn
from .nlu_figures import calibration_error, micro_f1, percentile, reliability, threshold_for, turned_away
from .nlu_periods import period, right_period
from .nlu_single import judge_clinc
from .nlu_slot_flow import right_value
from .nlu_spoken import spoken
from .nlu_table import Measure


def test_micro_f1_counts_labels_not_sentences() -> None:
    """
    Two common labels, one too many and one too few: precision and recall are two thirds each.
    """
    given = [frozenset("ab"), frozenset("c"), frozenset()]
    wanted = [frozenset("ab"), frozenset(), frozenset("d")]

    assert micro_f1(given, wanted) == pytest.approx(2 / 3)


def test_micro_f1_of_nothing_wanted_and_nothing_given_is_whole() -> None:
    """
    No label anywhere is no mistake.
    """
    assert micro_f1([frozenset()], [frozenset()]) == 1.0


def test_calibration_error_weighs_bins_by_their_sentences() -> None:
    """
    Three of four right at 0.95 is 0.2 off, one of one right at 0.55 is 0.45 off.
    """
    error = calibration_error([0.95, 0.95, 0.95, 0.95, 0.55], [True, True, True, False, True])

    assert error == pytest.approx((4 * 0.2 + 1 * 0.45) / 5)


def test_full_confidence_has_a_bin() -> None:
    """
    1.0 belongs to the last bin, 0.0 to the first.
    """
    assert [one.count for one in reliability([0.0, 1.0, 0.99], [False, True, True])] == [1, 2]


def test_threshold_loses_no_more_than_it_may() -> None:
    """
    Of a hundred confidences three lie below the threshold for 3 %.
    """
    inside = [at / 100 for at in range(100)]

    threshold = threshold_for(inside, 0.03)

    assert sum(one < threshold for one in inside) == 3
    assert turned_away([0.01, 0.02, 0.5], threshold) == pytest.approx(2 / 3)


def test_strangers_are_judged_by_the_other_half() -> None:
    """
    Without a test part the halves change places; each threshold comes from the other half's sentences.
    """
    sure = {"a": 0.9, "b": 0.5, "x": 0.6, "y": 0.1}
    data = Clinc([], [("a", "one"), ("x", "")], [("b", "one"), ("y", "")], own_test=False)

    figures = judge_clinc(lambda texts: [("one", sure[text]) for text in texts], data)

    assert figures.thresholds == [0.9, 0.5]
    assert (figures.strangers, figures.lost) == (0.5, 0.5)
    assert figures.strangers_at([0.0, 0.0]) == 0
    assert figures.accuracy == 1


def test_percentile_is_a_value_that_was_measured() -> None:
    """
    Nearest rank: of twenty values the nineteenth is the 95th percentile.
    """
    assert percentile(list(range(1, 21)), 0.95) == 19


def test_examples_are_not_judged() -> None:
    """
    What was drawn as an example, and its doubles, are not among the rest; the seed fixes which.
    """
    rows = [(f"sentence {at % 9}", "ab"[at % 9 % 2]) for at in range(30)]

    examples, rest = drawn(rows, 1, 2)

    assert [len(texts) for texts in examples.values()] == [2, 2]
    assert not {text for texts in examples.values() for text in texts} & {text for text, _ in rest}
    assert drawn(rows, 1, 2) == (examples, rest)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("send £700 to Guy by 12:45 p.m.", "send seven hundred pounds to guy by twelve forty five p m"),
        ("40€ on the 16th of Apr, 9 05", "forty euros on the sixteenth of april nine oh five"),
        ("since 1992, M&S", "since nineteen ninety two m and s"),
        ("at 16:00; it's 56.79", "at sixteen o'clock it's fifty six point seven nine"),
        ("20 to 2", "twenty to two"),
    ],
)
def test_written_sentences_are_read_out(written: str, said: str) -> None:
    """
    Recognisers write words; figures, currencies and months are what a caller would say.
    """
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("slot", "annotated", "value"),
    [
        ("date_to", {"value": {"day": 7, "month": 2, "year": 2022}}, "2022-02-07"),
        ("time", {"value": {"hour": 9, "minute": 5}}, "09:05"),
        ("amount_of_money", {"value": {"amount": 73.0, "currency": "GBP"}}, "73.00 GBP"),
        ("amount_of_money", {"value": {"amount": 400.0, "currency": "ambiguous"}}, "400.00"),
        ("adults", {"value": 2}, "2"),
        ("person_name", {"value": "Mekia S. Burgess"}, "mekia s burgess"),
        ("date", {"value": "ambiguous"}, ""),
    ],
)
def test_annotated_values_are_written_as_ours(slot: str, annotated: dict[str, object], value: str) -> None:
    """
    The data's values and the product's are compared as texts; an ambiguous one is not compared.
    """
    assert right_value(slot, annotated) == value


@pytest.mark.parametrize(
    ("annotated", "read"),
    [
        ({"type": "relative", "days": 1095}, Value("duration", "P3Y", 0, 1)),
        ({"type": "relative", "days": 9}, Value("duration", "P9D", 0, 1)),
        (
            {
                "type": "absolute",
                "from": {"day": 1, "month": 2, "year": 2022},
                "to": {"day": 28, "month": 2, "year": 2022},
            },
            Value("month", "2022-02", 0, 1),
        ),
    ],
)
def test_periods_are_compared_in_days(annotated: dict[str, object], read: Value) -> None:
    """
    The data counts lengths in days and gives a month its first and last day.
    """
    assert period(read) == right_period({"values": annotated})


def test_words_are_aligned_by_sound() -> None:
    """
    A lost word is lost even beside confused ones; two words for one stand together.
    """
    pairs = aligned(["open", "the", "checking", "account"], ["open", "check", "in", "a", "count"])

    assert pairs == [
        (("open",), ("open",)),
        (("the",), ()),
        (("checking",), ("check", "in")),
        (("account",), ("a", "count")),
    ]


def test_calls_in_noise_are_not_counted() -> None:
    """
    Where hardly a word is right nothing was heard for anything else.
    """
    counts, calls, words = counted(
        [("my balance please", "by balance please"), ("one two three", "sea land")]
    )

    assert (calls, words) == (1, 3)
    assert counts.heard == {("my", "by"): 1}
    assert counts.phones == {("M", "B"): 1}


def test_phones_that_differ_are_paired() -> None:
    """
    A phone is heard as another or as nothing.
    """
    assert list(phone_pairs(("B", "AE", "T"), ("P", "AE"))) == [("B", "P"), ("T", "-")]


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        (Measure("f1", 0.72, 0.72), True),
        (Measure("f1", 0.71, 0.72), False),
        (Measure("ms", 19, 20, least=False), True),
        (Measure("ms", 21, 20, least=False), False),
        (Measure("f1", 0.1), None),
    ],
)
def test_targets_are_met_or_not(measure: Measure, met: bool | None) -> None:
    """
    Some figures must be high enough, some low enough; some have no target.
    """
    assert measure.met is met
