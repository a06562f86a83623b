"""How far readers agree: in percent, and beyond what chance would give.

All functions here take a table of *answers*, one row for what one reader said of one thing, with
the columns `unit` (the thing), `reader` and `value`; an answer that is missing is left out, or
empty ("" or NaN). The order of the rows makes no difference, nor do the names of the readers. The
two readings of a case, of one voice or of both, and the answers of a class go through the same
functions.

percent    Of all pairs of answers to the same thing, the share that is the same, as 0 to 1. With
           two readers: how often they said the same.
alpha      Krippendorff's alpha, from the library `krippendorff`: 1 when all always say the same,
           about 0 when they agree as often as chance would have it, below 0 when less often. NaN
           where there is nothing to say: no thing has two answers, or all answers are one and the
           same value (then nobody could have disagreed by chance either). Nominal, or ordinal
           where the steps of a scale are given. Where nearly all answers are one value, alpha may
           be low although the percent is high: chance alone would give as much.
low, high  Where alpha would lie in 95 of 100 samples like this one: a percentile bootstrap. The
           things are drawn again with replacement, 2,000 times, from a fixed seed; what belongs to
           one `block` (such as a passage) is drawn together, because it is not independent.
           Draws for which alpha says nothing are left out.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import krippendorff
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

CLASS = 5
TOO_FEW = "fewer than five readers: too few to say"
NOTHING = "no two answers that could differ: nothing to say"
COLUMNS = ["question", "units", "readers", "percent", "alpha", "low", "high", "level", "note"]

_DRAWS = 2000
_SEED = 2254
_MIDDLE = (0.025, 0.975)
_PAIR = 2


def agreement(
    answers: pd.DataFrame, orders: Mapping[str, Sequence[object]] | None = None, needed: int = _PAIR
) -> pd.DataFrame:
    """Return how far readers agree on each question, in the order in which questions first come.

    `answers` has the columns question, unit, reader, value, and may have block. `orders` gives the
    steps of a scale, from low to high, for each question whose alpha is to be ordinal. `needed` is
    how many readers a question must have before anything is said of it: CLASS where readers are a
    class. Columns: question, units (with two answers or more), readers, percent, alpha, low, high,
    level (nominal or ordinal), note (why there is no number, else "").

    Raises ValueError when a reader answers twice, or a value is not on its scale.
    """
    steps = orders or {}
    rows = [
        {"question": question, **_row(group, steps.get(str(question)), needed)}
        for question, group in answers.groupby("question", sort=False)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def percent(answers: pd.DataFrame) -> float:
    """Return the share of pairs of answers to the same thing that are the same (0 to 1, or NaN)."""
    counts = _counts(answers).to_numpy()
    given = counts.sum(axis=1)
    pairs = float((given * (given - 1)).sum())
    return float((counts * (counts - 1)).sum()) / pairs if pairs else float("nan")


def alpha(answers: pd.DataFrame, order: Sequence[object] | None = None) -> float:
    """Return Krippendorff's alpha: nominal, or ordinal when the steps of the scale are given.

    NaN where alpha says nothing; raises ValueError when a reader answers a thing twice, or when a
    value is not one of the steps.
    """
    counts = _counts(answers, order)
    pairable = counts[counts.sum(axis=1) >= _PAIR]
    if (pairable.sum() > 0).sum() < _PAIR:
        return float("nan")
    level = "nominal" if order is None else "ordinal"
    return float(
        krippendorff.alpha(value_counts=pairable.to_numpy(), level_of_measurement=level)  # type: ignore[arg-type]
    )


def interval(answers: pd.DataFrame, order: Sequence[object] | None = None) -> tuple[float, float]:
    """Return where alpha lies in the middle 95 of 100 samples drawn again from these things.

    Things with the same `block`, where the table has that column, are drawn together. (NaN, NaN)
    where alpha says nothing, and where there is but one thing or block to draw from.
    """
    counts = _counts(answers, order)
    counts = counts[counts.sum(axis=1) >= _PAIR]
    together = _blocks(answers).reindex(counts.index)
    names, which = np.unique(together.to_numpy(dtype=str), return_inverse=True)
    if len(names) < _PAIR:
        return float("nan"), float("nan")
    seen = _coincidences(counts.to_numpy(dtype=float))
    blocks = np.zeros((len(names), *seen.shape[1:]))
    np.add.at(blocks, which, seen)
    alphas = _alphas(_drawn(blocks), ordinal=order is not None)
    alphas = alphas[~np.isnan(alphas)]
    if not len(alphas):
        return float("nan"), float("nan")
    low, high = np.quantile(alphas, _MIDDLE)
    return float(low), float(high)


def pairs_of_readers(answers: pd.DataFrame) -> pd.DataFrame:
    """Return who disagrees with whom: a row for each two readers, those furthest apart first.

    Columns: first, second (their names, in the order of the alphabet), units (that both
    answered), same (how many of these they answered alike), percent. Readers who answered nothing
    in common are left out.
    """
    wide = _wide(answers)
    rows = []
    for first, second in combinations(sorted(wide.columns, key=str), 2):
        both = wide[[first, second]].dropna()
        same = int((both[first] == both[second]).sum())
        rows.append((first, second, len(both), same, same / max(1, len(both))))
    table = pd.DataFrame(rows, columns=["first", "second", "units", "same", "percent"])
    table = table[table["units"] > 0]
    return table.sort_values(["percent", "first", "second"]).reset_index(drop=True)


def split_units(answers: pd.DataFrame, needed: int = _PAIR) -> pd.DataFrame:
    """Return how the answers to each thing are split, the most split first.

    Indexed by unit. Columns: readers, percent (of the pairs of its answers, the share that is the
    same), and a column for each value that was given, with how many gave it. Things with fewer
    readers than `needed` are left out.
    """
    counts = _counts(answers)
    given = counts.sum(axis=1)
    alike = (counts * (counts - 1)).sum(axis=1) / (given * (given - 1)).where(given >= _PAIR)
    table = pd.DataFrame({"readers": given, "percent": alike}).join(counts)
    return table[given >= max(needed, _PAIR)].sort_values("percent", kind="stable")


def _row(answers: pd.DataFrame, order: Sequence[object] | None, needed: int) -> dict[str, object]:
    """Return the numbers of one question, or why there are none."""
    wide = _wide(answers)
    units = int((wide.notna().sum(axis=1) >= _PAIR).sum())
    level = "nominal" if order is None else "ordinal"
    row: dict[str, object] = {"units": units, "readers": wide.shape[1], "level": level}
    if wide.shape[1] < needed:
        return row | {"note": TOO_FEW if needed == CLASS else f"fewer than {needed} readers"}
    low, high = interval(answers, order)
    found = alpha(answers, order)
    note = NOTHING if np.isnan(found) else ""
    numbers = {"percent": percent(answers), "alpha": found, "low": low, "high": high}
    return row | numbers | {"note": note}


def _wide(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the answers with a row for each thing and a column for each reader."""
    return _given(answers).set_index(["unit", "reader"])["value"].unstack()  # noqa: PD010  (no sums)


def _given(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the answers that are there; raises ValueError when a reader answers a thing twice."""
    given = answers[answers["value"].notna() & (answers["value"].astype(str) != "")]
    twice = given[given.duplicated(["unit", "reader"])]
    if len(twice):
        reader, unit = twice[["reader", "unit"]].iloc[0]
        raise ValueError(f"Reader {reader} answered {unit} more than once.")
    return given


def _counts(answers: pd.DataFrame, order: Sequence[object] | None = None) -> pd.DataFrame:
    """Count how many readers gave each value to each thing; things and values are sorted."""
    given = _given(answers)
    counts = pd.crosstab(given["unit"], given["value"])
    if order is None:
        return counts
    unknown = [value for value in counts.columns if value not in order]
    if unknown:
        raise ValueError(f"Found {unknown[0]!r}, expected one of {list(order)}.")
    return counts.reindex(columns=list(order), fill_value=0)


def _blocks(answers: pd.DataFrame) -> pd.Series:
    """Return what each thing is drawn together with: its block, or itself."""
    units = answers.drop_duplicates("unit").set_index("unit", drop=False)
    return units["block"] if "block" in units else units["unit"]


def _coincidences(counts: Numbers) -> Numbers:
    """Return for each thing how often two readers paired two values: units x values x values.

    Each thing weighs as much as it has answers (Krippendorff's coincidence matrix, by thing).
    """
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs -= counts[:, :, None] * np.eye(counts.shape[1])
    return np.asarray(pairs / (counts.sum(axis=1) - 1)[:, None, None])


def _drawn(blocks: Numbers) -> Numbers:
    """Return the coincidences of each draw: draws x values x values."""
    size = len(blocks)
    draw = np.random.default_rng(_SEED)
    times = draw.multinomial(size, np.full(size, 1 / size), size=_DRAWS).astype(float)
    return np.asarray(times @ blocks.reshape(size, -1)).reshape(_DRAWS, *blocks.shape[1:])


def _alphas(seen: Numbers, *, ordinal: bool) -> Numbers:
    """Return alpha for each draw; NaN where all its answers are one and the same value.

    The library does one table at a time; a test holds this against it.
    """
    each = seen.sum(axis=2)
    total = each.sum(axis=1)
    if ordinal:
        place = each.cumsum(axis=1) - each / 2
        apart = (place[:, :, None] - place[:, None, :]) ** 2
    else:
        apart = np.broadcast_to(1 - np.eye(seen.shape[1]), seen.shape)
    by_chance = np.einsum("di,dj,dij->d", each, each, apart)
    found = (seen * apart).sum(axis=(1, 2)) * (total - 1)
    by_chance[by_chance == 0] = np.nan
    return np.asarray(1 - found / by_chance)
