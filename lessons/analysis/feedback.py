"""What a learner is told after an answer: how it was, and why each option holds or does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lessons.analysis.rows import records_of
from lessons.analysis.scoring import Exercise, Score, exercise_of, name_of_number, score
from lessons.case.keys import (
    ABOVE,
    BELOW,
    INSIDE,
    OTHER,
    RIGHT,
    Choice,
    Confidence,
    Key,
    Number,
    Order,
    Pairs,
    Rubric,
    Spans,
    as_number,
)

if TYPE_CHECKING:
    import pandas as pd

    from lessons.case import Case

_PLACES = {INSIDE: "fits", BELOW: "lower than fits", ABOVE: "higher than fits"}

# An option: under which name it is explained, whether it was handled rightly (None where there is
# no right), how in words, and what it is called on the screen where that is another name.
Row = tuple[str, bool | None, str] | tuple[str, bool | None, str, str]


def feedback_on(case: Case, exercise_id: str, answer: object) -> dict[str, Any]:
    """Return what a learner is told after an answer to an exercise of a case.

    `answer` is as in lessons.analysis.scoring.score. Keys: points (0 to 1, None where there are
    none), verdict (a few words, first what counts), general (sentences on the whole), rows (the
    options with name, ok: was this one handled rightly, None where there is no right; status in
    words; explanation; passages and sources by id), rubric and samples (level, sample, why) of a
    short text, readings (who, what, note) of a judgement. Raises KeyError for an unknown exercise.
    """
    row = records_of(case.exercises)[exercise_id]
    exercise = exercise_of(case, exercise_id)
    scored = score(exercise, answer)
    rows = _rows(exercise, scored, answer)
    return {
        "points": scored.points,
        "verdict": _verdict(exercise, scored, answer),
        "general": _general(exercise, scored, row),
        "rows": _explained(rows, case.exercise_options, exercise_id),
        "rubric": exercise.key.text if isinstance(exercise.key, Rubric) else "",
        "samples": samples_of(case.exercise_samples, exercise_id),
        "readings": readings_behind(case, row["readings_from"]),
    }


def samples_of(samples: pd.DataFrame, exercise_id: str) -> list[dict[str, str]]:
    """Return the sample answers to an exercise, from the lowest level up: level, sample, why."""
    own = samples[samples["exercise_id"] == exercise_id]
    columns = ["level", "sample", "why"]
    rows = own.sort_values("level", kind="stable")[columns].astype(str)
    return list(records_of(rows).values())


def readings_behind(case: Case, ids: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of the readings with these ids: who, what was marked as what, and why."""
    found = []
    techniques = case.techniques["name"]
    for row_id, row in records_of(case.loaded_words).items():
        if row_id in ids:
            what = f'"{row["quote"]}" (calmer: {row["neutral_alternative"]})'
            found.append({"who": f"Reader {row['reader']}", "what": what, "note": row["note"]})
    for row_id, row in records_of(case.spans).items():
        if row_id in ids:
            what = f'"{row["quote"]}": {techniques[row["technique_id"]]}'
            found.append({"who": f"Reader {row['reader']}", "what": what, "note": row["rationale"]})
    return sorted(found, key=lambda reading: reading["who"])


def _verdict(exercise: Exercise, scored: Score, answer: object) -> str:
    """Say how good an answer is, in the fewest words."""
    if exercise.judgement:
        return "There is no right answer here"
    if isinstance(exercise.key, Rubric | Confidence):
        sure = isinstance(exercise.key, Confidence)
        return "Compare how sure you are" if sure else "Compare your text"
    if scored.points == 1:
        return "Right"
    part = _part(exercise, scored, answer)
    return f"Partly right: {part}" if part else "Not yet"


def _part(exercise: Exercise, scored: Score, answer: object) -> str:
    """Say how much of an answer is right, "" when nothing is."""
    if isinstance(exercise.key, Choice):
        picked = set(_list(answer))
        hits = len(picked.intersection(exercise.key.right))
        wrong = len(picked) - hits
        extra = f", {wrong} too many" if wrong else ""
        return f"{hits} of {len(exercise.key.right)} found{extra}" if hits else ""
    if isinstance(exercise.key, Spans | Order):
        return f"{scored.points:.0%} of the way" if scored.points else ""
    hits = sum(scored.right.values())
    return f"{hits} of {len(scored.right)}" if hits else ""


def _general(exercise: Exercise, scored: Score, row: Mapping[str, Any]) -> list[str]:
    """Return what is said of the answer as a whole."""
    right, wrong = str(row["feedback_right"]), str(row["feedback_wrong"])
    if isinstance(exercise.key, Rubric):
        return [f"If you got there: {right}", f"If not yet: {wrong}"]
    if exercise.judgement:
        return [right, wrong]
    good = scored.points == 1 or scored.right.get(INSIDE, False)
    return [right if good else wrong]


def _rows(exercise: Exercise, scored: Score, answer: object) -> list[Row]:
    """Return the options to explain: name, was it handled rightly, and how in words."""
    key = exercise.key
    if isinstance(key, Choice):
        return _choice_rows(exercise, key, answer)
    if isinstance(key, Order):
        return _order_rows(key, scored, answer)
    if isinstance(key, Pairs):
        return _pair_rows(key, scored, answer)
    if isinstance(key, Spans):
        return _span_rows(exercise, scored)
    if isinstance(key, Number):
        return _number_rows(exercise, answer)
    return _confidence_rows(exercise, answer) if isinstance(key, Confidence) else []


def _choice_rows(exercise: Exercise, key: Choice, answer: object) -> list[Row]:
    """Say of every option whether it fits, and what the learner did with it."""
    picked = {answer} if isinstance(answer, str) else set(_list(answer))
    one = exercise.kind == "choose-one"
    rows: list[Row] = []
    for option in exercise.options:
        fits, taken = option in key.right, option in picked
        yours = "your answer" if one else "you picked it"
        left = "" if one else ", you left it out"
        said = f"{'fits' if fits else 'does not fit'}{f', {yours}' if taken else left}"
        if exercise.judgement:
            rows.append((option, None, yours if taken else "you left it out"))
        else:
            rows.append((option, fits == taken if not one or taken else None, said))
    return rows


def _order_rows(key: Order, scored: Score, answer: object) -> list[Row]:
    """Say in the order of the key where each option stands, and where the learner had it."""
    had = {item: place for place, item in enumerate(_list(answer), 1)}
    rows: list[Row] = []
    first = 1
    for group in key.groups:
        last = first + len(group) - 1
        place = f"place {first}" if first == last else f"places {first} to {last}, tied"
        for item in group:
            yours = "" if scored.right[item] else f", you had it at {had.get(item, 'no place')}"
            rows.append((item, scored.right[item], f"{place}{yours}"))
        first = last + 1
    return rows


def _pair_rows(key: Pairs, scored: Score, answer: object) -> list[Row]:
    """Say what goes with each left side, and what the learner put there."""
    given = answer if isinstance(answer, Mapping) else {}
    rows: list[Row] = []
    for left, rights in key.rights.items():
        yours = ", as you chose" if scored.right[left] else f", you chose {given.get(left)}"
        rows.append((left, scored.right[left], f"goes with {' or '.join(rights)}{yours}"))
    return rows


def _span_rows(exercise: Exercise, scored: Score) -> list[Row]:
    """Say which quotes were marked, and whether other words were."""
    if exercise.judgement and isinstance(exercise.key, Spans):
        return [(quote, None, "one reading") for _, quote in exercise.key.spans]
    return [(quote, ok, _marked(quote, marked=ok)) for quote, ok in scored.right.items()]


def _marked(quote: str, *, marked: bool) -> str:
    if quote == OTHER:
        return "you marked other words, too"
    return "you marked it" if marked else "you did not mark it"


def _number_rows(exercise: Exercise, answer: object) -> list[Row]:
    """Say where the learner's number lies; then, where it is not right, what is."""
    named = name_of_number(exercise, answer)
    number = as_number(str(answer))
    rows: list[Row] = []
    if named and named != RIGHT and number is not None:
        rows.append((f"{number:g}", False, f"your number, {named}"))
    yours = "your number" if named == RIGHT else "the number"
    return [*rows, (RIGHT, named == RIGHT or None, yours, _range(exercise.key))]


def _confidence_rows(exercise: Exercise, answer: object) -> list[Row]:
    """Say where the learner's confidence lies; then, where it is outside, what lies inside."""
    named = name_of_number(exercise, answer)
    yours = f"Your number: {answer}"
    if exercise.judgement:
        return [(INSIDE, None, "", yours)]
    rows: list[Row] = [(named, named == INSIDE, _PLACES[named], yours)] if named else []
    return rows if named == INSIDE else [*rows, (INSIDE, None, "fits", _range(exercise.key))]


def _range(key: Key) -> str:
    """Write the numbers that a key accepts."""
    if not isinstance(key, Number | Confidence):
        return ""
    return f"{key.low:g}" if key.low == key.high else f"{key.low:g} to {key.high:g}"


def _explained(rows: list[Row], options: pd.DataFrame, exercise_id: str) -> list[dict[str, Any]]:
    """Put to each option what the table says about it."""
    own = options[options["exercise_id"] == exercise_id]
    known = {row["option"]: row for row in own.to_dict("records")}
    explained = []
    for name, ok, status, *shown in rows:
        # A miscount has an explanation of its own, or that of "too low" or "too high".
        found = known.get(name) or known.get(status.rpartition(", ")[2]) or {}
        explained.append(
            {
                "name": shown[0] if shown else name,
                "ok": ok,
                "status": status,
                "explanation": found.get("explanation", ""),
                "passages": list(found.get("passages", [])),
                "sources": list(found.get("sources", [])),
            }
        )
    return explained


def _list(answer: object) -> list[str]:
    """Return a list of options; empty for anything else."""
    several = answer if isinstance(answer, Sequence) and not isinstance(answer, str) else []
    return [item for item in several if isinstance(item, str)]
