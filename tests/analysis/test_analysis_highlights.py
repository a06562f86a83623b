"""What lies on the text: every span of every table, with the word that its tag says."""

import pytest

from lessons import open_case
from lessons.analysis.highlights import LAYERS, highlights

CASE = open_case("danang-2017")


def test_every_span_of_the_tables_is_there_and_nothing_else():
    table = highlights(CASE, LAYERS)
    tables = {
        "dates": CASE.date_mentions,
        "loaded words": CASE.loaded_words,
        "techniques": CASE.spans,
        "actors": CASE.actors,
    }
    for layer, rows in tables.items():
        found = table[table["layer"] == layer]
        assert set(zip(found["start"], found["end"], strict=True)) == set(
            zip(rows["start"], rows["end"], strict=True)
        )
        quotes = {(row.start, row.end): row.quote for row in rows.itertuples()}
        for span in found.itertuples():
            assert CASE.text[span.start : span.end] == quotes[span.start, span.end]


def test_readers_that_mark_the_same_are_one_span_with_both_names():
    table = highlights(CASE, ["loaded words"])
    both = set(map(tuple, CASE.loaded_words.query("reader == 'A'")[["start", "end"]].to_numpy()))
    both &= set(map(tuple, CASE.loaded_words.query("reader == 'B'")[["start", "end"]].to_numpy()))
    found = table[table["by"] == "A, B"]
    assert set(map(tuple, found[["start", "end"]].to_numpy())) == both
    assert not table.duplicated(["start", "end"]).any()


def test_the_words_of_the_tags():
    table = highlights(CASE, LAYERS)
    assert set(table.loc[table["layer"] == "dates", "word"]) == {"date"}
    assert set(table.loc[table["layer"] == "actors", "word"]) == set(CASE.actors["actor"])
    techniques = set(table.loc[table["layer"] == "techniques", "word"])
    assert "Appeal to Hypocrisy" in techniques
    assert not [word for word in techniques if "[" in word]


def test_in_the_order_of_the_text_and_only_what_was_asked_for():
    table = highlights(CASE, ["actors", "dates"])
    assert set(table["layer"]) == {"actors", "dates"}
    assert list(table["start"]) == sorted(table["start"])
    assert highlights(CASE, []).empty


def test_an_unknown_layer_is_named_with_those_that_there_are():
    with pytest.raises(ValueError, match="There is no layer 'lies': expected one of dates, loaded"):
        highlights(CASE, ["lies"])
