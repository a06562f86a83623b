"""Agreement on where marks begin and end: Krippendorff's own example, and what must always hold."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.analysis.unitised import unitised_agreement


def table(*rows):
    return pd.DataFrame(rows, columns=["reader", "label", "start", "end"])


# The worked example of Krippendorff (2004), Measuring the Reliability of Qualitative Text Analysis
# Data: a continuum from 150 to 450, two observers, the categories c and k. Data and results as
# the tests of DKPro Statistics (StudyFactory.java, AlphaUnitizedAgreementTest.java) give them.
EXAMPLE = table(
    ("i", "c", 225, 295),
    ("i", "c", 370, 400),
    ("j", "c", 220, 300),
    ("j", "c", 355, 375),
    ("j", "c", 400, 420),
    ("i", "k", 180, 240),
    ("i", "k", 300, 350),
    ("j", "k", 180, 240),
    ("j", "k", 300, 350),
)


def test_the_published_example():
    found = unitised_agreement(EXAMPLE, 150, 450).set_index("label")
    assert found["observed"].to_dict() == pytest.approx({"c": 0.0144, "k": 0, "": 0.0144}, abs=6e-5)
    assert found["expected"]["c"] == pytest.approx(0.0532, abs=5e-5)
    assert found["expected"]["k"] == pytest.approx(0.0490, abs=5e-5)
    expected = {"c": 0.7285, "k": 1, "": 0.8587}
    assert found["alpha"].to_dict() == pytest.approx(expected, abs=1e-4)
    assert found[["units_first", "units_second"]].to_numpy().tolist() == [[2, 3], [2, 2], [4, 5]]


def test_touching_and_nested_marks_of_one_reader_are_one_unit():
    whole = table(("a", "x", 10, 30), ("b", "x", 10, 30))
    parts = table(("a", "x", 10, 20), ("a", "x", 20, 30), ("a", "x", 12, 15), ("b", "x", 10, 30))
    for found in (whole, parts):
        (row,) = unitised_agreement(found[found["label"] == "x"], 0, 100)[:1].to_dict("records")
        assert (row["units_first"], row["units_second"], row["alpha"]) == (1, 1, 1)


def test_a_label_that_one_reader_never_used_and_one_reader_alone():
    found = unitised_agreement(table(("a", "x", 10, 30), ("b", "y", 10, 30)), 0, 100)
    assert list(found["label"]) == ["x", "y", ""]
    assert (found["alpha"] < 0.5).all()
    assert len(unitised_agreement(table(("a", "x", 10, 30)), 0, 100)) == 0
    assert len(unitised_agreement(table(), 0, 100)) == 0


@pytest.mark.parametrize("mark", [(-1, 5), (5, 101), (7, 7), (8, 7)])
def test_a_mark_that_is_not_in_the_text(mark):
    with pytest.raises(ValueError, match=rf"^A mark goes from {mark[0]} to {mark[1]}, expected 0"):
        unitised_agreement(table(("a", "x", *mark)), 0, 100)


spans = st.tuples(st.integers(0, 99), st.integers(1, 40)).map(lambda s: (s[0], min(sum(s), 100)))
lists = st.lists(st.tuples(st.sampled_from("xy"), spans), min_size=1, max_size=5)


def marks(reader, found):
    return [(reader, label, *span) for label, span in found]


@settings(max_examples=30, deadline=None)
@given(lists, lists)
def test_who_comes_first_makes_no_difference_and_more_than_1_there_is_not(one, other):
    there = unitised_agreement(table(*marks("a", one), *marks("b", other)), 0, 100)
    back = unitised_agreement(table(*marks("b", one), *marks("a", other)), 0, 100)
    assert there["alpha"].to_list() == pytest.approx(back["alpha"].to_list(), nan_ok=True)
    assert (there["alpha"].dropna() <= 1).all()


@settings(max_examples=30, deadline=None)
@given(lists)
def test_the_same_marks_agree_fully(found):
    same = unitised_agreement(table(*marks("a", found), *marks("b", found)), 0, 100)
    # Where a mark has one character only, and both are there, nothing else could be expected.
    assert set(same["alpha"].dropna()) <= {1}
    assert (same["observed"] == 0).all()


@settings(max_examples=30, deadline=None)
@given(lists, st.integers(0, 1000))
def test_where_the_text_begins_makes_no_difference(found, by):
    one = table(*marks("a", found), ("b", "x", 3, 9))
    moved = one.assign(start=one["start"] + by, end=one["end"] + by)
    here, there = unitised_agreement(one, 0, 100), unitised_agreement(moved, by, by + 100)
    pd.testing.assert_frame_equal(here, there)
