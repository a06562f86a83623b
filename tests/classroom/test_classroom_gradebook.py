"""Files for a gradebook: the columns that Moodle and Canvas document, and no formula."""

import csv
import io

import pandas as pd
import pytest
from support.simulated_class import CASE, answer, answers_by, hand_in

from lessons import open_case
from lessons.classroom import collect_files
from lessons.classroom.csv_text import csv_text
from lessons.classroom.gradebook import (
    RosterError,
    canvas_csv,
    class_csv,
    codebook_csv,
    marks,
    moodle_csv,
    read_roster,
)

DANANG = open_case(CASE)
WORDS = "My own words, =1+1"


def table_of(text):
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def found():
    """Two learners; one wrote a text and gave it a level, the other has a formula for an alias."""
    own = [
        *answers_by(0),
        answer(0, "EX1-03", "short-text", WORDS),
        answer(0, "EX1-03:level", "level", "1"),
        answer(0, "EX1-03:level", "level", "2", 5),
    ]
    files = {"a": hand_in(0, own), "b": hand_in(1).replace("Alias 1", "=HYPERLINK(1)")}
    return collect_files({name: text.encode() for name, text in files.items()})


@pytest.fixture
def done():
    rows = [
        ("s00000", "1 \u00b7 First", "EX1-02", True),
        ("s00000", "1 \u00b7 First", "EX1-03", True),
        ("s00001", "1 \u00b7 First", "EX1-02", True),
        ("s00001", "1 \u00b7 First", "EX1-03", False),
    ]
    return pd.DataFrame(rows, columns=["learner", "lesson", "thing", "done"])


def test_marks_count_what_was_done_and_the_level_of_own_texts(found, done):
    table = marks(done, found.answers, DANANG)
    assert table.to_dict("split")["data"] == [
        ["s00000", "1 \u00b7 First", 2, 2],
        ["s00001", "1 \u00b7 First", 1, 2],
        ["s00000", "1 \u00b7 First: own text", 2, 2],
        ["s00001", "1 \u00b7 First: own text", 0, 2],
    ]


def test_moodle_has_the_columns_of_its_own_export(found, done):
    rows = table_of(moodle_csv(found.learners, marks(done, found.answers, DANANG), None))
    assert rows[0] == [
        *["First name", "Surname", "ID number", "Institution", "Department", "Email address"],
        *["1 \u00b7 First", "1 \u00b7 First: own text"],
    ]
    assert rows[1] == ["Alias 0", "", "", "", "", "", "2", "2"]
    assert rows[2][0] == "'=HYPERLINK(1)"


def test_canvas_has_its_five_columns_and_the_points_possible(found, done, tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text('alias,Student,ID,SIS Login ID,Section\nalias  0,"Li, Ann",17,ann,8b\n')
    points = marks(done, found.answers, DANANG)
    rows = table_of(canvas_csv(found.learners, points, read_roster(file)))
    assert rows[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows[1] == ["    Points Possible", "", "", "", "", "2", "2"]
    assert rows[2] == ["Li, Ann", "17", "", "ann", "8b", "2", "2"]


def test_what_is_judged_and_what_is_right_never_counts(done):
    best = [answer(0, "EX2-02", "number", "16"), answer(0, "strength:SA01", "judgement", "3")]
    worst = [answer(0, "EX2-02", "number", "99"), answer(0, "strength:SA01", "judgement", "1")]
    tables = [
        marks(done, collect_files({"a": hand_in(0, one).encode()}).answers, DANANG)
        for one in (best, worst)
    ]
    assert tables[0].equals(tables[1])


def test_the_class_file_has_no_name_no_time_and_no_written_word(found):
    text = class_csv(found.answers)
    rows = table_of(text)
    assert rows[0] == ["learner", "case", "item", "kind", "attempt", "value"]
    assert {row[0] for row in rows[1:]} == {"1", "2"}
    for secret in ("s00000", "Alias", WORDS, "2026-11-25"):
        assert secret not in text
    written = next(row for row in rows if row[2] == "EX1-03")
    assert written[5] == '{"left out": "words", "count": 5}'
    named = {row[0] for row in table_of(codebook_csv(DANANG))}
    assert named >= {"learner", "item", "EX1-02", "PRE-01", "strength:ID"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  =", "\n@"])
def test_no_text_is_a_formula(start):
    (cell,) = table_of(csv_text(["a"], [[f"{start}cmd|' /C calc'!A0"]]))[1]
    assert cell.startswith("'")
    assert csv_text(["a"], [[-1]]) == "a\n-1\n"  # a number is a number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,ID\nx,1\n", "roster.csv, row 1: found 'name', expected alias and any of"),
        ("ID\n1\n", "roster.csv, row 1: found no column 'alias', expected alias and any of"),
        ("", "roster.csv, row 1: found no column 'alias', expected alias and any of"),
        ("alias,ID\nx\n", "roster.csv, row 2: found 1 cells, expected 2."),
        ("alias,ID\nx,1\nX ,2\n", "roster.csv, column alias: 'x' is there twice, expected once."),
    ],
)
def test_a_bad_roster_gets_one_sentence(text, said, tmp_path):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(RosterError) as problem:
        read_roster(tmp_path / "roster.csv")
    assert str(problem.value).startswith(said)
    assert "\n" not in str(problem.value)
