"""Passages cover the document: no gap, no overlap, nothing in doubt; each damage gives one line."""

import pytest

ROWS = range(40)


@pytest.fixture
def rows(copy):
    return copy.rows("passages")


def faults(copy, rows):
    return copy.faults_with_rows("passages", rows)


def place(number, column):
    return [("passages.csv", number, column)]


def gap_after(index, rows):
    """Return where a gap after a passage is reported: at the next one, or at the last one's end."""
    return place(index + 3, "start") if index + 1 < len(rows) else place(index + 2, "end")


@pytest.mark.parametrize("index", ROWS)
def test_a_start_shifted_into_the_passage_leaves_a_gap(copy, rows, index):
    rows[index]["start"] = int(rows[index]["start"]) + 1
    assert faults(copy, rows) == place(index + 2, "start")


@pytest.mark.parametrize("index", ROWS)
def test_a_start_shifted_out_of_the_passage_is_white_space(copy, rows, index):
    rows[index]["start"] = int(rows[index]["start"]) - 1
    assert faults(copy, rows) == place(index + 2, "start")


@pytest.mark.parametrize("index", ROWS)
def test_an_end_shifted_into_the_passage_leaves_a_gap(copy, rows, index):
    rows[index]["end"] = int(rows[index]["end"]) - 1
    assert faults(copy, rows) == gap_after(index, rows)


@pytest.mark.parametrize("index", ROWS)
def test_an_end_shifted_out_of_the_passage_is_refused(copy, rows, index):
    rows[index]["end"] = int(rows[index]["end"]) + 1
    assert faults(copy, rows) == place(index + 2, "end")


@pytest.mark.parametrize("index", ROWS[:-1])
def test_an_overlap_is_reported_at_the_later_passage(copy, rows, index):
    rows[index]["end"] = int(rows[index + 1]["start"]) + 1
    assert faults(copy, rows) == place(index + 3, "start")


# Nothing refers to these; a lost passage that others name would also leave their ids dangling.
@pytest.mark.parametrize("index", [0, 35, 39])
def test_a_passage_left_out_is_a_gap_and_no_more(copy, rows, index):
    lost = rows[index]["passage_id"]
    del rows[index]
    found = [fault for fault in faults(copy, rows) if fault[0] == "passages.csv"]
    assert found == gap_after(index - 1, rows), lost


def test_a_passage_outside_the_document_is_refused(copy, rows):
    rows[5]["end"] = 6622
    assert faults(copy, rows) == place(7, "end")


def test_a_passage_that_ends_before_it_starts_is_refused(copy, rows):
    rows[5]["start"], rows[5]["end"] = rows[5]["end"], rows[5]["start"]
    assert faults(copy, rows) == place(7, "end")


@pytest.mark.parametrize(
    ("column", "value"), [("order", 99), ("words", 1), ("label", "Fakt"), ("voice", "narrator")]
)
@pytest.mark.parametrize("index", [0, 4, 5, 13, 39])
def test_what_can_be_worked_out_must_be_right(copy, rows, column, value, index):
    rows[index][column] = value
    assert faults(copy, rows) == place(index + 2, column)


def test_a_label_that_is_printed_must_be_in_the_table(copy, rows):
    rows[5]["label"] = ""
    assert faults(copy, rows) == place(7, "label")


def test_two_passages_that_changed_places_are_refused(copy, rows):
    rows[5], rows[6] = rows[6], rows[5]
    assert [fault[1] for fault in faults(copy, rows)] == [7, 8, 9]


def test_no_passages_at_all_are_refused(copy, rows):
    found = copy.faults_with("passages.csv", copy.csv([], list(rows[0])))
    assert ("passages.csv", 1, None) in found


def test_two_faults_in_passages_give_two_lines(copy, rows):
    rows[2]["words"], rows[30]["start"] = 7, int(rows[30]["start"]) - 1
    assert faults(copy, rows) == sorted([*place(4, "words"), *place(32, "start")], key=str)


def test_an_altered_document_is_known_by_its_hash_and_its_quotes(copy):
    text = copy.path("document.txt").read_bytes()
    found = copy.faults_with("document.txt", text.replace(b"July 7, 2017", b"July 8, 2017"))
    assert ("case.toml", None, "provenance.sha256") in found
    assert ("date_mentions.csv", 12, "quote") in found
    assert not [fault for fault in found if fault[0] == "passages.csv"]


def test_changed_line_ends_are_named(copy):
    text = copy.path("document.txt").read_bytes().replace(b"\n", b"\r\n")
    with copy.replaced("document.txt", text):
        said = [str(fault) for fault in copy.faults() if fault.file == "case.toml"]
    assert "its line ends were changed to CR LF" in said[0]


def test_a_document_that_is_no_utf8_is_refused(copy):
    text = copy.path("document.txt").read_bytes()
    broken = text[:800] + b"\xff" + text[800:]
    line = text[:800].count(b"\n") + 1
    assert copy.faults_with("document.txt", broken) == [("document.txt", line, None)]
