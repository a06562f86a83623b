"""Fixtures of the browser tests: one Chromium and JupyterLab a worker, watched pages."""

import contextlib
import os
import shutil
from pathlib import Path

import pytest
from support.chromium import Chromium, chromium
from support.forks import forks
from support.lab import Lab, Notebook, Overheard, leaving, watched

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="package")  # not longer: Playwright's event loop is in the way of other tests
def browser(tmp_path_factory):
    """The browser of one worker's files; its profile keeps JupyterLab's code, compiled."""
    chromium()  # first: it says what to do where there is none
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    profile = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright, Chromium(playwright, profile) as started:
        yield started


@pytest.fixture(scope="package")
def kernels():
    """The kernels of one worker's files have imported the course when they begin."""
    with forks() if hasattr(os, "fork") else contextlib.nullcontext():
        yield


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    """The folder that the JupyterLab of one worker's files serves."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    return folder


@pytest.fixture(scope="package")
def one_lab(browser, kernels, folder, tmp_path_factory):
    """One JupyterLab for one worker's files: to start it, and to load its page, takes seconds."""
    with Lab(folder, tmp_path_factory.mktemp("state")) as started:
        yield started


@pytest.fixture(scope="module")
def course(folder):
    """A copy of the notebooks, so that saving changes nothing of ours; a new one for each file."""
    shipped = ROOT / "notebooks"
    for path in [*folder.iterdir(), *(folder / "notebooks").iterdir()]:
        if (path.parent == folder and path.name != "notebooks") or (
            path.parent != folder and not (shipped / path.name).exists()
        ):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(shipped, folder / "notebooks", dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def lab(one_lab, course):
    """JupyterLab with its settings as they come, for somebody new."""
    one_lab.forget()
    yield one_lab
    one_lab.stop_kernels()


@pytest.fixture(scope="module")
def shared_page(browser, lab):
    """A page for the tests of one file, one after the other: to load JupyterLab takes seconds."""
    with watched_page(browser, lab) as page:
        yield page
    assert not any(page.notes.values()), page.notes


@pytest.fixture
def start_lab(tmp_path_factory, course):
    """Start a JupyterLab with settings of its own: start_lab(dark=True)."""
    with contextlib.ExitStack() as stack:

        def make(**settings):
            return stack.enter_context(Lab(course, tmp_path_factory.mktemp("state"), **settings))

        yield make


@pytest.fixture
def new_page(browser, start_lab):  # start_lab first: pages close before their server stops
    """Open pages that are watched; whatever they do that is not allowed fails the test."""
    all_notes = []
    with contextlib.ExitStack() as stack:

        def make(lab, **options):
            page = stack.enter_context(watched_page(browser, lab, **options))
            all_notes.append(page.notes)
            return page

        yield make
    for notes in all_notes:
        assert not any(notes.values()), notes


@contextlib.contextmanager
def watched_page(browser, lab, **options):
    page = browser.new_page(lab.url, **options)
    page.set_default_timeout(30_000)
    page.notes = watched(page, lab.url)
    yield page
    with leaving(page):
        browser.leave(page)


@pytest.fixture
def open_notebook(new_page, shared_page, lab):
    """Open a notebook for somebody new; with `run`, from cleared outputs to all cells run.

    `before` are answers that the learner has given already. With options of a browser context
    the notebook has a page of its own, else the file's. With `listen` it gets a new kernel, and
    `notebook.heard` is all that came to the page from then on.
    """
    with contextlib.ExitStack() as stack:

        def make(path, *, run=True, before=(), listen=False, **options):
            own = options or not run
            if own and run:
                lab.forget(*before)
            page = new_page(lab, **options) if own else shared_page
            notebook = Notebook(page, lab, path)
            if listen:
                notebook.close_all()
                notebook.heard = stack.enter_context(Overheard(page))
            notebook = notebook.open(clear=run) if own else notebook.open_anew(before=before)
            return notebook.run_all() if run else notebook

        yield make
    assert not any(shared_page.notes.values()), shared_page.notes
