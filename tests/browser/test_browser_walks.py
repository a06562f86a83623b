"""Whole lessons, from the first to the last step, with a reload and a new kernel between.

By mouse: by keyboard the whole course is done in test_browser_course.py.
"""

import difflib
import os
import time
from pathlib import Path

import pytest
from support.learner import BEFORE, HANDS, Learner, checklist, first_answers

from lessons.widgets.course import EXERCISE, things_to_do
from lessons.work import Answer

ROOT = Path(__file__).parents[2]
NAMES = ["03-the-commentary", "04-loaded-language", "06-checking-claims", "07-who-is-speaking"]
NAMES += ["08-rewrite-and-reflect"]
COURSE = {lesson.name: lesson for lesson in things_to_do(ROOT / "notebooks")}
# Both hands through each lesson take eight minutes.
WALKING = HANDS if os.environ.get("TWO_VOICES_WALKS") == "all" else ["mouse"]
WALKS = [(name, hand) for name in NAMES for hand in WALKING]


def did_before(name):
    """Return an answer to each exercise of the lessons before one: some questions wait for them."""
    earlier = [thing for lesson in COURSE.values() if lesson.name < name for thing in lesson.things]
    items = {(thing.case, thing.item) for thing in earlier if thing.kind == EXERCISE}
    time_ = "2026-11-25T08:14:10.123Z"
    return [
        Answer(f"{BEFORE}{item.replace(':', '-')}", case, item, "choose-one", "A", time_)
        for case, item in sorted(items)
    ]


def stays(learner, before):
    """Everything that stood on the page stands there again.

    Two things may have moved on, for they look again by themselves: a question that waited, and
    the list of one's work, which has its own check at the end of a lesson.
    """
    deadline = time.monotonic() + 20
    while gone(before, learner.seen()) and time.monotonic() < deadline:
        learner.page.wait_for_timeout(200)
    assert gone(before, learner.seen()) == []


def gone(before, now):
    """Return what is not as it was, a line for each widget."""
    if [kind for kind, _ in before] != [kind for kind, _ in now]:  # not all are there yet
        return [f"{len(before)} widgets were there, now {len(now)}"]
    changed = []
    for (kind, was), (_, found) in zip(before, now, strict=True):
        if kind != "mywork" and "Look again" not in was and was != found:
            lines = [line for line in difflib.ndiff(was, found) if line[0] in "+-"]
            changed.append(f"{kind}: {lines}")
    return changed


def reload(notebook):
    notebook.save()
    notebook.reload()
    notebook.wait_ready()


def whole_lesson(learner):
    """Do a lesson with a reload in the middle; return what stands on the page at its end."""
    widgets = learner.widgets()
    half = len(widgets) // 2
    learner.do(widgets[:half])
    middle = learner.walk(half, *widgets[half])
    next(middle)  # half of it is done, not more
    learner.notebook.settle(0.3)
    before = learner.seen()
    reload(learner.notebook)
    stays(learner, before)
    for _ in middle:
        pass
    learner.do(widgets[half + 1 :], half + 1)


@pytest.mark.parametrize(("name", "hand"), WALKS)
def test_whole_lesson(name, hand, open_notebook, lab):
    lesson = COURSE[f"{name}.ipynb"]
    notebook = open_notebook(f"notebooks/{lesson.name}", before=did_before(lesson.name))
    sources, learner = notebook.sources(), Learner(notebook, hand)
    whole_lesson(learner)
    left, count = checklist(learner)
    assert left == []
    assert count == len(lesson.things)
    counts, exercises = first_answers(lab.work)
    assert counts == learner.asked
    assert exercises == {thing.item for thing in lesson.things if thing.kind == EXERCISE}
    notebook.settle(0.3)
    before = learner.seen()
    notebook.restart_kernel()
    notebook.run_all()
    stays(learner, before)
    assert notebook.sources() == sources
