"""Which side a source was put on: by hand, and on the shipped claims."""

import pandas as pd
import pytest

from lessons import open_case
from lessons.analysis.evidence import (
    KINDS_OF_PUBLISHERS,
    claims_with_both_sides,
    evidence_table,
    said_to_be_right,
    shuffled_sources,
    sides_by_kind,
    sides_of,
    told_of_checking,
)

CASE = open_case("danang-2017")
CLAIMS = pd.DataFrame(
    {
        "evidence_for": [["a", "b"], [], ["c"]],
        "evidence_against": [["b", "c"], [], []],
    },
    index=["X1", "X2", "X3"],
)
SOURCES = pd.DataFrame(
    {
        "publisher": ["Zeitung", "Agency", "Bureau", "Unused"],
        "publisher_kind": ["newspaper", "un", "newspaper", "un"],
        "stake": ["s", "t", "u", "v"],
    },
    index=["a", "b", "c", "d"],
)


def row(claim):
    return CLAIMS.loc[claim].to_dict()


def test_sides_of_a_claim():
    assert sides_of(row("X1")) == {"a": "for", "b": "both", "c": "against"}
    assert sides_of(row("X2")) == {}


def test_the_shuffle_keeps_all_and_is_the_same_for_everybody():
    assert sorted(shuffled_sources("X1", row("X1"))) == ["a", "b", "c"]
    assert shuffled_sources("X1", row("X1")) == shuffled_sources("X1", row("X1"))
    turned = {"evidence_for": row("X1")["evidence_against"], "evidence_against": ["a", "b"]}
    assert shuffled_sources("X1", turned) == shuffled_sources("X1", row("X1"))


def test_the_table_has_a_row_for_each_source_and_claim():
    table = evidence_table(CLAIMS, SOURCES)
    assert list(table.columns) == ["source", "publisher", "kind", "stake", "claim", "side"]
    # By the kinds of publishers, then by name; a source that nobody uses is left out.
    assert list(dict.fromkeys(table["source"])) == ["b", "c", "a"]
    sides = table.pivot_table(index="source", columns="claim", values="side", aggfunc="first")
    assert sides.loc["a"].tolist() == ["for", "silent", "silent"]
    assert sides.loc["b"].tolist() == ["both", "silent", "silent"]
    assert sides.loc["c"].tolist() == ["against", "silent", "for"]
    assert claims_with_both_sides(table) == ["X1"]


def test_named_claims_and_their_sources_only():
    table = evidence_table(CLAIMS, SOURCES, ["X3", "X2", "X3"])
    assert table[["source", "claim", "side"]].to_numpy().tolist() == [
        ["c", "X3", "for"],
        ["c", "X2", "silent"],
    ]
    assert evidence_table(CLAIMS, SOURCES, ["X2"]).empty
    with pytest.raises(ValueError, match="no claim 'Y'; try 'X1'"):
        evidence_table(CLAIMS, SOURCES, ["Y"])


def test_kinds_put_their_sources_together():
    table = sides_by_kind(evidence_table(CLAIMS, SOURCES)).set_index(["kind", "claim"])
    assert table.loc[("newspaper", "X1")].tolist() == ["both", 2]  # one for, one against
    assert table.loc[("newspaper", "X3")].tolist() == ["for", 1]
    assert table.loc[("United Nations", "X2")].tolist() == ["silent", 0]
    assert len(table) == 6


def test_all_kinds_of_the_shipped_sources_have_a_word():
    assert set(CASE.sources["publisher_kind"]) <= set(KINDS_OF_PUBLISHERS)
    table = evidence_table(CASE.claims, CASE.sources)
    for side, column in (("for", "evidence_for"), ("against", "evidence_against")):
        listed = sum(len(sources) for sources in CASE.claims[column])
        assert listed == table["side"].isin([side, "both"]).sum()


def test_what_a_reading_calls_right():
    readings = pd.DataFrame(
        {
            "reader": ["A", "B", "A", "B"],
            "why": [
                "Not so. Right: one part, though.",
                "The number is right: it is 7.",
                "Wrong. Right in part: money was paid.",
                "Proved right",
            ],
        }
    )
    assert said_to_be_right(readings) == [
        {"who": "Reader A", "what": "One part, though."},
        {"who": "Reader A", "what": "Money was paid."},
    ]
    assert len(said_to_be_right(CASE.claim_readings)) == 18


@pytest.mark.parametrize(
    ("count", "opened", "said"),
    [
        (0, [], "There was no source to open: your verdict rests on the claim alone."),
        (1, ["1"], "You opened all 1 source before your verdict."),
        (3, ["1", "2", "3"], "You opened 2 of the 3 sources before your verdict."),
        (2, ["1", "2"], "You opened all 2 sources before your verdict."),
    ],
)
def test_what_is_said_of_what_was_opened(count, opened, said):
    assert told_of_checking(count, opened, "2") == said


def test_who_opened_nothing_is_told_so_without_blame():
    said = told_of_checking(4, ["3"], "2")
    assert said.startswith("You opened none of the 4 sources before your verdict")
    assert said.endswith("You can still open them now.")
