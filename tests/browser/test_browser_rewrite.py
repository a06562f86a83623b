"""The rewrite workspace by keyboard and by mouse; what is sent when; what comes back."""

import pytest
from support.axe import axe
from support.lab import opened, until, write_notebook

from lessons import open_case

CASE = open_case("danang-2017")
# F13 waits for the exercise that shows one of its claims first.
ANSWERED = (
    "from lessons.widgets.keeping import work\nfrom lessons.work import Answer\n"
    "work().keep(Answer('a-1', 'danang-2017', 'EX4-01', 'mark-span', [], '2026-11-25T07:00:00.000Z'))\n"
)
FIRST = (
    f"from lessons import open_case, reader, rewrite\n{ANSWERED}"
    "danang = open_case('danang-2017')\ndanang"
)
CELLS = [FIRST, "rewrite(danang, 'F13')", "rewrite(danang, 'S6')", "r = reader(danang)\nr"]
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"
FOUND = "w.querySelector('.tv-rw-said')?.textContent.includes(arg)"
SAMPLES = CASE.exercise_samples.query("exercise_id == 'EX9-01'")["sample"]
VALUES = "print([a.value[:9] for a in work().of('danang-2017', 'rewrite:F13')])"


@pytest.fixture(scope="module")
def path(course):
    write_notebook(course / "rewrite.ipynb", *CELLS)
    return "rewrite.ipynb"


@pytest.fixture(scope="module")
def desk(shared_page, lab, path):
    with opened(shared_page, lab, path) as notebook:
        yield notebook


def root_of(notebook, number=0):
    return notebook.page.locator(".tv-rewrite").nth(number)


def secrets():
    """What is for after the first check: samples, their reasons, calmer words, feedback."""
    row = CASE.exercises.loc["EX9-01"]
    own = CASE.exercise_samples[CASE.exercise_samples["exercise_id"] == "EX9-01"]
    calm = CASE.loaded_words.query("passage_id == 'F13'")["neutral_alternative"]
    calm = {text for text in calm if len(text.split()) > 2}
    return {*own["sample"], *own["why"], row["key"], row["feedback_wrong"], *calm}


def test_by_keyboard_alone(desk):
    notebook, page = desk, desk.page
    before, every = notebook.sources(), secrets()
    assert notebook.heard.of(every, notebook) == set()
    root = notebook.enter_widget("rewrite")
    assert "as often as you like" in root.text_content()
    for key in ("x", "d", "d", "a", "b"):
        page.keyboard.press(key)
    notebook.tab_to("Check")  # nothing is written yet
    page.keyboard.press("Enter")
    said = "There is no word in your version yet"
    until(root, "w.querySelector('.tv-live').textContent.startsWith(arg)", said)
    assert notebook.focused().startswith("Your version")
    page.keyboard.type(
        "Lendman says: x and 1 vassal state? Loots, flutes. And the war will end next year."
    )
    until(root, "w.querySelector('.tv-word-count').textContent === '16 of at most 60 words'")
    assert notebook.heard.of(every, notebook) == set()
    root.evaluate(
        """w => { const live = w.querySelector(':scope > .tv-live'); w.heard = [];
        new MutationObserver(() => live.textContent && w.heard.push(live.textContent))
          .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )
    notebook.tab_to("Check")
    page.keyboard.press("Enter")
    until(root, FOUND, "2 of the 9 loaded words are left.")
    until(root, SAVED)
    notebook.settle(0.3)
    (told,) = root.evaluate("w => w.heard")
    assert told.startswith("Checked, 16 words: 2 of 9 loaded words left, 1 of 7 claims found")
    assert page.evaluate("document.activeElement.textContent") == "Your version beside the original"
    text = root.locator(".tv-rw-said").text_content()
    assert "1 part may be new: is it in the original?" in text
    assert "the war will end next year" in root.locator(".tv-rw-part").nth(3).text_content()
    assert notebook.heard.of(every, notebook) >= {*SAMPLES}
    assert notebook.sources() == before


def test_improved_and_checked_again_by_mouse(desk):
    page, root = desk.page, root_of(desk)
    field = root.get_by_label("Your version")
    field.fill(SAMPLES["EX9-01-S6"])
    until(root, "w.querySelector('.tv-rw-note').textContent.startsWith('You have changed')")
    root.get_by_role("button", name="Check again").click()
    until(root, FOUND, "All 7 claims were found")
    until(
        root, "w.querySelector('.tv-rw-change').textContent.includes('2 loaded words left, then 1')"
    )
    until(root, SAVED)
    assert root.locator(".tv-rw-note").text_content() == ""
    root.get_by_role("button", name="Check again").click()  # the same again is kept once
    assert root.locator("del.tv-rw-out").count() > 2
    assert root.locator("ins.tv-rw-new").count() > 2
    assert root.locator(".tv-samples li").count() == 6
    root.locator(".tv-own-level label").nth(1).click()
    root.get_by_text("I disagree, because").click()
    root.get_by_label("What is wrong").fill("To isolate is a plain verb.")
    root.get_by_role("button", name="Keep my reason").click()
    until(root, SAVED)
    desk.python_says(VALUES, "['Lendman s', 'According']")
    page.get_by_label("Mark F13 in the reader").click()
    desk.python_says("print(r.selected)", "F13")


def test_the_statement_is_rewritten_in_the_same_way(desk):
    root = root_of(desk, 1)
    field = root.get_by_label("Your version")
    field.fill("\U0001f600 ... !")
    root.get_by_role("button", name="Check").click()
    until(root, "w.querySelector('.tv-rw-note').textContent.startsWith('There is no word')")
    field.fill("new " * 5001)
    root.get_by_role("button", name="Check").click()
    until(root, "w.querySelector('.tv-rw-note').textContent.includes('longer than 20,000')")
    assert len(field.input_value()) == 20_004  # nothing is lost
    assert root.locator(".tv-rw-said").count() == 0
    field.fill(CASE.quote("S6"))
    root.get_by_role("button", name="Check").click()
    until(root, FOUND, "This is still the original, word for word")
    assert root.locator(".tv-samples").count() == 0
    assert root.locator(".tv-own-level").is_hidden()


@pytest.mark.parametrize("name", ["Light", "Dark"])
def test_accessible_with_all_that_can_be_open(name, desk):
    desk.theme(name)
    desk.open_folds()
    assert axe(desk.page, ".jp-OutputArea-output") == []


def test_everything_comes_back(desk):
    page, root = desk.page, root_of(desk)
    root.get_by_label("Your version").fill("A draft that is not checked")

    def still_there():
        again = root_of(desk)
        until(again, FOUND, "All 7 claims were found")
        until(again, "w.querySelector('textarea').value === 'A draft that is not checked'")
        until(again, "w.querySelector('.tv-rw-note').textContent.startsWith('You have changed')")
        until(again, "w.querySelector('.tv-own-level :checked').value === '1'")
        until(root_of(desk, 1), FOUND, "This is still the original")

    desk.survives(still_there)
    assert page.locator(".tv-rewrite .tv-notice:not(:empty)").count() == 0
