"""The board of accounts by keyboard and by mouse; what is sent when; what comes back."""

import pytest
from support.axe import axe
from support.lab import opened, until, write_notebook

from lessons import open_case

CASE = open_case("danang-2017")
# The board waits for the exercise that shows A2 first.
ANSWERED = (
    "from lessons.widgets.keeping import work\nfrom lessons.work import Answer\n"
    "work().keep(Answer('a-1', 'danang-2017', 'EX2-06', 'choose-one', 'x', '2026-11-25T07:00:00.000Z'))\n"
)
FIRST = (
    f"from lessons import accounts, open_case, reader\n{ANSWERED}"
    "danang = open_case('danang-2017')\ndanang"
)
CELLS = [FIRST, "accounts(danang)", "r = reader(danang)\nr"]
SAVED = "w.querySelector('.tv-kept').textContent === 'Saved.'"
FITS = dict(zip(CASE.accounts.index, CASE.accounts["fits"].str[0], strict=True))
DONE = "w.querySelectorAll('.tv-acc-after p').length > 0"


@pytest.fixture(scope="module")
def path(course):
    write_notebook(course / "accounts.ipynb", *CELLS)
    return "accounts.ipynb"


@pytest.fixture(scope="module")
def board(shared_page, lab, path):
    with opened(shared_page, lab, path) as notebook:
        yield notebook


def fill(root):
    """Fill the cells by mouse, in the order of the page, as the table has them."""
    lists = root.locator(".tv-acc-cell select")
    for place, value in enumerate(FITS.values()):
        lists.nth(place).select_option(value)


def test_by_keyboard_alone(board):
    notebook, page = board, board.page
    before = notebook.sources()
    root = notebook.enter_widget("accounts")
    for key in ("x", "d", "d", "a", "b"):
        page.keyboard.press(key)
    assert root.locator(".tv-acc-cell select:disabled").count() == 4  # the outside records
    notebook.tab_to("S13, Statement")
    page.keyboard.press("Space")
    notebook.tab_to("A2, Commentary")
    page.keyboard.press("Space")
    notebook.tab_to("These two contradict each other")
    page.keyboard.press("Enter")
    until(root, "w.querySelectorAll('.tv-acc-records > li').length > 4")
    until(root, "w.textContent.includes('Yes: S13 and A2')")  # comes a moment after the records
    # The button is gone: the focus is on what came of it.
    assert "tv-acc-hint" in page.evaluate("document.activeElement.className")
    for column, keys in (("Statement", "says"), ("Commentary", "doe"), ("Outside", "doe")):
        notebook.tab_to(f"{column}: " if column != "Outside" else "Outside records: ")
        page.keyboard.type(keys)
    until(root, "w.textContent.includes('9 cells are still empty')")
    assert root.get_by_role("button", name="Compare").is_disabled()
    for _ in range(9):
        page.keyboard.press("Tab")
        page.keyboard.type("does")
    notebook.tab_to("Compare")
    page.keyboard.press("Enter")
    until(root, DONE)
    until(root, SAVED)
    told = "of 12 cells as this course reads them"
    until(root, f"w.querySelector('.tv-live').textContent.includes('{told}')")
    assert page.evaluate("document.activeElement.tagName") == "H4"
    assert notebook.sources() == before
    text = root.text_content()
    assert all(reason in text for reason in CASE.accounts["reason"])
    assert root.locator(".tv-acc-cell[data-ok='true']").count() > 0
    assert root.locator(".tv-acc-cell[data-ok='false']").count() > 0


def test_a_passage_is_marked_in_the_reader(board):
    board.page.get_by_label("Mark S13 in the reader").click()
    board.python_says("print(r.selected)", "S13")


@pytest.mark.parametrize("name", ["Light", "Dark"])
def test_accessible_with_all_that_can_be_open(name, board):
    board.theme(name)
    board.open_folds()
    assert axe(board.page, ".jp-OutputArea-output") == []


def test_what_is_sent_when_and_what_comes_back(open_notebook, path):
    notebook = open_notebook(path, listen=True)
    page, heard = notebook.page, notebook.heard
    named = {s for sources in CASE.accounts["sources"] for s in sources}
    shows, reasons = set(CASE.sources.loc[list(named), "shows"]), set(CASE.accounts["reason"])

    def seen():
        return heard.of(shows | reasons, notebook)

    def root():
        return page.locator(".tv-accounts").first

    assert seen() == set()
    root().locator(".tv-acc-quote").nth(0).click()  # S1 and S13: not the pair
    root().locator(".tv-acc-quote").nth(1).click()
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    until(root(), "w.querySelectorAll('.tv-acc-quote :checked').length === 2")
    root().get_by_role("button", name="These two contradict").click()
    until(root(), "w.querySelectorAll('.tv-acc-records > li').length > 4")
    said = "This course reads the contradiction in S13 and A2"
    until(root(), "w.textContent.includes(arg)", said)
    assert seen() == shows
    root().locator(".tv-acc-cell select").nth(0).select_option("contradicts")
    until(root(), SAVED)
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    until(root(), "w.querySelector('.tv-acc-cell select').value === 'contradicts'")
    fill(root())
    root().get_by_role("button", name="Compare").click()
    until(root(), DONE)
    assert "12 of 12 cells" in root().text_content()
    notebook.run_all()
    until(root(), DONE)
    assert root().locator(".tv-acc-cell select:disabled").count() == 12
