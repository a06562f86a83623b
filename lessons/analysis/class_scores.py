"""What the checks say of a class: means over its learners, each with how many there are.

The figures of each learner come from the same functions as on the learner's own page
(discernment, suspicion, Brier score); a learner with too few answers is left out of a mean, and a
mean of fewer than five learners is not given. Nothing here ranks anybody.

low, high: the mean minus and plus two of its standard errors (the standard deviation over the
learners, divided by the root of their number): about where the mean of many such classes would lie.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.agreement import CLASS
from lessons.analysis.calibration import calibration
from lessons.analysis.check_answers import check_answers
from lessons.analysis.checks import FORMS
from lessons.analysis.discernment import BOTH, discernment
from lessons.analysis.rows import rows_of
from lessons.analysis.sorting import label_effect, sorted_cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lessons.case import Case

TOO_FEW = f"fewer than {CLASS} learners: too few to say"
FIGURES = ("discernment", "suspicion", "brier")
_FIRST, _LAST = "before", "after"
_COLUMNS = {"when": "str", "figure": "str", "n": "int64"}
_COLUMNS |= dict.fromkeys(("mean", "low", "high"), "Float64") | {"note": "str"}
_ERRORS = 2
_CERTAIN = 100


def class_checks(answers: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of a class to the cards of the checks beside what is right.

    `answers` has the columns learner, item, kind, value, answered_at, as in
    lessons.classroom.Collected; `items` is `case.check_items`. Columns: learner, then those of
    `check_answers`. Values that are no answer to a card are left out.
    """
    own = answers[answers["kind"] == "check"]
    own = own[own["value"].map(lambda value: isinstance(value, dict)).astype("bool")]
    table = own.assign(
        answer=[str(value.get("answer")) for value in own["value"]],
        sure=pd.Series([_sure(v.get("sure")) for v in own["value"]], own.index, dtype="object"),
    )
    parts = []
    for learner, group in table.groupby("learner", sort=True):
        scored = check_answers(group[["item", "answer", "sure", "answered_at"]], items)
        scored.insert(0, "learner", str(learner))
        parts.append(scored)
    if parts:
        return pd.concat(parts, ignore_index=True)
    empty = check_answers(pd.DataFrame(columns=["item", "answer", "sure"]), items)
    empty.insert(0, "learner", pd.Series(dtype="str"))
    return empty


def learner_scores(checks: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of each learner: learner, when, figure, value.

    `checks` is a table of `class_checks`. A figure that has too few answers is left out.
    """
    rows = [row for learner, own in checks.groupby("learner") for row in _of(str(learner), own)]
    return pd.DataFrame(rows, columns=["learner", "when", "figure", "value"])


def class_scores(checks: pd.DataFrame) -> pd.DataFrame:
    """Return the class's mean of each figure at each time, and of the change from before to after.

    `checks` is a table of `class_checks`. Columns: when ("before", "after", "later", "change"),
    figure ("discernment", "suspicion", "brier"), n (learners), mean, low, high, note (TOO_FEW or
    ""). The change is that of the learners who answered both times.
    """
    scores = learner_scores(checks)
    groups = {
        (when, figure): scores.loc[(scores["when"] == when) & (scores["figure"] == figure)]
        for when in FORMS
        for figure in FIGURES
    }
    rows = [
        {"when": when, "figure": figure} | _mean(group["value"])
        for (when, figure), group in groups.items()
        if len(group)
    ]
    for figure in FIGURES:
        first, last = (groups[when, figure].set_index("learner") for when in (_FIRST, _LAST))
        change = (last["value"] - first["value"]).dropna()
        if len(change):
            rows.append({"when": "change", "figure": figure} | _mean(change))
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def class_label_effect(answers: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Return how a class sorted claims with and without their label: a `label_effect` table.

    `answers` as in `class_checks`. Who saw which label is drawn for each learner, so a difference
    is not one of the claims; but the sets are small, and a class is no sample of anybody.
    """
    own = answers[(answers["kind"] == "sorted") & answers["item"].str.startswith("kind:")]
    tables = []
    for _, group in own.groupby("learner"):
        first = group.drop_duplicates("item")
        given = {
            item.removeprefix("kind:"): value
            for item, value in zip(first["item"], first["value"], strict=True)
        }
        known = {claim: value for claim, value in given.items() if claim in case.claims.index}
        known = {claim: value for claim, value in known.items() if _is_sorted(value)}
        tables.append(sorted_cards(case, known))
    cards = pd.concat(tables, ignore_index=True) if tables else sorted_cards(case, {})
    return label_effect(cards)


def _sure(found: object) -> int | None:
    """Return how sure somebody is, None for anything that is no such number."""
    whole = isinstance(found, int) and not isinstance(found, bool)
    return found if whole and 0 <= found <= _CERTAIN else None  # type: ignore[operator, return-value]


def _is_sorted(value: object) -> bool:
    """Say whether this is how the sorter keeps a card: files may hold anything."""
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        return False
    label = value.get("label_shown", "")
    return _sure(value.get("sure")) is not None and (label is None or isinstance(label, bool))


def _of(learner: str, checks: pd.DataFrame) -> Iterator[dict[str, Any]]:
    told = discernment(checks)
    told = told[(told["voice"] == BOTH) & (told["note"] == "")]
    for row in rows_of(told):
        for figure in ("discernment", "suspicion"):
            value = float(getattr(row, figure))
            yield {"learner": learner, "when": row.when, "figure": figure, "value": value}
    for row in rows_of(calibration(checks)):
        if not row.note:
            yield {"learner": learner, "when": row.when, "figure": "brier", "value": row.brier}


def _mean(values: pd.Series) -> dict[str, Any]:
    numbers = values.astype(float)
    if len(numbers) < CLASS:
        return {"n": len(numbers), "mean": None, "low": None, "high": None, "note": TOO_FEW}
    mean, error = float(numbers.mean()), float(numbers.std(ddof=1)) / math.sqrt(len(numbers))
    low, high = mean - _ERRORS * error, mean + _ERRORS * error
    return {"n": len(numbers), "mean": mean, "low": low, "high": high, "note": ""}
