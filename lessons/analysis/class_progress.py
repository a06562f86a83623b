"""Who of a class has done what, and who may need help.

Both functions start from a table *done*: a row for each learner and thing to do, in the order of
the course, with the columns learner, lesson, thing and done (bool). Nothing here says how good an
answer is.

waits at   The first thing that a learner has not done although at least half of the class has.
           That is all that can be known from hand-ins: no clock, no guess about a person.
"""

from __future__ import annotations

import pandas as pd

HALF = 0.5
_LESSONS = {"learner": "str", "lesson": "str", "done": "int64", "of": "int64"}
_WAITS = {"learner": "str", "lesson": "str", "thing": "str", "share": "float64"}


def lessons_done(done: pd.DataFrame) -> pd.DataFrame:
    """Count what each learner has done of each lesson: learner, lesson, done, of."""
    groups = done.groupby(["learner", "lesson"], sort=False)["done"]
    table = pd.DataFrame({"done": groups.sum(), "of": groups.size()}).reset_index()
    return table[list(_LESSONS)].astype(_LESSONS)


def waits_at(done: pd.DataFrame) -> pd.DataFrame:
    """Return where learners wait: learner, lesson, thing, share (of the class that has done it).

    A learner who waits nowhere has no row. The thing that most of the class has done comes first.
    """
    keys = ["lesson", "thing"]
    share = done.groupby(keys, sort=False)["done"].mean().rename("share").reset_index()
    table = done.merge(share, on=keys, how="left", sort=False)
    table = table[~table["done"].astype("bool") & (table["share"] >= HALF)]
    table = table.drop_duplicates("learner")[list(_WAITS)].astype(_WAITS)
    return table.sort_values(["share", "learner"], ascending=[False, True], ignore_index=True)
