"""The article itself: its 40 passages, its third voice, its quoted sentences."""

import csv
import hashlib
import tomllib
from pathlib import Path

import pytest

from lessons.document import (
    Marks,
    between,
    find_passages,
    find_quotations,
    find_quoted_sentences,
    find_quoted_voices,
    find_sentences,
    without_label,
)

DANANG = Path(__file__).parents[2] / "data" / "danang-2017"

# passage_id, order, voice, label, start, end, words
PASSAGES = [
    ("M1", 1, "masthead", "", 0, 42, 6),
    ("M2", 2, "masthead", "", 44, 70, 4),
    ("M3", 3, "masthead", "", 72, 114, 6),
    ("M4", 4, "masthead", "", 116, 162, 9),
    ("A1", 5, "commentary", "", 164, 351, 27),
    ("S1", 6, "statement", "JS", 353, 522, 26),
    ("F1", 7, "commentary", "Fact", 524, 634, 18),
    ("S2", 8, "statement", "JS", 636, 865, 29),
    ("F2", 9, "commentary", "Fact", 868, 1065, 28),
    ("S3", 10, "statement", "JS", 1067, 1398, 51),
    ("F3", 11, "commentary", "Fact", 1400, 1591, 28),
    ("S4", 12, "statement", "JS", 1593, 1815, 36),
    ("S5", 13, "statement", "", 1818, 1972, 24),
    ("S6", 14, "statement", "", 1975, 2290, 44),
    ("S7", 15, "statement", "", 2293, 2589, 41),
    ("F4", 16, "commentary", "Fact", 2591, 2712, 14),
    ("F5", 17, "commentary", "Fact", 2715, 2827, 18),
    ("F6", 18, "commentary", "Fact", 2829, 2963, 19),
    ("F7", 19, "commentary", "Fact", 2965, 3155, 29),
    ("F8", 20, "commentary", "Fact", 3157, 3398, 35),
    ("F9", 21, "commentary", "Fact", 3400, 3518, 17),
    ("F10", 22, "commentary", "Fact", 3520, 3740, 36),
    ("F11", 23, "commentary", "Fact", 3742, 3906, 25),
    ("F12", 24, "commentary", "Fact", 3908, 4040, 23),
    ("F13", 25, "commentary", "Fact", 4042, 4359, 46),
    ("S8", 26, "statement", "JS", 4361, 4655, 41),
    ("S9", 27, "statement", "", 4658, 4811, 26),
    ("S10", 28, "statement", "", 4814, 5028, 32),
    ("S11", 29, "statement", "", 5031, 5240, 31),
    ("S12", 30, "statement", "", 5243, 5467, 32),
    ("S13", 31, "statement", "", 5469, 5678, 33),
    ("F14", 32, "commentary", "Fact", 5680, 6000, 39),
    ("F15", 33, "commentary", "Fact", 6002, 6044, 7),
    ("F16", 34, "commentary", "Fact", 6046, 6157, 17),
    ("A2", 35, "commentary", "", 6159, 6321, 27),
    ("E1", 36, "end matter", "", 6323, 6382, 11),
    ("E2", 37, "end matter", "", 6384, 6503, 21),
    ("E3", 38, "end matter", "", 6505, 6536, 6),
    ("E4", 39, "end matter", "", 6539, 6605, 11),
    ("E5", 40, "end matter", "", 6607, 6621, 3),
]

# Where the 15 sentences of the statement stand, and which rows of speech_acts each one holds:
# in S7 and S13 one sentence does two things.
SENTENCES = [
    ("S1", 358, 521, ["SA01"]),
    ("S2", 641, 864, ["SA02"]),
    ("S3", 1072, 1306, ["SA03"]),
    ("S3", 1307, 1397, ["SA04"]),
    ("S4", 1598, 1680, ["SA05"]),
    ("S4", 1681, 1814, ["SA06"]),
    ("S5", 1819, 1971, ["SA07"]),
    ("S6", 1976, 2289, ["SA08"]),
    ("S7", 2294, 2588, ["SA09", "SA10"]),
    ("S8", 4366, 4654, ["SA11"]),
    ("S9", 4659, 4810, ["SA12"]),
    ("S10", 4815, 5027, ["SA13"]),
    ("S11", 5032, 5239, ["SA14"]),
    ("S12", 5244, 5466, ["SA15"]),
    ("S13", 5470, 5677, ["SA16", "SA17"]),
]


@pytest.fixture(scope="module")
def passages(article, marks):
    return find_passages(article, marks)


def test_the_article_is_as_supplied(article):
    assert len(article) == 6621
    assert len(article.encode("utf-8")) == 6630
    digest = hashlib.sha256(article.encode("utf-8")).hexdigest()
    assert digest == "2b26b62ef0a43e79e4547ddf20013b989ce17da2ce1bdf884a0e194bf64bccd3"


def test_the_rules_find_the_40_passages(passages):
    found = [(p.passage_id, p.order, p.voice, p.label, p.start, p.end, p.words) for p in passages]
    assert found == PASSAGES


def test_the_case_itself_says_the_same_of_its_voices(marks):
    settings = tomllib.loads((DANANG / "case.toml").read_text(encoding="utf-8"))
    found = Marks.from_dicts(settings["voices"])
    assert {voice.voice: voice for voice in found.voices} == {v.voice: v for v in marks.voices}


def test_the_table_of_the_case_holds_the_same_40_passages():
    with (DANANG / "passages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = ("start", "end", "words")
    found = [
        (r["passage_id"], int(r["order"]), r["voice"], r["label"], *(int(r[n]) for n in numbers))
        for r in rows
    ]
    assert found == PASSAGES


def test_13_of_the_statement_5_of_them_labelled_446_words_and_16_facts(passages):
    statement = [p for p in passages if p.voice == "statement"]
    assert len(statement) == 13
    assert [p.passage_id for p in statement if p.label] == ["S1", "S2", "S3", "S4", "S8"]
    assert sum(p.words for p in statement) == 446
    assert sum(p.label == "Fact" for p in passages) == 16


def test_passages_and_what_lies_between_give_the_file_back(article, passages):
    pieces = between(article, passages)
    texts = [article[p.start : p.end] for p in passages]
    together = "".join(a + b for a, b in zip(pieces, [*texts, ""], strict=True))
    assert together.encode("utf-8") == (DANANG / "document.txt").read_bytes()
    assert "".join(pieces).strip() == ""
    assert "".join(pieces).count("\u00a0") == 9


def test_f7_quotes_a_third_voice(article, passages, marks):
    (span,) = find_quoted_voices(article, passages, marks)
    assert (span.voice, span.passage_id) == ("resolution", "F7")
    assert article[span.start : span.end] == "immediately cease any attacks against civilians."


def test_only_f7_and_e2_quote_anything_outside_the_statement(article, passages):
    quoting = [
        p.passage_id
        for p in passages
        if p.voice != "statement" and find_quotations(article, p.start, p.end)
    ]
    assert quoting == ["F7", "E2"]


def test_quoted_sentences_of_the_statement(article, passages):
    found = [
        (p.passage_id, s.start, s.end)
        for p in passages
        if p.voice == "statement"
        for s in find_quoted_sentences(article, p.start, p.end)
    ]
    assert found == [row[:3] for row in SENTENCES]


def test_the_17_speech_acts_line_up_with_the_quoted_sentences():
    with (DANANG / "speech_acts.csv").open(encoding="utf-8", newline="") as file:
        acts = {row["row_id"]: row for row in csv.DictReader(file)}
    assert sorted(acts) == sorted(act for row in SENTENCES for act in row[3])
    for passage_id, start, end, ids in SENTENCES:
        rows = [acts[i] for i in ids]
        assert {row["passage_id"] for row in rows} == {passage_id}
        assert int(rows[0]["start"]) == start
        assert int(rows[-1]["end"]) == end
        ends = [int(row["end"]) for row in rows]
        assert all(e <= int(row["start"]) for e, row in zip(ends, rows[1:], strict=False))


def test_sentences_of_a_commentary_passage_with_its_label_left_out(article, passages):
    f1 = next(p for p in passages if p.passage_id == "F1")
    own = without_label(article, f1)
    sentences = find_sentences(article, own.start, own.end)
    assert [article[s.start : s.end] for s in sentences] == [
        "Putin means it.",
        "His actions prove it.",
        "The Trump administration supports the scourge it claims to oppose.",
    ]


def test_windows_line_ends_change_offsets_only(article, passages, marks):
    windows = article.replace("\n", "\r\n")
    found = find_passages(windows, marks)
    assert [windows[p.start : p.end] for p in found] == [article[p.start : p.end] for p in passages]
    assert [p.passage_id for p in found] == [p.passage_id for p in passages]
