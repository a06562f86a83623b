"""What pictures of two voices and two readers share: a panel a voice, a lane a reader.

A chart made with these takes any voices and any readers, and draws each of them in the same
way. All of them show readings: a notebook draws them after the learners' own answers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import altair as alt

from lessons.analysis.by_voice import FEW, VOICES, chosen
from lessons.analysis.judgements import READERS
from lessons.charts.layers import encoded
from lessons.charts.look import TEXT_SIZE, colour, tone_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from lessons.case import Case

LANE = 15  # pixels a reader
GAP = 8  # pixels between two rows
HEAD = -8  # where the names of the voices stand, in pixels from the top of the plot
TOO_FEW = "too few to say"


def asked(
    case: Case, voices: str | Sequence[str] = VOICES, readers: str | Sequence[str] = READERS
) -> tuple[list[str], list[str]]:
    """Return voices and readers as lists. Raises ValueError for one that the case has not."""
    spoken = list(dict.fromkeys(case.passages["voice"]))
    return chosen(voices, spoken, "voice"), chosen(readers, READERS, "reader")


def word(case: Case, voice: str) -> str:
    """Return what the screen calls a voice, such as "Statement"."""
    return str(case.voices.loc[voice, "word"])


def readers_words(readers: Sequence[str]) -> str:
    """Return who read, for a sentence: always with the warning that it was no human being."""
    if len(readers) == 1:
        return f"reader {readers[0]}, an AI reader,"
    return f"two AI readers ({' and '.join(readers)})"


def leaders(table: pd.DataFrame, name: str, count: str) -> list[str]:
    """Return which names have the highest count, equal ones in the order of the table."""
    sums = table.groupby(name, sort=False)[count].sum()
    return [str(key) for key, number in sums.items() if number == sums.max()]


def most_often(
    case: Case, table: pd.DataFrame, voices: Sequence[str], columns: list[str]
) -> list[str]:
    """Say for a title what each voice has most often, by any of the readers: a line a voice.

    `columns` names the column of what is counted and the column of its number. Where a reader
    marked fewer than five in a voice, it says that they are too few.
    """
    name, count = columns
    parts = []
    for voice in voices:
        marks = table[table["voice"] == voice]
        by_reader = [rows for _, rows in marks.groupby("reader") if rows[count].sum() >= FEW]
        found = dict.fromkeys(lead for rows in by_reader for lead in leaders(rows, name, count))
        leads = f"most often {' or '.join(found)}" if found else TOO_FEW
        parts.append(f"{word(case, voice)}: {leads}")
    return parts


def title(text: str | list[str], subtitle: list[str]) -> alt.TitleParams:
    """Return a finding and how to read it, with room below for the names of the voices."""
    return alt.TitleParams(text, subtitle=subtitle, offset=30)


def only(voice: str) -> str:
    """Return the Vega expression that keeps the rows of one voice."""
    return f"datum.voice === {json.dumps(voice)}"


def tones(voices: Sequence[str]) -> dict[str, Any]:
    """Return fill and stroke in the colour of each voice: its name stands over its panel."""
    scale = alt.Scale(domain=list(voices), range=[colour(tone_name(voice)) for voice in voices])
    return {
        "fill": alt.Fill("voice:N", legend=None, scale=scale),
        "stroke": alt.Stroke("voice:N", legend=None, scale=scale),
    }


def rows(field: str, order: Sequence[str], readers: Sequence[str]) -> dict[str, Any]:
    """Return the rows of a picture in this order, and in each a lane a reader, A above B.

    For `encode`: the channels y and yOffset. Thin lines part the rows.
    """
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        grid=True,
        tickBand="extent",
        labelLimit=300,
        labelPadding=8,
        labelFontSize=TEXT_SIZE,
        labelColor=colour("ink"),
    )
    scale = alt.Scale(domain=list(order), paddingInner=0.16, paddingOuter=0.08)
    lane = alt.YOffset("reader:N", sort=None).scale(domain=list(readers), paddingInner=0.2)
    return {"y": alt.Y(f"{field}:N", sort=None, axis=axis, scale=scale), "yOffset": lane}


def height(order: Sequence[str], readers: Sequence[str]) -> int:
    """Return how high a picture with these rows and lanes is, in pixels."""
    return max(1, len(order)) * (LANE * len(readers) + GAP)


def shift(starts: Mapping[str, float]) -> str:
    """Return the Vega expression for where the panel of a row's voice begins."""
    cases = "".join(f"{only(voice)} ? {start} : " for voice, start in starts.items())
    return f"({cases}0)"


def at(value: float) -> alt.XDatum:
    """Return a place on an x axis that is not drawn."""
    return alt.XDatum(value, type="quantitative", axis=None)


def heads(base: alt.Chart, case: Case, places: Mapping[str, Any]) -> list[alt.Chart]:
    """Write each voice's symbol and name over its panel, which begins at its place."""
    layers = []
    for voice, place in places.items():
        text = f"{case.voices['symbol'].astype(str)[voice]} {word(case, voice)}".strip()
        tone = colour(tone_name(voice))
        # One text, not one a row: the rows are counted first.
        once = base.transform_aggregate(n="count()")
        name = once.mark_text(
            text=text, align="left", baseline="bottom", fontWeight=600, fontSize=14, color=tone
        )
        layers.append(encoded(name, x=place, y=alt.value(HEAD)))
    return layers


def fill_of(readers: Sequence[str]) -> Any:  # noqa: ANN401  (what Altair's conditions are)
    """Return the opacity of a mark's inside: reader A's are filled, reader B's are open."""
    solid = "datum.reader === 'A'" if len(readers) > 1 else "true"
    return alt.condition(solid, alt.value(0.85), alt.value(0))


def how_filled(readers: Sequence[str]) -> str:
    """Say how the marks of the readers are told apart, for a subtitle."""
    if len(readers) == 1:
        return f"As reader {readers[0]} saw it (an AI reader)."
    return "Filled, above: reader A. Open, below: reader B. Both are AI readers."
