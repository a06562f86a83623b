"""The map: where the events happened, and which passages speak of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from lessons.analysis.dates import date_words
from lessons.analysis.places import places_table
from lessons.analysis.rows import rows_of
from lessons.charts.drawing import still_picture
from lessons.charts.places import WIDTHS, places_chart, places_sentence
from lessons.widgets.base import LessonWidget, front_end, place, scope, style_sheet
from lessons.widgets.chart import saved_table, spec_and_rows, vega_library, with_rows

if TYPE_CHECKING:
    import pandas as pd

    from lessons.case import Case

_SAVED = (WIDTHS[1], 6)  # a still picture: its width, and how coarse its coasts are, in pixels
_NO_PLACE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40" viewBox="0 0 300 40">'
    '<text x="8" y="24" font-size="13" font-family="sans-serif">No place to show</text></svg>'
)


class PlaceMap(LessonWidget):
    """Places on a map, with a card for the picked one.

    `picked` is the name of a place or "", `marked` holds the places that something picked in
    another widget of the notebook belongs to, `later` says whether places of events after the
    article's own days are on. `picked` and `later` may be set.

    >>> from lessons import open_case, place_map
    >>> list(place_map(open_case("danang-2017"), picked="Amman").table.loc["Amman", "passages"])
    ['S10', 'S11', 'S12']
    """

    _esm = front_end("vega.js", "place_map.js")
    _css = style_sheet("chart.css", "place_map.css")
    _opened = t.Bool(default_value=False).tag(sync=True)
    library = anywidget.WidgetTrait().tag(sync=True)
    drawings = t.Dict().tag(sync=True)
    cards = t.Dict().tag(sync=True)
    ends = t.Unicode().tag(sync=True)
    words = t.Unicode().tag(sync=True)
    picked = t.Unicode().tag(sync=True)
    marked: t.List[Any] = t.List().tag(sync=True)
    later = t.Bool(default_value=False).tag(sync=True)

    def __init__(self, case: Case, *, picked: str = "", later: bool = False) -> None:
        self._case = case
        super().__init__(
            library=vega_library(),
            ends=case.timeline["ends"],
            later=later,
            _place=place("place_map", case.name, picked=picked),
            _scope=scope(case.name),
        )
        self._refill()
        self.picked = picked

    @property
    def table(self) -> pd.DataFrame:
        """The places that may be shown now, as a plain table."""
        until = None if self.later else date.fromisoformat(self._case.timeline["ends"])
        return places_table(self._case, until)

    @t.observe("later")
    def _on_later(self, _change: object) -> None:
        if self.drawings:
            self._refill()

    @t.validate("picked")
    def _check_picked(self, proposal: dict[str, Any]) -> str:
        name = str(proposal["value"])
        if name and name not in self.table.index:
            raise t.TraitError(
                f"There is no place {name!r} on the map of {self._case.name}: try 'Amman' or ''."
            )
        return name

    def _refill(self) -> None:
        """Send what may be shown now: later places do not travel before they are turned on."""
        table = self.table
        if self.picked not in table.index:
            self.picked = ""
        self.cards = place_cards(self._case, table)
        self.words = places_sentence(table)
        self.drawings = {} if table.empty else {str(w): self._drawing(table, w) for w in WIDTHS}

    def _drawing(self, table: pd.DataFrame, width: int) -> dict[str, Any]:
        spec, rows = spec_and_rows(places_chart(self._case, table, width))
        return {"spec": spec, "rows": rows}

    @property
    def sentence(self) -> str:
        """How many places are shown, and who mentions them."""
        return places_sentence(self.table)

    def _picture(self) -> str:
        table = self.table
        if table.empty:
            return _NO_PLACE
        chart = places_chart(self._case, table, *_SAVED)
        return still_picture(with_rows(*spec_and_rows(chart)))

    def _details(self) -> dict[str, str]:
        table = self.table.reset_index()
        for column in ("events", "passages"):
            table[column] = [", ".join(ids) for ids in table[column]]
        return {"The same as a table": saved_table(table[["label", "country", "passages"]])}


def place_map(case: Case, *, picked: str = "", later: bool = False) -> PlaceMap:
    """Show where the events of a case happened.

    `picked`: the name of a place; `later=True` shows places of what happened after the article,
    too. Raises traitlets.TraitError for an unknown place.
    """
    return PlaceMap(case, picked=picked, later=later)


def place_cards(case: Case, table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return what the card of each place says, by its name. `table` is a places_table."""
    events = case.events
    when = {row.Index: date_words(row.start, row.end) for row in rows_of(events)}
    return {
        row.Index: {
            "country": row.country,
            "lane": row.lane,
            "passages": row.passages,
            "events": [
                {"id": event, "title": str(events.loc[event, "title"]), "when": when[event]}
                for event in row.events
            ],
        }
        for row in rows_of(table)
    }
