"""What is said of sureness: a plain sentence with counts first, the Brier score second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lessons.analysis.calibration import AS_SURE, LESS_SURE, SURER, sureness_of
from lessons.analysis.check_answers import FEWEST
from lessons.analysis.checks import WHEN
from lessons.analysis.counted import counted
from lessons.analysis.rows import rows_of

if TYPE_CHECKING:
    import pandas as pd

_DID = {
    SURER: "you were surer than you were right",
    AS_SURE: "you were about as sure as you were right",
    LESS_SURE: "you were right more often than you thought",
}


def calibration_sentence(table: pd.DataFrame, when: str) -> str:
    """Say whether someone was as often right as they were sure, at one time.

    `table` is one of `calibration`, `when` is "before", "after" or "later".
    """
    row = _row(table, when)
    if row is None or row.note:
        count = 0 if row is None else row.n
        said = f"{WHEN[when]} you said of {counted(count, 'answer')} how sure you were"
        return f"{said}: too few to say. It takes at least {FEWEST}."
    sure = f"on average you said {100 * row.mean_sure:.0f} %"
    right = f"{row.right} of {row.n} answers ({100 * row.share_right:.0f} %) were right"
    return f"{WHEN[when]} {_DID[sureness_of(row)]}: {sure}, and {right}."


def calibration_figures(table: pd.DataFrame, when: str) -> str:
    """Give the Brier score of one time and its parts; "" where there are too few answers."""
    row = _row(table, when)
    if row is None or row.note:
        return ""
    return (
        f"Brier score {row.brier:.3f} (0: certain and right each time; 0.25: always 50 %) = "
        f"reliability {row.reliability:.3f} (0: as sure as right at each step) - resolution "
        f"{row.resolution:.3f} (0: as often right at each step) + uncertainty "
        f"{row.uncertainty:.3f} (0.25: half of the answers right). From {row.n} answers."
    )


def _row(table: pd.DataFrame, when: str) -> Any:  # noqa: ANN401  (a row of a table)
    return next(rows_of(table[table["when"] == when]), None)
