"""The timeline, by keyboard alone and by mouse, in a notebook in command mode."""

import pytest
from support.lab import until, write_notebook

PAGE = "timelines.ipynb"
LATE, ALL = range(2)  # the page's timelines from the top
PRINTED = [
    "December 2015",
    "February 2012",
    "June 2014",
    "March 2011",
    "1979",
    "July 7, 2017",
    "November 8, 2017",
]
# Events of the article that touch July to November 2017, and none after it.
IN_THE_WINDOW = {
    "hamburg-2017",
    "amman-july-2017",
    "cia-programme-2017",
    "amman-centre-2017",
    "raqqa-2017",
    "deir-ez-zor-2017",
    "amman-mop-2017",
    "abu-kamal-2017",
    "apec-2017",
    "joint-statement-2017",
    "accounts-2017",
}


@pytest.fixture(scope="module", autouse=True)
def page_of_timelines(course):
    """The same calls as in the lesson, and nothing else: tests that begin anew begin soon."""
    write_notebook(
        course / PAGE,
        "from lessons import open_case, timeline\ndanang = open_case('danang-2017')\ndanang",
        "timeline(danang, window='July to November 2017', picked='hamburg-2017')",
        "timeline(danang)",
    )


def rows(root):
    return root.locator(".tv-row").evaluate_all("list => list.map(b => b.dataset.event)")


def until_rows(root, count):
    until(root, "w.querySelectorAll('.tv-row').length === arg", count)


def days(root):
    return root.locator(".tv-days").text_content()


def newest(notebook):
    """Name the kernel's newest timeline of the second kind `t`, as a learner's variable would."""
    notebook.python(
        "from ipywidgets import Widget\n"
        "t = [w for w in Widget.widgets.values() if type(w).__name__ == 'Timeline'][-1]"
    )


def test_by_keyboard_alone(open_notebook):
    notebook = open_notebook(PAGE)
    page, before = notebook.page, notebook.sources()
    root = notebook.enter_widget("timeline", ALL)
    until_rows(root, 25)

    # The named stretches by the arrow keys of their radio buttons, and back.
    assert "All" in notebook.focused()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    until_rows(root, 11)
    assert root.get_by_role("radio", name="July to November 2017").evaluate(
        "radio => radio === document.activeElement"
    )
    page.keyboard.press("ArrowRight")
    until_rows(root, 25)

    # Zoom to July to November 2017 with one key, and back, closer, wider, earlier, later.
    page.keyboard.press("Tab")
    page.keyboard.press("3")
    until_rows(root, 11)
    assert set(rows(root)) == IN_THE_WINDOW
    assert root.get_by_role("radio", name="July to November 2017").is_checked()
    page.keyboard.press("1")
    until_rows(root, 25)
    page.keyboard.press("2")
    until_rows(root, 24)
    assert "iran-1979" not in rows(root)
    for there, back in (("+", "-"), ("ArrowLeft", "ArrowRight")):
        wide = root.locator(".tv-live").text_content()
        page.keyboard.press(there)
        until(root, "w.querySelector('.tv-live').textContent !== arg", wide)
        page.keyboard.press(back)
        page.wait_for_timeout(200)
    page.keyboard.press("3")
    until_rows(root, 11)

    for key in ("x", "d", "d", "a", "b", "z", "m"):
        page.keyboard.press(key)
    assert notebook.sources() == before


def go_to_row(notebook, words):
    """Go to the row of an event: back to the rows if need be, up to the first, down to it."""
    keyboard = notebook.page.keyboard
    for _ in range(40):
        if notebook.page.evaluate("() => document.activeElement.classList.contains('tv-row')"):
            break
        keyboard.press("Shift+Tab")
    for _ in range(12):
        keyboard.press("ArrowUp")
    for _ in range(12):
        if notebook.focused().startswith(words):
            return
        keyboard.press("ArrowDown")
    raise AssertionError(f"the arrow keys never reached {words!r}")


def count(notebook, root, event, button):
    """By keyboard: open the card of an event and press one of its two counting buttons."""
    go_to_row(notebook, event)
    if root.locator(".tv-card h3").text_content() != event:
        notebook.page.keyboard.press("Enter")
    until(root, "w.querySelector('.tv-card h3').textContent === arg", event)
    notebook.tab_to(button)
    notebook.page.keyboard.press("Enter")


def test_days_between_by_keyboard_alone(open_notebook):
    notebook = open_notebook(PAGE)
    page = notebook.page
    root = notebook.enter_widget("timeline", LATE)
    until_rows(root, 11)
    notebook.tab_to("Later")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    count(notebook, root, "Trump and Putin meet in Hamburg", "From this event")
    count(notebook, root, "Memorandum of Principles", "To this event")
    until(root, "w.querySelector('.tv-days').textContent === '124 days'")
    until(root, "w.querySelector('.tv-live').textContent.includes('124 days')")
    count(notebook, root, "Memorandum of Principles", "From this event")
    count(notebook, root, "Joint statement on Syria", "To this event")
    until(root, "w.querySelector('.tv-days').textContent === '3 days'")
    # A date that is not exact gives a range.
    count(notebook, root, "Raqqa taken from ISIS", "From this event")
    until(root, "w.querySelector('.tv-days').textContent === '22 to 25 days'")
    page.keyboard.press("Escape")
    until(root, "w.querySelector('.tv-card h3').textContent === 'Pick an event'")


def test_by_mouse(open_notebook):
    notebook = open_notebook(PAGE)
    page = notebook.page
    root = page.locator(".jp-Notebook .tv-timeline").nth(ALL)
    root.scroll_into_view_if_needed()
    until_rows(root, 25)
    root.get_by_role("radio", name="July to November 2017").click()
    until_rows(root, 11)

    # Pick on the picture: the mark under the pointer is the event that the card shows.
    notebook.settle()  # what is laid out late above would move the picture under the pointer
    root.locator("svg g.events_marks path").nth(0).scroll_into_view_if_needed()
    mark = root.locator("svg g.events_marks path").nth(0).bounding_box()
    page.mouse.click(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    card = root.locator(".tv-card")
    until(root, "w.querySelector('.tv-card h3').textContent === 'Trump and Putin meet in Hamburg'")
    text = card.text_content()
    assert "7 July 2017 · Hamburg, Germany" in text
    assert "Printed in the text (S9: July 7, 2017)." in text
    assert "Only the statement mentions it: S9." in text
    card.locator("summary").click()
    sources = card.locator(".tv-sources li").all_text_contents()
    assert len(sources) == 3
    assert all("Its stake: " in source and "http" in source for source in sources)

    # Zoom by dragging, by button, and move.
    stage = root.locator(".tv-stage").bounding_box()
    y = stage["y"] + stage["height"] - 15
    page.mouse.move(stage["x"] + stage["width"] * 0.72, y)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] * 0.85, y, steps=4)
    page.mouse.move(stage["x"] + stage["width"] * 0.99, y, steps=4)
    page.mouse.up()
    until(root, "w.querySelectorAll('.tv-row').length < 11")
    assert {"amman-mop-2017", "joint-statement-2017"} <= set(rows(root))
    assert "hamburg-2017" not in rows(root)
    closer = len(rows(root))
    root.get_by_role("button", name="Wider").click()
    root.get_by_role("button", name="Wider").click()
    until(root, "w.querySelectorAll('.tv-row').length > arg", closer)
    root.get_by_role("button", name="Earlier").click()

    # Days between by the two lists.
    root.get_by_label("Count days from").select_option("hamburg-2017")
    root.get_by_label("Count days to").select_option("amman-mop-2017")
    assert days(root) == "124 days"
    root.get_by_label("Count days from").select_option("amman-mop-2017")
    root.get_by_label("Count days to").select_option("joint-statement-2017")
    assert days(root) == "3 days"
    root.get_by_label("Count days from").select_option("syria-protests-2011")
    root.get_by_label("Count days to").select_option("referendum-2012")
    assert days(root) == "332 to 362 days"


def test_the_dates_that_the_article_prints(open_notebook):
    notebook = open_notebook(PAGE)
    root = notebook.page.locator(".jp-Notebook .tv-timeline").nth(LATE)
    fold = root.locator("details", has_text="Which dates does the article itself print?")
    assert not fold.locator(".tv-printed").is_visible()
    fold.locator("summary").click()
    assert fold.locator(".tv-printed b").all_text_contents() == PRINTED
    text = fold.text_content()
    assert "7 dates are printed in the text" in text
    missing = fold.locator(".tv-missing").text_content()
    assert "Joint statement on Syria, Danang" in missing
    assert (
        "the text only says \u201ctoday\u201d (S1, S10). 11 November 2017 comes from outside:"
        in missing
    )
    assert "Hamburg" not in missing


def test_later_events_travel_only_when_turned_on(open_notebook):
    notebook = open_notebook(PAGE)
    newest(notebook)
    notebook.python_says("print('southwest-2018' in str(t.get_state()))", "False")
    root = notebook.page.locator(".jp-Notebook .tv-timeline").nth(ALL)
    until_rows(root, 25)
    root.get_by_role("button", name="What came after 12 November 2017").click()
    until_rows(root, 30)
    notebook.python_says("print('southwest-2018' in str(t.get_state()))", "True")
    root.get_by_role("button", name="What came after 12 November 2017").click()
    until_rows(root, 25)


def test_table_twin_sorts(open_notebook):
    notebook = open_notebook(PAGE)
    root = notebook.page.locator(".jp-Notebook .tv-timeline").nth(LATE)
    fold = root.locator("details", has_text="The same as a table")
    fold.locator("summary").click()
    cells = fold.locator("tbody tr td:first-child")
    assert cells.count() == 25
    assert cells.first.text_content() == "Iranian revolution"
    fold.get_by_role("button", name="Date", exact=True).click()
    assert cells.first.text_content() == "Iranian revolution"
    fold.get_by_role("button", name="Date", exact=True).click()
    assert cells.first.text_content() == "Joint statement on Syria"
    assert fold.locator("th[aria-sort=descending]").text_content() == "Date"
    fold.get_by_role("button", name="Event", exact=True).click()
    names = cells.all_text_contents()
    assert names == sorted(names, key=str.lower)


def test_python_reads_and_sets_what_is_shown(open_notebook):
    notebook = open_notebook(PAGE)
    newest(notebook)
    root = notebook.page.locator(".jp-Notebook .tv-timeline").nth(ALL)
    until_rows(root, 25)
    notebook.python("t.picked = 'hamburg-2017'; t.window = ['2017-07-01', '2017-11-30']")
    until_rows(root, 11)
    assert root.locator(".tv-row[aria-pressed=true]").get_attribute("data-event") == "hamburg-2017"
    root.locator("[data-event=amman-mop-2017]").click()
    notebook.page.wait_for_timeout(300)
    notebook.python_says("print(t.picked)", "amman-mop-2017")
    assert "There is no event 'x'" in notebook.python("t.picked = 'x'")
