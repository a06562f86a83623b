"""The opened course: a real JupyterLab on this folder."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from lessons.launch import lab
from lessons.launch.folder import ROOT, environment
from lessons.launch.saved_outputs import VIEW


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def takes_control_c():
    """As at a keyboard: what a shell starts in the background is told to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(state, *options):
    env = environment(state)
    env.pop("JUPYTER_TOKEN", None)
    return subprocess.Popen(
        [sys.executable, "-m", "lessons.launch.lab", "--no-browser", *options],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=None if os.name == "nt" else takes_control_c,  # noqa: PLW1509  (no threads here)
    )


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with one notebook whose widget is lost."""
    folder = tmp_path_factory.mktemp("a course")
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {VIEW: {"model_id": "m"}, "text/html": "<p>40 passages</p>"},
    }
    cell = {
        "cell_type": "code",
        "id": "a",
        "execution_count": 1,
        "metadata": {},
        "outputs": [output],
        "source": "1",
    }
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "lesson.ipynb").write_text(json.dumps(book))
    return folder


@pytest.fixture(scope="module")
def opened(state, folder):
    """Return the process, its first lines, and a function that fetches a path."""
    port = free_port()
    process = start(
        state, "--port", str(port), "--folder", str(folder), "--notebook", "notebooks/no such.ipynb"
    )
    try:
        lines = [process.stdout.readline() for _ in range(3)]
        token = re.search(r"token=(\w+)", lines[1])[1]

        def fetch(path):
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"token {token}"}
            )
            return urllib.request.urlopen(request, timeout=20).read().decode()

        yield process, lines, fetch
    finally:
        process.kill()
        process.communicate()


def test_first_line_says_what_to_press_and_the_second_where(opened):
    _, lines, _ = opened
    assert lines[0] == "In JupyterLab press Run, then Run All Cells.\n"
    assert re.match(
        r"The course is at http://127\.0\.0\.1:\d+/lab/tree/notebooks/no%20such\.ipynb\?"
        r"token=\w{32,}\n",
        lines[1],
    )


def test_it_serves_the_folder(opened):
    entries = json.loads(opened[2]("/api/contents/"))["content"]
    assert [entry["name"] for entry in entries] == ["lesson.ipynb"]


def test_without_a_word_it_is_the_course_folder():
    assert lab._parser().parse_args([]).folder == ROOT


def test_nobody_outside_is_asked_for_news(opened):
    fetch = opened[2]
    page = fetch("/lab")
    tag = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    config = json.loads(tag[1])
    assert config["news"] == {"disabled": True}
    extension = "@jupyterlab/apputils-extension:notification"
    settings = json.loads(fetch(f"/lab/api/settings/{extension}"))
    assert json.loads(settings["raw"]) == {"checkForUpdates": False, "fetchNews": "false"}
    assert json.loads(fetch("/lab/api/update"))["notification"] is None


def test_a_lost_widget_is_left_out_because_our_extension_is_on(opened):
    content = json.loads(opened[2]("/api/contents/lesson.ipynb"))["content"]
    assert content["cells"][0]["outputs"][0]["data"] == {"text/html": "<p>40 passages</p>"}


def test_taken_port_is_one_sentence(opened, state):
    port = re.search(r":(\d+)/", opened[1][1])[1]
    done = start(state, "--port", port)
    _, said = done.communicate(timeout=30)
    assert done.returncode == 1
    assert f"Port {port} is taken" in said
    assert said.count("\n") == 1


def test_without_a_port_a_free_one_is_found(state):
    process = start(state)
    try:
        process.stdout.readline()
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        assert port >= lab.FIRST_PORT
        assert not lab.is_free(port)
    finally:
        process.kill()
        process.communicate()


def answers(address, seconds=60):
    """Wait until something answers at an address."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=5).read()
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing answered within {seconds} seconds")


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C cannot be sent to one process on Windows")
def test_control_c_stops_it_cleanly(state):
    process = start(state, "--port", str(free_port()))
    lines = [process.stdout.readline() for _ in range(3)]
    answers(re.search(r"http://\S+", lines[1])[0])  # before that, Jupyter does not listen to keys
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_a_persons_own_settings_stay(tmp_path):
    lab.write_settings(tmp_path)
    [file] = [path for path in Path(tmp_path).rglob("*") if path.is_file()]
    file.write_text("{}")
    lab.write_settings(tmp_path)
    assert file.read_text() == "{}"
