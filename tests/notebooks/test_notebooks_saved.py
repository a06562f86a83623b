"""The notebooks as the repository keeps them: small, executed, readable where nothing runs."""

import base64
import html
import itertools
import json
import re
from pathlib import Path

import pytest

from lessons import open_case
from lessons.analysis.rewriting import exercise_for

FOLDER = Path(__file__).parents[2] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
VIEW = "application/vnd.jupyter.widget-view+json"
ABSOLUTE = re.compile(
    r"(?<![\w.:/<])/(?:home|root|tmp|work|usr|Users|private|var|opt)/|[A-Z]:\\\\|file://"
)


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return json.loads(path.read_text(encoding="utf-8"))


def source(cell):
    return "".join(cell["source"])


def cells(notebook, kind):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def data_of(cell):
    """All that is shown below a code cell, each kind as one text."""
    kinds = {}
    for output in cell["outputs"]:
        for kind, value in output.get("data", {}).items():
            text = value if isinstance(value, str) else "".join(value)
            kinds[kind] = kinds.get(kind, "") + text
    return kinds


def sentences(markup):
    """The paragraphs of an HTML text that are sentences: six words or more and a full stop."""
    blocks = re.findall(r"<p>(.*?)</p>", markup, flags=re.DOTALL)
    plain = [html.unescape(re.sub(r"<[^>]*>", "", block)).strip() for block in blocks]
    return [text for text in plain if text.endswith(".") and len(text.split()) >= 6]


def test_there_are_notebooks():
    assert [path.name for path in PATHS] == [
        "00-start-here.ipynb",
        "01-two-voices.ipynb",
        "02-the-statement.ipynb",
        "03-the-commentary.ipynb",
        "04-loaded-language.ipynb",
        "05-the-timeline.ipynb",
        "06-checking-claims.ipynb",
        "07-who-is-speaking.ipynb",
        "08-rewrite-and-reflect.ipynb",
    ]


def test_is_small_and_without_widget_state(path, notebook):
    assert path.stat().st_size < 100_000
    assert "widgets" not in notebook["metadata"]
    assert VIEW not in path.read_text(encoding="utf-8")


def test_every_code_cell_was_run_and_shows_html_with_a_sentence(notebook):
    code = cells(notebook, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert sentences(data_of(cell).get("text/html", "")), source(cell)


def test_saved_outputs_hold_no_error_and_nothing_printed(notebook):
    kinds = {o["output_type"] for cell in cells(notebook, "code") for o in cell["outputs"]}
    assert kinds <= {"execute_result", "display_data"}
    assert "Traceback" not in json.dumps(notebook)


def test_every_picture_has_a_text_and_every_widget_a_picture(notebook):
    for cell in cells(notebook, "code")[1:]:
        pictures = re.findall(r"<img\b[^>]*>", data_of(cell)["text/html"])
        assert pictures, source(cell)
        for picture in pictures:
            said = re.search(r'alt="([^"]*)"', picture)
            assert said
            assert len(said[1].split()) >= 6
            assert 'src="data:image/svg+xml;base64,' in picture
    for cell in cells(notebook, "markdown"):
        assert not re.search(r"!\[\s*\]|<img(?![^>]*alt=\"[^\"])", source(cell))


def test_no_place_of_one_machine(path):
    assert not ABSOLUTE.findall(path.read_text(encoding="utf-8"))


def test_cells_cannot_be_deleted_by_mistake(notebook):
    for cell in notebook["cells"]:
        assert cell["metadata"] == {"deletable": False}
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)


START = (
    "**To start:** press **Run**, **Run All Cells** in the menu at the top. The boxes come when "
    "the bar at the bottom says *Idle*. No boxes? Press again."
)


def test_head_card_and_close(notebook):
    head, end = source(notebook["cells"][0]), source(notebook["cells"][-1])
    assert re.match(r"# \d+ \u00b7 \S", head)
    assert re.search(r"\*\*Time:\*\* \d+ minutes\. .*short path.* take ten minutes\.", head)
    assert START in head
    assert "**Your answers:**" in head
    assert len(re.findall(r"^- ", head, flags=re.MULTILINE)) == 3
    assert end.startswith("## What you take with you\n")
    assert "**One question to keep:**" in end


def test_rhythm(notebook):
    """Prose, picture, prose: no two code cells in a row, no long prose, no long code."""
    kinds = [cell["cell_type"] for cell in notebook["cells"]]
    assert ("code", "code") not in itertools.pairwise(kinds)
    for cell in cells(notebook, "markdown"):
        assert len(re.findall(r"[\w'-]+", re.sub(r"<[^>]*>", "", source(cell)))) <= 150, source(
            cell
        )
    first, *others = cells(notebook, "code")
    assert len(source(first).splitlines()) <= 3
    assert all(len(source(cell).splitlines()) <= 2 for cell in others)


def test_steps_are_counted_and_some_are_the_short_path(notebook):
    heads = re.findall(
        r"^## Step (\d+) \u00b7 .*$", "\n".join(map(source, notebook["cells"])), re.MULTILINE
    )
    assert heads == [str(number + 1) for number in range(len(heads))]
    assert len(heads) >= 4
    short = re.findall(
        r"^## Step .*\(short path\)$", "\n".join(map(source, notebook["cells"])), re.MULTILINE
    )
    assert 1 <= len(short) < len(heads)


def test_links_lead_somewhere_and_say_where(path, notebook):
    text = "\n".join(source(cell) for cell in cells(notebook, "markdown"))
    links = re.findall(r"(?<!!)\[([^\]]+)\]\(([^)]+)\)", text)
    assert links
    for words, address in links:
        target = path.parent / address.partition("#")[0]
        assert target.is_file(), address
        if target.suffix == ".ipynb":
            head = source(json.loads(target.read_text(encoding="utf-8"))["cells"][0])
            assert head.startswith(f"# {words}\n"), address
    assert "http" not in text


def test_folds_are_closed_as_often_as_opened(notebook):
    for cell in cells(notebook, "markdown"):
        for tag in ("details", "summary"):
            assert source(cell).count(f"<{tag}>") == source(cell).count(f"</{tag}>")


# --- exercises ------------------------------------------------------------------------------------

CASE = open_case("danang-2017")
CALLS = re.compile(r'exercise\(danang, "(EX\d-\d\d)"(, again=True)?|rewrite\(danang, "(\w+)"\)')


def asked(notebook):
    """The exercises of a notebook in its order: (id, is it asked again).

    The rewrite workspace asks the exercise on its passage, if there is one.
    """
    code = "\n".join(source(cell) for cell in cells(notebook, "code"))
    calls = [
        (name or exercise_for(CASE.exercises, passage), bool(again))
        for name, again, passage in CALLS.findall(code)
    ]
    return [call for call in calls if call[0]]


def test_rewriting_a_passage_asks_its_exercise_and_no_other():
    calls = ['exercise(danang, "EX8-01", again=True)', 'rewrite(danang, "S6")']
    calls += ['rewrite(danang, "F13")', 'exercise(danang, "EX9-02")']
    made = {"cells": [{"cell_type": "code", "source": call} for call in calls]}
    assert asked(made) == [("EX8-01", True), ("EX9-01", False), ("EX9-02", False)]


def test_a_lesson_asks_its_own_exercises_once_and_one_of_an_earlier_lesson(path, notebook):
    lesson = path.stem[:2]
    own = list(CASE.exercises.index[CASE.exercises["lesson"] == lesson])
    found = asked(notebook)
    assert sorted(name for name, again in found if not again) == own
    again = [name for name, again in found if again]
    earlier = [p.stem[:2] for p in PATHS if p.stem < path.stem]
    assert [CASE.exercises.loc[name, "lesson"] for name in again] == earlier[-1:]
    assert not again or found[0] == (again[0], True)


def test_the_list_of_ones_work_closes_each_lesson(notebook):
    assert source(cells(notebook, "code")[-1]) == "my_work()"


def test_no_key_and_no_feedback_stands_in_a_notebook(path, notebook):
    """Each of them is searched for, in what is written and in what is saved."""
    exercises, options = CASE.exercises, CASE.exercise_options
    long_keys = exercises["key"][~exercises["kind"].isin(["choose-one", "number"])]
    secrets = {*exercises["feedback_right"], *exercises["feedback_wrong"], *long_keys}
    secrets |= {*options["explanation"], *CASE.exercise_samples["sample"]}
    secrets |= {*CASE.exercise_samples["why"], *CASE.check_items["explain_sound_choice"]}
    secrets |= {*CASE.check_items["explain_unsound_choice"], *CASE.check_items["hard_because"]}
    assert len(secrets) > 400
    shown = json.dumps(notebook, ensure_ascii=False)
    for picture in re.findall(r"base64,([A-Za-z0-9+/=]+)", shown):
        shown += base64.b64decode(picture).decode()
    shown = html.unescape(shown.replace('\\"', '"'))
    assert [text for text in secrets if text in shown] == []


# --- both voices ----------------------------------------------------------------------------------


def lesson(name):
    return json.loads((PATHS[0].parent / f"{name}.ipynb").read_text(encoding="utf-8"))


def things(notebook, function):
    """The passages or claims that a notebook names in calls of a function."""
    code = "\n".join(source(cell) for cell in cells(notebook, "code"))
    named = dict(re.findall(r"^(\w+) = (\[.*\])$", code, flags=re.MULTILINE))
    for given in re.findall(rf"^{function}\(danang(.*)\)$", code, flags=re.MULTILINE):
        after = given.partition("after=")[0]
        for name, listed in named.items():
            after = re.sub(rf"\b{name}\b", listed, after)
        yield re.findall(r"[\"']([ASF]\d+)(?:\.\d+)?[\"']", after)


def voices_of(names):
    return {CASE.passages.loc[name, "voice"] for name in names}


BOTH = {"statement", "commentary"}
MARKING = [
    ("03-the-commentary", "sorter"),
    ("04-loaded-language", "marker"),
    ("06-checking-claims", "checker"),
    ("08-rewrite-and-reflect", "rewrite"),
]


@pytest.mark.parametrize(("name", "function"), MARKING)
def test_what_is_marked_sorted_checked_or_written_is_of_both_voices(name, function):
    notebook = lesson(name)
    found = list(things(notebook, function))
    assert found
    # A checker has one claim and a rewrite one passage; together they have both voices. Every other
    # block has both.
    single = function in ("checker", "rewrite")
    blocks = [[name for block in found for name in block]] if single else found
    assert [voices_of(block) for block in blocks] == [BOTH] * len(blocks)


def test_the_picture_of_all_kinds_waits_for_every_card_that_is_sorted():
    """The cards stand in the notebook, what waits for them in the data: both name the same."""
    notebook = lesson("03-the-commentary")
    code = "\n".join(source(cell) for cell in cells(notebook, "code"))
    cards = re.findall(r'"([SF]\d+\.\d+)"', code)
    waits = CASE.guesses.loc["GU-kinds", "waits_for"]
    assert cards
    assert sorted(f"kind:{card}" for card in cards) == sorted(
        name for name in waits if name.startswith("kind:")
    )
    own = {name for name, again in asked(notebook) if not again}
    assert {name for name in waits if name.startswith("EX")} <= own
