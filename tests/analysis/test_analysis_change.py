"""What changed between two checks, and when it is more than chance alone would do."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.simulated_checks import BELIEVES, scored

from lessons.analysis.change import CHANCE, MEASURES, change, right_answers
from lessons.analysis.change_words import (
    BEYOND_CHANCE,
    BY_CHANCE,
    MORE_DOUBT,
    change_sentences,
)
from lessons.analysis.check_answers import TOO_FEW, check_answers
from lessons.analysis.discernment import discernment
from lessons.case import open_case

ITEMS = open_case("danang-2017").check_items


def row_of(answers, measure):
    return change(answers).set_index("measure").loc[measure]


def test_a_change_is_the_difference_of_the_figures_with_both_numbers():
    answers = scored(ITEMS, before="suspicious", after="ideal")
    table = discernment(answers)
    first, last = (
        table[(table["when"] == w) & (table["voice"] == "both")] for w in ("before", "after")
    )
    for name in ("discernment", "suspicion"):
        row = row_of(answers, name)
        start, end = first[name].item(), last[name].item()
        assert (row.start, row.end, row.change) == pytest.approx((start, end, end - start))
        errors = [part[f"{name}_error"].item() for part in (first, last)]
        assert row.error == pytest.approx(math.hypot(*errors))
        assert (row.n_start, row.n_end, row.note) == (16, 16, "")
    assert list(change(answers)["measure"]) == list(MEASURES)


def test_the_same_twice_is_no_change():
    answers = scored(ITEMS, before="trusting", after="trusting")
    assert change(answers)["change"].tolist() == pytest.approx([0] * 4)
    assert list(change(answers)["note"]) == [CHANCE] * 4
    assert change_sentences(answers) == [
        (
            "You told as many apart as before the course. You believed 8 of 8, then 8 of 8 of "
            "those that hold up. You doubted 0 of 8, then 0 of 8 of those that do not."
        ),
        (
            "You leaned to no side more than before: 0 of 16 called unsound before the course, 0 "
            "of 16 called unsound at the end of the course."
        ),
        (
            "Your sureness: 30 points surer than right the first time, 30 points surer than right "
            "the second."
        ),
    ]


def test_two_cards_more_may_be_chance():
    answers = scored(ITEMS, before="ideal", after="ideal")
    missed = (answers["when"] == "before") & answers["item"].isin(["PRE-01", "PRE-02"])
    answers["believed"] ^= missed
    answers["right"] ^= missed
    row = row_of(answers, "discernment")
    assert row.change > 0
    assert row.note == CHANCE
    said = change_sentences(answers)[0]
    assert said.startswith("You told more of them apart than before the course. You believed 7 of")
    assert said.endswith(BY_CHANCE)


def test_more_doubt_is_not_called_insight():
    said = change_sentences(scored(ITEMS, before="trusting", after="suspicious"))
    assert said[1] == (
        "You leaned more towards doubt: 0 of 16 called unsound before the course, 16 of 16 called "
        f"unsound at the end of the course. {BEYOND_CHANCE}"
    )
    assert said[2] == MORE_DOUBT
    assert MORE_DOUBT not in change_sentences(scored(ITEMS, before="suspicious", after="trusting"))
    assert MORE_DOUBT not in change_sentences(scored(ITEMS, before="trusting", after="ideal"))


def test_too_few_at_either_time_is_one_sentence():
    answers = scored(ITEMS, before="ideal", after="ideal")
    few = answers[(answers["when"] == "before") | answers["item"].isin(["POST-01", "POST-02"])]
    table = change(few)
    assert set(table["note"]) == {TOO_FEW}
    assert table[["start", "end", "change", "error"]].isna().all().all()
    assert change_sentences(few) == [
        (
            "You judged 16 cards before the course and 2 at the end of the course: too few to say "
            "what changed. It takes at least 8 each time, half of them sound."
        )
    ]
    assert change_sentences(answers, "after", "later")[0].startswith(
        "You judged 16 cards at the end of the course and 0 some time after the course"
    )


def test_nothing_answered_is_no_error():
    answers = scored(ITEMS, before="ideal").head(0)
    assert set(change(answers)["note"]) == {TOO_FEW}
    assert len(change_sentences(answers)) == 1
    assert right_answers(answers)[["of_start", "of_end"]].to_numpy().sum() == 0


def test_right_answers_are_counted_by_voice_and_kind():
    table = right_answers(scored(ITEMS, before="trusts officials", after="ideal"))
    assert table.to_numpy().tolist() == [
        ["official", True, 4, 4, 4, 4],
        ["critic", True, 0, 4, 4, 4],
        ["official", False, 0, 4, 4, 4],
        ["critic", False, 4, 4, 4, 4],
    ]


@settings(max_examples=20, deadline=None)
@given(st.text("su-", min_size=32, max_size=32), st.sampled_from([50, 80, 100]))
def test_any_answers_give_numbers_or_nothing(letters, sure):
    words = {"s": "sound", "u": "unsound"}
    cards = ITEMS.index[ITEMS["form"].isin(["pre", "post"])]
    rows = [(c, words[x], sure) for c, x in zip(cards, letters, strict=True) if x != "-"]
    answers = check_answers(pd.DataFrame(rows, columns=["item", "answer", "sure"]), ITEMS)
    for row in change(answers).itertuples():
        figures = (row.start, row.end, row.change, row.error)
        if row.note == TOO_FEW:
            assert all(figure is pd.NA for figure in figures)
        else:
            assert all(math.isfinite(figure) for figure in figures)
    for said in change_sentences(answers):
        assert said.endswith(".")
        assert "nan" not in said.split()
    table = right_answers(answers)
    assert table[["of_start", "of_end"]].to_numpy().sum() == len(answers)
    assert table[["right_start", "right_end"]].to_numpy().sum() == answers["right"].sum()


@pytest.mark.parametrize("first", BELIEVES)
@pytest.mark.parametrize("last", BELIEVES)
def test_no_sentence_praises_or_ranks(first, last):
    said = " ".join(change_sentences(scored(ITEMS, before=first, after=last))).lower()
    for word in ("good", "bad", "better", "best", "worse", "improve", "score", "rank"):
        assert word not in said
