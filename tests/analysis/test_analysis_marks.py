"""Where and what two people marked: hand-computed cases, and the same rules for both voices."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import open_case
from lessons.analysis.marks import (
    Apart,
    apart,
    compare_marks,
    marks_of_readers,
    part_marked,
    plain_sentence,
    what_sentence,
    where_sentence,
)

CASE = open_case("danang-2017")
TEXT = "\U0001f600 One two, three four five six seven eight."


def marks(*rows):
    """Marks by their quotes: (quote, label) or (quote, label, alternative)."""
    table = [[TEXT.index(q), TEXT.index(q) + len(q), label, *more] for q, label, *more in rows]
    names = ["start", "end", "label", "alternative"][: 3 + (len(rows[0]) > 2 if rows else 0)]
    return pd.DataFrame(table, columns=names)


def compared(mine, theirs):
    return [tuple(row) for row in compare_marks(TEXT, mine, theirs).itertuples(index=False)]


def test_same_place_same_label():
    assert compared(marks(("two", "a")), marks(("two", "a", ""))) == [
        ("matched", "same", 0, 0, True)
    ]


@pytest.mark.parametrize("slip", ["two,", " two", "wo", "two, t", "e two"])
def test_a_small_shift_at_the_edge_of_a_word_changes_nothing(slip):
    exact = marks(("two", "a", ""))
    assert compared(marks((slip, "a")), exact) == compared(marks(("two", "a")), exact)


@pytest.mark.parametrize("shift", ["three", "One", "four five", "One two, three four"])
def test_other_shifts_do(shift):
    assert apart(compare_marks(TEXT, marks((shift, "a")), marks(("two", "a", "")))).matched == 0


def test_half_of_the_words_is_the_same_place_and_less_is_not():
    # "three four" and "four": 4 of 9 characters; "four five" and "four five six": 8 of 11
    assert compared(marks(("four", "a")), marks(("three four", "a", ""))) == [
        ("missed", "", -1, 0, True),
        ("extra", "", 0, -1, True),
    ]
    (row,) = compared(marks(("four five", "a")), marks(("four five six", "b", "a")))
    assert row == ("matched", "alternative", 0, 0, True)


def test_the_partner_with_the_same_label_comes_first():
    mine = marks(("four five", "b"), ("four five six", "a"))
    theirs = marks(("four five six", "b", ""), ("seven", "c", ""))
    assert compared(mine, theirs) == [
        ("matched", "same", 0, 0, True),
        ("extra", "", 1, -1, True),
        ("missed", "", -1, 1, False),
    ]


def test_numbers_and_sentences_by_hand():
    numbers = apart(
        compare_marks(
            TEXT,
            marks(("two", "a"), ("three", "b"), ("four", "b"), ("eight", "c")),
            marks(("two", "a", ""), ("three", "a", "b"), ("four", "a", ""), ("six", "a", "")),
        )
    )
    assert numbers == Apart(4, 4, 3, 1, 1, 1)
    assert (numbers.missed, numbers.extra) == (1, 1)
    assert where_sentence("reading A", numbers) == (
        "Of the 4 marks of reading A, 3 stand in the same place as one of yours. "
        "1 of your 4 marks stands elsewhere."
    )
    assert what_sentence(numbers) == (
        "In the same place: 1 with the same label, "
        "1 with a label that the reading calls just as right, 1 with another label."
    )
    assert where_sentence("reading B", Apart(0, 0, 0, 0, 0, 0)) == "Reading B marked nothing here."
    assert what_sentence(Apart(2, 1, 0, 0, 0, 0)) == ""


def test_nothing_and_everything_get_one_sentence_without_praise():
    readings = {"reading A": 3, "reading B": 1}
    assert plain_sentence(0, 0.0, readings) == (
        "You marked nothing, and that is a view too. "
        "To compare with: reading A 3 marks, reading B 1 mark."
    )
    assert plain_sentence(9, 0.97, readings).startswith("You marked 97% of the words, so")
    assert plain_sentence(3, 0.4, readings) == ""


def test_part_marked_counts_words_once_and_only_within():
    within = [(TEXT.index("One"), TEXT.index(" five"))]  # One two three four: 15 characters
    two = marks(("two", "a"), ("two, three", "b"), ("eight", "c"))
    assert part_marked(TEXT, two, within) == pytest.approx(8 / 15)
    assert part_marked(TEXT, marks(), within) == 0
    assert part_marked("", marks(), []) == 0


@pytest.mark.parametrize("what", ["techniques", "loaded words"])
@pytest.mark.parametrize("voice", ["statement", "commentary"])
def test_the_same_function_for_both_voices_and_both_readers(what, voice):
    ids = list(CASE.voice(voice).index)
    found = marks_of_readers(CASE, what, ids)
    assert set(found["reader"]) == {"A", "B"}
    assert set(found["passage_id"]) <= set(ids)
    assert not found.isna().any().any()
    assert all(CASE.text[row.start : row.end] == row.quote for row in found.itertuples())
    one = found[found["reader"] == "A"].reset_index(drop=True)
    with_itself = apart(compare_marks(CASE.text, one, one))
    assert with_itself.matched == with_itself.same == len(one)


def test_what_there_is_to_mark():
    with pytest.raises(ValueError, match="expected 'techniques' or 'loaded words'"):
        marks_of_readers(CASE, "verbs", ["S1"])


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from("ab")), max_size=8
)


@settings(max_examples=100, deadline=None)
@given(SPANS, SPANS)
def test_each_mark_has_one_row_and_the_numbers_add_up(mine, theirs):
    ours, others = (
        pd.DataFrame([(a, a + n, label) for a, n, label in some], columns=["start", "end", "label"])
        for some in (mine, theirs)
    )
    table = compare_marks(TEXT, ours, others)
    assert sorted(row for row in table["mine"] if row >= 0) == list(range(len(mine)))
    assert sorted(row for row in table["theirs"] if row >= 0) == list(range(len(theirs)))
    there, back = apart(table), apart(compare_marks(TEXT, others, ours))
    assert (there.matched, there.missed, there.extra) == (back.matched, back.extra, back.missed)
    assert there.same + there.alternative + there.different == there.matched
