"""Who of a class judges otherwise than whom: pairs to talk to each other, never a ranking.

It is meant for questions of judgement, where no answer is right. A pair needs at least five things
that both judged.

differ  Of the things that both judged, the share that they judged in different ways, 0 to 1.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lessons.analysis.agreement import CLASS
from lessons.analysis.rows import rows_of

_COLUMNS = {"learner": "str", "other": "str", "n": "int64", "differ": "float64"}
# All pairs of so many learners are compared; a larger group is no class that talks in pairs.
MOST = 200


def pairs(judged: pd.DataFrame) -> pd.DataFrame:
    """Return how often each two learners differ, those first who differ most.

    `judged` is a table of `class_answers`, of questions of judgement only. Columns: learner, other,
    n (things that both judged, five or more), differ. Each pair stands once. Of more than MOST
    learners nothing is returned.
    """
    wide = judged.pivot_table(
        index="learner", columns=["question", "thing"], values="value", aggfunc="first"
    )
    if not 1 < len(wide) <= MOST:
        return pd.DataFrame(columns=list(_COLUMNS)).astype(_COLUMNS)
    values = wide.to_numpy(dtype="object")
    codes = pd.factorize(values.ravel())[0].reshape(values.shape)  # -1: no answer
    first, second = np.triu_indices(len(wide), k=1)
    both = (codes[first] >= 0) & (codes[second] >= 0)
    n = both.sum(axis=1)
    unlike = (both & (codes[first] != codes[second])).sum(axis=1)
    names = wide.index.to_numpy(dtype="object")
    table = pd.DataFrame({"learner": names[first], "other": names[second], "n": n})
    table = table.assign(differ=unlike / np.maximum(n, 1)).astype(_COLUMNS)
    order = ["differ", "n", "learner", "other"]
    enough = table[table["n"] >= CLASS]
    return enough.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def partners(table: pd.DataFrame) -> pd.DataFrame:
    """Choose pairs for a talk from a table of `pairs`: each learner once, who differ most first.

    The columns are the same. Who never differs from anybody who is left has no partner.
    """
    taken: set[str] = set()
    chosen = []
    for row in rows_of(table[table["differ"] > 0]):
        if not {row.learner, row.other} & taken:
            taken |= {row.learner, row.other}
            chosen.append(int(row.Index))
    return table.loc[chosen].reset_index(drop=True)
