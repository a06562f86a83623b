"""What is done of a list of things to do, what is begun, and where to go on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lessons.analysis.rows import rows_of

if TYPE_CHECKING:
    import pandas as pd

DONE, BEGUN, LEFT = "done", "begun", "left"


def states(things: pd.DataFrame) -> list[str]:
    """Say of each thing how far it is: DONE, BEGUN or LEFT.

    `things` has the columns done (True or False) and count ("4 of 16", or ""): "4 of 16" that is
    not done is begun.
    """
    return [
        DONE if row.done else BEGUN if re.match("[1-9]", str(row.count)) else LEFT
        for row in rows_of(things)
    ]


def go_on_at(things: pd.DataFrame) -> int | None:
    """Return the place (from 0) of the thing to go on with, None when everything is done.

    `things` is as in `states`, in the order of the course. What is begun comes first; else what
    follows the last thing that is done, for a short path leaves out much; else what was left out.
    """
    found = states(things)
    if BEGUN in found:
        return found.index(BEGUN)
    left = [place for place, state in enumerate(found) if state == LEFT]
    last = max((place for place, state in enumerate(found) if state == DONE), default=-1)
    return next((place for place in left if place > last), left[0] if left else None)
