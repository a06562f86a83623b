"""A picture of agreement: how far readers agree on each question, and how sure that is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from lessons.analysis.counted import counted
from lessons.analysis.rows import rows_of
from lessons.charts.layers import clear_words, encoded, once
from lessons.charts.look import colour

if TYPE_CHECKING:
    import pandas as pd

_STEP = 34  # pixels a question
_WIDTH = 380
_TICK = 0.2
_LEAST = -0.2
_BOTH = 2
_COLUMNS = ["question", "units", "readers", "alike", "alpha", "low", "high"]


def agreement_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Draw how far readers agree: a row a question, a point its alpha, a line its interval.

    `table` is one of lessons.analysis.agreement.agreement, of two readings or of a class; its order
    is kept. Its own table: question, units, readers, alike (percent, as words), alpha, low, high
    (two digits; empty where nothing can be said), and note where there is one; a row a question.
    """
    shown = _shown(table)
    base = alt.Chart(shown)
    layers = [_grid(base), _lines(base), _points(base), *_words(base)]
    return alt.LayerChart(data=shown, layer=layers).properties(
        width=_WIDTH,
        height=_STEP * max(1, len(shown)),
        title=_title(shown),
        description=agreement_sentence(table),
    )


def agreement_sentence(table: pd.DataFrame) -> str:
    """Say in one sentence on what readers agree most and least, and how sure that is."""
    said = _shown(table).dropna(subset=["alpha"])
    things = counted(len(table), "question")
    if said.empty:
        return f"{things}, and for none of them can it be said how far readers agree."
    ranked = said.sort_values("alpha", ascending=False, kind="stable")
    ends = f"most on {_of(ranked, 0)}"
    ends += f", and least on {_of(ranked, -1)}" if len(ranked) > 1 else ""
    missing = (
        f" (of {len(table) - len(said)} nothing can be said)" if len(said) < len(table) else ""
    )
    return (
        f"{things}{missing}, {_readers(said)}: they agree {ends}; "
        "alpha is 0 when they agree as often as by chance, and 1 when always."
    )


def _readers(table: pd.DataFrame) -> str:
    """Say how many readers there are, as a number or from one to another."""
    least, most = table["readers"].min(), table["readers"].max()
    return f"{most} readers" if least == most else f"{least} to {most} readers"


def _of(ranked: pd.DataFrame, place: int) -> str:
    """Name a question with its numbers."""
    row = next(rows_of(ranked.iloc[[place]]))
    sure = "" if np.isnan(row.low) else f", between {row.low:.2f} and {row.high:.2f}"
    return f"{row.question} (the same in {row.alike}; alpha {row.alpha:.2f}{sure})"


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn: numbers with two digits, the share of the same as words."""
    # Adding nothing makes a 0 of the -0 that rounding leaves.
    rounded = table[["alpha", "low", "high"]].astype(float).round(2) + 0.0
    shown = table.assign(alike=[_alike(row) for row in rows_of(table)])
    shown[["alpha", "low", "high"]] = rounded
    noted = ["note"] if shown["note"].any() else []
    return shown[[*_COLUMNS, *noted]].reset_index(drop=True)


def _alike(row: Any) -> str:  # noqa: ANN401  (a row of a table)
    """Say how often answers were the same; nothing where that cannot be said."""
    if np.isnan(row.percent):
        return ""
    return f"{100 * row.percent:.0f} % of {row.units if row.readers == _BOTH else 'pairs'}"


def _title(shown: pd.DataFrame) -> alt.TitleParams:
    """Say the picture's finding, and how to read it."""
    ranked = shown.dropna(subset=["alpha"]).sort_values("alpha", kind="stable")
    finding = "Too few answers to say how far readers agree"
    if len(ranked):
        who = "The two readers" if (ranked["readers"] == _BOTH).all() else _readers(ranked)
        finding = f"{who} agree least on {ranked['question'].iloc[0]}"
    how = [
        "The point: how far beyond chance they agree. The line: where it would lie",
        "in 95 of 100 samples like this one. A long line: we cannot be sure.",
    ]
    return alt.TitleParams(finding, subtitle=how)


def _x(shown: pd.DataFrame) -> alt.X:
    """Place alpha on an axis that is the same for every table, unless something lies below it."""
    least = min(_LEAST, *shown[["alpha", "low"]].min().fillna(0))
    first = math.floor(round(least / _TICK, 6))
    steps = [round(_TICK * step, 1) for step in range(first, round(1 / _TICK) + 1)]
    words = "datum.value === 0 ? '0 chance' : datum.value === 1 ? '1 always' : datum.label"
    axis = alt.Axis(
        values=steps, labelExpr=words, title=None, orient="top", ticks=False, format=".1f"
    )
    scale = alt.Scale(domain=[steps[0], 1], nice=False, zero=False)
    return alt.X("alpha:Q", axis=axis, scale=scale)


def _y() -> alt.Y:
    axis = alt.Axis(title=None, ticks=False, domain=False, labelLimit=260)
    return alt.Y("question:N", sort=None, axis=axis)


def _grid(base: alt.Chart) -> alt.Chart:
    """Draw a thin line along each question, so that the eye finds its row."""
    line: alt.Chart = encoded(
        base.mark_rule(color=colour("line"), strokeDash=[2, 3]),
        y=_y(),
        x=alt.value(0),
        x2=alt.value("width"),
    )
    return line


def _lines(base: alt.Chart) -> alt.Chart:
    rule = base.mark_rule(color=colour("ink"), strokeWidth=2, opacity=1)
    line: alt.Chart = encoded(rule, x="low:Q", x2="high:Q", y=_y())
    return line


def _points(base: alt.Chart) -> alt.Chart:
    point: alt.Chart = encoded(
        base.mark_point(size=110, filled=True, opacity=1, color=colour("ink"), shape="circle"),
        x=_x(base.data),
        y=_y(),
    )
    return point


def _words(base: alt.Chart) -> list[alt.Chart]:
    """Write at the right how often the answers were the same, in the row why nothing is said."""
    # The page gives the picture another width than this file does.
    right = alt.value(alt.ExprRef("width + 14"))
    said = encoded(
        base.mark_text(align="left", color=colour("ink")), x=right, y=_y(), text="alike:N"
    )
    # One mark, not one a row: a picture need not write the same word nine times over itself.
    head = encoded(
        once(base).mark_text(align="left", color=colour("soft")),
        x=right,
        y=alt.value(-9),
        text=alt.value("the same"),
    )
    if "note" not in base.data:
        return [said, head]
    row = {"x": alt.value(8), "y": _y(), "text": "note:N"}
    how = {"align": "left", "color": colour("soft")}
    return [said, head, *clear_words(base, row, how, edge=6)]
