"""Every notebook, whole, in a real JupyterLab with the network cut.

The tests of one notebook share its page and stand in the order of its life: it is seen as cloned, is
run and saves itself, is loaded again beside its kernel, and printed. The last test opens all of them
on another day. What a notebook shows in pieces, or when its kernel has forgotten it all:
test_browser_every_widget.py.
"""

import html
import re
from pathlib import Path

import pytest
from support.axe import axe
from support.lab import Lab, Notebook, leaving
from support.saved import BAD_WORDS, assert_pictures_and_sentences, read, views

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(
    path.relative_to(ROOT).as_posix() for path in (ROOT / "notebooks").glob("*.ipynb")
)

VIEWS = """() => jupyterapp.shell.currentWidget.content.widgets.flatMap(cell => {
  const area = cell.outputArea; if (!area) return [];
  return [...Array(area.model.length).keys()].filter(i =>
    'application/vnd.jupyter.widget-view+json' in area.model.get(i).data).map(i => {
      const root = area.widgets[i].node.querySelector('.tv');
      return root ? root.className : null; }); })"""

CHARTS = """() => [...document.querySelectorAll('.jp-Notebook .tv')].filter(w => w.querySelector('.tv-picture') && !w.matches('.tv-guess')).map(w => ({
  kind: w.className,
  description: w.querySelector('[role="graphics-document"]')?.getAttribute('aria-label'),
  words: w.querySelector('.tv-sentence')?.textContent,
  marks: Math.max(0, ...[...w.querySelectorAll('svg.marks g.role-mark')].filter(g => /mark-(rect|symbol|bar)/.test(g.getAttribute('class'))).map(g => g.children.length)),
  rows: w.querySelectorAll('.tv-table tbody tr').length,
  buttons: w.querySelectorAll('.tv-row').length}))"""

# The picture in the contents is there while its fold is open: a page that is loaded again closes it.
LIVE = """() => [...document.querySelectorAll('.jp-Notebook .tv:not(.tv-contents .tv)')].map(w => ({kind: w.className.split(' ')[1],
  marks: w.matches('.tv-contents, .tv-portfolio') ? 0 : w.querySelectorAll('svg.marks path').length, links: w.querySelectorAll('.tv-contents-list a').length, passages: w.querySelectorAll('.tv-said').length,
  selected: [...w.querySelectorAll('.tv-passage.tv-selected')].map(li => li.dataset.passage),
  card: w.querySelector('.tv-card h3')?.textContent ?? null,
  asks: w.matches('.tv-exercise, .tv-check, .tv-mywork, .tv-sorter, .tv-marker, .tv-checker, .tv-accounts, .tv-guess, .tv-rewrite, .tv-portfolio') ? w.querySelectorAll('.tv-body input, .tv-body select, .tv-body textarea, .tv-body button').length : 0,
  deck: w.querySelectorAll('.tv-chip').length, open: w.querySelector('.tv-chip[aria-current]')?.dataset.item ?? null,
  pressed: [...w.querySelectorAll('.tv-row[aria-pressed=true]')].map(b => b.dataset.event)}))"""


def scroll_through(notebook):
    """Bring every output into view once: JupyterLab may draw late what is not seen."""
    for cell in notebook.page.locator(".jp-Notebook .jp-CodeCell").all():
        cell.scroll_into_view_if_needed()
        notebook.page.wait_for_timeout(150)
    notebook.settle()


def assert_fine(notebook):
    """No cell failed, every widget is there, no error text shows."""
    cells = [c for c in notebook.model()["cells"] if c["cell_type"] == "code"]
    assert all(c["execution_count"] for c in cells)
    assert not [o for c in cells for o in c["outputs"] if o["output_type"] in ("error", "stream")]
    views = notebook.page.evaluate(VIEWS)
    assert views
    assert None not in views
    text = notebook.outputs_text()
    assert not [words for words in BAD_WORDS if words in text]


def assert_charts(notebook):
    """Every chart has its rows as marks, a description, and a table beside it."""
    charts = notebook.page.evaluate(CHARTS)
    drawn = ("show(", "timeline(", "place_map(")
    assert bool(charts) == any(call in "\n".join(notebook.sources()) for call in drawn)
    # What readers found is not drawn before the learner has guessed.
    assert notebook.page.locator(".jp-Notebook .tv-guess svg").count() == 0
    for chart in charts:
        shown = chart["buttons"] if "tv-timeline" in chart["kind"] else chart["rows"]
        assert shown > 0
        assert chart["marks"] == shown, chart
        assert chart["rows"] >= shown
        assert len(chart["description"]) > 40
        if chart["words"]:
            assert chart["words"] == chart["description"]


@pytest.fixture(scope="module", params=NOTEBOOKS)
def run(request, shared_page, lab):
    """A notebook, opened by somebody new; its page stays open from test to test."""
    shared_page.set_default_timeout(60_000)
    notebook = Notebook(shared_page, lab, request.param).open_anew(clear=False)
    notebook.toggle_autosave()
    yield notebook
    if shared_page.url != "about:blank":  # else the first day has ended, and that with it
        notebook.toggle_autosave()


@pytest.fixture(autouse=True)
def nothing_wrong(shared_page):
    """What the page did that is not allowed fails in the test that it happened in."""
    yield
    assert not any(shared_page.notes.values()), shared_page.notes


def test_as_cloned(run, course):
    """Untrusted and never run."""
    file = course / run.path
    assert views(file) == 0
    run.settle()
    assert_pictures_and_sentences(run, trusted=False, file=file)
    assert views(file) == 0


def test_runs_whole_and_accessibly(run, course):
    run.command("notebook:clear-all-cell-outputs")
    run.run_all()
    scroll_through(run)
    assert_fine(run)
    assert_charts(run)
    for fold in run.page.locator(
        ".tv-body > details > summary, .tv-body > div > details > summary"
    ).all():
        if fold.is_visible():  # that of a disagreement comes with the answer
            fold.click()
    assert axe(run.page, ".jp-OutputArea-output") == []
    run.theme("Dark")
    assert axe(run.page, ".jp-OutputArea-output") == []
    run.theme("Light")
    wait_until_saved(run, course / run.path)


def wait_until_saved(notebook, file, seconds=40):
    """Wait for JupyterLab's own autosave.

    After a slow save it pauses for ten times as long as that took. When that is too long for a
    test, the notebook is saved by command half way: it writes the same file.
    """
    for tick in range(seconds * 5):
        if views(file) == len(read(file)) - 1:
            return
        if tick == seconds * 5 // 2:
            notebook.save()
        notebook.page.wait_for_timeout(200)
    state = notebook.page.evaluate(
        """() => { const c = jupyterapp.shell.currentWidget.context; return JSON.stringify({
        path: c.path, dirty: c.model.dirty, dialog: document.querySelector('.jp-Dialog')?.innerText,
        status: jupyterapp.shell.currentWidget.sessionContext.kernelDisplayStatus}); }"""
    )
    pytest.fail(f"Not within {seconds} s; the page: {state}")


def set_state(notebook):
    """Pick something in one of the notebook's widgets, as a learner or as Python would."""
    page = notebook.page
    if page.locator(".tv-deck .tv-chip[data-item=SA12]").count():
        page.locator(".tv-deck .tv-chip[data-item=SA12]").first.click()
        return {"deck": 17, "open": "SA12"}
    if not page.locator(".tv-timeline").count():
        page.locator(".tv-reader").last.locator("[data-passage='S9'] .tv-cite").click()
        return {"selected": ["S9"], "card": "\u25a0 S9 Statement"}
    notebook.python(
        "from ipywidgets import Widget\n"
        "for w in list(Widget.widgets.values()):\n"
        "    if type(w).__name__ == 'Timeline': w.picked = 'amman-mop-2017'"
    )
    page.locator(".tv-row[data-event='amman-mop-2017'][aria-pressed=true]").first.wait_for()
    return {"pressed": ["amman-mop-2017"], "card": "Memorandum of Principles"}


def test_reload_with_a_live_kernel_brings_the_widgets_back(run):
    state = set_state(run)
    scroll_through(run)
    there = "w => w.passages || w.marks > 3 || w.deck || w.asks || w.links"
    run.page.wait_for_function(f"() => ({LIVE})().every({there})")
    before = run.page.evaluate(LIVE)
    assert state in [{name: widget[name] for name in state} for widget in before]
    assert all(
        widget["passages"]
        or widget["marks"] > 3
        or widget["deck"]
        or widget["asks"]
        or widget["links"]
        for widget in before
    )
    run.save()
    run.reload()
    run.wait_ready()
    run.page.wait_for_function(f"count => ({LIVE})().length === count", arg=len(before))
    scroll_through(run)
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


def test_on_the_second_day(new_page, shared_page, lab, course):
    """All are there as they were saved: trusted, with pictures, and nothing is live."""
    first_day = Notebook(shared_page, lab, NOTEBOOKS[-1])
    first_day.toggle_autosave()
    first_day.close_all()  # with its kernel
    # Both days keep their screens in one folder: the first one's page is not to look there meanwhile.
    with leaving(shared_page):
        shared_page.goto("about:blank")
    saved = [path for path in NOTEBOOKS if views(course / path) > 0]
    assert saved == NOTEBOOKS
    with Lab(course, lab.state) as second_day:
        page = new_page(second_day)
        for path in NOTEBOOKS:
            notebook = Notebook(page, second_day, path)
            notebook = notebook.open() if path == NOTEBOOKS[0] else notebook.follow()
            notebook.settle()
            assert_pictures_and_sentences(notebook, trusted=True, file=course / path)
        with leaving(page):
            page.close()
