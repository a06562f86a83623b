"""The evidence grid: which source speaks for, against or not at all, claim by claim."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import altair as alt

from lessons.analysis.counted import counted
from lessons.analysis.evidence import (
    AGAINST,
    BOTH,
    FOR,
    SILENT,
    claims_with_both_sides,
    evidence_table,
    sides_by_kind,
)
from lessons.analysis.rows import rows_of
from lessons.charts.layers import encoded
from lessons.charts.look import colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from lessons.case import Case

_ROW, _WIDE, _NARROW = 22, 92, 14  # pixels: a source; a claim with words, and one without
_WORDS_UP_TO = 8  # claims beside which the side is written, too
_SOURCES_UP_TO = 24  # claims for which each source has a row; above, each kind has one
# A disc, a cross, a diamond, a short line: apart without colour. The colours of the voices and
# of the learner would say something that is not meant.
_SHAPES = {FOR: "circle", AGAINST: "M-1,-1L1,1M-1,1L1,-1", BOTH: "diamond", SILENT: "stroke"}
_TONES = {FOR: "ink", AGAINST: "ink", BOTH: "ink", SILENT: "line"}


def evidence_grid(case: Case, claims: Sequence[str] | None = None) -> alt.LayerChart:
    """Draw claims as columns and sources as rows, grouped by the kind of their publisher.

    It shows on which side each source was put, so it is for after the learner's own verdict on
    every one of these claims; of the claims it names only the ids. `claims` names them, None
    means all. Its table: source, publisher, kind, stake, claim, side (for, against, both,
    silent); a row a mark. For more than 24 claims a row is a kind that is not silent: kind,
    claim, side, sources; that picture is large, and best not saved in a notebook.
    Raises ValueError for a claim that the case does not have.
    """
    every = evidence_table(case.claims, case.sources, claims)
    whole = every["claim"].nunique() <= _SOURCES_UP_TO
    table = every if whole else _speaking(sides_by_kind(every))
    names = list(dict.fromkeys(every["claim"]))
    few = len(names) <= _WORDS_UP_TO
    base = encoded(alt.Chart(table), x=_x(names), y=_y(table))
    layers = [_marks(base, few=few), *([_words(base)] if few else [])]
    return alt.LayerChart(data=table, layer=layers).properties(
        width=max(1, len(names)) * (_WIDE if few else _NARROW),
        height=_ROW * len(_lines(table)),
        title=_title(every),
        description=evidence_sentence(every),
    )


def _speaking(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out what is silent: with so many claims an empty place says it, too."""
    return table[table["side"] != SILENT].reset_index(drop=True)


def evidence_sentence(table: pd.DataFrame) -> str:
    """Say in one sentence, with its counts, what the grid of an evidence_table shows."""
    if table.empty:
        return "No source is listed for these claims: 0 marks."
    counts = table["side"].value_counts()
    times = {side: int(counts.get(side, 0)) for side in _SHAPES}
    claims, sources, kinds = (
        counted(table[name].nunique(), name) for name in ("claim", "source", "kind")
    )
    often = {side: counted(times[side], "time") for side in (FOR, AGAINST, BOTH, SILENT)}
    return (
        f"{claims} and {sources} of {kinds}: a source speaks for a claim {often[FOR]}, against one "
        f"{often[AGAINST]}, both for and against one {often[BOTH]}, and is silent {often[SILENT]}."
    )


def _title(table: pd.DataFrame) -> alt.TitleParams:
    both, asked = len(claims_with_both_sides(table)), table["claim"].nunique()
    return alt.TitleParams(
        f"{both} of {counted(asked, 'claim')} with sources on both sides",
        subtitle=[
            "Disc: for the claim. Cross: against it. Diamond: one part for, one part against.",
            "Short line or nothing: silent. The more marks do not win: look at who speaks.",
        ],
    )


def _lines(table: pd.DataFrame) -> dict[str, str]:
    """Return what the rows are called: under each kind its sources, by their ids."""
    if "source" not in table:
        return {kind: kind for kind in dict.fromkeys(table["kind"])}
    lines: dict[str, str] = {}
    for row in rows_of(table.drop_duplicates("source")):
        lines.setdefault(f"kind: {row.kind}", row.kind)
        lines[row.source] = row.publisher
    return lines


def _y(table: pd.DataFrame) -> alt.Y:
    """Place a source in its row; the rows that name a kind hold no mark."""
    lines = _lines(table)
    is_kind = "indexof(datum.value, 'kind: ') === 0"
    bold: Any = {"condition": {"test": is_kind, "value": "bold"}, "value": "normal"}
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelLimit=300,
        labelFontWeight=bold,
        # json.dumps: a name may hold quotation marks.
        labelExpr=f"({json.dumps(lines)})[datum.value]",
    )
    field = "source:N" if "source" in table else "kind:N"
    return alt.Y(field, axis=axis).scale(domain=list(lines))


def _x(names: list[str]) -> alt.X:
    angle = 0 if len(names) <= _WORDS_UP_TO else -90
    axis = alt.Axis(orient="top", title=None, ticks=False, domain=False, labelAngle=angle)
    return alt.X("claim:N", axis=axis).scale(domain=names)


def _marks(base: alt.Chart, *, few: bool) -> alt.Chart:
    """Draw a mark for each source and claim; where words stand beside it, it is moved left."""
    sides = list(_SHAPES)
    tones = [colour(_TONES[side]) for side in sides]
    marks: alt.Chart = encoded(
        base.mark_point(size=70, strokeWidth=2, opacity=1, xOffset=-30 if few else 0),
        shape=alt.Shape("side:N", legend=None).scale(
            domain=sides, range=[_SHAPES[side] for side in sides]
        ),
        stroke=alt.Stroke("side:N", legend=None).scale(domain=sides, range=tones),
        fill=alt.condition(
            f"datum.side === '{FOR}'", alt.value(colour("ink")), alt.value("transparent")
        ),
    )
    return marks


def _words(base: alt.Chart) -> alt.Chart:
    """Write the side beside its mark."""
    words: alt.Chart = encoded(
        base.mark_text(align="left", xOffset=-20),
        text="side:N",
        color=alt.condition(
            f"datum.side === '{SILENT}'", alt.value(colour("soft")), alt.value(colour("ink"))
        ),
    )
    return words
