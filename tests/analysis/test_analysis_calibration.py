"""Calibration: the Brier score and its parts against sums written out here."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.simulated_checks import scored

from lessons.analysis.calibration import (
    AS_SURE,
    LESS_SURE,
    SURER,
    calibration,
    calibration_levels,
    sureness_of,
    sureness_of_levels,
)
from lessons.analysis.calibration_words import (
    calibration_figures,
    calibration_sentence,
)
from lessons.analysis.check_answers import TOO_FEW
from lessons.case import open_case
from lessons.widgets.keeping import SURE

ITEMS = open_case("danang-2017").check_items
FIGURES = ["brier", "reliability", "resolution", "uncertainty"]
ANY = st.lists(st.tuples(st.sampled_from(list(SURE)), st.booleans()), min_size=0, max_size=48)


def said(*pairs, when="before"):
    """Answers of which each has a sureness and is right or not."""
    table = pd.DataFrame(list(pairs), columns=["sure", "right"]).astype({"right": "bool"})
    return table.assign(when=when, sure=table["sure"].astype("Int64"))


def reference(pairs):
    """Return Brier score, reliability, resolution and uncertainty by plain sums (Murphy 1973)."""
    total = len(pairs)
    brier = math.fsum((sure / 100 - right) ** 2 for sure, right in pairs) / total
    base = math.fsum(right for _, right in pairs) / total
    reliability = resolution = 0.0
    for level in range(101):
        here = [right for sure, right in pairs if sure == level]
        if here:
            share = math.fsum(here) / len(here)
            reliability += len(here) * (level / 100 - share) ** 2
            resolution += len(here) * (share - base) ** 2
    return brier, reliability / total, resolution / total, base * (1 - base)


def test_the_parts_by_hand():
    # Four answers at 50 %, two of them right; four at 100 %, all right.
    row = calibration(said(*[(50, i < 2) for i in range(4)], *[(100, True)] * 4)).iloc[0]
    assert [float(row[name]) for name in FIGURES] == pytest.approx([0.125, 0, 0.0625, 0.1875])
    assert (row.mean_sure, row.share_right, row.gap) == pytest.approx((0.75, 0.75, 0))
    assert row.gap_error == pytest.approx(math.sqrt(4 * 0.25) / 8)


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_the_parts_are_those_of_plain_sums(pairs):
    table = calibration(said(*pairs))
    if len(pairs) < 8:
        assert all(note == TOO_FEW for note in table["note"])
        assert table[FIGURES].isna().all().all()
        return
    row = table.iloc[0]
    found = [float(row[name]) for name in FIGURES]
    assert found == pytest.approx(reference(pairs), abs=1e-9)
    assert found[1] - found[2] + found[3] == pytest.approx(found[0], abs=1e-9)
    assert all(math.isfinite(float(row[n])) for n in ("brier_error", "gap", "gap_error"))
    assert row.n == len(pairs)
    levels = calibration_levels(said(*pairs))
    binned = sum(
        level.n * ((level.sure / 100 - level.share) ** 2 + level.share * (1 - level.share))
        for level in levels.itertuples()
    )
    assert binned / len(pairs) == pytest.approx(found[0], abs=1e-9)
    assert sureness_of_levels(levels) == sureness_of(row)


@settings(max_examples=20, deadline=None)
@given(ANY, st.randoms())
def test_the_order_of_answers_does_not_matter(pairs, order):
    mixed = list(pairs)
    order.shuffle(mixed)
    pd.testing.assert_frame_equal(calibration(said(*pairs)), calibration(said(*mixed)))
    levels = calibration_levels(said(*pairs))
    pd.testing.assert_frame_equal(levels, calibration_levels(said(*mixed)))
    assert levels["n"].sum() == len(pairs)
    assert not levels.isna().any().any()


def test_the_levels_count_answers_by_step():
    levels = calibration_levels(said((90, True), (60, False), (90, False), (90, True)))
    assert levels.to_numpy().tolist() == [
        ["before", 60, 1, 0, 0.0],
        ["before", 90, 3, 2, pytest.approx(2 / 3)],
    ]


def test_answers_without_a_sureness_are_left_out():
    answers = said(*[(80, True)] * 8, (None, False))
    assert calibration(answers).loc[0, "n"] == 8
    assert calibration_levels(answers)["n"].tolist() == [8]


def test_times_stay_apart_and_in_the_order_of_the_course():
    answers = pd.concat([said(*[(50, True)] * 9, when="after"), said(*[(90, False)] * 8)])
    table = calibration(answers)
    assert list(table["when"]) == ["before", "after"]
    assert list(table["n"]) == [8, 9]
    assert list(calibration_levels(answers)["when"]) == ["before", "after"]


@pytest.mark.parametrize(
    ("pairs", "word"),
    [
        ([(90, i < 8) for i in range(16)], SURER),
        ([(80, i < 12) for i in range(16)], AS_SURE),
        ([(50, True)] * 16, LESS_SURE),
        ([(90, True)] * 16, AS_SURE),  # of 16 such answers all are right 19 times in 100
        ([(100, True)] * 16, AS_SURE),
        ([(100, i > 0) for i in range(16)], SURER),  # certain is never wrong
    ],
)
def test_surer_than_right_only_when_chance_would_not_do_it(pairs, word):
    assert sureness_of(calibration(said(*pairs)).iloc[0]) == word


def test_the_sentences():
    table = calibration(said(*[(90, i < 8) for i in range(16)]))
    assert calibration_sentence(table, "before") == (
        "Before the course you were surer than you were right: on average you said 90 %, and "
        "8 of 16 answers (50 %) were right."
    )
    assert calibration_figures(table, "before") == (
        "Brier score 0.410 (0: certain and right each time; 0.25: always 50 %) = reliability 0.160 "
        "(0: as sure as right at each step) - resolution 0.000 (0: as often right at each step) + "
        "uncertainty 0.250 (0.25: half of the answers right). From 16 answers."
    )
    assert calibration_sentence(table, "after") == (
        "At the end of the course you said of 0 answers how sure you were: too few to say. "
        "It takes at least 8."
    )
    assert calibration_figures(table, "after") == ""
    one = calibration(said((90, True)))
    assert "of 1 answer how sure you were: too few to say" in calibration_sentence(one, "before")


def test_it_takes_the_answers_of_a_check():
    row = calibration(scored(ITEMS, before="trusting")).iloc[0]
    assert (row.n, row.right, float(row.brier)) == (16, 8, pytest.approx((0.04 + 0.64) / 2))
