"""What is scored: the first answer to a card, of a voice, beside what is right; nothing else."""

import pandas as pd
import pytest
from support.simulated_checks import answers_of

from lessons.analysis.check_answers import VOICES, check_answers
from lessons.analysis.checks import FORMS, WHEN
from lessons.widgets.check_form import check_form

COLUMNS = ["item", "when", "voice", "sound", "believed", "right", "sure"]


@pytest.fixture(scope="module")
def items(danang):
    return danang.check_items


def given(*rows, **more):
    return pd.DataFrame(rows, columns=["item", "answer", "sure"]).assign(**more)


def test_an_answer_stands_beside_what_is_right(items):
    table = check_answers(given(("PRE-01", "unsound", 70), ("PRE-02", "unsound", 90)), items)
    assert list(table.columns) == COLUMNS
    assert table.to_numpy().tolist() == [
        ["PRE-01", "before", "official", True, False, False, 70],
        ["PRE-02", "before", "critic", False, False, True, 90],
    ]


def test_it_takes_the_table_of_a_check_as_it_is(items, danang):
    assert check_answers(check_form(danang, "before").table, items).columns.tolist() == COLUMNS


def test_the_times_are_those_of_the_forms(items):
    assert list(FORMS) == list(WHEN)
    assert set(items["form"]) == set(FORMS.values())
    assert set(items["voice"]) == set(VOICES)


def test_the_course_has_equal_numbers_of_sound_and_unsound_cards_of_each_voice(items):
    assert set(items.groupby(["form", "voice", "sound"]).size()) == {4}


def test_items_of_the_article_and_unknown_ones_are_never_scored(items):
    table = check_answers(
        given(("strength:SA01", "sound", 70), ("EX2-01", "sound", 70), ("PRE-99", "sound", 70)),
        items,
    )
    assert table.empty
    assert list(table.columns) == COLUMNS


def test_a_contested_card_never_counts(items):
    contested = items.assign(sound=items["sound"].where(items.index != "PRE-01", "contested"))
    answers = given(("PRE-01", "sound", 70), ("PRE-02", "sound", 70))
    assert list(check_answers(answers, contested)["item"]) == ["PRE-02"]


@pytest.mark.parametrize("answer", ["", "maybe", None, 1, float("nan")])
def test_what_is_no_answer_is_left_out(items, answer):
    assert check_answers(given(("PRE-01", answer, 70)), items).empty


@pytest.mark.parametrize("sure", [None, "", "sure", 49, 101, 70.5, float("nan"), -70])
def test_a_sureness_that_is_none_leaves_the_answer(items, sure):
    table = check_answers(given(("PRE-01", "sound", sure)), items)
    assert table["right"].tolist() == [True]
    assert table["sure"].isna().all()


def test_of_several_answers_the_first_counts(items):
    twice = given(("PRE-01", "sound", 60), ("PRE-01", "unsound", 90))
    assert check_answers(twice, items)["sure"].tolist() == [60]
    timed = twice.assign(answered_at=["2026-11-25T09:00:00.000Z", "2026-11-25T08:00:00.000Z"])
    assert check_answers(timed, items)["sure"].tolist() == [90]


def test_the_rows_stand_in_the_order_of_the_course(items):
    answers = answers_of(items, "ideal", "before", "after", "later")
    table = check_answers(answers.sample(frac=1, random_state=1), items)
    assert list(table["when"]) == ["before"] * 16 + ["after"] * 16 + ["later"] * 16
    assert list(table["item"][:3]) == ["PRE-01", "PRE-02", "PRE-03"]
    pd.testing.assert_frame_equal(table, check_answers(answers, items))
