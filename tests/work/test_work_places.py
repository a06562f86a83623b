"""Where the answers lie: the first place that can really be written, and the learner is told."""

import errno
import os
import re
from pathlib import Path

import pytest

from lessons.work import WorkError, open_work, places


def two_sentences(text):
    return re.fullmatch(r"[A-Z][^\n]*\.", text) and len(re.findall(r"\.(?= [A-Z]|$)", text)) <= 2


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Make a course folder that the package lies in."""
    root = tmp_path / "course"
    (root / "lessons").mkdir(parents=True)
    (root / "notebooks").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", root / "lessons")
    return root


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data" / "two-voices"


def test_the_variable_goes_first(course, tmp_path, monkeypatch):
    monkeypatch.setenv("TWO_VOICES_WORK", str(tmp_path / "wanted"))
    assert places.work_folder() == tmp_path / "wanted"
    assert open_work().path == tmp_path / "wanted" / "answers.sqlite"
    assert open_work(tmp_path / "given").path == tmp_path / "given" / "answers.sqlite"


def test_then_the_course_folder_of_the_package(course):
    assert places.work_folder() == course / "work"
    work = open_work()
    assert work.path == course / "work" / "answers.sqlite"
    assert work.notice == ""


def test_then_the_course_folder_above_the_current_one(course, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "site-packages" / "lessons")
    monkeypatch.chdir(course / "notebooks")
    assert places.work_folder() == course / "work"


def test_without_a_course_folder_where_a_persons_data_belongs(tmp_path, monkeypatch, data):
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "site-packages" / "lessons")
    monkeypatch.chdir(tmp_path)
    assert places.work_folder() == data
    assert open_work().notice == ""


def test_the_current_folder_is_gone(tmp_path, monkeypatch, data):
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "site-packages" / "lessons")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert places.work_folder() == data
    monkeypatch.chdir(tmp_path)


def test_a_course_folder_that_cannot_be_written(course, data, make):
    (course / "work").write_text("a file in the place of the folder", encoding="utf-8")
    work = open_work()
    assert work.path == data / "answers.sqlite"
    assert str(data) in work.notice
    assert two_sentences(work.notice)
    work.keep(make(1))
    assert len(open_work().answers) == 1


def test_answers_in_a_folder_that_became_read_only_come_along(course, make, monkeypatch):
    before = open_work()
    before.keep(make(1))
    before.rename("Anna")
    real = places.can_write
    monkeypatch.setattr(
        places, "can_write", lambda place: course not in place.parents and real(place)
    )
    work = open_work()
    assert work.path != before.path
    assert list(work.answers.index) == [make(1).id]
    assert (work.alias, work.learner) == (before.alias, before.learner)


def test_a_given_folder_that_is_bad_raises_nothing(data, tmp_path, make):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for bad in (tmp_path / "file", tmp_path / "file" / "deeper", "a\0b", "/proc/nowhere/x"):
        work = open_work(bad)
        assert work.path == data / "answers.sqlite"
        assert two_sentences(work.notice)
        work.keep(make(1))


def test_nothing_can_be_written_anywhere(course, tmp_path, make):
    (course / "work").write_text("x", encoding="utf-8")
    (tmp_path / "data").write_text("x", encoding="utf-8")
    assert places.work_folder() is None
    work = open_work()
    assert work.path is None
    assert work.notice == places.NOWHERE
    work.keep(make(1), make(2))
    work.rename("Anna")
    assert len(work.answers) == 2
    assert work.of("danang-2017", "EX2-01") == [make(1)]
    other = open_work()
    assert len(other.answers) == 0
    assert other.take_in(work.export_text()).new == 2
    assert other.alias == "Anna"
    assert work.delete_all() == 2
    assert (work.alias, len(work.answers)) == ("", 0)
    with pytest.raises(WorkError):
        work.take_in("x")


def test_a_full_disk_does_not_hide_the_answers_that_are_there(course, make, monkeypatch):
    open_work().keep(make(1))

    def full(**_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(places.tempfile, "TemporaryFile", full)
    work = open_work()
    assert work.path == course / "work" / "answers.sqlite"
    assert len(work.answers) == 1


@pytest.mark.parametrize(
    "name", ["BINDER_LAUNCH_HOST", "BINDER_SERVICE_HOST", "TWO_VOICES_FORGETFUL"]
)
def test_a_place_that_forgets_says_so(tmp_path, monkeypatch, name):
    assert not places.is_forgetful()
    assert not open_work(tmp_path).forgetful
    monkeypatch.setenv(name, "1")
    assert places.is_forgetful()
    work = open_work(tmp_path)
    assert work.forgetful
    assert work.notice == places.FORGETS


def test_nothing_is_left_of_the_try(tmp_path):
    assert places.can_write(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_the_real_package_lies_in_the_real_course(monkeypatch):
    assert places.course_folder() == Path(__file__).parents[2]
