"""Every kind of exercise, done by keyboard alone; what is heard, what is kept, what is not shown."""

import pytest
from support.axe import axe
from support.lab import Notebook, opened, until, write_notebook

from lessons import open_case

CASE = open_case("danang-2017")
IDS = ["EX1-02", "EX2-03", "EX2-04", "EX3-01", "EX2-02", "EX1-03", "EX1-04", "EX2-01", "EX1-01"]
IDS += ["EX7-04"]  # its right sides are whole sentences
FIRST = "from lessons import exercise, open_case, reader\ndanang = open_case('danang-2017')\ndanang"
# A reader stands in the same page, as in the lessons: its style sheet reaches the exercises.
CELLS = [FIRST, *(f"exercise(danang, '{one}')" for one in IDS), "reader(danang)"]
STRAY = ("x", "d", "d", "a", "b", "z", "m")
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"


@pytest.fixture(scope="module")
def path(course):
    write_notebook(course / "exercises.ipynb", *CELLS)
    return "exercises.ipynb"


def listen_to(root):
    """From now on note every sentence that the live region speaks."""
    root.evaluate(
        """w => { const live = w.querySelector(':scope > .tv-live'); w.heard = [];
        new MutationObserver(() => live.textContent && w.heard.push(live.textContent))
          .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )


def heard(root):
    return root.evaluate("w => w.heard")


def type_keys(page, keys):
    for key in keys:
        page.keyboard.press(key)


def choose_one(notebook):
    type_keys(notebook.page, ["3", "Enter"])


def choose_many(notebook):
    type_keys(notebook.page, ["1", "2", "3", "4", "8", "Enter"])


def mark(notebook):
    notebook.tab_to("Words of A1")
    keys = [*["ArrowRight"] * 15, *["Shift+ArrowRight"] * 3, "Enter"]  # revealing ... known
    type_keys(notebook.page, [*keys, "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Enter"])
    type_keys(notebook.page, ["ArrowRight", "ArrowRight", "Enter"])  # dismal
    type_keys(notebook.page, ["Home", "Enter", "Delete"])  # a slip, taken back
    notebook.tab_to("Answer")
    notebook.page.keyboard.press("Enter")


def put_in_order(notebook):
    # took note, agreed to maintain, welcomed, affirmed: the second goes down to the end
    notebook.tab_to("Move down: agreed to maintain")
    type_keys(notebook.page, ["ArrowDown", "ArrowDown"])
    notebook.tab_to("Answer")
    notebook.page.keyboard.press("Enter")


def type_a_number(notebook):
    notebook.tab_to("Your number")
    notebook.page.keyboard.type("16")
    notebook.page.keyboard.press("Enter")


def write(notebook):
    notebook.tab_to("Your text")
    notebook.page.keyboard.type("1, 2 and x: he holds that nothing changes?")
    notebook.tab_to("Compare")
    notebook.page.keyboard.press("Enter")


def be_sure(notebook):
    notebook.tab_to("How sure are you?")
    type_keys(notebook.page, ["Home", *["ArrowRight"] * 9])
    notebook.tab_to("Answer")
    notebook.page.keyboard.press("Enter")


def match(notebook):
    for left, right in {
        "M4": "masthead",
        "A1": "commentary",
        "S5": "statement",
        "F4": "commentary",
        "E2": "end matter",
    }.items():
        notebook.tab_to(f"{left} goes with")
        notebook.page.keyboard.type(right[:4])
    notebook.tab_to("Answer")
    notebook.page.keyboard.press("Enter")


HOW = [
    ("EX1-02", choose_one, "Right. Explained in this box."),
    ("EX2-03", choose_many, "Right. Explained in this box."),
    ("EX2-04", mark, "Right. Explained in this box."),
    ("EX3-01", put_in_order, "Right. Explained in this box."),
    ("EX2-02", type_a_number, "Right. Explained in this box."),
    ("EX1-03", write, "Compare your text. Samples to compare with are in this box."),
    ("EX1-04", be_sure, "Compare how sure you are. Explained in this box."),
    ("EX2-01", match, "Right. Explained in this box."),
    ("EX1-01", be_sure, "There is no right answer here. Explained in this box."),
]


@pytest.fixture(scope="module")
def page_of_exercises(shared_page, lab, path):
    with opened(shared_page, lab, path) as notebook:
        yield notebook


@pytest.mark.parametrize(("exercise_id", "do", "feedback"), HOW, ids=[how[0] for how in HOW])
def test_by_keyboard_alone(exercise_id, do, feedback, page_of_exercises):
    notebook = page_of_exercises
    before = notebook.sources()
    root = notebook.enter_widget("exercise", IDS.index(exercise_id))
    listen_to(root)
    button = "Compare" if do is write else "Answer"
    for key in STRAY:
        notebook.page.keyboard.press(key)
    assert root.locator(".tv-explained, .tv-samples").count() == 0
    while notebook.page.evaluate("document.activeElement.closest('.tv-tools') !== null"):
        notebook.page.keyboard.press("Tab")
    do(notebook)
    until(root, "w.querySelector('.tv-explained, .tv-samples')")
    until(root, SAVED)
    notebook.settle(0.3)
    told = [said for said in heard(root) if said.endswith("in this box.")]
    assert len(told) == 1
    assert told[0].endswith(feedback)
    # The focus went to what came of it, and no stray key reached JupyterLab.
    assert notebook.page.evaluate("document.activeElement.className") == "tv-verdict"
    assert notebook.sources() == before
    assert root.get_by_role("button", name=button, exact=True).count() == 0


def test_words_to_mark_stand_in_lines(page_of_exercises):
    root = page_of_exercises.page.locator(".tv-exercise").nth(IDS.index("EX2-04"))
    words, tall = (
        root.locator(".tv-mark-word"),
        root.locator(".tv-marking").bounding_box()["height"],
    )
    assert words.count() == 27
    assert tall < 27 * words.first.bounding_box()["height"] / 3


def test_a_long_right_side_is_read_in_full_on_any_page(page_of_exercises):
    page = page_of_exercises.page
    root = page.locator(".tv-exercise").nth(IDS.index("EX7-04"))
    menu, chosen = root.locator("select").first, root.locator(".tv-chosen").first
    menu.select_option(index=1)
    assert menu.bounding_box()["width"] > 600
    assert chosen.is_hidden()
    page.set_viewport_size({"width": 390, "height": 900})
    chosen.wait_for()
    assert chosen.text_content() == menu.input_value()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_the_three_quotes_were_marked_as_they_stand(page_of_exercises):
    notebook = page_of_exercises
    notebook.python("from lessons.widgets.keeping import work")
    code = "print([m['quote'] for m in work().of('danang-2017', 'EX2-04')[0].value])"
    expected = "['revealing nothing already known,', 'no change', 'dismal']"
    notebook.python_says(code, expected)
    code = "print(all(danang.text[m['start']:m['end']] == m['quote'] for m in work().of('danang-2017', 'EX2-04')[0].value))"
    notebook.python_says(code, "True")


def test_try_again_keeps_both_and_the_first_counts(page_of_exercises):
    notebook = page_of_exercises
    page = notebook.page
    root = page.locator(".tv-exercise").nth(IDS.index("EX2-02"))
    root.get_by_role("button", name="Try again").click()
    root.get_by_label("Your number").fill("18")
    root.get_by_role("button", name="Answer").click()
    until(
        root,
        "w.querySelector('.tv-result').textContent.includes('Your first answer counts: Right.')",
    )
    assert "Eighteen is the number" in root.locator(".tv-explained").text_content()
    code = "print([a.value for a in work().of('danang-2017', 'EX2-02')])"
    notebook.python_says(code, "['16', '18']")


def test_disagreeing_is_kept(page_of_exercises):
    notebook = page_of_exercises
    root = notebook.page.locator(".tv-exercise").nth(IDS.index("EX1-02"))
    root.locator("summary", has_text="I disagree").click()
    root.get_by_label("What is wrong with this explanation").fill("It is a report, <b>I think</b>.")
    root.get_by_role("button", name="Keep my reason").click()
    until(root, "w.querySelector('.tv-fold').textContent.includes('never costs you marks')")
    code = "print(work().of('danang-2017', 'EX1-02:disagree')[0].value)"
    notebook.python_says(code, "It is a report, <b>I think</b>.")


@pytest.mark.parametrize("name", ["Light", "Dark"])
def test_accessible_with_all_that_can_be_open(name, page_of_exercises):
    notebook = page_of_exercises
    notebook.theme(name)
    notebook.open_folds()
    assert axe(notebook.page, ".jp-OutputArea-output") == []


def test_answers_come_back_after_run_again_reload_and_a_new_kernel(open_notebook, path):
    notebook = open_notebook(path)
    page = notebook.page

    def root():
        return page.locator(".tv-exercise").nth(IDS.index("EX3-01"))

    root().get_by_label("Move down: took note").click()
    order = root().locator(".tv-line").all_text_contents()
    root().get_by_role("button", name="Answer").click()
    until(root(), SAVED)

    def text():
        return page.locator(".tv-exercise").nth(IDS.index("EX1-03"))

    text().get_by_label("Your text").fill("What nobody could know yet.")
    text().get_by_role("button", name="Compare").click()
    until(text(), SAVED)

    def still_there():
        for answered in [root(), text()]:
            answered.get_by_role("button", name="Try again").wait_for()
            assert not answered.locator(".tv-do").is_visible()
        until(root(), "w.querySelector('.tv-explained') !== null")
        assert root().locator(".tv-line").all_text_contents() == order
        assert text().get_by_label("Your text").input_value() == "What nobody could know yet."

    notebook.survives(still_there)


def test_what_is_half_done_survives_a_reload(open_notebook, path):
    """A text half written, and another answer chosen after "Try again" but not given yet."""
    notebook = open_notebook(path)
    number = IDS.index("EX1-03")
    notebook.page.locator(".tv-exercise").nth(number).get_by_label("Your text").fill("Half a tho")

    def order():
        return notebook.page.locator(".tv-exercise").nth(IDS.index("EX3-01"))

    order().get_by_role("button", name="Answer").click()
    order().get_by_role("button", name="Try again").click()
    order().get_by_label("Move down: took note").click()
    lines = order().locator(".tv-line").all_text_contents()
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    again = notebook.page.locator(".tv-exercise").nth(number).get_by_label("Your text")
    again.wait_for()
    assert again.input_value() == "Half a tho"
    assert order().locator(".tv-line").all_text_contents() == lines
    assert order().get_by_role("button", name="Answer").is_visible()


def test_by_mouse_marks_overlap_and_lines_are_dragged(open_notebook, path):
    notebook = open_notebook(path)
    page = notebook.page
    root = page.locator(".tv-exercise").nth(IDS.index("EX2-04"))
    root.scroll_into_view_if_needed()
    words = root.locator(".tv-mark-word")

    def drag(first, last):
        a, b = words.nth(first).bounding_box(), words.nth(last).bounding_box()
        page.mouse.move(a["x"] + 4, a["y"] + a["height"] / 2)
        page.mouse.down()
        page.mouse.move(b["x"] + b["width"] - 4, b["y"] + b["height"] / 2, steps=5)
        page.mouse.up()

    drag(1, 3)
    drag(2, 5)
    assert root.locator(".tv-marks li").count() == 2
    assert root.locator(".tv-twice").count() == 2
    root.get_by_label("Take back: no formal meeting").click()
    assert root.locator(".tv-marks q").all_text_contents() == ["formal meeting between them,"]
    words.nth(3).click()  # a click on a mark takes it back
    assert root.locator(".tv-marks li").count() == 0
    lines = page.locator(".tv-exercise").nth(IDS.index("EX3-01")).locator(".tv-ordering li")
    order = [line.get_attribute("data-item") for line in lines.all()]
    lines.nth(3).drag_to(lines.nth(0))
    moved = [line.get_attribute("data-item") for line in lines.all()]
    assert moved == [order[3], *order[:3]]


def test_nothing_is_sent_before_the_answer(open_notebook, path):
    notebook = open_notebook(path, listen=True)
    page, heard = notebook.page, notebook.heard
    options, samples = CASE.exercise_options, CASE.exercise_samples
    every = [*CASE.exercises["feedback_right"], *CASE.exercises["feedback_wrong"]]
    every += [*options["explanation"], *samples["sample"], *samples["why"]]

    def seen():
        return heard.of(every, notebook)

    assert seen() == set()
    root = page.locator(".tv-exercise").nth(IDS.index("EX2-02"))
    root.get_by_label("Your number").fill("16")
    root.get_by_role("button", name="Answer").click()
    until(root, "w.querySelector('.tv-explained') !== null")
    own = options[options["exercise_id"] == "EX2-02"].set_index("option")["explanation"]
    assert seen() == {CASE.exercises.loc["EX2-02", "feedback_right"], own["right"]}


def overlapping_marks(page, root):
    """Mark twelve stretches of six words, each one word further on, by keyboard."""
    root.locator(".tv-marking").focus()
    page.keyboard.press("Home")
    for _ in range(12):
        type_keys(page, [*["Shift+ArrowRight"] * 5, "Enter", *["ArrowLeft"] * 5, "ArrowRight"])


def test_twelve_overlapping_marks_survive_reload_export_and_import(open_notebook, path):
    notebook = open_notebook(path)
    page = notebook.page
    number = IDS.index("EX2-04")
    root = page.locator(".tv-exercise").nth(number)
    overlapping_marks(page, root)
    quotes = root.locator(".tv-marks q").all_text_contents()
    assert len(set(quotes)) == 12
    root.get_by_role("button", name="Answer").click()
    until(root, SAVED)
    notebook.python("from lessons.widgets.keeping import work")
    marks = "print([(m['start'], m['end']) for m in work().of('danang-2017', 'EX2-04')[0].value])"
    before = notebook.python(marks)
    assert before.count("(") == 12
    inside = "print(all(danang.text[m['start']:m['end']] == m['quote'] for m in work().of('danang-2017', 'EX2-04')[0].value))"
    assert notebook.python(inside) == "True"
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    again = page.locator(".tv-exercise").nth(number)
    until(again, "w.querySelectorAll('.tv-marks q').length === 12")
    assert again.locator(".tv-marks q").all_text_contents() == quotes
    notebook.python("kept = work().export_text(); work().delete_all(); work().take_in(kept)")
    assert notebook.python(marks) == before
    notebook.run_all()
    until(again, "w.querySelectorAll('.tv-marks q').length === 12")
    assert again.locator(".tv-marks q").all_text_contents() == quotes


def test_a_damaged_file_is_said_on_the_page_and_the_lesson_goes_on(start_lab, new_page, path):
    lab = start_lab()
    lab.work.mkdir(parents=True)
    (lab.work / "answers.sqlite").write_bytes(b"this is no database" * 500)
    page = new_page(lab)
    notebook = Notebook(page, lab, path).open(clear=True).run_all()
    root = page.locator(".tv-exercise").nth(IDS.index("EX2-02"))
    root.scroll_into_view_if_needed()
    said = root.locator(".tv-notice").text_content()
    (aside,) = lab.work.glob("answers-damaged-*.sqlite")
    assert aside.name in said
    assert "Traceback" not in notebook.outputs_text()
    root.get_by_label("Your number").fill("16")
    root.get_by_role("button", name="Answer").click()
    until(root, SAVED)
    assert aside.read_bytes() == b"this is no database" * 500
