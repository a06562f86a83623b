"""Rows of a table as plain Python values."""

import pandas as pd

from lessons.analysis.rows import records_of, rows_of

TABLE = pd.DataFrame(
    {"title": ["one", "two"], "passages": [["S1"], []], "words": [3, 4]},
    index=pd.Index(["a", "b"], name="event_id"),
)


def test_rows_come_from_top_to_bottom_with_id_and_cells():
    rows = list(rows_of(TABLE))
    assert [(row.Index, row.title, row.passages) for row in rows] == [
        ("a", "one", ["S1"]),
        ("b", "two", []),
    ]


def test_records_are_plain_values_by_id():
    records = records_of(TABLE)
    assert records == {
        "a": {"title": "one", "passages": ["S1"], "words": 3},
        "b": {"title": "two", "passages": [], "words": 4},
    }
    assert type(records["a"]["words"]) is int  # numpy's integers cannot be sent as JSON


def test_a_table_without_rows_has_no_records():
    assert records_of(TABLE.head(0)) == {}
    assert list(rows_of(TABLE.head(0))) == []
