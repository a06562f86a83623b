"""CONTRIBUTING.md works as written: its examples are taken from it and tried."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
import traitlets as t

from lessons import open_case, show
from lessons.case import Case
from lessons.charts.look import colour
from lessons.widgets import base
from lessons.widgets.base import LessonWidget, style_sheet

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(language):
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```", TEXT, re.DOTALL | re.MULTILINE)
    return [textwrap.dedent(block) for block in found]


def run(source, **names):
    exec(compile(ast.parse(source), "CONTRIBUTING.md", "exec"), names)  # noqa: S102  (our own)
    return names


def test_every_file_it_names_is_there():
    names = re.findall(r"`([\w./-]+\.(?:py|js|css|md|json|ipynb)|[\w/]+/)`", TEXT)
    real = [name for name in names if "NAME" not in name]
    assert len(real) > 12
    homes = [ROOT, ROOT / "lessons/widgets", ROOT / "tests/widgets"]
    assert [name for name in real if not any((home / name).exists() for home in homes)] == []


def test_the_property_of_a_table_is_that_of_the_case():
    (example,) = [block for block in blocks("python") if "@property\ndef scales" in block]
    ours = (ROOT / "lessons/case/case.py").read_text(encoding="utf-8")
    assert textwrap.indent(example.rstrip(), "    ") in ours


def test_the_chart_can_be_drawn_and_shown():
    question, picture = [b for b in blocks("python") if "words_per_passage" in b]
    case = open_case("danang-2017")
    names = run("from __future__ import annotations\n" + question, pd=pd)
    names = run(
        "from __future__ import annotations\n" + picture,
        alt=alt,
        Case=Case,
        colour=colour,
        words_per_passage=names["words_per_passage"],
    )
    chart = names["length_chart"](case)
    assert len(chart.data) == 40
    assert chart.description == "40 passages; the longest, S3, has 51 words."
    assert show(chart).sentence == chart.description


def test_the_widget_has_its_three_files(monkeypatch, tmp_path):
    (example,) = [block for block in blocks("python") if "class Counter" in block]
    (script,) = blocks("js")
    shutil.copytree(ROOT / "lessons/widgets", tmp_path / "widgets")
    (tmp_path / "widgets/counter.js").write_text(script, encoding="utf-8")
    (tmp_path / "widgets/counter.css").write_text(".tv-counter { margin: 0; }\n", encoding="utf-8")
    monkeypatch.setattr(base, "_HERE", tmp_path / "widgets")
    names = run(
        example,
        LessonWidget=LessonWidget,
        front_end=base.front_end.__wrapped__,
        style_sheet=style_sheet.__wrapped__,
        t=t,
    )
    widget = names["Counter"](ticked=["S1"])
    assert widget.sentence == "Passages ticked: 1."
    assert "export default { render };" in widget._esm
    imported = re.search(r"import \{([^}]*)\}", script)[1]
    for name in imported.split(","):
        assert re.search(rf"^export function {name.strip()}\b", widget_base(), re.MULTILINE)


def widget_base():
    return (ROOT / "lessons/widgets/base.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", re.findall(r"`(\w+)` (?:gives|never|lets|brings)", TEXT))
def test_what_base_js_is_said_to_have_is_there(name):
    assert re.search(rf"^export function {name}\b", widget_base(), re.MULTILINE)


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python3 -m lessons (\w+)", TEXT))))
def test_its_commands_exist(command):
    said = subprocess.run(
        [sys.executable, "-m", "lessons", command, "--help"],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert said.returncode == 0


def test_a_case_can_be_checked_as_it_says():
    case = importlib.import_module("lessons.case")
    assert case.check(ROOT / "data/danang-2017") == []
