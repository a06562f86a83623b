"""The picture of telling against happening: two columns, a line for each event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from lessons.analysis.dates import timeline_table
from lessons.analysis.rows import rows_of
from lessons.analysis.telling import pairs_out_of_order, telling_order
from lessons.charts.layers import encoded
from lessons.charts.look import SHAPES, colour, tone_name

if TYPE_CHECKING:
    import pandas as pd

    from lessons.case import Case

_STEP = 34  # pixels a row
_MOST = 400  # rows that the scale has room for; the picture is as high as its own rows
_TOLD, _HAPPENED = 0.0, 1.0  # where the two columns stand on the x axis
_ROOM = 1.15  # room beside each column for its labels, in the same unit


def telling_chart(case: Case) -> alt.LayerChart:
    """Draw the events that the text dates as it tells them (left) and as they happened (right).

    A line joins the two places of an event; where lines cross, the text leaves the order of
    time. Its table: event_id, told, happened, passage_id, voice, title, when; one row an event.
    """
    order = telling_order(
        timeline_table(case.events, case.date_mentions),
        case.date_mentions,
        case.passages,
        case.voices,
    )
    table = order.reset_index()
    base = encoded(alt.Chart(table), color=_colours(case))
    layers = [_lines(base), *_marks(base, case), *_labels(alt.Chart(table))]
    return alt.LayerChart(data=table, layer=layers).properties(
        width=760,
        height=_STEP * (len(table) + 1),
        title=_title(order),
        description=telling_sentence(order),
    )


def telling_sentence(order: pd.DataFrame) -> str:
    """Say in one sentence, with its counts, what the picture of a telling_order shows."""
    against, pairs = pairs_out_of_order(order)
    told = ", ".join(row.when for row in rows_of(order.sort_values("told")))
    return (
        f"{len(order)} dated events in the order in which the article tells them ({told}); "
        f"{against} of {pairs} pairs are told against the order of time."
    )


def _title(order: pd.DataFrame) -> alt.TitleParams:
    against, pairs = pairs_out_of_order(order)
    return alt.TitleParams(
        f"{against} of {pairs} pairs are told against the order of time",
        subtitle="Left: as the article tells it, from the top. Right: as it happened.",
    )


def _x(field: str) -> alt.X:
    domain = [_TOLD - _ROOM, _HAPPENED + _ROOM]
    return alt.X(f"{field}:Q", axis=None).scale(domain=domain, nice=False, zero=False)


def _y(field: str) -> alt.Y:
    room = alt.Scale(domain=[0, _MOST], range=[0, _MOST * _STEP], nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=None, scale=room)


def _colours(case: Case) -> alt.Color:
    tones = [colour(tone_name(voice)) for voice in case.voices.index]
    return alt.Color("voice:N", legend=None).scale(domain=list(case.voices["word"]), range=tones)


def _placed(chart: alt.Chart) -> alt.Chart:
    return chart.transform_calculate(left=str(_TOLD), right=str(_HAPPENED))


def _lines(base: alt.Chart) -> alt.Chart:
    lines: alt.Chart = _placed(base).mark_rule(strokeWidth=2, opacity=0.7)
    return encoded(lines, x=_x("left"), x2="right:Q", y=_y("told"), y2="happened:Q")


def _marks(base: alt.Chart, case: Case) -> list[alt.Chart]:
    shapes = [SHAPES.get(tone_name(voice), "circle") for voice in case.voices.index]
    shape = alt.Shape("voice:N", legend=None)
    shape = shape.scale(domain=list(case.voices["word"]), range=shapes)
    marks = encoded(_placed(base).mark_point(filled=True, size=90, opacity=1), shape=shape)
    return [
        encoded(marks, x=_x("left"), y=_y("told")),
        encoded(marks, x=_x("right"), y=_y("happened")),
    ]


def _labels(chart: alt.Chart) -> list[alt.Chart]:
    """Write passage and voice on the left, date and title on the right."""
    words = _placed(chart).transform_calculate(
        teller="datum.title + ', ' + datum.passage_id + ' ' + datum.voice",
    )
    left = encoded(
        words.mark_text(align="right", dx=-12), x=_x("left"), y=_y("told"), text="teller:N"
    )
    right = encoded(
        words.mark_text(align="left", dx=12), x=_x("right"), y=_y("happened"), text="when:N"
    )
    return [left, right]
