"""The whole course, from the first lesson to the last, by keyboard alone; then on another machine."""

import json

from support.lab import Notebook, until
from support.learner import Learner, checklist, first_answers

from lessons.widgets.course import EXERCISE, things_to_do
from lessons.work import open_work

COLUMNS = ["case", "item", "kind", "value", "answered_at"]


def do_lesson(notebook):
    """Do a lesson from its first to its last widget; returns how much was answered, by kind."""
    sources, learner = notebook.sources(), Learner(notebook, "keyboard")
    learner.do(learner.widgets())
    left, _ = checklist(learner)
    assert left == []
    assert notebook.sources() == sources
    return learner.asked


def added(counts):
    total = {}
    for count in counts:
        for kind, number in count.items():
            total[kind] = total.get(kind, 0) + number
    return total


def by_keyboard(notebook, words):
    """Go to a button of the learner's work."""
    notebook.enter_widget("mywork")
    notebook.tab_to(words)


def exported(notebook):
    """Export the work by keyboard; returns the file's name and bytes."""
    by_keyboard(notebook, "Export my work")
    with notebook.page.expect_download() as caught:
        notebook.page.keyboard.press("Enter")
    return caught.value.suggested_filename, caught.value.path().read_bytes()


def bring_in(notebook, name, data):
    """Bring a file of work in by keyboard."""
    by_keyboard(notebook, "Bring work in")
    page = notebook.page
    until(page.locator(".tv-mywork"), "w.querySelector('input[type=file]').matches(':focus')")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files([{"name": name, "mimeType": "application/json", "buffer": data}])
    until(page.locator(".tv-mywork"), "w.textContent.includes('taken in')")


def all_done(notebook, lessons):
    """The contents say of every lesson that all of it is done."""
    root = notebook.page.locator(".jp-Notebook .tv-contents")
    until(root, "w.querySelector('.tv-next').textContent === 'Everything is done.'")
    counts = [f"{len(lesson.things)} of {len(lesson.things)} done" for lesson in lessons]
    assert root.locator(".tv-contents-count").all_text_contents() == counts


def test_the_whole_course_by_keyboard_and_then_on_another_machine(
    open_notebook, lab, course, start_lab, new_page
):
    lessons = things_to_do(course / "notebooks")
    first = f"notebooks/{lessons[0].name}"
    notebook = open_notebook(first)
    asked = [do_lesson(notebook)]
    for lesson in lessons[1:]:
        notebook = Notebook(notebook.page, lab, f"notebooks/{lesson.name}").follow().run_all()
        asked.append(do_lesson(notebook))
    counts, exercises = first_answers(lab.work)
    assert counts == added(asked)
    assert exercises == {t.item for one in lessons for t in one.things if t.kind == EXERCISE}

    notebook = Notebook(notebook.page, lab, first).follow().run_all()
    all_done(notebook, lessons)
    name, data = exported(notebook)
    mine = open_work(lab.work).answers
    assert len(json.loads(data)["answers"]) == len(mine) > 200

    other = start_lab()  # another person's settings, nothing answered
    there = Notebook(new_page(other), other, first).open(clear=True).run_all()
    assert len(open_work(other.work).answers) == 0
    bring_in(there, name, data)
    there.run_all()
    all_done(there, lessons)
    theirs = open_work(other.work).answers
    assert theirs[COLUMNS].equals(mine[COLUMNS])
