"""Which widget views are left out of a notebook that is read."""

import asyncio
import copy
import json
import os
import subprocess
import sys
import tomllib

from lessons.launch import lab, saved_outputs
from lessons.launch.folder import ROOT
from lessons.launch.saved_outputs import VIEW, Kernel, ReadingContents, without_lost_views


def output(pid=None, **kinds):
    metadata = {"two_voices": {"pid": pid}} if pid else {}
    data = {VIEW: {"model_id": "m"}, "text/plain": "x", **kinds}
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def notebook(*outputs):
    return {"cells": [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": list(outputs)}]}


HTML = {"text/html": "<p>40 passages</p>"}


def has_views(book):
    return [VIEW in out.get("data", {}) for out in book["cells"][1]["outputs"]]


def test_without_a_kernel_views_with_something_beside_them_go():
    book = notebook(
        output(1, **HTML),
        output(1, **{"image/png": ""}),
        output(1),
        {"output_type": "stream", "text": "x"},
    )
    before = copy.deepcopy(book)
    assert has_views(without_lost_views(book, None)) == [False, False, True, False]
    assert book == before


def test_only_the_writing_kernel_keeps_its_views():
    book = notebook(output(11, **HTML), output(12, **HTML), output(None, **HTML))
    assert has_views(without_lost_views(book, Kernel(11))) == [True, False, True]
    assert has_views(without_lost_views(book, Kernel(None))) == [True, True, True]


def test_a_kernel_that_is_the_child_of_its_starter_keeps_its_views():
    """As on Windows, where the Python of an environment starts the real one."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        book = notebook(output(child.pid, **HTML))
        assert has_views(without_lost_views(book, Kernel(os.getpid()))) == [True]
        child.communicate(b"\n")


class Manager:
    allow_hidden = "mine"

    def __init__(self, model):
        self.model = model

    def get(self, path, content=True):  # noqa: FBT002
        return self.model


def read(model, server):
    contents = ReadingContents(Manager(model), server)
    assert contents.allow_hidden == "mine"
    return asyncio.run(contents.get("a.ipynb", content=True))


def test_a_fault_of_ours_never_stops_a_read(caplog):
    model = {"type": "notebook", "content": notebook(output(1, **HTML))}
    assert read(model, server=None) is model  # no server: our question fails
    assert "Could not look for lost widgets" in caplog.text


def test_what_is_no_notebook_is_handed_on_untouched():
    for model in (
        {"type": "file", "content": VIEW},
        {"type": "notebook", "content": None},
        {"type": "directory", "content": [{}]},
    ):
        assert read(model, server=None) is model


def test_the_extension_names_itself():
    points = saved_outputs._jupyter_server_extension_points()
    assert points == [{"module": "lessons.launch.saved_outputs"}]


def test_installing_the_package_turns_it_on():
    """Where the course did not open JupyterLab itself (conda, Binder), this file does it."""
    share = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["flit"]["external-data"]
    config = ROOT / share["directory"] / "etc/jupyter/jupyter_server_config.d/two-voices.json"
    extensions = json.loads(config.read_text())["ServerApp"]["jpserver_extensions"]
    assert extensions == {saved_outputs.__name__: True}
    assert (ROOT / share["directory"] / "share/jupyter/labextensions").samefile(lab.LAB_EXTENSIONS)
