"""What a class has done, as files for a gradebook and for whoever studies the class.

Marks are for what was done, and for the level of a rubric that a learner gave their own text.
Whether an answer was right, and above all what somebody judged, is never in a mark.

Moodle   Site documentation, "Grade import" (https://docs.moodle.org/311/en/Grade_import): the file
         has the columns of its own export; "Email address" is mapped to useremail, or "ID number"
         to useridnumber.
Canvas   The columns Student, ID, SIS User ID, SIS Login ID and Section, then one for each
         assignment, as its own export has them, with a row of the points possible under the header
         (https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades).

Only the teacher knows who stands behind an alias: a *roster* is their table with the column alias
and any of the columns that Moodle or Canvas use for a person.
"""

from __future__ import annotations

import csv
import json
import random
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.rows import rows_of
from lessons.classroom.csv_text import csv_text
from lessons.work.checks import Answer, shown
from lessons.work.own_words import without_own_words

if TYPE_CHECKING:
    from pathlib import Path

    from lessons.case import Case

MOODLE = ("First name", "Surname", "ID number", "Institution", "Department", "Email address")
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POSSIBLE = "    Points Possible"
ROSTER = ("alias", *MOODLE, *CANVAS)
LEVEL = ":level"
_MOST_POINTS = 2
CLASS_FILE = ("learner", "case", "item", "kind", "attempt", "value")


class RosterError(ValueError):
    """A roster cannot be used; str() says it to the teacher."""


def read_roster(path: Path) -> pd.DataFrame:
    """Read a roster: a CSV file with the column alias, and columns of ROSTER.

    Returns it indexed by the alias in small letters. Raises RosterError with one sentence that
    names file, row, column, what was found and what was expected.
    """
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except OSError as error:
        raise RosterError(f"{path.name} could not be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RosterError(f"{path.name} is no UTF-8, expected a CSV file in UTF-8.") from None
    header = rows[0] if rows else []
    unknown = [name for name in header if name not in ROSTER]
    if "alias" not in header or unknown:
        found = shown(unknown[0]) if unknown else "no column 'alias'"
        expected = ", ".join(ROSTER)
        raise RosterError(
            f"{path.name}, row 1: found {found}, expected alias and any of {expected}."
        )
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            found = f"{len(row)} cells, expected {len(header)}"
            raise RosterError(f"{path.name}, row {number}: found {found}.")
    table = pd.DataFrame(rows[1:], columns=header, dtype="str")
    table.index = pd.Index([_folded(alias) for alias in table["alias"]], dtype="str")
    twice = table.index[table.index.duplicated()]
    if len(twice):
        raise RosterError(
            f"{path.name}, column alias: {shown(twice[0])} is there twice, expected once."
        )
    return table


def marks(done: pd.DataFrame, answers: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Return points: learner, column, points, possible.

    `done` is the table of lessons.analysis.class_progress; `answers` that of Collected. A column a
    lesson for what was done of it; and one for the levels that learners gave their own texts, by
    the lesson of the exercise, 0 to 2 each, questions of judgement left out.
    """
    groups = done.groupby(["learner", "lesson"], sort=False)["done"]
    table = pd.DataFrame({"points": groups.sum(), "possible": groups.size()}).reset_index()
    table = table.rename(columns={"lesson": "column"})
    levels = _levels(done, answers, case)
    return pd.concat([table, levels], ignore_index=True)[
        ["learner", "column", "points", "possible"]
    ]


def _levels(done: pd.DataFrame, answers: pd.DataFrame, case: Case) -> pd.DataFrame:
    """Return the points of rubrics, a row for each learner and lesson that has texts to write."""
    written = case.exercises[
        (case.exercises["kind"] == "short-text") & (case.exercises["judgement"] == "no")
    ]
    lesson_of = done.drop_duplicates("thing").set_index("thing")["lesson"]
    lesson_of = lesson_of[lesson_of.index.isin(written.index)]
    last = answers[answers["kind"] == "level"].drop_duplicates(["learner", "item"], keep="last")
    given = {
        (row.learner, row.item.removesuffix(LEVEL)): _points(row.value) for row in rows_of(last)
    }
    rows = [
        (learner, f"{lesson}: own text", given.get((learner, item), 0), _MOST_POINTS)
        for learner in dict.fromkeys(done["learner"])
        for item, lesson in lesson_of.items()
    ]
    table = pd.DataFrame(rows, columns=["learner", "column", "points", "possible"])
    return table.groupby(["learner", "column"], sort=False, as_index=False).sum()


def _points(value: object) -> int:
    known = {str(points): points for points in range(_MOST_POINTS + 1)}
    return known.get(str(value), 0)


def moodle_csv(learners: pd.DataFrame, points: pd.DataFrame, roster: pd.DataFrame | None) -> str:
    """Return marks for Moodle's import. `learners`: alias by learner; `points`: of `marks`."""
    return _gradebook(MOODLE, learners, points, roster, alias_in="First name")


def canvas_csv(learners: pd.DataFrame, points: pd.DataFrame, roster: pd.DataFrame | None) -> str:
    """Return marks for Canvas's import, with the row of points possible."""
    return _gradebook(CANVAS, learners, points, roster, alias_in="Student", possible=True)


def _gradebook(  # noqa: PLR0913 - one table from four things, and where Canvas differs
    person: tuple[str, ...],
    learners: pd.DataFrame,
    points: pd.DataFrame,
    roster: pd.DataFrame | None,
    *,
    alias_in: str,
    possible: bool = False,
) -> str:
    columns = list(dict.fromkeys(points["column"]))
    found = points.set_index(["learner", "column"])["points"].to_dict()
    rows: list[list[object]] = []
    if possible:
        most = points.groupby("column")["possible"].max()
        rows.append([POSSIBLE, *[""] * (len(person) - 1), *(int(most[one]) for one in columns)])
    for learner, alias in learners["alias"].items():
        known = _person(str(alias), roster)
        cells = [known.get(name, str(alias) if name == alias_in else "") for name in person]
        rows.append([*cells, *(int(found.get((learner, one), 0)) for one in columns)])
    return csv_text([*person, *columns], rows)


def _person(alias: str, roster: pd.DataFrame | None) -> dict[str, str]:
    """Return what the roster says of an alias."""
    if roster is None or _folded(alias) not in roster.index:
        return {}
    row = roster.loc[_folded(alias)]
    return {str(name): str(cell) for name, cell in row.items() if cell}


def _folded(alias: str) -> str:
    return " ".join(alias.split()).casefold()


def class_csv(answers: pd.DataFrame) -> str:
    """Return the answers of a class without names, times and written words.

    Learners get new numbers, in an order that is drawn anew each time, so that no two files of
    one class can be put together. Columns: CLASS_FILE; value is JSON.
    """
    names = list(dict.fromkeys(answers["learner"]))
    random.SystemRandom().shuffle(names)
    number = {name: place for place, name in enumerate(names, 1)}
    rows = [
        [number[one.learner], one.case, one.item, one.kind, one.attempt, _value(one)]
        for one in rows_of(answers)
    ]
    return csv_text(CLASS_FILE, sorted(rows, key=lambda row: (row[0], str(row[2]), row[4])))


def _value(row: Any) -> str:  # noqa: ANN401 - a row of a table
    answer = Answer("x", row.case, row.item, row.kind, row.value, row.answered_at)
    return json.dumps(without_own_words(answer).value, ensure_ascii=False)


def codebook_csv(case: Case) -> str:
    """Return what the columns and the items of `class_csv` mean: name, kind, meaning."""
    columns = [
        ("learner", "column", "a number for this file only; no name stands behind it"),
        ("case", "column", "the article that was read"),
        ("item", "column", "what was answered: an exercise, a card, or a thing that was judged"),
        ("kind", "column", "how it was answered"),
        ("attempt", "column", "1 for the first answer to an item, which is the one that counts"),
        ("value", "column", "the answer as JSON; written words are left out and counted"),
    ]
    exercises = _named(case.exercises, "prompt")
    cards = _named(case.check_items.assign(kind="check, " + case.check_items["form"]), "text")
    judged = [
        ("strength:ID", "judgement", "how firmly a sentence commits anyone, 1 to 5"),
        ("engages:ID", "judgement", "how a passage of the commentary engages with the statement"),
        ("difference:ID", "judgement", "what a difference between two published texts changes"),
        ("kind:ID", "sorted", "what kind of claim it is, how sure, and whether its label showed"),
        ("check:ID:verdict", "verdict", "how well a claim holds up, and how sure"),
    ]
    return csv_text(("name", "kind", "meaning"), [*columns, *exercises, *cards, *judged])


def _named(table: pd.DataFrame, text: str) -> list[tuple[str, str, str]]:
    """Return of each row its id, its kind, and what stands in the column `text`."""
    rows = zip(table.index, table["kind"], table[text], strict=True)
    return [(str(one), str(name), str(words)) for one, name, words in rows]
