"""What belongs to a passage: the passages it answers or that answer it, its events, its terms."""

from __future__ import annotations

import pandas as pd

from lessons.analysis.dates import date_words
from lessons.analysis.rows import rows_of


def answers(replies: pd.DataFrame) -> pd.DataFrame:
    """Tell which commentary passage answers which statement passage, by either reading.

    Columns: commentary_id and statement_id, one row a pair. How a reply engages is left out on
    purpose: that, and where the two readings differ, is for after the learner's own look.
    """
    pairs = replies[["commentary_id", "statement_ids"]].explode("statement_ids")
    pairs = pairs.rename(columns={"statement_ids": "statement_id"}).dropna()
    return pairs.drop_duplicates().reset_index(drop=True)


def events_inside(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events that the text itself mentions, in the order of the table.

    Columns, indexed by event_id: title, when (the date in words), place, country, passages.
    """
    inside = events[events["mentioned_by"] != "outside"].copy()
    inside["when"] = [date_words(row.start, row.end) for row in rows_of(inside)]
    return inside[["title", "when", "place", "country", "passages"]]


def mentioned_events(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events that the text itself mentions, one row for each passage of each event.

    Columns: passage_id, event_id, title, when, place, country.
    """
    rows = events_inside(events).reset_index().explode("passages")
    rows = rows.rename(columns={"passages": "passage_id"}).dropna(subset=["passage_id"])
    columns = ["passage_id", "event_id", "title", "when", "place", "country"]
    return rows[columns].reset_index(drop=True)


def passage_links(
    passages: pd.DataFrame, replies: pd.DataFrame, events: pd.DataFrame, glossary: pd.DataFrame
) -> pd.DataFrame:
    """Return all that a passage leads to and that may be shown before the learner has answered.

    Columns, indexed by passage_id in the order of the text: answers, answered_by (passage ids),
    events (event ids), terms (glossary terms); each a list.
    """
    order = list(passages.sort_values("order").index)
    pairs, happened = answers(replies), mentioned_events(events)
    terms = glossary.reset_index().explode("passages")
    links = {
        "answers": _lists(pairs, "commentary_id", "statement_id"),
        "answered_by": _lists(pairs, "statement_id", "commentary_id"),
        "events": _lists(happened, "passage_id", "event_id"),
        "terms": _lists(terms, "passages", "term"),
    }
    columns = {name: [found.get(passage, []) for passage in order] for name, found in links.items()}
    for name in ("answers", "answered_by"):
        columns[name] = [sorted(ids, key=order.index) for ids in columns[name]]
    return pd.DataFrame(columns, index=pd.Index(order, name="passage_id"))


def leads_to(passages: pd.DataFrame, events: pd.DataFrame) -> dict[str, list[str]]:
    """Return the events that a picked passage leads to, by passage id.

    An event that goes with every passage of a voice (the statement as a whole is one) says
    nothing about a single one: it is left out where the passage has an event of its own.
    """
    happened = mentioned_events(events)
    voices = passages.reset_index().groupby("voice")["passage_id"].agg(set)
    where = happened.groupby("event_id")["passage_id"].agg(set)
    whole = {event for event, ids in where.items() if any(voice <= ids for voice in voices)}
    found = _lists(happened, "passage_id", "event_id")
    return {
        passage: [event for event in ids if event not in whole] or ids
        for passage, ids in found.items()
    }


def told_in(events: pd.DataFrame) -> dict[str, list[str]]:
    """Return the passages that mention each event, by event id.

    An event from outside the text has none: the passages that it is background to do not
    mention it.
    """
    inside = events[events["mentioned_by"] != "outside"]
    mentioned = {str(event): list(ids) for event, ids in inside["passages"].items()}
    return {str(event): mentioned.get(str(event), []) for event in events.index}


def _lists(table: pd.DataFrame, key: str, value: str) -> dict[str, list[str]]:
    """Return the values that go with each key, in the order of the table."""
    return {str(name): list(group) for name, group in table.groupby(key)[value]}
