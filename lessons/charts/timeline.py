"""The picture of the timeline: one row an event, in lanes by who mentions it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from lessons.analysis.dates import LANES
from lessons.charts.layers import encoded
from lessons.charts.look import SHAPES, colour

if TYPE_CHECKING:
    from datetime import date

STEP = 27  # pixels a row, as in lessons/widgets/timeline.js
COLUMNS = ["event_id", "title", "when", "first", "last", "exact", "lane", "provenance"]
COLUMNS += ["place", "country"]
_MOST_ROWS = 400
_DAY = 24 * 60 * 60 * 1000  # milliseconds
_SIDE = "datum.middle < lo + 0.5 * (hi - lo)"  # room for the label is to the right of the mark


def timeline_chart(table: pd.DataFrame, window: tuple[date, date]) -> alt.LayerChart:
    """Draw the events of a lessons.analysis.dates.timeline_table between the window's two days.

    An exact day is a filled mark; anything less exact is drawn as the interval it is, with an
    open mark in its middle. The window and the picked event are the chart's parameters `lo`
    and `hi` (milliseconds, UTC) and `picked` (an event_id), so the page can change them
    without drawing anew. Its table: chart_rows, one row an event.
    """
    rows = chart_rows(table)
    base = _placed(alt.Chart(rows))
    layers = [_lane_heads(base), _intervals(base), _marks(base), *_labels(base)]
    start = {
        "lo": _milliseconds(window[0]),
        "hi": _milliseconds(window[1] + timedelta(days=1)),
        "picked": "",
    }
    return (
        alt.LayerChart(data=rows, layer=layers)
        .add_params(*(alt.param(name, value=value) for name, value in start.items()))
        .properties(
            width=760,
            height=STEP * rows_needed(table, window),
            title=_title(table),
            description=timeline_sentence(table, window),
        )
    )


def chart_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the events as the chart's own table: days as ISO texts, nothing but plain values.

    Columns: event_id, title, when, first, last, exact, lane, provenance, place, country, as in
    timeline_table.
    """
    rows = table.reset_index()
    for column in ("first", "last"):
        rows[column] = [day.isoformat() for day in rows[column]]
    return rows[COLUMNS]


def within(table: pd.DataFrame, window: tuple[date, date]) -> pd.DataFrame:
    """Return the events that touch the window: those the chart draws."""
    return table[(table["last"] >= window[0]) & (table["first"] <= window[1])]


def rows_needed(table: pd.DataFrame, window: tuple[date, date]) -> int:
    """Count the rows of the picture: the events in the window, the heads of the lanes, the axis."""
    shown = within(table, window)
    return len(shown) + shown["lane"].nunique() + 1


def timeline_sentence(table: pd.DataFrame, window: tuple[date, date]) -> str:
    """Say what the timeline shows, with its counts."""
    shown = within(table, window)
    counts = shown["lane"].value_counts()
    lanes = [f"{lane.lower()}: {counts[lane]}" for lane in LANES.values() if lane in counts]
    exact = int(shown["exact"].sum())
    known = f"{exact} known to the day and {len(shown) - exact} drawn as intervals"
    parts = "; ".join([known, *lanes])
    return f"{len(shown)} of {len(table)} events, {_span_words(shown)}, {parts}."


def _span_words(shown: pd.DataFrame) -> str:
    """Say from which year to which the events reach."""
    if shown.empty:
        return "none in this stretch of time"
    years = sorted({shown["first"].min().year, shown["last"].max().year})
    return f"from {years[0]} to {years[1]}" if len(years) > 1 else f"in {years[0]}"


def _title(table: pd.DataFrame) -> alt.TitleParams:
    """Say the timeline's finding, and how to read it."""
    unsaid = int((table["lane"] == LANES["outside"]).sum())
    return alt.TitleParams(
        f"Neither voice mentions {unsaid} of the {len(table)} events",
        subtitle="A filled mark is an exact day. A bar is a stretch of time.",
    )


def _milliseconds(day: date) -> int:
    """Return the beginning of a day in UTC as Vega counts time."""
    return int(pd.Timestamp(day).timestamp() * 1000)


def _placed(chart: alt.Chart) -> alt.Chart:
    """Give every event in the window its place: from, to, middle, and its row under its lane."""
    lanes = ", ".join(f"'{lane}'" for lane in LANES.values())
    return (
        chart.transform_calculate(
            begins="+toDate(datum.first)",
            ends=f"+toDate(datum.last) + {_DAY}",
        )
        .transform_filter("datum.ends > lo && datum.begins < hi")
        .transform_calculate(
            from_="max(datum.begins, lo)",
            to="min(datum.ends, hi)",
            lane_no=f"indexof([{lanes}], datum.lane)",
        )
        .transform_calculate(middle="(datum.from_ + datum.to) / 2")
        .transform_window(row="row_number()", sort=_sort("lane_no", "begins"))
        .transform_window(heads="dense_rank()", sort=_sort("lane_no"))
        .transform_calculate(y="datum.row + datum.heads - 0.5")
    )


def _sort(*fields: str) -> list[alt.SortField | dict[str, str]]:
    """Return an ascending order by these fields."""
    return [alt.SortField(field, order="ascending") for field in fields]


def _x(field: str) -> alt.X:
    """Place a field on the axis of time, which shows the window and nothing else."""
    low, high, ticks = alt.ExprRef("lo"), alt.ExprRef("hi"), alt.ExprRef("max(2, width / 110)")
    axis = alt.Axis(orient="top", title=None, tickCount=ticks, grid=True)
    scale = alt.Scale(type="utc", domainMin=low, domainMax=high, nice=False)
    return alt.X(f"{field}:T", axis=axis, scale=scale)


def _y(field: str = "y") -> alt.Y:
    """Place a field on the rows: STEP pixels each, whatever the height of the picture."""
    scale = alt.Scale(domain=[0, _MOST_ROWS], range=[0, _MOST_ROWS * STEP], nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def _lane_colour(channel: type[alt.Color | alt.Fill]) -> alt.Color | alt.Fill:
    """Return the colour of each lane, without a legend: the lanes have heads."""
    tones = [colour(lane) for lane in LANES]
    return channel("lane:N", legend=None).scale(domain=list(LANES.values()), range=tones)


def _lane_heads(base: alt.Chart) -> alt.Chart:
    """Write the head of each lane in the row above its first event."""
    lanes = base.transform_aggregate(top="min(y)", groupby=["lane"]).transform_calculate(
        head="datum.top - 1", words="upper(slice(datum.lane, 0, 1)) + slice(datum.lane, 1)"
    )
    heads: alt.Chart = encoded(
        lanes.mark_text(align="left", fontWeight=600, fontSize=13, clip=True),
        x=alt.value(0),
        y=_y("head"),
        text="words:N",
        color=_lane_colour(alt.Color),
    )
    return heads


def _intervals(base: alt.Chart) -> alt.Chart:
    """Draw a bar for each event whose day is not known or that took several days."""
    bars = base.transform_filter("!datum.exact").mark_rule(strokeWidth=9, opacity=0.4)
    drawn: alt.Chart = encoded(
        bars, x=_x("from_"), x2="to:T", y=_y(), color=_lane_colour(alt.Color)
    )
    return drawn


def _marks(base: alt.Chart) -> alt.Chart:
    """Draw a mark for each event, filled where it is one known day; the page looks for them."""
    shapes = [SHAPES[lane] for lane in LANES]
    shape = alt.Shape("lane:N", legend=None).scale(domain=list(LANES.values()), range=shapes)
    fill = alt.condition("datum.exact", _lane_colour(alt.Fill), alt.value(colour("paper")))
    marks: alt.Chart = encoded(
        base.mark_point(strokeWidth=2, opacity=1),
        x=_x("middle"),
        y=_y(),
        shape=shape,
        color=_lane_colour(alt.Color),
        fill=fill,
        size=alt.condition("datum.event_id === picked", alt.value(190), alt.value(90)),
    )
    return marks.properties(name="events")


def _labels(base: alt.Chart) -> list[alt.Chart]:
    """Write the label of each event, on the side of its mark that has more room."""
    words = base.transform_calculate(label="datum.title + ', ' + datum.when")
    # What does not fit is cut with an ellipsis: the button over the row has the whole label.
    to_the_right = alt.ExprRef("max(20, width - scale('x', datum.to) - 14)")
    to_the_left = alt.ExprRef("max(20, scale('x', datum.from_) - 14)")
    right = words.transform_filter(_SIDE).mark_text(align="left", dx=11, limit=to_the_right)
    left = words.transform_filter(f"!({_SIDE})").mark_text(align="right", dx=-11, limit=to_the_left)
    return [
        encoded(right, x=_x("to"), y=_y(), text="label:N"),
        encoded(left, x=_x("from_"), y=_y(), text="label:N"),
    ]
