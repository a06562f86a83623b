"""Pictures of who speaks where, and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from lessons.analysis.rows import rows_of
from lessons.analysis.voices import along_the_text, changes_of_voice, longest_run, words_by_voice
from lessons.charts.layers import encoded
from lessons.charts.look import colour, tone_name

if TYPE_CHECKING:
    import pandas as pd

    from lessons.case import Case

LONG = 4  # a run of at least so many passages is worth a sentence of its own
_WIDTH = 640
_ROW = 34  # pixels a voice


def voice_strip(case: Case) -> alt.LayerChart:
    """Draw the voices along the text: one bar a passage, one row a voice, from left to right.

    Its table: passage_id, voice, start, end (code points), words; one row a passage. Its
    parameter `picked` (a passage id, or "") makes all other bars pale.
    """
    table = along_the_text(case.passages, case.voices)
    base = encoded(
        alt.Chart(table, title=_strip_title(case)),
        y=_voice_rows(case, table["voice"]),
        color=_voice_colours(case),
    )
    pale_unless_picked = alt.condition(
        "!picked || datum.passage_id === picked", alt.value(1), alt.value(0.25)
    )
    bars = encoded(
        base.mark_bar(height=22, stroke=colour("paper"), strokeWidth=1),
        x=alt.X("start:Q", title="Characters from the start of the article")
        .scale(nice=False)
        .axis(tickCount=6, grid=False),
        x2="end:Q",
        opacity=pale_unless_picked,
    )
    height = _ROW * table["voice"].nunique()
    return (
        alt.LayerChart(layer=[bars])
        .add_params(alt.param(name="picked", value=""))
        .properties(width=_WIDTH, height=height, description=strip_sentence(case))
    )


def strip_sentence(case: Case) -> str:
    """Say what the strip of voices shows, with its counts."""
    shares = words_by_voice(case.passages, case.voices)
    counts = ", ".join(f"{row.voice.lower()} {row.passages}" for row in rows_of(shares))
    total, changes = shares["passages"].sum(), changes_of_voice(case.passages)
    text = f"{total} passages along the text ({counts}); the voice changes {changes} times."
    run = longest_run(case.passages, "commentary")
    if len(run) >= LONG:
        length = f"{len(run)} passages, {run[0]} to {run[-1]}"
        text += f" The longest stretch of commentary has {length}."
    return text


def word_shares(case: Case) -> alt.LayerChart:
    """Draw how many words each voice says: one bar a voice, its number written on it.

    Its table: voice, passages, words, percent; one row a voice.
    """
    table = words_by_voice(case.passages, case.voices)
    base = encoded(alt.Chart(table), y=_voice_rows(case, table["voice"]))
    # The axis is longer than the longest bar, so that its number has room.
    bars = encoded(
        base.mark_bar(height=22),
        x=alt.X("words:Q", axis=None).scale(domainMax=1.4 * float(table["words"].max())),
        color=_voice_colours(case),
    )
    shown = "datum.words + ' words, ' + format(datum.percent, '.1f') + ' %'"
    labels = base.mark_text(align="left", dx=6).transform_calculate(shown=shown)
    labels = encoded(labels, x="words:Q", text="shown:N")
    return alt.LayerChart(data=table, layer=[bars, labels]).properties(
        width=_WIDTH,
        height=_ROW * len(table),
        title=_share_title(table),
        description=share_sentence(case),
    )


def share_sentence(case: Case) -> str:
    """Say what the bars of words show, with their counts."""
    shares = words_by_voice(case.passages, case.voices)
    parts = "; ".join(
        f"{row.voice.lower()} {row.words} words in {row.passages} passages ({row.percent} %)"
        for row in rows_of(shares)
    )
    return f"Words by voice, {shares['words'].sum()} in all: {parts}."


def _voice_rows(case: Case, present: pd.Series) -> alt.Y:
    """Return the rows of a chart: the voices that are present, in the case's order."""
    order = [word for word in case.voices["word"] if word in set(present)]
    rows = alt.Y("voice:N", sort=order, title=None)
    return rows.axis(ticks=False, domain=False, labelFontSize=13)


def _voice_colours(case: Case) -> alt.Color:
    """Return the colour of each voice, without a legend: the rows carry their names."""
    tones = [colour(tone_name(voice)) for voice in case.voices.index]
    return alt.Color("voice:N", legend=None).scale(domain=list(case.voices["word"]), range=tones)


def _strip_title(case: Case) -> alt.TitleParams:
    """Say the strip's finding, and how to read it."""
    return alt.TitleParams(
        f"The voice changes {changes_of_voice(case.passages)} times",
        subtitle="Read from left to right, like the text. Each bar is one passage.",
    )


def _share_title(table: pd.DataFrame) -> alt.TitleParams:
    """Say the bars' finding (the two voices with most words), and how to read them."""
    most = list(rows_of(table.nlargest(2, "words")))
    names = [most[0].voice, *(row.voice.lower() for row in most[1:])]
    shares = [f"{name} {row.percent} %" for name, row in zip(names, most, strict=True)]
    return alt.TitleParams(
        f"{', '.join(shares)} of the words",
        subtitle="The longer the bar, the more words. Labels such as JS: and Fact: are counted.",
    )
