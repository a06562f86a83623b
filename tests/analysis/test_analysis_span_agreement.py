"""Agreement on marks: slips at the edges of words cost nothing, everything else does."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lessons.analysis.agreement import agreement
from lessons.analysis.span_agreement import label_presence, span_agreement, to_whole_words
from lessons.analysis.words import words_of

TEXT = "\U0001f600 The deal, he said, was dead; nobody (least of all the press) had noticed it yet."
WORDS = words_of(TEXT)


def marks(*rows):
    return pd.DataFrame(rows, columns=["reader", "label", "start", "end"])


def forgiving(*rows):
    return span_agreement(marks(*rows), TEXT)["forgiving"].item()


def exact(*rows):
    return span_agreement(marks(*rows), TEXT)["f1"].item()


# --- by hand -----------------------------------------------------------------------------------


def test_counted_in_characters_under_the_same_label():
    table = span_agreement(
        marks(("B", "x", 5, 15), ("A", "x", 0, 10), ("A", "y", 0, 10), ("A", "x", 8, 10)), TEXT
    )
    assert table.iloc[0, :5].tolist() == ["A", "B", 20, 10, 5]
    assert table["f1"].item() == pytest.approx(2 * 5 / 30)


def test_another_label_is_another_mark():
    assert exact(("A", "x", 0, 10), ("B", "y", 0, 10)) == 0
    assert exact(("A", "x", 0, 10), ("B", "x", 0, 10)) == 1


def test_whole_words_are_those_covered_for_more_than_half():
    start = TEXT.index("nobody")
    found = to_whole_words(marks(("A", "x", start + 2, start + 9)), TEXT)
    assert [TEXT[row.start : row.end] for row in found.itertuples()] == ["nobody"]
    half = to_whole_words(marks(("A", "x", start + 3, start + 6)), TEXT)
    assert half.empty  # three of six letters are not more than half


def test_each_two_readers_are_compared():
    table = span_agreement(marks(("C", "x", 0, 4), ("A", "x", 0, 4), ("B", "x", 9, 12)), TEXT)
    pairs = list(zip(table["first"], table["second"], table["f1"], strict=True))
    assert pairs == [("A", "B", 0), ("B", "C", 0), ("A", "C", 1)]


def test_nothing_marked_is_nothing_said():
    assert span_agreement(marks(), TEXT).empty
    assert span_agreement(marks(("A", "x", 0, 4)), TEXT).empty
    assert np.isnan(forgiving(("A", "x", 1, 2), ("B", "x", 1, 2)))  # spaces: no word is covered


# --- shifts ------------------------------------------------------------------------------------

# A run of words: from one word to another, which may be the same.
RUNS = st.tuples(st.sampled_from(range(len(WORDS))), st.integers(0, 3)).map(
    lambda run: (run[0], min(len(WORDS) - 1, run[0] + run[1]))
)


def spans_of(run):
    return WORDS[run[0]][0], WORDS[run[1]][1]


def slip(draw, word):
    """How far an edge may slip into this word: less than half of it."""
    return draw.draw(st.integers(0, (word[1] - word[0] - 1) // 2))


@settings(max_examples=200, deadline=None)
@given(RUNS, st.data())
def test_a_small_shift_at_the_edge_of_a_word_costs_nothing(run, data):
    start, end = spans_of(run)
    first, last = WORDS[run[0]], WORDS[run[1]]
    before = WORDS[run[0] - 1] if run[0] else (0, 0)
    after = WORDS[run[1] + 1] if run[1] + 1 < len(WORDS) else (len(TEXT), len(TEXT))
    inward = data.draw(st.booleans())
    if inward and first == last:
        shifted = (start + slip(data, first), end)
    elif inward:
        shifted = (start + slip(data, first), end - slip(data, last))
    else:
        # Outwards: over the space and the punctuation, and into less than half of the next word.
        shifted = (
            max(0, before[1] - (slip(data, before) if run[0] else 0)),
            after[0] + (slip(data, after) if run[1] + 1 < len(WORDS) else 0),
        )
    rows = ("A", "x", start, end), ("B", "x", *shifted)
    assert forgiving(*rows) == 1
    if shifted != (start, end):
        assert exact(*rows) < 1


@settings(max_examples=200, deadline=None)
@given(RUNS, RUNS)
def test_a_shift_of_a_word_or_more_does_cost(run, other):
    assume(run != other)
    assert forgiving(("A", "x", *spans_of(run)), ("B", "x", *spans_of(other))) < 1


@settings(max_examples=100, deadline=None)
@given(RUNS, st.data())
def test_a_shift_into_more_than_half_of_the_next_word_costs(run, data):
    assume(run[1] + 1 < len(WORDS))
    start, end = spans_of(run)
    following = WORDS[run[1] + 1]
    size = following[1] - following[0]
    reach = following[0] + data.draw(st.integers(size // 2 + 1, size))
    assert forgiving(("A", "x", start, end), ("B", "x", start, reach)) < 1


MARKS = st.lists(
    st.tuples(
        st.sampled_from("AB"), st.sampled_from("xy"), st.integers(0, 60), st.integers(1, 20)
    ).map(lambda row: (*row[:2], row[2], row[2] + row[3])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=100, deadline=None)
@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_marks_and_readers_does_not_matter(rows, random):
    both = [*rows, ("A", "x", 3, 6), ("B", "x", 3, 6)]
    swapped = [({"A": "B", "B": "A"}[row[0]], *row[1:]) for row in both]
    random.shuffle(swapped)
    assert exact(*swapped) == pytest.approx(exact(*both))
    assert forgiving(*swapped) == pytest.approx(forgiving(*both))


@settings(max_examples=100, deadline=None)
@given(MARKS)
def test_the_same_marks_are_perfect_agreement(rows):
    same = [(reader, *row[1:]) for reader in "AB" for row in rows]
    assert exact(*same) == 1


# --- labels in passages ------------------------------------------------------------------------


def test_presence_of_labels_by_passage():
    table = pd.DataFrame(
        [("A", "P1", "x"), ("A", "P1", "x"), ("B", "P1", "x"), ("B", "P2", "y")],
        columns=["reader", "passage_id", "label"],
    )
    found = label_presence(table, ["P1", "P2"], ["x", "y"], ["A", "B"])
    assert len(found) == 2 * 2 * 2
    yes = found[found["value"] == "yes"]
    assert list(zip(yes["unit"], yes["reader"], strict=True)) == [
        ("P1 x", "A"),
        ("P1 x", "B"),
        ("P2 y", "B"),
    ]
    assert list(found["block"]) == ["P1"] * 4 + ["P2"] * 4
    (row,) = agreement(found.assign(question="q")).to_dict("records")
    assert (row["units"], row["percent"]) == (4, 0.75)
