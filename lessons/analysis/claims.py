"""What kinds of claim a text makes, passage by passage, as its readers judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def claim_kinds(claims: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """Count the claims of each kind in each passage, for each reader.

    `claims` is a table of lessons.analysis.by_voice.spoken_by, `readings` one of read_by.
    Columns: voice, passage_id, reader, kind (in words), claims; a row where there is a claim, in
    the order of `claims`.
    """
    rows = claims[["voice", "passage_id"]].merge(
        readings[["claim_id", "reader", "kind"]], left_index=True, right_on="claim_id"
    )
    rows = rows.assign(kind=rows["kind"].str.replace("-", " "))
    keys = ["voice", "passage_id", "reader", "kind"]
    return rows.groupby(keys, sort=False).size().reset_index(name="claims")


def kinds_in_order(table: pd.DataFrame) -> list[str]:
    """Return the kinds of a claim_kinds table, the most frequent first, equal ones by name."""
    sums = table.groupby("kind")["claims"].sum()
    return sorted(sums.index, key=lambda kind: (-int(sums[kind]), kind))
