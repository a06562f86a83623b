"""Checks of the exercises: keys fit their options, every option is explained, rubrics have samples.

An exercise whose own row is in doubt is not asked further questions, and nothing is called missing
while a row that may be the missing one cannot be placed: one wrong cell gives one line.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lessons.case.faults import Fault, shown
from lessons.case.keys import (
    Choice,
    Key,
    Order,
    Pairs,
    Rubric,
    Spans,
    answers_to_explain,
    explains,
    parse_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lessons.case.tables import Row, Table

_NEEDED = {"exercise_id", "kind", "options", "key"}
_WITH_OPTIONS = ("choose-one", "choose-many", "order", "match")
LEVELS = ("0", "1", "2")
SAMPLES = 2
_Problem = tuple[str, str, str]


@dataclass(frozen=True)
class Exercise:
    """An exercise whose row is beyond doubt."""

    row: Row
    kind: str
    options: list[str]
    key: Key

    @property
    def id(self) -> str:
        """The exercise's id."""
        return self.row.get("exercise_id")


def check_exercises(tables: Mapping[str, Table], passages: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with the exercises, their explanations and their samples.

    `passages` holds by its id the text of each passage whose place is beyond doubt.
    """
    table = tables["exercises"]
    if not set(table.columns) >= _NEEDED:
        return
    known = tables["passages"].ids
    counts = Counter(row.get("exercise_id") for row in table.rows)
    exercises = {}
    for row in table.rows:
        problem, exercise = _read(table, row)
        if exercise and isinstance(exercise.key, Spans):
            problem = _misquote(exercise.key, known, passages)
        if problem:
            yield Fault(table.schema.file, row.number, *problem)
        elif exercise and exercise.id and counts[exercise.id] == 1:
            exercises[exercise.id] = exercise
    yield from _check_explanations(table, exercises, tables["exercise_options"])
    yield from _check_samples(table, exercises, tables["exercise_samples"])


def _read(table: Table, row: Row) -> tuple[_Problem | None, Exercise | None]:
    """Read one exercise: what is wrong with options or key, or the exercise if nothing is.

    Neither when one of its cells breaks the rules of its column, which was already reported.
    """
    columns = {column.name: column for column in table.schema.columns}
    kind, cell, key = row.get("kind"), row.get("options"), row.get("key")
    options = columns["options"].values(cell)
    if kind not in columns["kind"].enum or not key or not all(o.strip() for o in options):
        return None, None
    problem = _wrong_options(kind, options)
    if problem:
        return problem, None
    try:
        parsed = parse_key(kind, key)
    except ValueError as error:
        return ("key", shown(key), str(error)), None
    problem = _misfit(parsed, options)
    return (problem, None) if problem else (None, Exercise(row, kind, options, parsed))


def _wrong_options(kind: str, options: Sequence[str]) -> _Problem | None:
    """Return what is wrong with the options of an exercise, looked at without its key."""
    if kind not in _WITH_OPTIONS:
        expected = f"an empty cell, because {kind} has no options"
        return ("options", shown(";".join(options)), expected) if options else None
    twice = [option for option, count in Counter(options).items() if count > 1]
    if twice:
        return "options", f"{shown(twice[0])} again", "it once"
    if len(options) > 1:
        return None
    return "options", f"{len(options)} of them", f"two or more, because {kind} needs a choice"


def _misfit(key: Key, options: Sequence[str]) -> _Problem | None:
    """Return where a key does not fit the options; None when it does."""
    if isinstance(key, Choice):
        return _unlike_options(key.right, options, every=False)
    if isinstance(key, Order):
        return _unlike_options(key.items, options, every=True)
    if isinstance(key, Pairs):
        return _unlike_options(tuple(key.rights), options, every=True)
    return None


def _unlike_options(
    values: Sequence[str], options: Sequence[str], *, every: bool
) -> _Problem | None:
    """Return a value of a key that is no option or stands twice, or an option left out."""
    unknown = [value for value in values if value not in options]
    if unknown:
        return "key", shown(unknown[0]), "one of the options, character for character"
    twice = [value for value, count in Counter(values).items() if count > 1]
    if twice:
        return "key", f"{shown(twice[0])} again", "it once"
    missing = [option for option in options if every and option not in values]
    return ("key", f"no place for {shown(missing[0])}", "every option once") if missing else None


def _misquote(key: Spans, known: set[str] | None, passages: Mapping[str, str]) -> _Problem | None:
    """Return a quote of a key that does not stand in its passage, or a passage that is none."""
    for passage, quote in key.spans:
        if known is not None and passage not in known:
            return "key", shown(passage), "a passage_id of passages.csv"
        if quote not in passages.get(passage, quote):
            return "key", shown(quote), f"words of {passage}, character for character"
    return None


def _check_explanations(
    table: Table, exercises: Mapping[str, Exercise], explanations: Table
) -> Iterator[Fault]:
    """Yield explanations of what is no answer, and answers that nothing explains."""
    found: dict[str, list[str]] = {}
    for row in explanations.rows:
        exercise, option = exercises.get(row.get("exercise_id")), row.get("option")
        found.setdefault(row.get("exercise_id"), []).append(option)
        if exercise and option and not explains(exercise.key, exercise.options, option):
            expected = "one of: " + "; ".join(_answers(exercise)) if _answers(exercise) else "none"
            yield Fault(explanations.schema.file, row.number, "option", shown(option), expected)
    if not _all_placed(table, explanations, ("exercise_id", "option")):
        return
    for exercise in exercises.values():
        given = found.get(exercise.id, [])
        # A misspelt option was just reported: it is the one that seems to be missing.
        if all(explains(exercise.key, exercise.options, option) for option in given):
            yield from _unexplained(table, exercise, given, explanations.schema.file)


def _answers(exercise: Exercise) -> list[str]:
    """Return the answers to an exercise that must be explained."""
    return answers_to_explain(exercise.key, exercise.options)


def _unexplained(
    table: Table, exercise: Exercise, given: Sequence[str], file: str
) -> Iterator[Fault]:
    """Yield the answers to one exercise that nothing explains."""
    column = "options" if exercise.options else "key"
    for answer in _answers(exercise):
        if answer not in given:
            found, expected = f"no explanation of {shown(answer)}", f"one in {file}"
            yield Fault(table.schema.file, exercise.row.number, column, found, expected)


def _check_samples(
    table: Table, exercises: Mapping[str, Exercise], samples: Table
) -> Iterator[Fault]:
    """Yield samples of what has no rubric, and rubrics without two samples of each level."""
    for row in samples.rows:
        exercise = exercises.get(row.get("exercise_id"))
        if exercise and not isinstance(exercise.key, Rubric):
            found, expected = f"{exercise.id}, which is {exercise.kind}", "one that is short-text"
            yield Fault(samples.schema.file, row.number, "exercise_id", found, expected)
    placed = all(row.get("level") in LEVELS for row in samples.rows)
    if not placed or not _all_placed(table, samples, ("exercise_id", "level"), once=False):
        return
    counts = Counter((row.get("exercise_id"), row.get("level")) for row in samples.rows)
    for exercise in exercises.values():
        for level in LEVELS if isinstance(exercise.key, Rubric) else ():
            if counts[exercise.id, level] != SAMPLES:
                found = f"{counts[exercise.id, level]} samples of level {level}"
                expected = f"{SAMPLES} in {samples.schema.file}"
                yield Fault(table.schema.file, exercise.row.number, "key", found, expected)


def _all_placed(table: Table, other: Table, columns: tuple[str, str], *, once: bool = True) -> bool:
    """Tell whether every row of the other table can be placed: so what is missing is missing."""
    known = table.ids
    if not set(other.columns) >= set(columns) or known is None:
        return False
    places = [tuple(row.get(column) for column in columns) for row in other.rows]
    named = all(all(place) and place[0] in known for place in places)
    return named and not (once and len(set(places)) < len(places))
