"""A notebook with every widget, shown in pieces, and loaded again when its kernel forgot it all."""

import re

import pytest
from support.every_widget import EVERY_WIDGET
from support.lab import opened, write_notebook
from support.saved import BAD_WORDS, assert_pictures_and_sentences, read, views

import lessons

IN_VIEW = """() => [...document.querySelectorAll('.jp-Notebook .tv')].filter(w => {
  const box = w.getBoundingClientRect(); return box.width && box.bottom > 0 && box.top < innerHeight; })
  .map(w => [w.className, w.getBoundingClientRect().height])"""

# All that is in view has been drawn, and none of it is an error.
DRAWN = (
    f"words => ({IN_VIEW})().every(([, height]) => height >= 100)"
    " && ![...document.querySelectorAll('.jp-OutputArea-output')].some("
    "output => words.some(word => output.innerText.includes(word)))"
)

# What a notebook can call, and what that puts on the page where it has another name.
FUNCTIONS = set(lessons.__all__) - {"Case", "open_case"}
KINDS = {
    "show": "tv-chart",
    "judge": "tv-deck",
    "side_by_side": "tv-sides",
    "place_map": "tv-map",
    "check_form": "tv-check",
    "my_work": "tv-mywork",
    "class_view": "tv-class",
}


@pytest.fixture(scope="module")
def notebook(shared_page, lab, course):
    path = "notebooks/every-widget.ipynb"  # where there are lessons, for the page of contents
    write_notebook(course / path, *EVERY_WIDGET)
    with opened(shared_page, lab, path) as notebook:
        yield notebook
        notebook.windowing("contentVisibility")  # JupyterLab's own choice


def loaded_again(notebook):
    notebook.save()
    notebook.reload()
    notebook.wait_ready()
    notebook.settle()


def test_runs_whole_with_full_windowing(notebook):
    """Only what is in view is in the page: outputs are detached, and come again."""
    notebook.windowing("full")
    # First what was saved is back: a view that is cleared away while its widget is still being
    # fetched may say "not found" in the console, where nobody sees it any more.
    loaded_again(notebook)
    notebook.page.wait_for_function(DRAWN, arg=BAD_WORDS)
    notebook.command("notebook:clear-all-cell-outputs")
    notebook.run_all()
    cells = len(notebook.model()["cells"])
    assert notebook.page.locator(".jp-Notebook .jp-Cell:visible").count() < cells
    seen = set()
    for direction in (1, -1, 1):  # down, up, down
        for _ in range(80):
            notebook.page.wait_for_function(DRAWN, arg=BAD_WORDS)  # else it fails by its time
            seen |= {kind.split()[1] for kind, _ in notebook.page.evaluate(IN_VIEW)}
            if not notebook.scroll(direction * 700, wait=60):
                break
    assert seen == {KINDS.get(name, f"tv-{name}") for name in FUNCTIONS}


def test_every_widget_is_in_the_notebook():
    code = "\n".join(EVERY_WIDGET[1:])
    assert {name for name in FUNCTIONS if re.search(rf"\b{name}\(", code)} == FUNCTIONS


def test_after_a_kernel_restart_a_reload_shows_pictures(notebook, course):
    notebook.windowing("contentVisibility")
    notebook.save()
    notebook.restart_kernel()
    file = course / notebook.path
    assert views(file) == len(read(file)) - 1
    loaded_again(notebook)
    assert_pictures_and_sentences(notebook, trusted=True, file=file)
