"""Figures of a class, against what was worked out by hand from who said what."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.simulated_class import CASE, SAID, answer, hand_in, learner_id, write_class

from lessons import open_case
from lessons.analysis.class_answers import class_answers, counts, splits, written_answers
from lessons.analysis.class_progress import lessons_done, waits_at
from lessons.analysis.class_questions import answers_to, class_questions
from lessons.analysis.class_scores import class_checks, class_label_effect, class_scores
from lessons.classroom import collect, collect_files

DANANG = open_case(CASE)
ORDER = ["welcomed", "affirmed", "took note", "agreed to maintain"]


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    return collect(write_class(tmp_path_factory.mktemp("class"), DANANG.check_items)).answers


@pytest.fixture(scope="module")
def said(answers):
    return class_answers(answers, DANANG)


def handed_in(*answers_of_one):
    """The table of answers of one learner."""
    return collect_files({"one": hand_in(0, list(answers_of_one)).encode()}).answers


def test_counts_are_those_of_the_class(said):
    table = counts(said)
    found = {
        thing: dict(zip(group["value"], group["count"], strict=True))
        for thing, group in table.groupby("thing")
    }
    things = {item.partition(":")[2] or item: given for (item, _), given in SAID.items()}
    assert found == things
    assert list(table["n"].unique()) == [25]


def test_the_three_most_split_things_by_hand(said):
    table = splits(said, DANANG)
    judged = table[table["passage"] != ""].head(3)
    assert list(judged["thing"]) == ["F1", "SA01", "SA03"]
    # Of the 300 pairs of 25 learners, those who gave the same answer.
    same = {"F1": (45 + 45 + 10), "SA01": (78 + 66), "SA03": (190 + 10)}
    for row in judged.itertuples():
        assert row.split == pytest.approx(1 - same[row.thing] / 300, abs=1e-12)
    assert list(judged["passage"]) == ["F1", "S1", "S3"]
    assert list(judged["readings"]) == [
        "A: asserts-opposite, B: directly",
        "A: 3, B: 4",
        "A: 4, B: 4",
    ]
    assert list(judged["readers_split"]) == [True, True, False]


def test_below_five_answers_nothing_is_said_of_a_split(said):
    few = said[said["learner"].isin([learner_id(n) for n in range(4)])]
    table = splits(few, DANANG)
    assert table["split"].isna().all()
    assert set(table["note"]) == {"fewer than 5 answers: too few to say"}
    assert set(table["n"]) == {4}


def test_means_of_the_checks_by_hand(answers):
    """10 suspicious and 15 ideal before, 25 ideal after; every form has as many of each kind."""
    table = class_scores(class_checks(answers, DANANG.check_items)).set_index(["when", "figure"])
    forms = DANANG.check_items["form"].value_counts()
    half = forms["pre"] // 2
    high = (half + 0.5) / (half + 1)  # the log-linear correction
    z = -_z(1 - high)
    best, lean = 2 * z, z
    mean = 15 * best / 25
    assert table.loc[("before", "discernment"), "mean"] == pytest.approx(mean, abs=1e-9)
    assert table.loc[("before", "suspicion"), "mean"] == pytest.approx(10 * lean / 25, abs=1e-9)
    # 80 % sure: off by 0.2 where right, by 0.8 where wrong; the suspicious are half right.
    brier = (15 * 0.04 + 10 * (0.04 + 0.64) / 2) / 25
    assert table.loc[("before", "brier"), "mean"] == pytest.approx(brier, abs=1e-9)
    spread = math.sqrt((10 * mean**2 + 15 * (best - mean) ** 2) / 24)
    low = table.loc[("before", "discernment"), "low"]
    assert low == pytest.approx(mean - 2 * spread / 5, abs=1e-9)
    assert table.loc[("change", "discernment"), "mean"] == pytest.approx(best - mean, abs=1e-9)
    assert set(table["n"]) == {25}


def _z(share):
    from statistics import NormalDist  # noqa: PLC0415

    return NormalDist().inv_cdf(share)


def test_four_learners_are_too_few_for_a_mean(answers):
    few = answers[answers["learner"].isin([learner_id(n) for n in range(4)])]
    table = class_scores(class_checks(few, DANANG.check_items))
    assert table["mean"].isna().all()
    assert set(table["note"]) == {"fewer than 5 learners: too few to say"}


def test_a_class_that_answered_nothing_gives_empty_tables():
    none = collect_files({}).answers
    said = class_answers(none, DANANG)
    checks = class_checks(none, DANANG.check_items)
    tables = [said, counts(said), splits(said, DANANG), class_questions(said, DANANG)]
    tables += [written_answers(none, DANANG), checks, class_scores(checks)]
    assert [len(table) for table in tables] == [0] * len(tables)
    assert class_label_effect(none, DANANG)["of_shown"].sum() == 0


def test_the_list_of_questions_tells_no_answer_and_no_claim(said):
    table = class_questions(said, DANANG)
    assert list(table.index)[:2] == ["EX1-02", "EX2-02"]
    assert table.loc["strength of a speech act SA01", "title"] == "SA01 in S1"
    words = " ".join(table["title"])
    assert DANANG.speech_acts.loc["SA01", "quote"] not in words


def test_answers_to_a_question_have_the_words_of_the_page(said):
    table = answers_to(said, "strength of a speech act SA01", DANANG)
    assert list(table["words"]) == ["2 weakly", "4 clearly"]
    assert list(table["count"]) == [13, 12]
    assert set(table["thing"]) == {""}
    assert answers_to(said, "no such question", DANANG).empty


def test_every_kind_of_exercise_is_counted_thing_by_thing():
    table = class_answers(
        handed_in(
            answer(0, "EX2-01", "match", {"M4": "masthead", "A1": "statement", "Z9": "x"}),
            answer(0, "EX2-03", "choose-many", ["S1", "S2"]),
            answer(
                0, "EX3-01", "order", ["welcomed", "affirmed", "took note", "agreed to maintain"]
            ),
            answer(0, "EX2-02", "number", "16"),
            answer(0, "kind:F1.3", "sorted", {"kind": "motive", "sure": 70, "label_shown": True}),
            answer(0, "check:F3.2:verdict", "verdict", {"value": "disputed", "sure": 60}),
            answer(0, "check:F3.2:source:E01", "source", "agrees"),
        ),
        DANANG,
    )
    found = dict(zip(table["thing"], table["value"], strict=True))
    assert found["EX2-01 M4"] == "masthead"
    assert "EX2-01 Z9" not in found
    assert [found[f"EX2-03 S{n}"] for n in (1, 2, 3)] == ["yes", "yes", "no"]
    assert found["EX3-01"] == " > ".join(ORDER)
    assert [found[thing] for thing in ("EX2-02", "F1.3", "F3.2")] == ["16", "motive", "disputed"]
    assert len(found) == 2 + 13 + 5 - 1


SHORT = st.text(max_size=6)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | FLOATS | SHORT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHORT, inner, max_size=3),
    max_leaves=6,
)
ITEMS = "EX1-02 EX2-01 EX2-02 EX2-03 EX3-01 EX1-03 PRE-01 strength:SA01 strength:SA01:disagree "
ITEMS += "kind:F1.3 kind:no check:F3.2:verdict engages:F1 :"
KINDS = "choose-one match number choose-many order short-text check sorted judgement verdict level "
KINDS += "disagree new-kind"
ONE = st.tuples(st.sampled_from(ITEMS.split()), st.sampled_from(KINDS.split()), JSON)


# Forty examples with as many answers as two hundred small ones: each takes a quarter of a second.
@settings(max_examples=40, deadline=None)
@given(st.lists(ONE, min_size=1, max_size=6) | st.lists(ONE, min_size=20, max_size=40))
def test_whatever_an_answer_holds_nothing_raises(rows):
    table = pd.DataFrame(
        [
            (f"learner {place // 2}", CASE, item, kind, value, "2026-11-25T08:00:00.000Z")
            for place, (item, kind, value) in enumerate(rows)
        ],
        columns=["learner", "case", "item", "kind", "value", "answered_at"],
    )
    table["attempt"] = table.groupby(["learner", "case", "item"]).cumcount() + 1
    said = class_answers(table, DANANG)
    assert splits(said, DANANG)["n"].between(1, table["learner"].nunique()).all()
    checks = class_checks(table, DANANG.check_items)
    class_scores(checks)
    class_label_effect(table, DANANG)
    questions = class_questions(said, DANANG, written_answers(table, DANANG)["question"])
    for question in questions.index:
        answers_to(said, question, DANANG)


def test_where_a_class_waits():
    rows = [
        ("a", "1", "x", True),
        ("a", "1", "y", True),
        ("b", "1", "x", True),
        ("b", "1", "y", False),
        ("c", "1", "x", False),
        ("c", "1", "y", True),
        ("d", "1", "x", True),
        ("d", "1", "y", False),
    ]
    done = pd.DataFrame(rows, columns=["learner", "lesson", "thing", "done"])
    table = waits_at(done)
    assert list(zip(table["learner"], table["thing"], table["share"], strict=True)) == [
        ("c", "x", 0.75),
        ("b", "y", 0.5),
        ("d", "y", 0.5),
    ]
    assert list(lessons_done(done)["done"]) == [2, 1, 1, 1]
