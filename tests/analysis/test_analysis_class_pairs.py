"""Who differs from whom: against the plain sum over all pairs; partners are chosen once each."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.analysis.class_pairs import MOST, pairs, partners

QUESTION = "kind of claim"
COLUMNS = ["question", "thing", "learner", "value"]


def said(answers):
    """A table of answers from {learner: "aab-"}, a letter a thing, "-" for none."""
    rows = [
        (QUESTION, f"T{place}", learner, value)
        for learner, values in answers.items()
        for place, value in enumerate(values)
        if value != "-"
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def by_hand(answers):
    found = {}
    for one, other in combinations(sorted(answers), 2):
        both = [p for p in zip(answers[one], answers[other], strict=True) if "-" not in p]
        if len(both) >= 5:
            found[one, other] = (len(both), sum(a != b for a, b in both) / len(both))
    return found


def as_dict(table):
    return {(row.learner, row.other): (row.n, row.differ) for row in table.itertuples()}


def test_of_three_learners():
    table = pairs(said({"ann": "aaaaa", "ben": "aaabb", "cem": "bbbbb"}))
    assert table.to_numpy().tolist() == [
        ["ann", "cem", 5, 1.0],
        ["ben", "cem", 5, 0.6],
        ["ann", "ben", 5, 0.4],
    ]
    assert as_dict(partners(table)) == {("ann", "cem"): (5, 1.0)}


@settings(deadline=None)
@given(
    st.integers(0, 9).flatmap(
        lambda n: st.dictionaries(
            st.sampled_from("abcdefgh"), st.text("abc-", min_size=n, max_size=n), max_size=8
        )
    )
)
def test_any_class(answers):
    table = pairs(said(answers))
    expected = by_hand(answers)
    assert as_dict(table).keys() == expected.keys()
    for pair, (n, differ) in as_dict(table).items():
        assert n == expected[pair][0]
        assert differ == pytest.approx(expected[pair][1], abs=1e-9)
    assert list(table["differ"]) == sorted(table["differ"], reverse=True)
    chosen = partners(table)
    who = [*chosen["learner"], *chosen["other"]]
    assert len(who) == len(set(who))
    assert (chosen["differ"] > 0).all()
    # Nobody is left who could still be paired.
    rest = table[~table["learner"].isin(who) & ~table["other"].isin(who)]
    assert (rest["differ"] == 0).all()


def test_nobody_alone_and_nobody_at_all_make_no_pair():
    assert pairs(said({"ann": "aaaaa"})).empty
    assert pairs(said({})).empty
    assert partners(pairs(said({}))).empty


def test_of_more_than_a_class_no_pairs_are_made():
    many = {f"l{number:03d}": "aaaab" for number in range(MOST + 1)}
    assert pairs(said(many)).empty
    many.pop("l000")
    assert len(pairs(said(many))) == MOST * (MOST - 1) / 2
