"""Where things happened: the places of the map, with their events and passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from lessons.analysis.dates import LANES, timeline_table
from lessons.analysis.links import told_in
from lessons.analysis.rows import rows_of

if TYPE_CHECKING:
    from datetime import date

    from lessons.case import Case


def places_table(case: Case, until: date | None = None) -> pd.DataFrame:
    """Return the places of the map, from west to east; with `until` those of events begun by then.

    Columns, indexed by label: country, lat, lon (degrees), events (ids in the order of time),
    passages (those that mention one of these events, in the order of the text), lane (a value of
    lessons.analysis.dates.LANES: who mentions an event there). Events without a map_label or
    without coordinates are left out.
    """
    known = timeline_table(case.events, case.date_mentions, until)
    events = case.events.loc[known.index]
    events = events[(events["map_label"] != "") & events["lat"].notna() & events["lon"].notna()]
    mentioned = told_in(case.events)
    order = list(case.passages.index)
    rows = []
    for label, group in events.groupby("map_label", sort=False):
        passages = {passage for event in group.index for passage in mentioned[event]}
        rows.append(
            {
                "label": str(label),
                "country": group["country"].iloc[0],
                "lat": float(group["lat"].iloc[0]),
                "lon": float(group["lon"].iloc[0]),
                "events": [str(event) for event in group.index],
                "passages": sorted(passages, key=order.index),
                "lane": _lane(set(group["mentioned_by"])),
            }
        )
    columns = ["label", "country", "lat", "lon", "events", "passages", "lane"]
    table = pd.DataFrame(rows, columns=columns).sort_values(["lon", "lat"])
    return table.set_index("label")


def _lane(voices: set[str]) -> str:
    """Say who mentions a place: both voices, one of them, or neither."""
    if "both" in voices or {"statement", "commentary"} <= voices:
        return LANES["both"]
    return LANES[next((v for v in ("statement", "commentary") if v in voices), "outside")]


def inside(table: pd.DataFrame, inset: dict[str, float]) -> pd.Series:
    """Tell for each place whether it lies inside an inset of the map."""
    return table["lon"].between(inset["west"], inset["east"]) & table["lat"].between(
        inset["south"], inset["north"]
    )


def mentioned_count(table: pd.DataFrame) -> int:
    """Count the places where an event happened that a voice mentions."""
    return sum(row.lane != LANES["outside"] for row in rows_of(table))
