"""A guess by keyboard and by mouse; what is sent when; what waits; what comes back."""

import pytest
from support.axe import axe
from support.lab import opened, until, write_notebook

from lessons import charts, open_case

CASE = open_case("danang-2017")
CELLS = [
    "from lessons import charts, exercise, guess, open_case\ndanang = open_case('danang-2017')\ndanang",
    "guess(danang, 'GU-naming', charts.naming_chart(danang))",
    "guess(danang, 'GU-deeds', charts.deeds_chart(danang))",
    "guess(danang, 'GU-techniques', charts.techniques_chart(danang))",
]
NAMING = charts.naming_chart(CASE)
TOLD = {NAMING.description, CASE.guesses.loc["GU-naming", "reflect"]}
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"
DRAWN = "w.querySelector('.tv-picture svg')"


@pytest.fixture(scope="module")
def guesses(shared_page, lab, course):
    write_notebook(course / "guesses.ipynb", *CELLS)
    with opened(shared_page, lab, "guesses.ipynb") as notebook:
        yield notebook


def test_by_keyboard_alone_and_nothing_told_before(guesses):
    notebook, page, before = guesses, guesses.page, guesses.sources()
    root = notebook.enter_widget("guess")
    assert notebook.heard.of(TOLD, notebook) == set()
    assert root.locator(".tv-guess-result").is_hidden()
    assert root.locator("svg").count() == 0
    notebook.tab_to("in the statement")
    page.keyboard.press("x")  # a stray key reaches no cell
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    until(root, DRAWN)
    until(root, SAVED)
    assert page.evaluate("document.activeElement.textContent").startswith(
        "You guessed: in the commentary."
    )
    assert notebook.heard.of(TOLD, notebook) == TOLD
    assert NAMING.description in root.locator(".tv-live").text_content()
    assert CASE.guesses.loc["GU-naming", "reflect"] in root.text_content()
    assert root.get_by_text("No human coder has checked them").count() == 1
    notebook.tab_to("The same as a table")
    page.keyboard.press("Enter")
    assert root.locator("tbody tr").count() == len(NAMING.data)
    assert notebook.sources() == before


def test_by_mouse_and_the_waiting_one_waits(guesses):
    root = guesses.page.locator(".tv-guess").nth(1)
    root.get_by_text("Syria", exact=True).click()
    root.get_by_role("button", name="Keep my guess").click()
    until(root, DRAWN)
    assert root.get_by_role("radio").first.is_disabled()
    waiting = guesses.page.locator(".tv-guess").nth(2)
    text = waiting.text_content()
    assert "waits for your answer to \u201cMark the techniques\u201d" in text
    assert CASE.guesses.loc["GU-techniques", "prompt"] not in text


@pytest.mark.parametrize("name", ["Light", "Dark"])
def test_accessible_with_the_picture(guesses, name):
    guesses.theme(name)
    guesses.look_at_pictures()
    assert axe(guesses.page, ".jp-Notebook .tv") == []


def test_it_comes_back_after_a_reload_and_a_new_kernel(guesses):
    def there():
        root = guesses.page.locator(".tv-guess").first
        until(root, DRAWN)
        assert "You guessed: in the commentary." in root.text_content()

    guesses.survives(there)
