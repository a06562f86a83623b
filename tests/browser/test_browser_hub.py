"""A JupyterHub of the course: a learner logs in, answers and hands in, and the teacher has it.

Eight at once: benchmarks/hub.py.
"""

import os
import re

import psutil
import pytest
from support.hub import LEARNERS, Hub, answer_exercises, hand_in
from support.lab import watched

from lessons.classroom import collect
from lessons.launch.hub import ON_LOGIN, install_proxy
from lessons.launch.install import InstallError

LESSON = "notebooks/01-two-voices.ipynb"
NAME = "anna"
ANSWERS = 2


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    try:
        install_proxy()
    except InstallError as problem:
        pytest.fail(str(problem)) if os.environ.get("CI") else pytest.skip(str(problem))
    with Hub(tmp_path_factory.mktemp("hub")) as started:
        yield started
    assert started.left == []  # Ctrl+C leaves no process behind


@pytest.fixture
def new_page(browser, hub):
    pages = []

    def make():
        page = browser.new_context().new_page()
        page.set_default_timeout(60_000)
        page.notes = watched(page, hub.url)
        pages.append(page)
        return page

    yield make
    for page in pages:
        page.leaving = True
        page.context.close()
        assert not any(page.notes.values()), page.notes


@pytest.mark.parametrize(
    ("name", "password"), [("anna", "not the password"), ("../anna", LEARNERS), ("..", LEARNERS)]
)
def test_who_has_no_password_or_no_name_stays_outside(name, password, hub, browser):
    page = browser.new_context().new_page()
    hub.log_in(page, name, password=password)
    page.locator(".login_error").wait_for()
    assert not hub.home("anna").exists()
    page.context.close()


def test_a_learner_hands_in(hub, new_page):
    page = new_page()
    hub.log_in(page, NAME, LESSON)
    notebook = hub.notebook(page, NAME, LESSON)
    assert answer_exercises(notebook, ANSWERS) == ANSWERS
    assert hand_in(notebook).startswith(f"Handed in: {ANSWERS} answers")
    found = collect(hub.hand_ins, ["danang-2017"])
    assert found.left_out.empty
    assert found.answers.groupby("learner").size().tolist() == [ANSWERS]
    assert (hub.home(NAME) / "work/answers.sqlite").is_file()
    assert not (hub.home(NAME) / "notebooks/teacher").exists()
    assert set(hub.memory(NAME)) == {"JupyterLab", "kernel"}


def test_the_page_says_how_to_log_in_and_the_terminal_stays_readable(hub, browser):
    """After all that happened above, the link and the passwords still stand on one screen."""
    page = browser.new_context().new_page()
    page.goto(f"{hub.url}/hub/login")
    assert ON_LOGIN in page.locator("body").inner_text()
    page.context.close()
    log = (hub.folder / "hub.log").read_text(errors="replace")
    assert LEARNERS in log
    assert not re.findall(r"(?:GET|POST) /user/.*", log)
    assert "Running JupyterHub without SSL" not in log


def test_it_listens_on_this_machine_only(hub):
    family = hub.processes()
    listening = [
        one.laddr.ip
        for process in family
        for one in process.net_connections("tcp")
        if one.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 3
    assert set(listening) == {"127.0.0.1"}
