"""The cards of a check: an order without a pattern, and the parts of their text."""

import doctest
from itertools import pairwise

import pandas as pd
import pytest

from lessons.analysis import checks
from lessons.analysis.checks import LONGEST_RUN, parts_of, shuffled
from lessons.case import open_case

ITEMS = open_case("danang-2017").check_items
FORMS = ("pre", "post", "delayed")


def longest(values):
    """The longest run of equal neighbours, counted one by one."""
    best = run = 1
    for before, value in pairwise(values):
        run = run + 1 if value == before else 1
        best = max(best, run)
    return best


def made(sound, voice):
    ids = pd.Index([f"I{number}" for number in range(len(sound))])
    return pd.DataFrame({"sound": list(sound), "voice": list(voice)}, index=ids)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_whole_and_has_no_long_runs(form):
    items = ITEMS[ITEMS["form"] == form]
    order = shuffled(items, form)
    assert len(order) == 16
    assert sorted(order.index) == sorted(items.index)
    assert longest(order["sound"]) <= LONGEST_RUN
    assert longest(order["voice"]) <= LONGEST_RUN
    pd.testing.assert_frame_equal(order.loc[items.index], items)


def test_the_order_is_the_same_for_everybody_whatever_the_table_looks_like():
    expected = ["PRE-11", "PRE-10", "PRE-13", "PRE-03", "PRE-08", "PRE-01", "PRE-06", "PRE-05"]
    expected += ["PRE-16", "PRE-15", "PRE-02", "PRE-14", "PRE-12", "PRE-07", "PRE-09", "PRE-04"]
    assert list(shuffled(ITEMS[ITEMS["form"] == "pre"], "pre").index) == expected


def test_the_forms_have_different_orders():
    orders = set()
    for form in FORMS:
        order = shuffled(ITEMS[ITEMS["form"] == form], form)
        orders.add(tuple(order["blueprint"]))
    assert len(orders) == len(FORMS)


@pytest.mark.parametrize("seed", [str(number) for number in range(200)])
def test_whatever_the_seed_there_are_no_long_runs(seed):
    items = made("yn" * 8, "ooccccoo" * 2)
    order = shuffled(items, seed)
    assert sorted(order.index) == sorted(items.index)
    assert max(longest(order["sound"]), longest(order["voice"])) <= LONGEST_RUN


def test_the_items_are_left_as_they_are():
    items = made("yyyynnnn", "ococococ")
    before = items.copy()
    shuffled(items, "a")
    pd.testing.assert_frame_equal(items, before)


def test_no_items_have_an_order_and_items_of_one_kind_have_none(monkeypatch):
    assert len(shuffled(made("", ""), "a")) == 0
    monkeypatch.setattr(checks, "DRAWS", 50)
    with pytest.raises(ValueError, match="no order of the 4 items has at most 3 of a kind"):
        shuffled(made("yyyy", "ococ"), "a")


def test_the_parts_of_every_text_of_the_course():
    for text in ITEMS["text"]:
        before, judged, after = parts_of(text)
        assert f"{before}[judge: {judged}]{after}" == text
        assert judged.strip()
        assert "[judge" not in before + judged + after


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[judge: A.]", ("", "A.", "")),
        ("B [judge:A (so).] C ", ("B ", "A (so).", " C ")),
        ("B\n[judge: two\nlines ]", ("B\n", "two\nlines", "")),
    ],
)
def test_parts(text, parts):
    assert parts_of(text) == parts


@pytest.mark.parametrize("text", ["", "None.", "[judge: A.] [judge: B.]", "[judge: A."])
def test_a_text_without_one_sentence_to_judge(text):
    with pytest.raises(ValueError, match=r"marks \[judge: \.\.\.\], expected one"):
        parts_of(text)


def test_the_examples_in_the_docstrings():
    tried = doctest.testmod(checks)
    assert tried.attempted > 0
    assert tried.failed == 0
