"""Pictures of tables: one function a chart, a table in, an Altair chart out.

Every chart carries its computed one-sentence description (`chart.description`, which is also
what a screen reader says) and its table (`chart.data`, the twin shown beside it).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessons.charts.actors import deeds_chart, naming_chart
    from lessons.charts.agreement import agreement_chart
    from lessons.charts.before_after import before_after_chart
    from lessons.charts.calibration import calibration_chart
    from lessons.charts.claims import claim_kinds_chart
    from lessons.charts.course import course_chart
    from lessons.charts.discernment import discernment_chart
    from lessons.charts.evidence import evidence_grid
    from lessons.charts.judgements import judgements_chart, variants_chart
    from lessons.charts.places import places_chart
    from lessons.charts.telling import telling_chart
    from lessons.charts.timeline import timeline_chart
    from lessons.charts.voices import voice_strip, word_shares
    from lessons.charts.wording import loaded_words_chart, techniques_chart

__all__ = [
    "agreement_chart",
    "before_after_chart",
    "calibration_chart",
    "claim_kinds_chart",
    "course_chart",
    "deeds_chart",
    "discernment_chart",
    "evidence_grid",
    "judgements_chart",
    "loaded_words_chart",
    "naming_chart",
    "places_chart",
    "techniques_chart",
    "telling_chart",
    "timeline_chart",
    "variants_chart",
    "voice_strip",
    "word_shares",
]

_HOMES = {
    "agreement_chart": "agreement",
    "before_after_chart": "before_after",
    "calibration_chart": "calibration",
    "claim_kinds_chart": "claims",
    "course_chart": "course",
    "deeds_chart": "actors",
    "discernment_chart": "discernment",
    "evidence_grid": "evidence",
    "judgements_chart": "judgements",
    "loaded_words_chart": "wording",
    "naming_chart": "actors",
    "places_chart": "places",
    "techniques_chart": "wording",
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
