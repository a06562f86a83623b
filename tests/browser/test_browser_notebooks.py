"""Every notebook, whole, in a real JupyterLab with the network cut."""

from pathlib import Path

import pytest
from support.axe import axe
from support.lab import Lab, Notebook
from support.saved import BAD_WORDS

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

IN_VIEW = """() => [...document.querySelectorAll('.jp-Notebook .tv')].filter(w => {
  const box = w.getBoundingClientRect(); return box.width && box.bottom > 0 && box.top < innerHeight; })
  .map(w => [w.className, w.getBoundingClientRect().height])"""

# All that is in view has been drawn, and none of it is an error.
DRAWN = (
    f"words => ({IN_VIEW})().every(([, height]) => height >= 100)"
    " && ![...document.querySelectorAll('.jp-OutputArea-output')].some("
    "output => words.some(word => output.innerText.includes(word)))"
)


def scroll_through(page):
    """Bring every output into view once: JupyterLab may draw late what is not seen."""
    for cell in page.locator(".jp-Notebook .jp-CodeCell").all():
        cell.scroll_into_view_if_needed()
        page.wait_for_timeout(150)


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


@pytest.fixture(scope="module")
def full_windowing(browser, course, tmp_path_factory):
    """A JupyterLab in which only what is in view is in the page."""
    with Lab(course, tmp_path_factory.mktemp("state"), windowing="full") as started:
        yield started


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_runs_whole_and_accessibly(path, lab, new_page):
    lab.forget()
    notebook = Notebook(new_page(lab), lab, path).open(clear=True).run_all()
    scroll_through(notebook.page)
    notebook.settle()
    assert_fine(notebook)
    assert_charts(notebook)
    for fold in notebook.page.locator(
        ".tv-body > details > summary, .tv-body > div > details > summary"
    ).all():
        if fold.is_visible():  # that of a disagreement comes with the answer
            fold.click()
    assert axe(notebook.page, ".jp-OutputArea-output") == []
    notebook.theme("Dark")
    assert axe(notebook.page, ".jp-OutputArea-output") == []


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_runs_whole_with_full_windowing(path, full_windowing, new_page):
    lab = full_windowing
    notebook = Notebook(new_page(lab), lab, path).open(clear=True).run_all()
    seen = set()
    for direction in (1, -1, 1):  # down, up, down: outputs are detached and come again
        for _ in range(40):
            notebook.page.wait_for_function(DRAWN, arg=BAD_WORDS)  # else it fails by its time
            shown = notebook.page.evaluate(IN_VIEW)
            seen |= {kind.split()[1] for kind, _ in shown}
            text = notebook.outputs_text()
            assert not [words for words in BAD_WORDS if words in text]
            if not notebook.scroll(direction * 500, wait=60):
                break
    code = "\n".join(notebook.sources())
    calls = {
        "reader(": "tv-reader",
        "show(": "tv-chart",
        "timeline(": "tv-timeline",
        "judge(": "tv-deck",
        "side_by_side(": "tv-sides",
        "place_map(": "tv-map",
        "exercise(": "tv-exercise",
        "guess(": "tv-guess",
        "check_form(": "tv-check",
        "checker(": "tv-checker",
        "accounts(": "tv-accounts",
        "marker(": "tv-marker",
        "my_work(": "tv-mywork",
        "sorter(": "tv-sorter",
    }
    assert seen == {kind for call, kind in calls.items() if f"\n{call}" in code}
