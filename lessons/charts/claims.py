"""The picture of the kinds of claim: passage by passage, for any voice and any reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from lessons.analysis.by_voice import FEW, VOICES, read_by, spoken_by
from lessons.analysis.claims import claim_kinds, kinds_in_order
from lessons.analysis.judgements import READERS
from lessons.charts import lanes
from lessons.charts.layers import encoded
from lessons.charts.look import SHAPES, tone_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from lessons.case import Case

_COLUMN = 22  # pixels a passage
_BETWEEN = 3  # columns between two voices: room for the sums of the first
_LABELS = 130  # pixels for the kinds on the left, and the last sums on the right


def claim_kinds_chart(
    case: Case, voices: str | Sequence[str] = VOICES, readers: str | Sequence[str] = READERS
) -> alt.LayerChart:
    """Draw which kinds of claim each passage makes: a row a kind, a column a passage.

    The larger the mark, the more claims; at the end of a row stand the sums. The readings are
    shown, so let learners judge the claims first. Its table: voice, passage_id, reader, kind,
    claims. Raises ValueError for a voice or a reader that the case has not.
    """
    voices, readers = lanes.asked(case, voices, readers)
    table = kinds_table(case, voices, readers)
    order = kinds_in_order(table)
    columns = _columns(case, voices)
    base = alt.Chart(table)
    y = lanes.rows("kind", order, readers)
    ends = {voice: [c for c in cells if c.strip()] for voice, cells in columns.items()}
    first = {v: alt.XDatum(cells[0], type="nominal") for v, cells in ends.items()}
    last = {v: alt.XDatum(cells[-1], type="nominal") for v, cells in ends.items()}
    layers = [encoded(_marks(base, columns, readers), **y)]
    layers += [encoded(_sums(base, voice), x=last[voice], **y) for voice in voices]
    wide = _COLUMN * sum(map(len, columns.values()))
    return alt.LayerChart(data=table, layer=[*layers, *lanes.heads(base, case, first)]).properties(
        width=wide,
        height=lanes.height(order, readers),
        title=_title(case, table, voices, readers),
        description=kinds_sentence(case, voices, readers),
        usermeta={"narrowest": wide + 2 * _LABELS},
    )


def kinds_table(case: Case, voices: Sequence[str], readers: Sequence[str]) -> pd.DataFrame:
    """Return the claim_kinds of a case for these voices and readers."""
    claims = spoken_by(case.claims, case.passages, voices)
    return claim_kinds(claims, read_by(case.claim_readings, readers))


def kinds_sentence(
    case: Case, voices: str | Sequence[str] = VOICES, readers: str | Sequence[str] = READERS
) -> str:
    """Say in one sentence how many claims each voice makes and which kinds are most frequent."""
    voices, readers = lanes.asked(case, voices, readers)
    table = kinds_table(case, voices, readers)
    claims = spoken_by(case.claims, case.passages, voices)
    parts = []
    for voice in voices:
        number = int((claims["voice"] == voice).sum())
        leads = _leads(table[table["voice"] == voice], readers) if number >= FEW else lanes.TOO_FEW
        parts.append(f"{lanes.word(case, voice).lower()} {number}, {leads}")
    who = lanes.readers_words(readers)
    return f"{len(claims)} claims by kind as {who} judged them: {'; '.join(parts)}."


def _leads(table: pd.DataFrame, readers: Sequence[str]) -> str:
    """Say which kinds each reader saw most often in one voice."""
    parts = []
    for reader in readers:
        seen = table[table["reader"] == reader]
        names = " and ".join(lanes.leaders(seen, "kind", "claims")) or "none"
        most = int(seen.groupby("kind")["claims"].sum().max()) if len(seen) else 0
        parts.append(f"{names} (reader {reader}: {most})")
    return f"most often {', '.join(parts)}"


def _title(
    case: Case, table: pd.DataFrame, voices: Sequence[str], readers: Sequence[str]
) -> alt.TitleParams:
    """Say what each voice claims most often, and how to read the picture."""
    most = lanes.most_often(case, table, voices, ["kind", "claims"])
    how = "A column is a passage, a row a kind of claim. The larger the mark, the more claims."
    return lanes.title(most, [how, lanes.how_filled(readers)])


def _columns(case: Case, voices: Sequence[str]) -> dict[str, list[str]]:
    """Return the columns of each voice: its passages in the order of the text, then room."""
    passages = case.passages
    columns = {}
    for place, voice in enumerate(voices):
        # Names of blanks only are columns without a name; each must be another one.
        room = [" " * (place * _BETWEEN + n + 1) for n in range(_BETWEEN)]
        last = place == len(voices) - 1
        columns[voice] = [*passages.index[passages["voice"] == voice], *([] if last else room)]
    return columns


def _marks(base: alt.Chart, columns: dict[str, list[str]], readers: Sequence[str]) -> alt.Chart:
    """Draw a mark where a passage has claims of a kind: its size is their number."""
    axis = alt.Axis(
        title=None,
        orient="bottom",
        labelAngle=0,
        ticks=False,
        domain=False,
        labelOverlap=False,
        labelFontSize=11,
    )
    domain = [name for cells in columns.values() for name in cells]
    shapes = [SHAPES.get(tone_name(voice), "circle") for voice in columns]
    shape = alt.Shape("voice:N", legend=None).scale(domain=list(columns), range=shapes)
    size = alt.Size("claims:Q", legend=None).scale(domain=[1, 4], range=[30, 150], clamp=True)
    marks: alt.Chart = encoded(
        base.mark_point(strokeWidth=1.5, opacity=1),
        x=alt.X("passage_id:N", sort=None, axis=axis).scale(domain=domain),
        shape=shape,
        size=size,
        fillOpacity=lanes.fill_of(readers),
        **lanes.tones(list(columns)),
    )
    return marks


def _sums(base: alt.Chart, voice: str) -> alt.Chart:
    """Write how many claims of a kind each reader saw in a voice, at the end of its panel."""
    sums = base.transform_filter(lanes.only(voice)).transform_aggregate(
        n="sum(claims)", groupby=["kind", "reader"]
    )
    text: alt.Chart = encoded(
        sums.transform_calculate(shown="datum.reader + ' ' + datum.n").mark_text(
            align="left", dx=16, fontSize=11
        ),
        text="shown:N",
    )
    return text
