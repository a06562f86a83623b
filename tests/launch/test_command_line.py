"""python -m lessons: what it needs, what it says, how it ends."""

import ast
import os
import subprocess
import sys

import pytest

import lessons
from lessons.launch import notebooks
from lessons.launch.folder import ROOT


def run(*arguments, cwd=ROOT, **options):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def test_importing_needs_the_standard_library_only():
    """-I -S: no installed package can be seen."""
    script = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
import lessons, lessons.launch.install, lessons.launch.notebooks, lessons.launch.index
import lessons.launch.restore
import runpy; runpy.run_module("lessons.__main__", run_name="not main")
"""
    done = run("-I", "-S", "-c", script)
    assert done.returncode == 0, done.stderr


def test_import_lessons_imports_nothing_of_ours():
    script = "import sys, lessons; print(sorted(m for m in sys.modules if 'lessons' in m))"
    assert run("-c", script).stdout.strip() == "['lessons']"


def test_an_unknown_name_says_which_there_are():
    with pytest.raises(AttributeError, match="open_case"):
        lessons.no_such_name  # noqa: B018
    assert set(lessons.__all__) <= set(dir(lessons))


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_an_old_python_can_read_what_it_meets_first(name):
    ast.parse((ROOT / "lessons" / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_gets_one_sentence():
    script = """
import sys, runpy
sys.version_info = (3, 9, 2); sys.version = "3.9.2 (old)"
runpy.run_module("lessons", run_name="__main__")
"""
    done = run("-c", script)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Python 3.11 or newer" in done.stderr
    assert "3.9.2" in done.stderr


def test_check_counts_faults_and_exits_with_one(tmp_path):
    done = run("-m", "lessons", "check", str(tmp_path))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    number = len(lines) - 1
    assert lines[-1] == f"{number} fault{'s' if number > 1 else ''}"
    assert number >= 1


def test_check_of_the_shipped_case_has_no_faults():
    done = run("-m", "lessons", "check", "data/danang-2017")
    assert (done.returncode, done.stdout) == (0, "no faults\n"), done.stderr


def test_a_wrong_notebook_or_port_is_told_before_anything_is_installed(tmp_path):
    env = {**os.environ, "PATH": str(tmp_path)}
    done = run("-m", "lessons", "open", "77-none", env=env)
    assert done.returncode == 1
    assert "There is no notebook '77-none'" in done.stderr
    assert run("-m", "lessons", "open", "--port", "70000", env=env).returncode == 2


@pytest.fixture
def course(tmp_path):
    (tmp_path / "notebooks" / "teacher").mkdir(parents=True)
    for name in ("05-the-timeline", "01-two-voices", "teacher/class-view"):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text("{}")
    return tmp_path


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (None, "notebooks/01-two-voices.ipynb"),
        ("05", "notebooks/05-the-timeline.ipynb"),
        ("05-the-timeline.ipynb", "notebooks/05-the-timeline.ipynb"),
        ("notebooks/teacher/class-view.ipynb", "notebooks/teacher/class-view.ipynb"),
    ],
)
def test_a_notebook_is_found_by_number_or_path(course, wanted, found):
    assert notebooks.find(wanted, course) == found


@pytest.mark.parametrize("wanted", ["9", "../secret.ipynb", "voices", ""])
def test_what_is_no_notebook_of_the_course_is_refused(course, wanted):
    (course.parent / "secret.ipynb").write_text("{}")
    with pytest.raises(notebooks.NoSuchNotebookError, match="05-the-timeline"):
        notebooks.find(wanted, course)
