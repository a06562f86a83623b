"""The sorter by keyboard alone, by mouse and by menu; what is kept, what is heard, what is hidden."""

import pytest
from support.axe import axe
from support.lab import until, write_notebook

from lessons import open_case

CASE = open_case("danang-2017")
FIRST = "from lessons import open_case, sorter\ndanang = open_case('danang-2017')\ndanang"
CELLS = [FIRST, "sorter(danang)"]
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"
STRAY = ("x", "d", "d", "a", "b", "z", "m", "9", "0")
COUNT = "w.querySelector('.tv-count').textContent === arg"
VALUES = (
    "from lessons.widgets.keeping import work\n"
    "t = work().answers\n"
    "print(sorted({(v['kind'], v['sure']) for v in t.value}), len(t), set(t.kind))"
)


@pytest.fixture(scope="module")
def path(course):
    write_notebook(course / "sorter.ipynb", *CELLS)
    return "sorter.ipynb"


@pytest.fixture
def notebook(open_notebook, path):
    """The notebook for somebody who has sorted nothing yet, in a page that shows the whole board."""
    notebook = open_notebook(path)
    notebook.page.set_viewport_size({"width": 1280, "height": 1100})
    return notebook


def sorter_of(notebook):
    return notebook.page.locator(".tv-sorter")


def now_at(root, text):
    until(root, COUNT, text)


def test_the_whole_set_by_keyboard_alone(notebook):
    page, before = notebook.page, notebook.sources()
    root = notebook.enter_widget("sorter")
    for key in STRAY:
        page.keyboard.press(key)
    assert root.locator(".tv-bin-cards .tv-chip").count() == 0
    notebook.tab_to("Next card")  # out of the bar, into the card
    page.keyboard.press("ArrowRight")
    now_at(root, "2 of 12, 0 sorted")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")  # nothing chosen: nothing kept, and a word what to do
    until(root, "w.querySelector('.tv-live').textContent === 'Choose a kind first.'")
    page.keyboard.press("3")
    page.keyboard.press("6")  # changed before it is kept
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    now_at(root, "2 of 12, 1 sorted")
    assert notebook.focused() == "Card 2"
    for number in range(2, 13):
        for key in (str((number - 1) % 8 + 1), "Space", "Enter"):
            page.keyboard.press(key)
        now_at(root, f"{min(number + 1, 12)} of 12, {number} sorted")
    until(root, SAVED)
    assert notebook.focused() == "Compare"
    page.keyboard.press("Enter")
    until(root, "w.querySelectorAll('.tv-sorting-each > details').length === 12")
    until(root, "document.activeElement.textContent === 'Your cards and two readings'")
    until(root, "w.querySelector('.tv-live').textContent.startsWith('You compared 12 cards.')")
    assert "All labels together" in root.locator(".tv-sorting-result").text_content()
    notebook.tab_to("Card 1")
    page.keyboard.press("Enter")
    notebook.tab_to("I disagree")
    page.keyboard.press("Enter")
    notebook.tab_to("What is wrong")
    page.keyboard.type("1 and 2: it is a cause.")
    notebook.tab_to("Keep my reason")
    page.keyboard.press("Enter")
    until(root, SAVED)
    first = root.locator(".tv-sorting-each > details").first.text_content()
    assert "a motive, 60 % sure" in first
    assert notebook.sources() == before
    notebook.python("from lessons.widgets.keeping import work")
    code = "print(len(work().answers), sum(work().answers.kind == 'disagree'))"
    notebook.python_says(code, "13 1")


def test_by_drag_by_bin_and_by_menu(notebook):
    page, root = notebook.page, sorter_of(notebook)
    slip, bins = root.locator(".tv-slip:visible"), root.locator(".tv-bin")
    slip.drag_to(bins.nth(4))
    until(root, "w.querySelectorAll('.tv-bin')[4].querySelector('.tv-chip') !== null")
    slip.drag_to(bins.nth(2))  # moved again: it lies in one bin only
    until(root, "w.querySelectorAll('.tv-bin')[2].querySelector('.tv-chip') !== null")
    assert root.locator(".tv-bin-cards .tv-chip").count() == 1
    card = root.locator(".tv-sorting-card:visible")
    card.get_by_label("80 %").check(force=True)
    card.get_by_role("button", name="Keep and go on").click()
    now_at(root, "2 of 12, 1 sorted")
    root.get_by_role("button", name="5 a prediction").click()
    card.get_by_label("It is mainly").select_option("attribution")
    card.get_by_label("100 %").check(force=True)
    card.get_by_role("button", name="Keep and go on").click()
    now_at(root, "3 of 12, 2 sorted")
    root.get_by_role("button", name="5 a prediction").click()
    card.get_by_label("50 %").check(force=True)
    card.get_by_role("button", name="Keep and go on").click()
    now_at(root, "4 of 12, 3 sorted")
    until(root, SAVED)
    expected = "[('attribution', 100), ('causal', 80), ('prediction', 50)] 3 {'sorted'}"
    notebook.python_says(VALUES, expected)
    root.get_by_role("button", name="Card 1, kept").click()  # back to what lies in a bin
    now_at(root, "1 of 12, 3 sorted")
    assert "a cause, 80 % sure" in card.text_content()
    page.keyboard.press("4")  # a kept card stays
    assert root.locator(".tv-bin").nth(3).locator(".tv-chip").count() == 0
    page.keyboard.press("ArrowRight")
    now_at(root, "2 of 12, 3 sorted")


def test_all_cards_as_a_list(notebook):
    root = sorter_of(notebook)
    root.get_by_label("All cards").check(force=True)
    cards = root.locator(".tv-sorting-card:visible")
    until(root, "[...w.querySelectorAll('.tv-sorting-card')].every(c => c.checkVisibility())")
    assert cards.count() == 12
    cards.nth(2).locator(".tv-slip").drag_to(root.locator(".tv-bin").nth(0))
    until(root, "w.querySelector('.tv-bin .tv-chip')?.textContent === '3'")
    cards.nth(2).get_by_label("90 %").check(force=True)
    cards.nth(4).get_by_label("It is mainly").select_option("motive")
    cards.nth(4).get_by_label("50 %").focus()
    notebook.page.keyboard.press("2")
    until(root, "w.querySelectorAll('.tv-bin')[1].querySelector('.tv-chip')?.textContent === '5'")
    cards.nth(2).get_by_role("button", name="Keep and go on").click()
    now_at(root, "4 of 12, 1 sorted")
    assert axe(notebook.page, ".tv-sorter") == []


def test_nothing_sorted_and_some_sorted_and_everything_comes_back(notebook):
    root = sorter_of(notebook)
    root.get_by_role("button", name="Compare", exact=True).click()
    said = root.locator(".tv-sorting-result").text_content()
    assert said.startswith("You have not sorted a card yet")
    card = root.locator(".tv-sorting-card:visible")
    root.get_by_role("button", name="1 a checkable fact").click()
    card.get_by_label("50 %").check(force=True)
    card.get_by_role("button", name="Keep and go on").click()
    until(root, SAVED)
    root.get_by_role("button", name="Compare these 1").click()
    until(root, "w.querySelectorAll('.tv-sorting-each > details').length === 1")
    root.get_by_role("button", name="4 a generalisation").click()  # half an answer

    def still_there():
        until(root, "w.querySelectorAll('.tv-sorting-each > details').length === 1")
        now_at(root, "2 of 12, 1 sorted")
        assert root.get_by_role("button", name="Card 2, not kept yet").is_visible()

    labels = root.locator(".tv-printed").all_text_contents()
    notebook.run_all()
    still_there()
    notebook.restart_kernel()
    notebook.run_all()
    still_there()
    assert root.locator(".tv-printed").all_text_contents() == labels  # the same half is hidden
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    still_there()


@pytest.mark.parametrize("name", ["Light", "Dark"])
def test_accessible_with_all_that_can_be_open(name, notebook):
    page, root = notebook.page, sorter_of(notebook)
    root.locator(".tv-sorting-card:visible h4").focus()
    for key in ("1", "Space", "Enter", "2", "Space", "Enter", "5"):
        page.keyboard.press(key)
    root.get_by_role("button", name="Compare these 2").click()
    until(root, "w.querySelectorAll('.tv-sorting-each > details').length === 2")
    notebook.theme(name)
    notebook.open_folds()
    assert axe(page, ".tv-sorter") == []


def test_nothing_is_sent_before_the_card_is_sorted_and_compared(open_notebook, path):
    notebook = open_notebook(path, listen=True)
    page, heard = notebook.page, notebook.heard
    every = {*CASE.claim_readings["why"], *CASE.claims["neutral"]}

    def seen():
        return heard.of(every, notebook)

    root = sorter_of(notebook)
    root.locator(".tv-sorting-card:visible h4").focus()
    for key in ("1", "Space", "Enter"):
        page.keyboard.press(key)
    until(root, SAVED)
    notebook.settle()
    assert seen() == set()
    root.get_by_role("button", name="Compare these 1").click()
    until(root, "w.querySelector('.tv-sorting-each') !== null")
    claim = notebook.python(
        "from lessons.widgets.keeping import work\nprint(work().answers.item.iloc[0])"
    ).removeprefix("kind:")
    own = CASE.claim_readings[CASE.claim_readings["claim_id"] == claim]["why"]
    assert seen() == {*own, CASE.claims.loc[claim, "neutral"]}
