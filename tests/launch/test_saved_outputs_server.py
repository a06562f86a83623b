"""The same on a real server: read over HTTP with no kernel, with its kernel, with another."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from lessons.launch.folder import ROOT, environment
from lessons.launch.saved_outputs import VIEW


class Server:
    def __init__(self, root, state):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyter_server",
                f"--ServerApp.root_dir={root}",
                f"--ServerApp.port={self.port}",
                "--ServerApp.port_retries=0",
                "--no-browser",
                "--ServerApp.ip=127.0.0.1",
                "--allow-root",
                "--ServerApp.log_level=WARN",
                "--ServerApp.jpserver_extensions={'lessons.launch.saved_outputs': True}",
            ],
            env=environment(state) | {"JUPYTER_TOKEN": "t", "PYTHONPATH": str(ROOT)},
        )

    def ask(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": "token t"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def wait(self):
        for _ in range(200):
            assert self.process.poll() is None
            try:
                return self.ask("GET", "status")
            except OSError:
                time.sleep(0.1)
        raise TimeoutError

    def kernel_pid(self):
        """Return the process that runs the one kernel."""
        for _ in range(100):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                try:
                    if "ipykernel_launcher" in child.cmdline():
                        return child.pid
                except psutil.Error:
                    continue
            time.sleep(0.1)
        raise TimeoutError

    def views(self, path="lesson.ipynb"):
        cell = self.ask("GET", f"contents/{path}?content=1")["content"]["cells"][0]
        return [VIEW in out["data"] for out in cell["outputs"]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("course")


@pytest.fixture(scope="module")
def server(folder, tmp_path_factory):
    server = Server(folder, tmp_path_factory.mktemp("state"))
    try:
        server.wait()
        yield server
    finally:
        server.process.terminate()
        server.process.wait(20)


def save(folder, pid):
    outputs = [
        {
            "output_type": "display_data",
            "metadata": {"two_voices": {"pid": pid}} if pid else {},
            "data": {
                VIEW: {"model_id": "m", "version_major": 2, "version_minor": 0},
                "text/html": "<p>40 passages</p>",
                "text/plain": "Reader()",
            },
        },
    ]
    book = {
        "cells": [
            {
                "cell_type": "code",
                "id": "a",
                "execution_count": 1,
                "metadata": {},
                "outputs": outputs,
                "source": "reader(danang)",
            }
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / "lesson.ipynb").write_text(json.dumps(book))
    return (folder / "lesson.ipynb").read_bytes()


def test_views_are_there_exactly_as_long_as_their_kernel(server, folder):
    save(folder, os.getpid())
    assert server.views() == [False], "no session: the kernel is gone"

    session = server.ask(
        "POST",
        "sessions",
        {"path": "lesson.ipynb", "name": "", "type": "notebook", "kernel": {"name": "python3"}},
    )
    assert server.views() == [False], "a session, but another kernel wrote this"

    on_disk = save(folder, server.kernel_pid())
    assert server.views() == [True], "a reload while the kernel lives"
    save(folder, None)
    assert server.views() == [True], "nobody knows who wrote it, and a kernel lives"

    save(folder, server.kernel_pid())
    server.ask("POST", f"kernels/{session['kernel']['id']}/restart", {})
    assert server.views() == [False], "the kernel was restarted"

    save(folder, server.kernel_pid())
    assert server.views() == [True]
    server.ask("PATCH", f"sessions/{session['id']}", {"path": "other.ipynb"})
    assert server.views() == [False], "the session is of another notebook"
    server.ask("DELETE", f"sessions/{session['id']}")
    assert server.views() == [False], "the session was closed"
    assert VIEW.encode() in on_disk
    assert VIEW.encode() in (folder / "lesson.ipynb").read_bytes()


def test_other_files_come_as_they_are(server, folder):
    on_disk = save(folder, 1)
    as_file = server.ask("GET", "contents/lesson.ipynb?type=file&content=1")
    assert as_file["content"].encode() == on_disk
    assert "lesson.ipynb" in [
        f["name"] for f in server.ask("GET", "contents/?content=1")["content"]
    ]


def test_a_copy_keeps_what_is_on_disk(server, folder):
    save(folder, 1)
    copy = server.ask("POST", "contents/", {"copy_from": "lesson.ipynb"})
    assert VIEW in (folder / copy["name"]).read_text()


def test_saving_through_the_server_writes_the_view(server, folder):
    book = json.loads(save(folder, 1))
    (folder / "lesson.ipynb").unlink()
    server.ask("PUT", "contents/lesson.ipynb", {"type": "notebook", "content": book})
    assert VIEW in (folder / "lesson.ipynb").read_text()
