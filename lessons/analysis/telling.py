"""The order in which a text tells events against the order in which they happened."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def telling_order(
    table: pd.DataFrame, mentions: pd.DataFrame, passages: pd.DataFrame, voices: pd.DataFrame
) -> pd.DataFrame:
    """Return the events that the text dates, however loosely, in the order of its telling.

    `table` is a timeline_table. An event is told where it is dated first. Indexed by event_id:
    told and happened (places in the two orders, from 1), passage_id and voice (the voice's word)
    of the telling, title, when.
    """
    dated = mentions.explode("events").dropna(subset=["events"]).sort_values("start")
    first = dated.drop_duplicates("events").set_index("events")[["passage_id", "start"]]
    told = first.join(table[["title", "when", "first", "last"]], how="inner")
    told.index.name = "event_id"
    # Two events of one mention are told at once: the earlier one counts as told first.
    told = told.sort_values(["start", "first", "last"], kind="stable")
    happened = told.sort_values(["first", "last"], kind="stable").index
    order = {event: place for place, event in enumerate(happened, 1)}
    told["told"] = range(1, len(told) + 1)
    told["happened"] = [order[event] for event in told.index]
    told["voice"] = told["passage_id"].map(passages["voice"]).map(voices["word"])
    return told[["told", "happened", "passage_id", "voice", "title", "when"]]


def pairs_out_of_order(order: pd.DataFrame) -> tuple[int, int]:
    """Return how many pairs of events are told against the order of time, and of how many pairs.

    `order` is a telling_order: 0 of n pairs is a text that tells straight on.
    """
    places = list(order.sort_values("told")["happened"])
    pairs = list(combinations(places, 2))
    return sum(earlier > later for earlier, later in pairs), len(pairs)
