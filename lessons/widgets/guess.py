"""A guess, then the picture: what readers found is sent when the learner has guessed."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import traitlets as t

from lessons.analysis.rows import records_of
from lessons.widgets.base import front_end, place, scope, style_sheet
from lessons.widgets.chart import ChartTraits, table_of, vega_library
from lessons.widgets.page import question_picture
from lessons.widgets.waiting import Waiting

if TYPE_CHECKING:
    import altair as alt

    from lessons.case import Case
    from lessons.work import Answer


class Guess(Waiting, ChartTraits):
    """A question with some guesses to choose from, answered by a chart.

    `item` is its name in the learner's work, `guessed` the first guess, "" before it. The chart's
    traits (see ChartTraits) are empty until then, and so is `reflect`, what to think about with
    the picture. `by` says whose reading the picture shows: "readers" or "course".
    """

    _esm = front_end(
        "vega.js", "picture.js", "keeping.js", "waiting.js", "answering.js", "guess.js"
    )
    _css = style_sheet("chart.css", "keeping.css", "exercise.css", "guess.css")
    item = t.Unicode().tag(sync=True)
    guessed = t.Unicode().tag(sync=True)
    by = t.Unicode().tag(sync=True)
    reflect = t.Unicode().tag(sync=True)

    def __init__(self, case: Case, guess_id: str, chart: alt.TopLevelMixin) -> None:
        rows = records_of(case.guesses)
        if guess_id not in rows:
            some = ", ".join(rows) or "none"
            raise ValueError(f"{case.name} has no guess {guess_id!r}; it has {some}.")
        row, self._case_name = rows[guess_id], case.name
        table_of(chart)  # raises where there is none, and not only after the guess
        self._behind, self._thought = chart, str(row["reflect"])
        self._asks, self._guesses = str(row["prompt"]), list(row["options"])
        item = f"guess:{guess_id}"
        super().__init__(
            item=item,
            by=row["by"],
            library=vega_library(),
            _place=place("guess", case.name, item=item),
            _scope=scope(case.name),
        )
        self._hold(row["waits_for"], {"options": self._guesses, "prompt": self._asks})
        self._restore()

    def _items(self) -> set[str]:
        return {self.item}

    def _take(self, answers: list[Answer]) -> None:
        if not self.guessed:
            self.send_chart(self._behind)
            self.reflect = self._thought
            self.guessed = str(min(answers, key=lambda answer: answer.answered_at).value)

    @property
    def sentence(self) -> str:
        """What is asked, and how many guesses there are."""
        return (
            f"{self._asks} {len(self._guesses)} guesses to choose from; "
            "the picture is shown after the guess."
        )

    def _picture(self) -> str:
        return question_picture("guess, then see the picture", self._guesses)

    def _details(self) -> dict[str, str]:
        listed = "".join(f"<li>{html.escape(option)}</li>" for option in self._guesses)
        return {"What to choose from": f"<ul>{listed}</ul>"}


def guess(case: Case, guess_id: str, chart: alt.TopLevelMixin) -> Guess:
    """Ask for a guess; the chart that answers it is shown afterwards.

    `guess_id` names a row of the case's guesses. Raises ValueError for a guess that the case does
    not have and for a chart without a table of its own.

    >>> from lessons import charts, guess, open_case
    >>> danang = open_case("danang-2017")
    >>> guess(danang, "GU-deeds", charts.deeds_chart(danang)).guessed
    ''
    """
    return Guess(case, guess_id, chart)
