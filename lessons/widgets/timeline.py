"""The timeline: when things happened, how sure each date is, and where it comes from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets as t

from lessons.analysis.dates import (
    begun_by,
    dated_by_words_only,
    printed_dates,
    timeline_table,
    undated_words,
)
from lessons.analysis.links import told_in
from lessons.analysis.rows import rows_of
from lessons.charts.drawing import still_picture
from lessons.charts.timeline import chart_rows, timeline_chart, timeline_sentence
from lessons.widgets.base import LessonWidget, front_end, place, scope, style_sheet
from lessons.widgets.chart import saved_table, spec_and_rows, vega_library, with_rows
from lessons.widgets.sources import source_lines

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from lessons.case import Case

ALL = "All"
_AIR = timedelta(days=300)  # before the first event and after the last one


class Timeline(LessonWidget):
    """Events in lanes by who mentions them, with a card for the picked one.

    `window` holds the first and the last day shown (ISO dates), `picked` an event id or "",
    `between` the two event ids that days are counted between, `later` whether events after
    the article's own days are on. All four may be read and set. `marked` holds the events that
    something picked in another widget of the notebook belongs to.

    >>> from lessons import open_case, timeline
    >>> timeline(open_case("danang-2017"), window="July to November 2017").window
    ['2017-07-01', '2017-11-30']
    """

    _esm = front_end("vega.js", "sources.js", "timeline.js")
    _css = style_sheet("chart.css", "timeline.css")
    _opened = t.Bool(default_value=False).tag(sync=True)
    library = anywidget.WidgetTrait().tag(sync=True)
    spec = t.Dict().tag(sync=True)
    rows: t.List[Any] = t.List().tag(sync=True)
    cards = t.Dict().tag(sync=True)
    windows = t.Dict().tag(sync=True)
    dates = t.Dict().tag(sync=True)
    ends = t.Unicode().tag(sync=True)
    window = t.List(t.Unicode(), minlen=2, maxlen=2).tag(sync=True)
    picked = t.Unicode().tag(sync=True)
    marked: t.List[Any] = t.List().tag(sync=True)
    between = t.List(t.Unicode(), minlen=2, maxlen=2).tag(sync=True)
    later = t.Bool(default_value=False).tag(sync=True)

    def __init__(
        self, case: Case, *, window: str = ALL, picked: str = "", later: bool = False
    ) -> None:
        self._case = case
        self._events = timeline_table(case.events, case.date_mentions)
        windows = self._named_windows(later=later)
        if window not in windows:
            raise ValueError(
                f"There is no window {window!r}: expected one of {', '.join(windows)}."
            )
        super().__init__(
            library=vega_library(),
            dates=date_provenance(self._events, case.date_mentions, case.sources),
            ends=case.timeline["ends"],
            window=windows[window],
            windows=windows,
            between=["", ""],
            later=later,
            _place=place("timeline", case.name, window=window, picked=picked),
            _scope=scope(case.name),
        )
        self.picked = picked
        self._refill()

    @property
    def table(self) -> pd.DataFrame:
        """The events that may be shown now, as a plain table."""
        return self._events_until(later=self.later)

    def _events_until(self, *, later: bool) -> pd.DataFrame:
        """Return all events, or those that began on the article's own days or before."""
        ends = date.fromisoformat(self._case.timeline["ends"])
        return self._events if later else begun_by(self._events, ends)

    @t.observe("later")
    def _on_later(self, _change: object) -> None:
        if self.rows:
            self._refill()

    def _refill(self) -> None:
        """Send what may be shown now: later events do not travel before they are turned on."""
        shown = self.table
        windows = self._named_windows(later=self.later)
        if self.window == self.windows[ALL]:
            self.window = windows[ALL]
        self.windows = windows
        self.cards = event_cards(shown, self._case.events, self._case.sources)
        self.spec, self.rows = spec_and_rows(self._chart())
        if self.picked not in shown.index:
            self.picked = ""

    @t.validate("picked")
    def _check_picked(self, proposal: dict[str, Any]) -> str:
        event = str(proposal["value"])
        if event and event not in self.table.index:
            raise t.TraitError(
                f"There is no event {event!r} in {self._case.name}: try 'hamburg-2017' or ''. "
                "Events that came later are there once later=True."
            )
        return event

    def _named_windows(self, *, later: bool) -> dict[str, list[str]]:
        """Return the named stretches of time; the first one holds every event, with some air."""
        table, settings = self._events_until(later=later), self._case.timeline
        ends = date.fromisoformat(settings["ends"])
        first, last = min(table["first"], default=ends), max(table["last"], default=ends)
        named = {
            window["name"]: [window["first"], window["last"]] for window in settings["windows"]
        }
        return {ALL: [(first - _AIR).isoformat(), (last + _AIR).isoformat()]} | named

    def _window_days(self) -> tuple[date, date]:
        return date.fromisoformat(self.window[0]), date.fromisoformat(self.window[1])

    def _chart(self) -> alt.LayerChart:
        return timeline_chart(self.table, self._window_days())

    @property
    def sentence(self) -> str:
        """How many events are shown, how exactly they are dated, and who mentions them."""
        return timeline_sentence(self.table, self._window_days())

    def _picture(self) -> str:
        return still_picture(with_rows(*spec_and_rows(self._chart())))

    def _details(self) -> dict[str, str]:
        columns = ["title", "when", "lane", "place"]
        return {"The same as a table": saved_table(chart_rows(self.table)[columns])}


def timeline(case: Case, *, window: str = ALL, picked: str = "", later: bool = False) -> Timeline:
    """Show when the events of a case happened, and where each date comes from.

    `window`: "All" or one of the case's named stretches of time; `picked`: an event id;
    `later=True` shows what happened after the article, too. Raises ValueError for an unknown
    window and traitlets.TraitError for an unknown event.
    """
    return Timeline(case, window=window, picked=picked, later=later)


def event_cards(
    table: pd.DataFrame, events: pd.DataFrame, sources: pd.DataFrame
) -> dict[str, dict[str, Any]]:
    """Return what the card of each event says, by event id.

    `table` is a timeline_table of the events. What a source shows, and what is contested, stay
    out: they are for after the learner's answer.
    """
    mentioned = told_in(events)
    return {
        row.Index: {
            "told_in": mentioned[row.Index],
            "what": row.what,
            "lane": row.lane,
            "provenance": row.provenance,
            "passages": row.passages,
            "where": f"{row.place}, {row.country}",
            "sources": source_lines(row.sources, sources),
        }
        for row in rows_of(table)
    }


def date_provenance(
    table: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame
) -> dict[str, Any]:
    """Return the dates that the text prints, its other time words, and what these leave open.

    `table` is a timeline_table. Keys: printed, undated (rows of printed_dates, undated_words)
    and missing (missing_dates).
    """
    printed, undated = printed_dates(mentions), undated_words(mentions)
    return {
        "printed": printed.drop(columns="events").reset_index().to_dict("records"),
        "undated": undated.drop(columns="events").reset_index().to_dict("records"),
        "missing": missing_dates(table, mentions, sources),
    }


def missing_dates(
    table: pd.DataFrame, mentions: pd.DataFrame, sources: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return the events that the text dates only by a word such as "today".

    Each with title, when, where, words, passages, and the first of its sources: their day is
    from outside. `table` is a timeline_table.
    """
    hinted = dated_by_words_only(mentions).join(table[["title", "when", "place", "sources"]])
    return [
        {
            "title": row.title,
            "when": row.when,
            "where": row.place,
            "words": row.words,
            "passages": row.passages,
            "sources": source_lines(row.sources[:1], sources),
        }
        for row in rows_of(hinted)
    ]
