"""The map of places: land, points, and labels that never lie over one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from lessons.analysis.dates import LANES
from lessons.analysis.places import inside, mentioned_count
from lessons.charts.labels import Box, place_labels
from lessons.charts.land import View, land_in
from lessons.charts.layers import encoded
from lessons.charts.look import SHAPES, colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessons.case import Case

WIDTHS = (300, 520, 740)  # pixels: the page takes the widest one that has room
_AIR = 12.0  # degrees around the places of the world view
_MARGIN = 24  # pixels between two views, for the name of the lower one
_LEAST = 190  # pixels: a view that is less high has no room for labels
COLUMNS = ["label", "country", "when", "lane", "passages"]


def places_chart(case: Case, table: pd.DataFrame, width: int, grain: int = 1) -> alt.LayerChart:
    """Draw the places of a lessons.analysis.places.places_table at one of WIDTHS.

    The world stands above, and under it each inset of the case, larger. Its table: label,
    country, lane, events and passages (how many), and in pixels x, y (the point) and left, top,
    right, middle (the label); a row a place. Its parameter `picked` is a label or "". `grain`
    is how coarse the coasts are, in pixels.
    """
    views = views_of(case, table, width)
    rows = placed(table, views)
    height = max((view.top + view.height for view, _ in views), default=_LEAST)
    layers = [_land(views, grain), _frames(views), *_names(views)]
    base = alt.Chart()  # its data are those of the whole: the other layers have their own
    layers += [_leaders(base), _points(base), *_labels(base)]
    return (
        alt.LayerChart(data=rows, layer=layers)
        .add_params(alt.param(name="picked", value=""))
        .properties(
            width=width,
            height=round(height),
            title=_title(table, width),
            description=places_sentence(table),
        )
    )


def places_sentence(table: pd.DataFrame) -> str:
    """Say in one sentence what the map shows, with its counts."""
    counts = table["lane"].value_counts()
    lanes = [f"{lane.lower()}: {counts[lane]}" for lane in LANES.values() if lane in counts]
    events = sum(map(len, table["events"]))
    return f"{len(table)} places on the map, where {events} events happened; {'; '.join(lanes)}."


def views_of(case: Case, table: pd.DataFrame, width: int) -> list[tuple[View, list[str]]]:
    """Return the views of the map, each with the labels of the places that it shows.

    First the world around all places, then each inset of the case with a place in it.
    """
    if table.empty:
        return []
    small = [inset for inset in case.map if inside(table, inset).any()]
    shown = [list(table.index[inside(table, inset)]) for inset in small]
    rest = [label for label in table.index if not any(label in labels for labels in shown)]
    views = [(_world(table, width), rest)]
    for inset, labels in zip(small, shown, strict=True):
        above = views[-1][0]
        edges = {key: float(inset[key]) for key in ("west", "south", "east", "north")}
        top = above.top + above.height + _MARGIN
        views.append((View(**edges, left=0, top=top, width=min(width, 440)), labels))
    return views


def _world(table: pd.DataFrame, width: int) -> View:
    """Return the view around all places, with some air; higher where it would be too flat."""
    west, east = max(-180.0, table["lon"].min() - _AIR), min(180.0, table["lon"].max() + _AIR)
    south, north = max(-80.0, table["lat"].min() - _AIR), min(80.0, table["lat"].max() + _AIR)
    view = View(west, south, east, north, 0, 0, width)
    while view.height < _LEAST and (south > -80.0 or north < 80.0):  # noqa: PLR2004  (the poles)
        south, north = max(-80.0, south - 2), min(80.0, north + 2)
        view = View(west, south, east, north, 0, 0, width)
    return view


def placed(table: pd.DataFrame, views: Sequence[tuple[View, list[str]]]) -> pd.DataFrame:
    """Return the rows of the chart: each place with its point and its label, in pixels."""
    rows: list[dict[str, Any]] = []
    for view, labels in views:
        picture = Box(view.left, view.top, view.width, view.height)
        points = [
            (*view.pixel(table.loc[label, "lon"], table.loc[label, "lat"]), label)  # type: ignore[arg-type]
            for label in labels
        ]
        for (x, y, label), box in zip(points, place_labels(points, picture), strict=True):
            rows.append(_row(table, label, x, y, box))
    return pd.DataFrame(rows)


def _row(table: pd.DataFrame, label: str, x: float, y: float, box: Box | None) -> dict[str, Any]:
    """Return one place as a row; a label without room is written nowhere (left is None)."""
    cells: dict[str, Any] = {
        "label": label,
        "country": str(table.loc[label, "country"]),
        "lane": str(table.loc[label, "lane"]),
        "events": len(table.loc[label, "events"]),  # type: ignore[arg-type]
        "passages": len(table.loc[label, "passages"]),  # type: ignore[arg-type]
        "x": round(x, 1),
        "y": round(y, 1),
    }
    if box is None:
        return cells | dict.fromkeys(("left", "top", "right", "middle", "side"))
    right = box.left + box.width
    side = "right" if box.left > x else "left" if right < x else "over"
    edges = {"left": box.left, "top": box.top, "right": right, "middle": box.top + box.height / 2}
    return cells | {key: round(value, 1) for key, value in edges.items()} | {"side": side}


def _title(table: pd.DataFrame, width: int) -> alt.TitleParams:
    """Say the map's finding, and how to read it; in two lines where it is narrow."""
    said = mentioned_count(table)
    title = f"The article mentions {said} of these {len(table)} places"
    read = ["Square: the statement. Triangle: the commentary.", "Diamond: both. Circle: neither."]
    narrow = width < WIDTHS[1]
    return alt.TitleParams(
        ["The article mentions", f"{said} of these {len(table)} places"] if narrow else title,
        subtitle=[*read[0].split(". ", 1), *read[1].split(". ", 1)] if narrow else " ".join(read),
    )


def _pixels(channel: Any, field: str, size: int = 4000) -> Any:  # noqa: ANN401  (Altair's channels)
    """Place a field that is in pixels already."""
    return channel(f"{field}:Q", axis=None).scale(
        domain=[0, size], range=[0, size], nice=False, zero=False
    )


def _land(views: Sequence[tuple[View, list[str]]], grain: int) -> alt.Chart:
    """Draw the land of all views; it is in pixels already."""
    values = [land_in(view, grain) for view, _ in views]
    land: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_geoshape(aria=False, fill=colour("panel"), stroke=colour("soft"), strokeWidth=0.7)
        .project(type="identity", scale=1, translate=[0, 0])
    )
    return land


def _frames(views: Sequence[tuple[View, list[str]]]) -> alt.Chart:
    """Draw a frame around each view, and on the world the frame of each inset."""
    frames = [_frame(view, view) for view, _ in views]
    frames += [_frame(inset, views[0][0]) for inset, _ in views[1:]]
    drawn: alt.Chart = encoded(
        alt.Chart(alt.InlineData(values=frames)).mark_rect(
            aria=False, fillOpacity=0, stroke=colour("soft"), strokeWidth=1
        ),
        x=_pixels(alt.X, "left"),
        x2="right:Q",
        y=_pixels(alt.Y, "top"),
        y2="bottom:Q",
    )
    return drawn


def _frame(shown: View, on: View) -> dict[str, float]:
    """Return the edges of one view in the pixels of another."""
    left, top = on.pixel(shown.west, shown.north)
    right, bottom = on.pixel(shown.east, shown.south)
    return {
        "left": round(left, 1),
        "top": round(top, 1),
        "right": round(right, 1),
        "bottom": round(bottom, 1),
    }


def _names(views: Sequence[tuple[View, list[str]]]) -> list[alt.Chart]:
    """Say over each inset that it is the framed part of the world, larger."""
    heads = [{"x": 0, "y": round(view.top - 7, 1)} for view, _ in views[1:]]
    if not heads:
        return []
    text = "The framed part, larger"
    drawn = alt.Chart(alt.InlineData(values=heads)).mark_text(align="left", fontWeight=600)
    return [encoded(drawn, x=_pixels(alt.X, "x"), y=_pixels(alt.Y, "y"), text=alt.value(text))]


def _leaders(base: alt.Chart) -> alt.Chart:
    """Draw a thin line from each point to its label, where the label had to move away."""
    ends = (
        base.transform_filter("isValid(datum.left)")
        .transform_calculate(
            end_x="clamp(datum.x, datum.left + 4, datum.right - 4)",
            end_y="clamp(datum.y, datum.top + 5, datum.top + 19)",
        )
        .transform_filter("hypot(datum.end_x - datum.x, datum.end_y - datum.y) > 16")
    )
    line: alt.Chart = encoded(
        ends.mark_rule(color=colour("soft"), strokeWidth=0.8),
        x=_pixels(alt.X, "x"),
        y=_pixels(alt.Y, "y"),
        x2="end_x:Q",
        y2="end_y:Q",
    )
    return line


def _points(base: alt.Chart) -> alt.Chart:
    """Draw a mark for each place, in the colour and shape of who mentions it."""
    lanes, tones = list(LANES.values()), [colour(lane) for lane in LANES]
    shapes = [SHAPES[lane] for lane in LANES]
    marks: alt.Chart = encoded(
        base.mark_point(filled=True, opacity=1),
        x=_pixels(alt.X, "x"),
        y=_pixels(alt.Y, "y"),
        shape=alt.Shape("lane:N", legend=None).scale(domain=lanes, range=shapes),
        color=alt.Color("lane:N", legend=None).scale(domain=lanes, range=tones),
        size=alt.condition("datum.label === picked", alt.value(190), alt.value(70)),
    )
    return marks.properties(name="places")


def _labels(base: alt.Chart) -> list[alt.Chart]:
    """Write each label into its box, beginning on the side of its point."""
    places = {"right": "datum.left + 3", "left": "datum.right - 3"}
    places["over"] = "(datum.left + datum.right) / 2"
    aligns: dict[str, Any] = {"right": "left", "left": "right", "over": "center"}
    return [
        encoded(
            base.transform_filter(f"datum.side === '{side}'")
            .transform_calculate(word_x=place)
            .mark_text(align=aligns[side], baseline="middle"),
            x=_pixels(alt.X, "word_x"),
            y=_pixels(alt.Y, "middle"),
            text="label:N",
        )
        for side, place in places.items()
    ]
