"""The reader, by keyboard alone and by mouse, in a notebook in command mode."""

import json
import re

import pytest
from support.lab import write_notebook

PAGE = "readers.ipynb"
HIDDEN, STATEMENT, COMMENTARY, WHOLE = range(4)  # the page's readers from the top


@pytest.fixture(scope="module", autouse=True)
def page_of_readers(course):
    """The same calls as in the lesson, and nothing else: tests that begin anew begin soon."""
    write_notebook(
        course / PAGE,
        "from lessons import open_case, reader\ndanang = open_case('danang-2017')\ndanang",
        "reader(danang, voices_shown=False)",
        "reader(danang, layer='statement')",
        "reader(danang, layer='commentary')",
        "reader(danang, selected='F7')",
    )


def live(root):
    return root.locator(".tv-live")


def said(root, words):
    """Wait until the live region says `words`."""
    root.page.wait_for_function(
        "([live, words]) => live.textContent.includes(words)",
        arg=[live(root).element_handle(), words],
    )


def shown_ids(root):
    return root.locator(".tv-passage").evaluate_all(
        "list => list.filter(p => !p.hidden).map(p => p.dataset.passage)"
    )


def test_by_keyboard_alone(open_notebook):
    notebook = open_notebook(PAGE)
    page, before = notebook.page, notebook.sources()
    root = notebook.enter_widget("reader", WHOLE)

    # Switch layers with the arrow keys of the radio buttons.
    assert "Both" in notebook.focused()
    page.keyboard.press("ArrowRight")
    said(root, "Statement: 13 passages.")
    assert len(shown_ids(root)) == 13
    page.keyboard.press("ArrowRight")
    said(root, "Commentary: 18 passages.")
    page.keyboard.press("ArrowLeft")
    assert shown_ids(root) == [f"S{n}" for n in range(1, 14)]

    # Search, and go from place to place.
    notebook.tab_to("Search the text")
    page.keyboard.type("ceasefire")
    said(root, "ceasefire: 4 in 4 passages.")
    assert root.locator("mark").all_text_contents() == ["ceasefire"] * 4
    page.keyboard.press("Enter")
    said(root, "Place 1 of 4, in S8, Statement.")
    page.keyboard.press("Enter")
    said(root, "Place 2 of 4, in S9, Statement.")
    page.keyboard.press("Shift+Enter")
    said(root, "Place 1 of 4, in S8, Statement.")

    # Select S9 and see that Hamburg is its event.
    notebook.tab_to("S1, Statement")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    assert notebook.focused() == "S9, Statement"
    page.keyboard.press("Enter")
    said(root, "S9, Statement. Events: Trump and Putin meet in Hamburg, 7 July 2017;")
    card = root.locator(".tv-card")
    assert (
        card.locator("[data-event=hamburg-2017]").text_content()
        == "Trump and Putin meet in Hamburg7 July 2017 · Hamburg, Germany"
    )
    assert root.locator(".tv-cite[aria-pressed=true]").text_content() == "■ S9"

    # End, Home, Escape, the list of keys, and the way back to the search.
    page.keyboard.press("End")
    assert notebook.focused() == "S13, Statement"
    page.keyboard.press("Home")
    assert notebook.focused() == "S1, Statement"
    page.keyboard.press("Escape")
    said(root, "Card closed.")
    page.keyboard.press("?")
    assert root.locator(".tv-keys").is_visible()
    page.keyboard.press("?")
    assert not root.locator(".tv-keys").is_visible()
    page.keyboard.press("/")
    assert notebook.focused() == "Search the text"
    page.keyboard.press("Escape")
    assert root.locator("mark").count() == 0

    # Keys that mean something to JupyterLab in command mode did not reach it.
    notebook.tab_to("S1, Statement")
    for key in ("x", "d", "d", "a", "b", "z", "y", "m", "c", "v"):
        page.keyboard.press(key)
    assert notebook.sources() == before


def test_by_mouse(open_notebook):
    notebook = open_notebook(PAGE)
    root = notebook.page.locator(".jp-Notebook .tv-reader").nth(WHOLE)
    root.get_by_role("radio", name="Statement").click()
    assert len(shown_ids(root)) == 13
    gaps = root.locator(".tv-gap").all_text_contents()
    assert "left out here: 10 passages, 10 of commentary" in gaps
    root.get_by_label("Search the text").fill("ceasefire")
    root.get_by_label("Next place").click()
    said(root, "Place 1 of 4, in S8, Statement.")
    root.locator("[data-passage=S9] .tv-said").click()
    card = root.locator(".tv-card")
    assert "Hamburg" in card.text_content()
    # From a passage to one that answers it, which the layer had left out.
    card.get_by_label("Go to A2").click()
    assert root.locator(".tv-cite[aria-pressed=true]").text_content() == "▲ A2"
    assert len(shown_ids(root)) == 40
    assert notebook.focused() == "A2, Commentary"


def test_voices_hidden_until_asked_for(open_notebook):
    notebook = open_notebook(PAGE)
    root = notebook.page.locator(".jp-Notebook .tv-reader").nth(HIDDEN)
    before = root.locator(".tv-page").text_content()
    for word in ("JS:", "Fact:", "Statement", "Commentary", "S1", "F1", "■", "▲"):
        assert word not in re.sub(r"Joint Putin/Trump Statement", "", before), word
    assert before.count("label hidden") == 5 + 16
    colours = root.locator(".tv-said").evaluate_all(
        "list => [...new Set(list.map(p => getComputedStyle(p).borderLeft))]"
    )
    assert len(colours) == 1
    root.get_by_role("button", name="Show whose voice it is").click()
    after = root.locator(".tv-page").text_content()
    assert after.count("Fact:") == 16
    assert after.count("JS:") == 5
    assert "label hidden" not in after
    colours = root.locator(".tv-said").evaluate_all(
        "list => [...new Set(list.map(p => getComputedStyle(p).borderLeft))]"
    )
    assert len(colours) >= 3
    # The button keeps the focus, and hides the voices again: for the next class.
    assert notebook.focused() == "Hide the voices again"
    root.locator("[data-passage=S9] .tv-cite").click()
    root.get_by_role("radio", name="Statement").click()
    root.get_by_role("button", name="Hide the voices again").click()
    assert root.locator(".tv-page").text_content() == before
    assert root.locator(".tv-card h3").text_content() == "Whose voice is it?"
    whole = notebook.page.locator(".jp-Notebook .tv-reader").nth(WHOLE)
    assert whole.locator(".tv-reveal").is_hidden()


def test_every_passage_shows_its_very_words(open_notebook):
    notebook = open_notebook(PAGE)
    root = notebook.page.locator(".jp-Notebook .tv-reader").nth(COMMENTARY)
    shown = root.locator(".tv-passage").evaluate_all(
        "list => list.map(p => [p.dataset.passage, p.querySelector('.tv-said').textContent])"
    )
    expected = notebook.python(
        "import json\nprint(json.dumps([[p, danang.quote(p)] for p in danang.passages.index if danang.passages.loc[p, 'voice'] == 'commentary']))"
    )
    expected = dict(json.loads(expected))
    third = root.locator("[data-passage=F7] .tv-inner")
    assert third.text_content() == "◆ Resolution: immediately cease any attacks against civilians."
    shown = dict(shown)
    shown["F7"] = shown["F7"].replace("◆ Resolution: ", "")
    assert shown == expected


def test_python_reads_and_sets_what_is_shown(open_notebook):
    notebook = open_notebook(PAGE)
    code = (
        "from ipywidgets import Widget\n"
        "readers = [w for w in Widget.widgets.values() if type(w).__name__ == 'Reader']\n"
        "r = [w for w in readers if w._place.endswith('selected=F7,voices_shown=True')][-1]"
    )
    notebook.python(code)
    root = notebook.page.locator(".jp-Notebook .tv-reader").nth(WHOLE)
    root.locator("[data-passage=F3] .tv-cite").click()
    notebook.page.wait_for_timeout(300)
    notebook.python_says("print(r.selected, r.layer, repr(r.query))", "F3 interleaved ''")
    notebook.python("r.layer = 'statement'; r.selected = 'S9'; r.query = 'Hamburg'")
    root.locator("[data-passage=S9] mark").wait_for()
    assert len(shown_ids(root)) == 13
    assert root.locator(".tv-card h3").text_content() == "■ S9 Statement"
    assert "There is no passage 'S99'" in notebook.python("r.selected = 'S99'")
    assert root.locator(".tv-card h3").text_content() == "■ S9 Statement"


def test_the_wheel_goes_on_to_the_page_at_either_end_of_the_text(open_notebook):
    """Who scrolls through the notebook with the pointer over a text is not held there."""
    notebook = open_notebook(PAGE)
    text = notebook.page.locator(".jp-Notebook .tv-reader .tv-page").nth(STATEMENT)
    text.scroll_into_view_if_needed()
    text.hover()
    for place, step in (("w.scrollHeight", 300), ("0", -300)):
        text.evaluate(f"w => w.scrollTo({{top: {place}, behavior: 'instant'}})")
        before = text.bounding_box()["y"]
        notebook.page.mouse.wheel(0, step)
        notebook.page.wait_for_function(
            "([w, y]) => Math.abs(w.getBoundingClientRect().y - y) > 100",
            arg=[text.element_handle(), before],
        )


def test_state_survives_running_the_cell_again_and_a_kernel_restart(open_notebook):
    notebook = open_notebook(PAGE)
    root = notebook.page.locator(".jp-Notebook .tv-reader").nth(WHOLE)
    root.locator("[data-passage=S9] .tv-cite").click()
    root.get_by_label("Search the text").fill("Hamburg")
    notebook.run_all()
    again = notebook.page.locator(".jp-Notebook .tv-reader").nth(WHOLE)
    assert again.locator(".tv-card h3").text_content() == "■ S9 Statement"
    assert again.get_by_label("Search the text").input_value() == "Hamburg"
    notebook.restart_kernel()
    notebook.run_all()
    again = notebook.page.locator(".jp-Notebook .tv-reader").nth(WHOLE)
    assert again.locator(".tv-card h3").text_content() == "■ S9 Statement"
    # The hidden reader of step 1 is another place: nobody has revealed it.
    assert (
        "label hidden"
        in notebook.page.locator(".jp-Notebook .tv-reader").nth(HIDDEN).text_content()
    )
