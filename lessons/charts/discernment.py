"""A picture of two figures: telling apart to the right, suspicion upwards, and what that means."""

from __future__ import annotations

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from lessons.analysis.check_answers import TOO_FEW
from lessons.analysis.checks import WHEN, within_words
from lessons.analysis.counted import counted
from lessons.analysis.discernment import (
    APART,
    APART_BELIEVES,
    APART_DOUBTS,
    BELIEVES,
    BOTH,
    DOUBTS,
    GUESSES,
    LEANS,
    SWAPS,
    TELLS,
    region_of,
)
from lessons.analysis.rows import rows_of
from lessons.charts.layers import clear_words, encoded, once
from lessons.charts.look import colour

REGIONS = {
    APART: "tells them apart",
    APART_DOUBTS: "tells them apart, leans to doubt",
    APART_BELIEVES: "tells them apart, leans to belief",
    DOUBTS: "calls most things unsound",
    BELIEVES: "believes most things",
    GUESSES: "much as if guessed",
    SWAPS: "takes one for the other",
}
_WIDTH, _HEIGHT = 600, 380
_NARROWEST = 580
_LINE = 14  # pixels a line of words
_LEFT, _RIGHT, _UP = -1.4, 4.4, 2.7  # with the largest figures that 16 cards allow well inside
_SHAPES = {"before": "circle", "after": "circle", "later": "diamond"}
# Where a point's words stand, by its place among the points from the highest to the lowest one.
_ABOVE, _BELOW, _BESIDE = ("center", -20), ("center", 22), ("left", 0)
_PLACES = {0: (), 1: (_ABOVE,), 2: (_ABOVE, _BELOW), 3: (_ABOVE, _BESIDE, _BELOW)}
_FIGURES = ["discernment", "discernment_error", "suspicion", "suspicion_error"]
_COLUMNS = ["when", "answers", *_FIGURES, "region"]
_HOW = [
    "To the right: tells sentences that hold up from those that do not.",
    "Up: more doubt, down: more belief, whatever the sentence.",
    "The cross at a point: how far chance alone may easily move it.",
]


def discernment_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Draw discernment and suspicion as two axes, with a point for each time of the check.

    `table` is one of lessons.analysis.discernment.discernment. Its own table: when, answers,
    discernment, discernment_error, suspicion, suspicion_error (two digits; empty where there are
    too few answers to say), region (in words); a row for before and after, and for later where
    there is one.
    """
    shown = _shown(table)
    base = alt.Chart(shown)
    layers = [*_regions(base), _way(base), *_crosses(base), *_points(base), *_names(base)]
    return alt.LayerChart(data=shown, layer=layers).properties(
        width=_WIDTH,
        height=_HEIGHT,
        title=alt.TitleParams(_finding(shown), subtitle=_HOW),
        # Narrower, and the words of two regions would run into each other.
        usermeta={"narrowest": _NARROWEST},
        description=discernment_chart_sentence(table),
    )


def discernment_chart_sentence(table: pd.DataFrame) -> str:
    """Say in one sentence where each time's point lies, with its figures and its answers."""
    shown = _shown(table)
    parts = [f"{within_words(row.when)} {_said(row)}" for row in rows_of(shown)]
    return f"{len(shown)} times: {'; '.join(parts)}."


def _said(row: Any) -> str:  # noqa: ANN401  (a row of a table)
    answers = counted(row.answers, "answer")
    if row.region == TOO_FEW:
        return f"{TOO_FEW} ({answers})"
    figures = f"discernment {row.discernment:.1f}, suspicion {row.suspicion:.1f}"
    return f"{row.region} ({figures}, {answers})"


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn: both voices together, a row a time, the region in words."""
    own = table[table["voice"] == BOTH]
    rows = {row.when: row for row in rows_of(own)}
    words = [[row.when, row.n, REGIONS.get(region_of(row), TOO_FEW)] for row in rows.values()]
    words += [[when, 0, TOO_FEW] for when in ("before", "after") if when not in rows]
    shown = pd.DataFrame(words, columns=["when", "answers", "region"])
    # Adding nothing makes a 0 of the -0 that rounding leaves.
    figures = own.set_index("when")[_FIGURES].astype("Float64").round(2) + 0.0
    shown = shown.join(figures, on="when")
    order = shown["when"].map(list(WHEN).index)
    return shown.loc[order.sort_values().index, _COLUMNS].reset_index(drop=True)


def _finding(shown: pd.DataFrame) -> list[str]:
    """Say in words where the points lie, a line for each."""
    said = shown[shown["region"] != TOO_FEW]
    if said.empty:
        return ["Two figures of a check: too few answers to say"]
    if len(said) > 1 and len(set(said["region"])) == 1:
        return [f"Each time: {said['region'].iloc[0]}"]
    return [f"{row.when.capitalize()}: {row.region}" for row in rows_of(said)]


def _left(shown: pd.DataFrame) -> float:
    """Return where the picture begins: further left only for who takes one for the other."""
    least = shown["discernment"].min()
    return -_RIGHT if pd.notna(least) and least <= -TELLS + 0.1 else _LEFT


def _x(shown: pd.DataFrame) -> alt.X:
    words = "datum.value === 0 ? '0 as if guessed' : datum.label"
    axis = alt.Axis(
        values=list(range(-4, 5)),
        format=".0f",
        labelExpr=words,
        title="telling apart (d')",
        grid=False,
        ticks=False,
        domain=False,
    )
    scale = alt.Scale(domain=[_left(shown), _RIGHT], nice=False, zero=False)
    return alt.X("discernment:Q", axis=axis, scale=scale)


def _y() -> alt.Y:
    words = "datum.value === 0 ? '0 neither' : datum.label"
    axis = alt.Axis(
        values=[-2, -1, 0, 1, 2],
        format=".0f",
        labelExpr=words,
        title="suspicion (c)",
        grid=False,
        ticks=False,
        domain=False,
    )
    scale = alt.Scale(domain=[-_UP, _UP], nice=False, zero=False)
    return alt.Y("suspicion:Q", axis=axis, scale=scale)


class _Box(NamedTuple):
    """A region: its words, where they stand in it, and its edges."""

    words: str
    align: str
    at: str
    left: float
    right: float
    bottom: float
    top: float


def _boxes(shown: pd.DataFrame) -> list[_Box]:
    """Return the regions. Their words stand in the corners, where points hardly ever lie."""
    left = _left(shown)
    swaps = left == -_RIGHT
    edge = -TELLS if swaps else left
    columns = (
        ("left", edge, TELLS, (DOUBTS, GUESSES, BELIEVES)),
        ("right", TELLS, _RIGHT, (APART_DOUBTS, APART, APART_BELIEVES)),
    )
    rows = ((LEANS, _UP, "top"), (-LEANS, LEANS, "top"), (-_UP, -LEANS, "bottom"))
    boxes = [
        _Box(REGIONS[name], align, at, begin, end, bottom, top)
        for align, begin, end, names in columns
        for name, (bottom, top, at) in zip(names, rows, strict=True)
    ]
    if not swaps:
        return boxes
    # Now the boxes are narrow.
    boxes = [box._replace(words=box.words.replace(" things", "\nthings")) for box in boxes]
    return [*boxes, _Box(REGIONS[SWAPS], "left", "top", left, -TELLS, -_UP, _UP)]


def _regions(base: alt.Chart) -> list[alt.Chart]:
    """Draw the regions with their words, once and not for each row."""
    first = once(base)
    layers = []
    for box in _boxes(base.data):
        ground = first.mark_rect(fill=colour("panel"), stroke=colour("line"), strokeWidth=1)
        ends = {"x2": alt.datum(box.right), "y": alt.datum(box.bottom), "y2": alt.datum(box.top)}
        layers.append(encoded(ground, x=alt.datum(box.left), **ends))
        up = -8 - _LINE * box.words.count("\n")
        how: dict[str, Any] = {"align": box.align, "dx": 8 if box.align == "left" else -8}
        how |= {"baseline": box.at, "dy": 8 if box.at == "top" else up}
        words = first.mark_text(**how, lineBreak="\n", color=colour("soft"))
        place: dict[str, Any] = {"text": alt.value(box.words)}
        place["x"] = alt.datum(box.left if box.align == "left" else box.right)
        place["y"] = alt.datum(box.top if box.at == "top" else box.bottom)
        layers.append(encoded(words, **place))
    return layers


def _way(base: alt.Chart) -> alt.Chart:
    """Draw the way from one point to the next."""
    line: alt.Chart = encoded(
        base.transform_filter("isValid(datum.discernment)").mark_line(
            color=colour("you"), strokeWidth=1.5, strokeDash=[5, 4]
        ),
        x=_x(base.data),
        y=_y(),
        order=alt.Order("row:Q"),
    )
    return line.transform_window(row="row_number()")


def _crosses(base: alt.Chart) -> list[alt.Chart]:
    """Draw how far chance may move each point, along both axes."""
    layers = []
    for name, other in (("discernment", "suspicion"), ("suspicion", "discernment")):
        ends = base.transform_filter("isValid(datum.discernment)").transform_calculate(
            low=f"datum.{name} - datum.{name}_error", high=f"datum.{name} + datum.{name}_error"
        )
        rule = ends.mark_rule(color=colour("soft"), strokeWidth=1, clip=True)
        along, across = ("x", "y") if name == "discernment" else ("y", "x")
        span = {along: "low:Q", f"{along}2": "high:Q", across: f"{other}:Q"}
        layers.append(encoded(rule, **span))
    return layers


def _points(base: alt.Chart) -> list[alt.Chart]:
    """Draw a point for each time: open for the first, filled for what came after."""
    own = base.transform_filter("isValid(datum.discernment)")
    shape = alt.Shape("when:N", legend=None).scale(
        domain=list(_SHAPES), range=list(_SHAPES.values())
    )
    fill = alt.condition(
        "datum.when === 'before'", alt.value(colour("paper")), alt.value(colour("you"))
    )
    mark = own.mark_point(size=150, strokeWidth=2.5, stroke=colour("you"), opacity=1)
    return [encoded(mark, x=_x(base.data), y=_y(), shape=shape, fill=fill)]


def _names(base: alt.Chart) -> list[alt.Chart]:
    """Write beside each point which time it is and how many answers it rests on."""
    said = base.data[base.data["region"] != TOO_FEW]
    order = list(said.sort_values("suspicion", ascending=False, kind="stable")["when"])
    layers = []
    for when, (align, down) in zip(order, _PLACES[len(order)], strict=True):
        own = base.transform_filter(f"datum.when === '{when}'")
        own = own.transform_calculate(name="datum.when + ', n = ' + datum.answers")
        at: dict[str, Any] = {"align": align, "dx": 14 * (align == "left"), "dy": down}
        at |= {"baseline": "middle", "fontWeight": 600, "color": colour("ink")}
        where: dict[str, Any] = {"x": "discernment:Q", "y": "suspicion:Q", "text": "name:N"}
        layers += clear_words(own, where, at, ground="panel")
    return layers
