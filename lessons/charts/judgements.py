"""Pictures of what was judged: your answers beside the readings, and the kinds of differences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import altair as alt

from lessons.analysis.counted import counted
from lessons.analysis.judgements import YOU, same_as_yours
from lessons.analysis.quotation import variant_kinds
from lessons.analysis.rows import rows_of
from lessons.charts.layers import encoded
from lessons.charts.look import colour

if TYPE_CHECKING:
    import pandas as pd

    from lessons.case import Case

_STEP = 40  # pixels an item
_LANES = 3  # each item has a lane for you and one for each reader, so that marks never hide marks
_SHAPES = ("circle", "square", "triangle-up")
_TONES = ("you", "ink", "soft")


def judgements_chart(
    rows: pd.DataFrame, steps: pd.DataFrame, names: dict[str, str]
) -> alt.LayerChart:
    """Draw your answers and both readings: a row an item, a column a step of the scale.

    `rows` is a table of lessons.analysis.judgements.beside, `steps` the steps of the scale
    (value, word) in their order, `names` what each item is called, in the order of the rows. Its
    table: item, who, answer, place (0 for the first step), lane; a row a mark.
    """
    table = _placed(rows, steps, names)
    height = _STEP * table["item"].nunique()
    base = alt.Chart(table)
    layers = [_grid(base), _marks(base, steps)]
    return alt.LayerChart(data=table, layer=layers).properties(
        width=640,
        height=height,
        title=_title(rows),
        description=judgements_sentence(rows),
    )


def judgements_sentence(rows: pd.DataFrame) -> str:
    """Say in one sentence how often each reader's answer is yours."""
    counts = same_as_yours(rows)
    asked = rows.loc[rows["who"] == YOU, "item"].nunique()
    things = f"{counted(asked, 'answer')} of yours"
    parts = [f"{row.Index} chose the same in {row.same} of {row.of}" for row in rows_of(counts)]
    return f"{things} beside two readings: {' and '.join(parts)}."


def _placed(rows: pd.DataFrame, steps: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Give each answer its column, its words, and its lane within the row of its item."""
    values = list(steps["value"])
    who = list(dict.fromkeys(rows["who"]))
    order = list(names)
    table = rows.assign(
        answer=rows["value"].map(dict(zip(steps["value"], steps["word"], strict=True))),
        place=rows["value"].map(values.index),
        lane=rows["who"].map(who.index),
        order=rows["item"].map(order.index),
    ).sort_values(["order", "lane"])
    table["item"] = table["item"].map(names)
    return table[["item", "who", "answer", "place", "lane"]].reset_index(drop=True)


def _title(rows: pd.DataFrame) -> alt.TitleParams:
    """Say the picture's finding (how far the two readers agree here), and how to read it."""
    wide = rows[rows["who"] != YOU].pivot_table(
        index="item", columns="who", values="value", aggfunc="first"
    )
    same = int(wide.eq(wide.iloc[:, 0], axis=0).all(axis=1).sum())
    return alt.TitleParams(
        f"The two readers chose the same in {same} of {len(wide)}",
        subtitle="A row is what was judged. Circle: you. Square: reader A. Triangle: reader B.",
    )


def _x(steps: pd.DataFrame) -> alt.X:
    """Place an answer in the column of its step; the heads are the words of the scale."""
    # json.dumps: a word may hold an apostrophe.
    heads = enumerate(steps["word"])
    words = " : ".join(f"datum.value === {i} ? {json.dumps(word)}" for i, word in heads)
    axis = alt.Axis(
        orient="top",
        values=list(range(len(steps))),
        labelExpr=f'{words} : ""',
        labelLimit=150,
        grid=False,
        domain=False,
        ticks=False,
        title=None,
    )
    scale = alt.Scale(domain=[-0.5, len(steps) - 0.5], nice=False, zero=False)
    return alt.X("place:Q", axis=axis, scale=scale)


def _y() -> alt.Y:
    axis = alt.Axis(title=None, ticks=False, domain=False, labelLimit=260)
    return alt.Y("item:N", sort=None, axis=axis)


def _grid(base: alt.Chart) -> alt.Chart:
    """Draw a thin line along each item, so that the eye finds its row."""
    line: alt.Chart = encoded(
        base.mark_rule(color=colour("line")), y=_y(), x=alt.value(0), x2=alt.value("width")
    )
    return line


def _marks(base: alt.Chart, steps: pd.DataFrame) -> alt.Chart:
    """Draw a mark for each answer: filled for you, open for the readers."""
    who = [YOU, "Reader A", "Reader B"]
    tones = [colour(tone) for tone in _TONES]
    shape = alt.Shape("who:N", legend=None).scale(domain=who, range=list(_SHAPES))
    marks: alt.Chart = encoded(
        base.mark_point(size=90, strokeWidth=2, opacity=1),
        x=_x(steps),
        y=_y(),
        yOffset=alt.YOffset("lane:Q").scale(domain=[-0.5, _LANES - 0.5]),
        shape=shape,
        stroke=alt.Stroke("who:N", legend=None).scale(domain=who, range=tones),
        fill=alt.condition(f"datum.who === '{YOU}'", alt.value(colour("you")), alt.value(None)),
    )
    return marks


def variants_chart(case: Case) -> alt.LayerChart:
    """Draw how many differences of each kind were found: a bar a kind, its number on it.

    Its table: kind, variants; a row a kind.
    """
    table = variant_kinds(case.variants)
    base = encoded(alt.Chart(table), y=alt.Y("kind:N", sort=None, title=None).axis(ticks=False))
    bars = encoded(
        base.mark_bar(height=20, color=colour("statement")),
        x=alt.X("variants:Q", axis=None).scale(domainMax=1.2 * float(table["variants"].max())),
    )
    labels = encoded(base.mark_text(align="left", dx=6), x="variants:Q", text="variants:Q")
    return alt.LayerChart(data=table, layer=[bars, labels]).properties(
        width=640,
        height=30 * len(table),
        title=_variants_title(table),
        description=variants_sentence(case),
    )


def variants_sentence(case: Case) -> str:
    """Say in one sentence how many differences of each kind are recorded."""
    table = variant_kinds(case.variants)
    parts = ", ".join(f"{row.kind} {row.variants}" for row in rows_of(table))
    total = int(table["variants"].sum())
    return f"{total} differences between the quotation and published texts, by kind: {parts}."


def _variants_title(table: pd.DataFrame) -> alt.TitleParams:
    """Say how many differences there are and which kind is the most common."""
    total = int(table["variants"].sum())
    most = f", {table['variants'].iloc[0]} of them in {table['kind'].iloc[0]}" if total else ""
    return alt.TitleParams(
        f"{total} differences{most}",
        subtitle="The longer the bar, the more differences of this kind.",
    )
