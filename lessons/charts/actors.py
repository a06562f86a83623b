"""Pictures of who does what to whom, and of doers with and without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from lessons.analysis.actors import FORMS, UNNAMED, deeds, naming
from lessons.analysis.by_voice import VOICES, chosen, read_by, share, spoken_by
from lessons.analysis.judgements import READERS
from lessons.charts import lanes
from lessons.charts.layers import encoded
from lessons.charts.look import TEXT_SIZE, colour, tone_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lessons.case import Case

_LINE = 20  # pixels a deed
_DOER, _PANEL = 128, 446  # pixels for the doers, and for the deeds of a voice
_PAINT, _DEED = 32, 120  # where in a panel the polarity stands, and the deed
_LONG = 44  # more letters than this are broken before the one it is done to
_MARKS = {"constructive": "+", "destructive": "-", "neutral": "o"}
_BARS = 330  # pixels a voice
_ROOM = 1.9  # how much longer a panel of bars is than its longest bar: room for the numbers


def deeds_chart(
    case: Case,
    voices: str | Sequence[str] = VOICES,
    readers: str | Sequence[str] = READERS,
    *,
    doers: str | Sequence[str] = (),
) -> alt.LayerChart:
    """Draw who does what to whom: a line a deed, the voices side by side, doer by doer.

    `doers` are those to show; all when it is empty. Deeds are in neutral words, not in the words
    of the text. Its table: voice, passage_id, doer, deed, done_to, reader_A, reader_B (how each
    saw the deed painted), line (from the top). Raises ValueError for a voice, a reader or a doer
    that the case has not.
    """
    voices, readers = lanes.asked(case, voices, readers)
    table = deeds_table(case, voices, readers, doers)
    wide = _DOER + _PANEL * len(voices)
    base = encoded(alt.Chart(table), y=_line_of(table))
    layers = [*_doers(base, wide)]
    for place, voice in enumerate(voices):
        layers += _deeds(base, voice, _DOER + place * _PANEL, readers)
    heads = {voice: alt.value(_DOER + place * _PANEL) for place, voice in enumerate(voices)}
    plain = alt.Chart(table)
    return alt.LayerChart(data=table, layer=[*layers, *lanes.heads(plain, case, heads)]).properties(
        width=wide,
        height=_LINE * (int(table["line"].max()) + 2 if len(table) else 1),
        title=_deeds_title(case, table, voices, readers),
        description=deeds_sentence(case, voices, readers, doers=doers),
        usermeta={"narrowest": wide + 20},
    )


def deeds_table(
    case: Case, voices: Sequence[str], readers: Sequence[str], doers: str | Sequence[str]
) -> pd.DataFrame:
    """Return the deeds of a case, each with the line on which it stands in its voice's panel."""
    actors = spoken_by(case.actors, case.passages, voices)
    if doers:
        known = sorted(set(case.actors["actor"]))
        actors = actors[actors["actor"].isin(chosen(doers, known, "doer"))]
    table = deeds(actors, read_by(case.actor_readings, readers))
    return table.assign(line=_lines(table))


def _lines(table: pd.DataFrame) -> pd.Series:
    """Give each deed a line: a doer's deeds begin on the same line in every panel."""
    lines = pd.Series(0, index=table.index, dtype="int64")
    top = 0
    for _, own in table.groupby("doer", sort=False):
        # A long deed needs two lines.
        long = own["deed"].str.len() + own["done_to"].str.len() > _LONG
        needs = (long & (own["done_to"] != "")).astype(int) + 1
        ends = needs.groupby(own["voice"]).cumsum()
        lines.loc[own.index] = top + ends - needs
        top += int(ends.max())
    return lines


def deeds_sentence(
    case: Case,
    voices: str | Sequence[str] = VOICES,
    readers: str | Sequence[str] = READERS,
    *,
    doers: str | Sequence[str] = (),
) -> str:
    """Say in one sentence how many deeds each voice tells, of whom, and how they are painted."""
    voices, readers = lanes.asked(case, voices, readers)
    table = deeds_table(case, voices, readers, doers)
    parts = []
    for voice in voices:
        own = table[table["voice"] == voice]
        painted = [_painted(own, reader) for reader in readers if len(own)]
        said = [_most_frequent(own), *painted]
        parts.append(f"{lanes.word(case, voice).lower()} {len(own)}{', '.join(said)}")
    who = lanes.readers_words(readers)
    return f"{len(table)} deeds as {who} saw them painted; {'; '.join(parts)}."


def _most_frequent(own: pd.DataFrame) -> str:
    """Name the doer with the most deeds; nothing where no doer has a name."""
    sums = own.loc[own["doer"] != UNNAMED, "doer"].value_counts()
    if sums.empty:
        return ""
    names = " and ".join(sorted(sums.index[sums == sums.max()]))
    return f" (most by: {names}, {int(sums.max())})"


def _painted(own: pd.DataFrame, reader: str) -> str:
    """Say how one reader saw the deeds of one voice painted."""
    seen = own[f"reader_{reader}"].value_counts().reindex(list(_MARKS), fill_value=0)
    return f"reader {reader}: " + ", ".join(f"{name} {int(n)}" for name, n in seen.items())


def _deeds_title(
    case: Case, table: pd.DataFrame, voices: Sequence[str], readers: Sequence[str]
) -> alt.TitleParams:
    """Say how each voice paints most of the deeds, and how to read the picture."""
    seen = [
        table[["voice"]].assign(reader=reader, paint=table[f"reader_{reader}"], deeds=1)
        for reader in readers
        if f"reader_{reader}" in table
    ]
    rows = pd.concat(seen) if seen else table.assign(reader="", paint="", deeds=0)
    most = lanes.most_often(case, rows, voices, ["paint", "deeds"])
    marks = ", ".join(f"{mark} {name}" for name, mark in _MARKS.items())
    how = f"A line: passage, how it is painted ({marks}), the deed -> to whom."
    who = "two AI readers; A and B where they differ" if len(readers) > 1 else "one AI reader"
    told = f"As the text paints it, which need not be so. In neutral words. Read by {who}."
    return lanes.title(most, [how, told])


def _line_of(table: pd.DataFrame) -> alt.Y:
    """Place a deed on its line."""
    last = int(table["line"].max()) + 2 if len(table) else 1
    return alt.Y("line:Q", axis=None).scale(domain=[0, last], nice=False, reverse=True)


def _doers(base: alt.Chart, wide: int) -> list[alt.Chart]:
    """Write each doer beside the first of the deeds, under a thin line."""
    once = base.transform_aggregate(line="min(line)", groupby=["doer"])
    rule = encoded(
        once.mark_rule(color=colour("line"), yOffset=-2), x=alt.value(0), x2=alt.value(wide)
    )
    name = once.mark_text(align="left", baseline="top", dy=3, fontWeight=600, limit=_DOER - 8)
    return [rule, encoded(name, x=alt.value(0), text="doer:N")]


def _deeds(base: alt.Chart, voice: str, left: int, readers: Sequence[str]) -> list[alt.Chart]:
    """Write the deeds of one voice: the passage, the polarity, the deed and to whom."""
    to = "(datum.done_to ? '-> ' + datum.done_to : '')"
    long = f"length(datum.deed) + length(datum.done_to) > {_LONG}"
    whole = base.transform_filter(lanes.only(voice)).transform_calculate(
        paint=_paint(readers), words=f"datum.deed + ({long} ? '\\n' : ' ') + {to}"
    )
    write: dict[str, Any] = {"align": "left", "baseline": "top", "dy": 3, "lineBreak": "\n"}
    small = whole.mark_text(fontSize=TEXT_SIZE - 2, color=colour(tone_name(voice)), **write)
    paint = whole.mark_text(fontSize=TEXT_SIZE - 2, color=colour("soft"), **write)
    words = whole.mark_text(limit=_PANEL - _DEED - 6, lineHeight=15, **write)
    return [
        encoded(small, x=alt.value(left), text="passage_id:N"),
        encoded(paint, x=alt.value(left + _PAINT), text="paint:N"),
        encoded(words, x=alt.value(left + _DEED), text="words:N"),
    ]


def _paint(readers: Sequence[str]) -> str:
    """Return the Vega expression for a deed's polarity: mark and word, or a mark a reader."""
    marks = "{" + ", ".join(f"'{name}': '{mark}'" for name, mark in _MARKS.items()) + "}"
    first = f"datum.reader_{readers[0]}"
    one = f"({marks})[{first}] + ' ' + {first}"
    if len(readers) == 1:
        return one
    both = " + '   ' + ".join(f"'{r} ' + ({marks})[datum.reader_{r}]" for r in readers)
    return f"datum.reader_{readers[0]} === datum.reader_{readers[1]} ? {one} : {both}"


def naming_chart(
    case: Case, voices: str | Sequence[str] = VOICES, readers: str | Sequence[str] = READERS
) -> alt.LayerChart:
    """Draw how many doers have a name and how many have none, by the form of the sentence.

    A bar a reader. Its table: voice, reader, form, doer (named or unnamed), deeds. Raises
    ValueError for a voice or a reader that the case has not.
    """
    voices, readers = lanes.asked(case, voices, readers)
    table = naming_table(case, voices, readers)
    longest = table.groupby(["voice", "reader", "form"])["deeds"].sum().max()
    panel = (float(longest) if longest > 0 else 1.0) * _ROOM
    starts = {voice: place * panel for place, voice in enumerate(voices)}
    y = lanes.rows("form", FORMS, readers)
    base = alt.Chart(table)
    heads = {voice: lanes.at(start) for voice, start in starts.items()}
    layers = [
        encoded(_naming_bars(base, starts, panel), **y),
        encoded(_naming_numbers(base, starts), **y),
    ]
    return alt.LayerChart(data=table, layer=[*layers, *lanes.heads(base, case, heads)]).properties(
        width=_BARS * len(voices),
        height=lanes.height(FORMS, readers),
        title=_naming_title(case, table, voices, readers),
        description=naming_sentence(case, voices, readers),
        usermeta={"narrowest": _BARS * len(voices) + 120},
    )


def naming_table(case: Case, voices: Sequence[str], readers: Sequence[str]) -> pd.DataFrame:
    """Return the naming of a case for these voices and readers."""
    actors = spoken_by(case.actors, case.passages, voices)
    return naming(actors, read_by(case.actor_readings, readers))


def naming_sentence(
    case: Case, voices: str | Sequence[str] = VOICES, readers: str | Sequence[str] = READERS
) -> str:
    """Say in one sentence how many doers are unnamed in each voice, and in which forms."""
    voices, readers = lanes.asked(case, voices, readers)
    table = naming_table(case, voices, readers)
    actors = spoken_by(case.actors, case.passages, voices)
    parts = []
    for voice in voices:
        forms = [_forms(table[table["voice"] == voice], reader) for reader in readers]
        said = _unnamed(actors[actors["voice"] == voice])
        parts.append(f"{lanes.word(case, voice).lower()} {said}, of these {', '.join(forms)}")
    who = lanes.readers_words(readers)
    return (
        f"{len(actors)} deeds, their forms judged by {who}; deeds without a named doer: "
        f"{'; '.join(parts)}."
    )


def _unnamed(actors: pd.DataFrame) -> str:
    """Say how many of the deeds have no named doer, and the share unless they are few."""
    none, whole = int((actors["actor"] == UNNAMED).sum()), len(actors)
    percent = share(none, whole)
    return f"{none} of {whole} ({lanes.TOO_FEW if percent is None else f'{percent} %'})"


def _forms(rows: pd.DataFrame, reader: str) -> str:
    """Say in which forms one reader found the doers of one voice that have no name."""
    own = rows[(rows["reader"] == reader) & (rows["doer"] == UNNAMED)]
    sums = own.groupby("form")["deeds"].sum().reindex(FORMS, fill_value=0)
    return f"by reader {reader} " + " and ".join(f"{int(n)} {form}" for form, n in sums.items())


def _naming_title(
    case: Case, table: pd.DataFrame, voices: Sequence[str], readers: Sequence[str]
) -> alt.TitleParams:
    """Say how many deeds of each voice have no named doer, and how to read the picture."""
    rows = table[table["reader"] == readers[0]]
    parts = []
    for voice in voices:
        own = rows[rows["voice"] == voice]
        none = int(own.loc[own["doer"] == UNNAMED, "deeds"].sum())
        parts.append(f"{lanes.word(case, voice).lower()} {none} of {int(own['deeds'].sum())} deeds")
    how = "Filled: the doer has a name. Open: no doer is named. A, B: the two readers, both AI."
    forms = "Active: someone acts. Passive: it is done. Nominalised: the deed is a noun."
    return lanes.title(f"No named doer: {', '.join(parts)}", [how, forms])


def _naming_bars(base: alt.Chart, starts: dict[str, float], panel: float) -> alt.Chart:
    """Draw the bars: the named doers filled, the unnamed ones open, one after the other."""
    scale = alt.Scale(domain=[0, panel * len(starts)], nice=False)
    stacked = base.transform_stack(
        stack="deeds",
        as_=["from", "to"],
        groupby=["voice", "reader", "form"],
        sort=[alt.SortField("doer", order="ascending")],
    ).transform_calculate(
        left=f"datum.from + {lanes.shift(starts)}", right=f"datum.to + {lanes.shift(starts)}"
    )
    bars: alt.Chart = encoded(
        stacked.mark_bar(strokeWidth=1.5),
        x=alt.X("left:Q", axis=None, scale=scale),
        x2="right:Q",
        fillOpacity=alt.condition(f"datum.doer === '{UNNAMED}'", alt.value(0), alt.value(0.85)),
        **lanes.tones(list(starts)),
    )
    return bars


def _naming_numbers(base: alt.Chart, starts: dict[str, float]) -> alt.Chart:
    """Write reader and numbers beside each bar."""
    unnamed = f"datum.doer === '{UNNAMED}' ? datum.deeds : 0"
    sums = base.transform_calculate(unnamed=unnamed).transform_aggregate(
        n="sum(deeds)", none="sum(unnamed)", groupby=["voice", "reader", "form"]
    )
    shown = "datum.reader + '  ' + (datum.n - datum.none) + ' named, ' + datum.none + ' not'"
    text: alt.Chart = encoded(
        sums.transform_calculate(shown=shown, right=f"datum.n + {lanes.shift(starts)}").mark_text(
            align="left", dx=6, fontSize=TEXT_SIZE - 2
        ),
        x=alt.X("right:Q", axis=None),
        text="shown:N",
    )
    return text
