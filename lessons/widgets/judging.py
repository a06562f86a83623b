"""What all widgets share in which a learner judges first and sees the readings afterwards.

The readings of a thing are sent to the page when the learner has judged that thing, and not
before: `answers` comes from the page, `revealed` and the picture go back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from lessons.analysis.judgements import beside
from lessons.analysis.rows import rows_of
from lessons.widgets.keeping import Keeping, values_of

if TYPE_CHECKING:
    import pandas as pd

    from lessons.widgets.chart import ChartView
    from lessons.work import Answer


class Judging(Keeping):
    """Things to judge on one scale.

    `answers` holds the learner's value for each thing that was judged, by its id; it may be read
    and set. What the page answers is kept in the learner's work, where a thing is called by its
    scale and its id, such as "strength:SA01". `revealed` holds, for these things only, what is
    shown after the answer. `table` puts the answers beside the two readings. A subclass sets
    `_readings` (see lessons.analysis.judgements.readings_of) and overrides `_explained`.
    """

    _opened = t.Bool(default_value=False).tag(sync=True)
    title = t.Unicode().tag(sync=True)
    scale = t.Unicode().tag(sync=True)
    question = t.Unicode().tag(sync=True)
    thing = t.Unicode().tag(sync=True)
    steps: t.List[Any] = t.List().tag(sync=True)
    items: t.List[Any] = t.List().tag(sync=True)
    answers = t.Dict().tag(sync=True)
    revealed = t.Dict().tag(sync=True)
    picture = anywidget.WidgetTrait().tag(sync=True)

    _readings: pd.DataFrame
    _scale: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """Your answers beside the readings of the same things: item, who, value."""
        return beside(self.answers, self._readings)

    @property
    def chart(self) -> ChartView | None:
        """The picture of the table; None as long as nothing is judged or nobody else judged it."""
        picture: ChartView | None = self.picture
        return picture

    def _items(self) -> set[str]:
        return {f"{self.scale}:{item['id']}" for item in self.items}

    def _take(self, answers: list[Answer]) -> None:
        steps = set(self._scale["value"])
        first = values_of(answer for answer in answers if answer.value in steps)
        judged = {item.partition(":")[2]: value for item, value in first.items()}
        self.answers = judged | self.answers

    @t.validate("answers")
    def _check_answers(self, proposal: dict[str, Any]) -> dict[str, str]:
        ids, values = {item["id"] for item in self.items}, list(self._scale["value"])
        for item, value in proposal["value"].items():
            if item not in ids:
                raise t.TraitError(f"There is nothing called {item!r} to judge here.")
            if value not in values:
                raise t.TraitError(
                    f"{item} was judged {value!r}: expected one of {', '.join(values)}."
                )
        return dict(proposal["value"])

    @t.observe("answers")
    def _on_answers(self, _change: object) -> None:
        self.revealed = {item: self._reveal(item) for item in self.answers}
        if self.answers and len(self._readings):
            self._draw()

    def _reveal(self, item: str) -> dict[str, Any]:
        """Return what is shown once a thing was judged: the readings of it, and explanations."""
        rows = self._readings[self._readings["item"] == item]
        readings = rows[["who", "value", "note"]].to_dict("records")
        return {"readings": readings, "explained": self._explained(item)}

    def _explained(self, item: str) -> list[list[str]]:  # noqa: ARG002  (a subclass needs it)
        """Return what else is shown once a thing was judged: pairs of a heading and a text."""
        return []

    def _draw(self) -> None:
        """Draw the answers beside the readings; the picture grows with each answer."""
        # Late: a lesson's first widget need not wait for Altair.
        from lessons.charts.judgements import judgements_chart  # noqa: PLC0415
        from lessons.widgets.chart import ChartView  # noqa: PLC0415

        names = {item["id"]: item["name"] for item in self.items}
        chart = judgements_chart(self.table, self._scale, names)
        if self.picture is None:
            self.picture = ChartView(chart)
        else:
            self.picture.chart = chart


def steps_of(scale: pd.DataFrame) -> list[dict[str, str]]:
    """Return the steps of a scale as the page needs them: value, word, hint."""
    return [{"value": row.value, "word": row.word, "hint": row.hint} for row in rows_of(scale)]


def scale_of(scales: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the steps of one scale, in their order; raises ValueError when there are none."""
    steps = scales[scales["scale"] == name]
    if steps.empty:
        raise ValueError(f"scales.csv has no scale {name!r}.")
    return steps
