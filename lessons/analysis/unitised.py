"""How far two readers agree on where marks begin and end: Krippendorff's alpha for unitising.

alpha_u  1 - observed / expected disagreement. 1 when both marked the same, 0 when they are as far
         apart as marks of these lengths put anywhere in the text would be, less when further.

K. Krippendorff: On the Reliability of Unitizing Continuous Data. Sociological Methodology 25
(1995); Measuring the Reliability of Qualitative Text Analysis Data. Quality & Quantity 38 (2004),
787-800, http://repository.upenn.edu/asc_papers/42/, with the worked example of our test. Only
for two readers: for more of them its author found it to behave "not as expected" (Krippendorff,
Mathet, Bouvry and Widlöcher: On the Reliability of Unitizing Textual Continua. Quality & Quantity
2016).
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from lessons.analysis.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lessons.analysis.words import Span

_COLUMNS = ["first", "second", "label", "units_first", "units_second"]


class Cut(NamedTuple):
    """A text as one reader cut it under one label: what is marked, and the gaps between."""

    units: list[Span]
    gaps: list[Span]


def unitised_agreement(marks: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """Return how far each two readers agree on where the marks of each label begin and end.

    marks: reader, label, start, end (code points, end-exclusive); those of one reader under one
    label that overlap or touch are one unit. start, end: the text that was read; raises
    ValueError for a mark that is not within it. Columns: first, second (in the order of the
    alphabet), label ("" for all labels together), units_first, units_second (how many), observed,
    expected, alpha. NaN where neither marked anything.
    """
    outside = marks[
        (marks["start"] < start) | (marks["end"] > end) | (marks["start"] >= marks["end"])
    ]
    if len(outside):
        row = outside.iloc[0]
        message = f"A mark goes from {row['start']} to {row['end']}, expected {start} to {end}."
        raise ValueError(message)
    labels = sorted(set(marks["label"]))
    cuts = {
        (reader, label): _cut(group, start, end)
        for (reader, label), group in marks.groupby(["reader", "label"])
    }
    nothing = Cut([], [(start, end)])
    rows = []
    for pair in combinations(sorted(set(marks["reader"])), 2):
        found = [[cuts.get((reader, label), nothing) for reader in pair] for label in labels]
        each = [_disagreement(one, other, end - start) for one, other in found]
        rows += [
            (*pair, label, len(one.units), len(other.units), *numbers)
            for label, (one, other), numbers in zip(labels, found, each, strict=True)
        ]
        counts = [sum(len(both[at].units) for both in found) for at in (0, 1)]
        rows.append((*pair, "", *counts, *(sum(numbers) for numbers in zip(*each, strict=True))))
    table = pd.DataFrame(rows, columns=[*_COLUMNS, "observed", "expected"])
    # 0 / 0 is NaN in a table.
    return table.assign(alpha=1 - table["observed"] / table["expected"])


def _cut(marks: pd.DataFrame, start: int, end: int) -> Cut:
    units: list[Span] = []
    for row in rows_of(marks.sort_values(["start", "end"])):
        if units and row.start <= units[-1][1]:
            units[-1] = (units[-1][0], max(units[-1][1], int(row.end)))
        else:
            units.append((int(row.start), int(row.end)))
    edges = [(start, start), *units, (end, end)]
    gaps = [(one[1], other[0]) for one, other in pairwise(edges) if one[1] < other[0]]
    return Cut(units, gaps)


def _disagreement(one: Cut, other: Cut, length: int) -> tuple[float, float]:
    """Return the observed and the expected disagreement of two readers under one label."""
    apart = sum(
        (u[0] - v[0]) ** 2 + (u[1] - v[1]) ** 2
        for u in one.units
        for v in other.units
        if u[0] < v[1] and v[0] < u[1]
    )
    missed = _in_gaps(one.units, other.gaps) + _in_gaps(other.units, one.gaps)
    return (apart + missed) / length**2, _expected(one, other, length)


def _in_gaps(units: Iterable[Span], gaps: list[Span]) -> int:
    """Return the sum of squares of the units that the other reader has nothing of."""
    return sum(
        (u[1] - u[0]) ** 2 for u in units if any(gap[0] <= u[0] and u[1] <= gap[1] for gap in gaps)
    )


def _expected(one: Cut, other: Cut, length: int) -> float:
    """Return the disagreement of all units with all others in all places where they could lie."""
    units = [end - start for start, end in (*one.units, *other.units)]
    gaps = [end - start for start, end in (*one.gaps, *other.gaps)]
    total = sum(
        (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        + size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
        for size in units
    )
    places = 2 * length * (2 * length - 1) - sum(size * (size - 1) for size in units)
    return 2 / length * total / places if units else 0.0
