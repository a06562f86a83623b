"""The learner's work: alias, checklist, export, import, deletion, by keyboard and by mouse."""

import json
import re

import nbformat
import pytest
from support.axe import axe
from support.following import IN_VIEW, leads_to
from support.lab import Lab, Notebook, leaving, until

from lessons.work import Answer, open_work

TIME = "2026-11-25T08:14:10.123Z"
FIRST = [
    "# 1 · The first",
    "from lessons import exercise, judge, my_work, open_case\ncase = open_case('danang-2017')",
    "## Step 1 · Who speaks (short path)",
    "exercise(case, 'EX1-01')",
    *["A long text. " * 400] * 3,
    "## Step 2 · How *firm*?",
    "judge(case, 'sentences')",
    "## What you take with you",
    "my_work()",
]
SECOND = [
    "# 2 · The second",
    "from lessons import exercise, open_case\ncase = open_case('danang-2017')",
    *["A long text. " * 400] * 3,
    "## Step 1 · What is 100 % sure, and who says so?",
    "exercise(case, 'EX2-01')",
    *["Another long text. " * 400] * 3,
]
HOSTILE = "<script>alert(1)</script>"


def write(path, cells):
    """Write a notebook: cells that begin with a capital or `#` are text, the others code."""
    made = [
        nbformat.v4.new_markdown_cell(cell, id=f"cell-{i}")
        if re.match(r"[A-Z#]", cell)
        else nbformat.v4.new_code_cell(cell, id=f"cell-{i}")
        for i, cell in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel}), path)


def answer(number, item, value="A"):
    return Answer(f"answer-{number}", "danang-2017", item, "choose-one", value, TIME)


@pytest.fixture(scope="module")
def lessons(course):
    """A folder of two lessons, in a folder of its own."""
    folder = course / "two lessons"
    folder.mkdir()
    write(folder / "01-first.ipynb", FIRST)
    write(folder / "02 & second.ipynb", SECOND)
    return folder


@pytest.fixture
def shown(open_notebook, lessons):
    """Open the first lesson with some answers there already, and run it."""

    def make(*answers):
        write(lessons / "01-first.ipynb", FIRST)  # as it came: one test saves its widgets
        notebook = open_notebook(f"{lessons.name}/01-first.ipynb", before=answers)
        root = notebook.page.locator(".jp-Notebook .tv-mywork")
        until(root, "w.querySelector('.tv-where > p').textContent !== ''")
        return notebook, root

    return make


def said(root, words):
    """Wait until a sentence is spoken."""
    until(root, "w.querySelector(':scope > .tv-live').textContent.includes(arg)", words)


def outcome(root):
    return root.locator(".tv-outcome:visible").all_text_contents()


def test_alias_export_delete_import_by_keyboard_alone(shown, lab):
    notebook, root = shown(answer(1, "EX1-01"), answer(2, "strength:SA01", "3"))
    page, before = notebook.page, notebook.sources()
    notebook.enter_widget("mywork")
    notebook.tab_to("Your alias")
    page.keyboard.type("xdd Zebra?")  # letters that JupyterLab would take as commands
    page.keyboard.press("Enter")
    said(root, "Your alias is xdd Zebra?.")
    assert open_work(lab.work).alias == "xdd Zebra?"

    assert root.locator(".tv-bar .tv-soft").text_content() == "2 of 3 things done."
    assert root.locator("details[open] .tv-things li").all_text_contents() == [
        "doneExercise EX1-01",
        "doneJudge the sentences1 judged",
    ]
    notebook.tab_to("Export my work")
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    name = caught.value.suggested_filename
    assert re.fullmatch(r"two-voices_xdd-Zebra_\w+_\d{4}-\d\d-\d\d-\d{6}\.json", name)
    text = caught.value.path().read_bytes()
    kept = json.loads(text)
    assert kept["alias"] == "xdd Zebra?"
    assert [entry["item"] for entry in kept["answers"]] == ["EX1-01", "strength:SA01"]
    said(root, f"Your work is exported as {name}.")

    notebook.tab_to("Delete my work")
    page.keyboard.press("Enter")
    assert notebook.focused() == "Keep"
    words = root.locator(".tv-question p").text_content()
    assert words == "This deletes 2 answers on this computer for good, and your alias."
    page.keyboard.press("Escape")
    assert notebook.focused() == "Delete my work"
    assert len(open_work(lab.work).answers) == 2
    page.evaluate("() => localStorage.setItem('two-voices:draft:x', '1')")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    assert notebook.focused() == "Delete"
    page.keyboard.press("Enter")
    said(root, "2 answers deleted.")
    assert notebook.focused() == "Delete my work"
    assert len(open_work(lab.work).answers) == 0
    assert page.evaluate("() => localStorage.getItem('two-voices:draft:x')") is None
    assert root.locator(".tv-bar .tv-soft").text_content() == "0 of 3 things done."
    assert root.locator("input[type=text]").input_value() == ""

    notebook.tab_to("Bring work in", key="Shift+Tab")
    until(root, "w.querySelector('input[type=file]') === document.activeElement")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files([{"name": name, "mimeType": "application/json", "buffer": text}])
    said(root, "2 answers taken in. Run the cells again to see it in the boxes.")
    assert root.locator(".tv-bar .tv-soft").text_content() == "2 of 3 things done."
    assert root.locator("input[type=text]").input_value() == "xdd Zebra?"
    assert sorted(open_work(lab.work).answers["item"]) == ["EX1-01", "strength:SA01"]
    assert notebook.sources() == before


def test_the_same_by_mouse(shown, lab):
    notebook, root = shown(answer(1, "EX1-01"))
    page = notebook.page
    root.locator("input[type=text]").fill("Zebra")
    root.get_by_role("button", name="Keep this name").click()
    said(root, "Your alias is Zebra.")
    with page.expect_download() as caught:
        root.get_by_role("button", name="Export my work").click()
    text = caught.value.path().read_bytes()
    root.get_by_role("button", name="Delete my work").click()
    root.get_by_role("button", name="Keep", exact=True).click()
    assert len(open_work(lab.work).answers) == 1
    root.get_by_role("button", name="Delete my work").click()
    root.get_by_role("button", name="Delete", exact=True).click()
    said(root, "1 answer deleted.")
    file = {"name": "mine.json", "mimeType": "application/json", "buffer": text}
    with page.expect_file_chooser() as chooser:
        root.get_by_label("Bring work in").click()
    chooser.value.set_files([file])
    said(root, "1 answer taken in.")
    root.locator("input[type=file]").set_input_files([file])  # the same file once more
    said(root, "No answers taken in. 1 was here already.")
    root.get_by_role("button", name="Look again").click()
    said(root, "1 of 3 things done.")
    folder = root.get_by_text("Where exactly?")
    folder.click()
    until(root, "w.querySelector('.tv-where-path').textContent.includes(arg)", str(lab.work))
    notebook.save()
    assert str(lab.work) not in json.dumps(notebook.model())
    assert "Zebra" not in json.dumps(notebook.model())


def exported(alias):
    """What a file looks like that somebody wrote by hand."""
    return json.dumps(
        {
            "format": "two-voices-work",
            "schema": 1,
            "exported_at": TIME,
            "learner": "abc234",
            "alias": alias,
            "answers": [],
            "annotations": [],
        }
    ).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * 6_000_000, "it has 6000000 bytes, expected at most 5000000."),
        (b"no json", "line 1 is no JSON, expected a file that this course exported."),
        (b"", "line 1 is no JSON"),
        (exported(HOSTILE * 2), "the alias is '<script>"),
    ],
    ids=["6 MB", "no JSON", "empty", "a script as a long alias"],
)
def test_a_hostile_file_gives_one_sentence_and_changes_nothing(shown, lab, content, words):
    _, root = shown(answer(1, "EX1-01"))
    file = {"name": "x.json", "mimeType": "application/json", "buffer": content}
    root.locator("input[type=file]").set_input_files([file])
    said(root, words)
    (sentence,) = outcome(root)
    assert re.fullmatch(r"This file was not taken in: [^\n]*\.", sentence)
    assert len(open_work(lab.work).answers) == 1
    assert open_work(lab.work).alias == ""
    assert root.locator("script").count() == 0


def test_a_script_that_is_short_enough_for_an_alias_stays_text(shown, lab):
    notebook, root = shown()
    notebook.page.on("dialog", lambda _: pytest.fail("a script ran"))
    file = {"name": "x.json", "mimeType": "application/json", "buffer": exported(HOSTILE)}
    root.locator("input[type=file]").set_input_files([file])
    said(root, "No answers taken in.")
    assert root.locator("input[type=text]").input_value() == HOSTILE
    assert root.locator("script").count() == 0
    root.get_by_role("button", name="Keep this name").click()
    said(root, f"Your alias is {HOSTILE}.")
    with notebook.page.expect_download() as caught:
        root.get_by_role("button", name="Export my work").click()
    assert caught.value.suggested_filename.startswith("two-voices_script-alert-1-scri_")
    assert open_work(lab.work).alias == HOSTILE


def test_an_alias_that_is_too_long_is_explained(shown, lab):
    _, root = shown()
    root.locator("input[type=text]").fill("z" * 41)
    root.get_by_role("button", name="Keep this name").click()
    said(root, "expected at most 40 characters.")
    assert root.locator("input[type=text]").input_value() == "z" * 41  # to be shortened
    assert open_work(lab.work).alias == ""


def test_links_lead_to_the_step_by_mouse_and_by_keyboard(shown):
    notebook, root = shown()
    page = notebook.page
    step = root.get_by_role("link", name="Step 2 · How firm?")
    root.locator(".tv-where").scroll_into_view_if_needed()
    assert not page.evaluate(IN_VIEW, "Step 1 · Who")
    leads_to(notebook, step.click, "01-first.ipynb", "Step 2 · How firm?")
    leads_to(
        notebook,
        root.locator(".tv-next a").click,
        "01-first.ipynb",
        "Step 1 · Who speaks (short path)",
    )
    summary = root.locator("summary", has_text="2 · The second")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert notebook.focused() == "Step 1 · What is 100 % sure, and who says so?"
    leads_to(
        notebook,
        lambda: page.keyboard.press("Enter"),
        "02 & second.ipynb",
        "Step 1 · What is 100 % sure",
    )


def test_what_is_answered_elsewhere_is_seen_when_the_page_comes_back(shown, lab):
    notebook, root = shown()
    assert root.locator(".tv-bar .tv-soft").text_content() == "0 of 3 things done."
    notebook.page.wait_for_timeout(2100)  # it does not look at every moment
    open_work(lab.work).keep(answer(1, "EX2-01"))
    # Chromium without a screen never hides a page: the event alone says that it is back.
    notebook.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    until(root, "w.querySelector('.tv-bar .tv-soft').textContent === '1 of 3 things done.'")
    assert root.locator("details").first.get_attribute("open") is not None


def test_the_widget_is_clean_for_axe_in_light_and_in_dark(shown):
    notebook, root = shown(answer(1, "EX1-01"))
    root.get_by_role("button", name="Keep this name").click()
    root.locator("summary", has_text="2 · The second").click()
    root.get_by_role("button", name="Delete my work").click()
    for theme in ("Dark", "Light"):
        notebook.theme(theme)
        assert axe(notebook.page, ".tv-mywork") == [], theme


def test_a_place_that_forgets_says_so_with_the_way_out_beside_it(
    lessons, course, new_page, tmp_path
):
    with Lab(course, tmp_path, TWO_VOICES_FORGETFUL="1") as lab:
        page = new_page(lab)
        Notebook(page, lab, f"{lessons.name}/01-first.ipynb").open(clear=True).run_all()
        root = page.locator(".jp-Notebook .tv-mywork")
        until(root, "!w.querySelector('.tv-forgets').hidden")
        assert root.locator(".tv-notice").text_content().startswith("This place forgets")
        with page.expect_download():
            root.locator(".tv-forgets button").click()
        said(root, "Your work is exported as two-voices_no-alias_")
        with leaving(page):
            page.close()


def test_hand_in_by_keyboard_as_a_file_without_own_words(shown):
    written = Answer("w", "danang-2017", "EX1-03", "short-text", "Only for me.", TIME)
    notebook, root = shown(answer(1, "EX1-01"), written)
    page, before = notebook.page, notebook.sources()
    notebook.enter_widget("mywork")
    notebook.tab_to("With what I wrote in my own words")
    page.keyboard.press("Tab")
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    assert caught.value.suggested_filename.startswith("hand-in_no-alias_")
    assert b"Only for me." not in caught.value.path().read_bytes()
    said(root, "Give it to your teacher.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    with page.expect_download() as caught:
        page.keyboard.press("Enter")
    assert b"Only for me." in caught.value.path().read_bytes()
    assert notebook.sources() == before


def test_where_the_teacher_has_a_folder_the_hand_in_goes_there(lessons, course, new_page, tmp_path):
    hand_ins = tmp_path / "hand-ins"
    with Lab(course, tmp_path / "state", TWO_VOICES_HAND_IN=str(hand_ins)) as lab:
        open_work(lab.work).keep(answer(1, "EX1-01"))
        page = new_page(lab)
        Notebook(page, lab, f"{lessons.name}/01-first.ipynb").open(clear=True).run_all()
        root = page.locator(".jp-Notebook .tv-mywork")
        until(root, "w.textContent.includes('They go to your teacher\\'s folder.')")
        root.get_by_role("button", name="Hand in").click()
        said(root, "Handed in: 1 answer, as ")
        (file,) = hand_ins.iterdir()
        assert json.loads(file.read_text(encoding="utf-8"))["format"] == "two-voices-hand-in"
        with leaving(page):
            page.close()
