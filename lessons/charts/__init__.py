"""Pictures of tables: one function a chart, a table in, an Altair chart out.

Every chart carries its computed one-sentence description (`chart.description`, which is also
what a screen reader says) and its table (`chart.data`, the twin shown beside it).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessons.charts.evidence import evidence_grid
    from lessons.charts.judgements import judgements_chart, variants_chart
    from lessons.charts.places import places_chart
    from lessons.charts.telling import telling_chart
    from lessons.charts.timeline import timeline_chart
    from lessons.charts.voices import voice_strip, word_shares

__all__ = [
    "evidence_grid",
    "judgements_chart",
    "places_chart",
    "telling_chart",
    "timeline_chart",
    "variants_chart",
    "voice_strip",
    "word_shares",
]

_HOMES = {
    "evidence_grid": "evidence",
    "judgements_chart": "judgements",
    "places_chart": "places",
    "telling_chart": "telling",
    "timeline_chart": "timeline",
    "variants_chart": "judgements",
    "voice_strip": "voices",
    "word_shares": "voices",
}


def __getattr__(name: str) -> object:
    """Fetch a chart function at its first use: Altair takes more than a second to import."""
    if name not in _HOMES:
        raise AttributeError(f"lessons.charts has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"lessons.charts.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the chart functions, for the Tab key."""
    return list(__all__)
