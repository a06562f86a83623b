"""What a saved notebook shows: as cloned, on the second day, and after a reload."""

import html
import json
import re
import shutil
from pathlib import Path

import pytest
from support.lab import Lab, Notebook, leaving, opened

ROOT = Path(__file__).parents[2]
PATHS = [f"notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
VIEW = "application/vnd.jupyter.widget-view+json"
BAD_WORDS = (
    "Error displaying widget",
    "Loading widget",
    "Error creating widget",
    "Traceback",
    "model not found",
)

# By code cell: is it trusted, is there a live widget, do its pictures really show, what does it say.
SHOWN = """async () => { const cells = [];
for (const cell of jupyterapp.shell.currentWidget.content.widgets) {
  if (cell.model.type !== 'code') continue;
  cell.node.scrollIntoView({block: 'center'});
  await new Promise(done => setTimeout(done, 150));
  const out = cell.node.querySelector('.jp-OutputArea'); const box = node => node.getBoundingClientRect();
  cells.push({trusted: cell.model.trusted, live: out.querySelectorAll('.tv').length,
    pictures: [...out.querySelectorAll('img')].map(i => [i.naturalWidth, box(i).width, box(i).height, i.alt]),
    sentences: [...out.querySelectorAll('p')].filter(p => box(p).height > 0).map(p => p.textContent.trim()),
    text: out.innerText}); }
return cells; }"""


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The notebooks as they are committed: executed."""
    folder = tmp_path_factory.mktemp("executed")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    return folder


@pytest.fixture(scope="module")
def course(executed, tmp_path_factory):
    """What `lab` serves: the executed notebooks."""
    return shutil.copytree(executed, tmp_path_factory.mktemp("course"), dirs_exist_ok=True)


def read(file):
    """A saved notebook's code cells."""
    notebook = json.loads(file.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def views(file):
    try:
        cells = read(file)
    except json.JSONDecodeError:
        return -1  # JupyterLab is just writing it
    return sum(VIEW in output.get("data", {}) for cell in cells for output in cell["outputs"])


def assert_pictures_and_sentences(notebook, *, trusted, file):
    """Every code cell but the first shows its picture and its sentence, and nothing is live."""
    cells = notebook.page.evaluate(SHOWN)
    assert len(cells) == len(read(file)) > 2
    assert [cell["trusted"] for cell in cells] == [trusted] * len(cells)
    for number, cell in enumerate(cells):
        assert cell["live"] == 0
        assert not [words for words in BAD_WORDS if words in cell["text"]]
        assert [text for text in cell["sentences"] if text.endswith(".") and len(text.split()) > 5]
        assert bool(cell["pictures"]) == (number > 0)
        for natural, width, height, alt in cell["pictures"]:
            assert natural > 0
            assert width > 100
            assert height > 50
            assert alt in cell["sentences"]


def test_as_cloned_untrusted_and_never_run(course, lab, new_page):
    page = new_page(lab)
    for path in PATHS:
        notebook = Notebook(page, lab, path).open()
        notebook.settle()
        assert_pictures_and_sentences(notebook, trusted=False, file=course / path)


def test_second_day(executed, new_page, tmp_path):
    course = shutil.copytree(executed, tmp_path / "course")
    with Lab(course, tmp_path / "state", autosave=True) as first_day:
        page = new_page(first_day)
        for path in PATHS:
            assert views(course / path) == 0
            notebook = Notebook(page, first_day, path).open().run_all()
            widgets = len(read(course / path)) - 1
            wait_until_saved(
                notebook, lambda path=path, widgets=widgets: views(course / path) == widgets
            )
        with leaving(page):
            page.context.close()
    for path in PATHS:
        assert views(course / path) > 0  # stopping the server changed nothing
    with Lab(course, tmp_path / "state") as second_day:
        page = new_page(second_day)
        for path in PATHS:
            notebook = Notebook(page, second_day, path).open()
            notebook.settle()
            assert_pictures_and_sentences(notebook, trusted=True, file=course / path)
        with leaving(page):
            page.context.close()


def wait_until_saved(notebook, saved, seconds=40):
    """Wait for JupyterLab's own autosave.

    After a slow save it pauses for ten times as long as that took. When that is too long for a
    test, the notebook is saved by command half way: it writes the same file.
    """
    for tick in range(seconds * 5):
        if saved():
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
