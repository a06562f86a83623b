"""Calibration of a check: whether someone is as often right as they are sure.

What is a forecast here? After each card the learner says how sure they are of their own answer, in
steps from 50 % (a guess) to 100 % (certain). That is a forecast that *this answer is right*: not
that the sentence is sound. What happens is 1 when the answer is right and 0 when it is wrong; of
two possible answers a guess is right half the time, so the steps begin at 50 %.

    Brier score = mean of (forecast - what happened)^2
                = reliability - resolution + uncertainty

    reliability   sum of n_k (f_k - o_k)^2 / n   0: of the answers of each step, as many are right
    resolution    sum of n_k (o_k - o)^2 / n     0: as many are right at each step
    uncertainty   o (1 - o)                      0: all are right, or none

k goes over the steps, f_k is the step, o_k the share of right answers there, n_k their number, o
the share of all n answers that are right (Murphy 1973, A new vector partition of the probability
score, Journal of Applied Meteorology 12(4), 595-600). As each step is one value and no range of
values, the parts make up the score exactly. Since what is forecast is one's own answer, the
uncertainty says how often that was right; it is no property of the cards.

`gap` is the mean forecast less the share that was right: above 0 surer than right. Its standard
error is that of someone who is right exactly as often as they say: the root of the sum of
f (1 - f), divided by n.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.check_answers import FEWEST, TOO_FEW
from lessons.analysis.checks import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

SURER, AS_SURE, LESS_SURE = "surer than right", "as sure as right", "less sure than right"
BEYOND = 2  # standard errors, from which on a difference is more than chance alone would make
_FIGURES = ["brier", "brier_error", "reliability", "resolution", "uncertainty"]
_FIGURES += ["mean_sure", "share_right", "gap", "gap_error"]
_COLUMNS = {"when": "str", "n": "int64", "right": "int64"}
_COLUMNS |= dict.fromkeys(_FIGURES, "Float64") | {"note": "str"}
_LEVELS = {"when": "str", "sure": "int64", "n": "int64", "right": "int64", "share": "float64"}
_TINY = 1e-12


def calibration(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the Brier score and its parts for each time of a check that has answers.

    `answers` is a table of `check_answers`; those without a sureness are left out. Columns: when,
    n, right (a count), brier, brier_error, reliability, resolution, uncertainty, mean_sure and
    share_right (from 0 to 1), gap, gap_error, note. With fewer than 8 answers the figures are
    empty and the note is "too few to say"; else it is "".
    """
    rows = [{"when": when} | _row(own) for when, own in _by_time(answers)]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def calibration_levels(answers: pd.DataFrame) -> pd.DataFrame:
    """Count right answers by how sure the learner was: the rows of a reliability picture.

    Columns: when, sure (50 to 100), n, right, share (from 0 to 1). A row a time and step that was
    chosen, from the least sure one on.
    """
    rows = []
    for when, own in _by_time(answers):
        for sure in sorted(set(own["sure"])):
            right = own.loc[own["sure"] == sure, "right"]
            rows.append([when, int(sure), len(right), int(right.sum()), float(right.mean())])
    return pd.DataFrame(rows, columns=list(_LEVELS)).astype(_LEVELS)


def sureness_of(row: Any) -> str:  # noqa: ANN401  (a row of a table)
    """Say how sureness and being right go together in a row of `calibration`.

    SURER, AS_SURE or LESS_SURE: as sure as right is everybody whose gap chance alone would make.
    "" where there are too few answers to say.
    """
    return "" if row.note else _named(row.gap, row.gap_error)


def sureness_of_levels(levels: pd.DataFrame) -> str:
    """Say the same of the rows of one time in a table of `calibration_levels`."""
    count = int(levels["n"].sum())
    if count < FEWEST:
        return ""
    said = levels["sure"] / 100
    gap = float((said * levels["n"]).sum() - levels["right"].sum()) / count
    return _named(gap, math.sqrt(float((levels["n"] * said * (1 - said)).sum())) / count)


def _named(gap: float, error: float) -> str:
    """Return the word for a gap with its standard error."""
    if abs(gap) <= BEYOND * error + _TINY:
        return AS_SURE
    return SURER if gap > 0 else LESS_SURE


def _by_time(answers: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the answers that have a sureness, time by time."""
    said = answers[answers["sure"].notna()]
    for when in FORMS:
        own = said[said["when"] == when]
        if len(own):
            yield when, own


def _row(answers: pd.DataFrame) -> dict[str, Any]:
    """Return the figures of some answers."""
    count = len(answers)
    counts = {"n": count, "right": int(answers["right"].sum())}
    if count < FEWEST:
        return counts | dict.fromkeys(_FIGURES) | {"note": TOO_FEW}
    forecasts = answers["sure"].astype("float64") / 100
    happened = answers["right"].astype("float64")
    missed = (forecasts - happened) ** 2
    sure, right = float(forecasts.mean()), float(happened.mean())
    gap_error = math.sqrt(float((forecasts * (1 - forecasts)).sum())) / count
    brier = [float(missed.mean()), float(missed.std()) / math.sqrt(count)]
    figures = [*brier, *_parts(forecasts, happened), sure, right, sure - right, gap_error]
    return counts | dict(zip(_FIGURES, figures, strict=True)) | {"note": ""}


def _parts(forecasts: pd.Series, happened: pd.Series) -> tuple[float, ...]:
    """Return reliability, resolution and uncertainty."""
    steps = pd.DataFrame({"f": forecasts, "o": happened}).groupby("f")["o"].agg(["size", "mean"])
    weights, shares = steps["size"] / len(happened), steps["mean"]
    right = float(happened.mean())
    stated = steps.index.to_series()
    reliability = float((weights * (stated - shares) ** 2).sum())
    return reliability, float((weights * (shares - right) ** 2).sum()), right * (1 - right)
