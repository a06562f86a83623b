"""Who does what to whom, as a text paints it, and how the doer stands in the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

UNNAMED = "unnamed"  # what the table of actors says when the text names no doer
FORMS = ("active", "passive", "nominalised")


def deeds(actors: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """Return each deed with how each reader saw it painted, in neutral words.

    `actors` is a table of lessons.analysis.by_voice.spoken_by, `readings` one of read_by.
    Columns: voice, passage_id, doer, deed, done_to (empty for none), and one for each reader
    ("reader_A") with constructive, destructive or neutral. The doer with the most deeds stands
    first, the unnamed last; a doer's deeds are in the order of `actors`.
    """
    names = {"actor": "doer", "action": "deed", "target": "done_to"}
    table = actors.rename(columns=names)[["voice", "passage_id", "doer", "deed", "done_to"]]
    for reader in sorted(set(readings["reader"])):
        seen = readings[readings["reader"] == reader].set_index("row_id")["polarity"]
        table[f"reader_{reader}"] = table.index.map(seen)
    sums = table["doer"].value_counts()
    table["_last"] = table["doer"] == UNNAMED
    table["_order"] = [-int(sums[doer]) for doer in table["doer"]]
    table = table.sort_values(["_last", "_order", "doer"], kind="stable")
    return table.drop(columns=["_last", "_order"]).reset_index(drop=True)


def naming(actors: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """Count the named and the unnamed doers by how the sentence puts them.

    `actors` is a table of lessons.analysis.by_voice.spoken_by, `readings` one of read_by.
    Columns: voice, reader, form (active, passive or nominalised), doer (named or unnamed),
    deeds; a row where there is one.
    """
    rows = actors[["voice", "actor"]].merge(
        readings[["row_id", "reader", "agency"]], left_index=True, right_on="row_id"
    )
    kept = rows["actor"] == UNNAMED
    rows = rows.assign(form=rows["agency"], doer=kept.map({True: UNNAMED, False: "named"}))
    keys = ["voice", "reader", "form", "doer"]
    return rows.groupby(keys, sort=False).size().reset_index(name="deeds")
