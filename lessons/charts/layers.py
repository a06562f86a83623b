"""Layers that several pictures are made of."""

from __future__ import annotations

from typing import Any

import altair as alt

from lessons.charts.look import colour


def once(base: alt.Chart) -> alt.Chart:
    """Return a chart of the first row alone: for what is drawn once and not for each row."""
    return base.transform_window(row="row_number()").transform_filter("datum.row === 1")


def encoded(mark: alt.Chart, **channels: Any) -> alt.Chart:  # noqa: ANN401  (as Chart.encode)
    """Return a mark with its encodings, as `mark.encode` does, in a hundredth of the time.

    For each encoding in short form ("n:Q", a value, a datum) Altair looks through its whole schema
    (5 ms) for the object that it stands for. Here the channel's name tells which one that is.
    """
    made: alt.Chart = mark.encode(**{name: _channel(name, how) for name, how in channels.items()})
    return made


def _channel(name: str, how: Any) -> Any:  # noqa: ANN401  (any encoding)
    """Return the object of an encoding in short form; leave every other one as it is."""
    kind = name[0].upper() + name[1:]
    if isinstance(how, str):
        return getattr(alt, kind)(how)
    for end in ("value", "datum"):
        if isinstance(how, dict) and end in how:
            return getattr(alt, kind + end.capitalize())(**how)
    return how


def clear_words(
    base: alt.Chart,
    where: dict[str, Any],
    how: dict[str, Any],
    ground: str = "paper",
    edge: int = 5,
) -> list[alt.Chart]:
    """Write words that the lines of a picture do not run through: first their shade, then they.

    `where` holds the encodings, `how` what the text mark is given. The shade has the colour of the
    `ground` on which the words stand and is `edge` pixels wide.
    """
    shade = base.mark_text(**how, stroke=colour(ground), strokeWidth=edge)
    return [encoded(shade, **where), encoded(base.mark_text(**how), **where)]
