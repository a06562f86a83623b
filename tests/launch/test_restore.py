"""restore: the shipped notebook comes back, the changed one is set aside, all else stays."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from lessons.__main__ import main
from lessons.launch import install, notebooks, restore, shipped
from lessons.launch.folder import ROOT

ONE, FIVE = "notebooks/01-two-voices.ipynb", "notebooks/05-the-timeline.ipynb"
SHIPPED = {ONE: b'{"shipped": 1}\n', FIVE: b'{"shipped": 5}\n'}
ASIDE = re.compile(r"01-two-voices \(changed \d{4}-\d\d-\d\d \d\d\.\d\d(, \d)?\)\.ipynb")


def unpack(root):
    """Make a course folder as it comes, with a learner's work in it."""
    for name, content in SHIPPED.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    (root / "work").mkdir()
    (root / "work" / "answers.json").write_text("mine")
    return root


def git(root, *arguments):
    me = ["-c", "user.name=T", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        [shutil.which("git"), *me, *arguments], cwd=root, env=env, check=True, capture_output=True
    )


def commit(root):
    git(root, "init", "--quiet")
    git(root, "add", "notebooks")
    git(root, "commit", "--quiet", "-m", "The course")
    return root


@pytest.fixture
def plain(tmp_path):
    """Return a folder with neither git nor copies."""
    root = tmp_path / "a course, unpacked"
    root.mkdir()
    return unpack(root)


@pytest.fixture
def unzipped(plain):
    """Return a folder without git, after its first start."""
    shipped.keep(plain)
    return plain


@pytest.fixture
def checkout(plain):
    if not shutil.which("git"):
        pytest.skip("git is not there")
    return commit(plain)


@pytest.fixture(params=["checkout", "unzipped"])
def course(request):
    return request.getfixturevalue(request.param)


def change(root, name=ONE, content=b"mine"):
    (root / name).write_bytes(content)


def aside(root):
    """Return what was set aside: name and content."""
    return {path.name: path.read_bytes() for path in sorted(root.glob("set-aside/*"))}


def all_files(root):
    """Return every file of the folder but git's and the course's own, and its content."""
    files = (path for path in root.rglob("*") if path.is_file())
    paths = ((path.relative_to(root).as_posix(), path) for path in files)
    return {name: p.read_bytes() for name, p in paths if not name.startswith((".git/", ".course/"))}


# Bringing back ----------------------------------------------------------------------------------


def test_a_changed_notebook_is_set_aside_and_nothing_else_is_touched(course, capsys):
    change(course)
    change(course, FIVE, b"mine, too")
    before = all_files(course)
    assert restore.restore(["01"], course) == 0
    [(name, content)] = aside(course).items()
    assert ASIDE.fullmatch(name)
    assert content == b"mine"
    assert all_files(course) == {**before, ONE: SHIPPED[ONE], f"set-aside/{name}": b"mine"}
    said = capsys.readouterr().out
    assert said.startswith(f"{ONE} is back as it was shipped; the changed one is now set-aside/01")
    assert "Reload Notebook from Disk" in said
    assert said.count("\n") == 1


def test_an_unchanged_notebook_is_left_alone(course, capsys):
    os.utime(course / ONE, (1000, 1000))
    before = all_files(course)
    assert restore.restore(["01"], course) == 0
    assert all_files(course) == before
    assert (course / ONE).stat().st_mtime == 1000
    assert capsys.readouterr().out == f"{ONE} is as it was shipped: nothing was changed.\n"


def test_one_byte_is_a_change(course):
    change(course, ONE, SHIPPED[ONE].replace(b"\n", b"\r\n"))
    restore.restore(["01"], course)
    assert (course / ONE).read_bytes() == SHIPPED[ONE]
    assert len(aside(course)) == 1


@pytest.mark.parametrize("lost", [ONE, "notebooks"])
def test_a_deleted_notebook_comes_back(course, capsys, lost):
    shutil.rmtree(course / lost) if lost == "notebooks" else (course / lost).unlink()
    assert restore.restore(["01"], course) == 0
    assert (course / ONE).read_bytes() == SHIPPED[ONE]
    assert aside(course) == {}
    assert "was missing and is back" in capsys.readouterr().out


def test_nothing_that_was_set_aside_is_ever_overwritten(course, monkeypatch):
    class Clock:
        @staticmethod
        def now():
            return datetime(2026, 11, 24, 10, 32, 5)  # noqa: DTZ001

    monkeypatch.setattr(restore, "datetime", Clock)
    for content in (b"first", b"second", b"third"):
        change(course, ONE, content)
        assert restore.restore(["01"], course) == 0
    assert aside(course) == {
        "01-two-voices (changed 2026-11-24 10.32).ipynb": b"first",
        "01-two-voices (changed 2026-11-24 10.32, 2).ipynb": b"second",
        "01-two-voices (changed 2026-11-24 10.32, 3).ipynb": b"third",
    }


def test_all_means_every_shipped_notebook_and_no_other(course, capsys):
    change(course)
    (course / FIVE).unlink()
    change(course, "notebooks/my own.ipynb", b"own")
    assert restore.restore(None, course) == 0
    assert {name: (course / name).read_bytes() for name in SHIPPED} == SHIPPED
    assert list(aside(course).values()) == [b"mine"]
    assert (course / "notebooks/my own.ipynb").read_bytes() == b"own"
    assert capsys.readouterr().out.count("\n") == 2


# Which one --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted",
    ["01", "01-two-voices", "01-two-voices.ipynb", ONE, f"./{ONE}", "absolute"],
)
def test_a_notebook_is_named_by_number_or_path(course, wanted):
    change(course)
    change(course, FIVE)
    restore.restore([str(course / ONE) if wanted == "absolute" else wanted], course)
    assert (course / ONE).read_bytes() == SHIPPED[ONE]
    assert (course / FIVE).read_bytes() == b"mine"


def test_several_at_once_each_once(course, capsys):
    change(course)
    change(course, FIVE)
    assert restore.restore(["05", ONE, "05"], course) == 0
    assert {name: (course / name).read_bytes() for name in SHIPPED} == SHIPPED
    assert capsys.readouterr().out.count("\n") == 2


@pytest.mark.parametrize("wanted", ["77", "", "0", "my own", "../01-two-voices.ipynb", "work"])
def test_an_unknown_name_changes_nothing_and_says_which_there_are(course, wanted):
    change(course)
    change(course, "notebooks/my own.ipynb")
    before = all_files(course)
    with pytest.raises(notebooks.NoSuchNotebookError, match=FIVE) as caught:
        restore.restore(["01", wanted], course)
    assert ("more than one" in str(caught.value)) == (wanted == "0")
    assert all_files(course) == before


# Where the shipped ones come from ---------------------------------------------------------------


def test_git_gives_the_committed_one_even_where_copies_are(checkout, monkeypatch):
    monkeypatch.setattr(shipped, "_committed_names", lambda root: [])
    change(checkout, ONE, b"an older one")
    shipped.keep(checkout)
    monkeypatch.undo()
    change(checkout)
    git(checkout, "add", ONE)  # staged is not committed
    restore.restore(["01"], checkout)
    assert (checkout / ONE).read_bytes() == SHIPPED[ONE]


def test_a_checkout_keeps_no_copies_where_git_is_there(checkout):
    shipped.keep(checkout)
    assert not shipped.kept_folder(checkout).exists()


def test_a_checkout_without_git_has_copies(checkout, monkeypatch):
    monkeypatch.setenv("PATH", "")
    shipped.keep(checkout)
    change(checkout)
    restore.restore(["01"], checkout)
    assert (checkout / ONE).read_bytes() == SHIPPED[ONE]


def test_git_of_a_folder_above_is_not_asked(checkout):
    """A ZIP that was unpacked in somebody's own checkout, whose commit has a changed notebook."""
    inner = unpack_below(checkout)
    shipped.keep(inner)
    change(inner)
    change(checkout, ONE, b"of the other")
    git(checkout, "add", ".")
    git(checkout, "commit", "--quiet", "-m", "changed")
    restore.restore(["01"], inner)
    assert (inner / ONE).read_bytes() == SHIPPED[ONE]


def unpack_below(root):
    (root / "inner").mkdir()
    return unpack(root / "inner")


def test_variables_of_git_lead_nowhere_else(checkout, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    change(commit(unpack(other)), ONE, b"of the other")
    git(other, "commit", "--quiet", "-a", "-m", "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    change(checkout)
    restore.restore(["01"], checkout)
    assert (checkout / ONE).read_bytes() == SHIPPED[ONE]


@pytest.mark.parametrize("kind", ["plain", "a commit is missing", "git does not run"])
def test_without_git_and_copies_one_sentence_says_what_to_do(plain, monkeypatch, kind):
    if kind != "plain":
        (plain / ".git").mkdir()
    if kind == "git does not run":
        monkeypatch.setattr(shutil, "which", lambda _: str(plain / "no such program"))
    before = all_files(plain)
    with pytest.raises(restore.RestoreError, match="download the course again") as caught:
        restore.restore(["01"], plain)
    assert "keep this one" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert all_files(plain) == before


def test_a_copy_is_never_taken_twice(unzipped):
    change(unzipped)
    change(unzipped, "notebooks/02-later.ipynb")
    shipped.keep(unzipped)
    assert shipped.shipped_notebooks(unzipped) == SHIPPED


def test_a_newer_version_has_its_own_copies(unzipped, monkeypatch):
    monkeypatch.setattr(shipped, "__version__", "99")
    assert shipped.shipped_notebooks(unzipped) == {}
    change(unzipped, ONE, b"newer")
    shipped.keep(unzipped)
    assert shipped.shipped_notebooks(unzipped) == {**SHIPPED, ONE: b"newer"}
    monkeypatch.undo()
    assert shipped.shipped_notebooks(unzipped) == SHIPPED


def test_half_of_the_copies_is_as_good_as_none(plain, monkeypatch):
    copy = shutil.copyfile
    disk = [copy]

    def full_after_one(source, target):
        if not disk:
            raise OSError(28, "No space left on device")
        return disk.pop()(source, target)

    monkeypatch.setattr(shutil, "copyfile", full_after_one)
    shipped.keep(plain)
    assert list(shipped.kept_folder(plain).iterdir()) == []
    monkeypatch.undo()
    shipped.keep(plain)
    assert shipped.shipped_notebooks(plain) == SHIPPED


# At which start the copies are taken ------------------------------------------------------------


@pytest.fixture
def installing(plain, monkeypatch):
    """Let an installation write its stamp and nothing else; note what was kept before it."""
    for name in (install.INSTALLER, *install.LISTS["test"]):
        (plain / name).write_text(f"{name} 1\n")

    def stamp(kind, root):
        seen.append(shipped.shipped_notebooks(root))
        (root / ".venv").mkdir(exist_ok=True)
        install._write_stamp(root, install._wanted(kind, root))

    seen = []
    monkeypatch.setattr(install, "_install", stamp)
    monkeypatch.setattr(install, "_runs", lambda python: True)
    return seen


@pytest.mark.parametrize("kind", ["course", "test"])
def test_the_first_start_keeps_them_before_it_installs(plain, installing, kind):
    install.ensure(kind, plain)
    assert installing == [SHIPPED]
    change(plain)
    install.ensure(kind, plain)
    shutil.rmtree(plain / ".venv")
    install.ensure(kind, plain)
    assert installing == [SHIPPED, SHIPPED]


def test_the_first_start_of_a_newer_version_keeps_its_own(plain, installing, monkeypatch):
    install.ensure("course", plain)
    monkeypatch.setattr(shipped, "__version__", "99")
    install.ensure("course", plain)
    assert shipped.shipped_notebooks(plain) == SHIPPED


def test_it_is_too_late_once_the_copies_of_an_installed_course_were_deleted(plain, installing):
    install.ensure("course", plain)
    change(plain)
    shutil.rmtree(plain / ".course")
    install.ensure("course", plain)
    assert shipped.shipped_notebooks(plain) == {}


# When it cannot be written ----------------------------------------------------------------------


def failing(name, problem):
    """Return a function of `os` or of a path that fails where the file's name holds `name`."""

    def fail(path, *arguments, **options):
        if name in str(path):
            raise problem
        return fail.real(path, *arguments, **options)

    return fail


@pytest.mark.parametrize(
    "broken",
    [
        (os, "replace", ".new"),  # Windows: open in another program
        (Path, "write_bytes", ".new"),  # notebooks/ is read-only
        (Path, "mkdir", "set-aside"),  # the course folder is
        (Path, "open", "set-aside"),  # set-aside/ is
        (Path, "read_bytes", "01-two-voices"),
    ],
)
def test_what_cannot_be_written_is_one_sentence_and_no_change(
    unzipped, monkeypatch, capsys, broken
):
    home, function, where = broken
    change(unzipped)
    change(unzipped, FIVE)
    kept = dict(SHIPPED)
    monkeypatch.setattr(restore, "shipped_notebooks", lambda root: kept)
    before = sorted(unzipped.rglob("*")), all_files(unzipped)
    fail = failing(where, PermissionError(13, "Permission denied"))
    fail.real = getattr(home, function)
    monkeypatch.setattr(home, function, fail)
    assert restore.restore(["01"], unzipped) == 1
    monkeypatch.undo()
    assert (sorted(unzipped.rglob("*")), all_files(unzipped)) == before
    out, said = capsys.readouterr()
    assert out == ""
    assert said.startswith(f"{ONE} was not brought back and nothing was changed (Permission")
    assert said.count("\n") == 1


def test_a_disk_that_gets_full_leaves_no_half(unzipped, monkeypatch):
    """What was set aside is there by half when the disk is full."""
    change(unzipped)
    before = sorted(unzipped.rglob("*")), all_files(unzipped)

    def half(path, content):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restore, "_write_new", half)
    assert restore.restore(["01"], unzipped) == 1
    assert (sorted(unzipped.rglob("*")), all_files(unzipped)) == before


def test_a_name_that_another_restore_took_meanwhile_is_not_ours(unzipped, monkeypatch, capsys):
    change(unzipped)
    theirs = unzipped / "set-aside" / "theirs.ipynb"
    theirs.parent.mkdir()
    theirs.write_bytes(b"theirs")
    monkeypatch.setattr(restore, "_free_name", lambda folder, stem: theirs)
    assert restore.restore(["01"], unzipped) == 1
    assert theirs.read_bytes() == b"theirs"
    assert (unzipped / ONE).read_bytes() == b"mine"
    assert "File exists" in capsys.readouterr().err


def test_one_that_fails_does_not_stop_the_others(course, capsys):
    (course / ONE).unlink()
    (course / ONE).mkdir()
    change(course, FIVE)
    assert restore.restore(None, course) == 1
    assert (course / FIVE).read_bytes() == SHIPPED[FIVE]
    assert f"{ONE} was not brought back" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_real_read_only_folder(unzipped):
    change(unzipped)
    (unzipped / "notebooks").chmod(0o555)
    try:
        assert restore.restore(["01"], unzipped) == 1
    finally:
        (unzipped / "notebooks").chmod(0o755)
    assert (unzipped / ONE).read_bytes() == b"mine"
    assert aside(unzipped) == {}


# Set aside, and out of everybody's way ----------------------------------------------------------


def test_what_was_set_aside_is_no_lesson(course):
    change(course)
    restore.restore(["01"], course)
    [name] = aside(course)
    assert notebooks.all_notebooks(course) == [ONE, FIVE]
    assert notebooks.find(None, course) == ONE
    assert notebooks.find(f"set-aside/{name}", course) == f"set-aside/{name}", "but can be opened"
    shutil.move(course / "set-aside" / name, course / "notebooks")
    assert notebooks.all_notebooks(course) == [ONE, FIVE]
    assert notebooks.find("01", course) == ONE


def test_git_and_pytest_do_not_look_there():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert restore.SET_ASIDE not in settings["pytest"]["ini_options"]["testpaths"]
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{restore.SET_ASIDE}/" in ignored
    assert "work/*" in ignored  # at the root only: rooms of the package are called work, too


# The command ------------------------------------------------------------------------------------


def copy_of_the_package(root):
    shutil.copytree(ROOT / "lessons", root / "lessons", ignore=shutil.ignore_patterns("*.pyc"))


def test_any_python_can_run_it_with_nothing_installed(unzipped):
    copy_of_the_package(unzipped)
    change(unzipped)
    script = f"""
import runpy, sys
sys.path.insert(0, {str(unzipped)!r})
sys.argv = ["lessons", "restore", "01", "05"]
runpy.run_module("lessons", run_name="__main__")
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 2
    assert (unzipped / ONE).read_bytes() == SHIPPED[ONE]
    assert not (unzipped / ".venv").exists()


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [(["01", "05"], ["01", "05"]), (["--all"], None)],
)
def test_the_command_hands_on_what_is_wanted(monkeypatch, arguments, wanted):
    given = []
    monkeypatch.setattr(restore, "restore", lambda names: given.append(names) or 0)
    assert main(["restore", *arguments]) == 0
    assert given == [wanted]


@pytest.mark.parametrize("arguments", [[], ["01", "--all"]])
def test_either_names_or_all(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["restore", *arguments])
    assert ended.value.code == 2
    assert "--all" in capsys.readouterr().err


@pytest.mark.parametrize(
    "problem", [restore.RestoreError("Told."), notebooks.NoSuchNotebookError("Told.")]
)
def test_a_problem_is_told_without_a_traceback(monkeypatch, capsys, problem):
    def fail(names):
        raise problem

    monkeypatch.setattr(restore, "restore", fail)
    assert main(["restore", "01"]) == 1
    assert capsys.readouterr().err == "Told.\n"
