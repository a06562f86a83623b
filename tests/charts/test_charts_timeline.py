"""The picture of the timeline, against events.csv."""

import calendar
import json
from datetime import UTC, date, datetime

import pytest

from lessons import charts
from lessons.charts.timeline import COLUMNS, STEP, chart_rows, timeline_sentence, within

WHOLE = (date(1978, 1, 1), date(2025, 1, 1))
AUTUMN = (date(2017, 7, 1), date(2017, 11, 30))
LANE = {
    "statement": "only the statement mentions it",
    "commentary": "only the commentary mentions it",
    "both": "both mention it",
    "outside": "neither mentions it: background from outside",
}


def iso_bounds(row):
    """First and last day of a row of events.csv, as ISO texts, without the code under test."""
    last = row["end"] or row["start"]
    first = row["start"] + "-01-01"[len(row["start"]) - 4 :]
    if len(last) == 4:
        last += "-12"
    if len(last) == 7:
        last += f"-{calendar.monthrange(int(last[:4]), int(last[5:]))[1]}"
    return first[:10], last


@pytest.mark.parametrize("window", [WHOLE, AUTUMN])
def test_the_sentence_says_its_own_figures(window, events, raw):
    low, high = (day.isoformat() for day in window)
    spans = {row["event_id"]: iso_bounds(row) for row in raw("events")}
    seen = [row for row in raw("events") if low <= spans[row["event_id"]][1]]
    seen = [row for row in seen if spans[row["event_id"]][0] <= high]
    exact = sum(spans[row["event_id"]][0] == spans[row["event_id"]][1] for row in seen)
    said = charts.timeline_chart(events, window).to_dict()["description"]
    assert said == timeline_sentence(events, window)
    assert said.startswith(f"{len(seen)} of {len(raw('events'))} events, ")
    assert f"{exact} known to the day and {len(seen) - exact} drawn as intervals" in said
    for lane, words in LANE.items():
        count = sum(row["mentioned_by"] == lane for row in seen)
        assert (f"{words}: {count}" in said) == (count > 0)


def test_years_in_the_sentence(events):
    assert ", from 1979 to 2024, " in timeline_sentence(events, WHOLE)
    assert ", in 2017, " in timeline_sentence(events, AUTUMN)
    nothing = (date(1990, 1, 1), date(1991, 1, 1))
    assert "0 of 30 events, none in this stretch of time, 0" in timeline_sentence(events, nothing)


def test_the_table_has_every_event_as_plain_values(events, raw):
    table = chart_rows(events)
    assert list(table.columns) == COLUMNS
    assert "contested" not in table.columns
    expected = {row["event_id"]: (row["title"], *iso_bounds(row)) for row in raw("events")}
    columns = ["event_id", "title", "first", "last"]
    rows = table[columns].itertuples(index=False, name=None)
    assert {event: tuple(rest) for event, *rest in rows} == expected
    json.dumps(table.to_dict("records"))  # nothing that could not be sent
    assert charts.timeline_chart(events, AUTUMN).data.equals(table)


@pytest.mark.parametrize("window", [WHOLE, AUTUMN])
def test_a_row_for_each_event_and_each_lane_head(window, events):
    shown = within(events, window)
    spec = charts.timeline_chart(events, window).to_dict()
    assert spec["height"] == STEP * (len(shown) + shown["lane"].nunique() + 1)


def test_an_event_that_touches_the_window_is_within(events):
    table = events.loc[["abu-kamal-2017"]]  # 9 to 19 November 2017
    assert len(within(table, (date(2017, 11, 19), date(2017, 12, 1)))) == 1
    assert len(within(table, (date(2017, 11, 1), date(2017, 11, 9)))) == 1
    assert len(within(table, (date(2017, 11, 20), date(2017, 12, 1)))) == 0
    assert len(within(table, (date(2017, 11, 1), date(2017, 11, 8)))) == 0


def test_window_and_pick_are_parameters(events):
    params = {
        p["name"]: p["value"] for p in charts.timeline_chart(events, AUTUMN).to_dict()["params"]
    }
    low, high = (datetime.fromtimestamp(params[name] / 1000, UTC) for name in ("lo", "hi"))
    assert (low.date(), high.date()) == (date(2017, 7, 1), date(2017, 12, 1))
    assert (low.hour, high.hour) == (0, 0)
    assert params["picked"] == ""


def test_the_page_finds_the_marks_by_name(events):
    layers = charts.timeline_chart(events, AUTUMN).to_dict()["layer"]
    assert [layer["name"] for layer in layers if layer.get("name") == "events"] == ["events"]
