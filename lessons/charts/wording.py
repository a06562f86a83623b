"""Pictures of how a text puts it: loaded words along it, and techniques in 100 words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from lessons.analysis.by_voice import FEW, VOICES, per_100, read_by, spoken_by, words_of
from lessons.analysis.judgements import READERS
from lessons.analysis.wording import POLARITIES, loaded_along, loaded_counts, technique_rates
from lessons.charts import lanes
from lessons.charts.layers import encoded
from lessons.charts.look import TEXT_SIZE, colour

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from lessons.case import Case

_PANEL = 330  # pixels a voice
_ROOM = 1.75  # how much longer a panel of bars is than its longest bar: room for the numbers
_LEFT, _RIGHT = 150, 70  # pixels for the names of the rows, and for the last sums
_COLUMN = {"category": "category", "technique": "name"}
_BY = {"category": 160, "technique": 330}  # what to count by, and the room for its names


def loaded_words_chart(
    case: Case, voices: str | Sequence[str] = VOICES, readers: str | Sequence[str] = READERS
) -> alt.LayerChart:
    """Draw where along the text the loaded words stand, and whether they praise or blame.

    A line a mark, in the row of its polarity; the words themselves are not shown. Its table:
    voice, passage_id, reader, polarity, start (characters from the beginning of the document).
    Raises ValueError for a voice or a reader that the case has not.
    """
    voices, readers = lanes.asked(case, voices, readers)
    table = loaded_table(case, voices, readers)
    starts = {voice: place * _panel(case) for place, voice in enumerate(voices)}
    y = lanes.rows("polarity", POLARITIES, readers)
    # Without a table of its own: it has that of the whole picture, and the bands have another.
    base = alt.Chart().transform_calculate(along=f"datum.start + {lanes.shift(starts)}")
    layers = [_bands(case, starts), encoded(_ticks(base, starts, len(case.text)), **y)]
    for voice, start in starts.items():
        end = lanes.at(start + len(case.text))
        layers.append(encoded(_sums(base, voice, "count()"), x=end, **y))
    heads = {v: lanes.at(start) for v, start in starts.items()}
    return alt.LayerChart(data=table, layer=[*layers, *lanes.heads(base, case, heads)]).properties(
        width=_PANEL * len(voices),
        height=lanes.height(POLARITIES, readers),
        title=_loaded_title(case, table, voices, readers),
        description=loaded_sentence(case, voices, readers),
        usermeta={"narrowest": _PANEL * len(voices) + _LEFT + _RIGHT},
    )


def loaded_table(case: Case, voices: Sequence[str], readers: Sequence[str]) -> pd.DataFrame:
    """Return the loaded_along of a case for these voices and readers."""
    marks = read_by(case.loaded_words, readers)
    return loaded_along(spoken_by(marks, case.passages, voices))


def loaded_sentence(
    case: Case, voices: str | Sequence[str] = VOICES, readers: str | Sequence[str] = READERS
) -> str:
    """Say in one sentence how many loaded words each reader marked in each voice."""
    voices, readers = lanes.asked(case, voices, readers)
    counts = loaded_counts(loaded_table(case, voices, readers))
    parts = []
    for voice in voices:
        words = words_of(case.passages, voice)
        seen = [_polarities(counts, voice, reader, words) for reader in readers]
        parts.append(f"{lanes.word(case, voice).lower()} ({words} words): {', '.join(seen)}")
    total = int(counts["words"].sum())
    who = lanes.readers_words(readers)
    return f"{total} marks of loaded words by {who}; {'; '.join(parts)}."


def _polarities(counts: pd.DataFrame, voice: str, reader: str, words: int) -> str:
    """Say how many words one reader marked in one voice, by polarity."""
    rows = counts[(counts["voice"] == voice) & (counts["reader"] == reader)]
    by = rows.groupby("polarity")["words"].sum().reindex(POLARITIES, fill_value=0)
    parts = ", ".join(f"{name} {int(number)}" for name, number in by.items())
    return f"reader {reader} {int(by.sum())} ({parts}; {rate_words(int(by.sum()), words)})"


def rate_words(marks: int, words: int) -> str:
    """Say how many marks there are in 100 words, or that they are too few to say."""
    rate = per_100(marks, words)
    return lanes.TOO_FEW if rate is None else f"{rate} in 100 words"


def _loaded_title(
    case: Case, table: pd.DataFrame, voices: Sequence[str], readers: Sequence[str]
) -> alt.TitleParams:
    """Say which polarity each voice has most often, and how to read the picture."""
    counted = loaded_counts(table)
    most = lanes.most_often(case, counted, voices, ["polarity", "words"])
    how = "A line is a loaded word, from left to right as in the text. Shaded: this voice speaks."
    lane = f"Upper line: reader {readers[0]}. Lower: reader {readers[-1]}. Both are AI readers."
    return lanes.title(most, [how, lane if len(readers) > 1 else lanes.how_filled(readers)])


def _panel(case: Case) -> int:
    """Return how many characters a voice's panel is wide: the text, and room for the sums."""
    return round(len(case.text) * 1.2)


def _bands(case: Case, starts: Mapping[str, float]) -> alt.Chart:
    """Shade in each panel where its voice speaks."""
    own = case.passages[case.passages["voice"].isin(list(starts))].reset_index()
    own = own[["voice", "start", "end"]]
    bands: alt.Chart = encoded(
        alt.Chart(own)
        .transform_calculate(
            left=f"datum.start + {lanes.shift(starts)}", right=f"datum.end + {lanes.shift(starts)}"
        )
        .mark_rect(color=colour("line"), opacity=0.5),
        x=alt.X("left:Q", axis=None),
        x2="right:Q",
    )
    return bands


def _ticks(base: alt.Chart, starts: Mapping[str, float], length: int) -> alt.Chart:
    """Draw a thin upright line for each loaded word."""
    scale = alt.Scale(domain=[0, max(starts.values()) + length], nice=False, zero=False)
    ticks: alt.Chart = encoded(
        base.mark_tick(thickness=1.6, size=lanes.LANE - 4, orient="vertical", strokeWidth=0),
        x=alt.X("along:Q", axis=None, scale=scale),
        **lanes.tones(list(starts)),
    )
    return ticks


def _sums(base: alt.Chart, voice: str, count: str) -> alt.Chart:
    """Write how many marks of a row each reader made in a voice, at the end of its panel."""
    sums = base.transform_filter(lanes.only(voice)).transform_aggregate(
        n=count, groupby=["polarity", "reader"]
    )
    text: alt.Chart = encoded(
        sums.transform_calculate(shown="datum.reader + ' ' + datum.n").mark_text(
            align="left", dx=6, fontSize=TEXT_SIZE - 2
        ),
        text="shown:N",
    )
    return text


def techniques_chart(
    case: Case,
    voices: str | Sequence[str] = VOICES,
    readers: str | Sequence[str] = READERS,
    *,
    by: str = "category",
) -> alt.LayerChart:
    """Draw how many marks of each technique there are in 100 words of each voice.

    `by` is "category" or "technique". A bar a reader; where a reader made fewer than five marks,
    their number stands there without a bar. Its table: technique, voice, reader, marks, per_100.
    Raises ValueError for a voice or a reader that the case has not, and for another `by`.
    """
    voices, readers = lanes.asked(case, voices, readers)
    table = techniques_table(case, voices, readers, by)
    order = list(dict.fromkeys(table["technique"]))
    longest = table["per_100"].max()
    panel = (float(longest) if longest > 0 else 1.0) * _ROOM
    starts = {voice: place * panel for place, voice in enumerate(voices)}
    y = lanes.rows("technique", order, readers)
    base = alt.Chart(table).transform_calculate(
        left=lanes.shift(starts),
        right=f"(isValid(datum.per_100) ? datum.per_100 : 0) + {lanes.shift(starts)}",
    )
    heads = {v: lanes.at(start) for v, start in starts.items()}
    layers = [encoded(_bars(base, starts, panel, readers), **y), encoded(_numbers(base), **y)]
    return alt.LayerChart(data=table, layer=[*layers, *lanes.heads(base, case, heads)]).properties(
        width=_PANEL * len(voices),
        height=lanes.height(order, readers),
        title=_techniques_title(case, table, voices, readers),
        description=techniques_sentence(case, voices, readers, by=by),
        usermeta={"narrowest": _PANEL * len(voices) + _BY[by]},
    )


def techniques_table(
    case: Case, voices: Sequence[str], readers: Sequence[str], by: str
) -> pd.DataFrame:
    """Return the technique_rates of a case. Raises ValueError for another `by`."""
    if by not in _BY:
        raise ValueError(f"Found by={by!r}, expected one of {', '.join(_BY)}.")
    spans = spoken_by(read_by(case.spans, readers), case.passages, voices)
    # Some names end in a remark in brackets, on where the technique was listed first.
    names = case.techniques[_COLUMN[by]].str.replace(r" \[.*\]$", "", regex=True)
    words = {voice: words_of(case.passages, voice) for voice in voices}
    return technique_rates(spans, names, words, readers)


def techniques_sentence(
    case: Case,
    voices: str | Sequence[str] = VOICES,
    readers: str | Sequence[str] = READERS,
    *,
    by: str = "category",
) -> str:
    """Say in one sentence how many marks each voice has, and of which technique the most."""
    voices, readers = lanes.asked(case, voices, readers)
    table = techniques_table(case, voices, readers, by)
    parts = []
    for voice in voices:
        words = words_of(case.passages, voice)
        seen = [
            f"reader {reader} {_marks_words(table, voice, reader, words)}" for reader in readers
        ]
        parts.append(f"{lanes.word(case, voice).lower()} ({words} words): {', '.join(seen)}")
    total, who = int(table["marks"].sum()), lanes.readers_words(readers)
    return f"{total} marks of techniques by {who}; {'; '.join(parts)}."


def _marks_words(table: pd.DataFrame, voice: str, reader: str, words: int) -> str:
    """Say how many marks one reader made in one voice, the rate, and of what the most."""
    seen = table[(table["voice"] == voice) & (table["reader"] == reader)]
    total = int(seen["marks"].sum())
    if total < FEW:
        return f"{total} ({lanes.TOO_FEW})"
    most = " and ".join(name.lower() for name in lanes.leaders(seen, "technique", "marks"))
    return f"{total} ({rate_words(total, words)}, {int(seen['marks'].max())} of them {most})"


def _techniques_title(
    case: Case, table: pd.DataFrame, voices: Sequence[str], readers: Sequence[str]
) -> alt.TitleParams:
    """Say how many marks each voice has in 100 words, and how to read the picture."""
    parts = []
    for voice in voices:
        words, rows = words_of(case.passages, voice), table[table["voice"] == voice]
        sums = rows.groupby("reader")["marks"].sum().reindex(list(readers), fill_value=0)
        rates = [per_100(int(number), words) for number in sums]
        said = [lanes.TOO_FEW if rate is None else str(rate) for rate in rates]
        parts.append(f"{lanes.word(case, voice).lower()} {' or '.join(dict.fromkeys(said))}")
    how = "The longer the bar, the more marks in 100 words of this voice; in brackets: the marks."
    text = f"Marks in 100 words: {', '.join(parts)}"
    return lanes.title(text, [how, lanes.how_filled(readers)])


def _bars(
    base: alt.Chart, starts: Mapping[str, float], panel: float, readers: Sequence[str]
) -> alt.Chart:
    """Draw a bar a reader: filled for A, open for B."""
    scale = alt.Scale(domain=[0, panel * len(starts)], nice=False)
    drawn = base.transform_filter("isValid(datum.per_100)")
    bars: alt.Chart = encoded(
        drawn.mark_bar(strokeWidth=1.5),
        x=alt.X("left:Q", axis=None, scale=scale),
        x2="right:Q",
        fillOpacity=lanes.fill_of(readers),
        **lanes.tones(list(starts)),
    )
    return bars


def _numbers(base: alt.Chart) -> alt.Chart:
    """Write reader, rate and marks beside each bar, and that few marks are too few to say."""
    rate = "format(datum.per_100, '.1f') + ' (' + datum.marks + ')'"
    few = f"(datum.marks ? datum.marks + ': {lanes.TOO_FEW}' : 'none')"
    shown = f"datum.reader + '  ' + (isValid(datum.per_100) ? {rate} : {few})"
    tone = alt.condition(
        "isValid(datum.per_100)", alt.value(colour("ink")), alt.value(colour("soft"))
    )
    text: alt.Chart = encoded(
        base.transform_calculate(shown=shown).mark_text(align="left", dx=6, fontSize=TEXT_SIZE - 2),
        x=alt.X("right:Q", axis=None),
        text="shown:N",
        color=tone,
    )
    return text
