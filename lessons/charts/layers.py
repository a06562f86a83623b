"""Layers that several pictures are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lessons.charts.look import colour

if TYPE_CHECKING:
    import altair as alt


def once(base: alt.Chart) -> alt.Chart:
    """Return a chart of the first row alone: for what is drawn once and not for each row."""
    return base.transform_window(row="row_number()").transform_filter("datum.row === 1")


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
    return [shade.encode(**where), base.mark_text(**how).encode(**where)]
