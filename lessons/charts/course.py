"""My course at a glance: what is done and what is left, lesson by lesson."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from lessons.analysis.counted import counted
from lessons.analysis.progress import BEGUN, DONE, go_on_at, states
from lessons.analysis.rows import rows_of
from lessons.charts.layers import encoded
from lessons.charts.look import colour

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEP = 34  # pixels a lesson
_WIDTH = 420
_NARROWEST = 520  # with room for a long step in the title
_FEWEST = 12  # things that a row has room for, so that squares do not stretch
_HALF = "M-1,0L1,0L1,1L-1,1Z"  # the lower half of a square, as Vega writes shapes
_COLUMNS = ["lesson", "place", "step", "state", "count", "said"]


def course_chart(table: pd.DataFrame) -> alt.LayerChart:
    """Draw a row a lesson and a square a thing to do: full when done, half when begun, else open.

    `table` has the columns lesson, step, item, done (True or False) and count ("4 of 16", or ""),
    as `my_work().table`; its order is kept. Its own table: lesson, place (in the lesson, from 1),
    step, state ("done", "begun" or "left"), count, said ("3 of 7 done"); a row a thing.
    """
    shown = _shown(table)
    base = alt.Chart(shown)
    return alt.LayerChart(data=shown, layer=[*_squares(base), _words(base)]).properties(
        width=_WIDTH,
        height=_STEP * max(1, shown["lesson"].nunique()),
        title=_title(shown),
        usermeta={"narrowest": _NARROWEST},
        description=course_sentence(table),
    )


def course_sentence(table: pd.DataFrame) -> str:
    """Say in one sentence of each lesson how many of its things are done."""
    shown = _shown(table)
    lessons = shown.drop_duplicates("lesson")
    if lessons.empty:
        return "0 lessons with something to do were found."
    parts = [f"{row.lesson} {row.said}" for row in rows_of(lessons)]
    count = counted(len(lessons), "lesson")
    return f"{count} with something to do: {'; '.join(parts)}."


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn: a row a thing, with its place in the lesson and its state."""
    shown = pd.DataFrame(
        {
            "lesson": [_plain(str(title)) for title in table["lesson"]],
            "step": [_plain(str(step)) for step in table["step"]],
            "state": states(table),
            "count": table["count"].astype("str").to_numpy(),
        }
    ).astype("str")
    lessons = shown.groupby("lesson", sort=False)["state"]
    shown["place"] = lessons.cumcount() + 1
    done = shown["state"].eq(DONE).groupby(shown["lesson"]).transform("sum")
    of = lessons.transform("size")
    said = [f"{part} of {whole} done" for part, whole in zip(done, of, strict=True)]
    return shown.assign(said=pd.Series(said, index=shown.index, dtype="str"))[_COLUMNS]


def _plain(title: str) -> str:
    """Write "0 · Start here" as "0. Start here": not every font of a picture has the dot."""
    return re.sub(r"\s*\u00b7\s*", ". ", title)


def _title(shown: pd.DataFrame) -> alt.TitleParams:
    """Say what comes next, and how to read the picture."""
    at = go_on_at(shown.assign(done=shown["state"] == DONE))
    finding = ["No lessons were found" if shown.empty else "Everything is done"]
    if at is not None:
        row = shown.iloc[at]
        finding = [f"Next: {row['lesson']}", str(row["step"])]
    how = ["A square is one thing to do.", "Full: done. Half full: begun. Open: left."]
    return alt.TitleParams(finding, subtitle=how)


def _x(shown: pd.DataFrame) -> alt.X:
    most = max([_FEWEST, *_places(shown)])
    scale = alt.Scale(domain=[0.4, most + 0.6], nice=False, zero=False)
    return alt.X("place:Q", axis=None, scale=scale)


def _places(shown: pd.DataFrame) -> Sequence[int]:
    return [int(place) for place in shown["place"]]


def _y() -> alt.Y:
    axis = alt.Axis(title=None, ticks=False, domain=False, labelLimit=260)
    return alt.Y("lesson:N", sort=None, axis=axis)


def _squares(base: alt.Chart) -> list[alt.Chart]:
    """Draw an open square for each thing, and what is done of it within."""
    # Of two marks on one another only the open square is for a screen reader; and an empty layer
    # would be one without words.
    ring = base.mark_point(shape="square", size=230, strokeWidth=1.5, opacity=1)
    full = base.transform_filter(f"datum.state === '{DONE}'").mark_point(
        shape="square", size=230, filled=True, color=colour("you"), opacity=1, aria=False
    )
    half = base.transform_filter(f"datum.state === '{BEGUN}'").mark_point(
        shape=_HALF, size=230, filled=True, color=colour("you"), opacity=1, aria=False
    )
    where: dict[str, Any] = {"x": _x(base.data), "y": _y()}
    stroke = alt.value(colour("soft"))
    return [encoded(ring, stroke=stroke, **where), encoded(full, **where), encoded(half, **where)]


def _words(base: alt.Chart) -> alt.Chart:
    """Write at the end of each row how many of its things are done."""
    once = base.transform_filter("datum.place === 1").mark_text(align="left")
    # The page gives the picture another width than this file does.
    said: alt.Chart = encoded(once, x=alt.value(alt.ExprRef("width + 10")), y=_y(), text="said:N")
    return said
