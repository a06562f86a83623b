"""What changed between two checks: each figure at both times, with how many answers it rests on.

A check has 16 cards, so chance alone moves a figure far. A change is called more than chance only
when it is larger than two standard errors of a difference (the root of the sum of both squared
errors): see lessons.analysis.discernment and lessons.analysis.calibration for the errors.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.calibration import BEYOND, calibration
from lessons.analysis.check_answers import TOO_FEW, VOICES
from lessons.analysis.discernment import BOTH, discernment

if TYPE_CHECKING:
    from collections.abc import Mapping

CHANCE = "chance alone may do this"
MEASURES = ("discernment", "suspicion", "gap", "brier")
_COLUMNS = {"measure": "str", "n_start": "int64", "n_end": "int64", "start": "Float64"}
_COLUMNS |= {"end": "Float64", "change": "Float64", "error": "Float64", "note": "str"}
_RIGHT = {"voice": "str", "sound": "bool", "right_start": "int64", "of_start": "int64"}
_RIGHT |= {"right_end": "int64", "of_end": "int64"}
_TINY = 1e-9


def change(answers: pd.DataFrame, start: str = "before", end: str = "after") -> pd.DataFrame:
    """Return how the figures of a check changed from one time to another.

    `answers` is a table of `check_answers`. A row a measure: discernment, suspicion, gap (how
    much surer than right) and brier. Columns: measure, n_start, n_end, start, end, change, error
    (of the change), note: "too few to say" (the figures are empty), "chance alone may do this",
    or "" for a change that is more.
    """
    judged = discernment(answers)
    judged = judged[judged["voice"] == BOTH]
    sure = calibration(answers)
    tables = dict.fromkeys(("discernment", "suspicion"), judged) | {"gap": sure, "brier": sure}
    rows = [_row(name, _at(tables[name], start), _at(tables[name], end)) for name in MEASURES]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def right_answers(answers: pd.DataFrame, start: str = "before", end: str = "after") -> pd.DataFrame:
    """Count the right answers at two times, by voice and by whether the sentence holds up.

    `answers` is a table of `check_answers`. Columns: voice, sound, right_start, of_start,
    right_end, of_end; four rows, also where nothing was answered.
    """
    rows = []
    for sound in (True, False):
        for voice in VOICES:
            own = answers[(answers["voice"] == voice) & (answers["sound"] == sound)]
            parts = [own.loc[own["when"] == when, "right"] for when in (start, end)]
            rows.append([voice, sound, *(n for part in parts for n in (part.sum(), len(part)))])
    return pd.DataFrame(rows, columns=list(_RIGHT)).astype(_RIGHT)


def _at(table: pd.DataFrame, when: str) -> dict[str, Any]:
    """Return the row of one time; nothing but its lack of answers where there is none."""
    rows = table[table["when"] == when].to_dict("records")
    return {str(k): v for k, v in rows[0].items()} if rows else {"n": 0, "note": TOO_FEW}


def _row(name: str, first: Mapping[str, Any], last: Mapping[str, Any]) -> dict[str, Any]:
    """Compare one measure at two times."""
    row = {"measure": name, "n_start": first["n"], "n_end": last["n"]}
    if first["note"] or last["note"]:
        return row | {"note": TOO_FEW}
    start, end = float(first[name]), float(last[name])
    error = math.hypot(float(first[f"{name}_error"]), float(last[f"{name}_error"]))
    by_chance = abs(end - start) <= BEYOND * error + _TINY
    row |= {"start": start, "end": end, "change": end - start, "error": error}
    return row | {"note": CHANCE if by_chance else ""}
