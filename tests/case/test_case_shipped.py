"""The case of the course: what it holds is what the dossier says, and nobody can change it."""

import hashlib
from dataclasses import FrozenInstanceError, astuple

import pandas as pd
import pytest

from lessons.case import Case, CaseError, check, open_case
from lessons.document import between, find_passages, find_quotations

# The dossier's table: passage_id, order, voice, label (- is none), start, end, words.
PASSAGES = """
M1   1 masthead   -       0   42  6
M2   2 masthead   -      44   70  4
M3   3 masthead   -      72  114  6
M4   4 masthead   -     116  162  9
A1   5 commentary -     164  351 27
S1   6 statement  JS    353  522 26
F1   7 commentary Fact  524  634 18
S2   8 statement  JS    636  865 29
F2   9 commentary Fact  868 1065 28
S3  10 statement  JS   1067 1398 51
F3  11 commentary Fact 1400 1591 28
S4  12 statement  JS   1593 1815 36
S5  13 statement  -    1818 1972 24
S6  14 statement  -    1975 2290 44
S7  15 statement  -    2293 2589 41
F4  16 commentary Fact 2591 2712 14
F5  17 commentary Fact 2715 2827 18
F6  18 commentary Fact 2829 2963 19
F7  19 commentary Fact 2965 3155 29
F8  20 commentary Fact 3157 3398 35
F9  21 commentary Fact 3400 3518 17
F10 22 commentary Fact 3520 3740 36
F11 23 commentary Fact 3742 3906 25
F12 24 commentary Fact 3908 4040 23
F13 25 commentary Fact 4042 4359 46
S8  26 statement  JS   4361 4655 41
S9  27 statement  -    4658 4811 26
S10 28 statement  -    4814 5028 32
S11 29 statement  -    5031 5240 31
S12 30 statement  -    5243 5467 32
S13 31 statement  -    5469 5678 33
F14 32 commentary Fact 5680 6000 39
F15 33 commentary Fact 6002 6044  7
F16 34 commentary Fact 6046 6157 17
A2  35 commentary -    6159 6321 27
E1  36 end-matter -    6323 6382 11
E2  37 end-matter -    6384 6503 21
E3  38 end-matter -    6505 6536  6
E4  39 end-matter -    6539 6605 11
E5  40 end-matter -    6607 6621  3
"""

TABLES = {
    "date_mentions": ("mention_id", 14),
    "claims": ("claim_id", 77),
    "claim_readings": ("reading_id", 154),
    "sources": ("source_id", 208),
    "replies": ("reply_id", 34),
    "events": ("event_id", 30),
    "variants": ("variant_id", 25),
    "spans": ("span_id", 152),
    "loaded_words": ("loaded_id", 211),
    "actors": ("row_id", 109),
    "actor_readings": ("reading_id", 218),
    "speech_acts": ("row_id", 17),
    "speech_act_readings": ("reading_id", 34),
    "glossary": ("term", 39),
    "exercises": ("exercise_id", 56),
    "exercise_options": ("option_id", 195),
    "exercise_samples": ("sample_id", 60),
    "accounts": ("cell_id", 12),
    "guesses": ("guess_id", 7),
    "rewrite_cues": ("cue_id", 18),
    "rewrite_phrases": ("phrase_id", 8),
    "source_profile": ("profile_id", 17),
    "techniques": ("technique_id", 26),
    "technique_examples": ("technique_id", 26),
    "scales": ("step_id", 29),
    "check_items": ("item_id", 48),
}


def literal_passages():
    for line in PASSAGES.split("\n")[1:-1]:
        name, order, voice, label, start, end, words = line.split()
        voice, label = voice.replace("-", " "), label.strip("-")
        yield name, int(order), voice, label, int(start), int(end), int(words)


@pytest.fixture(scope="module")
def danang():
    return open_case("danang-2017")


def test_the_case_passes_its_check(danang):
    assert check(danang.folder) == []


def test_the_document_is_the_article_byte_for_byte(danang):
    data = (danang.folder / "document.txt").read_bytes()
    known = "2b26b62ef0a43e79e4547ddf20013b989ce17da2ce1bdf884a0e194bf64bccd3"
    assert hashlib.sha256(data).hexdigest() == known == danang.provenance["sha256"]
    assert danang.text.encode() == data
    assert (len(danang.text), len(data)) == (6621, 6630)


def test_passages_are_the_dossiers_forty_rows(danang):
    columns = ["order", "voice", "label", "start", "end", "words"]
    rows = list(danang.passages[columns].itertuples(name=None))
    assert rows == list(literal_passages())
    assert len(rows) == 40


def test_passages_are_what_the_marks_of_the_voices_find(danang):
    found = find_passages(danang.text, danang.marks)
    assert [astuple(passage) for passage in found] == list(literal_passages())
    assert not "".join(between(danang.text, found)).strip()


def test_thirteen_statement_passages_and_sixteen_facts(danang):
    assert len(danang.voice("statement")) == 13
    assert (danang.voice("statement")["label"] == "JS").sum() == 5
    assert (danang.passages["label"] == "Fact").sum() == 16
    assert (danang.passages.loc[danang.passages["label"] == "Fact", "voice"] == "commentary").all()


def test_seven_dates_are_printed_and_danangs_is_not_among_them(danang):
    printed = danang.date_mentions.query("kind == 'printed'")
    assert len(danang.date_mentions) == 14
    assert len(printed) == 7
    assert "2017-11-11" not in set(printed["edtf"])
    assert list(danang.date_mentions.query("quote == 'today'").index) == ["D01", "D12"]


def test_no_note_of_a_date_gives_a_verdict_away(danang):
    assert danang.date_mentions.loc["D08", "note"] == "only the month is printed"
    assert not danang.date_mentions["note"].str.contains("disputed|claim|contradict").any()


def test_who_benefits_is_left_out_and_verdicts_stand_with_a_reader(danang):
    assert list(danang.claims.columns) == [
        "passage_id",
        "start",
        "end",
        "quote",
        "neutral",
        "evidence_for",
        "evidence_against",
        "first_question",
    ]
    assert (danang.claim_readings.groupby("claim_id")["reader"].apply("".join) == "AB").all()


def test_the_resolution_is_heard_inside_f7(danang):
    assert danang.voices.loc["resolution", "quoted_in"] == ["F7"]
    start, end = danang.passages.loc["F7", ["start", "end"]]
    words = [danang.text[s.start : s.end] for s in find_quotations(danang.text, start, end)]
    assert [text.strip(".") for text in words] == [
        "immediately cease any attacks against civilians"
    ]


def test_every_voice_has_its_own_word_and_symbol(danang):
    assert list(danang.voices.columns) == ["name", "word", "symbol", "label", "prefix", "quoted_in"]
    assert danang.voices["symbol"].to_dict() == {
        "masthead": "\u25c7",
        "commentary": "\u25b2",
        "statement": "\u25a0",
        "end matter": "\u25cb",
        "resolution": "\u25c6",
    }
    assert danang.voices["word"].is_unique


@pytest.mark.parametrize(("name", "index_and_rows"), TABLES.items())
def test_every_table_is_indexed_by_its_id(danang, name, index_and_rows):
    table = getattr(danang, name)
    assert (table.index.name, len(table)) == index_and_rows
    assert table.index.is_unique


@pytest.mark.parametrize("name", [*TABLES, "voices", "passages"])
def test_a_table_is_a_copy_that_cannot_change_the_case(danang, name):
    kept, spoiled = getattr(danang, name), getattr(danang, name)
    for column in spoiled.columns:
        if isinstance(spoiled[column].iloc[0], list):
            spoiled[column].iloc[0].append("spoiled")
    del spoiled[spoiled.columns[0]]
    pd.testing.assert_frame_equal(getattr(danang, name), kept)


def test_the_case_itself_cannot_be_changed(danang):
    with pytest.raises(FrozenInstanceError):
        danang.text = "another"
    danang.provenance["not_known"].append("spoiled")
    danang.provenance["origin"] = "spoiled"
    assert "spoiled" not in str(danang.provenance)


def test_cells_with_several_values_are_lists(danang):
    replies = danang.replies["statement_ids"]
    assert replies.loc["F4-A"] == ["S4", "S5", "S6", "S7"]
    assert danang.date_mentions.loc["D02", "events"] == []
    assert danang.date_mentions.loc["D02", "edtf"] == ""
    assert danang.exercises.loc["EX7-01", "target"] == list(danang.passages.index)


def test_numbers_are_numbers(danang):
    assert danang.passages["start"].dtype == "int64"
    assert danang.events["lat"].dtype == "Float64"
    assert danang.events.loc["hamburg-2017", "lat"] == pytest.approx(53.5511)


@pytest.mark.parametrize(
    "name", ["date_mentions", "claims", "spans", "loaded_words", "actors", "speech_acts"]
)
def test_every_quote_stands_where_its_offsets_say(danang, name):
    table = getattr(danang, name)
    spans = zip(table["start"], table["end"], table["quote"], strict=True)
    assert all(danang.text[start:end] == quote for start, end, quote in spans)


def test_lessons_are_numbered_like_the_notebooks(danang):
    lessons = danang.exercises["lesson"]
    assert sorted(set(lessons)) == [f"{number:02d}" for number in range(9)]
    assert (lessons.astype(int) + 1 == lessons.index.str[2].astype(int)).all()


def test_keys_of_exercises_fit_their_options(danang):
    for row in danang.exercises.itertuples():
        if row.kind == "choose-one":
            assert row.key in row.options, row.Index
        if row.kind == "choose-many":
            assert set(row.key.split(";")) <= set(row.options), row.Index
        if row.kind == "order":
            assert sorted(row.key.split(" > ")) == sorted(row.options), row.Index
        if row.kind == "match":
            assert [pair.partition("=")[0] for pair in row.key.split(";")] == row.options, row.Index


def test_marked_spans_of_exercises_stand_in_their_passages(danang):
    keys = danang.exercises.query("kind == 'mark-span'")["key"]
    for span in " | ".join(keys).split(" | "):
        passage, _, words = span.partition(":")
        assert words in danang.quote(passage), span


def test_check_items_are_balanced_within_each_voice(danang):
    counts = danang.check_items.groupby(["form", "voice", "sound"]).size()
    assert set(counts) == {4}


def test_quote_gives_a_passage_with_its_label(danang):
    assert danang.quote("F15") == "Fact: Washington opposes all of the above."
    assert danang.passages.loc["F15", "text"] == danang.quote("F15")


def test_asking_for_what_is_not_there_says_what_is(danang):
    with pytest.raises(ValueError, match="Found no passage 'F99', expected one of M1, M2"):
        danang.quote("F99")
    with pytest.raises(ValueError, match="Found no voice 'statment', expected one of masthead"):
        danang.voice("statment")


def test_a_case_says_what_it_is(danang):
    assert isinstance(danang, Case)
    assert repr(danang) == (
        "Case danang-2017: 'Joint Putin/Trump Statement at APEC Summit', 6,621 characters, "
        "40 passages"
    )
    assert danang.language == "en"


def test_the_content_note_and_the_limits_are_said(danang):
    assert "war in Syria" in danang.content_note
    assert "argues for one side" in danang.content_note
    assert "No human coder" in danang.provenance["readings"]
    assert "copyright of a third party" in danang.provenance["rights"]
    assert set(danang.provenance["sources"]) <= set(danang.sources.index)


def test_a_folder_is_opened_like_a_name(danang, copy):
    own = open_case(copy.folder)
    assert own.text == danang.text
    assert own.folder == copy.folder.resolve()


def test_a_case_with_faults_is_not_opened(copy):
    rows = copy.rows("sources")
    rows[3]["stake"] = rows[7]["stake"] = ""
    with copy.replaced("sources.csv", copy.csv(rows)), pytest.raises(CaseError) as caught:
        open_case(copy.folder)
    assert str(caught.value).splitlines() == [
        "sources.csv, row 5, column stake: found an empty cell, expected a value.",
        "sources.csv, row 9, column stake: found an empty cell, expected a value.",
    ]
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize("name", ["no-such-case", "", "no/such/folder", __file__])
def test_no_case_is_refused_with_the_names_of_those_there_are(name):
    with pytest.raises(
        CaseError, match=r"found (no such folder|neither case.toml nor).*danang-2017"
    ):
        open_case(name)
