"""Answers beside readings, and the figures of the quote check."""

import pandas as pd
import pytest

from lessons import open_case
from lessons.analysis.judgements import beside, readings_of, same_as_yours
from lessons.analysis.quotation import compared_sentence, variant_kinds, words_quoted

CASE = open_case("danang-2017")


def test_every_reading_is_there_once():
    rows = readings_of(CASE.speech_act_readings, "row_id", "strength")
    assert len(rows) == len(CASE.speech_act_readings)
    assert set(rows["who"]) == {"Reader A", "Reader B"}
    first = rows[(rows["item"] == "SA01")].set_index("who")["value"]
    assert first.to_dict() == {"Reader A": "3", "Reader B": "4"}


def test_only_what_was_answered_is_put_beside():
    rows = readings_of(CASE.replies, "commentary_id", "engages")
    assert beside({}, rows).empty
    table = beside({"F1": "directly", "F2": "partly"}, rows)
    assert set(table["item"]) == {"F1", "F2"}
    assert list(table["who"])[:2] == ["You", "You"]
    counts = same_as_yours(table)
    # F1: A says asserts-opposite, B says directly; F2: both say changes-subject.
    assert counts.loc["Reader A"].to_dict() == {"same": 0, "of": 2}
    assert counts.loc["Reader B"].to_dict() == {"same": 1, "of": 2}


def test_words_of_the_quotation_are_those_without_labels():
    said = [CASE.quote(passage) for passage in CASE.voice("statement").index]
    assert words_quoted(CASE.passages) == sum(
        len(text.removeprefix("JS:").split()) for text in said
    )
    assert words_quoted(CASE.passages) == 441


def test_the_sentence_about_the_check_says_no_more_than_is_recorded():
    assert compared_sentence(CASE.provenance["compared"], CASE.passages) == (
        "229 of the 441 words of the quotation (52 %) were compared with published texts by a "
        "program, and no word differed. S10, S12 and S13 were not compared word by word."
    )
    one = compared_sentence({"words": 10, "changed": 1, "not_compared": ["S2"]}, CASE.passages)
    assert "1 word differed. S2 was not compared" in one
    whole = compared_sentence({"words": 441, "changed": 2, "not_compared": []}, CASE.passages)
    assert whole.endswith(
        "(100 %) were compared with published texts by a program, and 2 words differed."
    )
    assert compared_sentence(None, CASE.passages).startswith("Nothing is recorded")


def test_kinds_of_differences_are_counted_most_first():
    table = variant_kinds(CASE.variants)
    assert table["variants"].sum() == len(CASE.variants) == 25
    assert list(table["variants"]) == sorted(table["variants"], reverse=True)
    for row in table.itertuples():
        assert row.variants == (CASE.variants["kind"] == row.kind).sum()
    assert variant_kinds(CASE.variants.iloc[:0]).empty


@pytest.mark.parametrize("count", [0, 3])
def test_a_table_of_readings_may_be_short(count):
    rows = readings_of(CASE.replies.iloc[:count], "commentary_id", "engages")
    assert len(rows) == count
    assert isinstance(rows, pd.DataFrame)
