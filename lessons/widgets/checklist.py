"""The learner's checklist: the lessons of the course, and what is done of each."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import pandas as pd

from lessons.analysis.checks import cards_of
from lessons.analysis.progress import go_on_at
from lessons.case import CaseError, open_case
from lessons.widgets.course import EXERCISE, FORM, fragment_of, lessons_here, progress
from lessons.widgets.keeping import work
from lessons.work import WorkError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lessons.widgets.course import Lesson, Thing

_DONE = {"learner": "str", "lesson": "str", "thing": "str", "done": "bool"}
_COLUMNS = {"lesson": "str", "step": "str", "item": "str", "done": "bool", "count": "str"}


def checklist() -> list[dict[str, Any]]:
    """Return the lessons as they are now, in their order.

    Each is a dict with title, fragment (of an address: it leads to the title), name (of the file),
    path (from this notebook's folder, "" when there is no way), here (is it this notebook), about,
    minutes and things; each thing has item, words, step, fragment, done and count ("4 of 16", or
    "").
    """
    folder, lessons = lessons_here()
    try:
        answered = _answered()
    except WorkError:
        # What is wrong is said elsewhere; the list of what there is to do helps anyway.
        answered = set()
    return [_shown(lesson, folder, answered) for lesson in lessons]


def done_by(answered: Mapping[str, set[tuple[str, str]]]) -> pd.DataFrame:
    """Return what learners have done of the lessons: learner, lesson, thing, done.

    `answered` holds, by learner, the cases and items that have an answer. `thing` is the item of an
    exercise, or the words for anything else. The lessons are in their order.
    """
    _, lessons = lessons_here()
    rows = [
        (
            learner,
            lesson.title,
            thing.item if thing.kind == EXERCISE else thing.words,
            _thing(thing, items)["done"],
        )
        for learner, items in answered.items()
        for lesson in lessons
        for thing in lesson.things
    ]
    return pd.DataFrame(rows, columns=list(_DONE)).astype(_DONE)


def for_the_page(lessons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a checklist without the items: they are names for programs, the page has words."""
    return [
        lesson | {"things": [_without(thing, "item") for thing in lesson["things"]]}
        for lesson in lessons
    ]


def checklist_table(lessons: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a checklist as a table, a row a thing: lesson, step, item, done, count."""
    rows = [
        {"lesson": lesson["title"], **{name: thing[name] for name in list(_COLUMNS)[1:]}}
        for lesson in lessons
        for thing in lesson["things"]
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def go_on_with(lessons: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return the lesson and the thing of a checklist to go on with, None when nothing is left."""
    at = go_on_at(checklist_table(lessons))
    things = [(lesson, thing) for lesson in lessons for thing in lesson["things"]]
    return None if at is None else things[at]


def _answered() -> set[tuple[str, str]]:
    """Return the cases and items that have an answer."""
    kept = work().answers
    return set(zip(kept["case"], kept["item"], strict=True))


def _shown(lesson: Lesson, folder: Path, answered: set[tuple[str, str]]) -> dict[str, Any]:
    """Return a lesson as the page needs it."""
    here = PurePath(os.environ.get("JPY_SESSION_NAME", "")).name == lesson.name
    things = [_thing(thing, answered) for thing in lesson.things]
    shown: dict[str, Any] = {"title": lesson.title, "fragment": fragment_of(lesson.title)}
    shown |= {"name": lesson.name, "path": _from_here(folder / lesson.name), "here": here}
    return shown | {"about": lesson.about, "minutes": lesson.minutes, "things": things}


def _without(cells: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in cells.items() if key != name}


def _from_here(path: Path) -> str:
    """Return the way from this notebook's folder to another notebook, "" when there is none."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except (OSError, ValueError):
        # Another drive, or no folder to go from.
        return ""


def _thing(thing: Thing, answered: set[tuple[str, str]]) -> dict[str, Any]:
    done, count = _progress(thing, {item for case, item in answered if case == thing.case})
    shown = {"item": thing.item, "words": thing.words, "step": thing.step}
    return shown | {"fragment": thing.fragment, "done": done, "count": count}


def _progress(thing: Thing, items: set[str]) -> tuple[bool, str]:
    """Return whether a thing is done and, where it has parts, how many of them are."""
    if thing.kind == EXERCISE:
        return thing.item in items, ""
    if thing.kind == FORM:
        ids = _form(thing.case, thing.item)
        count = len(items.intersection(ids))
        return bool(ids) and count == len(ids), f"{count} of {len(ids)}" if ids else ""
    return progress(thing.item, items)


@cache
def _form(case: str, form: str) -> Sequence[str]:
    """Return the items of one form of the check; none for a case that cannot be opened."""
    try:
        items = open_case(case).check_items
    except CaseError:
        return ()
    return tuple(cards_of(items, form).index)
