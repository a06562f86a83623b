"""Scoring: shared cases computed by hand, properties, and every shipped exercise."""

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.analysis.scoring import Exercise, Score, exercise_of, name_of_number, score
from lessons.case.keys import Choice, Order, Pairs, Spans, parse_key

SHARED = Path(__file__).parents[1] / "shared_cases" / "scoring.json"
CASES = json.loads(SHARED.read_text(encoding="utf-8"))["cases"]


def made(kind, key, options=(), **more):
    spans = tuple((start, end) for start, end in more.pop("spans", ()))
    return Exercise(kind, tuple(options), parse_key(kind, key), spans=spans, **more)


def exercise_in(case):
    more = {name: case[name] for name in ("judgement", "text", "spans") if name in case}
    return made(case["kind"], case["key"], case["options"], **more)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases_computed_by_hand(case):
    found = score(exercise_in(case), case["answer"])
    assert found.right == case["right"]
    if case["points"] is None:
        assert found.points is None
    else:
        assert found.points == pytest.approx(float(Fraction(case["points"])))


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["kind"] in ("number", "slider-confidence")]
)
def test_a_number_is_named_as_its_explanation_is(case):
    named = case.get("named", "".join(case["right"]))
    assert name_of_number(exercise_in(case), case["answer"]) == named


def test_the_shared_cases_cover_every_kind_and_are_named_once():
    assert {case["kind"] for case in CASES} == {
        *["choose-one", "choose-many", "order", "match", "number", "mark-span"],
        *["slider-confidence", "short-text"],
    }
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("answer", [None, "", "x", 7, [], {}, ["x"], {"x": "y"}, True])
@pytest.mark.parametrize(
    "exercise",
    [
        made("choose-one", "a", ["a", "b"]),
        made("choose-many", "a;b", ["a", "b", "c"]),
        made("order", "a > b", ["a", "b"]),
        made("match", "a=1;b=2", ["a", "b"]),
        made("number", "124"),
    ],
    ids=lambda exercise: exercise.kind,
)
def test_an_answer_that_is_none_gets_nothing_and_breaks_nothing(exercise, answer):
    assert score(exercise, answer).points == 0


GROUPS = st.lists(st.integers(1, 3), min_size=1, max_size=3).filter(lambda sizes: sum(sizes) <= 6)


def tied(sizes):
    """Make a key with groups of these sizes, of the letters a, b, c ..."""
    letters = iter("abcdef")
    return " > ".join(" = ".join(next(letters) for _ in range(size)) for size in sizes)


@given(GROUPS, st.randoms())
def test_any_order_within_a_tie_is_right(sizes, random):
    exercise = made("order", tied(sizes))
    answer = []
    for group in exercise.key.groups:
        answer += random.sample(group, len(group))
    found = score(exercise, answer)
    assert found.points == 1
    assert all(found.right.values())


@given(GROUPS.filter(lambda sizes: len(sizes) > 1))
def test_only_a_right_order_has_all_points(sizes):
    exercise = made("order", tied(sizes))
    place = {item: number for number, group in enumerate(exercise.key.groups) for item in group}
    for answer in permutations(exercise.key.items):
        numbers = [place[item] for item in answer]
        assert (score(exercise, answer).points == 1) == (numbers == sorted(numbers))


@given(GROUPS.filter(lambda sizes: len(sizes) > 1), st.randoms())
def test_an_order_and_its_reverse_share_the_points(sizes, random):
    exercise = made("order", tied(sizes))
    answer = random.sample(exercise.key.items, len(exercise.key.items))
    both = score(exercise, answer).points + score(exercise, answer[::-1]).points
    assert both == pytest.approx(1)


@given(st.sets(st.sampled_from("abcde")), st.sets(st.sampled_from("abcde"), min_size=1))
def test_many_by_another_way_of_counting(picked, right):
    exercise = made("choose-many", ";".join(sorted(right)), "abcde")
    signs = [1 if option in right else -1 for option in picked]
    points = score(exercise, sorted(picked)).points
    assert points == pytest.approx(max(0, sum(signs)) / len(right))
    assert 0 <= points <= 1


TEXT = "One \U0001f600 two, three four. Five (six) seven\u00a0eight nine-ten"
OFFSETS = st.integers(0, len(TEXT))
MARKS = st.lists(st.tuples(OFFSETS, OFFSETS).map(sorted), max_size=5)


@given(MARKS)
def test_marks_get_points_from_0_to_1_in_any_order_and_cut_anywhere(marks):
    exercise = made("mark-span", "S1:two, three | S1:seven", text=TEXT, spans=[(6, 16), (34, 39)])
    assert TEXT[6:16] == "two, three"
    assert TEXT[34:39] == "seven"
    found = score(exercise, marks)
    assert 0 <= found.points <= 1
    assert score(exercise, marks[::-1]) == found
    cut = [[start, (start + end) // 2] for start, end in marks]
    cut += [[(start + end) // 2, end] for start, end in marks]
    assert score(exercise, cut) == found


@given(st.integers(-1, 1), st.integers(-1, 1))
def test_a_slip_of_one_letter_costs_nothing(first, last):
    exercise = made("mark-span", "S1:three four", text=TEXT, spans=[(11, 21)])
    assert TEXT[11:21] == "three four"
    assert score(exercise, [[11 + first, 21 + last]]).points == 1


def test_more_words_too_many_cost_more():
    exercise = made("mark-span", "S1:three four", text=TEXT, spans=[(11, 21)])
    points = [score(exercise, [[11, end]]).points for end in (21, 27, 39, len(TEXT))]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == 4


# --- the shipped exercises -----------------------------------------------------------------------


def best_answer(exercise):
    """Return the answer that the key itself would give."""
    key = exercise.key
    if isinstance(key, Choice):
        return key.right[0] if exercise.kind == "choose-one" else list(key.right)
    if isinstance(key, Order):
        return list(key.items)
    if isinstance(key, Pairs):
        return {left: rights[0] for left, rights in key.rights.items()}
    if isinstance(key, Spans):
        return [list(span) for span in exercise.spans]
    return getattr(key, "low", "a text")


def test_the_key_itself_has_all_points_and_is_right_throughout(danang):
    without = {"slider-confidence", "short-text"}
    for exercise_id in danang.exercises.index:
        exercise = exercise_of(danang, exercise_id)
        found = score(exercise, best_answer(exercise))
        scored = exercise.kind not in without and not exercise.judgement
        assert found.points == (1 if scored else None), exercise_id
        if exercise.kind not in ("choose-one", "choose-many"):
            assert all(found.right.values()), exercise_id


def test_marked_quotes_are_found_in_the_document(danang):
    exercise = exercise_of(danang, "EX4-07")
    quotes = [danang.text[start:end] for start, end in exercise.spans]
    assert quotes == [quote for _, quote in exercise.key.spans]


def test_what_is_named_right_or_wrong_is_explained(danang):
    """Every name in `right` has its row in exercise_options.csv."""
    explained = danang.exercise_options.groupby("exercise_id")["option"].agg(set)
    for exercise_id in explained.index:
        exercise = exercise_of(danang, exercise_id)
        whole = [[0, len(danang.text)]]
        for answer in (best_answer(exercise), whole if exercise.spans else 0, 100):
            if not (exercise.spans and isinstance(answer, int)):
                assert set(score(exercise, answer).right) <= explained[exercise_id], exercise_id


def test_a_technique_that_our_readers_noted_as_second_is_accepted(danang):
    exercise = exercise_of(danang, "EX5-04")
    answer = best_answer(exercise) | {
        "fascist tyranny": "guilt-by-association",
        "US-supported terrorism": "name-calling",
    }
    assert score(exercise, answer).points == 1


def test_a_judgement_has_no_score(danang):
    assert score(exercise_of(danang, "EX5-06"), ["successful"]) == Score(None)
    assert name_of_number(exercise_of(danang, "EX5-08"), 20) == "below"
