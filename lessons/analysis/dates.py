"""When things happened, how exactly that is known, and where each date comes from."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

import pandas as pd

from lessons.analysis.rows import rows_of
from lessons.case.edtf import bounds

if TYPE_CHECKING:
    from datetime import date

# Who mentions an event (events.mentioned_by), in words; in the order of the timeline's lanes.
LANES = {
    "statement": "Only the statement mentions it",
    "commentary": "Only the commentary mentions it",
    "both": "Both mention it",
    "outside": "Neither mentions it: background from outside",
}

PRINTED = "printed in the text"
OUTSIDE = "from outside: the text gives no date"

# What is missing when the text prints a year or a month (0 or 1 hyphens in EDTF) and more is known.
_MISSING = {(0, 1): "the month", (0, 2): "month and day", (1, 2): "the day"}

_MONTHS = "|".join(calendar.month_name[1:])
_PRINTED_DATE = re.compile(rf"(?:(?:\d{{1,2}}\s)?(?:{_MONTHS})\s(?:\d{{1,2}},\s)?)?\b\d{{4}}\b")


def timeline_table(
    events: pd.DataFrame, mentions: pd.DataFrame, until: date | None = None
) -> pd.DataFrame:
    """Return the events in order of time, ready to be shown; with `until` those begun by then.

    Columns, indexed by event_id: title, when (the date in words), first and last (the earliest
    and latest possible day), exact (True: one known day), lane (a value of LANES), provenance,
    place, country, passages, what, sources. What is contested is left out on purpose: it is for
    after the learner's own answer. Raises ValueError for an event without a first or last day.
    """
    spans = [event_bounds(row.start, row.end) for row in rows_of(events)]
    table = pd.DataFrame(
        {
            "title": events["title"],
            "when": [date_words(row.start, row.end) for row in rows_of(events)],
            "first": [first for first, _ in spans],
            "last": [last for _, last in spans],
            "exact": [first == last for first, last in spans],
            "lane": events["mentioned_by"].map(LANES),
            "provenance": [provenance(str(event), events, mentions) for event in events.index],
        },
        index=events.index,
    ).join(events[["place", "country", "passages", "what", "sources"]])
    table = table.sort_values(["first", "last"], kind="stable")
    return table if until is None else begun_by(table, until)


def begun_by(table: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return the events of a timeline_table that may have begun on or before a day."""
    return table[table["first"] <= day]


def event_bounds(start: str, end: str) -> tuple[date, date]:
    """Return the earliest and latest day of an event from its EDTF dates (`end` may be "").

    Raises ValueError for a date that is not EDTF, and for an interval that is open at an end.
    """
    first = bounds(start)[0]
    last = bounds(end or start)[1]
    if first is None or last is None:
        raise ValueError(f"An event needs a first and a last day: found {start!r} to {end!r}.")
    return first, last


def date_words(start: str, end: str = "") -> str:
    """Say a single EDTF date, or a first and a last one, in words: `10 to 11 November 2017`."""
    if not end or end == start:
        return _words(start)
    year, month, day = _parts(start)
    last_year, last_month, last_day = _parts(end)
    if year == last_year and month == last_month and day and last_day:
        return f"{int(day)} to {_words(end)}"
    if year == last_year:
        return f"{_words(start).removesuffix(f' {year}')} to {_words(end)}"
    return f"{_words(start)} to {_words(end)}"


def _words(edtf: str) -> str:
    """Say a single EDTF date in words: `7 July 2017`, `July 2017`, `2017`."""
    year, month, day = _parts(edtf)
    # calendar.month_name[0] is "".
    return " ".join([day.lstrip("0"), calendar.month_name[int(month or 0)], year]).strip()


def _parts(edtf: str) -> tuple[str, str, str]:
    """Return year, month and day of a single EDTF date; "" for what it does not say."""
    year, month, day = [*edtf.split("-"), "", ""][:3]
    return year, month, day


def days_between(first: tuple[date, date], second: tuple[date, date]) -> tuple[int, int]:
    """Return the least and the most days from one event to another, each given by its bounds.

    Two exact days give the same number twice; anything less exact gives a range. Negative
    numbers mean that the second may come, or comes, before the first.
    """
    return (second[0] - first[1]).days, (second[1] - first[0]).days


def days_words(least: int, most: int) -> str:
    """Say a number of days, or a range of them, in words: `124 days`, `3 to 30 days earlier`.

    daysWords in lessons/widgets/timeline.js says the same (tests/shared_cases/days.json).
    """
    if least == most == 0:
        return "the same day"
    if least < 0 < most:
        return f"from {_days(-least)} earlier to {_days(most)} later"
    low, high = sorted((abs(least), abs(most)))
    number = _days(high) if low == high else f"{low} to {_days(high)}"
    return f"{number} earlier" if least < 0 else number


def _days(count: int) -> str:
    """Say a number of days: `1 day`, `2 days`."""
    return f"{count} day" if count == 1 else f"{count} days"


def printed_date(quote: str) -> str:
    """Return the date inside a time expression, as the text prints it: `1979`, `July 7, 2017`.

    "" when there is none. English month names only.
    """
    found = _PRINTED_DATE.search(quote)
    return found.group() if found else ""


def printed_dates(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the time expressions that print a date, in the order of the text.

    Columns, indexed by mention_id: passage_id, printed (as the text prints it), events, note.
    """
    table = mentions[mentions["kind"] == "printed"].sort_values("start").copy()
    table["printed"] = [printed_date(quote) for quote in table["quote"]]
    return table[["passage_id", "printed", "events", "note"]]


def undated_words(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the time expressions that print no date (`today`), in the order of the text.

    Columns, indexed by mention_id: passage_id, quote, events, note.
    """
    table = mentions[mentions["kind"] == "relative"].sort_values("start")
    return table[["passage_id", "quote", "events", "note"]]


def dated_by_words_only(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the events that the text dates by words such as "today", never by a printed date.

    Columns, indexed by event_id: words (each once, sorted), passages (ids in the order of the
    text); each a list.
    """
    printed = {event for events in printed_dates(mentions)["events"] for event in events}
    pairs = undated_words(mentions).explode("events").dropna(subset=["events"])
    groups = pairs[~pairs["events"].isin(printed)].groupby("events")
    return pd.DataFrame(
        {
            "words": [sorted(set(rows["quote"])) for _, rows in groups],
            "passages": [list(rows["passage_id"]) for _, rows in groups],
        },
        index=pd.Index([event for event, _ in groups], name="event_id"),
    )


def provenance(event: str, events: pd.DataFrame, mentions: pd.DataFrame) -> str:
    """Say where the date of an event comes from: printed, only hinted at, or from outside."""
    # astype: of no mentions at all, pandas would not know that these are yes or no.
    named = mentions[mentions["events"].map(lambda ids: event in ids).astype(bool)]
    printed = named[named["kind"] == "printed"]
    if len(printed):
        return f"{PRINTED} ({_where(printed)}{_what_is_added(event, events, printed)})"
    if len(named):
        said = " and ".join(f'"{quote}"' for quote in dict.fromkeys(named["quote"]))
        where = ", ".join(named["passage_id"])
        return f"not printed: the text only says {said} ({where}); the date comes from outside"
    return OUTSIDE


def _where(printed: pd.DataFrame) -> str:
    """Say in which passage each date is printed, and as what."""
    return "; ".join(f"{row.passage_id}: {printed_date(row.quote)}" for row in rows_of(printed))


def _what_is_added(event: str, events: pd.DataFrame, printed: pd.DataFrame) -> str:
    """Say what must be added from outside, because the text prints less than is known."""
    known = str(events.loc[event, "start"]).count("-")
    said = max(str(edtf).count("-") for edtf in printed["edtf"])
    missing = _MISSING.get((said, known))
    return f"; {missing} from outside" if missing else ""
