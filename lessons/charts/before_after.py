"""A picture of two checks: how many sentences of each kind and voice were judged rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from lessons.analysis.check_answers import FEWEST, TOO_FEW, VOICES
from lessons.analysis.rows import rows_of
from lessons.charts.layers import encoded
from lessons.charts.look import colour

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = 66  # pixels a row: a bar for each time, and air
_WIDTH = 460
_NARROWEST = 520  # with room for the title
_KINDS = {True: "hold up", False: "do not hold up"}
_COLUMNS = ["sentences", "when", "right", "of", "share", "said"]


def before_after_chart(
    table: pd.DataFrame, start: str = "before", end: str = "after"
) -> alt.LayerChart:
    """Draw right answers at two times: a row a voice and kind of sentence, a bar a time.

    `table` is one of lessons.analysis.change.right_answers, `start` and `end` are the times that
    it was made for. Its own table: sentences (whose, and whether they hold up), when, right, of,
    share (percent, empty for none answered), said (the counts in words); a row a bar.
    """
    shown = _shown(table, start, end)
    base = alt.Chart(shown).transform_calculate(whole="100")
    layers = [_tracks(base), _bars(base, start), *_words(base)]
    return alt.LayerChart(data=shown, layer=layers).properties(
        width=_WIDTH,
        height=_STEP * shown["sentences"].nunique(),
        title=_title(table, start, end),
        usermeta={"narrowest": _NARROWEST},
        description=before_after_sentence(table, start, end),
    )


def before_after_sentence(table: pd.DataFrame, start: str = "before", end: str = "after") -> str:
    """Say in one sentence how many answers of each kind were right at the two times."""
    parts = [
        f"of sentences by {VOICES[row.voice]} that {_KINDS[row.sound]} {row.right_start} of "
        f"{row.of_start} {start} and {row.right_end} of {row.of_end} {end}"
        for row in rows_of(table)
    ]
    few = f" That is {TOO_FEW} what changed." if _too_few(table) else ""
    first, last = int(table["of_start"].sum()), int(table["of_end"].sum())
    return f"{first} answers {start} and {last} {end}; right were {', '.join(parts)}.{few}"


def _too_few(table: pd.DataFrame) -> bool:
    return bool(min(table["of_start"].sum(), table["of_end"].sum()) < FEWEST)


def _shown(table: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    """Return a row for each bar."""
    return pd.DataFrame(list(_bars_of(table, start, end)), columns=_COLUMNS).astype(
        {"share": "Float64"}
    )


def _bars_of(table: pd.DataFrame, start: str, end: str) -> Iterator[list[object]]:
    for row in rows_of(table):
        name = f"{VOICES[row.voice]}: {_KINDS[row.sound]}"
        for when, right, of in (
            (start, row.right_start, row.of_start),
            (end, row.right_end, row.of_end),
        ):
            share = round(100 * right / of) if of else None
            said = f"{when}: {right} of {of}" if of else f"{when}: no answers"
            yield [name, when, right, of, share, said]


def _title(table: pd.DataFrame, start: str, end: str) -> alt.TitleParams:
    """Say how many of each kind were right at both times, and how to read the picture."""
    how = [
        "How many sentences of each kind you judged as the card shows.",
        f"The upper bar: {start}. The lower bar: {end}.",
        "Grey: all cards of this kind.",
    ]
    return alt.TitleParams(_finding(table, start, end), subtitle=how)


def _finding(table: pd.DataFrame, start: str, end: str) -> str | list[str]:
    """Return the title: a line for each kind, since the two are never made into one number."""
    if _too_few(table):
        return f"{start.capitalize()} and {end}: too few answers to say"
    lines = []
    for sound, did in ((True, "Believed what holds up"), (False, "Doubted what does not")):
        own = table[table["sound"] == sound]
        first = f"{own['right_start'].sum()} of {own['of_start'].sum()}"
        lines.append(f"{did}: {first}, then {own['right_end'].sum()} of {own['of_end'].sum()}")
    return lines


def _y() -> alt.Y:
    axis = alt.Axis(title=None, ticks=False, domain=False, labelLimit=260, labelPadding=8)
    return alt.Y("sentences:N", sort=None, axis=axis).scale(paddingInner=0.3)


def _lane(base: alt.Chart) -> alt.YOffset:
    times = list(dict.fromkeys(base.data["when"]))
    return alt.YOffset("when:N", sort=times).scale(paddingInner=0.15)


def _x(field: str) -> alt.X:
    # Beyond 100 there is room for the words behind the bars.
    scale = alt.Scale(domain=[0, 165], nice=False)
    return alt.X(f"{field}:Q", axis=None, scale=scale, stack=None)


def _tracks(base: alt.Chart) -> alt.Chart:
    """Draw behind each bar how long it would be if all were right."""
    bar: alt.Chart = encoded(
        base.mark_bar(color=colour("line"), opacity=0.6), x=_x("whole"), y=_y(), yOffset=_lane(base)
    )
    return bar


def _bars(base: alt.Chart, start: str) -> alt.Chart:
    """Draw the bars: an open one for the first time, a full one for the second."""
    fill = alt.condition(
        alt.datum.when == start, alt.value(colour("paper")), alt.value(colour("you"))
    )
    bar: alt.Chart = encoded(
        base.mark_bar(stroke=colour("you"), strokeWidth=2),
        x=_x("share"),
        y=_y(),
        yOffset=_lane(base),
        fill=fill,
    )
    return bar


def _words(base: alt.Chart) -> list[alt.Chart]:
    """Write behind each bar whose it is and its counts."""
    said: alt.Chart = encoded(
        base.mark_text(align="left", dx=8, baseline="middle"),
        x=_x("whole"),
        y=_y(),
        yOffset=_lane(base),
        text="said:N",
    )
    return [said]
