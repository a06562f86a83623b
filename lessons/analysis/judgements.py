"""What was judged: the two readings of each thing beside the learner's own answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

READERS = ("A", "B")
YOU = "You"


def readings_of(table: pd.DataFrame, item: str, value: str) -> pd.DataFrame:
    """Return how readers judged each thing, in the order of the table.

    `table` is a table of readings with the columns `reader` and `note`; `item` and `value` name
    the columns that hold what was judged and how. Columns: item, who ("Reader A"), value (as
    text), note.
    """
    rows = table.sort_values("reader", kind="stable")
    return pd.DataFrame(
        {
            "item": rows[item].astype(str),
            "who": "Reader " + rows["reader"].astype(str),
            "value": rows[value].astype(str),
            "note": rows["note"].astype(str),
        }
    ).reset_index(drop=True)


def beside(answers: Mapping[str, str], readings: pd.DataFrame) -> pd.DataFrame:
    """Put a learner's answers beside the readings of the same things, and no others.

    `answers` holds a value for each item that was answered. Columns: item, who ("You" first,
    then the readers), value.
    """
    yours = pd.DataFrame(
        {"item": list(answers), "who": YOU, "value": list(answers.values())}, dtype="str"
    )
    theirs = readings.loc[readings["item"].isin(list(answers)), ["item", "who", "value"]]
    return pd.concat([yours, theirs], ignore_index=True)


def same_as_yours(rows: pd.DataFrame) -> pd.DataFrame:
    """Count for each reader how often their value is yours.

    `rows` is a table made by `beside`. Columns, indexed by who: same, of.
    """
    wide = rows.pivot_table(index="item", columns="who", values="value", aggfunc="first")
    readers = [who for who in dict.fromkeys(rows["who"]) if who != YOU]
    same = [int((wide[YOU] == wide[who]).sum()) for who in readers]
    of = [int(wide[who].notna().sum()) for who in readers]
    return pd.DataFrame({"same": same, "of": of}, index=pd.Index(readers, name="who"))
