"""Notebooks as the repository keeps them."""

import json

import pytest

from lessons.launch import refresh


def code(source, **cell):
    return {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": 7,
        "source": source,
        **cell,
    }


WIDGET = """
from IPython.display import publish_display_data
view = {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}}
publish_display_data({**view, "text/html": "<p>40 passages</p>"}, {"two_voices": {"pid": 3}})
"""


@pytest.fixture
def lesson(tmp_path):
    (tmp_path / "beside.txt").write_text("in its own folder")
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Voices \u201cand\u201d"},
        code(
            "print(open('beside.txt').read())\nprint('again')",
            metadata={"deletable": False, "execution": {"shell.execute_reply": "2026"}},
        ),
        code(WIDGET, id="kept-id"),
    ]
    path = tmp_path / "lesson.ipynb"
    path.write_text(
        json.dumps(
            {
                "cells": cells,
                "nbformat": 4,
                "nbformat_minor": 4,
                "metadata": {
                    "widgets": {"state": 1},
                    "language_info": {"name": "python", "version": "3"},
                },
            }
        )
    )
    return path


def test_refreshed_notebook_is_clean_and_steady(lesson):
    assert refresh.refresh(lesson) == ""
    first = lesson.read_bytes()
    book = json.loads(first)
    text, widget = book["cells"][1], book["cells"][2]
    assert text["outputs"][0]["text"] == ["in its own folder\n", "again\n"]
    assert text["metadata"] == {"deletable": False}
    assert [text["execution_count"], widget["execution_count"]] == [1, 2]
    assert widget["outputs"][0]["data"] == {"text/html": ["<p>40 passages</p>"]}
    assert widget["outputs"][0]["metadata"] == {}
    assert [cell["id"] for cell in book["cells"]] == ["cell-01", "cell-02", "kept-id"]
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert "version" not in book["metadata"]["language_info"]
    assert "widgets" not in book["metadata"]
    assert first.endswith(b"}\n")
    assert "\u201cand\u201d".encode() in first
    assert refresh.refresh(lesson) == ""
    assert lesson.read_bytes() == first
    assert sorted(path.name for path in lesson.parent.iterdir()) == ["beside.txt", "lesson.ipynb"]


def test_failing_notebook_stays_and_the_cell_is_named(lesson):
    book = json.loads(lesson.read_text())
    book["cells"].append(code("1 / 0"))
    lesson.write_text(json.dumps(book))
    before = lesson.read_bytes()
    problem = refresh.refresh(lesson)
    assert "NOT saved" in problem
    assert "cell 4 (cell-04) failed: ZeroDivisionError" in problem
    assert lesson.read_bytes() == before
