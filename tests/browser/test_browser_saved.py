"""What a saved notebook shows after a reload (the second day: test_browser_second_day.py)."""

import html
import re
from pathlib import Path

import pytest
from support.lab import opened
from support.saved import BAD_WORDS, assert_pictures_and_sentences, read, views

ROOT = Path(__file__).parents[2]
PATHS = [f"notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]

LIVE = """() => [...document.querySelectorAll('.jp-Notebook .tv')].map(w => ({kind: w.className.split(' ')[1],
  marks: w.querySelectorAll('svg.marks path').length, passages: w.querySelectorAll('.tv-said').length,
  selected: [...w.querySelectorAll('.tv-passage.tv-selected')].map(li => li.dataset.passage),
  card: w.querySelector('.tv-card h3')?.textContent ?? null,
  asks: w.matches('.tv-exercise, .tv-check, .tv-mywork, .tv-sorter, .tv-marker, .tv-checker, .tv-accounts, .tv-guess') ? w.querySelectorAll('.tv-body input, .tv-body select, .tv-body textarea, .tv-body button').length : 0,
  deck: w.querySelectorAll('.tv-chip').length, open: w.querySelector('.tv-chip[aria-current]')?.dataset.item ?? null,
  pressed: [...w.querySelectorAll('.tv-row[aria-pressed=true]')].map(b => b.dataset.event)}))"""


@pytest.fixture(scope="module", params=PATHS)
def run(request, browser, lab):
    """A notebook that was run; its page stays open from test to test."""
    with opened(browser, lab, request.param) as notebook:
        yield notebook


def set_state(notebook):
    """Pick something in the notebook's second widget, as a learner and as Python would."""
    if "01" in notebook.path:
        cite = notebook.page.locator(".tv-reader").nth(1).locator("[data-passage='S9'] .tv-cite")
        cite.click()
        return {"selected": ["S9"], "card": "\u25a0 S9 Statement"}
    if "02" in notebook.path:
        notebook.page.locator(".tv-deck").first.locator(".tv-chip[data-item=SA12]").click()
        return {"deck": 17, "open": "SA12"}
    if any(number in notebook.path for number in ("00", "03", "04", "06")):
        notebook.page.locator(".tv-reader [data-passage='S9'] .tv-cite").click()
        return {"selected": ["S9"], "card": "\u25a0 S9 Statement"}
    notebook.python(
        "from ipywidgets import Widget\n"
        "for w in list(Widget.widgets.values()):\n"
        "    if type(w).__name__ == 'Timeline': w.picked = 'amman-mop-2017'"
    )
    row = notebook.page.locator(".tv-row[data-event='amman-mop-2017'][aria-pressed=true]")
    row.first.wait_for()
    return {"pressed": ["amman-mop-2017"], "card": "Memorandum of Principles"}


def test_reload_with_a_live_kernel_brings_the_widgets_back(run):
    state = set_state(run)
    look_at_all(run)
    there = "w => w.passages || w.marks > 3 || w.deck || w.asks"
    run.page.wait_for_function(f"() => ({LIVE})().every({there})")
    before = run.page.evaluate(LIVE)
    assert state in [{name: widget[name] for name in state} for widget in before]
    assert all(
        widget["passages"] or widget["marks"] > 3 or widget["deck"] or widget["asks"]
        for widget in before
    )
    run.save()
    run.reload()
    run.wait_ready()
    run.page.wait_for_function(f"count => ({LIVE})().length === count", arg=len(before))
    look_at_all(run)
    assert run.page.evaluate(LIVE) == before
    assert not [words for words in BAD_WORDS if words in run.outputs_text()]
    assert run.python("print(len(Out))") == str(len(before) + 1)  # nothing ran again


def test_file_print_notebook_prints_pictures_and_sentences(run, course):
    """JupyterLab prints what nbconvert makes of the saved file; nothing of a widget lives there."""
    run.save()
    printed = run.page.evaluate(
        "async path => (await fetch(`/nbconvert/html/${path}?download=false`)).text()", run.path
    )
    plain = html.unescape(printed)  # quotation marks are written in two ways
    for cell in read(course / run.path)[1:]:
        (saved,) = [output["data"]["text/html"] for output in cell["outputs"]]
        sentence = re.search(r"<p>(.*?)</p>", "".join(saved))[1]
        assert f"<p>{html.unescape(sentence)}</p>" in plain
    assert printed.count('src="data:image/svg+xml;base64,') == len(read(course / run.path)) - 1
    assert not [words for words in BAD_WORDS if words in printed]


def test_reload_after_a_kernel_restart_shows_pictures(run, course):
    run.save()
    run.restart_kernel()
    file = course / run.path
    assert views(file) == len(read(file)) - 1
    run.reload()
    run.wait_ready()
    run.settle()
    assert_pictures_and_sentences(run, trusted=True, file=file)


def look_at_all(notebook):
    """Bring every cell into view once: JupyterLab may draw late what is not seen."""
    for cell in notebook.page.locator(".jp-Notebook .jp-CodeCell").all():
        cell.scroll_into_view_if_needed()
        notebook.page.wait_for_timeout(150)
    notebook.settle()
