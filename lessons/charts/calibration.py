"""A reliability picture: how sure someone was, and how often that was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from lessons.analysis.calibration import sureness_of_levels
from lessons.analysis.check_answers import FEWEST, TOO_FEW
from lessons.analysis.checks import WHEN, within_words
from lessons.analysis.counted import counted
from lessons.analysis.rows import rows_of
from lessons.charts.layers import clear_words, encoded, once
from lessons.charts.look import colour

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH, _HEIGHT = 480, 380
_NARROWEST = 540  # with room for the title
_STEPS = tuple(range(50, 101, 10))
_HOW = [
    "Across: how sure you were. Up: how many of those answers were right.",
    "On the line: as sure as right.",
    "A small point: one or two answers, which say little.",
]


def calibration_chart(levels: pd.DataFrame) -> alt.LayerChart:
    """Draw how often answers were right at each step of sureness; a line is "as sure as right".

    `levels` is a table of lessons.analysis.calibration.calibration_levels; of several times the
    last one is drawn. Its own table: when, sure (percent), answers, right, share (percent), note; a
    row for each step from 50 to 100. With fewer than 8 answers `share` is empty and the note says
    so.
    """
    shown = _shown(levels)
    base = alt.Chart(shown)
    layers = [_line(base), _stems(base), *_sides(base), _points(base), *_counts(base)]
    return alt.LayerChart(data=shown, layer=layers).properties(
        width=_WIDTH,
        height=_HEIGHT,
        title=alt.TitleParams(_finding(shown), subtitle=_HOW),
        usermeta={"narrowest": _NARROWEST},
        description=calibration_chart_sentence(levels),
    )


def calibration_chart_sentence(levels: pd.DataFrame) -> str:
    """Say in one sentence how many answers were right at each step of sureness."""
    shown = _shown(levels)
    total = int(shown["answers"].sum())
    answers = f"{counted(total, 'answer')} {_time(shown)}"
    if total < FEWEST:
        return f"{answers}: {TOO_FEW} whether they were as often right as sure."
    chosen = rows_of(shown[shown["answers"] > 0])
    parts = [f"{row.right} of {row.answers} right where {row.sure} % sure" for row in chosen]
    return f"{answers}: {', '.join(parts)}."


def _time(shown: pd.DataFrame) -> str:
    when = str(shown["when"].iloc[0])
    return within_words(when) if when in WHEN else "so far"


def _shown(levels: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn: the last time, with a row for each step, chosen or not."""
    when = str(levels["when"].iloc[-1]) if len(levels) else ""
    own = levels[levels["when"] == when].set_index("sure")[["n", "right"]]
    own = own.rename(columns={"n": "answers"})
    steps = pd.Index(sorted({*_STEPS, *_numbers(own.index)}), name="sure")
    shown = own.reindex(steps, fill_value=0).astype("int64").reset_index()
    shown.insert(0, "when", when)
    few = int(shown["answers"].sum()) < FEWEST
    share = (
        (100 * shown["right"] / shown["answers"].where(shown["answers"] > 0))
        .round()
        .astype("Float64")
    )
    shown["share"] = share.where(pd.Series(not few, index=shown.index))
    return shown.assign(note=TOO_FEW if few else "")


def _numbers(values: Iterable[object]) -> set[int]:
    return {int(str(value)) for value in values}


def _finding(shown: pd.DataFrame) -> str:
    """Say on which side of the line the answers lie, taken together."""
    if shown["note"].iloc[0]:
        return "How sure, and how often right: too few answers to say"
    when = _time(shown)
    levels = shown.rename(columns={"answers": "n"})
    return f"{when[0].upper()}{when[1:]}: {sureness_of_levels(levels)}"


def _x() -> alt.X:
    axis = alt.Axis(
        values=list(_STEPS),
        labelExpr="datum.value === 50 ? '50 % a guess' : datum.value === 100 ? '100 % certain' : "
        "datum.label + ' %'",
        labelOverlap=True,
        title=None,
        grid=False,
        ticks=False,
    )
    scale = alt.Scale(domain=[45, 105], nice=False, zero=False)
    return alt.X("sure:Q", axis=axis, scale=scale)


def _y() -> alt.Y:
    axis = alt.Axis(
        values=[0, 25, 50, 75, 100],
        labelExpr="datum.value === 0 ? 'none right' : datum.value === 100 ? 'all right' : "
        "datum.label + ' %'",
        title=None,
        ticks=False,
        domain=False,
        grid=False,
    )
    scale = alt.Scale(domain=[-8, 108], nice=False, zero=False)
    return alt.Y("share:Q", axis=axis, scale=scale)


def _line(base: alt.Chart) -> alt.Chart:
    """Draw the line on which someone is exactly as often right as sure."""
    rule = once(base).mark_rule(color=colour("ink"), strokeWidth=1.5)
    ends = {"x2": alt.datum(100), "y": alt.datum(50), "y2": alt.datum(100)}
    line: alt.Chart = encoded(rule, x=alt.datum(50), **ends)
    return line


def _sides(base: alt.Chart) -> list[alt.Chart]:
    """Say in words what lies above the line, on it, and below."""
    first = once(base)
    words = (
        ("left", 46, 88, "above: right more often than sure"),
        ("left", 50, 43, "the line: as sure as right"),
        ("right", 104, 20, "below: surer than right"),
    )
    layers = []
    for align, sure, share, said in words:
        where = {"x": alt.datum(sure), "y": alt.datum(share), "text": alt.value(said)}
        layers += clear_words(first, where, {"align": align, "color": colour("soft")})
    return layers


def _stems(base: alt.Chart) -> alt.Chart:
    """Draw how far each point lies from the line."""
    rule = base.transform_filter("isValid(datum.share)").mark_rule(
        color=colour("you"), strokeDash=[3, 3]
    )
    stem: alt.Chart = encoded(rule, x="sure:Q", y="share:Q", y2="sure:Q")
    return stem


def _points(base: alt.Chart) -> alt.Chart:
    size = alt.Size("answers:Q", legend=None).scale(domain=[0, 16], range=[30, 500])
    mark = base.transform_filter("isValid(datum.share)").mark_circle(color=colour("you"), opacity=1)
    point: alt.Chart = encoded(mark, x=_x(), y=_y(), size=size)
    return point


def _counts(base: alt.Chart) -> list[alt.Chart]:
    """Write the counts at each point, away from the line."""
    own = base.transform_filter("isValid(datum.share)").transform_calculate(
        said="datum.right + ' of ' + datum.answers"
    )
    layers = []
    for side, down in (("datum.share >= datum.sure", -22), ("datum.share < datum.sure", 22)):
        part = own.transform_filter(side)
        where = {"x": "sure:Q", "y": "share:Q", "text": "said:N"}
        layers += clear_words(part, where, {"dy": down, "fontWeight": 600}, edge=4)
    return layers
