"""The page of contents: the lessons of a folder, what is done of them, where to go on."""

import json
import re

import pytest

from lessons import contents, my_work
from lessons.widgets import keeping
from lessons.widgets.course import things_to_do
from lessons.work import Answer, WorkError

TIME = "2026-11-25T08:14:10.123Z"
OPENED = 'from lessons import *\ndanang = open_case("danang-2017")'
HEAD = """# {title}

What it is *about*,
in [two](x.ipynb) lines.

**After this lesson you can**

**Time:** {minutes} minutes. Short of time?"""


def write(path, *cells):
    listed = [
        {"cell_type": "markdown" if re.match(r"#|[A-Z*]", cell) else "code", "source": cell}
        for cell in cells
    ]
    path.write_text(json.dumps({"cells": listed}), encoding="utf-8")


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A folder with two lessons; the first is the notebook that runs."""
    write(
        tmp_path / "00-start.ipynb",
        HEAD.format(title="0 \u00b7 Start", minutes=40),
        OPENED,
        "## Step 1 \u00b7 Look",
        'exercise(danang, "EX1-01")',
        "## Step 2 \u00b7 The check",
        'check_form(danang, "before")',
    )
    write(
        tmp_path / "01-next.ipynb",
        HEAD.format(title="1 \u00b7 Next", minutes=45),
        OPENED,
        'exercise(danang, "EX2-01")',
        'exercise(danang, "EX2-02")',
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "00-start.ipynb"))
    return tmp_path


def answer(*items):
    for item in items:
        keeping.work().keep(Answer(f"a-{item}", "danang-2017", item, "choose-one", "A", TIME))


def ask(widget, do):
    """Send a message as the page does; return the answers."""
    sent = []
    widget.send = sent.append
    widget._on_message(widget, {"n": "1", "do": do}, [])
    return sent


# --- what is read in the notebooks -------------------------------------------------------------


def test_about_and_minutes_come_from_the_first_text_cell(lessons):
    first, second = things_to_do(lessons)
    assert (first.about, first.minutes) == ("What it is about, in two lines.", 40)
    assert (second.about, second.minutes) == ("What it is about, in two lines.", 45)


@pytest.mark.parametrize("head", ["# Only a title", "# T\n\n## Another", "**Time:** soon"])
def test_a_notebook_that_says_neither_has_neither(tmp_path, head):
    write(tmp_path / "a.ipynb", head, OPENED, "exercise(danang, 'EX2-01')", "**Time:** 9 minutes")
    (lesson,) = things_to_do(tmp_path)
    assert lesson.minutes == 0
    assert "9" not in lesson.about


# --- what the page gets ------------------------------------------------------------------------


def test_each_lesson_with_what_is_done(lessons):
    answer("EX2-01")
    first, second = contents().lessons
    assert first == {
        "title": "0 \u00b7 Start",
        "fragment": "0-\u00b7-Start",
        "name": "00-start.ipynb",
        "path": "00-start.ipynb",
        "here": True,
        "about": "What it is about, in two lines.",
        "minutes": 40,
        "done": [False, False],
    }
    assert (second["here"], second["done"]) == (False, [True, False])


def test_where_to_go_on(lessons):
    widget = contents()
    assert widget.next == {
        "name": "00-start.ipynb",
        "step": "Step 1 \u00b7 Look",
        "fragment": "Step-1-\u00b7-Look",
        "words": "Exercise EX1-01",
    }
    answer("EX2-01")
    assert ask(widget, "look") == [{"n": "1"}]
    assert widget.next["words"] == "Exercise EX2-02"
    answer("PRE-01", "PRE-02")  # begun
    ask(widget, "look")
    assert widget.next["words"] == "The check before the lessons"


def test_nothing_is_left_when_everything_is_done(tmp_path, monkeypatch):
    write(tmp_path / "a.ipynb", "# T", OPENED, "exercise(danang, 'EX2-01')")
    monkeypatch.chdir(tmp_path)
    answer("EX2-01")
    assert contents().next == {}


def test_the_picture_is_drawn_when_it_is_asked_for_and_follows(lessons):
    widget = contents()
    ask(widget, "look")
    assert widget.picture is None
    ask(widget, "draw")
    assert widget.picture.sentence.endswith("0. Start 0 of 2 done; 1. Next 0 of 2 done.")
    answer("EX2-01")
    ask(widget, "look")
    assert widget.picture.sentence.endswith("1. Next 1 of 2 done.")


def test_a_message_without_sense_is_not_answered(lessons):
    assert ask(contents(), "delete") == []


def test_its_table_is_that_of_my_work(lessons):
    answer("EX1-01")
    assert contents().table.equals(my_work().table)
    assert contents().table["done"].tolist() == [True, False, False, False]


def test_it_is_shown_when_the_work_cannot_be_read(lessons, monkeypatch):
    def fail(_work):
        raise WorkError("It broke.")

    monkeypatch.setattr("lessons.work.Work.answers", property(fail))
    assert [lesson["done"] for lesson in contents().lessons] == [[False, False]] * 2


# --- what is saved -----------------------------------------------------------------------------


def test_what_is_saved_does_not_depend_on_the_learner(lessons, saved):
    widget = contents()
    before = saved(widget)[0]["text/html"]
    answer("EX1-01", "EX2-01")
    ask(widget, "draw")
    assert saved(widget)[0]["text/html"] == before
    assert widget.sentence == "2 lessons: 0 \u00b7 Start (40 minutes); 1 \u00b7 Next (45 minutes)."


def test_no_lessons_are_no_error(tmp_path, monkeypatch, saved):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("lessons.widgets.course.course_folder", lambda: None)
    widget = contents()
    assert widget.sentence == "0 lessons were found in this folder."
    assert (widget.lessons, widget.next, len(widget.table)) == ([], {}, 0)
    ask(widget, "draw")
    assert saved(widget)[0]["text/plain"] == widget.sentence


def test_a_hostile_notebook_is_text(lessons, saved):
    write(
        lessons / "02-bad.ipynb",
        "# <script>alert(1)</script>\n\n<script>alert(2)</script>",
        OPENED,
        "exercise(danang, 'EX3-01')",
    )
    data, images, _ = saved(contents())
    assert "<script" not in data["text/html"]
    assert data["text/html"].count("&lt;script&gt;") >= 3
    assert all("<script" not in svg for _, svg in images)
