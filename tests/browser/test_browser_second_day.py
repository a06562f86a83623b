"""What a saved notebook shows as cloned and on the second day."""

import shutil
from pathlib import Path

import pytest
from support.lab import Lab, Notebook, leaving
from support.saved import assert_pictures_and_sentences, read, views

ROOT = Path(__file__).parents[2]
PATHS = [f"notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


def test_as_cloned_and_on_the_second_day(new_page, tmp_path):
    """As cloned: untrusted and never run. Then it is run and saves itself; the next day it is there."""
    course = tmp_path / "course"
    shutil.copytree(ROOT / "notebooks", course / "notebooks")
    with Lab(course, tmp_path / "state", autosave=True) as first_day:
        page = new_page(first_day)
        for path in PATHS:
            assert views(course / path) == 0
            notebook = go_to(path, page, first_day)
            notebook.settle()
            assert_pictures_and_sentences(notebook, trusted=False, file=course / path)
            assert views(course / path) == 0
            widgets = len(read(course / path)) - 1  # now: once it runs, JupyterLab writes the file
            notebook.run_all()
            wait_until_saved(
                notebook, lambda path=path, widgets=widgets: views(course / path) == widgets
            )
        with leaving(page):
            page.close()
    for path in PATHS:
        assert views(course / path) > 0  # stopping the server changed nothing
    with Lab(course, tmp_path / "state") as second_day:
        page = new_page(second_day)
        for path in PATHS:
            notebook = go_to(path, page, second_day)
            notebook.settle()
            assert_pictures_and_sentences(notebook, trusted=True, file=course / path)
        with leaving(page):
            page.close()


def go_to(path, page, lab):
    """Open the first notebook by its address, and each other one from the notebook before it."""
    notebook = Notebook(page, lab, path)
    return notebook.open() if path == PATHS[0] else notebook.follow()


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
