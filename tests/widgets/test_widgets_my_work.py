"""The learner's work: what there is to do, what of it is done, what the page may ask for."""

import json
import re

import pytest

from lessons import my_work, open_case
from lessons.widgets import keeping
from lessons.widgets.course import things_to_do
from lessons.widgets.my_work import _place_sentence as place_sentence
from lessons.work import Answer, WorkError

TIME = "2026-11-25T08:14:10.123Z"
CHECK = open_case("danang-2017").check_items
LESSON = [
    "# 2 · The *statement*\n\nSome text.",
    'from lessons import *\ndanang = open_case("danang-2017")',
    "## Step 1 · `Alone` (short path)\n\n```\n## no heading\n```",
    'reader(danang)\nexercise(danang, "EX2-01")\nexercise(danang, "EX2-02", again=False)',
    "text\n\n### smaller\n\n## Step 2 · [How firm](x.ipynb) is it?",
    'judge(danang, "sentences")',
    'judge(danang, "differences"); side_by_side(danang, order="printed")',
    "## What you take with you",
    'exercise(danang, "EX1-01", again=True)',
    'check_form(danang, "after")\nmy_work()',
]


def write(path, cells, **more):
    """Write a notebook: cells that begin with a capital, `#` or "text" are text, others code."""
    listed = [
        {
            "cell_type": "markdown" if re.match(r"#|text|[A-Z]", cell) else "code",
            "source": cell.splitlines(keepends=True),
        }
        for cell in cells
    ]
    path.write_text(json.dumps({"cells": listed, **more}), encoding="utf-8")


def answer(item, case="danang-2017", kind="choose-one", value="A"):
    return Answer(re.sub(r"\W", "-", f"{case}-{item}"), case, item, kind, value, TIME)


@pytest.fixture
def lessons(tmp_path, monkeypatch):
    """A folder with one lesson, as the folder of the notebook that runs."""
    write(tmp_path / "02-the-statement.ipynb", LESSON)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "02-the-statement.ipynb"))
    return tmp_path


@pytest.fixture
def asked():
    """Return a function that sends a message as the page does, and returns the answer."""

    def ask(widget, *buffers, **content):
        sent = []
        widget.send = sent.append
        widget._on_message(widget, {"n": "1", **content}, list(buffers))
        (answer,) = sent
        assert answer["n"] == "1"
        return answer

    return ask


# --- what there is to do -----------------------------------------------------------------------


def test_things_are_found_in_order_with_their_steps(lessons):
    (lesson,) = things_to_do(lessons)
    assert (lesson.name, lesson.title) == ("02-the-statement.ipynb", "2 · The statement")
    assert [(thing.kind, thing.item, thing.step) for thing in lesson.things] == [
        ("exercise", "EX2-01", "Step 1 · Alone (short path)"),
        ("exercise", "EX2-02", "Step 1 · Alone (short path)"),
        ("judge", "strength", "Step 2 · How firm is it?"),
        ("judge", "difference", "Step 2 · How firm is it?"),
        ("judge", "engages", "Step 2 · How firm is it?"),
        ("exercise", "EX1-01:again", "What you take with you"),
        ("form", "after", "What you take with you"),
    ]
    assert {thing.case for thing in lesson.things} == {"danang-2017"}
    assert lesson.things[0].fragment == "Step-1-·-Alone-(short-path)"
    assert lesson.things[5].words == "Exercise EX1-01, once more"


def test_what_cannot_be_read_is_left_out(lessons):
    things = things_to_do(lessons)
    (lessons / "03-broken.ipynb").write_text("{no json", encoding="utf-8")
    (lessons / "04-list.ipynb").write_text("[1]", encoding="utf-8")
    (lessons / "05-cells.ipynb").write_text('{"cells": 7}', encoding="utf-8")
    (lessons / "06-odd.ipynb").write_text('{"cells": [1, {}, {"source": [1]}]}', encoding="utf-8")
    (lessons / "07-bytes.ipynb").write_bytes(b"\xff\xfe")
    (lessons / "08-deep.ipynb").write_text("[" * 100_000, encoding="utf-8")
    (lessons / "09-folder.ipynb").mkdir()
    write(lessons / "10-nothing.ipynb", ["# Nothing", "reader(danang)"])
    assert things_to_do(lessons) == things
    assert things_to_do(lessons / "nowhere") == []


def test_cells_and_calls_that_are_none_are_left_out(tmp_path):
    cells = [
        "%matplotlib inline\nexercise(danang, 'EX2-01')",
        "exercise(",
        "x = 1\0",
        "judge(danang, 'people')",
        "judge(danang)",
        "check_form(danang, 'sometimes')",
        "exercise(danang, name)",
        "(lambda: 1)()",
        "lessons.exercise(danang, exercise_id='EX2-03')",
    ]
    write(tmp_path / "a.ipynb", cells)
    (lesson,) = things_to_do(tmp_path)
    assert [thing.item for thing in lesson.things] == ["EX2-03"]
    assert (lesson.title, lesson.things[0].step, lesson.things[0].case) == ("a", "", "")


def test_each_call_belongs_to_the_case_that_its_name_was_opened_as(tmp_path):
    opened = "a = open_case('one')\nb = lessons.open_case('two')"
    cells = [
        "# T",
        opened,
        "exercise(b, 'E1'); exercise(case=a, exercise_id='E2'); exercise(c, 'E3')",
    ]
    write(tmp_path / "a.ipynb", cells)
    (lesson,) = things_to_do(tmp_path)
    assert [thing.case for thing in lesson.things] == ["two", "one", "one"]
    assert lesson.things[0].step == "T"


# --- the checklist -----------------------------------------------------------------------------


def test_nothing_is_done_at_first(lessons):
    table = my_work().table
    assert list(table.columns) == ["lesson", "step", "item", "done", "count"]
    assert len(table) == 7
    assert not table["done"].any()
    assert table["count"].tolist() == ["", "", "", "", "", "", "0 of 16"]


def test_what_is_answered_is_done(lessons):
    widget = my_work()
    after = list(CHECK.index[CHECK["form"] == "post"])
    items = [
        "EX2-01",
        "EX1-01",
        "strength:SA01",
        "strength:SA02",
        "engages:F1",
        *after[:4],
        "PRE-01",
    ]
    keeping.work().keep(
        *map(answer, items),
        answer("EX2-02", case="another"),
        answer("strength:SA01:disagree", kind="disagree", value="No."),
        answer("difference:V01:disagree", kind="disagree", value="No."),
    )
    table = widget.table.set_index("item")
    assert table["done"].to_dict() == {
        "EX2-01": True,
        "EX2-02": False,
        "strength": True,
        "difference": False,
        "engages": True,
        "EX1-01:again": False,
        "after": False,
    }
    assert table["count"]["strength"] == "2 judged"
    assert table["count"]["after"] == "4 of 16"
    keeping.work().keep(*map(answer, after[4:]), answer("EX1-01:again"))
    table = widget.table.set_index("item")
    assert table["done"]["after"]
    assert table["done"]["EX1-01:again"]


def test_what_the_page_gets_of_a_lesson(lessons):
    write(
        lessons / "03-next.ipynb",
        ["# 3", "x = open_case('no-such-case')", "check_form(x, 'before')"],
    )
    here, following = my_work().lessons
    assert (here["path"], here["here"], following["here"]) == (
        "02-the-statement.ipynb",
        True,
        False,
    )
    assert here["things"][0] == {
        "words": "Exercise EX2-01",
        "step": "Step 1 · Alone (short path)",
        "fragment": "Step-1-·-Alone-(short-path)",
        "done": False,
        "count": "",
    }
    (thing,) = following["things"]  # a case that cannot be opened has no items to count
    assert (thing["done"], thing["count"]) == (False, "")


def test_a_folder_without_lessons_shows_those_of_the_course(tmp_path, monkeypatch):
    (tmp_path / "lessons").mkdir()
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    write(notebooks / "01.ipynb", LESSON)
    own = tmp_path / "mine"
    own.mkdir()
    monkeypatch.chdir(own)
    monkeypatch.setattr("lessons.widgets.course.course_folder", lambda: tmp_path)
    (lesson,) = my_work().lessons
    assert lesson["path"] == "../notebooks/01.ipynb"
    monkeypatch.setattr("lessons.widgets.course.course_folder", lambda: None)
    assert my_work().lessons == []
    assert len(my_work().table) == 0


def test_it_is_shown_when_the_work_cannot_be_read(lessons, monkeypatch, asked):
    def fail(_work):
        raise WorkError("It broke.")

    widget = my_work()
    monkeypatch.setattr("lessons.work.Work.answers", property(fail))
    assert not widget.table["done"].any()
    assert asked(widget, do="look")["state"]["notice"].startswith("It broke.")


# --- what the page asks for --------------------------------------------------------------------


def test_looking_brings_the_state_and_a_fresh_checklist(lessons, asked):
    widget = my_work()
    keeping.work().keep(answer("EX2-01"))
    assert asked(widget, do="look") == {
        "n": "1",
        "state": {
            "alias": "",
            "answers": 1,
            "notice": "",
            "forgetful": False,
            "held": False,
            "place": "Your answers are in a folder of their own, on this computer only.",
            "hands_in_here": False,
        },
    }
    assert widget.lessons[0]["things"][0]["done"]


def test_the_path_and_the_alias_are_in_no_trait(lessons, asked):
    widget = my_work()
    folder = str(keeping.work().path.parent)
    assert asked(widget, do="where")["where"] == folder
    said = asked(widget, do="rename", alias=" Zebra <i> ")
    assert said["said"] == "Your alias is Zebra <i>."
    assert said["state"]["alias"] == "Zebra <i>"
    kept = json.dumps({name: str(value) for name, value in widget.get_state().items()})
    assert folder not in kept
    assert "Zebra" not in kept
    assert asked(widget, do="rename", alias="")["said"] == "You have no alias."


@pytest.mark.parametrize("alias", ["x" * 41, "a\nb", None, 7, ["a"]])
def test_an_alias_that_cannot_be_kept_is_explained(asked, alias):
    widget = my_work()
    asked(widget, do="rename", alias="Zebra")
    said = asked(widget, do="rename", alias=alias)
    assert said["failed"]
    assert re.fullmatch(r"The alias is '.*', expected .*\.", said["said"])
    assert said["state"]["alias"] == "Zebra"


def test_a_file_goes_out_and_comes_in_again(lessons, asked):
    widget = my_work()
    asked(widget, do="rename", alias="Zebra")
    keeping.work().keep(answer("EX2-01"), answer("strength:SA01"))
    out = asked(widget, do="export")
    assert re.fullmatch(r"two-voices_Zebra_\w+_\d{4}-\d\d-\d\d-\d{6}\.json", out["name"])
    assert out["said"] == f"Your work is exported as {out['name']}."
    assert {a["item"] for a in json.loads(out["text"])["answers"]} == {"EX2-01", "strength:SA01"}
    gone = asked(widget, do="delete")
    assert gone["said"] == "2 answers deleted. Run the cells again to empty the boxes."
    assert (gone["state"]["answers"], gone["state"]["alias"]) == (0, "")
    assert not widget.lessons[0]["things"][0]["done"]
    back = asked(widget, memoryview(out["text"].encode()), do="take")
    assert back["said"] == "2 answers taken in."
    assert back["then"] == "Run the cells again to see it in the boxes."
    assert back["state"]["alias"] == "Zebra"
    assert widget.lessons[0]["things"][0]["done"]


def test_a_hand_in_is_a_file_for_the_teacher(asked):
    widget = my_work()
    nothing = asked(widget, do="hand in")
    assert nothing["failed"]
    assert nothing["said"] == "There is nothing to hand in yet: you have given no answer."
    asked(widget, do="rename", alias="Zebra")
    own = Answer("w", "danang-2017", "EX1-03", "short-text", "Hm", TIME)
    keeping.work().keep(answer("EX2-01"), own)
    out = asked(widget, do="hand in")
    assert re.fullmatch(r"hand-in_Zebra_\w+_\d{4}-\d\d-\d\d-\d{6}\.json", out["name"])
    assert out["said"] == f"2 answers are in the file {out['name']}. Give it to your teacher."
    assert "Hm" not in out["text"]
    assert "Hm" in asked(widget, do="hand in", own_words=True)["text"]
    assert not out["state"]["hands_in_here"]


def test_where_there_is_a_folder_for_hand_ins_the_file_goes_there(asked, monkeypatch, tmp_path):
    monkeypatch.setenv("TWO_VOICES_HAND_IN", str(tmp_path / "class"))
    keeping.work().keep(answer("EX2-01"))
    out = asked(my_work(), do="hand in")
    (file,) = (tmp_path / "class").iterdir()
    assert out["said"] == f"Handed in: 1 answer, as {file.name}."
    assert "text" not in out
    assert out["state"]["hands_in_here"]


def test_one_answer_is_spoken_of_as_one(asked):
    keeping.work().keep(answer("EX2-01"))
    assert (
        asked(my_work(), do="delete")["said"]
        == "1 answer deleted. Run the cells again to empty the boxes."
    )


@pytest.mark.parametrize("data", [b"", b"no json", b"\xff", b"[]", b"x" * 5_000_001])
def test_a_file_that_is_none_changes_nothing(asked, data):
    widget = my_work()
    asked(widget, do="rename", alias="Zebra")
    keeping.work().keep(answer("EX2-01"))
    before = keeping.work().answers
    said = asked(widget, memoryview(data), do="take")
    assert said["failed"]
    assert re.fullmatch(r"This file was not taken in: .*\.", said["said"])
    assert keeping.work().answers.equals(before)
    assert keeping.work().alias == "Zebra"


def test_a_message_without_a_file_or_without_sense(asked):
    widget = my_work()
    assert asked(widget, do="take")["failed"]
    widget.send = pytest.fail
    widget._on_message(widget, {"do": "__class__"}, [])
    widget._on_message(widget, {}, [])


def test_where_the_answers_lie_is_said_truly(monkeypatch, tmp_path, asked):
    widget = my_work()
    monkeypatch.setattr("lessons.widgets.my_work.course_folder", lambda: tmp_path)
    monkeypatch.setenv("TWO_VOICES_WORK", str(tmp_path / "work"))
    keeping.work.cache_clear()
    place = asked(widget, do="look")["state"]["place"]
    assert place == "Your answers are in the folder work of the course, on this computer only."
    monkeypatch.setenv("TWO_VOICES_FORGETFUL", "1")
    keeping.work.cache_clear()
    state = asked(widget, do="look")["state"]
    assert state["place"] == "Your answers are in this place only, and only until it closes."
    assert state["forgetful"]
    assert state["notice"].startswith("This place forgets")


def test_where_nothing_can_be_written_the_page_says_so(monkeypatch, asked):
    monkeypatch.setattr("lessons.work.work._opened", lambda _folder: None)
    keeping.work.cache_clear()
    widget = my_work()
    state = asked(widget, do="look")["state"]
    assert state["held"]
    assert state["place"] == "Your answers are in this page only."
    assert asked(widget, do="where")["where"] == "In the memory of this computer only."
    keeping.work.cache_clear()


def test_what_is_saved_does_not_depend_on_the_learner(lessons, saved, asked):
    widget = my_work()
    before = saved(widget)[0]["text/html"]
    keeping.work().keep(answer("EX2-01"))
    asked(widget, do="rename", alias="Zebra")
    assert saved(widget)[0]["text/html"] == before
    assert widget.sentence.startswith("Your work in 4 parts: ")


def test_on_a_hub_the_answers_are_not_said_to_be_on_the_learners_own_computer(monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "anna")
    assert place_sentence().endswith("on the computer that you logged in to.")
    monkeypatch.setenv("BINDER_SERVICE_HOST", "x")  # Binder is a hub, too, and forgets
    keeping.work.cache_clear()
    assert "only until it closes" in place_sentence()
