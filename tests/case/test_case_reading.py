"""Files as people's programs write them: read them, or say what is wrong, but never break."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.case import Fault, check

FILES = ["case.toml", "document.txt", "passages.csv", "claims.csv", "events.csv", "techniques.csv"]


def test_excels_byte_order_mark_and_line_ends_are_fine(copy):
    for table in copy.resources:
        data = b"\xef\xbb\xbf" + copy.csv(copy.rows(table)).replace(b"\n", b"\r\n")
        assert copy.faults_with(f"{table}.csv", data) == []


def test_quotes_around_every_cell_are_fine(copy):
    rows = copy.rows("events")
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    text = "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    assert copy.faults_with("events.csv", text.encode()) == []


def test_empty_lines_are_passed_over_but_counted(copy):
    rows = copy.rows("glossary")
    rows[1]["sources"] = "nowhere"
    header, first, *rest = copy.csv(rows).split(b"\n")
    data = b"\n".join([header, first, b"", b"", *rest, b"", b""])
    assert copy.faults_with("glossary.csv", data) == [("glossary.csv", 5, "sources")]


def test_a_record_on_several_lines_is_one_row(copy):
    rows = copy.rows("glossary")
    rows[0]["definition"] = "first line\nsecond line\n\nfourth line"
    rows[1]["sources"] = "nowhere"
    assert copy.faults_with_rows("glossary", rows) == [("glossary.csv", 3, "sources")]


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_another_separator_is_named(copy, separator, name):
    text = copy.csv(copy.rows("passages")).replace(b",", separator.encode())
    with copy.replaced("passages.csv", text):
        (fault,) = copy.faults()
    assert (fault.file, fault.row, fault.column) == ("passages.csv", 1, None)
    assert fault.found == f"columns parted by {name}"


def test_utf16_is_refused(copy):
    text = copy.csv(copy.rows("spans")).decode().encode("utf-16")
    assert copy.faults_with("spans.csv", text)[0] == ("spans.csv", 1, None)


def test_latin1_is_refused_at_its_byte(copy):
    rows = copy.rows("events")
    rows[4]["title"] = "Genève"
    data = copy.csv(rows).decode().encode("latin-1")
    with copy.replaced("events.csv", data):
        (fault,) = [fault for fault in copy.faults() if fault.file == "events.csv"]
    assert (fault.row, fault.column) == (6, "title")
    assert fault.found == f"the byte 0xE8, number {data.index(0xE8) + 1} of the file"


def test_an_empty_file_is_refused(copy):
    assert copy.faults_with("check_items.csv", b"") == [("check_items.csv", 1, None)]


def test_a_quotation_mark_never_closed_is_refused(copy):
    lines = copy.csv(copy.rows("replies")).splitlines(keepends=True)
    lines[9] = lines[9].rstrip(b"\n") + b'"\n' if lines[9].count(b'"') else b'F9-A,"F9,A\n'
    found = copy.faults_with("replies.csv", b"".join(lines))
    assert found == [("replies.csv", found[0][1], None)]
    assert found[0][1] == 10


def test_text_after_a_closing_quotation_mark_is_refused(copy):
    lines = copy.csv(copy.rows("replies")).splitlines(keepends=True)
    lines[4] = b'"F5"-A,F5,A,S4,partly,why\n'
    assert copy.faults_with("replies.csv", b"".join(lines)) == [("replies.csv", 5, None)]


def test_a_folder_in_the_place_of_a_file_is_refused(copy):
    path = copy.path("claims.csv")
    with copy.replaced("claims.csv", None):
        path.mkdir()
        found = [(fault.file, fault.row) for fault in copy.faults() if fault.file == "claims.csv"]
        path.rmdir()
    assert found == [("claims.csv", None)]


@pytest.mark.parametrize("folder", ["/no/such/folder", "", __file__, "\0"])
def test_no_folder_is_one_fault(folder):
    assert len(check(folder)) == 1


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    file=st.sampled_from(FILES),
    at=st.floats(0, 1),
    gone=st.integers(0, 40),
    put=st.binary(max_size=8)
    | st.sampled_from([b'"', b"\n", b";", b",", b"\r", b"=", b"]", b"\0"]),
)
def test_no_damage_ends_in_a_traceback(copy, file, at, gone, put):
    data = copy.path(file).read_bytes()
    cut = int(at * len(data))
    with copy.replaced(file, data[:cut] + put + data[cut + gone :]):
        faults = copy.faults()
    assert all(isinstance(fault, Fault) for fault in faults)
    assert all(len(str(fault).splitlines()) == 1 for fault in faults)


def test_a_fault_is_one_line_whatever_was_found():
    fault = Fault("a.csv", 2, "two\nlines", repr("x\u2028y"), "more\r\nlines")
    assert str(fault) == "a.csv, row 2, column two lines: found 'x\\u2028y', expected more lines."


def test_checking_needs_no_pandas():
    """So `python -m lessons check` answers at once, and also where nothing is installed yet."""
    code = "import sys, lessons.case as c; c.check('.'); print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
