"""What a class answered, thing by thing: counts, and how far it splits.

Everything starts from the table `answers` of lessons.classroom.Collected; the first answer of a
learner to a thing counts. A *thing* is what one answer is about: a sentence, a claim, a reply, an
exercise, the left side of a match, an option that may be ticked, a card of a check. The same
functions serve every voice, and none of them knows who said what by name: `learner` is a short
random id.

split   Of all pairs of learners who answered a thing, the share who gave different answers, 0 to 1.
        0: all say the same. With n answers, k of them of each kind: 1 - sum k(k-1) / n(n-1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from lessons.analysis.agreement import CLASS
from lessons.analysis.rows import rows_of
from lessons.analysis.two_readings import answers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lessons.case import Case

COLUMNS = ["question", "thing", "learner", "value"]
TOO_FEW = f"fewer than {CLASS} answers: too few to say"
_YES, _NO = "yes", "no"


class _Judged(NamedTuple):
    """How judgements are kept: what their items begin with, and what the question is called."""

    begins: str
    question: str
    part: str = ""
    ends: str = ""


# The names are those of the readers' questions (lessons.analysis.two_readings), so that the two
# readings stand beside the class.
_JUDGED = (
    _Judged("strength:", "strength of a speech act"),
    _Judged("engages:", "how a reply engages"),
    _Judged("difference:", "what a difference changes"),
    _Judged("kind:", "kind of claim", part="kind"),
    _Judged("check:", "how well supported", part="value", ends=":verdict"),
)


def class_answers(answers: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Return what was said of each thing, a row for each learner and thing.

    `answers` has the columns learner, case, item, kind, value, attempt. Columns: question (what
    was asked: of a judgement its name, of an exercise its id), thing, learner, value (as text).
    Left out: written texts, marks in a text, numbers of how sure somebody is, other cases, second
    attempts, and items or values that the case does not know.
    """
    first = answers[(answers["attempt"] == 1) & (answers["case"] == case.name)]
    offered = {str(row.Index): list(map(str, row.options)) for row in rows_of(case.exercises)}
    rows = [row for answer in rows_of(first) for row in _said(answer, offered)]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def written_answers(answers: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Return the written answers to exercises, the last one of each learner: question, text.

    Those that were not handed in are left out, and so is who wrote them.
    """
    written = case.exercises.index[case.exercises["kind"] == "short-text"]
    own = answers[(answers["case"] == case.name) & answers["item"].isin(list(written))]
    last = own.drop_duplicates(["learner", "item"], keep="last")
    kept = last[last["value"].map(lambda v: isinstance(v, str) and bool(v.strip())).astype("bool")]
    table = pd.DataFrame({"question": kept["item"], "text": kept["value"]})
    return table.astype("str").reset_index(drop=True)


def counts(said: pd.DataFrame) -> pd.DataFrame:
    """Count the answers to each thing, the most frequent first.

    `said` is a table of `class_answers`. Columns: question, thing, value, count, n, share.
    """
    keys = ["question", "thing"]
    table = said.groupby([*keys, "value"], sort=False).size().rename("count").reset_index()
    table["n"] = table.groupby(keys, sort=False)["count"].transform("sum")
    table["share"] = table["count"] / table["n"]
    order = [*keys, "count", "value"]
    return table.sort_values(order, ascending=[True, True, False, True], ignore_index=True)


def splits(said: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Return how far the class splits on each thing, the most split ones first.

    `said` is a table of `class_answers`. Columns: question, thing, passage (in which it stands, ""
    where that is none), n, split (empty below five answers), most (the most frequent value), next
    (the one after it, ""), readings (those of reader A and B, "A: 2, B: 4", "" where there are
    none), readers_split (do they differ), note (TOO_FEW or "").
    """
    readings = _readings(case)
    rows = [
        _split(group, str(q), str(thing)) | readings.get((str(q), str(thing)), _NO_READINGS)
        for (q, thing), group in counts(said).groupby(["question", "thing"], sort=False)
    ]
    columns = ["question", "thing", "n", "split", "most", "next", "note", *_NO_READINGS]
    table = pd.DataFrame(rows, columns=columns)
    passages = _passages(case)
    table.insert(2, "passage", [passages.get(thing, "") for thing in table["thing"]])
    table["split"] = table["split"].astype("Float64")
    order = ["split", "n", "question", "thing"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


_NO_READINGS = {"readings": "", "readers_split": False}


def _split(group: pd.DataFrame, question: str, thing: str) -> dict[str, Any]:
    """Return the row of one thing from its counts, the most frequent value first."""
    values, numbers = list(group["value"]), [int(count) for count in group["count"]]
    n = sum(numbers)
    row: dict[str, Any] = {"question": question, "thing": thing, "n": n, "most": values[0]}
    row |= {"next": values[1] if len(values) > 1 else "", "note": "", "split": None}
    if n < CLASS:
        return row | {"note": TOO_FEW}
    return row | {"split": 1 - sum(k * (k - 1) for k in numbers) / (n * (n - 1))}


def _readings(case: Case) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what the two readers said of each thing."""
    said: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in rows_of(answers_of(case).sort_values("reader", kind="stable")):
        said.setdefault((str(row.question), str(row.unit)), []).append((row.reader, row.value))
    return {
        thing: {
            "readings": ", ".join(f"{reader}: {value}" for reader, value in readings),
            "readers_split": len({value for _, value in readings}) > 1,
        }
        for thing, readings in said.items()
    }


def _passages(case: Case) -> dict[str, str]:
    """Return the passage in which each thing stands that a question can be about."""
    own = {str(passage): str(passage) for passage in case.passages.index}
    for table in (case.speech_acts, case.claims):
        own |= {str(row.Index): str(row.passage_id) for row in rows_of(table)}
    return own


# --- one answer as rows ------------------------------------------------------------------------


def _said(
    answer: Any,  # noqa: ANN401 - a row of a table
    offered: Mapping[str, list[str]],
) -> Iterator[tuple[str, str, str, str]]:
    """Yield question, thing, learner and value of one answer, which may be about several things."""
    for judged in _JUDGED:
        if answer.item.startswith(judged.begins) and answer.item.endswith(judged.ends):
            thing = answer.item[len(judged.begins) : len(answer.item) - len(judged.ends)]
            value = _part(answer.value, judged.part)
            if ":" not in thing and value:
                yield judged.question, thing, answer.learner, value
            return
    if answer.item in offered:
        read = _EXERCISES.get(answer.kind)
        for thing, value in read(answer.value, offered[answer.item]) if read else ():
            whole = f"{answer.item} {thing}".strip()
            yield answer.item, whole, answer.learner, value


def _part(value: object, part: str) -> str:
    """Return a judgement as text, "" where it is none."""
    found = value.get(part) if part and isinstance(value, dict) else value
    return str(found) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def _one(value: object, options: list[str]) -> Iterator[tuple[str, str]]:
    if value in options:
        yield "", str(value)


def _many(value: object, options: list[str]) -> Iterator[tuple[str, str]]:
    picked = value if isinstance(value, list) else []
    for option in options if isinstance(value, list) else ():
        yield option, _YES if option in picked else _NO


def _pairs(value: object, options: list[str]) -> Iterator[tuple[str, str]]:
    for left, right in value.items() if isinstance(value, dict) else ():
        if left in options and isinstance(right, str):
            yield left, right


def _number(value: object, _options: list[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, str | int) and not isinstance(value, bool):
        yield "", str(value).strip()


def _ordered(value: object, options: list[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and sorted(map(str, value)) == sorted(options):
        yield "", " > ".join(str(one) for one in value)


_EXERCISES: dict[str, Callable[[object, list[str]], Iterator[tuple[str, str]]]] = {
    "choose-one": _one,
    "choose-many": _many,
    "match": _pairs,
    "number": _number,
    "order": _ordered,
}
