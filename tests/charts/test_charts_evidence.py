"""The evidence grid: ids only, marks and words, the same for both voices."""

import json

import pytest

from lessons import charts, open_case

CASE = open_case("danang-2017")
FEW = ["F3.2", "S9.1", "F9.2"]


def test_a_mark_for_each_source_and_claim():
    drawn = charts.evidence_grid(CASE, FEW)
    table = drawn.data
    assert list(table.columns) == ["source", "publisher", "kind", "stake", "claim", "side"]
    assert len(table) == table["source"].nunique() * 3
    assert set(table["side"]) == {"for", "against", "both", "silent"}
    assert drawn.title.text == "3 of 3 claims with sources on both sides"
    assert drawn.description == (
        "3 claims and 11 sources of 6 kinds: a source speaks for a claim 4 times, against one "
        "6 times, both for and against one 1 time, and is silent 22 times."
    )


def test_sources_of_one_kind_stand_under_its_name():
    spec = charts.evidence_grid(CASE, FEW).to_dict()
    domain = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    kinds = CASE.sources["publisher_kind"]
    under = None
    seen = []
    for name in domain:
        if name.startswith("kind: "):
            under = None
        else:
            under = under or kinds[name]
            assert kinds[name] == under
            seen.append(name)
    assert len(seen) == 11
    assert len(domain) - len(seen) == 6


def test_a_side_is_a_shape_and_a_word_and_no_colour_of_a_voice():
    spec = charts.evidence_grid(CASE, FEW).to_dict()
    marks, words = spec["layer"]
    shapes = marks["encoding"]["shape"]["scale"]
    assert len(set(shapes["range"])) == len(shapes["domain"]) == 4
    assert words["encoding"]["text"]["field"] == "side"
    assert "commentary" not in json.dumps(spec["layer"])
    assert "statement" not in json.dumps(spec["layer"])


def test_no_words_of_a_claim_are_in_it():
    whole = json.dumps(charts.evidence_grid(CASE, FEW).to_dict(), ensure_ascii=False)
    for claim in CASE.claims.index:
        for column in ("quote", "neutral", "first_question"):
            text = CASE.claims.loc[claim, column]
            assert " " not in text or json.dumps(text, ensure_ascii=False)[1:-1] not in whole


def test_with_all_claims_a_row_is_a_kind_and_silence_is_empty():
    drawn = charts.evidence_grid(CASE)
    assert list(drawn.data.columns) == ["kind", "claim", "side", "sources"]
    assert "silent" not in set(drawn.data["side"])
    spec = drawn.to_dict()
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == list(CASE.claims.index)
    assert len(spec["layer"]) == 1
    assert drawn.description.startswith("77 claims and 93 sources of 11 kinds")


def test_what_is_not_there_and_what_has_no_source():
    with pytest.raises(ValueError, match="no claim 'X'"):
        charts.evidence_grid(CASE, ["X"])
    drawn = charts.evidence_grid(CASE, ["F1.1"])
    assert len(drawn.data) == 0
    assert drawn.description == "No source is listed for these claims: 0 marks."
